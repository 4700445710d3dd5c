"""A file of the reader's own: chosen or dropped, judged by size first, sent in pieces, never kept on disk."""

from collections.abc import Callable
from typing import Any

import anywidget
import traitlets

from crossborder.apps import show
from crossborder.apps.language import listen
from crossborder.apps.look import look, script
from crossborder.apps.runs import told
from crossborder.apps.show import Html
from crossborder.i18n import N_, _

LIMIT_MB = 50


class Upload(anywidget.AnyWidget):
    """``take(name, content)`` is called when a whole file has come; it returns what to say about it.

    ``back()`` is called when the reader wants the example data again. A CrossborderError from ``take`` is shown as
    it is; the file before it stays in use.
    """

    _esm = script("upload")
    _css = look()
    words = traitlets.Dict().tag(sync=True)
    accept = traitlets.Unicode(".csv,.tsv,.txt,.xlsx,.xls,.xlsb,.ods,.parquet").tag(sync=True)
    limit_mb = traitlets.Int(LIMIT_MB).tag(sync=True)
    name = traitlets.Unicode("").tag(sync=True)
    said = traitlets.Unicode("").tag(sync=True)

    def __init__(
        self,
        take: Callable[[str, bytes], Html],
        back: Callable[[], None],
        *,
        label: str = N_("Use your own file"),
        hint: str = N_("CSV, Excel or Parquet, up to {limit} MB. It stays on this computer."),
        **kwargs: Any,
    ) -> None:
        self._take, self._back, self._label, self._hint = take, back, label, hint
        self._pieces: list[bytes] = []
        self._upload = 0
        super().__init__(**kwargs)
        self.relabel()
        self.on_msg(self._heard)
        listen(self)

    def relabel(self) -> None:
        """Say everything in the language of the moment."""
        self.words = {
            "choose": _(self._label),
            "hint": _(self._hint).format(limit=self.limit_mb),
            "sending": _("Sending the file …"),
            "reading": _("Reading the file …"),
            "lost": _("{name} did not arrive whole. Choose it again."),
            "back": _("Back to the example data"),
            "too_large": _("{name} has {size} MB; a file may have up to {limit} MB. Send fewer rows or columns."),
        }

    def receive(self, name: str, content: bytes) -> None:
        """Take a whole file, as the browser does."""
        if len(content) > self.limit_mb * 1024 * 1024:
            size = f"{len(content) / 1024**2:.1f}"
            self.said = show.failure(self.words["too_large"].format(name=name, size=size, limit=self.limit_mb))
            return
        try:
            self.said = self._take(name, content)
        except Exception as problem:  # the page must say why, and live on with what it had
            self.said = show.failure(told(problem))
            return
        self.name = name

    def give_back(self) -> None:
        """Return to the example data."""
        self.name, self.said = "", ""
        self._back()

    def _heard(self, _widget: Any, content: Any, buffers: Any) -> None:
        if content.get("kind") == "back":
            self.give_back()
        elif content.get("kind") == "piece":
            self._piece(content, bytes(buffers[0]))

    def _piece(self, about: dict[str, Any], content: bytes) -> None:
        if about["piece"] == 0 or about["upload"] != self._upload:
            self._pieces, self._upload = [], about["upload"]
        if about["piece"] != len(self._pieces) or sum(map(len, self._pieces)) > self.limit_mb * 1024 * 1024:
            self._pieces = []
            self._reply("lost", name=str(about["name"]))
            return
        self._pieces.append(content)
        self._reply("got", pieces=len(self._pieces))
        if len(self._pieces) == about["pieces"]:
            whole, self._pieces = b"".join(self._pieces), []
            self.receive(str(about["name"]), whole)
            self._reply("done")

    def _reply(self, kind: str, **more: Any) -> None:
        self.send({"kind": kind, "upload": self._upload, **more})
