"""Parameters: bounds, JSON, links, and what happens to a link that somebody has tampered with."""

import base64
import dataclasses
import datetime as dt
import inspect
import json
import pickle
import zlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossborder.errors import BoundsError, CrossborderError, MissingTableError, UnreadableError
from crossborder.i18n import N_, in_language
from crossborder.market import MarketScenario, SessionLaw, make_market
from crossborder.origin import OriginKind
from crossborder.params import Params, choice, day, flag, formula, nested, param, table
from crossborder.plain import table_checksum
from crossborder.ranking import PolicyChangeScenario

quick = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def _fussy(text: str) -> None:
    if "x" not in text:
        raise BoundsError("the formula must hold an x")


@dataclass(frozen=True, kw_only=True)
class Everything(Params):
    """One parameter of each kind."""

    price_usd: float = param(10.0, 0.5, 500.0, label=N_("Price"), unit="USD", fact="joom-commission-standard")
    stores: int = param(3, 1, 20_000, label=N_("Stores"), log=True)
    engine: str = choice("expected", {"expected": N_("expected"), "aggregate": N_("aggregate")}, label=N_("Engine"))
    respond: bool = flag(True, label=N_("Respond"))
    starts_on: dt.date = day(dt.date(2018, 11, 11), dt.date(2018, 1, 1), dt.date(2019, 1, 1), label=N_("Start"))
    rule: str = formula("x + 1", label=N_("Rule"), check=_fussy)
    prices: Any = table(lambda: None, label=N_("Prices"))
    law: SessionLaw = nested(SessionLaw, label=N_("Law"))


def values_of(kind: type[Params]) -> st.SearchStrategy[dict[str, Any]]:
    """Any values that a scenario may take, read off its own bounds."""
    parts: dict[str, st.SearchStrategy[Any]] = {}
    for name, about in kind.about().items():
        if about.kind == "number":
            parts[name] = st.floats(about.low, about.high)
        elif about.kind == "whole":
            parts[name] = st.integers(about.low, about.high)
        elif about.kind == "day":
            parts[name] = st.dates(about.low, about.high)
        elif about.kind == "choice":
            parts[name] = st.sampled_from(sorted(about.options))
        elif about.kind == "flag":
            parts[name] = st.booleans()
        elif about.kind == "group":
            inner = type(getattr(kind(), name))
            parts[name] = values_of(inner).map(lambda values, inner=inner: inner(**values))
    return st.fixed_dictionaries({}, optional=parts)


def packed(text: str) -> str:
    """A link value that carries ``text`` where the JSON should be."""
    return base64.urlsafe_b64encode(zlib.compress(text.encode("utf-8", "surrogatepass"))).decode().rstrip("=")


# --- bounds ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"price_usd": 0.4}, "price_usd must be between 0.5 and 500; got 0.4."),
        ({"price_usd": 501}, "price_usd must be between 0.5 and 500; got 501."),
        ({"price_usd": float("nan")}, "price_usd must be a number; got nan."),
        ({"price_usd": float("inf")}, "price_usd must be a number; got inf."),
        ({"price_usd": "10"}, "price_usd must be a number; got '10'."),
        ({"price_usd": None}, "price_usd must be a number; got None."),
        ({"price_usd": True}, "price_usd must be a number; got True."),
        ({"price_usd": np.array([1.0, 2.0])}, "price_usd must be a number; got [1. 2.]."),
        ({"stores": 0}, "stores must be between 1 and 20000; got 0."),
        ({"stores": 2.5}, "stores must be a whole number; got 2.5."),
        ({"stores": 10**400}, "stores must be a number; got 1000"),
        ({"engine": "fast"}, "engine must be one of expected, aggregate; got 'fast'."),
        ({"engine": ["expected"]}, "engine must be one of expected, aggregate; got ['expected']."),
        ({"respond": 1}, "respond must be true or false; got 1."),
        ({"starts_on": "2018-11-11"}, "starts_on must be a calendar day; got '2018-11-11'."),
        ({"starts_on": dt.datetime(2018, 11, 11)}, "starts_on must be a calendar day; got 2018-11-11 00:00:00."),
        ({"starts_on": dt.date(2020, 1, 1)}, "starts_on must be between 2018-01-01 and 2019-01-01; got 2020-01-01."),
        ({"rule": "y"}, "the formula must hold an x"),
        ({"prices": "abc"}, "prices must be a table; got 'abc'."),
        ({"law": "abc"}, "law must be a SessionLaw; got a str."),
        ({"law": MarketScenario()}, "law must be a SessionLaw; got a MarketScenario."),
        ({"nothing": 1}, "nothing is not a parameter here. Known: price_usd, stores,"),
        ({"self": 1}, "self is not a parameter here."),
    ],
)
def test_each_wrong_value_is_refused_with_a_sentence(changes, said):
    with pytest.raises(BoundsError) as problem:
        Everything().replace(**changes)
    assert str(problem.value).startswith(said)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: PolicyChangeScenario(dayz=3), "dayz is not a parameter here. Known: old, new, days, .* Nearest: days"),
        (lambda: SessionLaw(foo=1), "foo is not a parameter here. Known: click_price_elasticity, "),
        (lambda: PolicyChangeScenario(n_stores=3), r"Nearest: world=MarketScenario\(n_stores=\.\.\.\)\."),
        (lambda: PolicyChangeScenario().replace(dayz=3), "Nearest: days"),
        (lambda: PolicyChangeScenario("price"), r"by name, as PolicyChangeScenario\(old='price'\)"),
        (
            lambda: PolicyChangeScenario(market=3),
            r"market must be Market / None; got 3\. What makes one: help\(xb\.market\)",
        ),
        (lambda: PolicyChangeScenario(market=pd.DataFrame({"a": [1]})), "market must be Market / None; got    a"),
        (lambda: PolicyChangeScenario().to_json(tables="all"), "tables must be one of checksum, content; got 'all'"),
    ],
)
def test_a_wrong_name_or_kind_is_a_sentence_too(make, said):
    with pytest.raises(BoundsError, match=said):
        make()
    with in_language("zh"), pytest.raises(BoundsError, match=r"[\u4e00-\u9fff]"):
        make()


def test_its_signature_still_lists_the_parameters():
    assert list(inspect.signature(PolicyChangeScenario).parameters)[:3] == ["old", "new", "days"]
    assert pickle.loads(pickle.dumps(PolicyChangeScenario(days=9))) == PolicyChangeScenario(days=9)


def test_it_reads_as_what_it_changes():
    assert repr(PolicyChangeScenario()) == "PolicyChangeScenario()"
    assert repr(Everything(stores=4, law=SessionLaw(n_slots=7))) == "Everything(stores=4, law=SessionLaw(n_slots=7))"
    assert repr(Everything(prices=pd.DataFrame({"a": [1]}))) == "Everything(prices=<DataFrame>)"
    made = PolicyChangeScenario(days=30, world=MarketScenario(n_stores=50))
    assert eval(repr(made)) == made


@pytest.mark.parametrize("text", ["", "[1]", "null", "{}", None, SessionLaw().to_json()[:-9], '{"days": 3}'])
def test_json_that_holds_no_scenario_ends_in_a_sentence(text):
    with pytest.raises(UnreadableError, match=r"SessionLaw\.to_json\(\)"):
        SessionLaw.from_json(text)
    with in_language("zh"), pytest.raises(UnreadableError, match="SessionLaw"):
        SessionLaw.from_json(text)


def test_a_scenario_with_a_market_of_its_own_comes_back_with_its_tables_or_says_how():
    own = PolicyChangeScenario(market=make_market(3, rng=1, sessions_per_day=100))
    with pytest.raises(MissingTableError, match=r'to_json.tables="content".*find_table=xb.data.find_table'):
        PolicyChangeScenario.from_json(own.to_json())
    assert PolicyChangeScenario.from_json(own.to_json(tables="content")).to_json() == own.to_json()
    tables = {table_checksum(frame): frame for frame in vars(own.market).values() if isinstance(frame, pd.DataFrame)}
    assert PolicyChangeScenario.from_json(own.to_json(), find_table=tables.__getitem__).to_json() == own.to_json()


def test_a_sentence_never_repeats_a_long_value_whole():
    with pytest.raises(BoundsError) as problem:
        Everything(engine="a" * 100_000)
    assert len(str(problem.value)) < 300


def test_values_become_plain_python_numbers():
    made = Everything(price_usd=np.float64(3.5), stores=np.int64(7))
    assert type(made.price_usd) is float and type(made.stores) is int
    assert Everything(price_usd=Decimal("3.5")).price_usd == 3.5
    assert Everything(stores=4.0).stores == 4


@quick
@given(st.data())
def test_every_value_inside_the_bounds_is_taken(data):
    values = data.draw(values_of(Everything))
    made = Everything(**values)
    assert {name: getattr(made, name) for name in values} == values


@quick
@given(st.floats(allow_nan=False))
def test_a_number_is_taken_exactly_when_it_is_inside(x):
    if 0.5 <= x <= 500.0:
        assert Everything(price_usd=x).price_usd == x
    else:
        with pytest.raises(BoundsError):
            Everything(price_usd=x)


def test_the_default_of_every_scenario_lies_inside_its_own_bounds():
    for kind in (SessionLaw, MarketScenario, PolicyChangeScenario):
        for name, about in kind.about().items():
            if about.low is not None:
                assert about.low <= getattr(kind().settled(), name) <= about.high, name
                assert about.step > 0, name
            assert about.label, name


def test_scenarios_are_frozen_and_replace_leaves_the_first_alone():
    first = Everything()
    second = first.replace(stores=9)
    assert (first.stores, second.stores) == (3, 9)
    with pytest.raises(dataclasses.FrozenInstanceError):
        first.stores = 4  # type: ignore[misc]


def test_a_number_knows_its_origin():
    about = Everything.about()
    assert about["price_usd"].origin.kind is OriginKind.STATED
    assert about["price_usd"].origin.facts == ("joom-commission-standard",)
    assert about["stores"].origin.kind is OriginKind.ASSUMED
    assert (about["stores"].kind, about["price_usd"].kind, about["stores"].step) == ("whole", "number", 1)


def test_messages_speak_chinese_too():
    with in_language("zh"), pytest.raises(BoundsError, match="必须在 1 到 20000 之间"):
        Everything(stores=0)


# --- JSON and links --------------------------------------------------------------------------------------------------


@quick
@given(values_of(PolicyChangeScenario))
def test_json_brings_back_the_same_scenario(values):
    scenario = PolicyChangeScenario(**values)
    text = scenario.to_json()
    assert PolicyChangeScenario.from_json(text) == scenario
    json.loads(text, parse_constant=pytest.fail)  # NaN and Infinity are not JSON


@quick
@given(values_of(PolicyChangeScenario))
def test_a_link_brings_back_the_same_scenario(values):
    scenario = PolicyChangeScenario(**values)
    link = scenario.to_link()
    assert PolicyChangeScenario.from_link(link) == scenario
    assert set(link) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_a_link_holds_only_what_differs_from_the_default():
    start = PolicyChangeScenario()
    assert start.changed() == {}
    assert start.replace(days=30).changed() == {"days": 30}
    assert len(start.to_link()) < 20 < len(start.replace(days=30).to_link()) < 60


def test_a_table_goes_into_json_and_link_by_checksum():
    prices = pd.DataFrame({"listing_id": ["a", "b"], "price_usd": [1.0, 2.5]})
    shelf = {table_checksum(prices): prices}
    link = Everything(prices=prices, stores=5)
    text, value = json.dumps(link.to_dict()), link.to_link()
    assert "listing_id" not in text and table_checksum(prices) in text
    again = Everything.from_link(value, find_table=shelf.__getitem__)
    assert again.stores == 5
    pd.testing.assert_frame_equal(again.prices, prices)
    with pytest.raises(MissingTableError, match=table_checksum(prices)):
        Everything.from_link(value)


def test_json_of_another_kind_is_refused():
    with pytest.raises(ValueError, match="holds a SessionLaw, not a MarketScenario"):
        MarketScenario.from_json(SessionLaw().to_json())


HOSTILE = {
    "cut": PolicyChangeScenario(days=30, worlds=3).to_link()[:-6],
    "not base64": "é\x00%%%",
    "empty": "",
    "not JSON": packed("days=30"),
    "a list": packed("[1, 2]"),
    "deeply nested": packed('{"days":' + "[" * 90_000),
    "a bomb": packed('{"old":"' + "a" * 30_000_000 + '"}'),
    "a huge number": packed('{"days": 1' + "0" * 400 + "}"),
    "more digits than a number may have": packed('{"days": 1' + "0" * 6000 + "}"),
    "no number": packed('{"days": NaN}'),
    "outside": packed('{"days": 100000}'),
    "a list as choice": packed('{"engine": ["expected"]}'),
    "a text as group": packed('{"world": "abc"}'),
    "another group": packed('{"world": {"$type": "market.law:SessionLaw"}}'),
    "a text as table": packed('{"market": "abc"}'),
    "half a frame": packed('{"market": {"$frame": {"a": [1]}}}'),
    "half an array": packed('{"market": {"$array": "AAAA"}}'),
    "an array of objects": packed('{"market": {"$array": "AAAAAAAAAAA=", "dtype": "O", "shape": [1]}}'),
    "an array of another size": packed('{"market": {"$array": "AAAA", "dtype": "<f8", "shape": [1000000]}}'),
    "a list as key": packed('{"market": {"$map": [[[1], 2]]}}'),
    "a foreign type": packed('{"market": {"$type": "os:path"}}'),
    "a program": packed('{"market": {"$type": "serve.__main__:main"}}'),
    "half a market": packed('{"market": {"$type": "market.world:Market"}}'),
    "a table not at hand": packed('{"market": {"$table": "abc"}}'),
    "code": packed("{\"old\": \"__import__('os').system('true')\"}"),
    "half a letter": packed('{"old": "\\ud800"}'),
    "a private name": packed('{"__class__": 1}'),
    "the method's own name": packed('{"self": 1}'),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_link_ends_in_a_sentence(name):
    with pytest.raises(CrossborderError) as problem:
        PolicyChangeScenario.from_link(HOSTILE[name])
    assert len(str(problem.value)) > 10


@quick
@given(st.text(max_size=200))
def test_any_text_as_link_ends_in_a_scenario_or_a_sentence(text):
    try:
        PolicyChangeScenario.from_link(text)
    except CrossborderError as problem:
        assert str(problem)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["$type", "$frame", "$array", "$map", "$tuple", "$date", "$float", "days", "a"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


@settings(quick, max_examples=200)
@given(st.dictionaries(st.sampled_from([*PolicyChangeScenario.about()]), json_values, max_size=2))
def test_any_json_in_a_link_ends_in_a_scenario_or_a_sentence(values):
    try:
        made = PolicyChangeScenario.from_link(packed(json.dumps(values)))
    except CrossborderError as problem:
        assert str(problem)
    else:
        assert isinstance(made, PolicyChangeScenario)
