"""The style sheet and the scripts of our own widgets."""

from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent


@cache
def look() -> str:
    """Everything a widget needs to look like the rest, in a served page and in JupyterLab alike."""
    sheets = ("colours.css", "look.css", "front/widgets.css")
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in sheets)


@cache
def script(name: str) -> str:
    """The browser's half of one widget."""
    return (_HERE / "front" / f"{name}.js").read_text(encoding="utf-8")
