"""Prose of a notebook as HTML, its formulas set before the page is sent: as MathML, which needs no script."""

import base64
import re

from latex2mathml.converter import convert
from markupsafe import Markup, escape
from voila.exporter import VoilaMarkdownRenderer

_DOLLARS = re.compile(r"^\s*\$\$?|\$?\$\s*$|^\s*\\\[|\\\]\s*$|^\s*\\\(|\\\)\s*$")


def formula(latex: str, *, block: bool = False) -> Markup:
    """A formula as MathML; its source as text where it cannot be read.

    >>> formula("a^2")[:5]
    '<math'
    """
    try:
        return Markup(convert(latex, display="block" if block else "inline"))
    except Exception:  # whatever the converter stumbles over, the author's words are the better page
        return Markup("<code>{}</code>").format(latex)


def latex_output(text: str) -> Markup:
    """What a cell shows as ``text/latex``: one formula between dollar signs, or prose with several."""
    stripped = text.strip()
    if stripped.count("$") in (0, 2) or (stripped.startswith("$$") and stripped.count("$$") == 2):
        return formula(_DOLLARS.sub("", stripped), block=not re.match(r"\$[^$]", stripped))
    pieces = re.split(r"\$([^$]+)\$", stripped)
    return Markup("").join(formula(piece) if i % 2 else escape(piece) for i, piece in enumerate(pieces))


def as_base64(text: str) -> str:
    """Text in the form that stands in an address of data."""
    return base64.b64encode(text.encode()).decode()


class Prose(VoilaMarkdownRenderer):
    """Voila's Markdown with formulas set instead of left to a script."""

    def block_math(self, body: str) -> str:
        return f"<p>{formula(body, block=True)}</p>"

    def inline_math(self, body: str) -> str:
        return str(formula(body))

    def multiline_math(self, text: str) -> str:
        return self.block_math(text)

    def latex_environment(self, name: str, body: str) -> str:
        return self.block_math(rf"\begin{{{name}}}{body}\end{{{name}}}")
