"""The check of a lesson: one answer with the learner's own numbers, three hints, a solution; then a new case."""

from typing import Any

from crossborder.apps.show import Html, joined, paragraph
from crossborder.i18n import _
from crossborder.lessons.checking import Judgement, MakeTask, Task, Transfer, task_for
from crossborder.lessons.lesson import Lesson
from crossborder.lessons.piece import Piece, alert, choice_field, form, number_field, read_number, said

_FRAME = Html(
    '<section class="xb-check"><div data-part="asks"></div><div data-part="form"></div><div '
    'data-part="says" aria-live="polite"></div>'
    '<div data-part="hints" aria-live="polite"></div></section>'
)


class CheckBox(Piece):
    """One number to work out. Hints go up and down; the solution is shown for these numbers and gives new ones."""

    def __init__(self, lesson: Lesson, name: str, make: MakeTask) -> None:
        self.lesson, self.name, self._make = lesson, name, make
        self.begin()
        super().__init__(_FRAME, self._acted)
        lesson.follow(self.show, begin=self.begin)
        self.show()

    def begin(self) -> None:
        """As a learner finds it who has not been here."""
        self._typed, self._trouble, self.rung = "", "", 0
        self._solved: Task | None = None
        self.judgement: Judgement | None = None

    @property
    def round(self) -> int:
        """How many solutions the learner has looked at; each gave new numbers."""
        return len(self.lesson.progress.of(self.lesson.number, "solved", self.name))

    @property
    def task(self) -> Task:
        """The question of the moment."""
        return task_for(self._make, self.lesson.number, self.name, self.lesson.progress.seed, self.round)

    def answer(self, text: str) -> None:
        """Answer, as the form does."""
        value = read_number(text)
        self._typed, self._trouble = text, ""
        if value is None:
            self._trouble = _("Write a number.")
            self.show()
            return
        judgement = self.judgement = self.task.judge(value)
        told = {"seed": self.lesson.progress.seed, "round": self.round, "answer": value, "right": judgement.right}
        self.lesson.record("answered", self.name, **told, **({"error": judgement.error} if judgement.error else {}))

    def climb(self, step: int) -> None:
        """One hint more, or one fewer."""
        self.rung = min(max(self.rung + step, 0), 3)
        if step > 0:
            self.lesson.record("hinted", self.name, rung=self.rung, round=self.round)
        else:
            self.show()

    def solve(self) -> None:
        """Show the way for these numbers; the question then comes with new ones."""
        self._solved, self._typed, self._trouble, self.judgement, self.rung = self.task, "", "", None, 0
        self.lesson.record("solved", self.name, seed=self.lesson.progress.seed, round=self.round)

    def show(self) -> None:
        """The question and everything said back so far."""
        if self.judgement is None:
            self._recall()
        task, judgement = self.task, self.judgement
        right = judgement is not None and judgement.right
        self.put(
            asks=paragraph(task.asks, "xb-asks"),
            form=Html("<p class='xb-answered'>{told}</p>").fill(
                told=_("Your answer: {answer}").format(answer=f"{self._typed} {task.unit}")
            )
            if right
            else form(
                "answer",
                number_field(
                    "value",
                    _("Your answer"),
                    self._typed,
                    mark=self.mark,
                    unit=task.unit,
                    wrong=bool(self._trouble),
                ),
                alert(self._trouble),
                submit=_("Check it"),
            ),
            says=said(judgement.says, "right" if right else "wrong") if judgement and not self._trouble else Html(""),
            hints=Html("") if right else self._hints(task),
        )

    def _recall(self) -> None:
        """A right answer given before, on this page's other language say, stays given."""
        progress = self.lesson.progress
        for event in progress.of(self.lesson.number, "answered", self.name):
            told = event.told
            if told.get("right") and (told.get("seed"), told.get("round")) == (progress.seed, self.round):
                self._typed, self.judgement = f"{told['answer']:g}", self.task.judge(told["answer"])

    def _hints(self, task: Task) -> Html:
        shown = joined(Html("<li>{hint}</li>").fill(hint=hint) for hint in task.hints[: self.rung])
        buttons = (
            [("more", _("Hint {n} of 3").format(n=self.rung + 1))]
            if self.rung < 3
            else [("solve", _("Show the solution and give me new numbers"))]
        )
        buttons += [("fewer", _("Hide the last hint"))] if self.rung else []
        row = joined(
            Html('<button type="button" class="xb-link" data-action="{action}" data-value="">{label}</button>').fill(
                action=action, label=label
            )
            for action, label in buttons
        )
        solved = Html("")
        if self._solved is not None:
            solved = Html('<div class="xb-solved"><p>{before}</p><p>{way}</p></div>').fill(
                before=_("With the numbers before: {asks}").format(asks=self._solved.asks), way=self._solved.solution
            )
        return Html('<div class="xb-hints xb-noprint"><ol>{shown}</ol><p>{row}</p></div>{solved}').fill(
            shown=shown, row=row, solved=solved
        )

    def _acted(self, action: str, value: Any) -> None:
        if action == "answer" and isinstance(value, dict):
            self.answer(str(value.get("value", "")))
        elif action in ("more", "fewer"):
            self.climb(1 if action == "more" else -1)
        elif action == "solve" and self.rung == 3:
            self.solve()


class TransferBox(Piece):
    """A choice on a new case; every answer gets its own word back."""

    def __init__(self, lesson: Lesson, transfer: Transfer) -> None:
        self.lesson, self.transfer = lesson, transfer
        self.begin()
        super().__init__(_FRAME, self._acted)
        lesson.follow(self.show, begin=self.begin)
        self.show()

    def begin(self) -> None:
        """As a learner finds it who has not been here."""
        self.judgement: Judgement | None = None
        self._chosen, self._trouble = "", ""

    def answer(self, chosen: str) -> None:
        """Choose, as the form does."""
        self._chosen, self._trouble = chosen, ""
        if chosen not in self.transfer.options:
            self._trouble = _("Choose one of the answers.")
        else:
            judgement = self.judgement = self.transfer.judge(chosen)
            told = {"answer": chosen, "right": judgement.right, **({"error": chosen} if not judgement.right else {})}
            self.lesson.record("answered", self.transfer.name, **told)
        self.show()

    def show(self) -> None:
        """The case, the answers, what was said back."""
        if self.judgement is None and not self._trouble:
            for event in self.lesson.progress.of(self.lesson.number, "answered", self.transfer.name):
                if event.told.get("answer") in self.transfer.options:
                    self._chosen = event.told["answer"]
                    self.judgement = self.transfer.judge(self._chosen)
        options = {name: _(option.label) for name, option in self.transfer.options.items()}
        self.put(
            asks=paragraph(_(self.transfer.asks), "xb-asks"),
            form=form(
                "answer",
                choice_field("chosen", _("Your answer"), options, self._chosen),
                alert(self._trouble),
                submit=_("Check it"),
            ),
            says=said(self.judgement.says, "right" if self.judgement.right else "wrong")
            if self.judgement
            else Html(""),
        )

    def _acted(self, action: str, value: Any) -> None:
        if action == "answer" and isinstance(value, dict):
            self.answer(str(value.get("chosen", "")))
