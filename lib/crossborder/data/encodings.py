"""From bytes to text: byte-order mark, then strict UTF-8, then a guess among the marketplaces' code pages."""

import codecs
import re
from dataclasses import dataclass

from crossborder.data.questions import Open
from crossborder.data.sentence import Refusal, Sentence, say
from crossborder.i18n import N_

# The code pages that marketplaces' and sellers' tools write, with the words to show for each.
ENCODINGS = {
    "utf-8": N_("Unicode (UTF-8)"),
    "utf-16-le": N_("Unicode (UTF-16)"),
    "utf-16-be": N_("Unicode (UTF-16, big end first)"),
    "utf-32-le": N_("Unicode (UTF-32)"),
    "utf-32-be": N_("Unicode (UTF-32, big end first)"),
    "gb18030": N_("Chinese, simplified (GBK, GB18030)"),
    "big5": N_("Chinese, traditional (Big5)"),
    "cp1251": N_("Cyrillic (Windows-1251)"),
    "koi8-r": N_("Russian (KOI8-R)"),
    "cp1252": N_("Western European (Windows-1252)"),
    "cp1250": N_("Central European (Windows-1250)"),
    "cp1253": N_("Greek (Windows-1253)"),
    "cp1254": N_("Turkish (Windows-1254)"),
    "cp1255": N_("Hebrew (Windows-1255)"),
    "cp1256": N_("Arabic (Windows-1256)"),
    "cp932": N_("Japanese (Shift JIS)"),
    "cp949": N_("Korean (EUC-KR, CP949)"),
    "cp874": N_("Thai (Windows-874)"),
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESSABLE = ("gb18030", "big5", "cp1251", "koi8-r", "cp1252", "cp1250", "cp1253", "cp1254", "cp932", "cp949", "cp874")
_SAMPLE_BYTES = 64 * 1024
_TELLING_LINES = 2_000
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_SURE = 0.6  # the runner-up must stay below this share of the winner's confidence

# A code point that no text holds stands where bytes do not decode; rows that hold it are refused by name.
UNDECODABLE = "\ufdd0"


def _mark_undecodable(error: UnicodeError) -> tuple[str, int]:
    return UNDECODABLE, getattr(error, "end", 0)


codecs.register_error("crossborder-mark", _mark_undecodable)


@dataclass(frozen=True, kw_only=True)
class Decoded:
    """The text of a file, the encoding it was read in, and whether some bytes had no meaning in it."""

    text: str
    encoding: str
    damaged: bool = False
    warnings: tuple[Sentence, ...] = ()


def decode(content: bytes, open_: Open) -> Decoded:
    """The text of ``content``; an answer to ``encoding`` overrides every guess."""
    chosen = open_.given("encoding")
    if chosen is not None:
        encoding = open_.settle("encoding", say(N_("Which encoding is the file in?")), tuple(ENCODINGS), "utf-8")
        body = _without_mark(content, encoding)
    else:
        encoding, body = _marked(content)
        if not encoding:
            encoding = _unmarked(body, open_)
    try:
        text, damaged = body.decode(encoding), False
    except UnicodeDecodeError:
        text, damaged = body.decode(encoding, errors="crossborder-mark"), True
    _refuse_nul(text)
    warnings = (
        [say(N_("Traditional Chinese (Big5) was guessed: look at the first rows."))]
        if encoding == "big5" and chosen is None
        else []
    )
    if not text.strip("\ufeff \t\r\n"):
        raise Refusal(N_("It is empty. Export the table again and check that it holds rows."))
    return Decoded(text=text, encoding=encoding, damaged=damaged, warnings=tuple(warnings))


def _marked(content: bytes) -> tuple[str, bytes]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, content[len(mark) :]
    return "", content


def _without_mark(content: bytes, encoding: str) -> bytes:
    for mark, of in _MARKS:
        if of == encoding and content.startswith(mark):
            return content[len(mark) :]
    return content


def _unmarked(content: bytes, open_: Open) -> str:
    wide = _wide(content)
    if wide:
        return wide
    if content.isascii():
        return "utf-8"
    try:
        content.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    lines = _telling_lines(content)
    if sum(map(_is_utf8, lines)) * 2 >= len(lines):
        return "utf-8"  # most lines are; the others are refused one by one
    return _guess(lines, open_)


def _telling_lines(content: bytes) -> list[bytes]:
    """The first lines that hold anything beyond ASCII, wherever they stand."""
    lines: list[bytes] = []
    start = 0
    while len(lines) < _TELLING_LINES and (found := _BEYOND_ASCII.search(content, start)):
        begin, end = content.rfind(b"\n", 0, found.start()) + 1, content.find(b"\n", found.start())
        start = end + 1 if end >= 0 else len(content)
        lines.append(content[begin:start][:_SAMPLE_BYTES])
    return lines


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _wide(content: bytes) -> str:
    """UTF-16 without a mark: delimiters and digits leave a zero in every second byte."""
    head = content[:4096]
    pairs = len(head) // 2
    first, second = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if pairs and second > 0.1 * pairs and first == 0:
        return "utf-16-le"
    if pairs and first > 0.1 * pairs and second == 0:
        return "utf-16-be"
    return ""


def _guess(lines: list[bytes], open_: Open) -> str:
    import chardet

    sample = b"\n".join(lines)[:_SAMPLE_BYTES]
    known = {codecs.lookup(name).name: name for name in _GUESSABLE}
    scores: dict[str, float] = {}
    for found in chardet.detect_all(sample, ignore_threshold=True, prefer_superset=True, include_encodings=_GUESSABLE):
        try:
            name = known.get(codecs.lookup(str(found["encoding"])).name)
        except LookupError:
            continue
        if name:
            scores[name] = max(scores.get(name, 0.0), float(found["confidence"]))
    ranked = sorted(scores, key=scores.__getitem__, reverse=True) or ["cp1252"]
    best = ranked[0]
    seen = sample.decode(best, errors="replace")
    second = max((scores[name] for name in ranked[1:] if sample.decode(name, errors="replace") != seen), default=0.0)
    if second > _SURE * scores.get(best, 0.0) or not scores:
        options = tuple(ranked[:5]) + tuple(name for name in ENCODINGS if name not in ranked[:5])
        open_.settle(
            "encoding",
            say(N_("Which encoding is the file in? Look at the first rows: are all letters right?")),
            options,
            best,
            tuple(say(ENCODINGS[name]) for name in options),
        )
    return best


def _refuse_nul(text: str) -> None:
    place = text.find("\0")
    if place >= 0:
        raise Refusal(
            N_(
                "Line {line} holds zero bytes, so this is not a text table, or it was damaged. Export it "
                "again as CSV or XLSX."
            ),
            line=text.count("\n", 0, place) + 1,
        )
