"""English and Chinese are in step: every sentence the code says is translated, once, with the same placeholders."""

import json
import re
from collections import defaultdict
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.extract import extract
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
LIB = ROOT / "lib" / "crossborder"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}


def said() -> dict[str, set[str]]:
    """Every message of the library and of the notebooks' code, and the files that say it."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted(LIB.rglob("*.py")):
        for message in messages(path.read_text(encoding="utf-8")):
            found[message].add(path.relative_to(ROOT).as_posix())
    for path in sorted((ROOT / "notebooks").rglob("*.ipynb")):
        if ".ipynb_checkpoints" in path.parts:
            continue
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        source = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        for message in messages(source):
            found[message].add(path.relative_to(ROOT).as_posix())
    return found


def catalogue_of(file: str) -> str:
    """The catalogue of the room that a file stands in; ``spine.po`` for the modules that stand beside the rooms."""
    parts = Path(file).parts
    return f"{parts[2]}.po" if len(parts) > 3 and parts[2] != "i18n" else "spine.po"


def messages(source: str) -> set[str]:
    text = BytesIO(source.encode())
    ids = (message for _, message, _, _ in extract("python", text, KEYWORDS, options={"encoding": "utf-8"}))
    return {each if isinstance(each, str) else each[0] for each in ids if each}


def translated() -> list[tuple[str, str, tuple[str, ...], bool]]:
    """File, message, its Chinese forms, and whether it is marked as uncertain."""
    read = []
    for path in sorted((LIB / "i18n" / "zh").glob("*.po")):
        for message in read_po(BytesIO(path.read_bytes()), locale="zh_CN"):
            if message.id:
                key = message.id if isinstance(message.id, str) else message.id[0]
                forms = (message.string,) if isinstance(message.string, str) else tuple(message.string)
                read.append((path.name, key, forms, message.fuzzy))
    return read


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_sentence_has_a_translation():
    known = {message for _, message, forms, _ in translated() if all(forms)}
    missing = {message: sorted(where) for message, where in said().items() if message not in known}
    assert missing == {}, f"{len(missing)} messages without a translation"


def test_no_translation_is_left_of_a_sentence_that_nobody_says():
    spoken = said()
    assert [(name, message) for name, message, _, _ in translated() if message not in spoken] == []


def test_a_catalogue_holds_what_its_room_says():
    """A wording is found by the room that says it; what several rooms say may stand in the catalogue of any of them."""
    spoken = said()
    strangers = [
        (name, message, sorted(spoken[message]))
        for name, message, _, _ in translated()
        if message in spoken and name not in {catalogue_of(file) for file in spoken[message]}
    ]
    assert strangers == []


def test_no_translation_is_empty_or_uncertain():
    assert [(name, message) for name, message, forms, fuzzy in translated() if fuzzy or not all(forms)] == []


def test_placeholders_are_the_same():
    different = [
        (name, message, form)
        for name, message, forms, _ in translated()
        for form in forms
        if placeholders(form) != placeholders(message)
    ]
    assert different == []


def test_a_sentence_is_translated_the_same_everywhere():
    seen: dict[str, tuple[str, tuple[str, ...]]] = {}
    clashes = []
    for name, message, forms, _ in translated():
        first = seen.setdefault(message, (name, forms))
        if first[1] != forms:
            clashes.append((message, first, (name, forms)))
    assert clashes == []


HAN = "[\N{CJK UNIFIED IDEOGRAPH-4E00}-\N{CJK UNIFIED IDEOGRAPH-9FFF}]"


def test_chinese_uses_chinese_punctuation():
    """A half-width mark between two Chinese characters, or after one and before a space, is a slip of the keyboard."""
    slips = re.compile(f"{HAN}[,;:?!]({HAN}|\\s|$)")
    assert [(name, form) for name, _, forms, _ in translated() for form in forms if slips.search(form)] == []


def test_chinese_keeps_a_space_beside_numbers():
    """``2018 年`` and ``近 30 天`` everywhere; ``双11`` and ``T恤`` are words."""
    tight = re.compile(f"{HAN}[0-9]|[0-9%]{HAN}")
    forms = [(name, re.sub("双1[12]", "", form)) for name, _, forms, _ in translated() for form in forms]
    assert [(name, form) for name, form in forms if tight.search(form)] == []


def test_no_chinese_is_an_english_sentence():
    """Signs, units and names may stay as they are; what has English words in a row and no Chinese was forgotten."""
    words = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
    left = [
        (name, form)
        for name, message, forms, _ in translated()
        for form in forms
        if not re.search(HAN, form) and words.search(re.sub(r"\{[^}]*\}", "", form))
    ]
    assert left == []


def test_one_thing_has_one_name_in_chinese():
    """GMV is explained once, in the glossary; sellers, runs and the rest go by one word."""
    others = ("平行世界", "杠杆", "作战手册", "三家店", "三个卖家", "规则变更")
    found = [(name, form) for name, _, forms, _ in translated() for form in forms if any(o in form for o in others)]
    found += [(name, form) for name, _, forms, _ in translated() for form in forms if "成交额" in form]
    assert [name for name, _ in found] == ["lessons.po"], found
