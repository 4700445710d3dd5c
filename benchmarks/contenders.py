"""Who takes part, each in a process of its own that is asked in turn."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from environments import environment

HERE = Path(__file__).parent
ONE_THREAD = {"NUMBA_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "JAX_PLATFORMS": "cpu",
              "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"}  # fmt: skip


@dataclass
class Contender:
    """A system on a job, and how many sessions it is asked to walk so that a run takes about a second."""

    label: str
    module: str
    sessions: int
    days: int = 2
    peer: str | None = None
    missing: str = ""
    us: list[float] = field(default_factory=list)
    _process: Any = None

    def start(self, job: Path) -> bool:
        """Start its process; False where its environment cannot be had (``missing`` says why)."""
        python: Path | None = Path(sys.executable)
        if self.peer:
            python, self.missing = environment(self.peer)
            if python is None:
                return False
        command = [str(python), str(HERE / "worker.py"), self.module, str(job)]
        core = max(os.sched_getaffinity(0))  # one core for all, so that no runtime spreads over two
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, **ONE_THREAD}, preexec_fn=lambda: os.sched_setaffinity(0, {core}),
        )  # fmt: skip
        if not self._process.stdout.readline():
            lines = self._process.stderr.read().strip().splitlines()
            self.missing = lines[-1] if lines else "it did not start"
            return False
        return True

    def ask(self, seed: int, sessions: int | None = None, days: int | None = None, statistics: bool = False) -> dict:
        """One run."""
        request = {
            "sessions": sessions or self.sessions,
            "days": days or self.days,
            "seed": seed,
            "statistics": statistics,
        }
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.label} stopped: {self._process.stderr.read()[-2000:]}")
        return json.loads(line)

    def time(self, seed: int) -> None:
        """One timed run: CPU microseconds per session."""
        self.us.append(self.ask(seed)["cpu_s"] / (self.sessions * self.days) * 1e6)

    def stop(self) -> None:
        """End its process."""
        if self._process is not None:
            self._process.stdin.close()
            self._process.wait(timeout=20)

    def figures(self) -> dict:
        """What it showed."""
        if self.missing:
            return {"label": self.label, "missing": self.missing}
        return {"label": self.label, "us_per_session": median(self.us), "low": min(self.us), "high": max(self.us),
                "sessions": self.sessions, "days": self.days}  # fmt: skip


def neutral() -> list[Contender]:
    """Features neutral: everybody."""
    return [
        Contender("this library, individual engine", "ours", 1_000_000, 8),
        Contender("NumPy, one uniform a session", "peers.numpy_search", 1_000_000),
        Contender("NumPy, one shock per session and listing", "peers.numpy_shocks", 500_000),
        Contender("plain Python loop", "peers.python_loop", 50_000),
        Contender("RecSim NG on JAX, one core", "peers.recsim_ng.job", 500_000, peer="recsim_ng"),
        Contender("mesa, one agent per shopper", "peers.mesa.job", 20_000, peer="mesa"),
        Contender("RecSim, its own environment", "peers.recsim.job", 150, peer="recsim"),
    ]


def all_features() -> list[Contender]:
    """All features on: the library and two NumPy versions with the same rules."""
    return [
        Contender("this library, individual engine, all features", "ours_all", 1_000_000, 8),
        Contender("NumPy, all features, one uniform a session", "numpy_all", 1_000_000, 4),
        Contender("NumPy, all features, one shock per session and listing", "numpy_all_shocks", 500_000),
    ]


def personal() -> list[Contender]:
    """Personal pages: 16 tastes, all listings as candidates, the exact best."""
    return [
        Contender("this library, individual engine, personal", "ours_personal", 100_000),
        Contender("NumPy, matrix product and argpartition", "peers.numpy_personal", 20_000),
        Contender("JAX, matrix product and top_k, one core", "peers.recsim_ng.personal", 50_000, peer="recsim_ng"),
    ]


def in_turn(contenders: list[Contender], job: Path, rounds: int, check: Any = None) -> list[Contender]:
    """Start all, check each, time them in turn; those that cannot take part stay in the list with the reason."""
    present = [one for one in contenders if one.start(job)]
    try:
        for one in list(present):
            wrong = check(one, job) if check else ""
            if wrong:
                one.missing = f"it does another job: {wrong}"
                one.stop()
                present.remove(one)
        for one in present:
            one.ask(0)  # compiles, and fills caches
        for seed in range(1, rounds + 1):
            for one in present:
                one.time(seed)
    finally:
        for one in present:
            one.stop()
    return contenders
