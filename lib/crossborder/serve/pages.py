"""What the server answers beside Voila's own pages: start page, one notebook, key, pulse, farewell."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.auth.login import LoginFormHandler
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.utils import url_escape, url_path_join
from tornado import web
from tornado.iostream import StreamClosedError
from voila.tornado.handler import TornadoVoilaHandler

from crossborder.serve.kernels import kernels_in_use, ready_pages, waiting_kernels
from crossborder.serve.notebooks import LANDING, is_served
from crossborder.serve.options import ServeOptions
from crossborder.serve.pool import KeptReady

PULSE = "crossborder/pulse"
FAREWELL = "crossborder/farewell"
STATE = "crossborder/state"

# The beginning of a page in English
ENGLISH = re.compile(r'(<html lang="en")[^>]*>')

# Sent while a cell takes long, instead of Voila's call of a script, which the page's policy would refuse
QUIET = "<!-- -->\n"


class StartPage(JupyterHandler):
    """``/`` leads to the landing page. The key has become a cookie by then and leaves the address."""

    @web.authenticated
    def get(self) -> None:
        rest = {name: values for name, values in query_of(self).items() if name != "token"}
        address = url_path_join(self.base_url, "voila", "render", LANDING)
        self.redirect(f"{address}?{urlencode(rest, doseq=True)}" if rest else address)


class NotebookPage(TornadoVoilaHandler):
    """One notebook as a page: only those that are meant to be served, and only as many as there is room for."""

    kernel_id: str | None = None
    visitor_left = False
    opening = 0  # pages between their first request and their kernel, over all visitors

    def initialize(self, chosen: ServeOptions, kept_ready: KeptReady | None, **kwargs: Any) -> None:
        super().initialize(**kwargs)
        self.chosen = chosen
        self.kept_ready = kept_ready

    @web.authenticated
    async def get(self, path: str | None = None) -> None:
        if not path or not is_served(Path(self.chosen.root), path):
            raise web.HTTPError(404)
        if len(kernels_in_use(self.kernel_manager)) + NotebookPage.opening >= self.chosen.max_sessions:
            self.set_status(503)
            self.set_header("Retry-After", "120")
            self.finish(self.render_template("full.html"))
            return
        _ = self.xsrf_token  # read, so that its cookie is set: the page sends it back when it closes
        self.request.connection.stream.set_nodelay(True)  # a page is sent in pieces: none waits for the one before
        NotebookPage.opening += 1
        waiting = True
        try:
            if self.kept_ready is not None:
                await self.kept_ready.prepare(path)
            async for html in spoken(self, self.get_generator(path=path)):
                if waiting:  # the kernel is there now and counts by itself
                    NotebookPage.opening -= 1
                    waiting = False
                self.kernel_id = self.kernel_id or kernel_named_in(html)
                self.write(QUIET if "voila_heartbeat" in html and len(html) < 60 else html)
                await self.flush()
        except StreamClosedError:  # the visitor left while the page was opening
            self.visitor_left = True
            if self.kernel_id in self.kernel_manager:
                await self.kernel_manager.shutdown_kernel(self.kernel_id, now=True)
        finally:
            if waiting:
                NotebookPage.opening -= 1


async def spoken(visit: web.RequestHandler, pieces: AsyncIterator[str]) -> AsyncIterator[str]:
    """A page's pieces, its beginning in the visitor's language: for those whose browser runs no script.

    A page whose prose is in one language only names that itself.
    """
    wanted = visit.get_query_argument("lang", "") or visit.request.headers.get("Accept-Language", "")
    beginning: str | None = ""
    async for piece in pieces:
        if beginning is None:
            yield piece
            continue
        beginning += piece
        if "<head" in beginning:
            named = ENGLISH.search(beginning)
            if named and "data-twin=" not in named.group() and wanted.lower().startswith("zh"):
                beginning = beginning.replace(named.group(1), '<html lang="zh-CN"', 1)
            yield beginning
            beginning = None
    if beginning:
        yield beginning


def kernel_named_in(html: str) -> str | None:
    """The kernel's id in the piece of a page that names it."""
    found = re.search(r'"kernelId": "([\w-]+)"', html)
    return found.group(1) if found else None


class Key(LoginFormHandler):
    """Asks for the key of the printed address."""

    def _render(self, message: Any = None) -> None:
        next_url = url_escape(self.get_argument("next", default=self.base_url))
        self.write(self.render_template("login.html", next=next_url, wrong=bool(message)))


class Pulse(APIHandler):
    """Tells a page whether its kernel still lives, so that a dead page says so instead of looking alive."""

    _track_activity = False

    @web.authenticated
    async def get(self, kernel_id: str) -> None:
        kernels = self.kernel_manager
        alive = kernel_id in kernels and await kernels.is_alive(kernel_id)
        if kernel_id in kernels and not alive:
            await kernels.shutdown_kernel(kernel_id, now=True)
        self.finish({"alive": alive})


class Farewell(JupyterHandler):
    """A closed page ends its kernel: whoever knows the kernel's random id, and has both of the login's cookies."""

    @web.authenticated
    async def post(self, kernel_id: str) -> None:
        if kernel_id in self.kernel_manager:
            await self.kernel_manager.shutdown_kernel(kernel_id, now=True)
        self.set_status(204)


class IgnoredFarewell(Farewell):
    """Voila's own farewell message comes when a page *may* be left (a download counts), so it ends nothing."""

    def check_xsrf_cookie(self) -> None:
        return None

    @web.authenticated
    async def post(self, kernel_id: str) -> None:
        self.set_status(204)


class State(APIHandler):
    """The settings this server runs with and how many pages are open, for tests and for whoever watches it."""

    _track_activity = False

    def initialize(self, chosen: ServeOptions) -> None:
        self.chosen = chosen

    @web.authenticated
    def get(self) -> None:
        kernels: Any = self.kernel_manager
        app = self.settings["voila"]
        self.finish(
            {
                "address": app.ip,
                "pages_open": len(kernels_in_use(kernels)),
                "max_sessions": self.chosen.max_sessions,
                "kept_ready": sum(waiting_kernels(kernels).values()),
                "ready_pages": ready_pages(kernels),
                "cull_idle_timeout": kernels.cull_idle_timeout,
                "cull_interval": kernels.cull_interval,
                "cull_connected": kernels.cull_connected,
                "session_memory_gb": kernels.memory_gb,
                "show_tracebacks": app.voila_configuration.show_tracebacks,
                "file_allowlist": app.voila_configuration.file_allowlist,
                "extension_denylist": app.voila_configuration.extension_denylist,
                "cell_seconds": app.config.VoilaExecutor.timeout,
                "websocket_max_message_size": self.settings["websocket_max_message_size"],
            }
        )


class Missing(JupyterHandler):
    """Every address that is nothing."""

    @allow_unauthenticated
    async def prepare(self) -> None:  # type: ignore[override]
        await super().prepare()
        raise web.HTTPError(404)


def query_of(handler: web.RequestHandler) -> dict[str, list[str]]:
    """The query of a request as text."""
    return {
        name: [value.decode("utf-8", "replace") for value in values]
        for name, values in handler.request.query_arguments.items()
    }
