"""Calibrate a market: attention, price and rating effects from impressions, arrivals from sessions or orders."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crossborder.errors import BoundsError
from crossborder.i18n import N_, _, numbers
from crossborder.market.implied_sessions import without_sessions_said
from crossborder.market.law import REFERENCE_RATING
from crossborder.market.log_faults import check_spread, usable_impressions, usable_orders
from crossborder.market.observed import from_listings
from crossborder.market.protocols import PlainPolicy
from crossborder.market.simulate import simulate_market
from crossborder.market.view import View
from crossborder.market.world import Market
from crossborder.origin import Origin, assumed, estimated
from crossborder.result import Result

APPEAL_SPREAD = 0.5  # prior standard deviation of a listing's own appeal, utils
Z = 1.959963984540054
LABELS = {
    "attention_steepness": N_("How fast attention falls with the slot"),
    "click_level": N_("Level of clicks"),
    "click_price_elasticity": N_("Price elasticity of clicks"),
    "rating_effect_click": N_("Effect of one star on clicks"),
    "conversion_at_reference": N_("Orders per click at the reference price"),
    "order_price_elasticity": N_("Price elasticity of orders per click"),
    "rating_effect_order": N_("Effect of one star on orders"),
    "sessions_per_day": N_("Sessions per day"),
}


@dataclass(frozen=True, kw_only=True)
class Calibration(Result):
    """``market`` is the calibrated world; ``table`` has parameter, value, low, high and estimated (or assumed).

    ``left_out`` says which orders and sessions were left out, how many and why.
    """

    columns = {
        "parameter": N_("Parameter"),
        "value": N_("Value"),
        "low": N_("Low"),
        "high": N_("High"),
        "estimated": N_("Estimated"),
    }

    table: pd.DataFrame
    market: Market
    n_sessions: int
    n_clicks: int
    n_orders: int
    left_out: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        found = int(self.table["estimated"].sum())
        return _(
            "{found} of {all} numbers are estimated, from {sessions} sessions, {clicks} clicks and {orders} "
            "orders; the others stay assumed."
        ).format(
            found=found,
            all=len(self.table),
            sessions=numbers.count(self.n_sessions),
            clicks=numbers.count(self.n_clicks),
            orders=numbers.count(self.n_orders),
        )

    @property
    def origin(self) -> Mapping[str, Origin]:
        return {
            "*": estimated(
                "maximum likelihood of the session law", note=N_("95% intervals from the information matrix")
            ),
            "assumed": assumed(),
        }


def calibrate(orders: pd.DataFrame, listings: pd.DataFrame, impressions: pd.DataFrame | None = None) -> Calibration:
    """Which market makes such data?

    With impressions, the session law's likelihood is maximised: log P(click) = ln θ + u − ln(1 + Σ θ exp(u)) over
    slates, with a normal prior (0.5 utils) on each listing's own appeal, and a logistic regression of orders on clicks.
    Without impressions neither attention nor price effects can be told from exposure: they stay assumed, and only the
    number of sessions is set so that the model sells as many orders a day as the data, from the first to the last day.

    Orders without a date or of a listing that is not there, and sessions with a faulty row, are left out and counted.

    Parameters
    ----------
    orders : columns ordered_at (a date or time), listing_id; one row per order
    listings : a table as ``read_listings`` gives it, or its result
    impressions : columns session_id, slot (0 is the first), listing_id, price_usd, rating (1 to 5), clicked, ordered,
        and day and country where known; one row per listing shown

    Raises BoundsError where something is no table, a column is missing or there is nothing to estimate from.
    """
    base = from_listings(listings)
    base = base.unchecked(assumed=without_sessions_said(base.assumed))
    known = base.listings["listing_id"]
    orders, left_out = usable_orders(orders, known)
    rows = [(name, getattr(base.law, name), np.nan, np.nan, False) for name in LABELS if name != "sessions_per_day"]
    n_clicks, n_sessions = 0, 0
    if impressions is not None:
        good, faults = usable_impressions(impressions, known)
        left_out += faults
        log = _with_reference(good, base)
        check_spread(log)
        n_clicks, n_sessions = int(log["clicked"].sum()), impressions["session_id"].nunique()
        rows = [*_fit_clicks(log, base), *_fit_orders(log)]
        law = {name: _inside(base, name, value) for name, value, *_interval in rows}
        base = base.with_law(**law)
    if orders.empty and (impressions is None or "day" not in impressions):
        raise BoundsError(
            _("There are no orders to calibrate to. {why}").format(why=" ".join(map(_, left_out))).strip()
        )
    daily = orders["day"].value_counts()
    if len(daily):
        daily = daily.reindex(pd.date_range(daily.index.min(), daily.index.max()), fill_value=0)
    market, sessions = _with_arrivals(base, daily, impressions, n_sessions)
    table = pd.DataFrame([*rows, sessions], columns=["parameter", "value", "low", "high", "estimated"])
    return Calibration(
        table=table,
        market=market,
        n_sessions=n_sessions,
        n_clicks=n_clicks,
        n_orders=len(orders),
        left_out=tuple(left_out),
    )


class _BestSellersFirst(PlainPolicy):
    """The plainest ranking, for counting how many orders a session makes: by orders of 90 days."""

    formula = "orders_90d"

    def scores(self, view: View) -> np.ndarray:
        return view.total("orders", 90) + 1.0


def _with_reference(impressions: pd.DataFrame, base: Market) -> pd.DataFrame:
    reference = base.categories.set_index("category")["reference_price_usd"]
    of_listing = base.listings.set_index("listing_id")["category"].map(reference)
    log = impressions.assign(reference=impressions["listing_id"].map(of_listing))
    return log.assign(relative=log["price_usd"] / log["reference"] - 1.0, stars=log["rating"] - REFERENCE_RATING)


def _fit_clicks(log: pd.DataFrame, base: Market) -> list[tuple[str, float, float, float, bool]]:
    """Steepness, level, price slope, star effect and an own appeal for every listing, by penalised likelihood."""
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    session = pd.factorize(log["session_id"])[0]
    listing, names = pd.factorize(log["listing_id"])
    x = np.column_stack(
        [
            -np.log1p(log["slot"].to_numpy(float)),
            np.ones(len(log)),
            -log["relative"].to_numpy(float),
            log["stars"].to_numpy(float),
        ]
    )
    clicked = log["clicked"].to_numpy(bool)
    n_sessions, n_listings, n_main = session.max() + 1, len(names), x.shape[1]

    def chances(beta: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        u = x @ beta[:n_main] + beta[n_main:][listing]
        weight = np.exp(np.minimum(u, 50.0))
        crowd = 1.0 + np.bincount(session, weight, n_sessions)
        return u, crowd, weight / crowd[session]

    def loss(beta: np.ndarray) -> tuple[float, np.ndarray]:
        u, crowd, p = chances(beta)
        value = np.log(crowd).sum() - u[clicked].sum() + 0.5 * (beta[n_main:] ** 2).sum() / APPEAL_SPREAD**2
        surplus = p - clicked
        slope = np.concatenate(
            [x.T @ surplus, np.bincount(listing, surplus, n_listings) + beta[n_main:] / APPEAL_SPREAD**2]
        )
        return float(value), slope

    start = np.concatenate([[0.7, -2.5, 1.7, 0.3], np.zeros(n_listings)])
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500, "ftol": 1e-12}).x
    _u, _crowd, p = chances(best)
    design = csr_matrix((np.ones(len(log)), (np.arange(len(log)), listing)), shape=(len(log), n_listings))
    own = csr_matrix((p, (session, listing)), shape=(n_sessions, n_listings))
    mean = np.column_stack([np.bincount(session, p * x[:, k], n_sessions) for k in range(n_main)])
    main = x.T @ (p[:, None] * x) - mean.T @ mean
    cross = (design.T @ (p[:, None] * x)) - own.T @ mean
    appeal = np.diag(np.bincount(listing, p, n_listings) + APPEAL_SPREAD**-2) - (own.T @ own).toarray()
    spread = _spread(main - cross.T @ np.linalg.solve(appeal, cross))
    names_out = ("attention_steepness", "click_level", "click_price_elasticity", "rating_effect_click")
    signs = (1.0, 1.0, -1.0, 1.0)
    return [_estimate(name, sign * b, s) for name, sign, b, s in zip(names_out, signs, best, spread, strict=False)]


def _fit_orders(log: pd.DataFrame) -> list[tuple[str, float, float, float, bool]]:
    """Orders per click: logistic regression on price and stars by Newton's method."""
    clicks = log[log["clicked"].astype(bool)]
    if clicks["ordered"].all():
        raise BoundsError(
            _("Every click led to an order; give a log with clicks that did not, to estimate conversion.")
        )
    if clicks["ordered"].sum() < 10:
        raise BoundsError(
            _("Only {n} clicks led to an order; at least 10 are needed to estimate conversion.").format(
                n=int(clicks["ordered"].sum())
            )
        )
    x = np.column_stack([np.ones(len(clicks)), -clicks["relative"], clicks["stars"]])
    y = clicks["ordered"].to_numpy(float)
    beta = np.array([np.log(y.mean() / (1 - y.mean())), 0.0, 0.0])
    ridge = np.diag([0.0, 1e-3, 1e-3])  # keeps a constant rating or price from being undetermined
    for _step in range(50):
        p = 1.0 / (1.0 + np.exp(np.clip(-x @ beta, -50.0, 50.0)))
        information = x.T @ ((p * (1 - p))[:, None] * x) + ridge
        step = np.linalg.solve(information, x.T @ (y - p) - ridge @ beta)
        beta = beta + step
        if np.abs(step).max() < 1e-10:
            break
    spread = _spread(information)
    at_reference = 1.0 / (1.0 + np.exp(-(beta[0] + np.array([0.0, -Z, Z]) * spread[0])))
    value, low, high = (float(v) for v in at_reference)
    conversion = ("conversion_at_reference", value, low, high, True)
    elasticity = _estimate(
        "order_price_elasticity", -beta[1] * (1 - at_reference[0]), spread[1] * (1 - at_reference[0])
    )
    return [conversion, elasticity, _estimate("rating_effect_order", beta[2], spread[2])]


def _spread(information: np.ndarray) -> np.ndarray:
    """Standard errors from an information matrix."""
    try:
        variance = np.diag(np.linalg.inv(information))
    except np.linalg.LinAlgError:
        variance = np.array([np.nan])
    if not (variance > 0).all():
        raise BoundsError(
            _("The effects of slot, price and rating cannot be told apart in this log. Give one with more sessions.")
        )
    return np.sqrt(variance)


def _estimate(name: str, value: float, spread: float) -> tuple[str, float, float, float, bool]:
    return name, float(value), float(value - Z * spread), float(value + Z * spread), True


def _inside(base: Market, name: str, value: float) -> float:
    about = base.law.about()[name]
    return float(np.clip(value, about.low, about.high))


def _with_arrivals(
    base: Market, daily: pd.Series, impressions: pd.DataFrame | None, n_sessions: int
) -> tuple[Market, tuple[str, float, float, float, bool]]:
    """Sessions a day: counted where the log has days, otherwise set so that modelled orders meet the observed ones."""
    countries = base.countries
    if impressions is not None and "day" in impressions and impressions["day"].notna().any():
        n_days = max(impressions["day"].nunique(), 1)
        value, spread = n_sessions / n_days, np.sqrt(n_sessions) / n_days
        if "country" in impressions:
            seen = impressions.drop_duplicates("session_id")["country"].value_counts(normalize=True)
            known = countries["country"].map(seen).fillna(0.0)
            if known.sum() > 0:
                countries = (
                    countries[known > 0]
                    .assign(sessions_per_day=known[known > 0] / known.sum(), payment_coverage=1.0)
                    .reset_index(drop=True)
                )
    else:
        modelled = simulate_market(base, _BestSellersFirst(), days=7, engine="expected").platform["orders"].mean()
        value = base.sessions_per_day * daily.mean() / modelled
        spread = (
            base.sessions_per_day / modelled * daily.std(ddof=1) / np.sqrt(len(daily)) if len(daily) > 1 else np.nan
        )
    share = countries["sessions_per_day"] / countries["sessions_per_day"].sum()
    return base.replace(countries=countries.assign(sessions_per_day=share * value)), _estimate(
        "sessions_per_day", value, spread
    )
