"""The personalised feed: three shoppers, three feeds, and how many sessions it takes to know somebody."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crossborder.i18n import N_, _, numbers
from crossborder.market.arrays import Arrays
from crossborder.market.history import History
from crossborder.market.make import MarketScenario, make_market
from crossborder.market.simulate import simulate_market
from crossborder.market.view import View
from crossborder.market.world import N_TASTES, Market
from crossborder.origin import Origin, simulated, stated
from crossborder.params import Params, nested, param
from crossborder.ranking.places_and_goods import CATEGORY_NAMES
from crossborder.ranking.policies import policy
from crossborder.ranking.shared_seed import shared_seed
from crossborder.ranking.taste_learning import Belief, Cards, learn_tastes
from crossborder.result import Result
from crossborder.statistics.intervals import mean_interval

FACTS = ("joom-personalised-feed", "joom-personalisation-more-time-better", "joom-time-in-app-drives-buyers")
RULE = "click_rate * conversion * rating"
METHODS = {
    "one_for_all": N_("one feed for all"),
    "greedy": N_("what fits best so far"),
    "thompson": N_("with curiosity (Thompson sampling)"),
}
# Three invented shoppers: the categories they like.
SHOPPERS = {
    "parent": (N_("a parent: toys, things for the home"), ("toys", "home_kitchen")),
    "runner": (N_("a runner: sports, electronics"), ("sports_outdoor", "phones_electronics")),
    "dresser": (N_("somebody who dresses up: clothes, jewellery"), ("womens_clothing", "jewellery")),
}
FEED_CARDS = 6


@dataclass(frozen=True, kw_only=True)
class PersonalFeedScenario(Params):
    """How different shoppers are, how often they come, and how the feed finds out."""

    n_sessions: int = param(60, 5, 300, label=N_("Sessions of a shopper"), unit=N_("sessions"), main=True)
    taste_spread: float = param(
        1.0, 0.1, 2.0, step=0.1, label=N_("How different shoppers are"), unit=N_("standard deviations"), main=True
    )
    taste_effect: float = param(
        0.6, 0.0, 2.0, step=0.1, label=N_("Strength of taste in a click"), unit=N_("utils"), main=True
    )
    curiosity: float = param(
        0.5,
        0.0,
        3.0,
        step=0.1,
        label=N_("Curiosity of the feed"),
        main=True,
        help=N_("1 draws from what is plausible about a shopper (Thompson sampling); 0 shows what fits best so far."),
    )
    personal_weight: float = param(
        1.0, 0.0, 3.0, step=0.1, label=N_("Weight of taste in the market's ranking"), main=True
    )
    n_shoppers: int = param(60, 10, 1000, label=N_("Shoppers watched"), unit=N_("shoppers"))
    days: int = param(4, 1, 30, label=N_("Days of the market run"), unit=N_("days"))
    world: MarketScenario = nested(lambda: MarketScenario(n_stores=60, sessions_per_day=10_000), label=N_("The market"))


@dataclass(frozen=True, kw_only=True)
class PersonalFeed(Result):
    """``table``: clicks foregone per session and method. ``feeds``: three invented shoppers' first and last cards."""

    columns = {
        "session": N_("Session"),
        "method": N_("Feed"),
        "clicks_lost": N_("Clicks foregone per session"),
        "low": N_("Low"),
        "high": N_("High"),
        "shopper": N_("Shopper"),
        "when": N_("When"),
        "slot": N_("Slot"),
        "title": N_("Product"),
        "category": N_("Category"),
        **METHODS,
        **CATEGORY_NAMES,
        **{name: label for name, (label, _liked) in SHOPPERS.items()},
        "first": N_("first session"),
        "last": N_("last session"),
    }

    table: pd.DataFrame
    feeds: pd.DataFrame
    attained_first: float
    attained_last: float
    attained_greedy: float
    market_orders_lift: float
    market_clicks_lift: float
    seed: int | None = None

    @property
    def text(self) -> str:
        said = _(
            "In the first session the feed makes {first} of the clicks that it would make if it knew the shopper, "
            "after {n} sessions {last}. On the market, knowing every taste changes clicks by {clicks} and orders by "
            "{orders}."
        ).format(
            first=numbers.percent(self.attained_first, 0),
            last=numbers.percent(self.attained_last, 0),
            n=int(self.table["session"].max()),
            clicks=numbers.signed_percent(self.market_clicks_lift),
            orders=numbers.signed_percent(self.market_orders_lift),
        )
        return _("{first} {second}").format(first=said, second=self._price_of_curiosity())

    def _price_of_curiosity(self) -> str:
        """What trying things out costs a shopper's clicks over all sessions, and whether it pays here."""
        lost = self.table.groupby("method")["clicks_lost"].sum()
        if lost["thompson"] < lost["greedy"]:
            verdict = _("here it pays: what was learnt early brings more later than it cost.")
        elif self.attained_last > self.attained_greedy:
            verdict = _("it ends ahead, but has not yet earned back what it cost; more sessions would.")
        else:
            verdict = _("here it does not pay. Less curiosity, and shoppers who come more often, make it pay.")
        return _(
            "Trying things out costs clicks at first: over all sessions a shopper's feed misses {thompson} clicks with "
            "curiosity and {greedy} without; {verdict}"
        ).format(thompson=numbers.decimal(lost["thompson"]), greedy=numbers.decimal(lost["greedy"]), verdict=verdict)

    @property
    def origin(self) -> dict[str, Origin]:
        lost = simulated(
            "Σ p(best feed) − Σ p(feed shown)",
            seed=self.seed,
            note=N_("That more time makes better matches is stated, without a number."),
        )
        return {"*": simulated(seed=self.seed), "clicks_lost": lost, "method": stated(*FACTS)}


def grow_feeds(scenario: PersonalFeedScenario, rng: Any = 0) -> PersonalFeed:
    """How fast does a feed get to know its shoppers, and what is that worth to the market?

    Each shopper has a taste in 16 directions; P(click) follows the session law with utility base + strength × taste ·
    card. The feed starts from what it knows of all shoppers, learns from every click and draws a plausible taste each
    time (Thompson sampling). Foregone: click chance of the feed that knows the taste less that of the feed shown. The
    market run walks sessions one by one, ranked for all alike and ranked for each. Source: joom-personalised-feed.

    >>> result = grow_feeds(PersonalFeedScenario(n_sessions=20, n_shoppers=20, days=1))
    >>> result.attained_first < result.attained_last <= 1.0
    True
    """
    rng = shared_seed(rng)
    market = tasteful_market(scenario, rng)
    cards, taste_mean = feed_cards(market), market.segments["share"].to_numpy() @ market.segment_tastes
    random = np.random.default_rng([3, shared_seed(rng)])
    shoppers = invented_shoppers(market)
    crowd = taste_mean + scenario.taste_spread * random.standard_normal((scenario.n_shoppers, N_TASTES))
    tastes = np.concatenate([taste_mean + scenario.taste_spread * shoppers, crowd])
    covariance = scenario.taste_spread**2 * np.eye(N_TASTES)
    lost, feeds = {}, {}
    for method, curiosity in (("greedy", 0.0), ("thompson", scenario.curiosity)):
        belief = Belief(len(tastes), taste_mean, covariance)
        lost[method], feeds[method] = learn_tastes(
            cards, tastes, belief, scenario.n_sessions, curiosity, random.integers(2**63)
        )
    known = cards.clicks(cards.feed(tastes), tastes).sum(axis=1)
    first = cards.feed(np.tile(taste_mean, (len(tastes), 1)))
    lost["one_for_all"] = np.tile(known - cards.clicks(first, tastes).sum(axis=1), (scenario.n_sessions, 1))
    attained = {name: 1.0 - values.mean(axis=1) / known.mean() for name, values in lost.items()}
    late = slice(-max(1, scenario.n_sessions // 10), None)
    clicks, orders = _market_lift(market, scenario, rng)
    return PersonalFeed(
        table=_curve({name: lost[name] for name in METHODS}),
        feeds=_feeds(market, {"first": first, "last": feeds["thompson"]}),
        attained_first=float(attained["thompson"][0]),
        attained_last=float(attained["thompson"][late].mean()),
        attained_greedy=float(attained["greedy"][late].mean()),
        market_clicks_lift=clicks,
        market_orders_lift=orders,
        seed=rng,
    )


def tasteful_market(scenario: PersonalFeedScenario, rng: Any = 0) -> Market:
    """A market whose categories have tastes of their own; shoppers of a segment differ by ``taste_spread``."""
    market = make_market(scenario.world.n_stores, rng, scenario=scenario.world)
    random = np.random.default_rng([33, shared_seed(rng)])
    of_category = random.normal(0.0, 0.25, (len(market.categories), N_TASTES))
    category = pd.Index(market.categories["category"]).get_indexer(market.listings["category"])
    law = {"taste_effect": scenario.taste_effect, "taste_spread": scenario.taste_spread}
    return market.replace(
        tastes=market.tastes + of_category[category], segment_tastes=0.5 * market.segment_tastes
    ).with_law(**law)


def feed_cards(market: Market) -> Cards:
    """All goods as cards, with the click utility that the first country's mean shopper gives them on the first day."""
    arrays = Arrays(market)
    view = View(0, arrays, History(market.history, np.int64))
    click, _order, relative = arrays.utilities(view.rating, 0)
    base = click[0] - market.law.click_price_slope * relative[0]
    return Cards(base=base, tastes=market.tastes, attention=market.law.attention, strength=market.law.taste_effect)


def invented_shoppers(market: Market) -> np.ndarray:
    """Tastes of the three shoppers: towards the categories they like, as strong as anybody's."""
    by_category = {
        c: market.tastes[(market.listings["category"] == c).to_numpy()].mean(axis=0)
        for c in market.categories["category"]
    }
    towards = np.array([sum(by_category[c] for c in liked if c in by_category) for _label, liked in SHOPPERS.values()])
    return towards / np.linalg.norm(towards, axis=1, keepdims=True) * np.sqrt(N_TASTES)


def _market_lift(market: Market, scenario: PersonalFeedScenario, rng: Any) -> tuple[float, float]:
    rules = (policy(RULE), policy(f"{RULE} | personal({scenario.personal_weight:g})"))
    plain, own = (simulate_market(market, rule, scenario.days, "individual", rng) for rule in rules)
    clicks, orders = (float(own.daily[m].sum() / max(plain.daily[m].sum(), 1) - 1.0) for m in ("clicks", "orders"))
    return clicks, orders


def _curve(lost: dict[str, np.ndarray]) -> pd.DataFrame:
    rows = []
    for method, values in lost.items():
        for session, of_shoppers in enumerate(values):
            mean = mean_interval(of_shoppers)
            rows.append((session + 1, method, mean.value, mean.low, mean.high))
    return pd.DataFrame(rows, columns=["session", "method", "clicks_lost", "low", "high"])


def _feeds(market: Market, feeds: dict[str, np.ndarray]) -> pd.DataFrame:
    titles, categories = (market.listings[name].to_numpy() for name in ("title", "category"))
    rows = [
        (when, shopper, slot, titles[card], categories[card])
        for when, cards in feeds.items()
        for k, shopper in enumerate(SHOPPERS)
        for slot, card in enumerate(cards[k, :FEED_CARDS])
    ]
    return pd.DataFrame(rows, columns=["when", "shopper", "slot", "title", "category"])
