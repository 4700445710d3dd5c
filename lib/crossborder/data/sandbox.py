"""Hands a user's file to a child process with limits, and takes its answer back."""

import json
import logging
import os
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from crossborder.data.child import JOB
from crossborder.data.limits import MEBIBYTE, Limits
from crossborder.data.sentence import sentence_from
from crossborder.errors import BoundsError, InputFileError
from crossborder.i18n import _, language
from crossborder.places import PACKAGE

log = logging.getLogger("crossborder.data")

# Kept small and single-threaded: each thread and each allocator arena takes address space from the limit.
_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
    "PYTHONUTF8": "1",
}
COMMAND = [sys.executable, "-P", "-m", "crossborder.data.child"]

CLOCK_PER_PROCESSOR_SECOND = 2.0

Source = str | os.PathLike[str] | bytes | bytearray | memoryview


def read_in_child(
    reader: str, source: Source, *, name: str | None, limits: Limits, job: Mapping[str, Any]
) -> tuple[dict[str, Any], list[bytes], str]:
    """The report, the tables as Arrow streams, and the file's name. The file itself is only ever read.

    Raises InputFileError with one sentence for every way in which this can fail.
    """
    shown = name or _shown_name(source)
    with _opened(source, shown, limits) as file, _scratch(shown) as answer:
        whole_job = {"reader": reader, "limits": asdict(limits), "language": language(), "parent": os.getpid(), **job}
        _run(whole_job, file, answer, shown, limits)
        answer.seek(0)
        parts = _parts(answer)
    report, tables = unpacked(parts, shown, limits)
    return report, tables, shown


def _shown_name(source: Source) -> str:
    """What messages call a file: its name, or as much of its path as there is."""
    if isinstance(source, bytes | bytearray | memoryview):
        return _("the file")
    path = os.fspath(source)
    return Path(path).name or path


def unpacked(parts: list[bytes], shown: str, limits: Limits) -> tuple[dict[str, Any], list[bytes]]:
    """The report and the tables of a child's answer; a refusal becomes InputFileError."""
    if not parts:
        raise _failed(
            shown, _("The program that reads it stopped without an answer. Save the table as CSV and try again.")
        )
    head = json.loads(parts[0])
    if "refused" in head:
        raise _failed(shown, str(sentence_from(head["refused"])))
    if "wrong" in head:
        raise BoundsError(head["wrong"])
    if "memory" in head:
        raise _failed(shown, _too_much_memory(limits))
    return head["report"], parts[1:]


def _failed(shown: str, problem: str) -> InputFileError:
    return InputFileError(_("{file} was not read. {problem}").format(file=shown, problem=problem))


def _too_much_memory(limits: Limits) -> str:
    return _("Reading it takes more than {n} MB of memory. Split it, or save it as CSV.").format(
        n=limits.memory_bytes // MEBIBYTE
    )


def _opened(source: Source, shown: str, limits: Limits) -> IO[bytes]:
    """The file, opened for reading only, once it is known to be an ordinary file of a fair size."""
    if isinstance(source, bytes | bytearray | memoryview):
        _check_size(memoryview(source).nbytes, shown, limits)
        return _scratch(shown, source)
    try:
        handle = os.open(os.fspath(source), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as missing:
        if isinstance(missing, OSError) and os.path.islink(source):
            raise _failed(shown, _("It is a link. Choose the file that it points to.")) from missing
        raise _failed(shown, _("It cannot be opened. Check that it is there and that you may read it.")) from missing
    about = os.fstat(handle)
    try:
        if not stat.S_ISREG(about.st_mode):
            raise _failed(shown, _("It is a folder or a device, not a file. Choose a table: CSV, XLSX or Parquet."))
        _check_size(about.st_size, shown, limits)
    except InputFileError:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb")


def _scratch(shown: str, content: bytes | bytearray | memoryview = b"") -> IO[bytes]:
    """A temporary file without a name, so that nothing is left of it whatever happens."""
    try:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - handed to the caller, who closes it
        try:
            file.write(content)
            file.seek(0)
        except OSError:
            file.close()
            raise
    except OSError as full:
        problem = _("The temporary folder cannot be written or is full. Make room, or let TMPDIR name another folder.")
        raise _failed(shown, problem) from full
    return file


def _check_size(size: int, shown: str, limits: Limits) -> None:
    if size > limits.file_bytes:
        problem = _("It has {size} MB; the limit is {most} MB. Split it, or leave out columns.")
        raise _failed(
            shown, problem.format(size=round(size / MEBIBYTE, 1), most=round(limits.file_bytes / MEBIBYTE, 1))
        )
    if size == 0:
        raise _failed(shown, _("It is empty. Export the table again and check that it holds rows."))


def _run(job: dict[str, Any], file: IO[bytes], answer: IO[bytes], shown: str, limits: Limits) -> None:
    paths = [str(PACKAGE.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = os.environ | _ENVIRONMENT | {JOB: json.dumps(job), "PYTHONPATH": os.pathsep.join(paths)}
    with _scratch(shown) as complaints:
        try:
            child = subprocess.Popen(
                [*COMMAND, str(answer.fileno())],
                stdin=file,
                stdout=subprocess.DEVNULL,
                stderr=complaints,
                pass_fds=(answer.fileno(),),
                env=environment,
                start_new_session=True,
            )
        except OSError as refused:
            problem = _(
                "The program that reads it could not be started ({reason}). Close other programs and try again."
            )
            raise _failed(shown, problem.format(reason=refused.strerror)) from refused
        try:
            status = child.wait(timeout=CLOCK_PER_PROCESSOR_SECOND * limits.seconds)
        except subprocess.TimeoutExpired as late:
            problem = _("Reading it took more than {n} seconds and was stopped. Split it, or save it as CSV.")
            raise _failed(shown, problem.format(n=f"{limits.seconds:g}")) from late
        finally:
            _end(child)
        if status:
            complaints.seek(0)
            raise _ended_badly(status, complaints.read().decode("utf-8", "replace"), shown, limits)


def _end(child: subprocess.Popen[bytes]) -> None:
    """No child survives this call, whatever ended the wait."""
    if child.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _ended_badly(status: int, complaints: str, shown: str, limits: Limits) -> InputFileError:
    last = complaints.strip().rsplit("\n", 1)[-1]
    # The kind of error and the code line only: what the file holds stays out of the log.
    log.error("The reading process ended with status %d (%s).", status, last.partition(":")[0][:80])
    if (
        "memory" in complaints.lower()
        or "MemoryError" in complaints
        or status in (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS)
    ):
        return _failed(shown, _too_much_memory(limits))
    if status == -signal.SIGXCPU:
        return _failed(
            shown,
            _("Reading it took more than {n} seconds and was stopped. Split it, or save it as CSV.").format(
                n=f"{limits.seconds:g}"
            ),
        )
    return _failed(
        shown, _("The program that reads it stopped without an answer. Save the table as CSV and try again.")
    )


def _parts(answer: IO[bytes]) -> list[bytes]:
    parts = []
    while len(size := answer.read(8)) == 8:
        parts.append(answer.read(int.from_bytes(size, "big")))
    return parts
