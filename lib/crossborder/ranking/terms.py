"""Scores as readable formulas: terms that multiply, add and take powers, and print as they are written."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Union

import numpy as np

from crossborder.errors import FormulaError
from crossborder.i18n import _
from crossborder.market.view import View

Operand = Union["Score", float, int]
LARGEST_NUMBER = 1e12
LARGEST_POWER = 10
_STRENGTH = {"+": 1, "*": 2, "/": 2, "**": 3, "": 4}


@dataclass(frozen=True)
class Score:
    """A score per listing. ``text`` is its formula, ``values`` computes it from what a policy may see.

    ``tags`` are those that its boosts name; ``number`` is its value where it is a plain number.
    """

    text: str
    values: Callable[[View], np.ndarray]
    operator: str = ""
    tags: frozenset[str] = frozenset()
    number: float | None = None

    def __mul__(self, other: Operand) -> "Score":
        return _joined(self, "*", as_score(other), np.multiply)

    def __rmul__(self, other: Operand) -> "Score":
        return _joined(as_score(other), "*", self, np.multiply)

    def __truediv__(self, other: Operand) -> "Score":
        below = as_score(other)
        if below.number == 0:
            raise _by_zero(f"{self} / {below}")
        return _joined(self, "/", below, np.divide)

    def __rtruediv__(self, other: Operand) -> "Score":
        return as_score(other) / self

    def __add__(self, other: Operand) -> "Score":
        return _joined(self, "+", as_score(other), np.add)

    def __radd__(self, other: Operand) -> "Score":
        return _joined(as_score(other), "+", self, np.add)

    def __pow__(self, exponent: Operand) -> "Score":
        power = as_score(exponent)
        if power.number is None or abs(power.number) > LARGEST_POWER:
            raise FormulaError(
                _("A power must be a number between -10 and 10; got {part}.").format(part=f"{power.text:.40}")
            )
        if self.number == 0 and power.number < 0:
            raise _by_zero(f"{self} ** {power}")
        return _joined(self, "**", power, np.power)

    def __str__(self) -> str:
        return self.text


def as_score(value: Operand) -> Score:
    """A number as a score that is the same for every listing."""
    if isinstance(value, Score):
        return value
    if not is_number(value, -LARGEST_NUMBER, LARGEST_NUMBER):
        raise FormulaError(
            _("A formula takes terms and numbers up to {limit:g}; got {value}.").format(
                limit=LARGEST_NUMBER, value=shown(value)
            )
        )
    return Score(written(value), lambda _view: np.array(float(value)), number=float(value))


def is_number(value: object, low: float, high: float) -> bool:
    """Whether a value is a number (no truth value, not NaN) between two bounds."""
    return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high


def written(value: float) -> str:
    """A number as short as it can be written without changing it."""
    short = f"{value:g}"
    return short if float(short) == value else repr(value)


def shown(value: object) -> str:
    """A value as an error names it: short, a score by its formula."""
    return value.text if isinstance(value, Score) else f"{value!r:.40}"


def _by_zero(part: str) -> FormulaError:
    return FormulaError(
        _("{part} divides by zero, which has no value. Divide by a term or by another number.").format(part=part)
    )


def _joined(left: Score, sign: str, right: Score, compute: Callable) -> Score:
    def in_brackets(side: Score, tighter: bool) -> str:
        weaker = _STRENGTH[side.operator] < _STRENGTH[sign] or (tighter and _STRENGTH[side.operator] == _STRENGTH[sign])
        weaker |= sign == "**" and side is left and side.text.startswith("-")
        return f"({side.text})" if weaker else side.text

    text = f"{in_brackets(left, sign == '**')} {sign} {in_brackets(right, sign in '/')}"
    return Score(text, lambda view: compute(left.values(view), right.values(view)), sign, left.tags | right.tags)


def _boost_values(tag: str, factor: float) -> Callable[[View], np.ndarray]:
    return lambda view: np.where(view.has_tag(tag), factor, 1.0)


def boost(tag: str, factor: float) -> Score:
    """Multiply the score of listings that carry ``tag`` by ``factor``.

    Tags: dispatch_72h, overseas_warehouse, free_shipping (by country), plus, promotion, or any of the market's own.
    A run refuses a tag that is none of these and that no listing of its market carries.

    >>> str(boost("dispatch_72h", 1.2))
    "boost('dispatch_72h', 1.2)"
    """
    if not isinstance(tag, str) or not tag or any(ch.isspace() for ch in tag):
        raise FormulaError(
            _("boost needs the name of a tag in quotation marks, without spaces; got {tag}.").format(tag=shown(tag))
        )
    if not is_number(factor, 1e-6, 100.0):
        raise FormulaError(
            _("boost needs a factor above 0 and at most 100; got {factor}.").format(factor=shown(factor))
        )
    name = f"boost({tag!r}, {written(factor)})"
    return Score(name, _boost_values(tag, float(factor)), tags=frozenset({tag}))


def medal_boost(silver: float, gold: float) -> Score:
    """Multiply the score of listings of silver and gold stores."""
    for factor in (silver, gold):
        if not is_number(factor, 1e-6, 100.0):
            raise FormulaError(
                _("medal_boost needs factors above 0 and at most 100; got {factor}.").format(factor=shown(factor))
            )
    factors = np.array([1.0, silver, gold])
    return Score(f"medal_boost({written(silver)}, {written(gold)})", lambda view: factors[np.clip(view.medal, 0, 2)])


def tilt(gamma: float) -> Score:
    """Resources to the strong: the store's sales of 90 days (plus ten orders) to the power gamma; 0 tilts nothing."""
    if not is_number(gamma, 0.0, 5.0):
        raise FormulaError(_("tilt needs a power between 0 (no tilt) and 5; got {gamma}.").format(gamma=shown(gamma)))
    return Score(
        f"tilt({written(gamma)})",
        lambda view: ((view.store_orders + 10.0) / (view.store_orders + 10.0).mean()) ** gamma,
    )


conversion = Score("conversion", lambda view: view.conversion())
click_rate = Score("click_rate", lambda view: view.click_rate())
rating = Score("rating", lambda view: view.rating)
price = Score("price", lambda view: view.price_usd)
# One unsold dollar for everybody, so that a listing without sales still has a place in the order.
gmv_30d = Score("gmv_30d", lambda view: view.total("gmv_cents", 30) / 100.0 + 1.0)
gmv_90d = Score("gmv_90d", lambda view: view.total("gmv_cents", 90) / 100.0 + 1.0)
orders_90d = Score("orders_90d", lambda view: view.total("orders", 90) + 1.0)
season = Score("season", lambda view: np.maximum(view.season, 0.05))
store_weight = Score(
    "store_weight", lambda view: (view.store_gmv_cents / 100.0 + 100.0) / (view.store_gmv_cents / 100.0 + 100.0).mean()
)
freshness = Score("freshness", lambda view: 1.0 + np.exp(-np.maximum(view.age_days, 0) / 14.0))
chance = Score("chance", lambda view: np.ones(view.n_listings))

TERMS = {
    term.text: term
    for term in (
        conversion,
        click_rate,
        rating,
        price,
        gmv_30d,
        gmv_90d,
        orders_90d,
        season,
        store_weight,
        freshness,
        chance,
    )
}
MAKERS = {"boost": boost, "medal_boost": medal_boost, "tilt": tilt}
