"""The Chinese notebooks, made from the English ones and a catalogue: ``python -m crossborder.lessons.translate``.

Each folder of notebooks with prose (lessons, analysis) has a catalogue ``zh/prose.po`` with one entry per Markdown
cell: the context names notebook and cell id, the message is the cell's English source. Code cells are copied as they
are. A run adds what is missing, marks what changed in English as fuzzy and says what is left to translate; a notebook
is written when nothing of it is.
"""

import copy
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.pofile import read_po, write_po

from crossborder.lessons.glossary import TERMS
from crossborder.places import PACKAGE

LANGUAGE, LOCALE = "zh", "zh_CN"
CATALOGUE = "prose.po"
FOLDERS = ("lessons", "analysis")
HEADER = """\
# Chinese of the notebooks' prose, one entry per cell; made into notebooks by crossborder.lessons.translate.
msgid ""
msgstr ""
"Project-Id-Version: crossborder\\n"
"Language: zh_CN\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_PLACEHOLDER = re.compile(r"\{\w*\}|`[^`]+`|\]\([^)]+\)")


def prose_folders() -> list[Path]:
    """Where notebooks with prose lie: inside an installed wheel, or beside ``lib`` in a checkout."""
    packaged = PACKAGE / "notebooks"
    root = packaged if packaged.is_dir() else PACKAGE.parent.parent / "notebooks"
    return [root / name for name in FOLDERS]


def messages(name: str, notebook: Any) -> Iterator[tuple[str, str]]:
    """What is to be translated in one notebook: context and English text of its title and of each Markdown cell."""
    yield f"{name}:title", notebook.metadata["title"]
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield f"{name}:{cell.id}", cell.source


def read_catalogue(path: Path) -> dict[str, Message]:
    """The entries by context."""
    if not path.is_file():
        return {}
    with open(path, "rb") as file:
        return {str(m.context): m for m in read_po(file, locale=LOCALE) if m.id}


def faults(wanted: dict[str, str], known: dict[str, Message]) -> list[str]:
    """What keeps the notebooks from being written: a sentence per fault."""
    found = [
        f"{context}: stands in the catalogue, but no cell has it any more" for context in known if context not in wanted
    ]
    for context, english in wanted.items():
        message = known.get(context)
        if message is None or not message.string:
            found.append(f"{context}: has no translation")
        elif message.id != english:
            found.append(f"{context}: the English text has changed since it was translated")
        elif message.fuzzy:
            found.append(f"{context}: is marked as fuzzy")
        else:
            found += [f"{context}: {fault}" for fault in text_faults(english, str(message.string))]
    return found


def text_faults(english: str, translated: str) -> list[str]:
    """Numbers, code, links and placeholders that differ, and words of the glossary that were translated otherwise.

    >>> text_faults("about 60 % in `a`", "大约 50 % 在 `a`")
    ['the numbers differ: 60 against 50']
    """
    found = []
    for what, pattern in (("numbers", _NUMBER), ("placeholders, code or links", _PLACEHOLDER)):
        ours, theirs = (Counter(pattern.findall(_plain(text))) for text in (english, translated))
        if ours != theirs:
            only = (", ".join((a - b).elements()) or "nothing" for a, b in ((ours, theirs), (theirs, ours)))
            found.append(f"the {what} differ: {' against '.join(only)}")
    for term in TERMS:
        if re.search(rf"\b{re.escape(term.english)}", english, re.IGNORECASE) and term.chinese not in translated:
            found.append(f"{term.english!r} is {term.chinese} in the glossary")
    return found


def translated(name: str, notebook: Any, known: dict[str, Message]) -> Any:
    """The notebook in Chinese: the same cells with the same ids and the same code."""
    made = copy.deepcopy(notebook)
    made.metadata |= {"title": str(known[f"{name}:title"].string), "language": LANGUAGE, "twin": f"../{name}.ipynb"}
    for cell in made.cells:
        if cell.cell_type == "markdown":
            cell.source = str(known[f"{name}:{cell.id}"].string)
    return made


def updated(wanted: dict[str, str], known: dict[str, Message]) -> Catalog:
    """The catalogue with an entry for every cell, in the order of the cells: new ones empty, changed ones fuzzy."""
    catalog = Catalog(locale=LOCALE, project="crossborder", fuzzy=False)
    for context, english in wanted.items():
        old = known.get(context)
        flags = set(old.flags) | ({"fuzzy"} if old.string and old.id != english else set()) if old else set()
        catalog.add(english, old.string if old else "", context=context, flags=flags)
    return catalog


def main(*folders: Path) -> int:
    """Bring catalogues and notebooks in step; 1 where something is left to do."""
    found = [fault for folder in folders or prose_folders() for fault in bring_in_step(folder)]
    for fault in found:
        sys.stderr.write(fault + "\n")
    return 1 if found else 0


def bring_in_step(folder: Path) -> list[str]:
    """Write one folder's catalogue and notebooks; returns what is left to do."""
    import nbformat

    sources = {path.stem: nbformat.read(path, as_version=4) for path in sorted(folder.glob("*.ipynb"))}
    wanted = {context: text for name, notebook in sources.items() for context, text in messages(name, notebook)}
    target = folder / LANGUAGE
    target.mkdir(exist_ok=True)
    known = read_catalogue(target / CATALOGUE)
    found = faults(wanted, known)
    with open(target / CATALOGUE, "wb") as file:
        file.write(HEADER.encode())
        write_po(file, updated(wanted, known), width=0, omit_header=True)
    for name, notebook in sources.items():
        if not any(fault.startswith(f"{name}:") for fault in found):
            nbformat.write(translated(name, notebook, known), target / f"{name}.ipynb")
    return found


def _plain(text: str) -> str:
    """Full-width digits and signs as plain ones, so that they compare."""
    return text.translate({ord("％"): "%", **{ord("０") + n: str(n) for n in range(10)}})


if __name__ == "__main__":
    raise SystemExit(main())
