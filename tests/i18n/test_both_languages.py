"""English and Chinese in step: every message in the code has its Chinese, no Chinese stands for a message long gone."""

import ast
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import crossborder
from crossborder.i18n.catalogue import catalogue_files

HOME = Path(crossborder.__file__).parent
MARKS = {"_", "N_", "ngettext"}


@pytest.fixture(scope="module")
def used() -> dict[str, str]:
    """Message and the file that says it."""
    found: dict[str, str] = {}
    for path in sorted(HOME.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
                for argument in node.args:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and argument.value:
                        found.setdefault(argument.value, str(path.relative_to(HOME)))
    return found


@pytest.fixture(scope="module")
def translated() -> dict[str, str]:
    """Message and the catalogue that translates it."""
    found: dict[str, str] = {}
    for path in catalogue_files("zh"):
        for message in read_po(BytesIO(path.read_bytes()), locale="zh_CN"):
            for text in message.id if isinstance(message.id, tuple) else (message.id,):
                found[text] = path.name
    return found


def test_every_message_of_the_code_has_its_chinese(used, translated):
    assert {text: file for text, file in used.items() if text not in translated} == {}


def test_no_translation_is_left_over(used, translated):
    assert {text: file for text, file in translated.items() if text and text not in used} == {}
