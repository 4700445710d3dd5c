"""What the child process can be asked to do: one reader for each kind of file."""

import io
import json
from collections.abc import Callable
from typing import Any

import pyarrow as pa

from crossborder.data.limits import Limits
from crossborder.data.listing_columns import LISTING_COLUMNS
from crossborder.data.listing_rules import listing_rows
from crossborder.data.questions import Open
from crossborder.data.rates import Rate, rates_to_use
from crossborder.data.reading import read_content


def read_listing_job(job: dict[str, Any], content: bytes) -> list[bytes]:
    """A listing file: report, then accepted, refused, emptied and left-out rows."""
    open_ = Open(job["answers"])
    reading = read_content(content, LISTING_COLUMNS, open_, Limits(**job["limits"]), job["mapping"], job["head_rows"])
    rows = listing_rows(
        reading,
        rates_to_use(
            {code: Rate(currency=code, usd_per_unit=r[0], on=r[1], source=r[2]) for code, r in job["rates"].items()}
        ),
    )
    idle = open_.not_needed
    if idle is not None:
        reading.findings.warn(idle)
    refused_rows = len(set(rows.refused.column("row").to_pylist()))
    report = {
        "questions": [question.plain() for question in open_.questions.values()],
        "warnings": [sentence.plain() for sentence in reading.findings.warnings],
        "mapping": reading.match.mapping,
        "confidence": reading.match.confidence,
        "unused": [h for h in reading.preview_headers if h not in set(reading.match.mapping.values())],
        "headers": reading.preview_headers,
        "preview": reading.grid.preview,
        "encoding": reading.grid.encoding,
        "sheet": reading.grid.sheet,
        "partial": reading.grid.partial,
        "counts": {
            "read": reading.rows_read,
            "accepted": rows.table.num_rows,
            "refused": refused_rows,
            "left_out": rows.left_out.num_rows,
        },
        "rates": rows.rates,
        "steps": rows.steps,
    }
    head = json.dumps({"report": report}).encode()
    return [head, *(_stream(table) for table in (rows.table, rows.refused, rows.emptied, rows.left_out))]


def _stream(table: pa.Table) -> bytes:
    out = io.BytesIO()
    with pa.ipc.new_stream(out, table.schema) as writer:
        writer.write_table(table)
    return out.getvalue()


READERS: dict[str, Callable[[dict[str, Any], bytes], list[bytes]]] = {"listings": read_listing_job}
