"""Which column of a file is which: by the words of its header and by the look of its values."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field

from crossborder.data.grid import Grid, RawColumn
from crossborder.data.headers import column_letters, header_score, visible, words_of
from crossborder.data.likeness import carries_currency, likeness, sample_of, wordiness
from crossborder.data.questions import Open
from crossborder.data.schema import Schema
from crossborder.data.sentence import Refusal, say
from crossborder.errors import BoundsError
from crossborder.i18n import N_, _

NAMED = 0.6  # a header scoring less than this is not trusted without its values
_FITS = 0.5  # share of a column's values that must look like what is wanted before it is suggested
_CLOSE = 0.06  # two headers this close for one required column: asked


@dataclass(eq=False)
class Match:
    """The columns found, by name of the schema, with the confidence in each."""

    columns: dict[str, RawColumn] = field(default_factory=dict)
    confidence: dict[str, float] = field(default_factory=dict)

    @property
    def mapping(self) -> dict[str, str]:
        """Schema name to header: save it as JSON for next month's file."""
        return {name: column.header for name, column in self.columns.items()}


def match_columns(grid: Grid, schema: Schema, mapping: Mapping[str, str | None] | None, open_: Open) -> Match:
    """Give each schema column at most one file column and the other way round, the surest pair first."""
    fixed = _fixed(grid, schema, mapping or {}, open_)
    samples = {column.place: sample_of(column) for column in grid.columns}
    scores: dict[tuple[str, int], float] = {}
    for wanted in schema.columns:
        for column in grid.columns:
            by_name = header_score(column.header, wanted)
            if by_name >= 0.35:
                scores[wanted.name, column.place] = by_name * (0.55 + 0.45 * likeness(wanted, samples[column.place]))
    match = Match()
    taken: set[int] = set()
    for name, header in fixed.items():
        if header is not None:
            match.columns[name], match.confidence[name] = header, 1.0
            taken.add(header.place)
    at = {column.place: column for column in grid.columns}
    for (name, place), score in sorted(scores.items(), key=lambda item: (-item[1], item[0][1])):
        if score >= NAMED and name not in match.columns and name not in fixed and place not in taken:
            match.columns[name], match.confidence[name] = at[place], round(score, 3)
            taken.add(place)
    for (
        wanted
    ) in schema.columns:  # a header that says it outright, whatever stands below: its rows are refused one by one
        named = [c for c in grid.columns if c.place not in taken and header_score(c.header, wanted) > 0.85]
        if wanted.required and named and wanted.name not in match.columns and wanted.name not in fixed:
            match.columns[wanted.name], match.confidence[wanted.name] = named[0], 0.5
            taken.add(named[0].place)
    _by_content(grid, schema, match, fixed, samples, taken, open_)
    _ask_about_rivals(schema, match, fixed, scores, at, taken, open_)
    _require(grid, schema, match, samples)
    match.columns = {
        column.name: match.columns[column.name] for column in schema.columns if column.name in match.columns
    }
    return match


def _fixed(grid: Grid, schema: Schema, mapping: Mapping[str, str | None], open_: Open) -> dict[str, RawColumn | None]:
    """What the caller decided: by ``mapping`` or by answering a question about a column."""
    wanted = dict(mapping)
    for key in open_.answers:
        kind, _colon, name = key.partition(":")
        if kind == "column" and name not in wanted:
            wanted[name] = open_.take(key)
    fixed: dict[str, RawColumn | None] = {}
    by_header = {column.header.casefold(): column for column in grid.columns}
    for name, header in wanted.items():
        if name not in schema.by_name:
            raise BoundsError(
                _("{name!r} is not a column of {schema}. Known: {known}.").format(
                    name=name, schema=_(schema.label), known=", ".join(schema.by_name)
                )
            )
        if header is None:
            fixed[name] = None
            continue
        found = by_header.get(visible(header).casefold())
        if found is None:
            close = difflib.get_close_matches(str(header), [c.header for c in grid.columns], n=1, cutoff=0.0)
            raise Refusal(
                N_("It has no column {header!r}, which was chosen for {name!r}. The nearest name is {near!r}."),
                header=str(header), name=name, near=close[0] if close else "",
            )  # fmt: skip
        other = next((of for of, column in fixed.items() if column is found), None)
        if other is not None:
            raise BoundsError(
                _(
                    "{header!r} is chosen for both {one!r} and {other!r}; a column of the file serves once. "
                    "Give one of them another header, or None to leave it out."
                ).format(header=found.header, one=other, other=name)
            )
        fixed[name] = found
    return fixed


def _by_content(
    grid: Grid,
    schema: Schema,
    match: Match,
    fixed: Mapping[str, RawColumn | None],
    samples: Mapping[int, RawColumn],
    taken: set[int],
    open_: Open,
) -> None:
    """Required or wished-for columns that no header names: the one column that can only be it."""
    free = [column for column in grid.columns if column.place not in taken]
    if "price" in schema.by_name and "price" not in match.columns and "price" not in fixed:
        priced = [column for column in free if carries_currency(samples[column.place])]
        if priced:
            _guess("price", schema.by_name["price"].label, priced, match, taken, open_)
    if "title" in schema.by_name and "title" not in match.columns and "title" not in fixed:
        worded = sorted((c for c in free if c.place not in taken), key=lambda c: -wordiness(samples[c.place]))
        worded = [column for column in worded if wordiness(samples[column.place]) >= 8]
        if worded:
            _guess("title", schema.by_name["title"].label, worded, match, taken, open_)


def _guess(name: str, label: str, candidates: list[RawColumn], match: Match, taken: set[int], open_: Open) -> None:
    best = candidates[0]
    match.columns[name], match.confidence[name] = best, 0.5
    taken.add(best.place)
    open_.settle(
        f"column:{name}",
        say(
            N_("No header names it: {name}. By its values it may be {header!r}; is it?"),
            name=say(label),
            header=best.header,
        ),
        tuple(column.header for column in candidates),
        best.header,
    )


def _ask_about_rivals(
    schema: Schema,
    match: Match,
    fixed: Mapping[str, RawColumn | None],
    scores: Mapping[tuple[str, int], float],
    at: Mapping[int, RawColumn],
    taken: set[int],
    open_: Open,
) -> None:
    """A required column, the number and the title are asked about where another header fits as well."""
    for name in dict.fromkeys([*(c.name for c in schema.columns if c.required), *schema.one_of]):
        if name in fixed or name not in match.columns or f"column:{name}" in open_.questions:
            continue
        own = scores.get((name, match.columns[name].place), 0.0)
        same = words_of(match.columns[name].header)  # "price_usd" beside "price" is no rival
        rivals = [
            place
            for (of, place), score in scores.items()
            if of == name
            and place not in taken
            and score >= max(own - _CLOSE, NAMED)
            and words_of(at[place].header) != same
        ]
        if rivals:
            options = (match.columns[name].header, *(at[p].header for p in rivals))
            open_.settle(
                f"column:{name}",
                say(N_("Which column is it: {name}?"), name=say(schema.by_name[name].label)),
                options,
                options[0],
            )


def _require(grid: Grid, schema: Schema, match: Match, samples: Mapping[int, RawColumn]) -> None:
    """Refuse a file that lacks a required column; a column is suggested only if its values could be it."""
    missing = [column for column in schema.columns if column.required and column.name not in match.columns]
    if not missing and schema.one_of and not any(name in match.columns for name in schema.one_of):
        missing = [schema.by_name[schema.one_of[-1]]]
    if not missing:
        return
    wanted = missing[0]
    headers = [column.header for column in grid.columns]
    said = {
        "name": say(wanted.label),
        "headers": ", ".join(headers[:12]) + (" …" if len(headers) > 12 else ""),
        "column": wanted.name,
    }
    taken = {column.place for column in match.columns.values()}
    fitting = [c for c in grid.columns if c.place not in taken and likeness(wanted, samples[c.place]) >= _FITS]
    if grid.headless:
        likely = (fitting or grid.columns)[-1].header
        raise Refusal(
            N_(
                "Its first row looks like data, not like column names: {first}. Add a line of names above it, such as "
                "id, title, price. If the row does hold the names: {with_names}. If there are none, say which column "
                "is which: {without}."
            ),
            first=", ".join(grid.preview[0][:6]) if grid.preview else "",
            with_names="answers={'header_row': '1'}",
            without=f"answers={{'header_row': 'none'}}, mapping={{'{wanted.name}': '{likely}'}}",
        )
    if not fitting:
        raise Refusal(
            N_(
                "No column was found for this: {name}. None of the columns that are left can be it by its values; "
                "its columns are: {headers}. Add one named {column!r} and export the table again."
            ),
            **said,
        )
    near = max(
        fitting,
        key=lambda column: max(
            difflib.SequenceMatcher(None, column.header.casefold(), word).ratio()
            for word in (wanted.name, *wanted.words)
        ),
    )
    raise Refusal(
        N_(
            "No column was found for this: {name}. The nearest is {near!r} ({place}); its columns are: "
            "{headers}. Say which one it is: mapping={{{column!r}: {near!r}}}."
        ),
        **said,
        near=near.header,
        place=column_letters(near.place),
    )
