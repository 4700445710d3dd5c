"""What a file leaves open: a question with options and a default, which the reader used meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crossborder.data.currencies import CODES, SHARED_SIGNS
from crossborder.data.sentence import Sentence, say, sentence_from
from crossborder.errors import BoundsError
from crossborder.i18n import N_, _

# Questions that may be answered before they are asked, by the part of the id in front of the colon.
KINDS = ("encoding", "delimiter", "sheet", "header_row", "column", "currency", "decimal", "percent", "dates")


@dataclass(frozen=True, kw_only=True)
class Question:
    """One open question. Answer it with ``answers={question.id: option}`` in a second call.

    ``default`` is the option that the table at hand was read with.
    """

    id: str
    asked: Sentence
    options: tuple[str, ...]
    default: str
    shown: tuple[Sentence | str, ...] = ()

    @property
    def sentence(self) -> str:
        """The question, in the language of the moment."""
        return str(self.asked)

    @property
    def labels(self) -> dict[str, str]:
        """Each option with the words to show for it."""
        shown = self.shown or self.options
        return {option: str(label) for option, label in zip(self.options, shown, strict=True)}

    def plain(self) -> dict[str, Any]:
        """As JSON values, to cross from one process to another."""
        shown = [label.plain() if isinstance(label, Sentence) else label for label in self.shown]
        return {
            "id": self.id,
            "asked": self.asked.plain(),
            "options": self.options,
            "default": self.default,
            "shown": shown,
        }


def question_from(plain: Mapping[str, Any]) -> Question:
    """The question that ``plain`` wrote."""
    shown = tuple(sentence_from(label) for label in plain["shown"])
    asked = sentence_from(plain["asked"])
    return Question(id=plain["id"], asked=asked, options=tuple(plain["options"]), default=plain["default"], shown=shown)


def check_answers(answers: Mapping[str, str] | None) -> dict[str, str]:
    """The answers as plain text; an id that no reader asks and a currency that nobody knows raise BoundsError."""
    if answers is not None and not isinstance(answers, Mapping):
        raise BoundsError(
            _("answers must be a mapping of question ids to options, such as {example}; got {value!r}.").format(
                example="{'currency': 'EUR'}", value=answers
            )
        )
    checked = {str(key): str(value) for key, value in (answers or {}).items()}
    for key in checked:
        if key.partition(":")[0] not in KINDS:
            raise BoundsError(
                _("No reader asks {key!r}. Questions are about {known}.").format(key=key, known=", ".join(KINDS))
            )
        _check_currency(key, checked[key])
    return checked


def _check_currency(key: str, answer: str) -> None:
    kind, _colon, sign = key.partition(":")
    if kind != "currency":
        return
    if not sign and answer not in CODES:
        raise BoundsError(
            _("{key} must be a currency in use, by its ISO code such as USD or EUR; got {value!r}.").format(
                key=key, value=answer
            )
        )
    if sign and answer not in SHARED_SIGNS.get(sign, ()):
        options = SHARED_SIGNS.get(sign)
        if options is None:
            raise BoundsError(
                _("No reader asks {key!r}. Questions are about {known}.").format(
                    key=key, known=", ".join(f"currency:{each}" for each in SHARED_SIGNS)
                )
            )
        raise BoundsError(
            _("{key} must be one of {options}; got {value!r}.").format(
                key=key, options=", ".join(options), value=answer
            )
        )


class Open:
    """Answers given so far, and the questions still open, collected while a file is read."""

    def __init__(self, answers: Mapping[str, str] | None = None) -> None:
        self.answers = dict(answers or {})
        self.questions: dict[str, Question] = {}
        self.used: set[str] = set()

    def given(self, id: str) -> str | None:
        """The answer to a question, if there is one."""
        return self.answers.get(id)

    def take(self, id: str) -> str | None:
        """The answer to a question, if there is one, which the file needed."""
        if id in self.answers:
            self.used.add(id)
        return self.answers.get(id)

    @property
    def not_needed(self) -> Sentence | None:
        """Answers that were given and that nothing in the file asked for."""
        idle = [f"{id} = {answer}" for id, answer in self.answers.items() if id not in self.used]
        if not idle:
            return None
        return say(
            N_("Answers that this file did not need and that changed nothing: {answers}. The file says it itself."),
            answers=", ".join(idle),
        )

    def settle(
        self,
        id: str,
        asked: Sentence,
        options: tuple[str, ...],
        default: str,
        shown: tuple[Sentence | str, ...] = (),
    ) -> str:
        """The given answer; without one the question is noted and its default taken."""
        answer = self.take(id)
        if answer is None:
            self.questions[id] = Question(id=id, asked=asked, options=options, default=default, shown=shown)
            return default
        if answer not in options:
            raise BoundsError(
                _("{key} must be one of {options}; got {value!r}.").format(
                    key=id, options=", ".join(options), value=answer
                )
            )
        return answer
