"""Text in a drawing for paper: escaped, in bold where asked, broken into lines, measured roughly."""

import html
import re
import unicodedata

TEXT = 12.5  # size of ordinary text in a drawing, in pixels

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:b|i|sub|sup)>", re.IGNORECASE)


def lines_of(text: str) -> list[str]:
    """The lines of a label, without markup."""
    return [html.unescape(_TAG.sub("", line)) for line in _BREAK.split(text)]


def width_of(text: str, size: float) -> float:
    """About how wide the longest line is, in pixels; a bold one is wider."""
    return max((_line_width(part, bold="<b>" in part.lower()) for part in _BREAK.split(text)), default=0.0) * size


def _line_width(part: str, *, bold: bool) -> float:
    latin, wide = 0.0, 0.0
    for character in html.unescape(_TAG.sub("", part)):
        if unicodedata.east_asian_width(character) in "WF":
            wide += 1.0
        else:
            latin += _width(character)
    return wide + latin * (1.12 if bold else 1.0)


def wrapped(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Lines no wider than ``room`` pixels; Chinese breaks anywhere, other text at spaces."""
    lines: list[str] = []
    size = size * 1.12 if bold else size
    for line in lines_of(text):
        current = ""
        for piece in re.findall(r"\S+\s*|\s+", line):
            for part in piece if width_of(piece, size) > room else [piece]:
                if current and width_of(current + part.rstrip(), size) > room:
                    lines.append(current.rstrip())
                    current = ""
                current += part
        lines.append(current.rstrip())
    return lines


def svg_text(
    x: float,
    y: float,
    text: str,
    *,
    size: float,
    colour: str,
    anchor: str = "start",
    bold: bool = False,
    middle: bool = False,
    turn: bool = False,
) -> str:
    """A label; lines that the text sets in ``<b>`` are bold, all where ``bold``."""
    lines = lines_of(text)
    thick = [bold or part.lstrip().lower().startswith("<b>") for part in _BREAK.split(text)]
    top = y - (len(lines) - 1) * size * 0.62 if middle else y
    spans = "".join(
        f'<tspan x="{x:.1f}" y="{top + i * size * 1.24:.1f}"{_weight(thick[i])}>{html.escape(line)}</tspan>'
        for i, line in enumerate(lines)
    )
    centred = ' dominant-baseline="central"' if middle else ""
    turned = f' transform="rotate(-90 {x:.1f} {y:.1f})"' if turn else ""
    look = f'font-size="{size:g}" fill="{html.escape(colour)}" text-anchor="{anchor}"{centred}{turned}'
    return f"<text {look}>{spans}</text>"


def _weight(bold: bool) -> str:
    return ' font-weight="650"' if bold else ""


def _width(character: str) -> float:
    if character in "il.,:;'|!()[] ":
        return 0.33
    return 0.84 if character in "→−+<>=±" else 0.7 if character.isupper() else 0.62
