"""Kernels behind the pages: a memory limit on each, an end for those that died, and who uses them."""

import logging
import resource
import time
from typing import Any

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import DottedObjectName, Float

from crossborder.serve.forked import ForkServer
from crossborder.serve.prompt_client import connect_soon

log = logging.getLogger("crossborder.serve")

GIB = 1024**3


class BoundedKernels(AsyncMappingKernelManager):
    """Starts kernels that may not grow without end, so that one page cannot take the machine from the others."""

    kernel_manager_class = DottedObjectName("crossborder.serve.forked.ForkedKernel")
    fork_server: ForkServer | None = None
    memory_gb = Float(0.0, config=True, help="Address space each kernel may use, in GiB; 0 for no limit.")
    left_minutes = Float(5.0, config=True, help="How long a kernel waits for a page that went without a farewell.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        connect_soon(self.context)
        self._alone_since: dict[str, float] = {}

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
        """Also end a kernel that died at work (it would count as busy, and so as in use, for ever) or lost its page."""
        if not await self.is_alive(kernel_id) or self._is_left(kernel_id):
            await self.shutdown_kernel(kernel_id, now=True)
            return
        await super().cull_kernel_if_idle(kernel_id)

    def notify_connect(self, kernel_id: str) -> None:
        """A page's line opens."""
        self._alone_since.pop(kernel_id, None)
        super().notify_connect(kernel_id)

    def _is_left(self, kernel_id: str) -> bool:
        """Whether no page has had a line to this kernel for too long: its browser died, or runs no scripts."""
        busy = getattr(self.get_kernel(kernel_id), "execution_state", None) == "busy"
        if busy or self._kernel_connections.get(kernel_id) or kernel_id in waiting_kernels(self):
            self._alone_since.pop(kernel_id, None)
            return False
        since = self._alone_since.setdefault(kernel_id, time.monotonic())
        return time.monotonic() - since >= self.left_minutes * 60

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel that has ended."""
        self._alone_since.pop(kernel_id, None)
        return super().remove_kernel(kernel_id)


def waiting_kernels(kernels: Any) -> dict[str, bool]:
    """Kernels that were started for nobody yet, by id, and whether their page is drawn to the end."""
    pools = getattr(kernels, "_pools", {})
    entries = [entry for pool in pools.values() for entry in pool]
    contents = [entry.result() for entry in entries if entry.done() and not entry.cancelled() and not entry.exception()]
    return {content["kernel_id"]: content["task"].done() for content in contents}


def ready_pages(kernels: Any) -> list[str]:
    """Notebooks of which a page waits that is drawn to the end."""
    drawn = {kernel_id for kernel_id, is_drawn in waiting_kernels(kernels).items() if is_drawn}
    pools = getattr(kernels, "_pools", {})
    return sorted(
        notebook
        for notebook, pool in pools.items()
        if any(
            entry.done() and not entry.cancelled() and not entry.exception() and entry.result()["kernel_id"] in drawn
            for entry in pool
        )
    )


def kernels_in_use(kernels: Any) -> set[str]:
    """Ids of kernels that belong to an open page."""
    return set(kernels.list_kernel_ids()) - set(waiting_kernels(kernels))
