"""The small app in Dash, run by gunicorn: ``gunicorn dash_app:server``."""

from base64 import b64decode

from dash import Dash, Input, Output, dcc, html
from flask import request
from flask_compress import Compress
from price_app import CONFIG, HEADING, MARKETS, SLIDERS, START, TEXT, figure_of, table_of, upload_told


def table(row: dict[str, str]) -> html.Table:
    """The table's one row."""
    heads = html.Thead(html.Tr([html.Th(name) for name in row]))
    return html.Table([heads, html.Tbody(html.Tr([html.Td(text) for text in row.values()]))])


app = Dash(__name__, title=HEADING, update_title=None)
server = app.server
server.config["COMPRESS_REGISTER"] = False
compress = Compress(server)


@server.after_request
def from_afar(response):
    """Compress for visitors who come through a proxy, as the library's own server does; nearby it only costs time."""
    return compress.after_request(response) if "X-Forwarded-For" in request.headers else response


def slider(one) -> html.Div:
    """A labelled slider that reports while it is dragged, as a Jupyter widget does."""
    control = dcc.Slider(one.low, one.high, one.step, value=one.start, marks=None, updatemode="drag", id=one.name)
    return html.Div([html.Label(one.label), control], style={"width": "320px"})


app.layout = html.Div(
    [
        html.H1(HEADING),
        html.P(TEXT),
        *(slider(one) for one in SLIDERS),
        dcc.Dropdown(MARKETS, START["market"], id="market", clearable=False, style={"width": "320px"}),
        dcc.Upload(html.Button("Upload"), id="upload", accept=".csv"),
        html.Span(upload_told(None), id="told"),
        html.Div(table(table_of(**START)), id="table"),
        dcc.Graph(figure=figure_of(**START), id="chart", config=CONFIG),
    ]
)


@app.callback(
    Output("chart", "figure"),
    Output("table", "children"),
    *(Input(name, "value") for name in START),
    prevent_initial_call=True,
)
def change(price: float, cost: float, fee: float, market: str):
    """A control moved."""
    values = {"price": price, "cost": cost, "fee": fee, "market": market}
    return figure_of(**values), table(table_of(**values))


@app.callback(Output("told", "children"), Input("upload", "contents"), prevent_initial_call=True)
def receive(contents: str) -> str:
    """A file came."""
    return upload_told(len(b64decode(contents.partition(",")[2])))


server.test_client().get("/")  # a worker knows its own scripts only after it has served the page once
