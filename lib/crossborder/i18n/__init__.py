"""Two languages in step: English in the code, Simplified Chinese from the catalogue.

``_("{n} stores").format(n=3)`` is translated where it is shown; ``N_("Commission")`` marks a label that is stored
now and translated when shown. The language of the moment is the process's (``use_language``) unless a block says
otherwise (``in_language``, which also holds inside the block's own thread only).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Self

from crossborder.i18n.catalogue import translations

LANGUAGES = {"en": "English", "zh": "简体中文"}

_process_language = "en"
_block_language: ContextVar[str | None] = ContextVar("crossborder_language", default=None)


def language() -> str:
    """The language of the moment: ``"en"`` or ``"zh"``."""
    return _block_language.get() or _process_language


def use_language(code: str) -> None:
    """Speak ``code`` from now on in this process. Region tags are accepted: ``zh-CN`` is ``zh``."""
    global _process_language
    _process_language = known_language(code)


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Speak ``code`` inside the block.

    >>> with in_language("zh"):
    ...     language()
    'zh'
    """
    token = _block_language.set(known_language(code))
    try:
        yield
    finally:
        _block_language.reset(token)


def known_language(code: str) -> str:
    """``code`` reduced to a language we have; raises ValueError with the list of those."""
    short = str(code).replace("_", "-").split("-")[0].lower()
    if short not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}; got {code!r}.")
    return short


def _(message: str) -> str:
    """The message in the language of the moment; English where no translation exists."""
    if isinstance(message, Filled):
        inner = {name: _(value) if isinstance(value, Filled) else value for name, value in message.values.items()}
        return _(message.template).format(**inner)
    code = language()
    return message if code == "en" or not message else translations(code).gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    """The form of the message that fits the count ``n``."""
    code = language()
    if code == "en":
        return one if n == 1 else many
    return translations(code).ngettext(one, many, n)


def N_(message: str) -> str:
    """Mark a message for the catalogue; it is translated later, where it is shown."""
    return message


class Filled(str):
    """An English sentence with its values filled in, which ``_`` can still say in another language.

    >>> Filled(N_("{n} stores"), n=3)
    '3 stores'
    """

    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, /, **values: Any) -> Self:
        made = super().__new__(cls, template.format(**values))
        made.template, made.values = template, values
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.template,), self.values
