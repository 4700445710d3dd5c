"""Ready pages of a real server: kept for who comes next, replaced when they die, and many visitors at once."""

import os
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

SLIDER = "import ipywidgets as w\nw.IntSlider(description='n')"
OUTPUT = """
import ipywidgets as w
from IPython.display import display
out = w.Output()
with out:
    out.clear_output(wait=True)
    display({number: "row" for number in range(20)})
    print("shown")
out
"""
FAILING = "with open({counted!r}, 'a') as runs:\n    runs.write('run\\n')\n1 / 0"
AT_ONCE = 10


@pytest.fixture(scope="module")
def root(tmp_path_factory, write_notebook) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    write_notebook(folder, "index.ipynb", SLIDER)
    write_notebook(folder, "dashboards/sales.ipynb", SLIDER)
    write_notebook(folder, "lessons/one.ipynb", SLIDER)
    write_notebook(folder, "lessons/output.ipynb", OUTPUT, OUTPUT)
    write_notebook(folder, "lessons/failing.ipynb", FAILING.format(counted=str(folder / "runs.txt")))
    return folder


@pytest.fixture(scope="module")
def server(start_server, root):
    running = start_server("--root", str(root), "--port", "0")
    running.wait_until(lambda state: state["kept_ready"] == 2, seconds=60)
    yield running
    running.stop()


def kernel_of(page: str) -> str:
    return re.search(r'"kernelId": "([\w-]+)"', page).group(1)


def until(met, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end
        time.sleep(0.1)


def leave(visit, pages: list[str]) -> None:
    for page in pages:
        assert visit(f"/crossborder/farewell/{kernel_of(page)}", "POST").status == 204


def test_a_waiting_kernel_that_dies_is_replaced_though_nobody_comes(server):
    server.wait_until(lambda state: state["kept_ready"] == 2)
    dead = set(server.kernel_pids())
    assert len(dead) == 2
    for pid in dead:
        os.kill(pid, signal.SIGKILL)
    until(lambda: len(set(server.kernel_pids()) - dead) == 2)
    server.wait_until(lambda state: state["kept_ready"] == 2)
    for page in ("index.ipynb", "dashboards/sales.ipynb"):
        assert server.log.count(f"{page} was kept ready, but its kernel died") == 1


def test_a_page_that_was_visited_is_ready_for_the_next(server):
    visit = server.visitor()
    first = visit("/voila/render/lessons/one.ipynb").text
    before = server.wait_until(lambda state: state["kept_ready"] == 3)
    second = visit("/voila/render/lessons/one.ipynb").text
    state = server.state()
    assert "data-widget=" in second and kernel_of(second) != kernel_of(first)
    assert (state["kept_ready"], state["pages_open"]) == (2, before["pages_open"] + 1)
    leave(visit, [first, second])


def test_ten_visitors_at_once_are_all_served(server):
    visit = server.visitor()
    with ThreadPoolExecutor(AT_ONCE) as visitors:
        answers = list(visitors.map(lambda _: visit("/voila/render/dashboards/sales.ipynb"), range(AT_ONCE)))
    pages = [answer.text for answer in answers]
    assert [answer.status for answer in answers] == [200] * AT_ONCE
    assert all("data-widget=" in page and page.rstrip().endswith("</html>") for page in pages)
    assert len({kernel_of(page) for page in pages}) == AT_ONCE
    leave(visit, pages)


def test_pages_with_an_output_widget_end(server):
    """Without WakingOutput about one in eight waits until its cell's time is over."""
    visit = server.visitor()

    def load(_: int) -> tuple[float, str]:
        started = time.monotonic()
        page = visit("/voila/render/lessons/output.ipynb").text
        return time.monotonic() - started, page

    with ThreadPoolExecutor(5) as visitors:
        loads = list(visitors.map(load, range(10)))
    assert max(seconds for seconds, _ in loads) < 45  # a lost reply costs the 60 s of its cell
    assert all("data-widget=" in page for _, page in loads)
    leave(visit, [page for _, page in loads])


def test_a_page_that_keeps_failing_is_told_of_once(server, root):
    page = server.get("/voila/render/lessons/failing.ipynb").text
    assert "This part of the page could not be shown." in page
    runs = root / "runs.txt"
    until(lambda: runs.read_text().count("run") == 3)  # the visitor's, the first to be kept, one more try
    server.wait_until(lambda state: state["kept_ready"] >= 2)
    assert server.log.count("ZeroDivisionError: division by zero") == 2
    assert server.log.count("lessons/failing.ipynb was kept ready, but") == 1
    assert server.state()["kept_ready"] <= 4  # the failing page is not among them


def test_a_pool_at_rest_takes_no_time(server):
    server.wait_until(lambda state: state["pages_open"] <= 1)

    def seconds_used() -> float:
        fields = Path(f"/proc/{server.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    before, started = seconds_used(), time.monotonic()
    time.sleep(3)
    assert (seconds_used() - before) / (time.monotonic() - started) < 0.05
