"""Parameters that know their bound, unit, label and origin, so that a slider and a check can never disagree."""

import base64
import dataclasses
import datetime as dt
import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Self

from crossborder.bounds import About, check_group, check_table, checked
from crossborder.errors import BoundsError, MissingTableError, nearest, nearest_are, shortened
from crossborder.i18n import _
from crossborder.origin import Origin, assumed, stated
from crossborder.plain import from_plain, read_json, read_plain, table_checksum, to_plain

if TYPE_CHECKING:
    import pandas as pd


def param(
    default: float | None,
    low: float,
    high: float,
    *,
    label: str,
    unit: str = "",
    step: float | None = None,
    fact: str = "",
    origin: Origin | None = None,
    help: str = "",
    log: bool = False,
    main: bool = False,
) -> Any:
    """Declare one bounded number; a whole one when default and bounds are ``int``.

    A default of None leaves the number open: the scenario's ``settled`` says what it is then.
    ``fact`` names the statement that the default comes from, ``origin`` says it otherwise (assumed if neither).
    ``log`` puts the slider on a logarithmic scale; ``main`` marks the few controls shown first.
    """
    whole = all(isinstance(x, int) for x in (default, low, high) if x is not None)
    about = About(
        kind="whole" if whole else "number",
        label=label,
        low=low,
        high=high,
        step=step or (1 if whole else (high - low) / 100),
        unit=unit,
        origin=origin or (stated(fact) if fact else assumed()),
        help=help,
        log=log,
        main=main,
        optional=default is None,
    )
    return field(default=default, metadata={"about": about})


def choice(
    default: str,
    options: Mapping[str, str],
    *,
    label: str,
    origin: Origin | None = None,
    help: str = "",
    main: bool = False,
) -> Any:
    """Declare a choice: ``options`` maps each value to its label (a message id)."""
    about = About(kind="choice", label=label, options=options, origin=origin or assumed(), help=help, main=main)
    return field(default=default, metadata={"about": about})


def flag(default: bool, *, label: str, origin: Origin | None = None, help: str = "", main: bool = False) -> Any:
    """Declare a yes or no."""
    about = About(kind="flag", label=label, origin=origin or assumed(), help=help, main=main)
    return field(default=default, metadata={"about": about})


def day(
    default: dt.date, low: dt.date, high: dt.date, *, label: str, fact: str = "", help: str = "", main: bool = False
) -> Any:
    """Declare a calendar day."""
    origin = stated(fact) if fact else assumed()
    about = About(kind="day", label=label, low=low, high=high, origin=origin, help=help, main=main)
    return field(default=default, metadata={"about": about})


def formula(
    default: str,
    *,
    label: str,
    check: Callable[[str], Any] | None = None,
    origin: Origin | None = None,
    help: str = "",
    main: bool = False,
) -> Any:
    """Declare a formula written as text (a ranking policy); ``check`` raises where it cannot be read."""
    about = About(kind="formula", label=label, origin=origin or assumed(), help=help, main=main)
    return field(default=default, metadata={"about": about, "check": check})


def table(default_factory: Callable[[], Any], *, label: str, origin: Origin | None = None, help: str = "") -> Any:
    """Declare a table or a world of tables; it has no slider, and goes into a link by checksum."""
    about = About(kind="table", label=label, origin=origin or assumed(), help=help)
    return field(default_factory=default_factory, metadata={"about": about})


def nested(default_factory: Callable[[], "Params"], *, label: str, help: str = "") -> Any:
    """Declare a group of parameters that is itself a ``Params``."""
    about = About(kind="group", label=label, help=help)
    return field(default_factory=default_factory, metadata={"about": about, "make": default_factory})


@dataclass(frozen=True, kw_only=True)
class Params:
    """Base of every scenario: frozen, keyword-only, checked on construction.

    >>> from crossborder.i18n import N_
    >>> @dataclass(frozen=True, kw_only=True)
    ... class Duty(Params):
    ...     duty_rate: float = param(0.1, 0.0, 0.6, label=N_("Import duty"), unit="share")
    >>> Duty(duty_rate=2)
    Traceback (most recent call last):
    crossborder.errors.BoundsError: duty_rate must be between 0 and 0.6; got 2. Choose a value inside these bounds.
    """

    def __new__(cls, /, *values: Any, **named: Any) -> Self:
        """Names are checked before Python's own message would speak of ``__init__``."""
        if values:
            raise BoundsError(
                _("{kind} takes parameters by name, as {kind}({first}={value}).").format(
                    kind=cls.__name__, first=next(iter(cls.about()), "name"), value=shortened(values[0])
                )
            )
        cls._check_names(named)
        return super().__new__(cls)

    def __init_subclass__(cls, **options: Any) -> None:
        """A dataclass would write out every parameter; a scenario shows what it changes."""
        super().__init_subclass__(**options)
        if "__repr__" not in vars(cls):
            cls.__repr__ = Params.__repr__  # type: ignore[method-assign]

    def __repr__(self) -> str:
        """Only what differs from the defaults: ``PolicyChangeScenario(days=30)``."""
        tables = {n: getattr(self, n) for n, about in self.about().items() if about.kind == "table"}
        said = [f"{name}={value!r}" for name, value in self.changed().items()]
        said += [f"{name}=<{type(value).__name__}>" for name, value in tables.items() if value is not None]
        return f"{type(self).__name__}({', '.join(said)})"

    def __post_init__(self) -> None:
        for f in dataclasses.fields(self):
            about = f.metadata.get("about")
            if about is not None:
                if about.kind == "table":
                    check_table(f.name, getattr(self, f.name), f.type)
                value = checked(f.name, getattr(self, f.name), about, f.metadata.get("check"))
                object.__setattr__(self, f.name, value)
                if about.kind == "group":
                    check_group(f.name, value, _kind_of_group(f.metadata["make"]))

    @classmethod
    def about(cls) -> dict[str, About]:
        """What each parameter knows of itself, by name, in order of declaration."""
        return {f.name: f.metadata["about"] for f in dataclasses.fields(cls) if "about" in f.metadata}

    def replace(self, /, **changes: Any) -> Self:
        """The same scenario with some values changed; the bounds are checked again."""
        self._check_names(changes)
        return dataclasses.replace(self, **changes)

    @classmethod
    def _check_names(cls, names: Mapping[str, Any]) -> None:
        """BoundsError for a name that no parameter has, with the nearest ones; one of a group says which group."""
        known = [f.name for f in dataclasses.fields(cls)]
        for name in sorted(set(names) - set(known)):
            groups = [(f.name, f.metadata["make"]) for f in dataclasses.fields(cls) if "make" in f.metadata]
            kinds = [(group, _kind_of_group(make)) for group, make in groups]
            inside = [f"{group}={kind.__name__}({name}=...)" for group, kind in kinds if name in kind.about()]
            hint = nearest_are(inside) or nearest(name, known)
            said = _("{name} is not a parameter here. Known: {known}.").format(name=name, known=", ".join(cls.about()))
            raise BoundsError(said + hint)

    def settled(self) -> Self:
        """The same scenario with the numbers that it leaves open filled in."""
        return self

    def changed(self) -> dict[str, Any]:
        """Only the values that differ from their defaults: what a notebook line has to state."""
        tables = {name: getattr(self, name) for name, about in self.about().items() if about.kind == "table"}
        start = type(self)(**tables).settled()
        return {
            name: getattr(self, name)
            for name, about in self.about().items()
            if about.kind != "table" and getattr(self, name) not in (None, getattr(start, name))
        }

    def to_dict(self, *, tables: str = "checksum") -> dict[str, Any]:
        """Plain values with a type tag. ``tables="content"`` writes tables whole instead of by checksum."""
        if tables not in ("checksum", "content"):
            raise BoundsError(
                _("{name} must be one of {options}; got {value}.").format(
                    name="tables", options="checksum, content", value=shortened(tables)
                )
            )
        return to_plain(self, None if tables == "content" else _by_checksum)

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any], *, find_table: "Callable[[str], pd.DataFrame] | None" = None) -> Self:
        """The scenario that ``to_dict`` wrote; its bounds are checked like any other's."""
        return read_plain(plain, cls, find_table)

    def to_json(self, *, tables: str = "checksum") -> str:
        """Short JSON of the whole scenario, but for tables (your own listings): of them it holds the checksum only.

        ``tables="content"`` writes them whole, and then the text alone is enough to read the scenario again.
        """
        return json.dumps(self.to_dict(tables=tables), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str, *, find_table: "Callable[[str], pd.DataFrame] | None" = None) -> Self:
        """The scenario from its JSON.

        ``find_table`` gives the table of a checksum, as ``xb.data.find_table`` does for what ``xb.data.keep_table``
        kept. Raises UnreadableError for a text that is cut or holds something else, MissingTableError for a table that
        is not at hand, BoundsError for a value outside its bounds.
        """
        return read_json(text, cls, find_table)

    def to_link(self) -> str:
        """The changed values as one query value, safe in an address: ``scenario=<this>``; frames go by checksum."""
        import pandas as pd

        short = {name: to_plain(value, _by_checksum) for name, value in self.changed().items()}
        tables = {name: getattr(self, name) for name, about in self.about().items() if about.kind == "table"}
        short |= {name: _by_checksum(value) for name, value in tables.items() if isinstance(value, pd.DataFrame)}
        packed = zlib.compress(json.dumps(short, ensure_ascii=False, separators=(",", ":")).encode(), 9)
        return base64.urlsafe_b64encode(packed).decode().rstrip("=")

    @classmethod
    def from_link(cls, text: str, *, find_table: "Callable[[str], pd.DataFrame] | None" = None) -> Self:
        """The scenario from a link's value.

        Raises BoundsError for a damaged link or a value outside its bounds, FormulaError for a formula that cannot be
        read, MissingTableError for a table that is not at hand: each with a sentence.
        """
        try:
            packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            unpacker = zlib.decompressobj()
            short = json.loads(unpacker.decompress(packed, 100_000))
            changes = {name: from_plain(value, find_table) for name, value in short.items()}
        except MissingTableError:
            raise
        except (
            ValueError,
            zlib.error,
            AttributeError,
            TypeError,
            LookupError,
            ArithmeticError,
            RecursionError,
        ) as damage:
            raise BoundsError(
                _("The scenario in this link cannot be read; it may have been cut. Copy it again.")
            ) from damage
        return cls().replace(**changes)


def _by_checksum(frame: "pd.DataFrame") -> dict[str, str]:
    return {"$table": table_checksum(frame)}


@cache
def _kind_of_group(make: Callable[[], Params]) -> type[Params]:
    return type(make())
