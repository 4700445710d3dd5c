import datetime as dt

import pytest

from crossborder.apps.controls import ControlPanel, unit_text, value_text


def described(explorer, name):
    return next(c for c in explorer.panel.described["controls"] if c["name"] == name)


def test_a_control_per_parameter_none_for_a_table(explorer, shop):
    assert set(explorer.controls) == {*shop.about(), "inner.depth"} - {"inner", "listings"}


def test_bounds_of_the_control_are_those_of_the_parameter(explorer, shop):
    for name in ("price_usd", "sellers", "duty_rate"):
        about, told = shop.about()[name], described(explorer, name)
        assert (told["low"], told["high"], told["step"], told["log"]) == (about.low, about.high, about.step, about.log)


def test_every_control_has_a_name_with_its_unit_and_an_origin(explorer):
    for told in explorer.panel.described["controls"]:
        assert told["label"] and told["origin"]
        if told["unit"]:
            assert told["unit"] in told["full_label"]
    assert "15 percent of the sale" in described(explorer, "duty_rate")["origin"]


def test_shares_read_in_percent(explorer, shop):
    told = described(explorer, "duty_rate")
    assert told["unit"] == "% of price" and told["scale"] == 100
    assert value_text(shop.about()["duty_rate"], 0.155) == "15.5% of price"
    assert unit_text(shop.about()["price_usd"]) == "USD"


def test_few_controls_in_sight(explorer):
    assert [told["name"] for told in explorer.panel.described["controls"] if told["main"]] == ["price_usd", "sellers"]


def browser_says(explorer, changes, seq, final=True):
    explorer.panel.asked = {"seq": seq, "changes": changes, "final": final}


def test_what_the_browser_asks_is_done_once(explorer):
    browser_says(explorer, {"price_usd": [1, 20.0]}, 1)
    browser_says(explorer, {"price_usd": [1, 20.0], "sellers": [2, 5.0]}, 2)
    assert (explorer.scenario.price_usd, explorer.scenario.sellers) == (20.0, 5)
    explorer.set(price_usd=30.0)
    browser_says(explorer, {"price_usd": [1, 20.0], "sellers": [3, 6]}, 3)
    assert explorer.scenario.price_usd == 30.0 and explorer.panel.shown["seq"] == 3


@pytest.mark.parametrize(
    ("name", "sent", "kept"),
    [
        ("starts_on", "2018-06-18", dt.date(2018, 6, 18)),
        ("open_now", False, False),
        ("rule", "new", "new"),
        ("sellers", 4.0, 4),
    ],
)
def test_values_arrive_as_what_they_are(explorer, name, sent, kept):
    browser_says(explorer, {name: [1, sent]}, 1)
    value = getattr(explorer.scenario, name)
    assert value == kept and type(value) is type(kept)


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("price_usd", "ten"),
        ("price_usd", 1e9),
        ("price_usd", None),
        ("sellers", 2.5),
        ("rule", "third"),
        ("open_now", "yes"),
        ("starts_on", "2030-01-01"),
        ("starts_on", "not a day"),
        ("score", "__import__('os')"),
    ],
)
def test_values_made_by_hand_are_refused_by_python(explorer, shop, name, sent):
    browser_says(explorer, {name: [1, sent]}, 1)
    assert explorer.panel.shown["errors"][name] and getattr(explorer.scenario, name) == getattr(shop(), name)


def test_unknown_names_are_ignored(explorer):
    browser_says(explorer, {"listings": [1, "x"], "nothing": [2, 1]}, 2)
    assert explorer.scenario.listings is None and not explorer.error


def test_presets_of_a_formula(explorer):
    assert described(explorer, "score")["presets"] == [["price * rating", "Old"]]


def test_a_refusal_begins_with_the_label_and_is_else_left_as_it_is(shop):
    panel = ControlPanel(shop(), lambda changes, final: None)
    panel.refuse({"price_usd": 900}, "price_usd must be at most 100; a price_usd of 900 is none.")
    assert panel.shown["errors"]["price_usd"] == "Price must be at most 100; a price_usd of 900 is none."
