"""The child process: its limits, its end, and what is left behind (nothing)."""

import os
import subprocess
import sys
import tempfile
import time

import pytest

from crossborder.data import sandbox
from crossborder.data.limits import Limits
from crossborder.data.listings import read_listings
from crossborder.errors import InputFileError

GOOD = b"id,title,price\n1,lamp,$3\n"


@pytest.fixture
def child(monkeypatch, tmp_path):
    """Let a given program stand for the reading process; its children are counted afterwards."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def stand_in(program):
        monkeypatch.setattr(sandbox, "COMMAND", [sys.executable, "-c", program])

    yield stand_in
    assert os.listdir(tmp_path) == []
    assert children() == []


def children():
    listed = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=True
    )
    return [line for line in listed.stdout.splitlines() if "ps -o" not in line and "time.sleep" in line]


def test_a_hanging_child_is_ended_in_time(child):
    child("import time; time.sleep(600)")
    start = time.monotonic()
    with pytest.raises(InputFileError, match=r"took more than 0\.5 seconds and was stopped"):
        read_listings(GOOD, limits=Limits(seconds=0.5))
    assert time.monotonic() - start < 10


def test_a_busy_child_is_ended_by_its_processor_time(child):
    child(
        "import json, os; from crossborder.data.child import JOB, limit_process; "
        "limit_process(2**31, json.loads(os.environ[JOB])['limits']['seconds'])\nwhile True: pass"
    )
    start = time.monotonic()
    with pytest.raises(InputFileError, match="took more than 1 seconds and was stopped"):
        read_listings(GOOD, limits=Limits(seconds=1))
    assert time.monotonic() - start < 10


def test_what_a_child_started_ends_with_it(child):
    grandchild = "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(601)'])"
    child(f"import subprocess, sys, time; {grandchild}; time.sleep(600)")
    with pytest.raises(InputFileError, match="was stopped"):
        read_listings(GOOD, limits=Limits(seconds=1.5))
    end = time.monotonic() + 5
    while time.monotonic() < end and "sleep(601)" in _all_processes():
        time.sleep(0.1)
    assert "time.sleep(601)" not in _all_processes()


def _all_processes():
    return subprocess.run(["ps", "-eo", "args="], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        ("import os; os.kill(os.getpid(), 9)", "stopped without an answer"),
        ("import os; os.abort()", "more than 2048 MB of memory"),
        ("raise MemoryError", "more than 2048 MB of memory"),
        ("raise ValueError('secret row content')", "stopped without an answer"),
        ("pass", "stopped without an answer"),
    ],
)
def test_a_child_that_ends_badly_is_a_sentence(child, program, sentence, caplog):
    child(program)
    with pytest.raises(InputFileError, match=sentence):
        read_listings(GOOD)
    assert "secret" not in caplog.text


def test_the_memory_limit_holds():
    text = b"id,title,price\n" + b"".join(b"%d,lamp %d,$3\n" % (i, i) for i in range(400_000))
    with pytest.raises(InputFileError, match="takes more than 300 MB of memory"):
        read_listings(text, limits=Limits(memory_bytes=300 * 2**20))


def test_a_file_larger_than_the_limit_is_refused_unread(child):
    child("raise SystemExit('must not start')")
    with pytest.raises(InputFileError, match=r"has 2\.0 MB; the limit is 1\.0 MB"):
        read_listings(bytes(2 * 2**20), limits=Limits(file_bytes=2**20))


@pytest.mark.parametrize("kind", ["link", "folder", "device", "pipe", "missing", "empty"])
def test_only_ordinary_files_are_opened(child, tmp_path_factory, kind):
    child("raise SystemExit('must not start')")
    folder = tmp_path_factory.mktemp("files")
    path = folder / "prices.csv"
    if kind == "link":
        (folder / "real.csv").write_bytes(GOOD)
        path.symlink_to(folder / "real.csv")
    elif kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "empty":
        path.touch()
    elif kind == "device":
        path = "/dev/zero"
    words = {"link": "is a link", "missing": "cannot be opened", "empty": "is empty"}
    with pytest.raises(InputFileError, match=words.get(kind, "folder or a device")):
        read_listings(path)


def test_no_module_beside_the_user_is_imported_by_the_child(tmp_path, monkeypatch):
    (tmp_path / "numpy.py").write_text("raise SystemExit('a file in the working folder was run')")
    monkeypatch.chdir(tmp_path)
    assert read_listings(GOOD).counts["accepted"] == 1


def test_the_kernel_does_not_parse_uploads():
    """The parent never loads a parser: calamine and pyarrow's CSV and Parquet readers belong to the child."""
    parsers = ("python_calamine", "pyarrow.csv", "chardet", "crossborder.data.delimited", "crossborder.data.workbook")
    program = (
        "import sys; from crossborder.data.listings import read_listings; "
        f"read_listings({GOOD!r}); print([m for m in {parsers!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_child_ends_with_a_killed_parent(tmp_path):
    path = tmp_path / "prices.csv"
    path.write_bytes(
        b"id,title,price\n" + b"".join(b"%d,lamp number %d,US $%d.50\n" % (i, i, i % 9973) for i in range(900_000))
    )
    program = f"from crossborder.data.listings import read_listings; read_listings({str(path)!r})"
    parent = subprocess.Popen([sys.executable, "-c", program])
    child = ""
    end = time.monotonic() + 30
    while not child and time.monotonic() < end:
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(parent.pid)], capture_output=True, text=True, check=False
        )
        child = listed.stdout.strip()
        time.sleep(0.02)
    assert child
    parent.kill()
    parent.wait()
    end = time.monotonic() + 3
    while os.path.exists(f"/proc/{child}") and time.monotonic() < end:
        time.sleep(0.05)
    assert not os.path.exists(f"/proc/{child}")


def test_a_temporary_folder_that_cannot_be_used_is_a_sentence(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    with pytest.raises(InputFileError, match="let TMPDIR name another folder"):
        read_listings(GOOD)


def test_a_program_that_cannot_start_is_a_sentence(monkeypatch):
    monkeypatch.setattr(sandbox, "COMMAND", ["/no/such/program"])
    with pytest.raises(InputFileError, match=r"could not be started \(No such file or directory\)"):
        read_listings(GOOD)


def test_limits_already_set_are_never_loosened():
    program = (
        "import resource; from crossborder.data.child import limit_process; "
        "resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_600_000_000)); limit_process(2**31, 30); "
        "print(resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "(1600000000, 1600000000) (30, 35)"
