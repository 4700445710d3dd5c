"""A marketplace's listing file, as analysts have them, to a checked table."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from crossborder.data.limits import Limits
from crossborder.data.listings_read import ListingsRead
from crossborder.data.questions import check_answers, question_from
from crossborder.data.rates import Rate, rates_to_use
from crossborder.data.reader_call import check_call
from crossborder.data.sandbox import Source, read_in_child
from crossborder.data.sentence import sentence_from

if TYPE_CHECKING:
    import pandas as pd

PREVIEW_ROWS = 2_000


def read_listings(
    path_or_bytes: Source,
    *,
    answers: Mapping[str, str] | None = None,
    mapping: Mapping[str, str | None] | None = None,
    name: str | None = None,
    rates: "Mapping[str, float | Rate] | None" = None,
    limits: Limits | None = None,
) -> ListingsRead:
    """Which listings does this file hold, and which of its rows cannot be used?

    ``price_usd = price × rate``, with the rate of the row's own currency; currencies are never mixed.

    Parameters
    ----------
    path_or_bytes : path or bytes
        CSV, TSV, XLSX, XLS, XLSB, ODS or Parquet, told by content. It is opened by a child process and never changed.
    answers : mapping
        Answers to ``.questions`` of an earlier call, by question id; ``encoding`` and the like may be given unasked,
        ``header_row="none"`` for a file without a line of column names. What the file did not need is in ``.warnings``.
    mapping : mapping
        Column name to header, ``{"price": "Preis"}``; ``None`` leaves a column out.
    name : str
        What to call the file in messages.
    rates : mapping
        US dollars for one unit of a currency, by ISO code, in place of ``assumed_rates()``.
    limits : Limits
        How large the file may be and what reading it may cost.

    Raises InputFileError where nothing of the file can be taken, BoundsError for an argument that is of another kind
    or names what does not exist. Everything else is in the result: bad rows in ``.refused``, open points in
    ``.questions``.

    >>> csv = "id;titel;preis\\n7;Lampe;12,50 €\\n8;Stuhl;k. A.\\n"
    >>> read = read_listings(csv.encode(), name="preise.csv", rates={"EUR": 1.2})
    >>> read.text, read.table["price_usd"].tolist(), read.refused["row"].tolist()
    ('preise.csv: 1 of 2 rows are listings; refused: 1.', [15.0], [3])
    """
    return _read(path_or_bytes, answers, mapping, name, rates, limits, None)


def preview_listings(
    path_or_bytes: Source,
    *,
    answers: Mapping[str, str] | None = None,
    mapping: Mapping[str, str | None] | None = None,
    name: str | None = None,
    rates: "Mapping[str, float | Rate] | None" = None,
    limits: Limits | None = None,
    rows: int = PREVIEW_ROWS,
) -> ListingsRead:
    """What would ``read_listings`` make of this file? Looks at about the first ``rows`` rows; the rest as there."""
    return _read(path_or_bytes, answers, mapping, name, rates, limits, rows)


def _read(
    source: Source,
    answers: Mapping[str, str] | None,
    mapping: Mapping[str, str | None] | None,
    name: str | None,
    rates: "Mapping[str, float | Rate] | None",
    limits: Limits | None,
    head_rows: int | None,
) -> ListingsRead:
    check_call(source, mapping, name, limits)
    checked_answers = check_answers(answers)
    given = {
        code: [r.usd_per_unit, r.on, r.source]
        for code, r in rates_to_use(rates).items()
        if rates and code in {str(c).upper() for c in rates}
    }
    job = {"answers": checked_answers, "mapping": dict(mapping or {}), "rates": given, "head_rows": head_rows}
    report, streams, shown = read_in_child("listings", source, name=name, limits=limits or Limits(), job=job)
    return listings_from(report, streams, shown, checked_answers)


def listings_from(
    report: Mapping[str, Any], streams: list[bytes], shown: str, answers: Mapping[str, str]
) -> ListingsRead:
    """The result from what the child process answered."""
    import pandas as pd
    import pyarrow as pa

    accepted, refused, emptied, left_out = (_frame(pa.ipc.open_stream(stream).read_all()) for stream in streams)
    headers = [header or f"({place})" for place, header in enumerate(report["headers"], start=1)]
    rows = [[*row, *[""] * len(headers)][: len(headers)] for row in report["preview"]]
    rate_columns = ["currency", "usd_per_unit", "on", "source", "rows"]
    return ListingsRead(
        name=shown,
        table=accepted,
        refused_cells=refused,
        emptied_cells=emptied,
        left_out_rows=left_out,
        questions=tuple(question_from(plain) for plain in report["questions"]),
        mapping=report["mapping"],
        confidence=report["confidence"],
        unused=tuple(report["unused"]),
        preview=pd.DataFrame(rows, columns=headers, dtype="str"),
        encoding=report["encoding"],
        counts=report["counts"],
        rates=pd.DataFrame([list(rate) for rate in report["rates"]], columns=rate_columns).astype(
            {"currency": "str", "on": "str", "source": "str"}
        ),
        said=tuple(sentence_from(plain) for plain in report["warnings"]),
        answers=answers,
        sheet=report["sheet"],
        partial=report["partial"],
        units_in_steps=report["steps"],
    )


def _frame(table: Any) -> "pd.DataFrame":
    """Arrow to pandas: whole numbers and flags that may be missing stay whole numbers and flags."""
    import pandas as pd
    import pyarrow as pa

    nullable = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
    frame = table.to_pandas(types_mapper=nullable.get)
    plain = {c: "int64" for c in ("row", "source_row") if c in frame} | {
        c: "bool" for c in ("units_sold_is_lower_bound",) if c in frame
    }
    text = {
        c: "str" for c, kind in zip(table.column_names, table.schema.types, strict=True) if pa.types.is_string(kind)
    }
    return frame.astype(plain | text)
