"""A workbook's archive, checked from its directory and its cell addresses before anything reads it."""

import io
import re
import zipfile
from dataclasses import dataclass

from crossborder.data.limits import MEBIBYTE, Limits
from crossborder.data.sentence import Refusal, Sentence, say
from crossborder.i18n import N_

# Patterns start with plain letters: that makes them ten times faster, and a sheet may have 200 MB.
_COLUMN = re.compile(rb'r="([A-Za-z]{1,3})[0-9]')
_FAR_ROW = re.compile(rb'r="[A-Za-z]{1,3}([0-9]{7})')
_ROW = re.compile(rb'r="([0-9]{1,7})"')
_PLAIN = bytes.maketrans(b"'\t\n\r", b'"   ')
_CHUNK = 4 * MEBIBYTE
_SMALL = 20 * MEBIBYTE  # a high ratio in something that stays small is harmless
_MOST_CELLS = 30_000_000  # of the rectangle that holds all cells: about a gigabyte


@dataclass(frozen=True, kw_only=True)
class Archive:
    """What the directory says: ``kind`` is xlsx, xlsb or ods."""

    kind: str
    date_1904: bool = False
    warnings: tuple[Sentence, ...] = ()


def check_archive(content: bytes, limits: Limits) -> Archive:
    """The kind of workbook; a bomb, a broken archive or another kind of zip file is refused."""
    # Counted before the directory is parsed: half a million entries cost more than they are worth.
    if content.count(b"PK\x01\x02") > limits.archive_entries:
        raise _too_many_entries(limits)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, UnicodeDecodeError) as damage:
        raise Refusal(
            N_("It is a workbook that was cut off or damaged. Open it in a spreadsheet program and save it again.")
        ) from damage
    entries = archive.infolist()
    if len(entries) > limits.archive_entries:
        raise _too_many_entries(limits)
    for entry in entries:
        parts = entry.filename.replace("\\", "/").split("/")
        if ".." in parts or entry.filename.startswith(("/", "\\")) or "\0" in entry.orig_filename or ":" in parts[0]:
            raise Refusal(
                N_(
                    "Its archive holds a file name that points outside the archive. It was not made by a "
                    "spreadsheet program; do not trust it."
                )
            )
    unpacked = sum(entry.file_size for entry in entries)
    worst = max((e.file_size / max(e.compress_size, 1) for e in entries if e.file_size > _SMALL), default=0.0)
    if unpacked > limits.unpacked_bytes or worst > limits.unpacked_ratio:
        raise Refusal(
            N_(
                "It would unpack to {size} MB from {packed} MB, which is more than a listing file needs. "
                "Split it, or save it as CSV."
            ),
            size=round(unpacked / 1e6),
            packed=round(len(content) / 1e6, 1),
        )
    names = {entry.filename for entry in entries}
    kind = _kind(names, archive)
    if kind == "xlsx":
        for name in sorted(names):
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                _check_spread(archive, name, limits)
    return Archive(kind=kind, date_1904=kind == "xlsx" and _starts_in_1904(archive), warnings=_warnings(names))


def _too_many_entries(limits: Limits) -> Refusal:
    return Refusal(
        N_("Its archive holds more than {most} entries, which no listing file needs. Save it as CSV."),
        most=limits.archive_entries,
    )


def _kind(names: set[str], archive: zipfile.ZipFile) -> str:
    if "EncryptedPackage" in names:
        raise Refusal(N_("It is protected by a password. Open it, remove the password and save it again."))
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names and b"spreadsheet" in _part(archive, "mimetype", b"spreadsheet"):
        return "ods"
    raise Refusal(N_("It is a zip archive, not a workbook. Unpack it and choose the table inside."))


def _check_spread(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    """Refuse a sheet whose cells span more than can be held: A1 and XFD1048576 alone would fill all memory."""
    last_row = 0
    letters: set[bytes] = set()
    try:
        with archive.open(name) as sheet:
            rest = b""
            while chunk := sheet.read(_CHUNK):
                text = _plainly(rest + chunk)
                last_row = max([last_row, *map(int, _ROW.findall(text)), *map(int, _FAR_ROW.findall(text))])
                letters.update(_COLUMN.findall(text))
                rest = text[-64:]
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as damage:
        raise Refusal(
            N_("It is a workbook that was cut off or damaged. Open it in a spreadsheet program and save it again.")
        ) from damage
    except Exception as damage:  # zlib.error and its kin have no common base
        raise Refusal(
            N_("It is a workbook that was cut off or damaged. Open it in a spreadsheet program and save it again.")
        ) from damage
    last_column = max(map(_column_number, letters), default=0)
    if last_column > limits.columns or last_row > limits.rows + 100 or last_column * last_row > _MOST_CELLS:
        raise Refusal(
            N_(
                "Its cells reach as far as column {column}, row {row}. Limits are {columns} columns and "
                "{rows} rows. Delete the stray cells or save the table as CSV."
            ),
            column=last_column,
            row=last_row,
            columns=limits.columns,
            rows=limits.rows,
        )


def _plainly(sheet: bytes) -> bytes:
    """Attributes as every program writes them, ``r="A1"``, even where somebody took the other liberties of XML."""
    sheet = sheet.translate(_PLAIN)
    if b" =" in sheet or b"= " in sheet or b'=" ' in sheet:
        sheet = re.sub(rb' *=[ ]*(" *)?', lambda mark: b'="' if mark[1] else b"=", sheet)
    return sheet


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _part(archive: zipfile.ZipFile, name: str, otherwise: bytes) -> bytes:
    try:
        with archive.open(name) as part:
            return part.read(MEBIBYTE)
    except Exception:  # absent or damaged: the part only refines what is known
        return otherwise


def _starts_in_1904(archive: zipfile.ZipFile) -> bool:
    return re.search(rb"date1904\s*=\s*[\"'](?:1|true|on)", _part(archive, "xl/workbook.xml", b"")) is not None


def _warnings(names: set[str]) -> tuple[Sentence, ...]:
    found = []
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        found.append(say(N_("The workbook holds macros. They were not run; only values were read.")))
    if any(name.startswith("xl/externalLinks/") for name in names):
        found.append(
            say(N_("The workbook links to other files. The links were not followed; only the saved values were read."))
        )
    return tuple(found)
