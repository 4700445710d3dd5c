"""A sentence that is put together now and translated where it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from crossborder.i18n import _


@dataclass(frozen=True)
class Sentence:
    """A message id with its values; ``str()`` says it in the language of the moment.

    >>> str(Sentence("Column {column} is empty.", {"column": "B"}))
    'Column B is empty.'
    """

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return _(self.template).format(**self.values)

    def plain(self) -> dict[str, Any]:
        """As JSON values, to cross from one process to another."""
        values = {key: value.plain() if isinstance(value, Sentence) else value for key, value in self.values.items()}
        return {"template": self.template, "values": values}


def sentence_from(plain: Any) -> Any:
    """The sentence that ``plain`` wrote; anything else is handed back as it is."""
    if isinstance(plain, dict) and "template" in plain:
        return Sentence(plain["template"], {key: sentence_from(value) for key, value in plain["values"].items()})
    return plain


def say(template: str, **values: Any) -> Sentence:
    """A sentence from a message id marked with ``N_`` and its values."""
    return Sentence(template, values)


class Refusal(Exception):
    """The file as a whole is refused; the sentence says why and what to do."""

    def __init__(self, template: str, **values: Any) -> None:
        self.sentence = say(template, **values)
        super().__init__(template)

    def __str__(self) -> str:
        return str(self.sentence)
