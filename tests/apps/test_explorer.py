import threading

import pytest

from crossborder.apps import Explorer
from crossborder.apps.controls import value_text
from crossborder.apps.language import speak
from crossborder.errors import CrossborderError


def bars(explorer):
    return list(explorer.chart.drawn.data[0].x)


def test_moving_a_slider_moves_the_picture_and_the_sentence(explorer):
    before = explorer.chart.figure
    explorer.controls["price_usd"].value = 50.0
    assert explorer.scenario.price_usd == 50.0
    assert bars(explorer) == pytest.approx([1.8] * 3) and explorer.chart.figure != before
    assert explorer.result.text in explorer.answer.parts["sentence"]


def test_set_from_code_moves_the_slider(explorer):
    explorer.set(price_usd=20.0, sellers=5)
    assert explorer.controls["price_usd"].value == 20.0 and explorer.panel.shown["values"]["sellers"] == 5


def test_a_value_outside_its_bounds_is_said_beside_the_control_and_changes_nothing(explorer):
    figure = explorer.chart.figure
    explorer.set(price_usd=900)
    assert "Price must be between 1 and 100; got 900" in explorer.panel.shown["errors"]["price_usd"]
    assert explorer.scenario.price_usd == 10.0 and explorer.chart.figure == figure
    explorer.set(price_usd=11.0)
    assert not explorer.panel.shown["errors"]


def test_a_wrong_formula_stays_in_its_field_to_be_mended(explorer):
    explorer.controls["score"].value = "price"
    assert explorer.panel.shown["values"]["score"] == "price" and explorer.scenario.score == "price * rating"
    explorer.controls["score"].value = "price * 2"
    assert explorer.scenario.score == "price * 2" and explorer.panel.shown["errors"] == {}


def test_a_parameter_of_an_inner_scenario_has_its_control(explorer):
    explorer.controls["inner.depth"].value = 0.9
    assert explorer.scenario.inner.depth == 0.9


def test_reset_and_undo(explorer):
    explorer.set(price_usd=20.0)
    explorer.set(sellers=5)
    explorer.undo()
    assert (explorer.scenario.price_usd, explorer.scenario.sellers) == (20.0, 3)
    explorer.reset()
    assert explorer.scenario.price_usd == 10.0
    explorer.undo()
    assert explorer.scenario.price_usd == 20.0


def test_one_drag_is_one_step_of_undo(explorer):
    for value in (11.0, 12.0, 13.0):
        explorer._change({"price_usd": value}, False)
    explorer._change({"price_usd": 13.0}, True)
    explorer.undo()
    assert explorer.scenario.price_usd == 10.0


def test_buttons_know_when_they_can_act(explorer):
    assert explorer.panel.shown["enabled"] == ["keep"]
    explorer.set(price_usd=20.0)
    explorer.keep()
    assert explorer.panel.shown["enabled"] == ["drop", "keep", "reset", "undo"]


def test_a_kept_run_stands_beside_the_new_one_on_the_same_scale(explorer):
    explorer.keep()
    explorer.set(price_usd=50.0)
    first, second = explorer.stage.pictures.children
    assert list(first.drawn.layout.xaxis.range) == list(second.drawn.layout.xaxis.range)
    assert first.drawn.layout.title.text.startswith("A ·") and list(first.drawn.data[0].x) == pytest.approx([9.0] * 3)
    assert "10 USD → 50 USD" in explorer.answer.parts["compare"]
    explorer.drop()
    assert len(explorer.stage.pictures.children) == 1 and explorer.answer.parts["compare"] == ""


def test_a_verb_that_fails_says_so_and_the_page_lives_on(shop, verb):
    def moody(scenario):
        if scenario.sellers == 9:
            raise CrossborderError("Nine sellers are too many.")
        if scenario.sellers == 8:
            raise KeyError("secret detail")
        return verb(scenario)

    explorer = Explorer(shop(), moody)
    explorer.set(sellers=9)
    assert "Nine sellers are too many." in explorer.answer.parts["sentence"]
    explorer.set(sellers=8)
    assert "secret" not in explorer.answer.parts["sentence"] and "reference" in explorer.answer.parts["sentence"]
    explorer.set(sellers=7)
    assert "Orders" in explorer.answer.parts["sentence"]


def test_language_relabels_everything_in_place_without_a_run(shop, verb):
    runs = []

    def counted(scenario):
        runs.append(scenario)
        return verb(scenario)

    from crossborder.charts import bar_list

    explorer = Explorer(shop(), counted, lambda result: bar_list(result, "seller", "orders"))
    explorer.drawer.act("open", "numbers")
    speak("zh")
    assert len(runs) == 1
    assert explorer.panel.described["controls"][0]["label"] == "价格"
    assert explorer.panel.described["buttons"][0][1] == "重置"
    assert "订单" in explorer.answer.parts["sentence"] and "订单" in explorer.drawer.parts["numbers"]
    assert explorer.chart.drawn.layout.title.text == "从大到小" and explorer.chart.words["table"] == "数据表"


def test_a_slow_verb_shows_progress_and_only_the_newest_result(shop, verb):
    gate = threading.Event()
    started = threading.Event()

    def slow(scenario, progress=None):
        if scenario.sellers == 4:
            started.set()
            gate.wait(5)
        if progress:
            progress(1, 2)
        return verb(scenario)

    explorer = Explorer(shop(), slow, slow=True)
    explorer.set(sellers=4)
    assert started.wait(5) and "<progress" in explorer.answer.parts["progress"]
    explorer.set(sellers=6)
    gate.set()
    explorer.wait()
    assert len(explorer.result.table) == 6 and explorer.answer.parts["progress"] == ""


def test_cancel_keeps_what_was_on_the_screen(shop, verb):
    gate = threading.Event()

    def slow(scenario, progress=None):
        while scenario.sellers == 4 and not gate.wait(0.01):
            progress(1, 2)
        return verb(scenario)

    explorer = Explorer(shop(), slow, slow=True)
    explorer.set(sellers=4)
    explorer.act("cancel")
    explorer.wait(5)
    gate.set()
    assert len(explorer.result.table) == 3 and explorer.answer.parts["progress"] == ""


def test_a_finer_run_replaces_the_quick_one(shop, verb, sales):
    def fine(scenario, progress=None):
        return sales(table=verb(scenario).table, said="with its interval")

    explorer = Explorer(shop(), verb, refine=fine)
    assert "Orders" in explorer.answer.parts["sentence"] or explorer.refined
    explorer.wait(10)
    assert explorer.refined and "with its interval" in explorer.answer.parts["sentence"]


def test_several_pictures_one_shown(shop, verb):
    from crossborder.charts import bar_list

    views = {
        "Old": lambda r: bar_list(r, "seller", "orders", title="first"),
        "New": lambda r: bar_list(r, "seller", "orders", title="second"),
    }
    explorer = Explorer(shop(), verb, views)
    assert explorer.chart.drawn.layout.title.text == "first"
    explorer.act("view", "New")
    assert (
        explorer.chart.drawn.layout.title.text == "second"
        and 'aria-pressed="true">New' in explorer.stage.choice.parts["views"]
    )
    explorer.act("view", "nonsense")
    assert explorer.stage.view == "New"


def test_a_table_of_ones_own_starts_anew(explorer, shop):
    import pandas as pd

    explorer.set(price_usd=20.0)
    explorer.replace_start(shop(listings=pd.DataFrame({"a": [1]})), data_kind="observed")
    explorer.wait()
    assert "My data" in explorer.answer.parts["beside"] and explorer.panel.shown["enabled"] == ["keep"]


def test_the_sheet_names_the_settings_but_none_that_acts_on_nothing(shop, verb):
    explorer = Explorer(shop(), verb)
    explorer.set(price_usd=20.0, sellers=4)
    assert "Price: 20 USD" in explorer.answer.parts["beside"] and "Store: 4" in explorer.answer.parts["beside"]
    explorer.replace_start(shop(price_usd=20.0, sellers=4), hidden=("sellers",))
    explorer.wait()
    assert "Price: 20 USD" in explorer.answer.parts["beside"] and "Store: 4" not in explorer.answer.parts["beside"]
    assert "<b>Store</b>" not in explorer.brief("en")


def test_data_that_no_run_survives_are_not_taken_for_those_on_the_screen(shop, verb):
    """A file so large that its run ends: badge, brief and code stay those of the run before, and the page says so."""

    def narrow(scenario):
        if scenario.sellers == 9:
            raise MemoryError
        return verb(scenario)

    explorer = Explorer(shop(), narrow, question="Orders")
    explorer.replace_start(shop(sellers=9), data_kind="observed", given={"listings": "mine()"})
    explorer.wait()
    assert "more memory" in explorer.answer.parts["sentence"] and "settings before" in explorer.answer.parts["stale"]
    explorer.relabel()
    assert "Simulated" in explorer.answer.parts["beside"] and "My data" not in explorer.brief("en")
    assert explorer.shown.given == {}
    explorer.reset()
    explorer.set(sellers=4)
    assert explorer.answer.parts["stale"] == "" and "My data" in explorer.answer.parts["beside"]


def test_a_run_that_was_given_up_leaves_an_answer_that_says_it_is_of_other_settings(shop, verb):
    import threading

    held = threading.Event()

    def slow(scenario):
        if scenario.sellers == 9:
            held.wait(10)
        return verb(scenario)

    explorer = Explorer(shop(), slow, slow=True)
    explorer.wait()
    explorer.cancel()
    assert explorer.answer.parts["stale"] == ""
    explorer.set(sellers=9)
    explorer.cancel()
    held.set()
    assert "settings before" in explorer.answer.parts["stale"] and explorer.answer.parts["progress"] == ""


def test_hostile_text_from_a_result_is_text(shop, sales, verb):
    explorer = Explorer(shop(), lambda scenario: sales(table=verb(scenario).table, said="<script>x</script>"))
    assert "<script>" not in explorer.answer.parts["sentence"]


def test_brief_and_code_tell_of_what_is_on_the_screen_not_of_what_failed(shop, verb):
    def moody(scenario):
        if scenario.sellers == 9:
            raise CrossborderError("Nine sellers are too many.")
        return verb(scenario)

    explorer = Explorer(shop(), moody, question="Orders")
    explorer.set(sellers=9)
    assert explorer.shown.scenario.sellers == 3 and "<b>Store</b> 3" in explorer.brief("en")
    explorer.keep()
    assert explorer.reference.scenario.sellers == 3


def test_an_answer_that_is_not_that_of_the_settings_says_so(explorer):
    explorer.set(price_usd=900)
    assert "settings before" in explorer.answer.parts["stale"]
    explorer.set(price_usd=30)
    assert explorer.answer.parts["stale"] == ""


def test_a_value_that_the_reader_set_is_not_called_ours(explorer):
    start = explorer.scenario.price_usd
    explorer.set(price_usd=start + 5)
    assert explorer.panel.shown["mine"] == {
        "price_usd": f"Set by you; it was {value_text(explorer.controls['price_usd'].about, start)}."
    }
    explorer.reset()
    assert explorer.panel.shown["mine"] == {}
