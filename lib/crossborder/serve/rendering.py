"""A notebook becomes a page, and a failure becomes a sentence.

Voila's own renderer leaves the browser waiting for ever when anything outside a cell fails (a kernel that dies
while it starts, a template error): the page's end never comes. This one always ends the page.
"""

import logging
from collections.abc import AsyncIterator
from typing import Any

from markupsafe import escape
from voila.notebook_renderer import NotebookRenderer

from crossborder.serve.output_widget import use_in
from crossborder.serve.prose import as_base64, latex_output

log = logging.getLogger("crossborder.serve")


class CalmRenderer(NotebookRenderer):
    """Ends every page, and logs each failed cell under the reference number that the page shows."""

    failed = False  # whether the page, or a part of it, could not be shown

    async def initialize(self, **kwargs: Any) -> None:
        await super().initialize(**kwargs)
        self.exporter.register_filter("latex2html", latex_output)
        self.exporter.register_filter("as_base64", as_base64)

    async def generate_content_generator(
        self, kernel_id: str | None = None, kernel_future: Any = None
    ) -> AsyncIterator:
        if self.request_handler is not None:
            self.request_handler.kernel_id = kernel_id
        pieces = super().generate_content_generator(kernel_id, kernel_future)
        try:
            async for piece in pieces:
                yield piece
        except Exception:  # whatever it was, the reader needs an end and the log needs the cause
            self.failed = True
            if not self.visitor_left:
                log.exception("%s: the page could not end, reference %s", self.notebook_path, reference(kernel_id))
            yield (self._ending(kernel_id), {})

    @property
    def visitor_left(self) -> bool:
        """Whether the one for whom the page was made is gone, and its kernel with them."""
        return getattr(self.request_handler, "visitor_left", False)

    async def _jinja_kernel_start(self, nb: Any, kernel_id: str, kernel_future: Any) -> str:
        started: str = await super()._jinja_kernel_start(nb, kernel_id, kernel_future)
        use_in(self.executor)
        return started

    async def _jinja_cell_generator(self, nb: Any, kernel_id: str) -> AsyncIterator:
        async for cell in super()._jinja_cell_generator(nb, kernel_id):
            if any(is_failure(output) for output in cell.get("outputs", [])) and not self.visitor_left:
                self.failed = True
                log.error("%s: a cell failed, reference %s", self.notebook_path, reference(kernel_id))
                cell["outputs"] = [as_error(output) if is_failure(output) else output for output in cell["outputs"]]
            yield cell

    def _ending(self, kernel_id: str | None) -> str:
        words = self.resources.get("crossborder", {}).get("words", {})
        sentence = "".join(
            f'<span class="xb-word" lang="{language}">{escape(words.get("failed", {}).get(language, ""))} '
            f"{escape(words.get('reference', {}).get(language, ''))} <code>{reference(kernel_id)}</code></span>"
            for language in words.get("failed", {})
        )
        return f'<div class="xb-failure" role="alert"><p>{sentence}</p></div></main></body></html>'


def is_failure(output: dict[str, Any]) -> bool:
    """Whether an output tells of a failure: of the cell's code, or (told by Voila as text) of its kernel."""
    kind, text = output.get("output_type"), str(output.get("text", ""))
    return kind == "error" or (kind == "stream" and text.startswith("An exception occurred at the server"))


def as_error(output: dict[str, Any]) -> dict[str, Any]:
    """A failure as an output that the template shows as a sentence; the kind alone is kept."""
    return {"output_type": "error", "ename": output.get("ename", "KernelError"), "evalue": "", "traceback": []}


def reference(kernel_id: str | None) -> str:
    """The number by which a person names a failure: the first part of the kernel's id."""
    return (kernel_id or "none").split("-")[0]


def install() -> None:
    """Make Voila's handler and its pool of ready kernels use this renderer."""
    import voila.handler
    import voila.voila_kernel_manager

    voila.handler.NotebookRenderer = CalmRenderer
    voila.voila_kernel_manager.NotebookRenderer = CalmRenderer
