"""Chinese lessons are made from English ones: what is missing, fuzzy, stale, or says other numbers stops them."""

import copy
from pathlib import Path

import nbformat
import pytest
from babel.messages import Message

from crossborder.lessons.translate import (
    CATALOGUE,
    faults,
    main,
    messages,
    prose_folders,
    read_catalogue,
    text_faults,
    translated,
)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A lessons folder of one small notebook with its catalogue, in step."""
    notebook = nbformat.v4.new_notebook(metadata={"title": "Small"})
    notebook.cells = [
        nbformat.v4.new_markdown_cell("About 20 words", id="intro"),
        nbformat.v4.new_code_cell("1 + 1", id="sum"),
    ]
    nbformat.write(notebook, tmp_path / "99_small.ipynb")
    assert main(tmp_path) == 1
    catalogue = tmp_path / "zh" / CATALOGUE
    text = catalogue.read_text(encoding="utf-8")
    text = text.replace('msgid "Small"\nmsgstr ""', 'msgid "Small"\nmsgstr "小"').replace(
        'words"\nmsgstr ""', 'words"\nmsgstr "大约 20 个词"'
    )
    catalogue.write_text(text, encoding="utf-8")
    assert main(tmp_path) == 0
    return tmp_path


def change(folder: Path, source: str) -> None:
    notebook = nbformat.read(folder / "99_small.ipynb", as_version=4)
    notebook.cells[0].source = source
    nbformat.write(notebook, folder / "99_small.ipynb")


def test_a_notebook_is_made_with_the_same_cells(copied):
    made = nbformat.read(copied / "zh" / "99_small.ipynb", as_version=4)
    assert [(c.id, c.source) for c in made.cells] == [("intro", "大约 20 个词"), ("sum", "1 + 1")]
    assert made.metadata["title"] == "小"


def test_a_changed_text_becomes_fuzzy_and_keeps_the_old_notebook(copied, capsys):
    before = (copied / "zh" / "99_small.ipynb").read_bytes()
    change(copied, "About 30 words")
    assert main(copied) == 1
    assert "has changed" in capsys.readouterr().err
    assert read_catalogue(copied / "zh" / CATALOGUE)["99_small:intro"].fuzzy
    assert main(copied) == 1 and "fuzzy" in capsys.readouterr().err
    assert (copied / "zh" / "99_small.ipynb").read_bytes() == before


def test_a_cell_that_is_gone_is_stale(copied):
    known = read_catalogue(copied / "zh" / CATALOGUE)
    assert any("no cell has it" in fault for fault in faults({"99_small:title": "Small"}, known))


def test_running_twice_changes_nothing(copied):
    files = [copied / "zh" / name for name in (CATALOGUE, "99_small.ipynb")]
    before = [file.read_bytes() for file in files]
    main(copied)
    assert [file.read_bytes() for file in files] == before


@pytest.mark.parametrize(
    ("english", "chinese", "says"),
    [
        ("about 1,851 of 81", "约 1851 项，81", "numbers"),
        ("costs {price}", "价格 {cost}", "placeholders"),
        ("see [here](a.md)", "见[这里](b.md)", "placeholders"),
        ("run `xb.run(1)`", "运行 `xb.run(2)`", "placeholders"),
        ("The conversion is low", "成交率低", "glossary"),
        ("A price war", "价格大战", "glossary"),
    ],
)
def test_what_differs_is_named(english, chinese, says):
    assert any(says in fault for fault in text_faults(english, chinese))


def test_what_agrees_passes():
    assert text_faults("20% of the conversion in `a`", "`a` 里转化率的 ２０％") == []


@pytest.mark.parametrize("folder", prose_folders(), ids=lambda folder: folder.name)
def test_the_notebooks_of_this_project_are_in_step(folder):
    sources = {path.stem: nbformat.read(path, as_version=4) for path in folder.glob("*.ipynb")}
    wanted = {context: text for name, notebook in sources.items() for context, text in messages(name, notebook)}
    known = read_catalogue(folder / "zh" / CATALOGUE)
    assert len(wanted) >= 7
    assert faults(wanted, known) == []
    spoilt = copy.copy(known)
    spoilt[next(iter(wanted))] = Message("other", "别的")
    assert faults(wanted, spoilt)  # the check itself can fail
    for name, notebook in sources.items():
        made = nbformat.read(folder / "zh" / f"{name}.ipynb", as_version=4)
        assert made == translated(name, notebook, known), "run python -m crossborder.lessons.translate"
