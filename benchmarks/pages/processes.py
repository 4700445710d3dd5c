"""What a tree of processes has used: CPU seconds and memory; and whether the machine is quiet."""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

QUIET_PERCENT = 15.0
QUIET_LOOK_S = 0.4
FORKED_KERNEL = "xb-kernel"  # what our own server calls the kernels it forks


def tree(pid: int) -> Iterator[psutil.Process]:
    """The process and all below it; nothing where it has ended."""
    try:
        root = psutil.Process(pid)
        yield root
        yield from root.children(recursive=True)
    except psutil.NoSuchProcess:
        return


class CpuMeter:
    """CPU seconds of all processes below some, those included that have ended since they were last looked at."""

    def __init__(self) -> None:
        self._used: dict[psutil.Process, float] = {}

    def read(self, *roots: int) -> float:
        """What the trees of these processes have used so far, as far as this meter has seen."""
        for root in roots:
            for process in tree(root):
                with contextlib.suppress(psutil.Error):
                    used = process.cpu_times()
                    self._used[process] = used.user + used.system
        return sum(self._used.values())


def memory_mb(pid: int) -> float:
    """Proportional set size of the tree: pages that several processes share are counted once."""
    total = 0
    for process in tree(pid):
        try:
            lines = Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def kernels(pid: int) -> int:
    """How many Jupyter kernels run below the process."""
    found = 0
    for process in tree(pid):
        try:
            found += process.name() == FORKED_KERNEL or any("ipykernel_launcher" in word for word in process.cmdline())
        except psutil.Error:
            continue
    return found


def wait_for_quiet(most_s: float = 12.0) -> float:
    """Wait until the machine is nearly idle, not longer than ``most_s``; how busy it was at last, in percent."""
    end = time.monotonic() + most_s
    while True:
        busy = psutil.cpu_percent(QUIET_LOOK_S)
        if busy < QUIET_PERCENT or time.monotonic() > end:
            return busy


def wait_until_idle(pid: int, most_s: float = 60.0) -> None:
    """Wait until the tree has used less than a tenth of a core for a second (ten idle kernels use some of that)."""
    end = time.monotonic() + most_s
    meter, calm = CpuMeter(), 0
    before = meter.read(pid)
    while calm < 2 and time.monotonic() < end:
        time.sleep(0.5)
        now = meter.read(pid)
        calm = calm + 1 if now - before < 0.05 else 0
        before = now
