"""The catalogue of one language: every ``.po`` file of its folder, merged and compiled once into the cache."""

import gettext
import hashlib
import os
from functools import cache
from io import BytesIO
from pathlib import Path

from crossborder.places import PACKAGE, cache_dir


@cache
def translations(code: str) -> gettext.NullTranslations:
    """Compiled messages of ``code``; compiled again whenever a source file changes."""
    sources = catalogue_files(code)
    if not sources:
        return gettext.NullTranslations()
    content = [source.read_bytes() for source in sources]
    digest = hashlib.sha256(b"\0".join(content)).hexdigest()[:16]
    try:
        compiled = cache_dir() / f"messages-{code}-{digest}.mo"
        if compiled.is_file():
            return gettext.GNUTranslations(BytesIO(compiled.read_bytes()))
    except OSError:  # no cache to write to: compile in memory every time
        return gettext.GNUTranslations(BytesIO(_compile(content, code)))
    binary = _compile(content, code)
    try:
        partial = compiled.with_suffix(f".{os.getpid()}.part")
        partial.write_bytes(binary)
        partial.replace(compiled)
    except OSError:
        pass  # a full or read-only cache costs time, not words
    return gettext.GNUTranslations(BytesIO(binary))


def catalogue_files(code: str) -> list[Path]:
    """The ``.po`` files of a language, in a fixed order."""
    return sorted((PACKAGE / "i18n" / code).glob("*.po"))


def _compile(content: list[bytes], code: str) -> bytes:
    from babel.messages import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    merged = Catalog(locale={"zh": "zh_CN"}.get(code, code))
    for text in content:
        for message in read_po(BytesIO(text), locale={"zh": "zh_CN"}.get(code, code)):
            if message.id and message.string:
                merged.add(message.id, message.string, context=message.context)
    out = BytesIO()
    write_mo(out, merged)
    return out.getvalue()
