"""Names beside the rows of a picture: in lines short enough for the page, the rows as high as the longest name asks."""

import re
from collections.abc import Mapping
from typing import Any

# How many letters a line may have on a wide page and on a phone; a Chinese character counts two
LETTERS = {"wide": 42, "narrow": 17}
LINE, GAP, AROUND = 16, 10, 110  # pixels of a line, between two rows, for axes and legend
USUAL = 420

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_PIECE = re.compile(r"[\u2e80-\uffff]|(?:<[^>]*>|[^\s\u2e80-\uffff])+\s*|\s+")
_BOLD = re.compile(r"</?b>", re.IGNORECASE)


def row_labels(axis: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """For each kind of page the names in lines (``ticktext``) and the least ``height``; empty where rows have no names.

    >>> row_labels({"categoryarray": ["Stores with a medal of their own"]})["narrow"]
    {'ticktext': ['Stores with a<br>medal of their<br>own'], 'height': 168}
    """
    names = axis.get("categoryarray")
    if names is None or axis.get("tickvals") is not None:
        return {}
    fitted = {}
    for page, most in LETTERS.items():
        texts = [in_lines(str(name), most) for name in names]
        longest = max((len(_BREAK.split(text)) for text in texts), default=1)
        fitted[page] = {"ticktext": texts, "height": AROUND + (LINE * longest + GAP) * len(texts)}
    return fitted


def heights(layout: Mapping[str, Any]) -> dict[str, int]:
    """How many pixels high a figure of this layout is on each kind of page."""
    usual = int(layout.get("height") or USUAL)
    rows = (layout.get("meta") or {}).get("rows") or {}
    return {page: max(usual, int(rows.get(page, {}).get("height", 0))) for page in LETTERS}


def in_lines(text: str, most: int) -> str:
    """Lines of at most so many letters; breaks and bold stay.

    >>> in_lines("<b>GMV</b><br>$135,293 → $140,214", 12)
    '<b>GMV</b><br>$135,293 →<br>$140,214'
    """
    return "<br>".join(line for part in _BREAK.split(text) for line in _broken(part, most))


def _broken(text: str, most: int) -> list[str]:
    lines = [""]
    for word in _PIECE.findall(text):
        if lines[-1] and _letters(lines[-1] + word.rstrip()) > most:
            lines.append("")
        lines[-1] += word
    if "<b>" in text.lower():
        return [f"<b>{_BOLD.sub('', line).strip()}</b>" for line in lines]
    return [line.strip() for line in lines]


def _letters(text: str) -> int:
    return sum(2 if letter > "\u2e7f" else 1 for letter in _TAG.sub("", text))
