"""Measure speed side by side: python benchmarks/run.py [--quick]. Writes results.json and docs/performance.md.

All figures of a comparison come from one run, asked in turn, as CPU time per session on one core: a shared machine
moves wall times by a factor of ten, CPU times by far less, and their ratios least of all.
"""

import argparse
import datetime as dt
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "peers")]

import checks  # noqa: E402
import contenders  # noqa: E402
import report  # noqa: E402
import screens  # noqa: E402
import worlds  # noqa: E402
from limits import session_limit_ns  # noqa: E402
from pages import comparison  # noqa: E402
from rules import Job, expected_of_first_day  # noqa: E402

FIRST_ANSWER = """
from crossborder.market import make_market, simulate_market
from crossborder.ranking import conversion_times_rating
print(simulate_market(make_market(200), conversion_times_rating(), 90, "expected").text)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer rounds and sizes")
    parser.add_argument("--only", choices=["pages"], help="measure this part alone, keep the other figures")
    parser.add_argument("--no-peers", action="store_true", help="leave out what needs an environment of its own")
    parser.add_argument("--output", type=Path, default=HERE / "results.json", help="where the figures go")
    asked = parser.parse_args()
    if asked.only == "pages":
        found = json.loads(asked.output.read_text()) if asked.output.exists() else {}
        say("the served pages, side by side")
        found["pages"] = comparison.measure(asked.quick, not asked.no_peers)
    else:
        found = measure(asked.quick, not asked.no_peers)
    asked.output.write_text(json.dumps(found, indent=1) + "\n")
    whole = "neutral" in found
    print(report.console(found) if whole and not asked.only else report.pages_console(found))
    if whole and not asked.quick:
        (HERE.parent / "docs" / "performance.md").write_text(report.page(found))
        print("Written: docs/performance.md")


def measure(quick: bool, peers: bool) -> dict:
    """All sections, one after the other."""
    rounds = 3 if quick else 5
    started = time.time()
    found: dict = {"machine": machine(), "quick": quick}
    with tempfile.TemporaryDirectory() as folder:
        job_file = Path(folder) / "job.npz"
        worlds.write_job(job_file)
        job = Job(job_file)
        found["clicks_per_session"] = float(expected_of_first_day(job)[0].sum())
        for name, who, check in (
            ("neutral", contenders.neutral(), checks.same_job),
            ("all_features", contenders.all_features(), None),
            ("personal", contenders.personal(), checks.same_personal_job()),
        ):
            say(f"{name}: the same job for all, asked in turn")
            taking = [one for one in who if peers or not one.peer]
            found[name] = [one.figures() for one in contenders.in_turn(taking, job_file, rounds, check)]
    found["all_features_check"] = section("all_features_check", quick)
    for name, threads in (("limits", "1"), ("slider", "1"), ("engines", "1"), ("sizes", "1"), ("threads", "2")):
        found[name] = section(name, quick, threads)
    found["first_answer"] = first_answer(rounds)
    say("the dashboard in a browser")
    found["screens"] = screens.measure(3 if quick else 5, 40 if quick else 100)
    say("the served pages, side by side")
    found["pages"] = comparison.measure(quick, peers)
    found["limit_ns"] = session_limit_ns(found["limits"], job.k, found["clicks_per_session"])
    found["machine"]["load_after"] = os.getloadavg()[0]
    found["took_s"] = time.time() - started
    return found


def section(name: str, quick: bool, threads: str = "1") -> dict:
    """A section of sections.py in a process of its own."""
    say(name)
    environment = {**os.environ, **contenders.ONE_THREAD, "NUMBA_NUM_THREADS": threads}
    command = [sys.executable, str(HERE / "sections.py"), name, *(["quick"] if quick else [])]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        raise SystemExit(f"The section {name} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def first_answer(rounds: int) -> dict[str, float]:
    """Seconds from starting Python to the sentence of a 90-day expected run, kernels compiled before."""
    say("first answer of a new process")
    wall, cpu = [], []
    for _ in range(rounds + 1):
        started, before = time.perf_counter(), os.times()
        subprocess.run([sys.executable, "-c", FIRST_ANSWER], check=True, stdout=subprocess.DEVNULL)
        after = os.times()
        wall.append(time.perf_counter() - started)
        cpu.append(after.children_user + after.children_system - before.children_user - before.children_system)
    return {"wall_s": median(wall[1:]), "cpu_s": median(cpu[1:])}


def machine() -> dict:
    """In general words: what kind it is, how busy it was, which versions."""
    flags = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    vectors = "AVX-512" if "avx512f" in flags else "AVX2" if "avx2" in flags else "no AVX2"
    return {
        "date": dt.date.today().isoformat(),
        "kind": f"{platform.system()}, {platform.machine()} with {vectors}, {os.cpu_count()} cores, no GPU used",
        "python": platform.python_version(),
        "versions": {name: version(name) for name in ("numpy", "numba", "pandas", "scipy")},
        "load_before": os.getloadavg()[0],
    }


def say(what: str) -> None:
    print(f"[{time.strftime('%H:%M:%S')}] {what} ...", flush=True)


if __name__ == "__main__":
    main()
