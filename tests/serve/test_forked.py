"""Which kernels are forked, and how the workbench holds one that is not its child."""

import asyncio
import os
import subprocess
import sys
from types import SimpleNamespace

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.provisioning import LocalProvisioner

from crossborder.serve.forked import ForkedProcess, ForkProvisioner, ForkServer


def test_one_that_cannot_load_is_told_of_once(monkeypatch, caplog, tmp_path):
    monkeypatch.setattr("crossborder.serve.forked.COMMAND", ["-c", "raise SystemExit(3)"])

    async def story() -> None:
        server = ForkServer()
        server.start()
        assert not await server.ready()
        for _ in range(3):
            assert await server.fork([], str(tmp_path), {}) is None
        server.close()

    asyncio.run(story())
    assert len(caplog.records) == 1


def provisioner(server: object | None, monkeypatch) -> tuple[ForkProvisioner, list]:
    usual: list = []

    async def launch(self, cmd, **kwargs):
        usual.append(cmd)

    monkeypatch.setattr(LocalProvisioner, "launch_kernel", launch)
    made = ForkProvisioner(kernel_id="any", kernel_spec=KernelSpec())
    made.fork_server = server
    return made, usual


def test_only_this_environment_s_own_python_is_forked_all_else_starts_as_usual(monkeypatch, tmp_path):
    asked: list = []

    async def fork(*job):
        asked.append(job)
        return SimpleNamespace(pid=7)

    python = [sys.executable, "-m", "ipykernel_launcher", "-f", "kernel.json"]
    made, usual = provisioner(SimpleNamespace(fork=fork), monkeypatch)
    asyncio.run(made.launch_kernel(["/elsewhere/python", *python[1:]], cwd=str(tmp_path), env={}))
    asyncio.run(made.launch_kernel([sys.executable, "-m", "other_kernel"], cwd=str(tmp_path), env={}))
    assert len(usual) == 2 and asked == []
    asyncio.run(made.launch_kernel(python, cwd=str(tmp_path), env={"A": "b"}))
    assert asked == [(["-f", "kernel.json"], str(tmp_path), {"A": "b"})]
    assert (made.pid, made.pgid, len(usual)) == (7, 7, 2)


def test_where_no_fork_is_to_be_had_kernels_start_as_usual(monkeypatch, tmp_path):
    async def none(*_):
        return None

    for server in (None, SimpleNamespace(fork=none)):
        made, usual = provisioner(server, monkeypatch)
        asyncio.run(made.launch_kernel([sys.executable, "-m", "ipykernel_launcher"], cwd=str(tmp_path), env={}))
        assert len(usual) == 1


def test_a_process_is_followed_by_its_handle():
    with subprocess.Popen(["sleep", "60"]) as child:
        process = ForkedProcess(child.pid, os.pidfd_open(child.pid))
        assert process.poll() is None
        process.terminate()
        assert process.wait() == 1
        process.kill()  # nobody is left to be hit
        assert process.poll() == 1
