"""A file is there whole or not at all."""

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from crossborder.data.save import write_whole


def test_old_content_is_replaced_and_nothing_else_left(tmp_path):
    path = tmp_path / "plan.json"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two" and os.listdir(tmp_path) == ["plan.json"]


def test_a_failure_leaves_the_old_content(tmp_path, monkeypatch):
    path = tmp_path / "plan.json"
    write_whole(path, b"one")

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"two")
    assert path.read_bytes() == b"one" and os.listdir(tmp_path) == ["plan.json"]


def test_a_process_killed_at_any_moment_leaves_a_whole_file(tmp_path):
    path = tmp_path / "plan.json"
    program = """
        import sys
        from crossborder.data.save import write_whole
        n = 0
        while True:
            write_whole(sys.argv[1], bytes([48 + n % 10]) * 1_000_000)
            n += 1
    """
    for moment in (0.05, 0.11, 0.18):
        process = subprocess.Popen([sys.executable, "-c", textwrap.dedent(program), str(path)])
        end = time.monotonic() + 20
        while not path.exists() and time.monotonic() < end:
            time.sleep(0.01)
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.wait()
        content = path.read_bytes()
        assert len(content) == 1_000_000 and len(set(content)) == 1
        path.unlink()
