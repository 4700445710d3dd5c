"""An environment of its own for each optional system, in the user's cache, from pinned and hashed requirements."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from crossborder.places import cache_dir

PEERS = Path(__file__).parent / "peers"


def environment(name: str) -> tuple[Path | None, str]:
    """The interpreter of the system's environment, or None and why it could not be built."""
    wanted = PEERS / name / "requirements.txt"
    digest = hashlib.sha256(wanted.read_bytes() + sys.version.encode()).hexdigest()[:12]
    folder = cache_dir() / "peers" / f"{name}-{digest}"
    python = folder / "bin" / "python"
    if (folder / "ready").exists():
        return python, ""
    shutil.rmtree(folder, ignore_errors=True)
    print(f"Building the environment of {name} ...", flush=True)
    uv = shutil.which("uv")
    install = (
        [uv, "pip", "install", "--python", str(python)]
        if uv
        else [str(python), "-m", "pip", "install", "--disable-pip-version-check"]
    )
    steps = [
        [sys.executable, "-m", "venv", str(folder)],
        [*install, "--quiet", "--no-deps", "--require-hashes", "-r", str(wanted)],
    ]
    for step in steps:
        try:
            done = subprocess.run(step, capture_output=True, text=True, timeout=900)
        except (OSError, subprocess.TimeoutExpired) as error:
            return None, f"{type(error).__name__}: {error}"
        if done.returncode:
            lines = (done.stderr or done.stdout).strip().splitlines()
            return None, lines[-1] if lines else f"exit code {done.returncode}"
    (folder / "ready").touch()
    return python, ""
