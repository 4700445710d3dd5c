"""Kernels that are forked: the same as started ones in all that a page can tell, and ended with the workbench."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from jupyter_client.connect import write_connection_file

from crossborder.serve.forked import ForkedProcess, ForkServer
from crossborder.serve.prompt_client import PromptClient

TOLD = """
import os, sys, json, signal, resource
from comm import get_comm_manager
import crossborder.apps, ipywidgets
import numpy as np
shell = get_ipython()
formatters = {"mimebundle": shell.display_formatter.mimebundle_formatter, **shell.display_formatter.formatters}
print(json.dumps({
    "folder": os.getcwd(), "arguments": sys.argv[1:], "mark": os.environ.get("MARK"),
    "left": os.environ.get("XB_TEST_LEFT"), "random": np.random.random(), "leads": os.getpgid(0) == os.getpid(),
    "same": {
        "targets": sorted(get_comm_manager().targets),
        "shown": {
            name: sorted(kind.__name__ for kind in formatter.type_printers) for name, formatter in formatters.items()
        },
        "still": "text/html" in shell.display_formatter.format(ipywidgets.IntSlider())[0],
        "callbacks": {name: len(each) for name, each in shell.events.callbacks.items()},
        "handlers": [str(signal.getsignal(number)).split(" at ")[0] for number in (2, 13, 15, 17)],
        "path": sys.path, "flags": list(sys.flags), "main": __name__, "argv0": os.path.basename(sys.argv[0]),
        "kind": type(shell).__name__, "streams": [type(each).__name__ for each in (sys.stdin, sys.stdout, sys.stderr)],
        "limits": [resource.getrlimit(which) for which in range(10)],
    },
}))
"""
MANY_THREADS = """
import numba, numpy as np
@numba.njit(parallel=True)
def total(n):
    found = np.zeros(n)
    for i in numba.prange(n):
        found[i] = i
    return found.sum()
print(total(1000), numba.threading_layer())
"""


class Client(PromptClient):
    """A client of a kernel that no manager manages."""

    process: ForkedProcess

    async def is_alive(self) -> bool:
        return self.process.poll() is None


class Kernel:
    """A forked kernel and a client that talks to it."""

    def __init__(self, process: ForkedProcess, folder: Path) -> None:
        self.process = process
        self.client = Client(connection_file=str(folder / "kernel.json"))
        self.client.process = process

    @classmethod
    async def forked(cls, server: ForkServer, folder: Path, **environment: str) -> "Kernel":
        arguments = connection(folder)
        process = await server.fork(arguments, str(folder), environment)
        assert process is not None
        return await cls(process, folder).ready()

    @classmethod
    async def started(cls, folder: Path, **environment: str) -> "Kernel":
        command = [sys.executable, "-m", "ipykernel_launcher", *connection(folder)]
        child = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        return await cls(ForkedProcess(child.pid, os.pidfd_open(child.pid)), folder).ready()

    async def ready(self) -> "Kernel":
        self.client.load_connection_file()
        self.client.start_channels(hb=False)
        await self.client.wait_for_ready(timeout=60)
        return self

    async def says(self, code: str, heard: asyncio.Event | None = None) -> str:
        said: list[str] = []

        def listen(message: dict) -> None:
            if message["msg_type"] == "stream":
                said.append(message["content"]["text"])
                if heard is not None:
                    heard.set()

        reply = await self.client.execute_interactive(code, timeout=60, output_hook=listen)
        return "".join(said) if reply["content"]["status"] == "ok" else reply["content"]["ename"]

    async def end(self) -> None:
        self.client.stop_channels()
        self.process.kill()
        assert await ended(self.process)


def connection(folder: Path) -> list[str]:
    folder.mkdir()
    write_connection_file(str(folder / "kernel.json"), transport="ipc", ip=str(folder / "k"), key=b"any")
    return ["-f", str(folder / "kernel.json")]


async def ended(process: ForkedProcess) -> bool:
    try:
        async with asyncio.timeout(10):
            while process.poll() is None:
                await asyncio.sleep(0.01)
    except TimeoutError:
        return False
    return True


def with_server(story) -> None:
    async def told() -> None:
        server = ForkServer()
        server.start()
        try:
            assert await server.ready()
            await story(server)
        finally:
            server.close()

    asyncio.run(told())


def test_a_forked_kernel_is_like_a_started_one(tmp_path, monkeypatch):
    monkeypatch.setenv("XB_TEST_LEFT", "of the workbench")

    async def story(server: ForkServer) -> None:
        served = {**os.environ, "CROSSBORDER_SERVED": "yes"}
        del served["XB_TEST_LEFT"]
        one = await Kernel.forked(server, tmp_path / "one", **served, MARK="one")
        two = await Kernel.forked(server, tmp_path / "two", **served, MARK="two")
        usual = await Kernel.started(tmp_path / "usual", **served)
        try:
            told = json.loads(await one.says(TOLD))
            assert (told["folder"], told["mark"], told["left"]) == (str(tmp_path / "one"), "one", None)
            assert told["arguments"] == ["-f", str(tmp_path / "one" / "kernel.json")]
            assert told["leads"]
            assert told["same"] == json.loads(await usual.says(TOLD))["same"]
            assert told["same"]["still"]
            other = json.loads(await two.says(TOLD))
            assert other["mark"] == "two" and other["random"] != told["random"]
            # What one does is not seen in the other, and code on several threads runs in both
            await one.says("import math; math.pi = 3")
            assert (await two.says("import math; print(math.pi)")).startswith("3.14")
            said = [await kernel.says(MANY_THREADS) for kernel in (one, two)]
            assert [text.split()[0] for text in said] == ["499500.0", "499500.0"]
            # A signal to its group of processes, as Jupyter interrupts kernels
            begun = asyncio.Event()
            waiting = asyncio.create_task(one.says("print('go', flush=True)\nimport time; time.sleep(60)", begun))
            await begun.wait()
            os.killpg(one.process.pid, signal.SIGINT)
            assert await waiting == "KeyboardInterrupt"
            # A page lives on when the process dies from which its kernel was forked
            server.close()
            assert await one.says("print(1)") == "1\n"
            assert await server.fork([], str(tmp_path), {}) is None
        finally:
            for kernel in (one, two, usual):
                await kernel.end()

    with_server(story)


def test_forked_kernels_end_with_the_workbench(tmp_path):
    workbench = """
import asyncio, sys
from crossborder.serve.forked import ForkServer
async def run():
    server = ForkServer()
    server.start()
    assert await server.ready()
    job = ["-f", sys.argv[1] + "/kernel.json"]
    process = await server.fork(job, sys.argv[1], {})
    print(process.pid, server._process.pid, flush=True)
    await asyncio.sleep(60)
asyncio.run(run())
"""
    write_connection_file(str(tmp_path / "kernel.json"), transport="ipc", ip=str(tmp_path / "k"), key=b"any")
    with subprocess.Popen(
        [sys.executable, "-c", workbench, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as process:
        pids = [int(pid) for pid in process.stdout.readline().split()]
        handles = [ForkedProcess(pid, os.pidfd_open(pid)) for pid in pids]
        assert [handle.poll() for handle in handles] == [None, None]
        process.kill()
    assert all(asyncio.run(ended(handle)) for handle in handles)


def test_when_it_has_died_kernels_start_as_usual_and_another_is_begun(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr("crossborder.serve.forked.AGAIN_SECONDS", 0.0)

    async def story(server: ForkServer) -> None:
        server._process.kill()
        assert await server.fork([], str(tmp_path), {}) is None
        assert caplog.text.count("kernels are started as usual") == 1
        assert await server.fork([], str(tmp_path), {}) is None  # but now another begins to load
        assert await server.ready()
        kernel = await Kernel.forked(server, tmp_path / "one")
        await kernel.end()

    with_server(story)
