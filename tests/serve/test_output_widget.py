"""A reply that arrives while an Output widget sends is not lost."""

import asyncio
import select
import time
from types import SimpleNamespace

import pytest
import zmq
import zmq.asyncio
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.session import Session
from nbclient.client import NotebookClient
from nbclient.output_widget import OutputWidget
from nbformat.v4 import new_notebook

from crossborder.serve.output_widget import WakingOutput, use_in

LOST_AFTER_SECONDS = 1.0


async def reply_while_sending(kind: type[OutputWidget]) -> str | None:
    """The type of the message that a client hears when the kernel's reply comes just before the widget sends."""
    session = Session(key=b"any")
    with zmq.Context() as kernels, zmq.asyncio.Context() as ours:
        kernel = kernels.socket(zmq.ROUTER)
        port = kernel.bind_to_random_port("tcp://127.0.0.1")
        socket = ours.socket(zmq.DEALER)
        socket.identity = b"client"
        socket.connect(f"tcp://127.0.0.1:{port}")
        channel = AsyncZMQSocketChannel(socket, session)
        widget = kind(
            "comm-1", {"outputs": []}, SimpleNamespace(session=session, shell_channel=channel), SimpleNamespace()
        )
        widget.parent_header = {}
        try:
            channel.send(session.msg("execute_request"))
            kernel.recv_multipart()
            waiting = asyncio.ensure_future(channel.get_msg(timeout=None))
            await asyncio.sleep(0)  # it waits now
            session.send(kernel, "execute_reply", ident=b"client")
            assert select.select([socket.FD], [], [], 10)[0]  # the reply is there, and the loop has not seen it
            time.sleep(0.01)  # a send looks for news only when the last look is a millisecond old
            widget.sync_state()
            try:
                return (await asyncio.wait_for(waiting, LOST_AFTER_SECONDS))["msg_type"]
            except TimeoutError:
                return None
        finally:
            socket.close(linger=0)
            kernel.close(linger=0)


@pytest.mark.parametrize("turn", range(5))
def test_the_reply_is_heard(turn):
    assert asyncio.run(reply_while_sending(WakingOutput)) == "execute_reply"


def test_without_it_the_reply_lies_unread():
    """When this fails, nbclient or jupyter_client has mended it, and the module may go."""
    assert asyncio.run(reply_while_sending(OutputWidget)) is None


def test_an_executor_makes_its_output_widgets_of_this_kind():
    executor = NotebookClient(new_notebook())
    use_in(executor)
    opened = {"_model_module": "@jupyter-widgets/output", "_model_name": "OutputModel", "outputs": []}
    made = executor.on_comm_open_jupyter_widget({"content": {"comm_id": "1", "data": {"state": opened}}})
    assert type(made) is WakingOutput
