"""What kind of file this is, told by its content; the name is never trusted."""

import pickletools
import re

from crossborder.data.sentence import Refusal
from crossborder.i18n import N_

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# Kinds that hold no listing table, by their first bytes.
_NOT_A_TABLE = (
    (b"SQLite format 3\0", N_("It is a SQLite database. Export the table from it as CSV or XLSX.")),
    (b"ARROW1", N_("It is an Arrow file. Save it as Parquet, CSV or XLSX.")),
    (b"%PDF", N_("It is a PDF document. Save the table as CSV or XLSX.")),
    (b"\x1f\x8b", N_("It is a compressed file (gzip). Unpack it first.")),
    (b"7z\xbc\xaf\x27\x1c", N_("It is a compressed file (7z). Unpack it first.")),
    (b"Rar!", N_("It is a compressed file (RAR). Unpack it first.")),
    (b"\x28\xb5\x2f\xfd", N_("It is a compressed file (Zstandard). Unpack it first.")),
    (b"BZh", N_("It is a compressed file (bzip2). Unpack it first.")),
    (b"\xfd7zXZ", N_("It is a compressed file (xz). Unpack it first.")),
    (b"\x89PNG", N_("It is a picture. A table is needed: CSV, XLSX or Parquet.")),
    (b"\xff\xd8\xff", N_("It is a picture. A table is needed: CSV, XLSX or Parquet.")),
    (b"GIF8", N_("It is a picture. A table is needed: CSV, XLSX or Parquet.")),
    (b"\x7fELF", N_("It is a program. A table is needed: CSV, XLSX or Parquet.")),
    (b"{\\rtf", N_("It is a text document. Save the table as CSV or XLSX.")),
)
_MARKUP = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|table|\?xml|meta|script|svg)", re.IGNORECASE)
_JSON = re.compile(rb'\A(?:\xef\xbb\xbf)?\s*(?:\[\s*[\[{]|\{\s*["}])')


def kind_of_file(content: bytes) -> str:
    """``"text"``, ``"zip"``, ``"xls"`` or ``"parquet"``; anything else is refused with the way out.

    >>> kind_of_file(b"title,price")
    'text'
    """
    if len(content) < 2:
        raise Refusal(N_("It is empty. Export the table again and check that it holds rows."))
    if content[8:12] == b"DUCK":
        raise Refusal(N_("It is a DuckDB database, which is never opened. Export the table from it as CSV or Parquet."))
    if is_pickle(content):
        raise Refusal(
            N_("It is a Python pickle, which could run code, so it is never opened. Save the table as CSV or Parquet.")
        )
    for start, sentence in _NOT_A_TABLE:
        if content.startswith(start):
            raise Refusal(sentence)
    if content.startswith(b"PK"):
        return "zip"
    if content.startswith(_OLE2):
        return _kind_of_ole2(content)
    if content.startswith((b"\x09\x08\x10\x00", b"\x09\x08\x08\x00", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00")):
        return "xls"
    if content.startswith(b"PAR1"):
        if not content.endswith(b"PAR1"):
            raise Refusal(N_("It is a Parquet file that was cut off. Copy or export it again."))
        return "parquet"
    if _MARKUP.match(content[:500]):
        raise Refusal(
            N_(
                "It is a web page or XML, whatever its name says. Open it in a spreadsheet program and "
                "save it as XLSX or CSV."
            )
        )
    if _JSON.match(content[:500]):
        raise Refusal(N_("It is JSON. Save the table as CSV, XLSX or Parquet."))
    return "text"


def _kind_of_ole2(content: bytes) -> str:
    """Old Excel files and password-protected new ones share one container."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refusal(N_("It is protected by a password. Open it, remove the password and save it again."))
    if "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content:
        return "xls"
    raise Refusal(N_("It is an old Office document without a table. Save the table as XLSX or CSV."))


def is_pickle(content: bytes) -> bool:
    """Whether the bytes are a Python pickle of any protocol; they are looked at, never loaded."""
    if content[:1] == b"\x80" and len(content) > 1 and 2 <= content[1] <= 5:
        return True
    if not content[-64:].rstrip().endswith(b".") or content[:1] not in b"()]}cFIJKLMNSTUVX":
        return False
    try:
        for seen, (_op, _value, _place) in enumerate(pickletools.genops(content.rstrip())):
            if seen > 1000:
                return True
    except Exception:  # genops raises many kinds; any of them means that these are not pickle opcodes
        return False
    return True
