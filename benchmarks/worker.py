"""A process that runs one system of the comparison: python worker.py MODULE JOB.npz, then one request per line.

A request is {"sessions", "days", "seed"}; the answer has CPU and wall seconds of the run and the statistics after it.
The first request of a size is run twice, so that nothing is compiled within the time.
"""

import importlib
import json
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))


def main() -> None:
    module, job_file = sys.argv[1:3]
    answers = os.fdopen(os.dup(1), "w")  # what libraries print goes elsewhere
    os.dup2(2, 1)
    from rules import Job

    system = importlib.import_module(module)
    job = Job(job_file)
    print(json.dumps({"ready": module}), file=answers, flush=True)
    seen = set()
    for line in sys.stdin:
        asked = json.loads(line)
        size = (asked["sessions"], asked["days"])
        for _turn in range(1 if size in seen else 2):
            job.reset()
            cpu, wall = time.process_time(), time.perf_counter()
            system.run(job, asked["sessions"], asked["days"], asked["seed"])
            cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        seen.add(size)
        statistics = (
            {name: values.tolist() for name, values in job.statistics.items()} if asked.get("statistics") else None
        )
        print(json.dumps({"cpu_s": cpu, "wall_s": wall, "statistics": statistics}), file=answers, flush=True)


if __name__ == "__main__":
    main()
