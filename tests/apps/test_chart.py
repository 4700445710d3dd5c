import json

from crossborder.apps import Chart
from crossborder.charts.figure import figure


def drawing(n=3):
    return figure(
        [{"type": "bar", "x": list(range(n)), "y": list(range(n))}],
        title="Bars",
        alt="Three bars.",
        table={"n": range(n)},
    )


def test_a_browser_that_connects_late_gets_the_newest_figure():
    chart = Chart(drawing(3))
    chart.show(drawing(5))
    state = chart.get_state()
    assert json.loads(state["figure"])["data"][0]["x"] == list(range(5))


def test_no_way_to_send_a_chart_elsewhere():
    assert Chart().config["showSendToCloud"] is False and Chart().config["plotlyServerURL"] == ""


def test_first_picture_needs_no_script_and_follows_the_figure_until_a_browser_has_drawn_it():
    chart = Chart(drawing())
    first = chart.poster
    assert first.count("<svg") == 2 and "<script" not in first  # for a wide page and for a phone
    chart.show(drawing(5))
    second = chart.poster
    assert second != first
    chart.set_state({"seen": True})
    chart.show(drawing(7))
    assert chart.poster == second


def test_carries_sentence_and_table():
    meta = Chart(drawing()).plain["layout"]["meta"]
    assert meta["alt"] == "Three bars." and meta["table"]["rows"] == [["0"], ["1"], ["2"]]


def test_a_pick_in_the_browser_reaches_python():
    chart, picked = Chart(drawing()), []
    chart.observe(lambda change: picked.append(change["new"]["point"]), "clicked")
    chart.set_state({"clicked": {"n": 1, "trace": 0, "point": 2, "x": 2, "y": 2, "name": "", "data": None}})
    assert picked == [2]
