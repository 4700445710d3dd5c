"""The server itself: Voila with our pages, settings that hold, and a clean end."""

import asyncio
import contextlib
import errno
import logging
import os
import shutil
import signal
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jupyter_server.utils import url_path_join
from tornado import netutil, web
from tornado.httpserver import HTTPServer
from voila.app import Voila
from voila.static_file_handler import TemplateStaticFileHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from crossborder.errors import CrossborderError
from crossborder.serve import pages, rendering
from crossborder.serve.forked import ForkServer
from crossborder.serve.logs import set_up_logs
from crossborder.serve.options import FIRST_PORT, ServeOptions, tornado_settings, voila_config
from crossborder.serve.pool import KeptReady
from crossborder.serve.prompt_socket import PromptSocket
from crossborder.serve.static_files import Precompressed

log = logging.getLogger("crossborder.serve")

PORTS_TRIED = 50
FOLDER = "crossborder-kernels-"
KERNEL_ID = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"

# Voila's file list and its contents interface would show every file name, drafts too
LISTINGS = ("/voila/tree", "/voila/api/contents")


class PortError(CrossborderError, OSError):
    """No port could be had."""


class Workbench(Voila):
    """Voila on the notebooks folder, configured by ``ServeOptions``."""

    name = "voila"  # Voila files its settings under its own name

    options: ServeOptions
    kept_ready: KeptReady | None = None

    def init_settings(self) -> dict[str, Any]:
        rendering.install()
        settings = {**super().init_settings(), **tornado_settings(self.options)}
        settings["jinja2_env"] = settings["voila_jinja2_env"]  # error pages in our own dress everywhere
        settings["jinja2_env"].globals["xb"] = self.config.VoilaConfiguration.resources["crossborder"]
        settings["default_handler_class"] = pages.Missing
        self.identity_provider.login_handler_class = pages.Key
        if self.options.preheat:
            self.kept_ready = KeptReady(self.kernel_manager, self.options)
            self.kernel_manager.get_pool_size = self.kept_ready.ready_count
        return settings

    def init_handlers(self) -> list:
        ours = [
            (self._at("/"), pages.StartPage),
            (self._at(rf"/{pages.PULSE}/{KERNEL_ID}"), pages.Pulse),
            (self._at(rf"/{pages.FAREWELL}/{KERNEL_ID}"), pages.Farewell),
            (self._at(rf"/voila/api/shutdown/{KERNEL_ID}"), pages.IgnoredFarewell),
            (self._at(rf"/{pages.STATE}"), pages.State, {"chosen": self.options}),
        ]
        theirs = []
        for rule in super().init_handlers():
            pattern = rule[0]
            if pattern == self.server_url or any(listing in pattern for listing in LISTINGS):
                continue
            if pattern in ("/login", "/logout"):  # Voila leaves them at the root, wherever a proxy offers the rest
                rule = (self._at(pattern), *rule[1:])
            if "/voila/render/" in pattern:
                extra = {"chosen": self.options, "kept_ready": self.kept_ready}
                rule = (pattern, pages.NotebookPage, {**rule[2], **extra})
            ours_for = {TemplateStaticFileHandler: Precompressed, VoilaKernelWebsocketHandler: PromptSocket}
            if rule[1] in ours_for:
                rule = (pattern, ours_for[rule[1]], *rule[2:])
            theirs.append(rule)
        return [*ours, *theirs]

    def _at(self, path: str) -> str:
        return url_path_join(self.server_url or "/", path) if path != "/" else (self.server_url or "/")

    @property
    def address(self) -> str:
        """What to open: with the key, which becomes a cookie at the first visit."""
        return f"http://{self.ip}:{self.port}{self.base_url}?token={self.identity_provider.token}"

    async def serve(self, on_open: Callable[[str], None]) -> None:
        """Serve until Ctrl-C or a stop signal, then end every kernel."""
        sockets, self.port = bind(self.options.port, self.ip)
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, stop.set)
        remove_left_folders(Path(tempfile.gettempdir()))
        self.connection_dir = tempfile.mkdtemp(prefix=f"{FOLDER}{os.getpid()}-")
        watching, fork_server = None, ForkServer()
        if self.options.fork_kernels and fork_server.possible():
            fork_server.start()
        try:
            self.app = web.Application(compress_response=True, **self.init_settings())
            self.app.add_handlers(".*$", self.init_handlers())
            self.kernel_manager.fork_server = fork_server
            server = HTTPServer(self.app)
            server.add_sockets(sockets)
            on_open(self.address)
            if self.kept_ready is not None:
                watching = asyncio.create_task(self.kept_ready.watch(fork_server.ready()))
            await stop.wait()
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)  # a second Ctrl-C ends at once
            server.stop()
        finally:
            await self._end_kernels(watching)
            fork_server.close()
            shutil.rmtree(self.connection_dir, ignore_errors=True)

    async def _end_kernels(self, watching: asyncio.Task | None) -> None:
        # Pages that were being drawn lose their kernel now; that is no news to anybody
        logging.disable(logging.CRITICAL)
        if watching is not None:
            watching.cancel()
        pools, self.kernel_manager._pools = getattr(self.kernel_manager, "_pools", {}), {}
        for entry in (entry for pool in pools.values() for entry in pool):
            if not entry.done():
                entry.cancel()
        with contextlib.suppress(Exception):
            await self.kernel_manager.shutdown_all(now=True)


def bind(port: int | None, ip: str) -> tuple[list, int]:
    """Listen on ``port``, or on the first free one from FIRST_PORT on; 0 takes any."""
    candidates = range(FIRST_PORT, FIRST_PORT + PORTS_TRIED) if port is None else [port]
    reason = None
    for candidate in candidates:
        try:
            sockets = netutil.bind_sockets(candidate, ip)
            return sockets, sockets[0].getsockname()[1]
        except OSError as error:
            reason = error
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                break
    if port is None:
        raise PortError(f"no port between {candidates[0]} and {candidates[-1]} is free; name one with --port.")
    cause = {errno.EADDRINUSE: "is taken by another program", errno.EACCES: "may not be used by this user"}
    told = cause.get(reason.errno, str(reason)) if reason is not None and reason.errno else str(reason)
    raise PortError(f"port {port} {told}; choose another with --port, or leave --port out to take the next free one.")


def remove_left_folders(parent: Path) -> None:
    """Remove the connection folders of servers that were killed before they could do it."""
    for folder in parent.glob(f"{FOLDER}*"):
        owner = folder.name.removeprefix(FOLDER).split("-")[0]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists() and Path("/proc/self").exists():
            shutil.rmtree(folder, ignore_errors=True)


def make_workbench(options: ServeOptions) -> Workbench:
    """A server ready to be run by ``asyncio.run(workbench.serve(...))``."""
    workbench = Workbench.instance(config=voila_config(options))
    workbench.options = options
    set_up_logs(workbench.log)
    workbench.initialize([])
    return workbench
