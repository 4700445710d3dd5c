import numpy as np
import pandas as pd
import pytest

from crossborder.errors import BoundsError, FormulaError
from crossborder.i18n import in_language
from crossborder.market import MarketScenario, SessionLaw, make_market
from crossborder.ranking import PolicyChangeScenario, change_policy, compare_policies
from crossborder.ranking.compare import NEW_RULE, OLD_RULE
from crossborder.ranking.groups import KINDS
from crossborder.ranking.measures import MEASURES
from crossborder.ranking.one_product import one_product_market
from crossborder.statistics import compare

COLUMNS = ["measure", "old", "new", "difference", "low", "high", "share_new_wins"]


@pytest.fixture(scope="module")
def market():
    return make_market(25, rng=4, sessions_per_day=3000)


@pytest.fixture(scope="module")
def change(market):
    return compare_policies(market, OLD_RULE, NEW_RULE, 28, 6)


@pytest.mark.parametrize("engine", ["expected", "aggregate", "individual"])
@pytest.mark.parametrize("respond", [False, True])
def test_a_paired_comparison_of_a_policy_with_itself_is_exactly_zero(market, engine, respond):
    same = compare_policies(market, NEW_RULE, NEW_RULE, 15, 2, engine=engine, respond=respond)
    for table in (same.table, same.groups):
        known = table[table["old"].notna()]
        assert (known["difference"] == 0).all() and (known["share_new_wins"] == 0.5).all()
    assert same.table["old"].notna().sum() > 10


def test_the_contract_of_the_table(change):
    assert list(change.table.columns) == COLUMNS
    assert change.table["measure"].tolist() == list(MEASURES)
    assert list(change.groups.columns) == ["kind", "group", *COLUMNS]
    assert len(change.per_world) == 2 * 6


def test_the_interval_is_the_paired_one(change):
    sides = {side: rows.set_index("world")["gmv_usd"] for side, rows in change.per_world.groupby("policy")}
    difference = sides["new"] - sides["old"]
    row = change.row("gmv_usd")
    assert row["difference"] == pytest.approx(difference.mean())
    half = 2.5706 * difference.std() / np.sqrt(6)
    assert row["high"] - row["low"] == pytest.approx(2 * half, rel=1e-3)
    assert row["share_new_wins"] == (difference > 0).mean()


def test_groups_of_a_kind_share_the_whole(change):
    for measure in ("impressions_share", "gmv_share"):
        sums = change.groups[change.groups["measure"] == measure].groupby("kind")[["old", "new"]].sum()
        assert set(sums.index) == set(KINDS)
        np.testing.assert_allclose(sums, 1.0)


def test_the_new_rule_moves_traffic_away_from_the_cheapest(change):
    row = change.row("cheapest_share")
    assert row["high"] < 0
    assert change.row("order_value_usd")["low"] > 0


def test_numbers_do_not_depend_on_the_number_of_processes(market):
    alone = compare_policies(market, OLD_RULE, NEW_RULE, 10, 3, rng=2)
    spread = compare_policies(market, OLD_RULE, NEW_RULE, 10, 3, rng=2, jobs=2)
    pd.testing.assert_frame_equal(alone.table, spread.table)


def test_pairing_narrows_the_interval(market):
    arguments = (market, "conversion * rating", "conversion * rating * boost('plus', 1.02)", 10, 8)
    width = {}
    for paired in (True, False):
        row = compare_policies(*arguments, respond=False, paired=paired).row("orders")
        width[paired] = row["high"] - row["low"]
    assert width[True] < 0.6 * width[False]


def unpaired_worlds(n_worlds, jobs=1):
    """Measures of many worlds, unpaired: the columns old and new come from different shoppers under one policy."""
    world = one_product_market((9.0, 12.0, 16.0), sessions_per_day=800)
    return compare_policies(world, OLD_RULE, OLD_RULE, 3, n_worlds, respond=False, paired=False, jobs=jobs).per_world


def rejections(per_world, size, measures=("gmv_usd", "orders", "buyer_surplus_usd")):
    """Share of A/A comparisons of ``size`` worlds a side whose 95% interval leaves out zero, by measure."""
    sides = {side: rows[list(measures)].reset_index(drop=True) for side, rows in per_world.groupby("policy")}
    n = len(sides["old"]) // size
    out = []
    for k in range(n):
        part = slice(k * size, (k + 1) * size)
        table = compare(sides["old"][part], sides["new"][part], paired=False).table.set_index("measure")
        out.append((table["low"] > 0) | (table["high"] < 0))
    return pd.DataFrame(out).mean(), n


@pytest.fixture(scope="module")
def unpaired():
    return unpaired_worlds(240)


def test_an_unpaired_comparison_of_a_policy_with_itself_rejects_about_one_time_in_twenty(unpaired):
    """30 comparisons of 8 worlds a side: more than 5 rejections of 30 at 5% come by chance once in 300."""
    rates, n = rejections(unpaired, 8)
    assert n == 30 and (rates * n).max() <= 5


def test_drawn_anew_from_all_worlds_four_to_six_percent_are_rejected(unpaired):
    """The same worlds, dealt 2,000 times into two sides of 8."""
    rng = np.random.default_rng(0)
    pool = unpaired["gmv_usd"].to_numpy()
    dealt = np.array([rng.choice(pool, 16, replace=False) for _ in range(2000)])
    tables = (compare(row[:8], row[8:], paired=False).table.iloc[0] for row in dealt)
    assert 0.04 <= np.mean([row["low"] > 0 or row["high"] < 0 for row in tables]) <= 0.06


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_an_unpaired_comparison_rejects_in_four_to_six_percent():
    """2,400 comparisons of 5 worlds a side: one percentage point is more than two standard errors."""
    rates, n = rejections(unpaired_worlds(12_000, jobs=2), 5)
    assert n == 2400
    assert rates.between(0.04, 0.06).all(), rates


def test_unpaired_worlds_are_other_worlds(market):
    same = compare_policies(market, OLD_RULE, OLD_RULE, 10, 3, respond=False, paired=False)
    assert (same.row("orders")["difference"]) != 0


def test_redrawn_markets_differ_in_sellers():
    runs = compare_policies(
        make_market(10),
        OLD_RULE,
        NEW_RULE,
        7,
        3,
        redraw=lambda world: make_market(10, rng=100 + world),
        engine="expected",
    )
    assert runs.n_worlds == 3 and runs.per_world["gmv_usd"].nunique() == 6


def test_the_expected_engine_has_one_world_and_no_interval(market):
    run = compare_policies(market, OLD_RULE, NEW_RULE, 14, 20, engine="expected")
    assert run.n_worlds == 1
    assert np.isnan(run.row("gmv_usd")["low"]) and run.row("gmv_usd")["difference"] != 0
    assert "interval" not in run.text


def test_a_generator_gives_one_key_for_all_worlds(market):
    first = compare_policies(market, OLD_RULE, NEW_RULE, 7, 2, rng=np.random.default_rng(3))
    again = compare_policies(market, OLD_RULE, NEW_RULE, 7, 2, rng=np.random.default_rng(3))
    pd.testing.assert_frame_equal(first.table, again.table)
    same = compare_policies(market, OLD_RULE, OLD_RULE, 7, 2, rng=np.random.default_rng(3))
    assert (same.table["difference"].fillna(0) == 0).all()


def test_progress_is_told_world_by_world(market):
    told = []
    compare_policies(market, OLD_RULE, NEW_RULE, 7, 3, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        *(({"worlds": w}, "worlds must be a whole number between 1 and 1,000,000") for w in (0, 1.5, None, True, 1e9)),
        *(({"days": d}, "days must be a whole number between 1 and 365") for d in (float("nan"), None, True, 10**7)),
        *(({"jobs": j}, "jobs must be a whole number of at least 1, or -1") for j in (0, "a", None, -2)),
        ({"redraw": 3}, "redraw must be a function, such as lambda world: xb.market.make_market(rng=world); got 3."),
        ({"redraw": lambda world: world}, "market must be a Market; got int."),
        ({"progress": True}, "progress must be a function"),
        ({"respond": "no"}, "respond must be true or false; got 'no'"),
        ({"paired": 1}, "paired must be true or false; got 1"),
        ({"market": None}, "market must be a Market; got NoneType. Make one with xb.market.make_market()"),
        ({"market": pd.DataFrame()}, "market must be a Market; got DataFrame."),
        ({"old": None}, 'A policy is made of a score or its formula; got None. Write for instance xb.ranking.policy("'),
        (
            {"new": "conversion*boost('free_shiping',1.2)"},
            "carries the tag 'free_shiping' that the policy boosts. Tags",
        ),
    ],
)
def test_what_does_not_fit_is_a_sentence_before_any_run(market, change, said):
    arguments = {"market": market, "old": OLD_RULE, "new": NEW_RULE, "days": 1, "worlds": 1, **change}
    with pytest.raises((BoundsError, FormulaError)) as refused:
        compare_policies(**arguments)
    assert said in str(refused.value)
    with in_language("zh"), pytest.raises((BoundsError, FormulaError)) as refused:
        compare_policies(**arguments)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in str(refused.value))


@pytest.mark.parametrize("given", [None, {"days": 7}, "days"])
def test_the_verb_takes_its_scenario(given):
    with pytest.raises(BoundsError, match=r"not (NoneType|dict|str)\. Write for instance change_policy\("):
        change_policy(given)


@pytest.mark.parametrize("engine", ["expected", "aggregate"])
@pytest.mark.parametrize("worlds", [1, 2])
def test_two_policies_that_show_the_same_are_said_to(market, engine, worlds):
    """A boost of the one tag that nobody has here, and of all listings alike."""
    for new in (OLD_RULE, f"{OLD_RULE} * boost('promotion', 1.2)", f"2 * {OLD_RULE}"):
        same = compare_policies(market, OLD_RULE, new, 5, worlds, engine=engine)
        assert same.text == "The two policies show the same: nothing changes in 5 days."
    with in_language("zh"):
        assert same.text == "两个规则排出的结果相同：5 天内没有任何变化。"


def test_a_formula_that_cannot_be_read_stops_before_any_run(market):
    with pytest.raises(FormulaError):
        compare_policies(market, OLD_RULE, "price * quality", 7, 1)


def test_the_scenario_runs_the_comparison():
    scenario = PolicyChangeScenario(days=14, worlds=2, world=MarketScenario(n_stores=20, sessions_per_day=2000))
    result = change_policy(scenario, rng=9)
    assert result.seed == 9 and result.n_worlds == 2 and result.old_policy == OLD_RULE
    weaker = change_policy(scenario.replace(click_price_elasticity=-0.5, order_price_elasticity=-0.2), rng=9)
    assert weaker.row("price_level")["old"] > result.row("price_level")["old"]


def test_says_its_sentence(change, speaks_both):
    speaks_both(change)
    with in_language("zh"):
        measures = change.labelled_table().iloc[:, 0].tolist()
    assert all(any("\u4e00" <= ch <= "\u9fff" for ch in name) for name in measures if name != "GMV")


def test_the_law_of_a_market_counts_unless_the_scenario_says_otherwise():
    market = make_market(20, rng=0).with_law(click_price_elasticity=-3.5)
    scenario = PolicyChangeScenario(market=market, days=7, engine="expected")
    plain = compare_policies(market, OLD_RULE, NEW_RULE, 7, engine="expected", respond=True)
    assert change_policy(scenario).table.equals(plain.table)
    assert scenario.settled().click_price_elasticity == -3.5
    said = scenario.replace(click_price_elasticity=-1.0)
    weaker = market.with_law(click_price_elasticity=-1.0)
    assert change_policy(said).table.equals(compare_policies(weaker, OLD_RULE, NEW_RULE, 7, engine="expected").table)
    assert said.changed()["click_price_elasticity"] == -1.0
    made_up = PolicyChangeScenario(world=MarketScenario(law=SessionLaw(order_price_elasticity=-2.0)))
    assert made_up.settled().order_price_elasticity == -2.0
    assert "order_price_elasticity" not in made_up.changed()
