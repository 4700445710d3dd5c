"""Files of every format and every fault, made when needed: nothing harmful lies in the repository."""

import io
import struct
import zipfile
import zlib

import xlsxwriter

ROWS = [["id", "title", "price"], ["0017", "lamp", 12.5], ["0018", "chair", 8]]


def csv_text(rows=None, delimiter=","):
    """Rows as delimited text, without quotes."""
    return "".join(delimiter.join(str(cell) for cell in row) + "\n" for row in rows or ROWS)


def xlsx(rows=None, *, merge=None, date_1904=False, sheets=None):
    """A workbook; ``sheets`` maps names to rows, ``merge`` is a range and its text."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": date_1904}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, content in (sheets or {"table": rows or ROWS}).items():
            page = book.add_worksheet(name)
            for r, row in enumerate(content):
                for c, cell in enumerate(row):
                    page.write(r, c, cell, day) if hasattr(cell, "isoformat") else page.write(r, c, cell)
            if merge:
                page.merge_range(*merge)
    return out.getvalue()


def rezipped(content, change=None, more=None):
    """A zip archive with some parts changed (name to function) or added (name to bytes)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change[name](part) if change and name in change else part)
        for name, part in (more or {}).items():
            new.writestr(name, part)
    return out.getvalue()


def far_cells():
    """A workbook of a few kilobytes whose two cells lie in opposite corners."""
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return rezipped(xlsx(), {"xl/worksheets/sheet1.xml": lambda sheet: sheet.replace(b"</sheetData>", far)})


def bomb(megabytes=600):
    """A workbook with one entry that unpacks to so much from about a thousandth of it."""
    out = io.BytesIO(xlsx())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/big.bin", "w") as entry:
        for _ in range(megabytes):
            entry.write(bytes(2**20))
    return out.getvalue()


def lying_bomb(megabytes=300):
    """A workbook whose shared strings are far larger than the directory says."""
    content = bytearray(
        rezipped(
            xlsx(),
            {
                "xl/sharedStrings.xml": lambda part: part.replace(
                    b"<t>lamp</t>", b"<t>" + b"x" * (megabytes * 2**20) + b"</t>"
                )
            },
        )
    )
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        length = struct.unpack_from("<H", content, at + 28)[0]
        if content[at + 46 : at + 46 + length] == b"xl/sharedStrings.xml":
            struct.pack_into("<I", content, at + 24, 1000)
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


def many_entries(n=100_000):
    """A workbook's archive with so many more empty entries."""
    out = io.BytesIO(xlsx())
    with zipfile.ZipFile(out, "a") as archive:
        for i in range(n):
            archive.writestr(zipfile.ZipInfo(f"x/{i}"), b"")
    return out.getvalue()


def ods(rows=None):
    """An OpenDocument spreadsheet."""

    def cell(value):
        if isinstance(value, str):
            return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        shown = f"<text:p>{value}</text:p>"
        return f'<table:table-cell office:value-type="float" office:value="{value}">{shown}</table:table-cell>'

    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    body = "".join("<table:table-row>" + "".join(map(cell, row)) + "</table:table-row>" for row in rows or ROWS)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="table">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        "</manifest:manifest>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def ole2(name, stream):
    """The container of old Office files, with one stream."""
    stream = stream.ljust(4096, b"\0")
    stream += bytes(-len(stream) % 512)
    sectors = len(stream) // 512
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    table = [0xFFFFFFFD, end, *range(3, 2 + sectors), end]
    table += [free] * (128 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)

    def entry(label, kind, child, start, size):
        wide = label.encode("utf-16-le") + b"\0\0" if label else b""
        parts = wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide), kind, 1, free, free, child) + bytes(36)
        return parts + struct.pack("<IQ", start, size)

    folder = entry("Root Entry", 5, 1, end, 0) + entry(name, 2, free, 2, len(stream)) + entry("", 0, free, 0, 0) * 2
    return header + struct.pack("<128I", *table) + folder + stream


def xls(rows=None):
    """An Excel 97 workbook."""

    def record(kind, body=b""):
        return struct.pack("<HH", kind, len(body)) + body

    def cell(r, c, value):
        if isinstance(value, str):
            return record(0x0204, struct.pack("<HHHHB", r, c, 0, len(value), 0) + value.encode("latin-1"))
        return record(0x0203, struct.pack("<HHHd", r, c, 0, value))

    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0x0600))
    sheet_start = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0x0600))
    place = len(start) + len(record(0x0085, bytes(8 + 5))) + len(record(0x000A))
    names = record(0x0085, struct.pack("<IBBBB", place, 0, 0, 5, 0) + b"table")
    cells = b"".join(cell(r, c, value) for r, row in enumerate(rows or ROWS) for c, value in enumerate(row))
    return ole2("Workbook", start + names + record(0x000A) + sheet_start + cells + record(0x000A))


def xlsb(rows=None):
    """An Excel binary workbook."""

    def record(kind, body=b""):
        head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
        size, n = b"", len(body)
        while True:
            size += bytes([n & 0x7F | (0x80 if n > 0x7F else 0)])
            n >>= 7
            if not n:
                return head + size + body

    def wide(text):
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    def cell(c, value):
        head = struct.pack("<II", c, 0)
        return record(6, head + wide(value)) if isinstance(value, str) else record(5, head + struct.pack("<d", value))

    rows = rows or ROWS
    book = (
        record(0x83)
        + record(0x8F)
        + record(0x9C, struct.pack("<II", 0, 1) + wide("rId1") + wide("table"))
        + record(0x90)
        + record(0x9D, bytes(26))
        + record(0x84)
    )
    sheet = record(0x81) + record(0x94, struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1)) + record(0x91)
    for r, row in enumerate(rows):
        sheet += record(0, struct.pack("<I", r) + bytes(13)) + b"".join(cell(c, value) for c, value in enumerate(row))
    sheet += record(0x92) + record(0x82)
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="{type}" Target="{target}"/></Relationships>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("_rels/.rels", link.format(type=f"{rels}/officeDocument", target="xl/workbook.bin"))
        archive.writestr(
            "xl/_rels/workbook.bin.rels", link.format(type=f"{rels}/worksheet", target="worksheets/sheet1.bin")
        )
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return out.getvalue()


def parquet(rows=None):
    """A Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    head, *body = rows or ROWS
    columns = {name: [float(row[i]) if name == "price" else row[i] for row in body] for i, name in enumerate(head)}
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def damaged(content, seed):
    """The content with a few bytes changed, the same ones for the same seed."""
    changed = bytearray(content)
    key = seed
    for _ in range(8):
        key = zlib.crc32(key.to_bytes(8, "big"))
        changed[key % len(changed)] ^= 1 + (key >> 24) % 255
    return bytes(changed)
