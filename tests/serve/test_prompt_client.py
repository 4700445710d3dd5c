"""A client that does not wait for silence hears all that is said to it, and gives up as Jupyter's own does."""

import asyncio

import pytest
import zmq
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager

from crossborder.serve.forked import ForkedKernel
from crossborder.serve.prompt_client import PromptClient, connect_soon


def test_nothing_is_lost_right_after_it_is_ready(tmp_path):
    async def told() -> list[str]:
        with zmq.asyncio.Context() as context:
            connect_soon(context)
            manager = AsyncKernelManager(
                connection_file=str(tmp_path / "kernel.json"),
                transport="ipc",
                ip=str(tmp_path / "k"),
                client_factory=PromptClient,
                context=context,
            )
            await manager.start_kernel()
            said: list[str] = []
            try:
                for number in range(10):  # a new client each time, as each page has
                    client = manager.client()
                    client.start_channels()
                    await client.wait_for_ready(timeout=60)
                    await client.execute_interactive(
                        f"print({number})",
                        output_hook=lambda message: said.append(message["content"].get("text", "")),
                        timeout=60,
                    )
                    client.stop_channels()
            finally:
                await manager.shutdown_kernel(now=True)
            return said

    assert "".join(asyncio.run(told())).split() == [str(number) for number in range(10)]


@pytest.mark.parametrize(
    ("alive", "timeout", "reason"), [(False, None, "Kernel died"), (True, 0.05, "didn't respond in 0.05 seconds")]
)
def test_a_kernel_that_does_not_answer_is_given_up(monkeypatch, tmp_path, alive, timeout, reason):
    monkeypatch.setattr("crossborder.serve.prompt_client.ANSWER_SECONDS", 0.01)

    async def is_alive(self):
        return alive

    monkeypatch.setattr(PromptClient, "is_alive", is_alive)

    async def wait() -> None:
        client = PromptClient(transport="ipc", ip=str(tmp_path / "nobody"))
        client.start_channels(hb=False)
        try:
            await client.wait_for_ready(timeout=timeout)
        finally:
            client.stop_channels()

    with pytest.raises(RuntimeError, match=reason):
        asyncio.run(wait())


def test_the_server_s_kernels_are_talked_to_by_it():
    assert issubclass(PromptClient, AsyncKernelClient)
    assert ForkedKernel().client_factory is PromptClient
