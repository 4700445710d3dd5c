"""Many visits leave nothing behind: no kernel, no file, no memory."""

import re
import tempfile
from pathlib import Path

import pytest

MOST_GROWTH_MB = 50


@pytest.fixture(scope="module")
def folder(write_notebook, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    write_notebook(folder, "index.ipynb", "import ipywidgets as w\nw.IntSlider(description='n')")
    return folder


@pytest.fixture(scope="module")
def server(start_server, folder):
    running = start_server("--root", str(folder), "--port", "0", "--no-preheat")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def keeping_server(start_server, folder):
    """A page waits for the next visitor."""
    running = start_server("--root", str(folder), "--port", "0")
    yield running
    running.stop()


def resident_mb(pid: int) -> float:
    return int(re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text()).group(1)) / 1024


def open_files(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def visit_and_leave(server, times: int) -> None:
    visit = server.visitor()
    for _ in range(times):
        page = visit("/voila/render/index.ipynb")
        assert page.status == 200 and "data-widget=" in page.text
        kernel = re.search(r'"kernelId": "([\w-]+)"', page.text).group(1)
        assert visit(f"/crossborder/farewell/{kernel}", "POST").status == 204
    assert server.wait_until(lambda state: state["pages_open"] == 0)


def measured(server, before: int, times: int, *, kept: int = 0) -> None:
    pid = server.process.pid
    visit_and_leave(server, before)
    server.wait_until(lambda state: state["kept_ready"] == kept)
    memory, files = resident_mb(pid), open_files(pid)
    visit_and_leave(server, times)
    server.wait_until(lambda state: state["kept_ready"] == kept)
    assert len(server.kernel_pids()) == kept
    assert resident_mb(pid) - memory < MOST_GROWTH_MB
    assert open_files(pid) <= files + 5
    connections = next(Path(tempfile.gettempdir()).glob(f"crossborder-kernels-{pid}-*"))
    kernels = {re.match(r"kernel-[0-9a-f-]{36}", path.name).group() for path in connections.iterdir()}
    assert len(kernels) == kept


def test_eight_visits_leave_nothing(server):
    measured(server, before=2, times=6)


def test_eight_visits_leave_the_page_that_waits(keeping_server):
    measured(keeping_server, before=2, times=6, kept=1)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_two_hundred_visits_leave_nothing(server):
    measured(server, before=20, times=200)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_two_hundred_visits_leave_the_page_that_waits(keeping_server):
    measured(keeping_server, before=20, times=200, kept=1)
