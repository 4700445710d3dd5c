"""The pictures of the slide, the price race, the story map and mechanisms: what they show, beyond what
``tests/test_every_mechanism.py`` asks of each.
"""

import pytest

from crossborder.charts import alt_of, static_svg, table_of
from crossborder.charts import ranking_fortunes as fortunes
from crossborder.charts import ranking_offers as offers
from crossborder.charts import ranking_prices as prices
from crossborder.charts.theme import theme
from crossborder.i18n import in_language
from crossborder.ranking import same_product_offers
from crossborder.ranking.conversion_ranking import ConversionRankingScenario, allocate_by_conversion
from crossborder.ranking.feedback_loop import FeedbackLoopScenario, couple_site_and_outside
from crossborder.ranking.gmv_ranking import GmvRankingScenario, allocate_by_gmv
from crossborder.ranking.story import OUTCOMES, StoryMapScenario, map_story

PICTURES = {
    "offers": (same_product_offers, offers.traffic_by_offer),
    "story": (lambda: map_story(StoryMapScenario(n_points=3)), offers.where_the_story_holds),
}


@pytest.fixture(scope="module", params=PICTURES)
def picture(request):
    run, draw = PICTURES[request.param]
    return run(), draw


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_picture_has_its_title_sentence_table_and_drawing(picture, language):
    result, draw = picture
    with in_language(language):
        figure = draw(result)
        assert figure.layout.title.text and len(alt_of(figure)) > 15
        table = table_of(figure)
        assert table["rows"] and not any(name.endswith(("_usd", "_share")) for name in table["columns"])
        assert static_svg(figure).startswith("<svg")
    chinese = any("\N{CJK UNIFIED IDEOGRAPH-4E00}" <= ch <= "\N{CJK UNIFIED IDEOGRAPH-9FFF}" for ch in alt_of(figure))
    assert chinese == (language == "zh")


def test_the_floor_of_the_race_is_inside_the_picture():
    race = allocate_by_conversion(ConversionRankingScenario(weeks=2))
    figure = prices.prices_by_week(race)
    low, high = figure.layout.yaxis.range
    assert low < race.lowest_price_usd < high
    assert figure.layout.shapes[0].y0 == race.lowest_price_usd


def test_marks_stand_at_the_best_prices():
    curve = allocate_by_gmv(GmvRankingScenario(n_prices=31))
    marks = [trace.x[0] for trace in prices.score_and_profit(curve).data if trace.mode == "markers"]
    assert marks == [curve.score_best_usd, curve.profit_best_usd]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_of_the_story_is_mapped_with_the_claim_marked(outcome):
    story = map_story(StoryMapScenario(n_points=3, outcome=outcome))
    figure = offers.where_the_story_holds(story)
    heat = figure.data[0]
    shown = story.only(denominator="per_visit").table.pivot(
        index="order_elasticity", columns="click_elasticity", values=outcome
    )
    assert [list(row) for row in heat.z] == shown.to_numpy().tolist()
    star = next(trace for trace in figure.data if trace.type == "scatter" and trace.mode == "markers")
    assert (star.x[0], star.y[0]) == (-1.7, -0.9)


def test_the_line_runs_between_points_where_both_gain_and_points_where_they_do_not():
    figure = offers.where_the_story_holds(map_story(StoryMapScenario(n_points=9)))
    line = next(trace for trace in figure.data if trace.type == "scatter" and trace.mode == "lines")
    heights = [y for y in line.y if y is not None and y == y]
    assert heights and all(-1.3 < y < -1.1 for y in heights)


def test_only_the_winner_of_each_world_stands_out():
    apart = couple_site_and_outside(FeedbackLoopScenario(worlds=3, days=10))
    figure = fortunes.winners_by_world(apart)
    colours = [colour for trace in figure.data if not trace.name.startswith("The ") for colour in trace.marker.color]
    assert colours.count(theme().new) == 3 and len(colours) == 3 * 8
    legend = {trace.name: trace.marker.color for trace in figure.data if trace.showlegend is not False}
    assert legend == {"The winner of this world": theme().new, "The other products": theme().edge}
