"""The small app of stock Jupyter widgets and the library's chart, for a notebook under Voila."""

import ipywidgets
from price_app import MARKETS, SLIDERS, START, figure_of, table_html, table_of, upload_told

from crossborder.apps.chart import Chart


def page() -> ipywidgets.Widget:
    """Controls, table and chart; any change runs the app's functions once."""
    sliders = {
        one.name: ipywidgets.FloatSlider(
            value=one.start, min=one.low, max=one.high, step=one.step, description=one.label
        )
        for one in SLIDERS
    }
    market = ipywidgets.Dropdown(options=MARKETS, value=START["market"], description="Market")
    upload = ipywidgets.FileUpload(description="Upload", accept=".csv")
    told = ipywidgets.Label(upload_told(None))
    table = ipywidgets.HTML()  # noqa: TID251 - a stock widget, as in the other contenders; it holds numbers only
    chart = Chart()

    def change(_change: object = None) -> None:
        values = {name: slider.value for name, slider in sliders.items()}
        chart.show(figure_of(**values, market=market.value))
        table.value = table_html(table_of(**values, market=market.value))

    def receive(_change: object) -> None:
        told.value = upload_told(len(upload.value[0].content) if upload.value else None)

    for control in (*sliders.values(), market):
        control.observe(change, "value")
    upload.observe(receive, "value")
    change()
    controls = ipywidgets.VBox([*sliders.values(), market, ipywidgets.HBox([upload, told])])
    return ipywidgets.VBox([ipywidgets.HBox([controls, table]), chart])
