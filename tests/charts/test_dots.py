import pandas as pd

from crossborder.charts import alt_of, quantile_dots


def test_twenty_dots_at_the_quantiles(draws):
    figure = quantile_dots(draws, "difference_usd")
    assert sum(len(trace.x) for trace in figure.data) == 20
    assert len(figure.data[0].x) == 15 and "15 of 20" in alt_of(figure)


def test_order_of_the_draws_does_not_matter(draws):
    shuffled = type(draws)(table=draws.table.sample(frac=1, random_state=1))
    assert quantile_dots(draws, "difference_usd").to_json() == quantile_dots(shuffled, "difference_usd").to_json()


def test_equal_draws_stand_on_one_another(draws):
    same = type(draws)(table=pd.DataFrame({"difference_usd": [4.0] * 30}))
    trace = quantile_dots(same, "difference_usd").data[0]
    assert len(set(trace.x)) == 1 and len(set(trace.y)) == 20
