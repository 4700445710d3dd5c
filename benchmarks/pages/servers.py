"""One contender's server while it runs: started, answering, at rest, stopped."""

import contextlib
import json
import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import psutil

from pages import processes
from pages.lineup import APPS, Contender, python_of

START_S = 90.0
REST_S = 60.0
STOP_S = 15.0


class Server:
    """Starts in ``start``; ``missing`` says why where it cannot."""

    def __init__(self, contender: Contender, folder: Path) -> None:
        self.contender = contender
        self.log = folder / f"{contender.key}.log"
        self.missing = ""
        self.base = ""
        self.key = ""
        self.left_at = 0.0  # when the last visitor went
        self.visits = 0
        self.kernels_shed = 0
        self._process: subprocess.Popen | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> bool:
        """Run it until it answers; False where it does not come to that."""
        python, self.missing = python_of(self.contender)
        if python is None:
            return False
        port = _free_port()
        self.base = f"http://127.0.0.1:{port}"
        with self.log.open("w") as log:
            self._process = subprocess.Popen(
                self.contender.command(python, port),
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                cwd=self.log.parent,
                env={**os.environ, "PYTHONPATH": _python_path(), "PYTHONUNBUFFERED": "1"},
            )
        end = time.monotonic() + START_S
        while time.monotonic() < end and self._process.poll() is None:
            if self._answers():
                self.rest()
                return True
            time.sleep(0.2)
        ended = "ended at once" if self._process.poll() is not None else f"did not answer within {START_S:.0f} s"
        lines = self.log.read_text().strip().splitlines()
        self.missing = f"its server {ended}: {lines[-1] if lines else 'it said nothing'}"
        self.stop()
        return False

    def _answers(self) -> bool:
        if self.contender.our_server:  # prints its address with the key, once it listens
            found = re.search(r"token=(\w+)", self.log.read_text())
            self.key = found.group(1) if found else ""
            return bool(found)
        try:  # not the page itself, which would take a kernel
            urllib.request.urlopen(f"{self.base}/favicon.ico", timeout=10).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True

    def enter(self, context: Any, base: str) -> None:
        """Let a browser that has never been here in, as the printed address does."""
        self.visits += 1
        if self.key:
            context.request.get(f"{base}/?token={self.key}", max_redirects=0)

    def state(self) -> dict:
        """What our own server says of itself."""
        request = urllib.request.Request(
            f"{self.base}/crossborder/state", headers={"Authorization": f"token {self.key}"}
        )
        with urllib.request.urlopen(request, timeout=30) as reply:
            return json.load(reply)

    def left(self) -> None:
        """A visitor went just now."""
        self.left_at = time.monotonic()

    def rest(self) -> None:
        """Wait until the last visit has left nothing to do: the pool is full again, no process works."""
        time.sleep(max(0.0, self.left_at + self.contender.refill_after_s + 0.5 - time.monotonic()))
        end = time.monotonic() + REST_S
        if self.contender.our_server:
            while self.state()["kept_ready"] < self.contender.pool_kernels and time.monotonic() < end:
                time.sleep(0.25)
        processes.wait_until_idle(self.pid, max(1.0, end - time.monotonic()))

    @property
    def kernels_left(self) -> int:
        """Kernels that closed pages have left behind so far."""
        return self.kernels_shed + max(0, processes.kernels(self.pid) - self.contender.pool_kernels)

    def shed(self) -> None:
        """Start anew where pages have left kernels behind, so that they do not slow down what comes after."""
        if self.kernels_left > self.kernels_shed:
            self.kernels_shed = self.kernels_left
            self.stop()
            self.start()

    def stop(self) -> None:
        """End it and all that it started."""
        if self._process is None:
            return
        started = list(processes.tree(self.pid))  # kernels have sessions of their own
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(STOP_S)
        for process in started:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self._process.wait(STOP_S)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _python_path() -> str:
    known = os.environ.get("PYTHONPATH")
    return os.pathsep.join([str(APPS), *([known] if known else [])])
