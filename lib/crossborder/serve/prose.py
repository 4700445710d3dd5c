"""Prose of a notebook as HTML, its formulas set before the page is sent: as MathML, which needs no script."""

import base64
import re

import nh3
from latex2mathml.converter import convert
from markupsafe import Markup, escape
from voila.exporter import VoilaMarkdownRenderer

# The converter copies text and addresses from a formula as they are; only these may stay
_MATHML = {
    "math", "menclose", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom", "mprescripts",
    "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr",
    "munder", "munderover", "none",
}  # fmt: skip
_KEPT = {
    "accent", "accentunder", "columnalign", "columnlines", "columnspacing", "depth", "display", "displaystyle",
    "fence", "form", "height", "largeop", "linethickness", "lspace", "mathcolor", "mathsize", "mathvariant",
    "maxsize", "minsize", "movablelimits", "notation", "rowlines", "rowspacing", "rspace", "scriptlevel",
    "separator", "stretchy", "width",
}  # fmt: skip

_DOLLARS = re.compile(r"^\s*\$\$?|\$?\$\s*$|^\s*\\\[|\\\]\s*$|^\s*\\\(|\\\)\s*$")


def formula(latex: str, *, block: bool = False) -> Markup:
    """A formula as MathML; its source as text where it cannot be read.

    >>> print(formula("a^2"))
    <math display="inline"><mrow><msup><mi>a</mi><mn>2</mn></msup></mrow></math>
    """
    try:
        return Markup(
            nh3.clean(convert(latex, display="block" if block else "inline"), tags=_MATHML, attributes={"*": _KEPT})
        )
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
