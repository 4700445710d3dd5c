"""How simulation kernels are compiled: once, into a cache folder named after their own source text.

Numba's cache watches only the file of the function that is called, not of the functions that it calls. The folder's
name is therefore a digest of all kernel files and of Numba's version: an edit anywhere means a new folder.
"""

import hashlib
import os
import shutil
import sys
import time
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from crossborder.places import cache_dir

_HERE = Path(__file__).parent
_COMPILED = (b"@kernel", b"@parallel_kernel", b"@inline")
# Every module of this room with compiled loops: they take each other in, so a change of one is a change of all
KERNEL_FILES = tuple(
    path.name
    for path in sorted(_HERE.glob("*.py"))
    if path.name == "compiled.py" or any(mark in path.read_bytes() for mark in _COMPILED)
)

UNUSED_DAYS = 14


def _cache_folder() -> Path | None:
    digest = hashlib.sha256(version("numba").encode())
    for name in KERNEL_FILES:
        digest.update((_HERE / name).read_bytes())
    try:
        home = cache_dir() / "kernels"
        folder = home / digest.hexdigest()[:16]
        folder.mkdir(parents=True, exist_ok=True)
        os.utime(folder)  # in use today: see drop_old_caches
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


_folder = _cache_folder()
if _folder is not None:
    os.environ.setdefault("NUMBA_CACHE_DIR", str(_folder))
# Threads that wait must sleep: spinning ones take the time of whoever shares the machine, kernels of ours included.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import numba  # noqa: E402  (its cache folder is read when it is imported)

if _folder is not None:
    numba.config.CACHE_DIR = str(_folder)  # type: ignore[attr-defined]  # made from the environment


def _load_without_linear_algebra() -> None:
    """Load Numba's array functions without all of scipy.linalg: they only look whether it is there, which takes longer
    than a first answer's whole simulation. Numba looks again when somebody compiles np.dot."""
    wanted = "scipy.linalg.cython_blas"
    if wanted in sys.modules:
        return
    sys.modules[wanted] = None  # type: ignore[assignment]  # an import of it fails at once
    try:
        array_functions = import_module("numba.np.arraymath")
    finally:
        del sys.modules[wanted]
    vars(array_functions)["_HAVE_BLAS"] = True


_load_without_linear_algebra()

# Contraction into fused multiply-add is the one liberty taken with floats: sums keep their order, so results do not
# depend on the number of threads.
_OPTIONS: dict[str, Any] = {
    "cache": _folder is not None,
    "error_model": "numpy",
    "fastmath": {"contract"},
    "nogil": True,
}

kernel = numba.njit(**_OPTIONS)
parallel_kernel = numba.njit(parallel=True, **_OPTIONS)
inline = numba.njit(inline="always", error_model="numpy", fastmath={"contract"})
loop = numba.prange


def drop_old_caches() -> int:
    """Remove compiled kernels that nothing has loaded for two weeks; returns how many folders went.

    Another checkout may stand beside this one with kernels of its own source text; those are left to it.
    """
    if _folder is None:
        return 0
    too_old = time.time() - UNUSED_DAYS * 86_400
    old = [f for f in _folder.parent.iterdir() if f.is_dir() and f != _folder and f.stat().st_mtime < too_old]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)
