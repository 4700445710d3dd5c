from crossborder.charts import alt_of, heat_map
from crossborder.charts.boundary import level_lines


def test_boundary_lies_where_the_number_is_level(grid):
    figure = heat_map(grid, "click", "order", "change", marks=[(1, 1, "claim")], above="yes", below="no")
    line = figure.data[1]
    points = [(x, y) for x, y in zip(line.x, line.y, strict=True) if x is not None]
    assert points and all(abs(x + y - 2.0) < 1e-9 for x, y in points)
    assert figure.data[2].name == "claim" and "33% of the map" in alt_of(figure)


def test_colours_have_ticks_on_both_sides_and_say_of_what(grid):
    bar = heat_map(grid, "click", "order", "change", scale="Gain, in % of all visits").data[0].colorbar
    assert min(bar.tickvals) < 0 < max(bar.tickvals) and bar.ticktext[-1].startswith("+")
    assert bar.title.text == "Gain, in % of all visits" and bar.tickangle == 0


def test_no_boundary_where_nothing_flips(grid):
    assert len(heat_map(grid, "click", "order", "change", level=99.0).data) == 1


def test_hole_in_the_grid_is_left_open(grid):
    figure = heat_map(type(grid)(table=grid.table.iloc[1:]), "click", "order", "change")
    assert figure.data[0].z[0][0] is None


def test_saddle_gives_two_segments():
    xs, _ys = level_lines([0, 1], [0, 1], [[1, -1], [-1, 1]], 0)
    assert xs.count(None) == 2


def test_large_amounts_along_the_colours_are_short(grid):
    table = grid.table.assign(gmv_usd=grid.table["change"] * 10_000)
    figure = heat_map(type(grid)(table=table), "click", "order", "gmv_usd")
    assert "+$20K" in figure.data[0].colorbar.ticktext
