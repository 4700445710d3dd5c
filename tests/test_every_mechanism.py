"""What holds for each mechanism that the atlas says is built: a row of ``datasets/systems.csv`` brings all of this."""

import numpy as np
import pandas as pd
import pytest

from crossborder.apps.atlas_page import chart_function, mechanism_explorer
from crossborder.atlas import Mechanism, atlas
from crossborder.charts import alt_of, static_svg, table_of
from crossborder.facts import facts
from crossborder.i18n import LANGUAGES, _, in_language
from crossborder.result import Result

BUILT = {f"{m.number}-{m.verb.rpartition('.')[2]}": m for m in atlas().mechanisms if m.built}


@pytest.fixture(scope="module", params=BUILT)
def mechanism(request) -> Mechanism:
    return BUILT[request.param]


@pytest.fixture(scope="module")
def result(mechanism) -> Result:
    """The run on the default scenario: what a reader sees first."""
    return mechanism.function()(mechanism.default_scenario(), rng=0)


def chinese(text: str) -> bool:
    return any("一" <= letter <= "鿿" for letter in text)


def test_it_stands_in_the_room_of_its_theme(mechanism):
    assert mechanism.verb.split(".")[0] == mechanism.scenario.split(".")[0] == mechanism.theme


def test_it_says_its_sentence_in_both_languages(result, speaks_both):
    speaks_both(result)


def test_every_label_is_translated_and_every_column_has_one(mechanism, result):
    with in_language("zh"):
        labels = [*result.columns.values(), *(a.label for a in mechanism.default_scenario().about().values())]
        assert [label for label in labels if not chinese(_(label)) and label != "GMV"] == []  # the trade says GMV
    assert [str(column) for column in result.table.columns if column not in result.columns] == []


def test_few_controls_are_in_sight(mechanism):
    main = [name for name, about in mechanism.default_scenario().about().items() if about.main]
    assert 3 <= len(main) <= 5


def test_its_facts_exist_and_those_of_the_result_stand_on_the_card(mechanism, result):
    said = {fact for origin in result.origin.values() for fact in origin.facts}
    assert said and said <= set(mechanism.facts)
    assert [fact for fact in mechanism.facts if fact not in facts] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_picture_has_a_title_a_sentence_and_a_table(mechanism, result, language):
    before = result.table.copy(deep=True)
    with in_language(language):
        figure = chart_function(mechanism)(result)
        assert static_svg(figure).startswith("<svg") and len(alt_of(figure)) > 15
        assert table_of(figure)["rows"]
        assert not any(name.endswith(("_usd", "_share")) for name in table_of(figure)["columns"])
        assert chinese(figure.layout.title.text) == chinese(alt_of(figure)) == (language == "zh")
    assert result.table.equals(before)


def test_the_same_luck_gives_the_same_result(mechanism, result):
    """A generator is one seed for all of a verb's runs: shoppers who differ would show a change where there is none."""
    verb, scenario = mechanism.function(), mechanism.default_scenario()
    first, second = (verb(scenario, rng=np.random.default_rng(5)) for _time in range(2))
    assert first.table.equals(second.table)
    if hasattr(first, "seed"):
        assert verb(scenario, rng=first.seed).table.equals(first.table)


def test_its_explorer_opens_and_its_notebook_code_gives_the_same(mechanism, result):
    explorer = mechanism_explorer(mechanism)
    explorer.wait()
    assert not explorer.error and explorer.result is not None
    assert explorer.result.table.equals(result.table) and explorer.chart.drawn is not None
    assert f"mechanism={mechanism.number}" in explorer.query()
    names: dict = {}
    exec(explorer.code(), names)
    pd.testing.assert_frame_equal(names["result"].table, result.table)
    assert names["figure"].layout.title.text == explorer.chart.drawn.layout.title.text
