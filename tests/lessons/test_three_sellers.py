"""Lesson 21 told by its own runs: what it asks, what it says, what comes out, in both languages."""

import re
from typing import Any

import ipywidgets
import pytest

from crossborder.apps.chart import Chart
from crossborder.apps.markup import Markup
from crossborder.charts import alt_of
from crossborder.i18n import in_language, use_language
from crossborder.lessons.check_box import CheckBox, TransferBox
from crossborder.lessons.predict_box import PredictBox
from crossborder.lessons.progress import Progress
from crossborder.lessons.three_sellers import ThreeSellers
from crossborder.lessons.three_sellers.explained import closed_form, score_best_usd, study_figures
from crossborder.lessons.three_sellers.worlds import prices_by_own_books
from crossborder.market.law import SessionLaw

STATED = {"year": 2018, "minutes": 20, "sellers": 3, "weeks": 10, "step_percent": 5, "best_elasticity": -1}


@pytest.fixture(scope="module")
def opened() -> ThreeSellers:
    return ThreeSellers(Progress("Lin", seed=3))


@pytest.fixture
def lesson21(opened) -> ThreeSellers:
    """The lesson before anything happened; its runs are those of the module."""
    opened.progress = Progress("Lin", seed=3)
    opened._followers, opened._beginnings = [], []
    return opened


def test_the_source_comes_out_as_told(opened):
    """Old winner: the cheapest (no. 3). New: the middle and the right-hand offer get more traffic."""
    table = opened.start.table.set_index("offer")
    assert table["traffic_share_old"].idxmax() == table["price_usd"].idxmin() == "left"
    gain = table["traffic_share_new"] - table["traffic_share_old"]
    assert (gain > 0.01).to_dict() == {"left": False, "middle": True, "right": True}


def test_the_questions_know_what_comes_out(opened):
    assert 0.25 < opened.share_question.truth < 0.45
    assert opened.gmv_question.truth == "down"
    assert opened.race_question.truth == "conversion"


def whole_page(lesson: ThreeSellers) -> ipywidgets.VBox:
    makers = (lesson.picture, lesson.predict, lesson.play, lesson.prices, lesson.explain, lesson.check)
    return ipywidgets.VBox([make() for make in makers])


def said_on(page: ipywidgets.Widget) -> list[str]:
    """All that a page says and all that is open on it; the names of its fields are numbered as they are made."""
    own = [re.sub(r"xb-f\d+", "", str(page.parts))] if isinstance(page, Markup) else []
    drawn = [alt_of(page.drawn)] if isinstance(page, Chart) and page.drawn is not None else []
    below = [line for part in getattr(page, "children", ()) for line in said_on(part)]
    return [*own, *drawn, *page._dom_classes, *below]


def parts_of(page: ipywidgets.Widget, kind: type) -> list[Any]:
    below = [found for part in getattr(page, "children", ()) for found in parts_of(part, kind)]
    return [page, *below] if isinstance(page, kind) else below


def test_another_learner_finds_nothing_of_the_one_before(lesson21, tmp_path):
    """What was answered, ticked, opened and half typed stays with whoever did it."""
    lesson21.progress = Progress.open("Lin", tmp_path)
    page = whole_page(lesson21)
    for box in parts_of(page, PredictBox):
        box.decline()
    lesson21.levers.set(order_price_elasticity=-1.7)
    for box in parts_of(page, CheckBox):
        box.climb(1)
        box.answer(f"{box.task.truth:.3g}")
    for box in parts_of(page, TransferBox):
        box.answer(next(iter(box.transfer.options)))
    of_lin = said_on(page)
    assert any('data-done="true"' in line for line in of_lin) and "xb-open" in of_lin
    lesson21.become("Mei")
    assert said_on(page) == said_on(whole_page(lesson21)) != of_lin
    lesson21.become("Lin")
    assert {line for line in said_on(page) if "xb-answered" in line} == {
        line for line in of_lin if "xb-answered" in line
    }


def test_untouched_it_stands_whole_and_writes_nothing(lesson21):
    parts = [
        lesson21.head(),
        lesson21.picture(),
        lesson21.predict(),
        lesson21.play(),
        lesson21.prices(),
        lesson21.explain(),
        lesson21.check(),
        lesson21.take_away(),
    ]
    assert all(parts) and lesson21.progress.events == ()
    assert not lesson21.play().is_open
    assert not lesson21.levers.chart.drawn.layout.shapes  # nobody predicted, nothing is marked


def test_the_prediction_stays_on_the_chart_whatever_is_moved(lesson21):
    predictions, gate = lesson21.predict(), lesson21.play()
    predictions.children[0].answer(low="40", likely="50", high="70")
    predictions.children[1].answer(chosen="up", sure="sure")
    assert gate.is_open
    for change in ({}, {"variant": "per_impression"}, {"middle_price_usd": 14.0}):
        lesson21.levers.set(**change)
        drawn = lesson21.levers.chart.drawn
        assert drawn.layout.shapes[-1].x0 == 0.5
        assert "Your prediction for left" in alt_of(drawn)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("sensitive", {"order_price_elasticity": -1.4}),
        ("per-impression", {"variant": "per_impression"}),
        ("own-price", {"middle_price_usd": 11.25}),
    ],
)
def test_every_move_can_be_made_and_starts_undone(lesson21, name, changes):
    lesson21.play()
    assert lesson21.levers.done == set()
    lesson21.levers.set(**changes)
    assert lesson21.levers.done == {name}


def test_what_the_moves_ask_about_is_there_to_see(lesson21):
    lesson21.play()
    levers = lesson21.levers

    def share(**changes) -> float:
        levers._act("reset")
        levers.set(**changes)
        return levers.result.table.set_index("offer")["traffic_share_new"].to_dict()

    assert max(share(order_price_elasticity=-1.4), key=share(order_price_elasticity=-1.4).get) == "left"
    assert share(variant="per_impression")["left"] == pytest.approx(
        levers.result.table.set_index("offer")["traffic_share_old"]["left"], abs=0.01
    )
    assert share(middle_price_usd=11.25)["middle"] > 0.5 > share(middle_price_usd=15.0)["middle"]


def test_prices_fall_by_conversion_and_hold_by_gmv(opened):
    means = {end: race.table.groupby("week")["price_usd"].mean() for end, race in opened.races.items()}
    assert means["old"].iloc[-1] < 0.8 * means["old"].iloc[0]
    assert means["new"].iloc[-1] > 0.95 * means["new"].iloc[0]


def test_twenty_worlds_agree_mostly_and_can_be_drawn_again(lesson21):
    lesson21.prices()
    first = lesson21.redraw.result
    assert len(first.table) == 20 and first.higher >= 15
    assert len(lesson21.redraw.chart.drawn.data[0].x) + len(lesson21.redraw.chart.drawn.data[-1].x) >= 20
    lesson21.redraw.again()
    assert not lesson21.redraw.result.table["old_usd"].equals(first.table["old_usd"])
    assert prices_by_own_books(0).table.equals(first.table)


def test_the_explanation_is_short_and_its_numbers_come_from_runs(opened):
    html = str(opened.explained.html())
    words = re.sub(r"<[^>]+>", " ", html.split("<i>")[0]).split()
    assert len(words) <= 127  # the formula's seven on top of 120
    study = study_figures()
    assert (study["elasticity"], study["estimates"], study["studies"]) == (-2.62, 1851, 81)
    for number in (
        f"${opened.explained.curve.score_best_usd:.2f}",
        f"${opened.explained.curve.profit_best_usd:.2f}",
        "81 studies",
        "2.62%",
    ):
        assert number in html
    assert "joom-new-ranking-gmv" in html


def test_the_score_best_price_has_elasticity_minus_one():
    law = SessionLaw()
    price, step = score_best_usd(law), 1e-4

    def score(p: float) -> float:
        import math

        return p / (1 + math.exp(-(law.order_level - law.order_price_slope * (p / 12.0 - 1))))

    assert score(price) > max(score(price * (1 + step)), score(price * (1 - step)))


def test_market_run_and_closed_form_agree(opened):
    closed = closed_form(SessionLaw())
    for end in ("old", "new"):
        run = dict(zip(opened.start.table["offer"], opened.start.table[f"traffic_share_{end}"], strict=True))
        assert run == pytest.approx(closed[end], abs=0.01)


def test_the_guard_lets_the_stated_figures_pass(opened):
    opened.guard(**STATED)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("year", 2017), ("minutes", 30), ("sellers", 4), ("weeks", 12), ("step_percent", 6), ("best_elasticity", -2)],
)
def test_the_guard_stops_a_figure_that_is_off(opened, name, wrong):
    with pytest.raises(AssertionError, match=name):
        opened.guard(**{**STATED, name: wrong})


def test_the_calls_underneath_run(opened):
    from html import unescape

    code = unescape(re.search(r"<code>(.*?)</code>", str(opened.explained.html()), re.DOTALL).group(1))
    exec(compile(code, "underneath", "exec"), {})


def test_in_chinese_nothing_english_is_left():
    use_language("zh")
    with in_language("zh"):
        from crossborder.lessons.predict_box import PredictBox

        lesson = ThreeSellers(Progress("林", seed=3))
        use_language("zh")
        shown = [PredictBox(lesson, lesson.gmv_question).parts["body"], str(lesson.explained.html())]
    prose = re.sub(
        r"<pre>.*?</pre>|<[^>]+>|Bijmolt.*?Pieters|GMV|Joom|joom[\w-]*|make lab|JupyterLab|Shift\+Enter|\bUSD\b|US\$",
        " ",
        " ".join(shown),
        flags=re.DOTALL,
    )
    assert re.findall(r"[A-Za-z]{4,}", prose) == []
