"""A real server, asked over HTTP: who gets in, what is shown, how kernels come and go."""

import gzip
import os
import re
import signal
import socket
import time
import urllib.request
from pathlib import Path

import pytest
import websocket

SLIDER = "import ipywidgets as w\nw.IntSlider(description='n')"


@pytest.fixture(scope="module")
def root(tmp_path_factory, write_notebook) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    write_notebook(folder, "index.ipynb", SLIDER)
    write_notebook(folder, "dashboards/sales.ipynb", SLIDER)
    write_notebook(folder, "lessons/failing.ipynb", "secret = 'row 17'\n1 / 0", "print('never reached')")
    write_notebook(folder, "lessons/dying.ipynb", "import os\nos._exit(1)")
    write_notebook(folder, "lessons/slow.ipynb", "import time\ntime.sleep(50)")
    write_notebook(folder, "_draft.ipynb", SLIDER)
    (folder / "orders.csv").write_text("a,b\n1,2\n")
    (folder / "images").mkdir()
    (folder / "images" / "plan.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (folder / "photo.png").write_bytes(b"\x89PNG")
    return folder


@pytest.fixture(scope="module")
def server(start_server, root):
    running = start_server("--root", str(root), "--port", "0")
    running.wait_until(lambda state: state["kept_ready"] == 2, seconds=60)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def plain_server(start_server, root):
    """Nothing kept ready, two pages at most, kernels idle for three seconds only."""
    running = start_server(
        "--root", str(root), "--port", "0", "--no-preheat", "--max-sessions", "2", "--idle-minutes", "0.05"
    )
    yield running
    running.stop()


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def gone(pids: list[int], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while any(runs(pid) for pid in pids) and time.monotonic() < end:
        time.sleep(0.1)
    return not any(runs(pid) for pid in pids)


def kernel_of(page: str) -> str:
    return re.search(r'"kernelId": "([\w-]+)"', page).group(1)


# --- who gets in -----------------------------------------------------------------------------------------------------


def test_it_listens_on_the_loopback_address_only(server):
    port = f"{server.port:04X}"
    listening = [
        line.split()[1]
        for table in ("/proc/net/tcp", "/proc/net/tcp6")
        if Path(table).exists()
        for line in Path(table).read_text().splitlines()[1:]
        if line.split()[3] == "0A" and line.split()[1].endswith(":" + port)
    ]
    assert listening == [f"0100007F:{port}"]


def test_without_the_key_nothing_opens_and_no_kernel_starts(server):
    before = len(server.kernel_pids())
    for path in ("/", "/voila/render/index.ipynb", "/voila/render/lessons/failing.ipynb"):
        answer = server.get(path, key=False)
        assert (answer.status, answer.headers["Location"].split("?")[0]) == (302, "/login")
    assert server.get("/crossborder/state", key=False).status == 403
    assert len(server.kernel_pids()) == before


def test_the_key_page_speaks_both_languages_and_refuses_a_wrong_key(server):
    page = server.get("/login", key=False)
    assert page.status == 200
    assert "This workbench needs its key" in page.text and "打开工作台需要密钥" in page.text
    assert server.get("/crossborder/state", key=False, Authorization="token 123").status == 403


def test_the_key_becomes_a_cookie_and_leaves_the_address(server):
    first = server.get(f"/?token={server.key}&lang=zh&scenario=a%20b", key=False)
    assert first.status == 302
    assert first.headers["Location"] == "/voila/render/index.ipynb?lang=zh&scenario=a+b"
    assert server.visitor()("/voila/render/index.ipynb").status == 200


def test_each_start_has_a_key_of_its_own(server, plain_server):
    assert len(server.key) >= 32
    assert server.key != plain_server.key


def test_another_host_name_is_refused(server):
    """A web page elsewhere must not reach the server by a name that it made point here."""
    assert server.get("/crossborder/state", Host=f"evil.example:{server.port}").status == 403


# --- what is shown ---------------------------------------------------------------------------------------------------


def test_settings_are_those_that_were_meant(server):
    state = server.state()
    assert state["address"] == "127.0.0.1"
    assert (state["cull_idle_timeout"], state["cull_interval"], state["cull_connected"]) == (1800, 60, True)
    assert state["show_tracebacks"] is False
    assert state["max_sessions"] == 30
    assert state["session_memory_gb"] == 4
    assert state["websocket_max_message_size"] >= 100_000_000
    assert 10 <= state["cell_seconds"] <= 120
    assert "jupyterlab-plotly" in state["extension_denylist"]


def test_only_pictures_of_one_folder_are_served_as_files(server):
    assert server.get("/voila/files/images/plan.svg").status == 200
    for path in ("orders.csv", "index.ipynb", "photo.png", "images/../orders.csv", "images/%2e%2e/orders.csv"):
        assert server.get(f"/voila/files/{path}").status in (403, 404), path


def test_drafts_listings_and_what_is_not_there_are_missing(server):
    for path in (
        "/voila/render/_draft.ipynb",
        "/voila/render/orders.csv",
        "/voila/render/../conftest.py",
        "/voila/render/nothing.ipynb",
        "/voila/tree",
        "/voila/api/contents",
        "/nothing",
    ):
        answer = server.get(path)
        assert answer.status == 404, path
        assert "orders.csv" not in answer.text


def test_a_failed_cell_is_a_sentence_with_a_number_that_the_log_explains(server):
    page = server.get("/voila/render/lessons/failing.ipynb").text
    assert "This part of the page could not be shown." in page and "页面的这一部分没能显示出来。" in page
    for hidden in ("ZeroDivisionError", "division by zero", "Traceback", "row 17", "never reached"):
        assert hidden not in page
    number = re.search(r"<code>(\w{8})</code>", page).group(1)
    assert number == kernel_of(page)[:8]
    server.wait_until(lambda _state: number in server.log and "ZeroDivisionError" in server.log)


def test_a_kernel_that_dies_ends_the_page_with_a_sentence(plain_server):
    """Stock Voila sends heartbeats for ever here."""
    started = time.monotonic()
    page = plain_server.get("/voila/render/lessons/dying.ipynb").text
    assert time.monotonic() - started < 30
    assert "This part of the page could not be shown." in page
    assert page.rstrip().endswith("</html>")


def test_a_page_asks_nobody_else_and_may_not(server):
    answer = server.get("/voila/render/index.ipynb")
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', answer.text)
    assert "connect-src 'self' data: blob:" in answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_answers_are_compressed(server):
    def fetch(path: str, **headers: str) -> tuple[bytes, str | None]:
        request = urllib.request.Request(
            server.base + path, headers={"Authorization": f"token {server.key}", **headers}
        )
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as reply:
            return reply.read(), reply.headers["Content-Encoding"]

    for path in ("/voila/templates/crossborder/static/built/lean.js", "/login"):
        plain, encoding = fetch(path)
        assert encoding is None
        packed, encoding = fetch(path, **{"Accept-Encoding": "gzip"})
        assert encoding == "gzip" and len(packed) < len(plain) / 2
        assert gzip.decompress(packed) == plain or path == "/login"  # it has another form key each time


# --- how kernels come and go -----------------------------------------------------------------------------------------


def test_a_kept_ready_page_takes_its_kernel_and_another_is_made(server):
    server.wait_until(lambda state: state["kept_ready"] == 2)
    before = server.state()["pages_open"]
    page = server.get("/voila/render/dashboards/sales.ipynb").text
    assert "data-widget=" in page
    state = server.state()
    assert state["pages_open"] == before + 1
    server.wait_until(lambda state: state["kept_ready"] == 2)


def test_a_waiting_kernel_that_died_is_not_handed_to_a_visitor(server):
    server.wait_until(lambda state: state["kept_ready"] == 2)
    visit = server.visitor()
    busy = {kernel_of(server.get("/voila/render/index.ipynb").text)}
    server.wait_until(lambda state: state["kept_ready"] == 2)
    pids = server.kernel_pids()
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    assert gone(pids, 5)
    page = visit("/voila/render/index.ipynb").text
    assert "data-widget=" in page
    assert kernel_of(page) not in busy
    assert visit(f"/crossborder/pulse/{kernel_of(page)}").json == {"alive": True}
    for dead in busy:
        assert visit(f"/crossborder/pulse/{dead}").json == {"alive": False}


def test_each_kernel_has_a_memory_limit(server):
    server.wait_until(lambda state: state["kept_ready"] >= 1)
    for pid in server.kernel_pids():
        limits = Path(f"/proc/{pid}/limits").read_text()
        assert re.search(r"Max address space\s+4294967296\s+4294967296", limits)


def test_a_closed_page_ends_its_kernel_at_once(server):
    visit = server.visitor()
    kernel = kernel_of(visit("/voila/render/index.ipynb").text)
    assert visit(f"/crossborder/pulse/{kernel}").json == {"alive": True}
    for nobody in (server.get, server.visitor()):  # without a key; with one, and without the page's cookie
        asked = {"key": False, "method": "POST"} if nobody == server.get else {"method": "POST"}
        assert nobody(f"/crossborder/farewell/{kernel}", **asked).status in (302, 403)
    assert visit(f"/crossborder/pulse/{kernel}").json == {"alive": True}
    assert visit(f"/crossborder/farewell/{kernel}", "POST").status == 204
    assert visit(f"/crossborder/pulse/{kernel}").json == {"alive": False}


def test_a_visitor_who_leaves_while_a_page_opens_takes_its_kernel_along(server):
    before = server.state()["pages_open"]
    with socket.create_connection(("127.0.0.1", server.port)) as visitor:
        visitor.sendall(
            b"GET /voila/render/lessons/slow.ipynb HTTP/1.1\r\nHost: localhost\r\n"
            b"Authorization: token " + server.key.encode() + b"\r\n\r\n"
        )
        assert b"200 OK" in visitor.recv(100)
        server.wait_until(lambda state: state["pages_open"] == before + 1)
    server.wait_until(lambda state: state["pages_open"] == before, seconds=25)
    assert "StreamClosedError" not in server.log


def test_voilas_own_farewell_ends_nothing(server):
    """It is sent whenever a page may be left, a download included."""
    visit = server.visitor()
    kernel = kernel_of(visit("/voila/render/index.ipynb").text)
    assert visit(f"/voila/api/shutdown/{kernel}", "POST").status == 204
    assert visit(f"/crossborder/pulse/{kernel}").json == {"alive": True}


def test_the_page_over_the_limit_is_polite_and_starts_no_kernel(plain_server):
    plain_server.wait_until(lambda state: state["pages_open"] == 0)
    for _ in range(2):
        assert plain_server.get("/voila/render/index.ipynb").status == 200
    kernels = plain_server.kernel_pids()
    full = plain_server.get("/voila/render/index.ipynb")
    assert full.status == 503
    assert full.headers["Retry-After"]
    assert "The workbench is full at the moment" in full.text and "工作台现在满员了" in full.text
    assert len(plain_server.kernel_pids()) <= len(kernels)


def test_idle_kernels_are_ended_and_the_page_can_tell(plain_server):
    plain_server.wait_until(lambda state: state["pages_open"] == 0)
    kernel = kernel_of(plain_server.get("/voila/render/index.ipynb").text)
    assert plain_server.get(f"/crossborder/pulse/{kernel}").json == {"alive": True}
    plain_server.wait_until(lambda state: state["pages_open"] == 0, seconds=20)
    assert plain_server.get(f"/crossborder/pulse/{kernel}").json == {"alive": False}
    assert plain_server.kernel_pids() == []


def test_a_kernel_whose_page_went_without_a_farewell_is_ended(start_server, root):
    """A browser that died says nothing; while its line stands, the kernel stays."""
    running = start_server("--root", str(root), "--port", "0", "--no-preheat", "--left-minutes", "0.05")
    kernel = kernel_of(running.get("/voila/render/index.ipynb").text)
    line = websocket.create_connection(
        f"ws://127.0.0.1:{running.port}/api/kernels/{kernel}/channels?session_id=one",
        header=[f"Authorization: token {running.key}"],
    )
    time.sleep(8)
    assert running.state()["pages_open"] == 1
    line.close()
    running.wait_until(lambda state: state["pages_open"] == 0, seconds=20)
    running.stop()


# --- start and end ---------------------------------------------------------------------------------------------------


def test_ctrl_c_ends_the_kernels_and_says_so(start_server, root):
    running = start_server("--root", str(root), "--port", "0")
    running.get("/voila/render/lessons/failing.ipynb")
    pids = running.kernel_pids()
    assert pids
    assert running.stop(signal.SIGINT) == 0
    assert gone(pids, 2)
    assert running.lines[-1] == "Crossborder has ended."
    assert "Traceback" not in running.log.split("Crossborder has ended.")[0].split("a cell failed")[0]


def test_a_killed_server_leaves_no_kernels(start_server, root):
    running = start_server("--root", str(root), "--port", "0", "--no-preheat")
    running.get("/voila/render/index.ipynb")
    pids = running.kernel_pids()
    assert pids
    running.stop(signal.SIGKILL)
    assert gone(pids, 60)


def test_one_address_is_printed(server):
    assert len(re.findall(r"http://", server.log)) == 1
