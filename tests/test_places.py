"""Where things lie: shipped data beside the library, a cache and a home that can be moved."""

from crossborder.places import PACKAGE, cache_dir, datasets_dir, user_dir


def test_shipped_data_are_found():
    assert (datasets_dir() / "facts.csv").is_file() and (datasets_dir() / "systems.csv").is_file()
    assert (PACKAGE / "__init__.py").is_file()


def test_the_cache_moves_with_its_variable_and_is_made(monkeypatch, tmp_path):
    monkeypatch.setenv("CROSSBORDER_CACHE", str(tmp_path / "a" / "b"))
    assert cache_dir() == tmp_path / "a" / "b" and cache_dir().is_dir()


def test_the_home_moves_with_its_variable_and_is_made(monkeypatch, tmp_path):
    monkeypatch.setenv("CROSSBORDER_HOME", str(tmp_path / "home"))
    assert user_dir() == tmp_path / "home" and user_dir().is_dir()


def test_without_variables_both_lie_outside_the_project(monkeypatch, tmp_path):
    for name in ("CROSSBORDER_CACHE", "CROSSBORDER_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, folder in (("XDG_CACHE_HOME", "cache"), ("XDG_DATA_HOME", "data"), ("HOME", "person")):
        monkeypatch.setenv(name, str(tmp_path / folder))
    for folder in (cache_dir(), user_dir()):
        assert PACKAGE.parent.parent not in folder.parents and "crossborder" in folder.name.lower()
        assert tmp_path in folder.parents
