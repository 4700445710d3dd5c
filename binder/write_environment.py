"""Write binder/environment.yml from requirements.txt.

A Binder build reads only this folder, where a path to the lock file is fragile, so the pins are written out.
"""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

HEAD = """\
# Written by `make lock` from requirements.txt; do not edit by hand.
name: crossborder
channels:
  - conda-forge
dependencies:
  - python=3.11
  - pip
  - pip:
"""


def pins(lock: str) -> list[str]:
    """The ``name==version`` at the start of each entry of a hash-locked file, markers kept."""
    return [found.strip() for found in re.findall(r"^([A-Za-z0-9][^\s=]*==[^\\\n]+?)\s*\\?$", lock, flags=re.M)]


def environment(lock: str) -> str:
    """The text of binder/environment.yml for a lock file's text."""
    return HEAD + "".join(f"      - {pin}\n" for pin in pins(lock))


if __name__ == "__main__":
    (ROOT / "binder" / "environment.yml").write_text(environment((ROOT / "requirements.txt").read_text()))
    print("binder/environment.yml written")
