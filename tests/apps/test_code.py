import contextlib
import io

import pytest

from crossborder.apps import Explorer
from crossborder.apps.code import notebook_code
from crossborder.apps.language import speak
from crossborder.apps.policy_change import policy_change_explorer, quick_change
from crossborder.charts import over_days, paired_differences
from crossborder.charts.ranking import what_changes
from crossborder.market.make import MarketScenario
from crossborder.ranking import PolicyChangeScenario, change_policy

SMALL = {"days": 7, "worlds": 2, "world": MarketScenario(n_stores=10, sessions_per_day=500)}


def run(code):
    names: dict = {}
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(code, names)
    return names, said.getvalue()


def test_the_lines_reproduce_what_is_on_the_screen():
    explorer = Explorer(PolicyChangeScenario(**SMALL), change_policy, paired_differences)
    explorer.set(new="price * conversion * rating | explore(0.1)", respond=False, **{"world.n_stores": 12})
    explorer.wait()
    names, said = run(explorer.code())
    assert names["scenario"].changed() == explorer.scenario.changed()
    assert names["figure"].to_json() == explorer.chart.drawn.to_json()
    assert said.strip() == explorer.result.text


def test_the_dashboard_names_the_finer_verb_once_it_is_shown():
    explorer = policy_change_explorer(**SMALL)
    explorer.cancel()
    explorer._course.refined = False
    assert "quick_change" in explorer.code()
    explorer.set(respond=False)
    explorer.wait()
    assert "xb.ranking.change_policy(scenario, rng=0)" in explorer.code()
    names, _said = run(explorer.code())
    assert names["figure"].to_json() == explorer.chart.drawn.to_json()


def test_names_come_from_the_room_where_the_room_offers_them():
    code = notebook_code(PolicyChangeScenario(), quick_change, what_changes)
    assert code.splitlines()[0] == "import crossborder as xb" and "xb.ranking.PolicyChangeScenario()" in code
    assert "xb.charts.what_changes(result)" in code
    assert "from crossborder.apps.policy_change import quick_change" in code  # the app's own, no room offers it


def test_tables_of_ones_own_are_given_as_an_expression():
    code = notebook_code(PolicyChangeScenario(), change_policy, None, given={"market": "my_market", "nothing": "x"})
    assert "market=my_market" in code and "nothing" not in code


def test_chinese_screen_chinese_code():
    speak("zh")
    assert 'xb.use_language("zh")' in notebook_code(PolicyChangeScenario(), change_policy, None)


def test_a_partial_keeps_its_arguments():
    from functools import partial

    code = notebook_code(PolicyChangeScenario(), change_policy, partial(over_days, value="gmv_usd"))
    assert "xb.charts.over_days(result, value='gmv_usd')" in code


def test_what_cannot_be_named_says_so(shop, verb):
    with pytest.raises(ValueError, match="cannot be imported by name"):
        notebook_code(shop(), lambda scenario: None, None)
