"""What a learner has done so far: who, how good the predictions were, and the file to take along or bring back."""

from typing import Any

import ipywidgets

from crossborder.apps.show import Html, button, joined, paragraph
from crossborder.apps.upload import Upload
from crossborder.i18n import N_, _, ngettext
from crossborder.lessons.lesson import Lesson
from crossborder.lessons.piece import Piece, alert, said
from crossborder.lessons.progress import ENDING, MAX_BYTES, SOMEBODY, Progress, file_name
from crossborder.lessons.scoring import score_predictions

_FRAME = Html(
    '<section class="xb-progress-panel xb-noprint"><h2 data-part="title"></h2><div '
    'data-part="scores" aria-live="polite"></div>'
    '<div data-part="name"></div><div data-part="file"></div><div data-part="says" aria-live="polite"></div></section>'
)


class ProgressPanel(ipywidgets.VBox):
    """Name, scores, export and import."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson
        self.text = Piece(_FRAME, self._acted)
        self.upload = Upload(
            self.bring,
            lambda: None,
            label=N_("Bring back a saved copy"),
            hint=N_("The file that a lesson saved; what is there already stays."),
            accept=".json",
            limit_mb=MAX_BYTES // 1_000_000,
        )
        self.upload.observe(self._forget_name, "name")
        self.upload.add_class("xb-noprint")
        super().__init__([self.text, self.upload])
        self.add_class("xb")
        lesson.follow(self.show)
        self.show()

    def show(self) -> None:
        """Everything, in the state of the moment."""
        progress = self.lesson.progress
        known = "" if progress.learner == SOMEBODY else progress.learner
        field = Html(
            '<form class="xb-form xb-name" data-form="name" autocomplete="off"><label>{label} <input '
            'type="text" name="name" value="{known}" maxlength="60"></label>'
            '<button type="submit" class="xb-quiet">{go}</button></form>'
        ).fill(label=_("Your name, if several people use this computer"), known=known, go=_("Go on under this name"))
        where = _("Kept where the workbench runs, in {file}").format(file=progress.path.name) if progress.path else ""
        self.text.put(
            title=Html("{text}").fill(text=_("Your progress")),
            scores=paragraph(score_predictions(progress).text),
            name=field,
            file=joined(
                [
                    button("export", _("Save a copy of my progress")),
                    Html(' <span class="xb-small">{where}</span>').fill(where=where),
                ]
            ),
            says=alert(progress.trouble),
        )

    def bring(self, _name: str, content: bytes) -> Html:
        """Take over a saved file; one that cannot be read raises InputFileError with the reason."""
        n = self.lesson.progress.merge(Progress.from_json(content))
        self.lesson.refresh()
        return said(ngettext("{n} entry was taken over.", "{n} entries were taken over.", n).format(n=n))

    def _acted(self, action: str, value: Any) -> None:
        if action == "export":
            progress = self.lesson.progress
            self.text.download(
                f"{file_name(progress.learner)}{ENDING}", progress.to_json().encode(), "application/json"
            )
        elif action == "name" and isinstance(value, dict):
            self.lesson.become(str(value.get("name", "")))

    def _forget_name(self, _change: Any) -> None:
        self.upload.name = ""  # a brought file is taken over at once; there is no example to go back to
