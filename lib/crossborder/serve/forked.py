"""Kernels that are forked from a process which has loaded everything: there at once, and most of their memory shared.

Linux only. Wherever a kernel cannot be forked, it is started as usual.
"""

import asyncio
import json
import logging
import math
import os
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from jupyter_client.provisioning import LocalProvisioner
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager
from traitlets import default

from crossborder.serve.prompt_client import PromptClient

log = logging.getLogger("crossborder.serve")

ANSWER_SECONDS = 10.0
AGAIN_SECONDS = 60.0  # after one start, another at the earliest
LAUNCHER = "ipykernel_launcher"
COMMAND = ["-m", "crossborder.serve.fork_server"]


class ForkedProcess:
    """A kernel's process as jupyter_client handles one, by its handle: it is not a child of this process."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, handle: int) -> None:
        self.pid, self._handle = pid, handle
        self._end = select.poll()
        self._end.register(handle, select.POLLIN)
        self._ended = False

    def poll(self) -> int | None:
        """None while it runs. How it ended is known to its parent only, so any end counts as a failure."""
        if not self._ended and self._end.poll(0):
            self._ended = True
            os.close(self._handle)
        return 1 if self._ended else None

    def wait(self) -> int:
        while self.poll() is None:
            self._end.poll()
        return 1

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            signal.pidfd_send_signal(self._handle, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


class ForkServer:
    """The workbench's end of ``fork_server.py``: starts it, asks it for kernels, starts another when it has died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen | None = None
        self._turn = asyncio.Lock()
        self._ready: asyncio.Task[bool] | None = None
        self._again_at = math.inf

    @staticmethod
    def possible() -> bool:
        """Whether this system can do it."""
        return sys.platform == "linux" and hasattr(os, "pidfd_open")

    def start(self) -> None:
        """Begin to load; kernels are started as usual until that is done."""
        self._again_at = time.monotonic() + AGAIN_SECONDS
        self._channel, theirs = socket.socketpair()
        self._channel.setblocking(False)
        with theirs:
            command = [sys.executable, *COMMAND, str(theirs.fileno())]
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()], start_new_session=True
            )
        self._ready = asyncio.create_task(self._loaded())

    async def ready(self) -> bool:
        """Wait until it has loaded; False where no kernels can be forked."""
        return self._ready is not None and await asyncio.shield(self._ready)

    async def fork(self, arguments: list[str], folder: str, environment: dict[str, str]) -> ForkedProcess | None:
        """A new kernel; None where it must be started as usual."""
        async with self._turn:
            if self._ready is None and time.monotonic() >= self._again_at:  # it has died
                self.start()
            if self._ready is None or not self._ready.done() or not self._ready.result():
                return None
            job = {"arguments": arguments, "folder": folder, "environment": environment}
            try:
                async with asyncio.timeout(ANSWER_SECONDS):
                    await asyncio.get_running_loop().sock_sendall(self._channel, json.dumps(job).encode() + b"\n")
                    answer, handles = await self._answer()
            except (OSError, ValueError) as reason:  # a TimeoutError is an OSError
                log.warning("kernels are started as usual, since none can be forked: %s", reason or "no answer")
                self.close()
                return None
            if not handles:
                log.warning("a kernel is started as usual, since it could not be forked: %s", answer.get("error"))
                return None
            return ForkedProcess(answer["pid"], handles[0])

    def close(self) -> None:
        """End the process; kernels that were forked live on."""
        if self._ready is not None:
            self._ready.cancel()
            self._ready = None
        if self._process is not None:
            self._channel.close()
            self._process.kill()
            self._process.wait()
            self._process = None

    async def _loaded(self) -> bool:
        try:
            obstacle = (await self._answer())[0]["obstacle"]
        except (OSError, ValueError):
            obstacle = "it ended while it was loading"
        if obstacle:
            log.warning("kernels are started as usual, since none can be forked: %s", obstacle)
        return not obstacle

    async def _answer(self) -> tuple[dict[str, Any], list[int]]:
        loop = asyncio.get_running_loop()
        there = asyncio.Event()
        handle = self._channel.fileno()
        loop.add_reader(handle, there.set)
        try:
            await there.wait()
        finally:
            loop.remove_reader(handle)  # by its number: the channel may be closed by now
        text, handles, *_ = socket.recv_fds(self._channel, 4096, 1)
        return json.loads(text), handles  # nothing read means that it has ended, and is no JSON


class ForkProvisioner(LocalProvisioner):
    """Jupyter's way of starting kernels on this computer, but forked where that can be done."""

    fork_server: ForkServer | None = None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        process, folder = None, str(kwargs.get("cwd") or Path.cwd())
        if self.fork_server is not None and Path(cmd[0]) == Path(sys.executable) and LAUNCHER in cmd:
            arguments = cmd[cmd.index(LAUNCHER) + 1 :]
            process = await self.fork_server.fork(arguments, folder, dict(kwargs.get("env") or os.environ))
        if process is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = process  # type: ignore[assignment]
        self.pid = self.pgid = process.pid  # a kernel leads a group of processes of its own
        self.cwd = folder
        return self.connection_info


class ForkedKernel(ServerKernelManager):
    """One kernel of the server, provided by ForkProvisioner."""

    @default("client_factory")
    def _prompt(self) -> type:
        return PromptClient

    async def start_kernel(self, *args: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        if self.provisioner is None:
            kernel_id = kwargs.get("kernel_id") or str(uuid4())
            self.provisioner = ForkProvisioner(kernel_id=kernel_id, kernel_spec=self.kernel_spec, parent=self)
            self.provisioner.fork_server = getattr(self.parent, "fork_server", None)
        return await super().start_kernel(*args, **kwargs)
