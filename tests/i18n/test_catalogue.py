"""The catalogues: a message's placeholders stand in its translation, and it is translated in one way."""

import os
import string
from collections import defaultdict
from io import BytesIO

import pytest
from babel.messages.pofile import read_po

from crossborder.i18n import catalogue
from crossborder.i18n.catalogue import catalogue_files


@pytest.fixture(scope="module")
def messages():
    """File, message, translation of every entry."""
    found = []
    for path in catalogue_files("zh"):
        for message in read_po(BytesIO(path.read_bytes()), locale="zh_CN"):
            if message.id:
                found.append((path.name, message.id, message.string))
    return found


def placeholders(text: str) -> set[str]:
    return {
        f"{name}!{conversion}" for _text, name, _spec, conversion in string.Formatter().parse(text) if name is not None
    }


def test_every_message_is_translated(messages):
    assert [(file, text) for file, text, translated in messages if not translated] == []


def test_placeholders_are_the_same(messages):
    for file, text, translated in messages:
        if isinstance(text, str):
            assert placeholders(text) == placeholders(translated), (file, text)


def test_one_message_has_one_translation(messages):
    by_text = defaultdict(set)
    for _file, text, translated in messages:
        by_text[text].add(translated)
    assert {text: sorted(many) for text, many in by_text.items() if len(many) > 1} == {}


def test_a_catalogue_is_compiled_once_into_the_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("CROSSBORDER_CACHE", str(tmp_path))
    catalogue.translations.cache_clear()
    try:
        first = catalogue.translations("zh").gettext("stated by a source")
        assert [path.suffix for path in tmp_path.iterdir()] == [".mo"]
        monkeypatch.setattr(catalogue, "_compile", pytest.fail)
        catalogue.translations.cache_clear()
        assert catalogue.translations("zh").gettext("stated by a source") == first == "原文所述"
    finally:
        catalogue.translations.cache_clear()


def test_a_cache_that_cannot_be_written_costs_no_words(monkeypatch, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("CROSSBORDER_CACHE", os.fspath(blocked))
    catalogue.translations.cache_clear()
    try:
        assert catalogue.translations("zh").gettext("stated by a source") == "原文所述"
    finally:
        catalogue.translations.cache_clear()
