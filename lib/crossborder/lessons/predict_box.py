"""PredictBox: say what you expect before you see it. And Gate: what follows stays shut until you have."""

import datetime as dt

import ipywidgets

from crossborder.apps.show import Html, joined, paragraph
from crossborder.i18n import N_, _
from crossborder.lessons.lesson import Lesson
from crossborder.lessons.piece import Piece, alert, choice_field, form, number_field
from crossborder.lessons.questions import SURENESS, ChoiceQuestion, Question

LABELS = {"low": N_("Lowest"), "likely": N_("Likely"), "high": N_("Highest")}
_FRAME = Html(
    '<section class="xb-predict"><div data-part="asks"></div><div data-part="body" aria-live="polite"></div></section>'
)


class PredictBox(Piece):
    """One question, answered once (or again), or declined. Both are stored with the time."""

    def __init__(self, lesson: Lesson, question: Question) -> None:
        self.lesson, self.question = lesson, question
        self.begin()
        super().__init__(_FRAME, self._acted)
        lesson.follow(self.show, begin=self.begin)
        self.show()

    def begin(self) -> None:
        """As a learner finds it who has not been here."""
        self._typed: dict[str, str] = {}
        self._trouble = ""

    def answer(self, **fields: str) -> None:
        """Give the answer, as the form does: ``chosen`` and ``sure``, or ``low``, ``likely`` and ``high``."""
        self._typed = {name: str(value) for name, value in fields.items()}
        try:
            told = self.question.read(fields)
        except ValueError as missing:
            self._trouble = str(missing)
            self.show()
            return
        self.lesson.record("predicted", self.question.name, **told)

    def decline(self) -> None:
        """I would rather not guess."""
        self.lesson.record("declined", self.question.name)

    def show(self) -> None:
        """The form, or what was answered."""
        self.put(asks=paragraph(_(self.question.asks), "xb-asks"))
        event = self.lesson.answer_to(self.question.name)
        if event is None:
            self.put(body=self._form())
            return
        self._trouble = ""
        declined = event.what == "declined"
        told = (
            _("You would rather not guess.")
            if declined
            else _("Your prediction: {answer}.").format(answer=self.question.spoken(event.told))
        )
        self.put(
            body=Html(
                '<p class="xb-answered"><span>{told}</span> <span class="xb-small">{at}</span> '
                '<button type="button" class="xb-link xb-noprint" data-action="again" '
                'data-value="">{again}</button></p>'
            ).fill(told=told, at=_when(event.at), again=_("Answer") if declined else _("Change it"))
        )

    def _form(self) -> Html:
        question, typed = self.question, self._typed
        if isinstance(question, ChoiceQuestion):
            fields = [
                choice_field(
                    "chosen",
                    _("Your answer"),
                    {name: _(label) for name, label in question.options.items()},
                    typed.get("chosen", ""),
                ),
                choice_field(
                    "sure",
                    _("How sure are you?"),
                    {name: _(label) for name, label in SURENESS.items()},
                    typed.get("sure", ""),
                    kind="xb-short",
                ),
            ]
        else:
            unit = "%" if question.share else _(question.unit)
            width = _(
                "Choose the range so wide that you expect the outcome inside it with a chance of 80%: of five such "
                "ranges, four should hold."
            )
            fields = [
                paragraph(width, "xb-small"),
                Html('<div class="xb-three">{fields}</div>').fill(
                    fields=joined(
                        number_field(
                            name, _(label), typed.get(name, ""), mark=self.mark, unit=unit, wrong=bool(self._trouble)
                        )
                        for name, label in LABELS.items()
                    )
                ),
            ]
        return form(
            "predict",
            *fields,
            alert(self._trouble),
            submit=_("That is my prediction"),
            other=(("decline", _("I would rather not guess")),),
        )

    def _acted(self, action: str, value: object) -> None:
        if action == "predict" and isinstance(value, dict):
            self.answer(**{str(name): str(text) for name, text in value.items()})
        elif action == "decline":
            self.decline()
        elif action == "again":
            self.lesson.record("reopened", self.question.name)


class Gate(ipywidgets.VBox):
    """What follows a prediction: shut until every question is answered or declined. On paper it is always open."""

    def __init__(
        self, lesson: Lesson, questions: tuple[Question, ...], *behind: ipywidgets.Widget, curtain: bool = True
    ) -> None:
        self._lesson, self._questions = lesson, questions
        sentence = _("This part opens when you have predicted above, or said that you would rather not guess.")
        self.curtain = Piece.of(paragraph(sentence, "xb-note xb-noprint") if curtain else Html(""))
        self.behind = ipywidgets.VBox(list(behind))
        self.behind.add_class("xb-behind")
        super().__init__([self.curtain, self.behind])
        self.add_class("xb")
        self.add_class("xb-gate")
        lesson.follow(self.show, begin=lambda: self.remove_class("xb-open"))
        self.show()

    @property
    def is_open(self) -> bool:
        """Whether it is open. Once open it stays so for this learner, also while a prediction is being changed."""
        return "xb-open" in self._dom_classes

    def show(self) -> None:
        """Open it when all is answered."""
        if not self.is_open and all(self._lesson.answer_to(question.name) for question in self._questions):
            self.add_class("xb-open")


class CameTrue(Piece):
    """What was predicted and what came, once the gate is open; empty for those who would rather not guess."""

    def __init__(self, lesson: Lesson, questions: tuple[Question, ...]) -> None:
        self._lesson, self._questions = lesson, questions
        super().__init__(Html('<div data-part="told"></div>'))
        lesson.follow(self.show)
        self.show()

    def show(self) -> None:
        """One line per prediction."""
        events = [(question, self._lesson.answer_to(question.name)) for question in self._questions]
        lines = [
            _("You predicted: {answer}. {verdict}").format(
                answer=question.spoken(event.told), verdict=question.verdict(event.told)
            )
            for question, event in events
            if event is not None and event.what == "predicted"
        ]
        self.put(told=joined(paragraph(line, "xb-note") for line in lines))


def _when(at: str) -> str:
    return dt.datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
