"""What a kind of file consists of: its columns, their names in seven languages, and what their values may be."""

from dataclasses import dataclass, field

# ``money`` carries a currency; ``share`` is kept as 0 to 1; ``tags`` and ``countries`` are lists in text.
KINDS = ("id", "text", "tags", "money", "currency", "count", "number", "share", "flag", "day", "country", "countries")


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: ``words`` are header names, the best first; a value outside the bounds refuses its row.

    ``zero_words`` are texts that mean nothing is charged. ``scales`` allows ratings out of ten or in percent.
    """

    name: str
    kind: str
    label: str
    words: tuple[str, ...] = ()
    required: bool = False
    low: float | None = None
    high: float | None = None
    zero_words: tuple[str, ...] = ()
    scales: bool = False
    example: str = ""


@dataclass(frozen=True, kw_only=True)
class Schema:
    """A kind of file. ``one_of`` lists columns of which at least one must be there."""

    name: str
    label: str
    columns: tuple[Column, ...]
    one_of: tuple[str, ...] = ()
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})
