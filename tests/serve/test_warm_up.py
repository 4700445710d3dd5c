"""What is loaded before kernels are forked, and what a page that is not forked has to load."""

import json
import re
import subprocess
import sys
import threading
from types import SimpleNamespace

import pytest

from crossborder.serve import warm_up
from crossborder.serve.notebooks import default_root, served_notebooks

MOST_SECONDS = 5.0  # of a processor; five times what is aimed at
# Each takes longer to load than a first picture to draw, and is loaded by whoever needs it
NOT_AT_FIRST = ("scipy.stats", "scipy.linalg", "scipy.optimize", "matplotlib", "python_calamine", "xlsxwriter")
PAGES = [page for page in served_notebooks(default_root()) if "/zh/" not in page]


def test_nothing_is_forked_beside_running_threads(monkeypatch):
    assert warm_up.obstacle() == "" or "compiled code" in warm_up.obstacle()
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait, name="a-run")
    thread.start()
    try:
        assert warm_up.obstacle().endswith("a-run")
    finally:
        stop.set()
        thread.join()
    monkeypatch.setitem(sys.modules, "numba", SimpleNamespace(threading_layer=lambda: "omp"))
    assert warm_up.obstacle() == "compiled code started threads (omp)"


def test_every_app_and_lesson_is_loaded_beforehand():
    names = set(warm_up.modules())
    assert {"crossborder.apps.policy_change", "crossborder.apps.gallery", "crossborder.lessons.three_sellers"} <= names


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_loads_before_its_first_picture_is_little(page):
    cells = json.loads((default_root() / page).read_text(encoding="utf-8"))["cells"]
    first = next("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    imports = "\n".join(re.findall(r"^(?:from|import) .+$", first, flags=re.MULTILINE))
    asked = (
        "import ipykernel.ipkernel, ipykernel.zmqshell, json, sys, time\nstarted = time.process_time()\n"
        f"{imports}\nimport crossborder.apps\n"
        f"print(json.dumps([time.process_time() - started, sorted(set(sys.modules) & set({NOT_AT_FIRST!r}))]))"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    seconds, heavy = json.loads(told)
    assert heavy == []
    assert seconds < MOST_SECONDS
