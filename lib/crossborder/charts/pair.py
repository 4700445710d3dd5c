"""Two pictures side by side on one scale, so that lengths may be compared across them."""

import plotly.graph_objects as go


def same_scale(first: go.Figure, second: go.Figure) -> None:
    """Give both figures the wider of each axis' two ranges, with its ticks; axes of other kinds stay as they are."""
    for key in ("xaxis", "yaxis"):
        axes = [first.layout[key], second.layout[key]]
        if any(axis.range is None or axis.tickvals is None for axis in axes) or axes[0].type != axes[1].type:
            continue
        low, high = min(a.range[0] for a in axes), max(a.range[1] for a in axes)
        wider = max(axes, key=lambda axis: axis.range[1] - axis.range[0])
        ticks, labels = list(wider.tickvals), list(wider.ticktext)
        for axis in axes:
            axis.update(range=[low, high], tickvals=ticks, ticktext=labels)


def tagged(figure: go.Figure, tag: str) -> go.Figure:
    """The figure with a letter before its title."""
    figure.layout.title.text = f"{tag} · {figure.layout.title.text or ''}".rstrip(" ·")
    return figure
