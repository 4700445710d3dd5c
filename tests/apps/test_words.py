"""Every word of charts and apps is said in Chinese too."""

import ast
import re
from pathlib import Path

import pytest

import crossborder
from crossborder.i18n.catalogue import translations

ROOMS = Path(crossborder.__file__).parent
SAME_IN_BOTH = {"GMV", "{measure} {change}", "{number}%", "{label} {old} → {new}"}


def messages(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "N_", "ngettext"):
            first = node.args[0]
            if isinstance(first, ast.Constant) and first.value:
                yield first.value


@pytest.mark.parametrize("room", ["charts", "apps"])
def test_every_message_has_its_chinese(room):
    chinese = translations("zh")
    missing = {m for path in (ROOMS / room).rglob("*.py") for m in messages(path) if chinese.gettext(m) == m}
    missing = {m for m in missing if chinese.ngettext(m, m, 2) == m}
    assert missing - SAME_IN_BOTH == set()


@pytest.mark.parametrize("part", ["charts", "apps"])
def test_placeholders_survive_translation(part):
    from babel.messages.pofile import read_po

    with open(ROOMS / "i18n" / "zh" / f"{part}.po", "rb") as file:
        for message in read_po(file):
            if message.id and isinstance(message.id, str):
                assert set(re.findall(r"\{\w+\}", message.id)) == set(re.findall(r"\{\w+\}", message.string)), (
                    message.id
                )
