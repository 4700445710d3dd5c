"""Text in named parts, made safe by ``show``; what is clicked inside comes back as an action."""

import logging
from collections.abc import Callable
from typing import Any

import anywidget
import traitlets

from crossborder.apps.look import look, script
from crossborder.apps.show import Html

log = logging.getLogger("crossborder.apps")


class Markup(anywidget.AnyWidget):
    """A piece of page: ``skeleton`` holds the frame with ``data-part="name"`` slots, ``put`` fills them.

    ``on_action(action, value)`` is called for every click on an element with ``data-action`` and for every fold with
    ``data-section`` that opens or closes (actions ``open`` and ``close``).
    """

    _esm = script("markup")
    _css = look()
    skeleton = traitlets.Unicode("").tag(sync=True)
    parts = traitlets.Dict().tag(sync=True)
    on_view = traitlets.Unicode("").tag(sync=True)
    look_at = traitlets.Unicode("").tag(sync=True)

    def __init__(self, skeleton: Html, on_action: Callable[[str, Any], None] | None = None, **kwargs: Any) -> None:
        super().__init__(skeleton=_safe(skeleton), **kwargs)
        self._act = on_action
        self.on_msg(self._heard)

    def frame(self, skeleton: Html) -> None:
        """Replace the frame, for instance after a change of language."""
        self.skeleton = _safe(skeleton)

    def put(self, **parts: Html) -> None:
        """Fill some parts; the others stay."""
        self.parts = {**self.parts, **{name: _safe(html) for name, html in parts.items()}}

    def look(self, at: str) -> None:
        """Bring what the selector ``at`` names into sight, and the keyboard to it where it is nowhere else."""
        self.look_at = at

    def download(self, name: str, content: bytes, mime: str) -> None:
        """Hand a file to the reader's browser."""
        self.send({"kind": "download", "name": name, "mime": mime}, buffers=[content])

    def act(self, action: str, value: Any = None) -> None:
        """Do what a click on ``action`` does."""
        if self._act is not None:
            self._act(action, value)

    def _heard(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if isinstance(content, dict) and isinstance(content.get("action"), str):
            self.act(content["action"], content.get("value"))


def _safe(html: str) -> str:
    if not isinstance(html, Html):
        raise TypeError("a page takes text only from crossborder.apps.show, which escapes it.")
    return str(html)
