"""How many sessions a day stand behind what listings sold: history and sessions on one scale."""

from typing import TYPE_CHECKING

import numpy as np

from crossborder.i18n import N_, Filled, numbers
from crossborder.market.protocols import PlainPolicy
from crossborder.market.simulate import simulate_market

if TYPE_CHECKING:
    from crossborder.market.view import View
    from crossborder.market.world import Market

SESSIONS_WITHOUT_SALES = 20_000
MOST_SESSIONS = 300_000_000


class _ConversionTimesRating(PlainPolicy):
    """The marketplace's old ranking, under which the listings are taken to have sold."""

    formula = "conversion * rating"

    def scores(self, view: "View") -> np.ndarray:
        return view.conversion() * view.rating


def orders_per_session(market: "Market") -> float:
    """Expected orders of the first day per session of an ordinary day, under conversion × rating.

    While history is frozen, expected orders are proportional to sessions. Tastes that differ inside a segment are
    left out: the expected engine does not know them.
    """
    plain = market.with_law(taste_spread=0.0)
    first_day = simulate_market(plain, _ConversionTimesRating(), days=1, engine="expected")
    return float(first_day.daily["orders"].sum() / market.sessions_per_day)


def with_sessions(market: "Market", units: float, days_of_sales: int, given: int) -> "Market":
    """The market with ``given`` sessions a day; 0 for as many as ``units`` sold over ``days_of_sales`` imply.

    ``sessions = (units / days_of_sales) / orders per session``. What was done is said in ``assumed``.
    """
    sold = units / days_of_sales
    per_session = orders_per_session(market) if units > 0 else 0.0
    values = {
        "sold": _few(sold),
        "units": numbers.count(units),
        "days": numbers.count(days_of_sales),
        "most": numbers.count(MOST_SESSIONS),
        "given": numbers.count(given),
        "expected": _few(given * per_session),
    }
    if given:
        sentence = SAID_GIVEN_AND_SOLD if units > 0 else SAID_GIVEN
        return _saying(market, Filled(sentence, **values))
    if per_session <= 0:
        return _saying(market, Filled(SAID_NO_SALES, sessions=numbers.count(SESSIONS_WITHOUT_SALES)))
    implied = sold / per_session
    sessions = min(implied, float(MOST_SESSIONS))
    scaled = market.countries["sessions_per_day"] * (sessions / market.sessions_per_day)
    market = market.unchecked(countries=market.countries.assign(sessions_per_day=scaled))
    sentence = SAID_IMPLIED if implied <= MOST_SESSIONS else SAID_TOO_MANY
    return _saying(market, Filled(sentence, **values, sessions=_few(implied)))


def without_sessions_said(assumed: tuple[str, ...]) -> tuple[str, ...]:
    """The sentences of a market but the one about its sessions: for a market that gets others."""
    about = (SAID_GIVEN, SAID_GIVEN_AND_SOLD, SAID_NO_SALES, SAID_IMPLIED, SAID_TOO_MANY)
    return tuple(s for s in assumed if not (isinstance(s, Filled) and s.template in about))


def _saying(market: "Market", sentence: str) -> "Market":
    return market.unchecked(assumed=(*market.assumed, sentence))


def _few(value: float) -> str:
    """A count that may be below ten and then has decimals."""
    return numbers.count(value) if value >= 10 or value == 0 else f"{value:.2g}"


SAID_GIVEN = N_("Sessions are {given} a day, as given; the file has no units sold to hold them against.")
SAID_GIVEN_AND_SOLD = N_(
    "Sessions are {given} a day, as given; {expected} orders are expected of them on the first day, while the listings "
    "sold {sold} a day ({units} units in an assumed {days} days)."
)
SAID_NO_SALES = N_("Sessions are assumed to be {sessions} a day: the file has no units sold that imply a number.")
SAID_IMPLIED = N_(
    "The listings sold {sold} orders a day ({units} units in an assumed {days} days): {sessions} sessions a day are "
    "assumed, so that as many orders are expected on the first day under conversion × rating."
)
SAID_TOO_MANY = N_(
    "The listings sold {sold} orders a day ({units} units in an assumed {days} days), which would take {sessions} "
    "sessions a day; {most} are assumed, the most a market may have."
)
