"""A page's line to its kernel holds no small message back."""

import asyncio

from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from crossborder.serve.options import ServeOptions
from crossborder.serve.prompt_socket import PromptSocket
from crossborder.serve.server import Workbench, make_workbench


def test_it_asks_for_small_messages_to_leave_at_once_before_anything_is_sent(monkeypatch):
    said = []

    async def opened(self, kernel_id):
        said.append(kernel_id)

    monkeypatch.setattr(VoilaKernelWebsocketHandler, "open", opened)
    monkeypatch.setattr(PromptSocket, "set_nodelay", lambda self, value: said.append(value))
    asyncio.run(PromptSocket.__new__(PromptSocket).open("the kernel"))
    assert said == [True, "the kernel"]


def test_the_server_answers_with_it(monkeypatch):
    monkeypatch.setattr(Workbench, "_instance", None)
    workbench = make_workbench(ServeOptions(preheat=False))
    workbench.init_settings()
    (line,) = (rule[1] for rule in workbench.init_handlers() if rule[0].endswith("/channels"))
    assert line is PromptSocket
