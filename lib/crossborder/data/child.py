"""The process that opens a user's file: it reads one from standard input, writes one answer, and ends.

``python -m crossborder.data.child <answer fd>`` with the job as one line of JSON in the environment. It limits its
own memory before anything else is imported, so that a file made to harm can at most end this process.
"""

import json
import math
import os
import sys
from typing import Any

JOB = "CROSSBORDER_CHILD_JOB"


def limit_process(memory_bytes: int, seconds: float) -> None:
    """Bound address space, processor time and file size; leave no core file."""
    import resource

    def limit(what: int, soft: int, hard: int) -> None:
        _soft_now, most = resource.getrlimit(what)  # what is limited already is never loosened
        hard = hard if most == resource.RLIM_INFINITY else min(hard, most)
        resource.setrlimit(what, (min(soft, hard), hard))

    limit(resource.RLIMIT_AS, memory_bytes, memory_bytes)
    limit(resource.RLIMIT_CPU, math.ceil(seconds), math.ceil(seconds) + 5)
    limit(resource.RLIMIT_FSIZE, memory_bytes, memory_bytes)
    limit(resource.RLIMIT_CORE, 0, 0)


def end_with_parent(parent: int) -> None:
    """Have the system end this process when its parent ends, however that happens."""
    if sys.platform == "linux":
        import ctypes
        import signal

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:  # it ended before it could be asked for
        os._exit(1)


def answer_job(job: dict[str, Any], content: bytes) -> list[bytes]:
    """The answer as parts: JSON first, then tables as Arrow streams."""
    from crossborder.data.jobs import READERS
    from crossborder.data.sentence import Refusal
    from crossborder.errors import BoundsError

    try:
        return READERS[job["reader"]](job, content)
    except Refusal as refusal:
        return [json.dumps({"refused": refusal.sentence.plain()}).encode()]
    except BoundsError as wrong:
        return [json.dumps({"wrong": str(wrong)}).encode()]
    except MemoryError:
        return [json.dumps({"memory": True}).encode()]


def main() -> int:
    """Read, answer, end."""
    job = json.loads(os.environ.pop(JOB))
    end_with_parent(job["parent"])
    limit_process(job["limits"]["memory_bytes"], job["limits"]["seconds"])
    from crossborder.i18n import use_language

    use_language(job["language"])
    with os.fdopen(int(sys.argv[1]), "wb") as out:
        for part in answer_job(job, sys.stdin.buffer.read()):
            out.write(len(part).to_bytes(8, "big"))
            out.write(part)
    return 0


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    os._exit(status)  # no interpreter tear-down: the answer is written, and it takes a tenth of a second
