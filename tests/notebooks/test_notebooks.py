"""What every notebook of the project keeps to; that its code runs is the business of nbval (`make test`)."""

import ast
import json
import re
from pathlib import Path

import pytest

import crossborder as xb
from crossborder.lessons.translate import text_faults

ROOT = Path(__file__).resolve().parents[2] / "notebooks"
PATHS = sorted(path for path in ROOT.rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts)
NOTEBOOKS = {path.relative_to(ROOT).as_posix(): json.loads(path.read_text(encoding="utf-8")) for path in PATHS}
LESSONS = [name for name in NOTEBOOKS if re.fullmatch(r"lessons/[^/]+", name)]
PROSE = [name for name in NOTEBOOKS if re.fullmatch(r"(lessons|analysis)/[^/]+", name)]
SHOWN = [name for name in NOTEBOOKS if "/" not in name or name.startswith("dashboards/")]
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
FORBIDDEN = {
    "FigureWidget",
    "Output",
    "interact",
    "interactive",
    "interactive_output",
    "display",
    "HTML",
    "Markdown",
    "show",
}


def source(cell: dict) -> str:
    return "".join(cell["source"])


def cells(name: str, kind: str) -> list[dict]:
    return [cell for cell in NOTEBOOKS[name]["cells"] if cell["cell_type"] == kind]


def trees(name: str) -> list[ast.AST]:
    return [ast.parse(source(cell)) for cell in cells(name, "code")]


def test_there_are_notebooks_of_every_kind():
    assert LESSONS and SHOWN and len(PROSE) > len(LESSONS)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_it_has_a_title_a_kernel_and_no_output(name):
    notebook = NOTEBOOKS[name]
    assert notebook["metadata"]["title"].strip()
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in notebook["cells"])
    assert set(notebook["metadata"]) <= {"title", "kernelspec", "language_info", "language", "twin"}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_cell_ids_are_words(name):
    ids = [cell["id"] for cell in NOTEBOOKS[name]["cells"]]
    assert len(set(ids)) == len(ids)
    assert [each for each in ids if not re.fullmatch(r"[a-z][a-z-]{2,30}", each)] == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_no_cell_uses_what_served_pages_cannot_show(name):
    for tree in trees(name):
        called = {
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
        }
        imported = {
            alias.name.split(".")[-1]
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        assert (called | imported) & FORBIDDEN == set()
        assert not any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in ast.walk(tree)), (
            "code lives in the library"
        )


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_it_uses_public_names_only(name):
    for tree in trees(name):
        names = [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
        names += [alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names]
        assert [each for each in names if each.startswith("_") and each != "_"] == []


@pytest.mark.parametrize("name", SHOWN)
def test_a_dashboard_is_thin(name):
    assert len(NOTEBOOKS[name]["cells"]) <= 5


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_has_the_lesson_shape(name):
    notebook = NOTEBOOKS[name]
    assert 8 <= len(notebook["cells"]) <= 14
    code = cells(name, "code")
    assert max(len(source(cell).splitlines()) for cell in code) <= 5, "a lesson's cells are calls"
    assert all(cell["metadata"]["jupyter"]["source_hidden"] for cell in code)
    calls = [
        node.func.attr
        for tree in trees(name)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    wanted = ["head", "picture", "predict", "play", "explain", "check", "guard", "take_away"]
    assert [call for call in calls if call in wanted] == wanted
    assert sum("import" in source(cell) for cell in code) == 1


@pytest.mark.parametrize("name", LESSONS)
def test_every_figure_in_a_lessons_prose_is_guarded(name):
    """The numbers that Markdown cells state are among those that the last cell hands to the guard."""
    guard = next(
        node
        for node in ast.walk(trees(name)[-1])
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "guard"
    )
    guarded = {str(abs(ast.literal_eval(keyword.value))) for keyword in guard.keywords}
    stated = {number for cell in cells(name, "markdown") for number in NUMBER.findall(source(cell))}
    assert stated <= guarded


@pytest.mark.parametrize("name", PROSE)
def test_the_chinese_twin_has_the_same_code_and_the_same_numbers(name):
    folder, _slash, file = name.rpartition("/")
    english, chinese = NOTEBOOKS[name], NOTEBOOKS[f"{folder}/zh/{file}"]
    assert [(c["id"], c["cell_type"]) for c in english["cells"]] == [
        (c["id"], c["cell_type"]) for c in chinese["cells"]
    ]
    for ours, theirs in zip(english["cells"], chinese["cells"], strict=True):
        if ours["cell_type"] == "code":
            assert ours == theirs
        else:
            assert text_faults(source(ours), source(theirs)) == []
            assert re.search(r"[\u4e00-\u9fff]", source(theirs))


@pytest.mark.parametrize("name", PROSE)
def test_twins_know_each_other(name):
    folder, _slash, file = name.rpartition("/")
    for path in (name, f"{folder}/zh/{file}"):
        metadata = NOTEBOOKS[path]["metadata"]
        twin = (ROOT / path).parent / metadata["twin"]
        assert twin.is_file() and twin.resolve() != (ROOT / path).resolve()
        assert metadata["language"] == ("zh" if "/zh/" in path else "en")


@pytest.mark.parametrize("name", [name for name in PROSE if name.startswith("analysis/")])
def test_an_analysis_guards_what_it_says(name):
    """Assertions stand in the cells, and no widget is needed before the last one."""
    assert sum(isinstance(node, ast.Assert) for tree in trees(name) for node in ast.walk(tree)) >= 5
    assert "explorer" in source(cells(name, "code")[-1])


@pytest.mark.parametrize("name", [name for name in NOTEBOOKS if name.startswith("analysis/")])
def test_an_analysis_goes_through_the_front_door_only(name):
    """What it does, a reader can type after ``import crossborder as xb``: rooms, and the names they list."""
    for tree in trees(name):
        imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
        assert [
            ast.unparse(node) for node in imports if ast.unparse(node) not in {"import os", "import crossborder as xb"}
        ] == []
        for node in ast.walk(tree):
            parts = ast.unparse(node).split(".") if isinstance(node, ast.Attribute) else []
            if len(parts) == 3 and parts[0] == "xb":
                assert parts[2] in getattr(xb, parts[1]).__all__


def test_every_twin_has_an_english_source():
    orphans = [name for name in NOTEBOOKS if "/zh/" in name and name.replace("/zh/", "/") not in NOTEBOOKS]
    assert orphans == []
