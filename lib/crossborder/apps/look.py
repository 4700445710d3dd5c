"""The style sheet and the scripts of our own widgets."""

import os
from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent


# Set by the server for its kernels
SERVED = "CROSSBORDER_SERVED"


def is_served() -> bool:
    """Whether this notebook is being made into a page by our own server."""
    return bool(os.environ.get(SERVED))


@cache
def look() -> str:
    """Everything a widget needs to look like the rest; empty in a served page, which has it all in its head."""
    if is_served():
        return ""
    sheets = ("colours.css", "look.css", "front/widgets.css")
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in sheets)


@cache
def script(name: str) -> str:
    """The browser's half of one widget."""
    return (_HERE / "front" / f"{name}.js").read_text(encoding="utf-8")
