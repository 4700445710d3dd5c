"""The small app in Panel: ``python panel_app.py PORT``."""

import sys

import panel
from price_app import CONFIG, HEADING, MARKETS, SLIDERS, START, TEXT, figure_of, table_html, table_of, upload_told
from tornado.web import GZipContentEncoding


class FromAfar(GZipContentEncoding):
    """Compress for visitors who come through a proxy, as the library's own server does; nearby it only costs time."""

    def __init__(self, request) -> None:
        super().__init__(request)
        self._gzipping = self._gzipping and "X-Forwarded-For" in request.headers


panel.extension("plotly")


def page() -> panel.Column:
    """One visitor's controls, table and chart."""
    sliders = {
        one.name: panel.widgets.FloatSlider(name=one.label, start=one.low, end=one.high, step=one.step, value=one.start)
        for one in SLIDERS
    }
    market = panel.widgets.Select(name="Market", options=list(MARKETS), value=START["market"])
    upload = panel.widgets.FileInput(accept=".csv")
    told = panel.bind(lambda content: upload_told(len(content) if content else None), upload)
    chart = panel.pane.Plotly(figure_of(**START), config=CONFIG, sizing_mode="stretch_width")
    table = panel.pane.HTML(table_html(table_of(**START)))

    def change(*_events: object) -> None:
        values = {name: control.value for name, control in {**sliders, "market": market}.items()}
        chart.object = figure_of(**values)
        table.object = table_html(table_of(**values))

    for control in (*sliders.values(), market):
        control.param.watch(change, "value")
    controls = [*sliders.values(), market, panel.Row(upload, told), table]
    return panel.Column(f"# {HEADING}", TEXT, *controls, chart, sizing_mode="stretch_width")


if __name__ == "__main__":
    panel.serve(
        page,
        port=int(sys.argv[1]),
        address="127.0.0.1",
        websocket_origin=["*"],  # it listens on this machine alone; a slow line comes by another port
        show=False,
        title=HEADING,
        transforms=[FromAfar],
    )
