"""Kernels behind the pages: a memory limit on each, who uses them, and which wait ready for a visitor."""

import asyncio
import logging
import resource
from typing import Any

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import Float

log = logging.getLogger("crossborder.serve")

GIB = 1024**3


class BoundedKernels(AsyncMappingKernelManager):
    """Starts kernels that may not grow without end, so that one page cannot take the machine from the others."""

    memory_gb = Float(0.0, config=True, help="Address space each kernel may use, in GiB; 0 for no limit.")

    async def start_kernel(self, **kwargs: Any) -> str:  # type: ignore[override]
        kernel_id: str = await AsyncMappingKernelManager.start_kernel(self, **kwargs)
        pid = getattr(self.get_kernel(kernel_id).provisioner, "pid", None)
        if self.memory_gb and pid and hasattr(resource, "prlimit"):
            limit = int(self.memory_gb * GIB)
            try:
                resource.prlimit(pid, resource.RLIMIT_AS, (limit, limit))
            except (OSError, ValueError) as reason:
                log.warning("kernel %s runs without a memory limit: %s", kernel_id[:8], reason)
        return kernel_id

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """Also end a kernel that died at work: it would count as busy, and so as in use, for ever."""
        if not await self.is_alive(kernel_id):
            await self.shutdown_kernel(kernel_id, now=True)
            return
        await super().cull_kernel_if_idle(kernel_id)


def waiting_kernels(kernels: Any) -> dict[str, bool]:
    """Kernels that were started for nobody yet, by id, and whether their page is drawn to the end."""
    pools = getattr(kernels, "_pools", {})
    entries = [entry for pool in pools.values() for entry in pool]
    contents = [entry.result() for entry in entries if entry.done() and not entry.cancelled() and not entry.exception()]
    return {content["kernel_id"]: content["task"].done() for content in contents}


def kernels_in_use(kernels: Any) -> set[str]:
    """Ids of kernels that belong to an open page."""
    return set(kernels.list_kernel_ids()) - set(waiting_kernels(kernels))


class KeptReady:
    """Keeps one executed notebook waiting for each of the most visited pages.

    Filled one after the other, since kernels that all start at once on two cores delay the first page and may
    time out.
    """

    def __init__(self, kernels: Any, notebooks: list[str]) -> None:
        self.kernels = kernels
        self.notebooks = notebooks

    async def fill(self) -> None:
        """Start the kernels; returns when all are ready or have failed."""
        for notebook in self.notebooks:
            self.kernels.kernel_pools_config = {
                **self.kernels.kernel_pools_config,
                notebook: {"pool_size": 1, "kernel_env_variables": {}},
            }
            self.kernels.fill_if_needed(delay=0, notebook_name=notebook)
            await self._settled(notebook)

    async def _settled(self, notebook: str) -> None:
        for task in list(self.kernels._pools.get(notebook, [])):
            try:
                await (await task)["task"]
            except Exception as reason:  # any failure of a kernel start: the page then starts its own
                log.warning("no kernel could be kept ready for %s: %s", notebook, reason)

    async def prepare(self, notebook: str) -> None:
        """Before a visitor is served: take dead entries out, put ready ones first, refill what is missing."""
        pool = self.kernels._pools.get(notebook)
        if pool is None:
            return
        for entry in [entry for entry in pool if entry.done()]:
            if not await self._is_sound(entry) and entry in pool:
                pool.remove(entry)
        pool.sort(key=lambda entry: not entry.done())
        if not pool:
            self.kernels.fill_if_needed(delay=None, notebook_name=notebook)

    def ready_count(self, notebook: str) -> int:
        """How many visitors could be served at once; one that is still waiting to start is no gain to anybody."""
        return sum(entry.done() for entry in self.kernels._pools.get(notebook, []))

    async def _is_sound(self, entry: asyncio.Task) -> bool:
        if entry.cancelled() or entry.exception() is not None:
            return False
        content = entry.result()
        rendering, kernel_id = content["task"], content["kernel_id"]
        failed = rendering.done() and (rendering.cancelled() or rendering.exception() is not None)
        if kernel_id not in self.kernels:
            return False
        if failed or not await self.kernels.is_alive(kernel_id):
            await self.kernels.shutdown_kernel(kernel_id, now=True)
            return False
        return True
