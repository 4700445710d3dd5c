"""The browser's half of a page: locked by hash, named by no address, built or a reason kept."""

import json
import re

import pytest

from crossborder.serve import build
from crossborder.serve.command import template
from crossborder.serve.options import LEAN, STOCK, content_security_policy

LOCK = json.loads((build.SOURCES / "package-lock.json").read_text())
WISHES = json.loads((build.SOURCES / "package.json").read_text())


def test_every_package_has_its_hash_and_no_address():
    packages = {name: about for name, about in LOCK["packages"].items() if name}
    assert len(packages) > 50
    for name, about in packages.items():
        assert re.fullmatch(r"sha512-[\w+/=]+", about["integrity"]), name
        assert "resolved" not in about, name
    assert "http" not in (build.SOURCES / ".npmrc").read_text()


def test_the_lock_holds_what_is_wished_for_exactly():
    for name, wanted in (WISHES["dependencies"] | WISHES["devDependencies"]).items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", wanted), f"{name} is pinned to one version"
        assert LOCK["packages"][f"node_modules/{name}"]["version"] == wanted


def test_plotly_is_the_one_that_python_speaks_to():
    from crossborder.serve.assets import plotly_source

    theirs = re.search(r"plotly\.js v([\d.]+)", plotly_source().read_text(encoding="utf-8")[:400]).group(1)
    for kind in ("basic", "cartesian"):
        assert WISHES["dependencies"][f"plotly.js-{kind}-dist-min"] == theirs


def test_what_is_built_here_is_whole_and_says_whose_work_is_in_it():
    folder = build.built_folder()
    assert build.is_built(), build.why_not_built()
    for name in build.NEEDED:
        assert (folder / f"{name}.gz").stat().st_size < (folder / name).stat().st_size / 2
    licences = (folder / "LICENCES.txt").read_text(encoding="utf-8")
    for name in ("@jupyter-widgets/base", "anywidget", "sanitize-html", "plotly.js-basic-dist-min", "temml"):
        assert f"{name} " in licences
    assert "undefined" not in licences


def test_a_build_that_fails_keeps_its_reason_and_stops_nothing(tmp_path, monkeypatch, capsys):
    def fails():
        raise build.BuildError("Node is missing.")

    monkeypatch.setattr(build, "tools", fails)
    monkeypatch.setattr(build, "built_folder", lambda: tmp_path / "built")
    assert build.main() == 0
    assert "Node is missing." in capsys.readouterr().out
    assert not build.is_built() and build.why_not_built() == "Node is missing."


@pytest.mark.parametrize(
    ("program", "said"), [(["false"], "could not be had: exit code 1"), (["/no/such"], "could not be had")]
)
def test_a_tool_that_fails_is_named_with_its_reason(tmp_path, program, said):
    with pytest.raises(build.BuildError, match=said):
        build._run(program, tmp_path, "its packages could not be had")


def test_without_a_bundle_the_stock_front_end_serves_and_says_why(monkeypatch, capsys):
    assert template(stock=True) == STOCK and template(stock=False) == LEAN
    monkeypatch.setattr("crossborder.serve.command.is_built", lambda: False)
    monkeypatch.setattr("crossborder.serve.command.why_not_built", lambda: "Node is missing.")
    assert template(stock=False) == STOCK
    assert "Node is missing." in capsys.readouterr().out


def test_only_the_stock_page_may_have_scripts_of_its_own():
    assert "script-src 'self' blob:;" in content_security_policy(LEAN)
    assert "'unsafe-inline' 'unsafe-eval'" in content_security_policy(STOCK)
