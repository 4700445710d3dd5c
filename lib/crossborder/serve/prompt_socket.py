"""A page's line to its kernel, on which small messages leave at once.

An answer is several small messages one behind the other. TCP holds each back until the one before it has been
acknowledged, and a browser acknowledges late, by up to 40 ms: more than a slider may take in all.
"""

from typing import Any

from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler


class PromptSocket(VoilaKernelWebsocketHandler):
    """Voila's line, without the wait."""

    async def open(self, kernel_id: str) -> Any:
        self.set_nodelay(True)
        return await super().open(kernel_id)
