"""A client that begins as soon as the kernel answers.

Jupyter's own waits until the kernel has said nothing for a fifth of a second, to be rid of what came before. What is
run here is told from what came before by its number, so nothing needs to be waited for but the answer itself, on both
channels: the one for replies, and the one for outputs, on which a client hears only what is said after it is connected.
"""

import asyncio
from queue import Empty
from typing import Any

import zmq
from jupyter_client.asynchronous import AsyncKernelClient

ANSWER_SECONDS = 1.0
ECHO_SECONDS = 0.2

# A kernel that was forked listens after 40 ms; by itself ZeroMQ tries to reach it every 100 ms
FIRST_TRY_MS, LATER_TRIES_MS = 10, 100


def connect_soon(context: zmq.Context) -> None:
    """Make the sockets of a context try anew soon when nobody listens yet."""
    context.setsockopt(zmq.RECONNECT_IVL, FIRST_TRY_MS)
    context.setsockopt(zmq.RECONNECT_IVL_MAX, LATER_TRIES_MS)


class PromptClient(AsyncKernelClient):
    """Ready when the kernel's answer is there, without a pause after it."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        try:
            async with asyncio.timeout(timeout):
                while not await self._is_answered(self.kernel_info()):
                    if not await self.is_alive():
                        raise RuntimeError("Kernel died before replying to kernel_info")
        except TimeoutError:
            raise RuntimeError(f"Kernel didn't respond in {timeout:g} seconds") from None

    async def _is_answered(self, request: str) -> bool:
        def is_other(message: dict[str, Any]) -> bool:
            return message["parent_header"].get("msg_id") != request

        try:
            while is_other(await self.get_shell_msg(timeout=ANSWER_SECONDS)):
                continue
            while is_other(await self.get_iopub_msg(timeout=ECHO_SECONDS)):
                continue
        except Empty:
            return False
        return True
