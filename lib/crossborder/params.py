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

from crossborder.bounds import About, check_group, checked
from crossborder.errors import BoundsError, MissingTableError
from crossborder.i18n import _
from crossborder.origin import Origin, assumed, stated
from crossborder.plain import from_plain, table_checksum, to_plain

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

    def __post_init__(self) -> None:
        for f in dataclasses.fields(self):
            about = f.metadata.get("about")
            if about is not None:
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
        unknown = sorted(set(changes) - {f.name for f in dataclasses.fields(self)})
        if unknown:
            known = ", ".join(self.about())
            raise BoundsError(_("{name} is not a parameter here. Known: {known}.").format(name=unknown[0], known=known))
        return dataclasses.replace(self, **changes)

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
        return to_plain(self, None if tables == "content" else _by_checksum)

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any], *, find_table: "Callable[[str], pd.DataFrame] | None" = None) -> Self:
        """The scenario that ``to_dict`` wrote; its bounds are checked like any other's."""
        scenario = from_plain(dict(plain), find_table)
        if not isinstance(scenario, cls):
            raise ValueError(
                _("The text holds a {found}, not a {wanted}.").format(
                    found=type(scenario).__name__, wanted=cls.__name__
                )
            )
        return scenario

    def to_json(self) -> str:
        """Short JSON of the whole scenario."""
        return json.dumps(self.to_dict(), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str, *, find_table: "Callable[[str], pd.DataFrame] | None" = None) -> Self:
        """The scenario from its JSON."""
        return cls.from_dict(json.loads(text), find_table=find_table)

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
