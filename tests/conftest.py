"""What all tests share: English, folders of their own, a check of both languages, and a server to talk to."""

import http.cookiejar
import json
import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crossborder.i18n import in_language, use_language
from crossborder.result import Result

START_SECONDS = 60


@pytest.fixture(scope="session", autouse=True)
def folders_of_our_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test touches what the person who runs it keeps; the cache is left, since compiled kernels are in it."""
    before = os.environ.get("CROSSBORDER_HOME")
    os.environ["CROSSBORDER_HOME"] = str(tmp_path_factory.mktemp("home"))
    yield
    if before is None:
        del os.environ["CROSSBORDER_HOME"]
    else:
        os.environ["CROSSBORDER_HOME"] = before


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Every test starts in English, whatever the one before it spoke."""
    use_language("en")
    yield
    use_language("en")


@pytest.fixture
def speaks_both():
    """Check that a result has a table and no gaps in its sentence, its labels and its descent in either language."""

    def check(result: Result) -> None:
        assert len(result.table)
        texts = {}
        for language in ("en", "zh"):
            with in_language(language):
                texts[language] = result.text
                assert result.origin["*"].text
                assert all(origin.text for origin in result.origin.values())
        assert texts["en"].endswith(".") and not re.search(r"\bnan\b", texts["en"]) and "{" not in texts["en"]
        assert texts["zh"].endswith("。") and texts["zh"] != texts["en"] and "{" not in texts["zh"]

    return check


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Redirects are answers here, not something to follow."""

    def redirect_request(self, *_: object) -> None:
        return None


@dataclass
class Answer:
    """One HTTP answer."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> dict:
        return json.loads(self.text)


@dataclass
class Server:
    """A running ``python -m crossborder.serve``."""

    process: subprocess.Popen
    address: str = ""
    lines: list[str] = field(default_factory=list)

    @property
    def base(self) -> str:
        return self.address.split("/?")[0]

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 80

    @property
    def key(self) -> str:
        return self.address.split("token=")[1]

    @property
    def log(self) -> str:
        return "\n".join(self.lines)

    def get(self, path: str, *, key: bool = True, method: str = "GET", **headers: str) -> Answer:
        """Ask as a browser that holds the key (or does not); redirects are not followed."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if key:
            sent.setdefault("Authorization", f"token {self.key}")
        return ask(urllib.request.Request(self.base + path, headers=sent, method=method))

    def visitor(self) -> Callable[[str, str], Answer]:
        """A browser that came in by the printed address, holds its cookies and shows the one that posts must show."""
        cookies = http.cookiejar.CookieJar()
        jar = urllib.request.HTTPCookieProcessor(cookies)
        ask(urllib.request.Request(self.address), jar)

        def visit(path: str, method: str = "GET") -> Answer:
            request = urllib.request.Request(self.base + path, method=method)
            for cookie in cookies:
                if cookie.name == "_xsrf":
                    request.add_header("X-XSRFToken", cookie.value or "")
            return ask(request, jar)

        return visit

    def state(self) -> dict:
        return self.get("/crossborder/state").json

    def kernel_pids(self) -> list[int]:
        """Kernels that the server started, and those that were forked for it."""
        listed = subprocess.run(
            ["ps", "-ww", "-eo", "pid=,ppid=,comm=,args="], capture_output=True, text=True, check=False
        ).stdout.splitlines()
        rows = [line.split(None, 3) for line in listed]
        parents = {self.process.pid}
        parents |= {int(pid) for pid, parent, _, args in rows if int(parent) in parents and "fork_server" in args}
        return [
            int(pid)
            for pid, parent, name, args in rows
            if int(parent) in parents and (name == "xb-kernel" or "ipykernel_launcher" in args)
        ]

    def wait_until(self, met: Callable[[dict], bool], seconds: float = 30) -> dict:
        """Wait for the server's state to fulfil a condition; returns the state, fails with it when it never does."""
        end = time.monotonic() + seconds
        while True:
            state = self.state()
            if met(state):
                return state
            assert time.monotonic() < end, f"the server did not come to the expected state: {state}\n{self.log}"
            time.sleep(0.2)

    def stop(self, how: int = signal.SIGINT) -> int:
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


def ask(request: urllib.request.Request, *handlers: urllib.request.BaseHandler) -> Answer:
    opener = urllib.request.build_opener(NoRedirect, urllib.request.ProxyHandler({}), *handlers)
    try:
        with opener.open(request, timeout=60) as reply:
            return Answer(reply.status, dict(reply.headers), reply.read().decode("utf-8", "replace"))
    except urllib.error.HTTPError as reply:
        return Answer(reply.code, dict(reply.headers), reply.read().decode("utf-8", "replace"))


@pytest.fixture(scope="session")
def start_server() -> Iterator[Callable[..., Server]]:
    """Start servers with options of the command line; all are ended after the tests."""
    started: list[Server] = []

    def start(*options: str) -> Server:
        process = subprocess.Popen(
            [sys.executable, "-m", "crossborder.serve", "--no-browser", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        server = Server(process)
        started.append(server)
        lines: queue.Queue[str] = queue.Queue()

        def read() -> None:
            assert process.stdout is not None
            for line in process.stdout:
                server.lines.append(line.rstrip("\n"))
                lines.put(line)

        threading.Thread(target=read, daemon=True).start()
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and process.poll() is None:
            try:
                found = re.search(r"open at (http://\S+)", lines.get(timeout=0.5))
            except queue.Empty:
                continue
            if found:
                server.address = found.group(1)
                return server
        raise AssertionError(f"the server did not start:\n{server.log}")

    yield start
    for server in started:
        if server.process.poll() is None:
            server.stop()


@pytest.fixture(scope="session")
def write_notebook() -> Callable[..., Path]:
    """Write a small notebook: a folder, a path in it, and the source of its code cells."""
    import nbformat

    def write(root: Path, path: str, *cells: str, title: str = "Small", markdown: str = "# Small\n\nA page.") -> Path:
        notebook = nbformat.v4.new_notebook()
        notebook.metadata = nbformat.from_dict(
            {"title": title, "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        )
        notebook.cells = [
            nbformat.v4.new_markdown_cell(markdown),
            *(nbformat.v4.new_code_cell(source) for source in cells),
        ]
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, target)
        return target

    return write
