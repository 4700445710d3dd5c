import pytest

from crossborder.apps.policy_change import PolicyChange, policy_change_page
from crossborder.charts.ranking import who_earns, who_gains
from crossborder.market.make import MarketScenario
from crossborder.ranking import PolicyChangeScenario, change_policy

SMALL = {"days": 7, "worlds": 2, "world": MarketScenario(n_stores=10, sessions_per_day=500)}
FILE = (
    "id,title,price,rating,units sold\n"
    + "".join(f"{i},<b>Lamp {i}</b>,{5 + i},4.{i % 9},{10 * i}\n" for i in range(1, 31))
).encode()


@pytest.fixture(scope="module")
def comparison():
    return change_policy(PolicyChangeScenario(**SMALL), 0)


@pytest.fixture(scope="module")
def page():
    page = PolicyChange()
    page.explorer.cancel()
    page.explorer.set(
        **{f"world.{k}": getattr(SMALL["world"], k) for k in ("n_stores", "sessions_per_day")}, days=7, worlds=2
    )
    page.explorer.wait()
    return page


def test_at_most_five_controls_in_sight(page):
    assert sum(told["main"] for told in page.explorer.panel.described["controls"]) <= 5


def test_the_answer_comes_with_its_range(page):
    assert (
        "95% interval" in page.explorer.answer.parts["sentence"] and "Simulated" in page.explorer.answer.parts["beside"]
    )


def test_kinds_of_sellers_show_old_and_new(comparison):
    for draw, measure in ((who_gains, "impressions_share"), (who_earns, "gmv_share")):
        figure = draw(comparison)
        groups = comparison.groups[comparison.groups["measure"] == measure].dropna(subset=["old"])
        assert list(figure.data[1].x) == groups["old"].tolist()
        marks = {name: x for trace in figure.data[2:] for name, x in zip(trace.y, trace.x, strict=True)}
        assert [marks[name] for name in figure.data[1].y] == groups["new"].tolist()


def test_ones_own_listings_replace_the_made_up_market(page):
    page.listings.take("mine.csv", FILE)
    page.explorer.wait()
    assert page.explorer.result.observed and "My data" in page.explorer.answer.parts["beside"]
    assert (
        "mine.csv" in page.listings.report.parts["report"]
        and "xb.data.read_listings('mine.csv')" in page.explorer.code()
    )
    names = [told["name"] for told in page.explorer.panel.described["controls"]]
    assert not [name for name in names if name.startswith("world.")]
    assert "<b>Lamp" not in page.listings.report.parts["report"]
    page.listings.upload.give_back()
    page.explorer.wait()
    assert not page.explorer.result.observed and page.listings.report.parts["report"] == ""


def test_a_file_that_cannot_be_read_leaves_the_page_as_it_was(page):
    before = page.explorer.result
    page.listings.take("empty.csv", b"")
    assert "xb-failure" in page.listings.upload.said and page.explorer.result is before


def test_the_file_the_workbench_was_started_with_is_on_the_page(tmp_path, monkeypatch):
    (tmp_path / "mine.csv").write_bytes(FILE)
    monkeypatch.setenv("CROSSBORDER_DATA", str(tmp_path / "mine.csv"))
    page = policy_change_page()
    page.explorer.cancel()
    assert page.listings.upload.name == "mine.csv" and page.explorer.data_kind == "observed"


def test_what_the_file_does_not_say_has_controls_of_its_own():
    page = PolicyChange()
    rows = "".join(f"{i},Lamp {i},{5 + i},4.{i % 9},{100 * i}\n" for i in range(1, 41))
    page.listings.take("mine.csv", f"id,title,price,rating,units sold\n{rows}".encode())
    page.explorer.wait()
    assert page.listings.panel in page.listings.children
    before = page.explorer.scenario.market
    page.listings.panel.controls["days_of_sales"].value = 30
    page.explorer.wait()
    after = page.explorer.scenario.market
    assert after.history["orders_30"].sum() > 3 * before.history["orders_30"].sum()
    assert "days_of_sales=30" in page.explorer.code()
    page.listings.panel.controls["days_of_sales"].value = 10_000
    assert "between 7 and 1500" in page.listings.panel.shown["errors"]["days_of_sales"]
    assert page.explorer.scenario.market is after
