"""How a server is reached from afar: over a slow line, and what a word there and back takes on it."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tornado import httpserver, netutil, web, websocket

MBIT_S = 20.0
LATENCY_MS = 40.0
FROM_AFAR = {"X-Forwarded-For": "192.0.2.1"}  # as through a proxy: servers that compress then do

ECHO = """async () => {
  const socket = new WebSocket(location.href.replace("http", "ws") + "echo");
  await new Promise((open) => (socket.onopen = open));
  const trip = async (ask) => { const started = performance.now(); await ask(); return performance.now() - started; };
  const echo = () => new Promise((heard) => { socket.onmessage = heard; socket.send("x"); });
  const plain = () => fetch("plain?" + Math.random()).then((answer) => answer.text());
  const middle = async (ask) => {
    const took = [];
    for (let i = 0; i < 9; i++) took.push(await trip(ask));
    return took.sort((a, b) => a - b)[4];
  };
  return { websocket_ms: await middle(echo), http_ms: await middle(plain) };
}"""


@contextmanager
def slow_line(base: str) -> Iterator[str]:
    """Another address for the same server, at the far end of the line."""
    command = [str(Path(__file__).with_name("slow_line.py")), str(MBIT_S), str(LATENCY_MS), str(urlsplit(base).port)]
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
    finally:
        process.kill()
        process.wait(10)


def reach(browser: Any) -> dict[str, float]:
    """Milliseconds a word takes there and back on the slow line, by HTTP and by websocket."""
    with _echo_server() as near, slow_line(near) as far:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{far}/")
        found = page.evaluate(ECHO)
        context.close()
    return found


class _Echo(websocket.WebSocketHandler):
    def on_message(self, message: str | bytes) -> None:
        self.write_message(message)


class _Plain(web.RequestHandler):
    def get(self) -> None:
        self.finish("x")


@contextmanager
def _echo_server() -> Iterator[str]:
    loop = asyncio.new_event_loop()
    sockets = netutil.bind_sockets(0, "127.0.0.1")

    async def listen() -> None:
        app = web.Application([("/echo", _Echo), ("/.*", _Plain)])
        httpserver.HTTPServer(app).add_sockets(sockets)

    def run() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(listen())
        loop.run_forever()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{sockets[0].getsockname()[1]}"
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
