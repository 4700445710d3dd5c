from crossborder.charts.figure import CONFIG, figure, harmless, shortened, spoken_table, table_of


def test_nothing_of_a_chart_leaves_the_machine():
    assert CONFIG["showSendToCloud"] is False and CONFIG["plotlyServerURL"] == "" and CONFIG["displaylogo"] is False


def test_text_keeps_bold_and_breaks_and_loses_links():
    assert harmless("<b>a</b><br>b<BR/>") == "<b>a</b><br>b<BR/>"
    assert "<a" not in harmless('<a href="javascript:x">y</a>') and "<img" not in harmless("<img src=x onerror=y>")
    assert "<b o" not in harmless("<b onmouseover=x>")


def test_table_formats_a_measure_by_its_row():
    table = {"measure": ["gmv_usd", "cheapest_share"], "old": [1234.6, 0.123], "difference": [-2.0, 0.05]}
    told = spoken_table(table, {"gmv_usd": "GMV"})
    assert told["rows"] == [["GMV", "$1,235", "−$2.00"], ["cheapest_share", "12%", "+5.0 pp"]]
    assert told["numeric"] == [False, True, True]


def test_long_table_says_how_much_is_left_out():
    drawn = figure([], title="t", alt="a", table={"day": list(range(250))})
    assert len(table_of(drawn)["rows"]) == 100 and table_of(drawn)["left_out"] == 150


def test_names_cut_to_the_same_text_stay_apart():
    assert shortened(["x" * 50, "x" * 60], longest=10) == ["x" * 9 + "…", "x" * 9 + "… (2)"]


def test_text_columns_of_frames_are_made_harmless_too():
    import pandas as pd

    drawn = figure([{"type": "bar", "x": [1], "y": pd.Series(["<a href=x>"])}], title="t", alt="a", table={"v": [1]})
    assert drawn.data[0].y[0].startswith("&lt;a")
