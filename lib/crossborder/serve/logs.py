"""What the server writes to the terminal: warnings that somebody can act on, in plain text."""

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

# Said at each page, about things that are as they should be
NOT_NEWS = (
    "is not trusted",  # notebooks are run from source here, never shown from saved output
    "websocket_ping_timeout",  # Jupyter Server gives milliseconds where tornado expects seconds; it pings itself
    # Said whenever a page is closed while it still calculates; a death that matters is told with its reference number
    "Kernel died while waiting for execute reply",
    "Got events for closed stream",
)

COLOUR = re.compile(r"\x1b\[[0-9;]*m")

_silent: ContextVar[bool] = ContextVar("silent", default=False)


@contextmanager
def in_silence(silent: bool = True) -> Iterator[None]:
    """What is begun here, tasks included, logs nothing: for tries of what was told already."""
    token = _silent.set(silent)
    try:
        yield
    finally:
        _silent.reset(token)


class Plain(logging.Filter):
    """Drops what is no news, and tells a failed cell as its traceback instead of as a dump of the cell."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = str(record.msg)
        if _silent.get() or any(phrase in message for phrase in NOT_NEWS) or left_while_connecting(record):
            return False
        if message.startswith("Error at server while executing cell"):
            told = failed_cell(record.args)
            record.msg, record.args, record.exc_info = told, None, None
            return bool(told)  # a kernel that died has no traceback, and is told elsewhere
        return True


def left_while_connecting(record: logging.LogRecord) -> bool:
    """A page that is closed while its channel opens: Jupyter Server then asks an object that is gone."""
    failed = record.exc_info[1] if record.exc_info else None
    if record.name == "tornado.access":  # the same event once more; a true failure is told with its traceback
        return "/channels?" in record.getMessage()
    return isinstance(failed, AttributeError) and "kernel_ws_protocol" in str(failed)


def failed_cell(described: object) -> str:
    """The traceback kept in a failed cell, without colours; empty where there is none."""
    cell = described[0] if isinstance(described, tuple) and described else described
    outputs = cell.get("outputs", []) if isinstance(cell, Mapping) else []
    lines = [line for output in outputs for line in output.get("traceback", [])]
    return "a cell failed\n" + COLOUR.sub("", "\n".join(lines)) if lines else ""


def set_up_logs(application: logging.Logger) -> None:
    """Warnings and worse, filtered, for our own logger, tornado's and ``application``'s."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    logging.getLogger("tornado.access").setLevel(logging.ERROR)  # a missing page is no news here
    names = ("tornado.general", "tornado.application", "tornado.access", "traitlets")
    for logger in (application, *map(logging.getLogger, (*names, "crossborder.serve"))):
        logger.addFilter(Plain())
