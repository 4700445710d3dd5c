"""Where a grid of numbers crosses a level, as line segments: drawn alike on the screen and on paper."""

from collections.abc import Sequence


def level_lines(
    xs: Sequence[float], ys: Sequence[float], z: Sequence[Sequence[float]], level: float
) -> tuple[list[float | None], list[float | None]]:
    """Segments of the line ``z == level`` (marching squares, linear inside a cell), parted by ``None``.

    >>> level_lines([0, 1], [0, 1], [[-1, 1], [-1, 1]], 0)
    ([0.5, 0.5, None], [0.0, 1.0, None])
    """
    out_x: list[float | None] = []
    out_y: list[float | None] = []
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            corners = [
                (xs[column], ys[row], z[row][column] - level),
                (xs[column + 1], ys[row], z[row][column + 1] - level),
                (xs[column + 1], ys[row + 1], z[row + 1][column + 1] - level),
                (xs[column], ys[row + 1], z[row + 1][column] - level),
            ]
            crossings = [
                _between(a, b)
                for a, b in zip(corners, corners[1:] + corners[:1], strict=True)
                if (a[2] > 0) != (b[2] > 0)
            ]
            for start, end in zip(crossings[::2], crossings[1::2], strict=False):
                out_x += [start[0], end[0], None]
                out_y += [start[1], end[1], None]
    return out_x, out_y


def _between(a: tuple[float, float, float], b: tuple[float, float, float]) -> tuple[float, float]:
    share = a[2] / (a[2] - b[2])
    return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])
