"""Market: the frozen world of tidy tables in which shoppers meet listings."""

import copy
import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
import pandas as pd

from crossborder.errors import BoundsError
from crossborder.i18n import _
from crossborder.market.law import SessionLaw
from crossborder.market.sellers import SellerBehaviour

WINDOWS_DAYS = (7, 30, 90)
HISTORY_MEASURES = ("impressions", "clicks", "carts", "orders", "gmv_cents")
N_TASTES = 16
# Tags that have a meaning in every market, whether or not a listing carries them yet
TAGS = ("dispatch_72h", "overseas_warehouse", "free_shipping", "plus", "promotion")

LISTING_COLUMNS = (
    "listing_id", "title", "store_id", "category", "price_usd", "cost_usd", "quality", "appeal", "first_listed",
    "dispatch_hours", "stock_country", "stock_units", "tags",
)  # fmt: skip
STORE_COLUMNS = ("store_id", "medal", "specialisation", "own_brand", "opened_on")
CATEGORY_COLUMNS = (
    "category",
    "reference_price_usd",
    "commission_rate",
    "query_share",
    "season_amplitude",
    "peak_month",
)
COUNTRY_COLUMNS = (
    "country", "zone", "southern", "sessions_per_day", "price_sensitivity", "delivery_patience", "shipping_usd",
    "delivery_days", "payment_coverage",
)  # fmt: skip
SEGMENT_COLUMNS = ("segment", "share", "price_sensitivity")
SEARCH_COLUMNS = ("search", "tag", "share")


@dataclass(frozen=True, kw_only=True)
class Market:
    """A world of listings, stores, categories, countries and segments, with what has happened in it so far.

    ``history`` has one row per listing, in the order of ``listings``: reviews, stars (their sum) and, for windows of 7,
    30 and 90 days, impressions, clicks, carts, orders and gmv_cents, named like ``orders_30``. ``quality`` and
    ``appeal`` are true values that no policy may read. ``tastes`` (listings x 16) and ``segment_tastes``
    (segments x 16) say who likes what; ``country_tastes`` (countries x 16, optional) adds what a country likes more
    than others. ``searches`` (optional: search, tag, share of all sessions) are searches beyond one per category; each
    finds the listings that carry its tag. Open carts (country-segment x listing), customers and fans (country-segment
    x store) are integer stocks. ``assumed`` lists what had to be assumed, as sentences.

    A market is frozen and has tables of its own: what you later do to a table that you handed over does not reach it.
    Python cannot stop you from writing into ``market.listings``; don't, since nothing checks what you write there.
    Change a copy and make another market of it.

    >>> from crossborder.market import make_market
    >>> market = make_market(n_stores=5)
    >>> dearer = market.replace(listings=market.listings.assign(price_usd=market.listings["price_usd"] * 1.1))
    >>> market
    <Market: 5 stores, 18 listings, 8 categories, 4 countries; made up>
    """

    listings: pd.DataFrame
    stores: pd.DataFrame
    categories: pd.DataFrame
    countries: pd.DataFrame
    segments: pd.DataFrame
    history: pd.DataFrame
    tastes: np.ndarray
    segment_tastes: np.ndarray
    law: SessionLaw = field(default_factory=SessionLaw)
    sellers: SellerBehaviour = field(default_factory=SellerBehaviour)
    starts_on: dt.date = dt.date(2018, 4, 1)
    observed: bool = False
    assumed: tuple[str, ...] = ()
    open_carts: np.ndarray | None = None
    customers: np.ndarray | None = None
    fans: np.ndarray | None = None
    country_tastes: np.ndarray | None = None
    searches: pd.DataFrame | None = None

    def __post_init__(self) -> None:
        for name, wanted in (
            ("listings", LISTING_COLUMNS),
            ("stores", STORE_COLUMNS),
            ("categories", CATEGORY_COLUMNS),
            ("countries", COUNTRY_COLUMNS),
            ("segments", SEGMENT_COLUMNS),
            ("searches", SEARCH_COLUMNS),
        ):
            frame = getattr(self, name)
            if name == "searches" and frame is None:
                continue
            check_table(name, frame, wanted)
            object.__setattr__(self, name, frame.copy(deep=False))  # copied when either side is written to
        check_table("history", self.history, (), rows=False)
        object.__setattr__(self, "history", self.history.copy(deep=False))
        for frame, key in (
            (self.listings, "listing_id"), (self.stores, "store_id"), (self.categories, "category"),
            (self.countries, "country"), (self.segments, "segment"),
        ):  # fmt: skip
            double = frame[key][frame[key].duplicated()]
            if len(double):
                raise BoundsError(
                    _("{key} {value!r} stands twice; each may stand once.").format(key=key, value=double.iloc[0])
                )
        for column, frame, key in (("store_id", self.stores, "store_id"), ("category", self.categories, "category")):
            unknown = self.listings[column][~self.listings[column].isin(frame[key])]
            if len(unknown):
                raise BoundsError(
                    _("A listing names the {column} {value!r}, which has no row of its own.").format(
                        column=column, value=unknown.iloc[0]
                    )
                )
        if len(self.history) != len(self.listings) or self.tastes.shape != (len(self.listings), N_TASTES):
            raise BoundsError(
                _("history and tastes need one row for each of the {n} listings.").format(n=len(self.listings))
            )
        if self.country_tastes is not None and self.country_tastes.shape != (len(self.countries), N_TASTES):
            raise BoundsError(
                _("country_tastes needs one row of {k} for each of the {n} countries.").format(
                    k=N_TASTES, n=len(self.countries)
                )
            )
        if self.searches is not None and not (
            (self.searches["share"] >= 0).all() and self.searches["share"].sum() <= 1
        ):
            raise BoundsError(
                _("The shares of searches must be at least 0 and sum to at most 1; they sum to {total:g}.").format(
                    total=self.searches["share"].sum()
                )
            )
        self.check_prices()
        self._check_numbers()
        self._check_stocks()

    def check_prices(self) -> None:
        """Prices are above 0; a run asks again, in case somebody wrote into the table."""
        prices = self.listings["price_usd"].to_numpy(float)
        if not (np.isfinite(prices) & (prices > 0)).all():
            raise BoundsError(_("price_usd must be above 0 in every listing."))

    def _check_numbers(self) -> None:
        """Numbers that are none would spread through a run unseen; amounts and sizes cannot be negative."""
        for frame, names, negative in (
            (self.listings, ("quality", "appeal"), True),
            (self.listings, ("cost_usd", "dispatch_hours", "stock_units"), False),
            (
                self.categories,
                ("reference_price_usd", "commission_rate", "query_share", "season_amplitude", "peak_month"),
                False,
            ),
            (self.countries, COUNTRY_COLUMNS[3:], False),
            (self.segments, ("share", "price_sensitivity"), False),
        ):
            for name in names:
                values = frame[name].to_numpy(float)
                wrong = ~np.isfinite(values) | ((values < 0) & (not negative))
                if wrong.any():
                    raise BoundsError(
                        _("{name} must be a number{rule} in every row; row {row} has {value}.").format(
                            name=name,
                            rule="" if negative else _(" of at least 0"),
                            row=int(wrong.argmax()),
                            value=values[wrong][0],
                        )
                    )
        if self.listings["first_listed"].isna().any():
            raise BoundsError(_("first_listed must be a date in every listing."))

    def _check_stocks(self) -> None:
        rows = len(self.countries) * len(self.segments)
        for name, columns in (
            ("open_carts", len(self.listings)),
            ("customers", len(self.stores)),
            ("fans", len(self.stores)),
        ):
            values = getattr(self, name)
            if values is not None and (np.shape(values) != (rows, columns) or not (np.asarray(values) >= 0).all()):
                raise BoundsError(
                    _(
                        "{name} must hold counts of at least 0 in {rows} rows (country x segment) "
                        "and {columns} columns."
                    ).format(name=name, rows=rows, columns=columns)
                )

    def replace(self, /, **changes: Any) -> Self:
        """The same world with some tables or settings replaced; all rules are checked again."""
        known = [f.name for f in dataclasses.fields(self)]
        unknown = [name for name in changes if name not in known]
        if unknown:
            refuse_law_parameters(unknown, "market")
            raise BoundsError(
                _("{name} is not a part of a market. Known: {known}.").format(name=unknown[0], known=", ".join(known))
            )
        return dataclasses.replace(self, **changes)

    def unchecked(self, **changes: Any) -> Self:
        """``replace`` for changes that cannot break a rule: looking through all tables again takes milliseconds."""
        same = copy.copy(self)
        for name, value in changes.items():
            object.__setattr__(same, name, value)
        return same

    def with_law(self, **changes: Any) -> Self:
        """The same world under a session law with some parameters changed.

        >>> from crossborder.market import make_market
        >>> make_market(n_stores=5).with_law(n_slots=10).law.n_slots
        10
        """
        return self.unchecked(law=self.law.replace(**changes))

    def __repr__(self) -> str:
        return _(
            "<Market: {stores} stores, {listings} listings, {categories} categories, {countries} countries; {kind}>"
        ).format(
            stores=len(self.stores), listings=len(self.listings), categories=len(self.categories),
            countries=len(self.countries), kind=_("from your listings") if self.observed else _("made up"),
        )  # fmt: skip

    @property
    def tags(self) -> list[str]:
        """Tags that its listings carry, those that every market knows first."""
        carried = {tag for text in self.listings["tags"].dropna().unique() for tag in str(text).split()}
        return sorted(carried, key=lambda tag: (tag.split(":")[0] not in TAGS, tag))

    @property
    def n_listings(self) -> int:
        """How many listings the world starts with."""
        return len(self.listings)

    @property
    def sessions_per_day(self) -> float:
        """Mean sessions of an ordinary day, all countries."""
        return float(self.countries["sessions_per_day"].sum())


def check_table(name: str, frame: Any, wanted: Sequence[str], rows: bool = True) -> None:
    """A table with the wanted columns and, mostly, at least one row; BoundsError otherwise."""
    if not isinstance(frame, pd.DataFrame):
        raise BoundsError(
            _("{name} must be a table (a pandas DataFrame), not {found}.").format(name=name, found=type(frame).__name__)
        )
    missing = [column for column in wanted if column not in frame.columns]
    if missing:
        raise BoundsError(
            _("{name} lacks the column {column}; it needs {wanted}.").format(
                name=name, column=missing[0], wanted=", ".join(wanted)
            )
        )
    if rows and frame.empty:
        raise BoundsError(_("{name} has no rows; a market needs at least one.").format(name=name))


def refuse_law_parameters(names: Iterable[str], market: str) -> None:
    """BoundsError that shows the way where a name is one of the session law's; ``market`` is what stands before it."""
    for name in names:
        if name in SessionLaw.about():
            raise BoundsError(
                _("{name} belongs to how buyers choose: write {market}.with_law({name}=...).").format(
                    name=name, market=market
                )
            )


def empty_history(n_listings: int) -> pd.DataFrame:
    """No impressions, no reviews: the history of listings that nobody has seen."""
    names = ["reviews", "stars", *(f"{m}_{w}" for w in WINDOWS_DAYS for m in HISTORY_MEASURES)]
    return pd.DataFrame(0, index=range(n_listings), columns=names, dtype="int64")


def has_tag(tags: pd.Series | np.ndarray, tag: str) -> np.ndarray:
    """Which listings carry a tag; tags stand in one text, separated by spaces."""
    wanted = f" {tag} "
    return np.array([wanted in f" {words} " for words in np.asarray(tags, dtype=object)], dtype=bool)
