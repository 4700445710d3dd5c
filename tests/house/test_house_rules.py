"""Rules of the house, checked on the tree itself."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIB = ROOT / "lib" / "crossborder"
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".in",
    ".yml",
    ".yaml",
    ".json",
    ".csv",
    ".po",
    ".js",
    ".css",
    ".html",
    ".j2",
    ".ipynb",
    ".svg",
    "",
}
MOST_LINES = 300

# The one module that may hand text to a widget as HTML: it escapes
SHOWS_TEXT = LIB / "apps" / "show.py"


def tracked() -> list[Path]:
    """Every file under version control; in an unpacked archive, every file that would be."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    hidden = {".venv", "__pycache__", ".pytest_cache", ".ruff_cache", ".mypy_cache", ".hypothesis"}
    return [path for path in ROOT.rglob("*") if path.is_file() and not hidden & set(path.parts)]


def texts(*folders: str) -> Iterator[tuple[str, str]]:
    """Name and content of each tracked text file, of the named folders or of all."""
    for path in tracked():
        name = path.relative_to(ROOT).as_posix()
        if path.suffix in TEXT and (not folders or name.split("/")[0] in folders):
            yield name, path.read_text(encoding="utf-8")


def notebooks() -> Iterator[tuple[str, dict]]:
    for name, text in texts():
        if name.endswith(".ipynb"):
            yield name, json.loads(text)


def code() -> Iterator[tuple[str, ast.AST]]:
    """The syntax tree of each module of the library and of each notebook's code cells."""
    for name, text in texts("lib"):
        if name.endswith(".py"):
            yield name, ast.parse(text)
    for name, notebook in notebooks():
        cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
        yield (
            name,
            ast.parse(
                "\n".join(line for cell in cells for line in cell.splitlines() if not line.startswith(("%", "!")))
            ),
        )


def imported(tree: ast.AST) -> dict[str, str]:
    """What each name of a module stands for: ``{"w": "ipywidgets", "HTML": "IPython.display.HTML"}``."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.split(".")[0]
                names[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.update({alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names})
    return names


def used(tree: ast.AST) -> set[str]:
    """Full dotted names of everything a module imports or reaches through an import."""
    names = imported(tree)
    found = set(names.values())
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            parts = [node.attr]
            inner = node.value
            while isinstance(inner, ast.Attribute):
                parts.append(inner.attr)
                inner = inner.value
            if isinstance(inner, ast.Name) and inner.id in names:
                found.add(".".join([names[inner.id], *reversed(parts)]))
    return found


# --- what no file may hold -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a path of somebody's machine", r"(?<![\w.\-/:~])/(?:work|root|home|Users|opt)/\w|[A-Z]:\\\\?Users\\"),
        (
            "the host of a package registry",
            r"\b(?:pypi\.(?:org|python)|(?:files\.)?pythonhosted\.|registry\.npmjs|anaconda\.org)",
        ),
        ("something left to do", r"\b(?:TODO|FIXME|XXX|HACK)\b"),
        ("a conflict left over", r"(?m)^(?:<{7}|>{7}) "),
    ],
)
def test_no_file_holds(what, pattern):
    this = Path(__file__).relative_to(ROOT).as_posix()
    found = [
        f"{name}: {match.group(0)}" for name, text in texts() if name != this for match in re.finditer(pattern, text)
    ]
    assert found == [], f"{what} in {found}"


def test_nothing_is_unfinished_or_skipped():
    unfinished = re.compile(r"raise NotImplementedError|\bNotImplementedError\(")
    left_out = re.compile(r"pytest\.(?:skip|importorskip|xfail)\b|pytest\.mark\.(?:skip|skipif|xfail)\b|unittest\.skip")
    this = Path(__file__).relative_to(ROOT).as_posix()
    found = [name for name, text in texts("lib", "notebooks") if unfinished.search(text)]
    found += [name for name, text in texts("lib", "notebooks", "tests") if name != this and left_out.search(text)]
    assert found == []


# --- notebooks -------------------------------------------------------------------------------------------------------


def test_notebooks_keep_no_output_and_name_their_cells():
    for name, notebook in notebooks():
        assert (notebook["nbformat"], notebook["nbformat_minor"] >= 5) == (4, True), name
        ids = [cell.get("id") for cell in notebook["cells"]]
        assert all(ids) and len(set(ids)) == len(ids), f"{name}: each cell needs an id of its own"
        for cell in notebook["cells"]:
            assert not cell.get("outputs") and not cell.get("execution_count"), f"{name}: run nbstripout on it"


# --- the library -----------------------------------------------------------------------------------------------------


def test_no_module_is_longer_than_one_concept():
    long = {
        name: n for name, text in texts("lib") if name.endswith(".py") and (n := len(text.splitlines())) > MOST_LINES
    }
    assert long == {}, "look for the second concept"


def test_every_room_has_a_door():
    rooms = {path.parent for path in tracked() if path.suffix == ".py" and LIB in path.parents}
    assert [room.name for room in sorted(rooms) if not (room / "__init__.py").is_file()] == []


def test_no_room_is_called_utils():
    assert [name for name, _ in texts("lib") if re.search(r"\b(?:utils?|helpers?|misc|common)\b", name)] == []


def test_imports_go_down_the_stairs():
    ran = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_front_door_opens_without_the_heavy_rooms():
    """`import crossborder` stays quick: numba, plotly and the like are loaded where they are first used."""
    script = "import sys, crossborder; print(' '.join(sorted({name.split('.')[0] for name in sys.modules})))"
    loaded = set(
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    )
    heavy = {
        "numba",
        "llvmlite",
        "scipy",
        "plotly",
        "ipywidgets",
        "IPython",
        "anywidget",
        "pandas",
        "numpy",
        "pyarrow",
        "voila",
    }
    assert loaded & heavy <= {"numpy", "pandas"}


FORBIDDEN = {
    "plotly.graph_objects.FigureWidget": "it loses updates made before the browser connects",
    "plotly.graph_objs.FigureWidget": "it loses updates made before the browser connects",
    "ipywidgets.Output": "it can hang a page for ever",
    "ipywidgets.interact": "it makes an Output widget",
    "ipywidgets.interactive": "it makes an Output widget",
    "ipywidgets.interactive_output": "it makes an Output widget",
    "pickle": "a pickle runs code when read",
    "pandas.read_pickle": "a pickle runs code when read",
}
ONLY_WHERE_TEXT_IS_ESCAPED = {
    "ipywidgets.HTML",
    "ipywidgets.HTMLMath",
    "IPython.display.HTML",
    "IPython.display.Markdown",
    "IPython.core.display.HTML",
}


def test_what_hangs_or_opens_a_door_is_not_used():
    found = {f"{name}: {each} ({FORBIDDEN[each]})" for name, tree in code() for each in used(tree) & set(FORBIDDEN)}
    assert found == set()


def test_one_module_makes_html():
    allowed = SHOWS_TEXT.relative_to(ROOT).as_posix()
    found = {
        f"{name}: {each}"
        for name, tree in code()
        if name != allowed
        for each in used(tree) & ONLY_WHERE_TEXT_IS_ESCAPED
    }
    assert found == set(), f"show text through {allowed}"


def test_tables_are_escaped():
    """``to_html(escape=False)`` lets a product name run as a script."""
    found = [
        name
        for name, tree in code()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "escape" and isinstance(keyword.value, ast.Constant) and keyword.value.value is False
    ]
    assert found == []


def test_the_rules_see_what_they_forbid():
    """The search itself finds the forbidden in all its spellings."""
    spelled = """
import ipywidgets as w
import plotly.graph_objects as go
from IPython.display import HTML as H
w.Output(), go.FigureWidget(), H("x"), w.HTML("x")
"""
    seen = used(ast.parse(spelled))
    assert {"ipywidgets.Output", "plotly.graph_objects.FigureWidget"} <= seen & set(FORBIDDEN)
    assert {"ipywidgets.HTML", "IPython.display.HTML"} <= seen & ONLY_WHERE_TEXT_IS_ESCAPED
