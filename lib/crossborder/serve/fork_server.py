"""The process from which kernels are forked: it has loaded what a page needs, so a kernel is there at once.

``python -m crossborder.serve.fork_server <socket>`` is started by the workbench, which asks over the socket for one
kernel after the other (``forked.py``). Each kernel lives as long as the workbench, not as long as this process.
"""

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from crossborder.serve.warm_up import settle_in, warm_up


def main() -> None:
    """Load, say so, fork a kernel for each job until the workbench is gone; a fork goes on as a kernel."""
    if sys.path[0] in ("", os.getcwd()):
        del sys.path[0]  # where the workbench was started is no place for modules; a kernel looks where it runs
    channel = socket.socket(fileno=int(sys.argv[1]))
    workbench = os.pidfd_open(os.getppid())
    before = set(os.environ)
    obstacle = warm_up()
    learned = {name: value for name, value in os.environ.items() if name not in before}
    gc.collect()
    gc.freeze()  # what is loaded stays in pages of memory that all kernels share
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # ended kernels leave nothing behind
    channel.sendall(json.dumps({"obstacle": obstacle}).encode())
    job = None if obstacle else fork_for_each_job(channel)
    if job is not None:
        become_kernel({**job, "environment": {**learned, **job["environment"]}}, workbench)


def fork_for_each_job(channel: socket.socket) -> dict[str, Any] | None:
    """Answers each job with the new kernel's process; returns the job in the kernel, and None at the end."""
    with channel, channel.makefile("rb") as jobs:
        while line := jobs.readline():
            try:
                kernel = os.fork()
                if kernel == 0:
                    return json.loads(line)
                handle = os.pidfd_open(kernel)
            except OSError as reason:
                channel.sendall(json.dumps({"error": str(reason)}).encode())
                continue
            socket.send_fds(channel, [json.dumps({"pid": kernel}).encode()], [handle])
            os.close(handle)
    return None


def become_kernel(job: dict[str, Any], workbench: int) -> None:
    """Run as the kernel that ``ipykernel_launcher`` would be, until it is shut down."""
    os.setsid()
    with contextlib.suppress(OSError):
        Path("/proc/self/comm").write_text("xb-kernel")  # its name in lists of processes
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.chdir(job["folder"])
    os.environ.clear()
    os.environ.update(job["environment"])
    launcher = find_spec("ipykernel_launcher")
    sys.argv = [launcher.origin if launcher and launcher.origin else "", *job["arguments"]]
    threading.Thread(target=end_with, args=(workbench,), daemon=True, name="crossborder-workbench-watch").start()

    import numpy.random
    from ipykernel.kernelapp import IPKernelApp

    numpy.random.seed()  # its common stream would begin alike in all kernels
    kernel = IPKernelApp.instance(parent_handle=1)  # 1: the workbench is watched already
    kernel.initialize(job["arguments"])
    settle_in()
    kernel.start()


def end_with(workbench: int) -> None:
    """Wait for the end of the workbench, without using time, and end with it."""
    waiting = select.poll()
    waiting.register(workbench, select.POLLIN)
    waiting.poll()
    os._exit(1)


if __name__ == "__main__":
    main()
