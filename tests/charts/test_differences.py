import pandas as pd

from crossborder.charts import alt_of, paired_differences, table_of


def test_direction_is_told_by_the_interval_not_by_the_mean(comparison):
    figure = paired_differences(comparison)
    by_name = {trace.name: list(trace.customdata) for trace in figure.data}
    assert by_name == {"Rises": ["gmv_usd"], "Falls": ["orders"], "Not clear": ["cheapest_share"]}


def test_dots_and_intervals_are_shares_of_the_old_value(comparison):
    rises = paired_differences(comparison).data[0]
    assert list(rises.x) == [0.1]
    assert abs(rises.error_x.array[0] - 0.05) < 1e-12 and abs(rises.error_x.arrayminus[0] - 0.05) < 1e-12


def test_a_measure_that_was_zero_stands_in_the_table_only(comparison):
    figure = paired_differences(comparison)
    assert "nothing" not in str(figure.to_plotly_json()["data"])
    assert [row[0] for row in table_of(figure)["rows"]] == ["GMV", "Orders", "cheapest_share", "nothing"]


def test_measures_select_and_order(comparison):
    figure = paired_differences(comparison, measures=("orders", "unknown", "gmv_usd"))
    assert [name.split("<br>")[0] for name in figure.layout.yaxis.categoryarray] == ["<b>GMV</b>", "<b>Orders</b>"]


def test_without_luck_there_is_no_interval_and_none_is_claimed(comparison):
    frame = comparison.table.assign(low=float("nan"), high=float("nan"))
    figure = paired_differences(type(comparison)(table=frame))
    assert all(set(trace.error_x.array) == {0.0} for trace in figure.data)
    assert " to " not in alt_of(figure)


def test_no_rows_no_failure(comparison):
    assert paired_differences(type(comparison)(table=comparison.table.head(0))).layout.title.text
    assert isinstance(comparison.table, pd.DataFrame)
