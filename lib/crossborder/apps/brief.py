"""The one-page brief: one HTML file that needs nothing else, prints on one sheet, and says what it cannot tell."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

import crossborder
from crossborder.apps.controls import value_text
from crossborder.apps.show import Html, badges, joined, paragraph, table_html
from crossborder.charts.static_svg import static_svg
from crossborder.charts.theme import FONTS, LIGHT
from crossborder.charts.words import labels_of
from crossborder.i18n import N_, _, in_language, language
from crossborder.params import Params
from crossborder.paths import changed_from_usual, controlled, value_at
from crossborder.result import Result

ROWS = 8
ASSUMPTIONS = 10
SHEET = (690, 290)  # the picture on paper, pixels
NARROW = 350


@dataclass(frozen=True, kw_only=True)
class Brief:
    """What one page says. ``cannot_tell`` are message ids; ``seed`` is what the run's luck came from; ``hidden`` are
    beginnings of parameters that act on nothing here."""

    question: str
    result: Result
    figure: go.Figure | None = None
    scenario: Params | None = None
    cannot_tell: tuple[str, ...] = ()
    data_kind: str = "simulated"
    seed: int | None = None
    hidden: tuple[str, ...] = ()
    on: dt.date = field(default_factory=dt.date.today)

    def html(self) -> str:
        """The page, in the language of the moment."""
        limits = joined(Html("<li>{text}</li>").fill(text=_(text)) for text in self.cannot_tell or _ALWAYS)
        origin = _("Crossborder {version}, {date}").format(version=crossborder.__version__, date=self.on.isoformat())
        if self.seed is not None:
            origin = _("{origin}, seed {seed}").format(origin=origin, seed=self.seed)
        return _PAGE.fill(
            lang="zh-CN" if language() == "zh" else "en",
            style=Html(_style()),
            title=_(self.question),
            badge=badges(self.data_kind),
            answer=paragraph(self.result.text, "answer"),
            picture=_pictures(self.figure) if self.figure else Html(""),
            numbers=_("The numbers"),
            table=_short_table(self.result),
            assumed=_("What was assumed"),
            assumptions=self._assumptions(),
            limits_title=_("What this cannot tell"),
            limits=limits,
            origin=origin,
        )

    def _assumptions(self) -> Html:
        if self.scenario is None:
            return paragraph(_("Nothing beyond the model itself."))
        changed = changed_from_usual(self.scenario)
        rows = [(path, about) for path, about, _group in controlled(self.scenario, self.hidden)]
        rows.sort(key=lambda row: (row[0] not in changed, not row[1].main))
        parts = [
            Html("<li><b>{label}</b> {value} <i>{origin}</i></li>").fill(
                label=_(about.label), value=value_text(about, value_at(self.scenario, path)), origin=about.origin.text
            )
            for path, about in rows[:ASSUMPTIONS]
        ]
        more = len(rows) - ASSUMPTIONS
        rest = paragraph(_("and {n} more at their usual values").format(n=more), "small") if more > 0 else Html("")
        return Html("<ul class='assumed'>{rows}</ul>").fill(rows=joined(parts)) + rest


_ALWAYS = (
    N_("It shows a model of a market, not the market: read directions and sizes, not forecasts."),
    N_("What stands under assumed was chosen, not measured; move it and see whether the answer holds."),
)

_PAGE = Html(
    '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, '
    'initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "style-src 'unsafe-inline'\">"
    "<title>{title}</title><style>{style}</style></head><body><main><header><h1>{title}</h1>{badge}</header>{answer}"
    "<figure>{picture}</figure><section><h2>{numbers}</h2>{table}</section><section><h2>{assumed}</h2>{assumptions}"
    "</section><section><h2>{limits_title}</h2><ul>{limits}</ul></section><footer>{origin}</footer></main>"
    "</body></html>"
)


def _pictures(figure: go.Figure) -> Html:
    """The picture twice: as wide and as low as the sheet allows, and upright for a narrow screen."""
    sheet = static_svg(figure, width=SHEET[0], height=min(int(figure.layout.height or SHEET[1]), SHEET[1]))
    narrow = static_svg(figure, width=NARROW)
    return Html("<div class='sheet'>{sheet}</div><div class='narrow'>{narrow}</div>").fill(
        sheet=Html(sheet), narrow=Html(narrow)
    )


def _short_table(result: Result) -> Html:
    return table_html(result.table, labels=labels_of(result), most=ROWS)


def _style() -> str:
    """Print style: one A4 sheet; the screen shows the same sheet."""
    return f"""
@page {{ size: A4; margin: 9mm 13mm; }}
* {{ box-sizing: border-box; }}
body {{ background: {LIGHT.wash}; color: {LIGHT.ink}; font: 9pt/1.28 {FONTS}; margin: 0; }}
main {{ background: {LIGHT.paper}; margin: 16px auto; max-width: 186mm; padding: 10mm; }}
header {{ align-items: baseline; display: flex; gap: 12px; justify-content: space-between; }}
h1 {{ font-size: 16pt; letter-spacing: -0.01em; line-height: 1.2; margin: 0 0 6px; }}
h2 {{ color: {LIGHT.muted}; font-size: 8.6pt; font-weight: 650; margin: 10px 0 3px; }}
.answer {{
  border-left: 3px solid {LIGHT.accent}; font-size: 11.5pt; font-weight: 600; line-height: 1.32; margin: 4px 0 8px;
  padding-left: 10px;
}}
.xb-badge {{ border-radius: 99px; font-size: 8pt; padding: 1px 9px; white-space: nowrap; }}
.xb-badge {{ background: {LIGHT.warm_wash}; color: {LIGHT.warm}; }}
.xb-badge[data-kind="observed"] {{ background: {LIGHT.accent_wash}; color: {LIGHT.accent_dark}; }}
figure {{ margin: 0; }} figure svg {{ display: block; margin: 0 auto; max-height: 106mm; }}
table {{ border-collapse: collapse; font-size: 8.4pt; font-variant-numeric: tabular-nums; width: 100%; }}
th, td {{
  border-bottom: 1px solid {LIGHT.line}; font-weight: 400; overflow-wrap: break-word; padding: 1.4px 8px 1.4px 0;
  text-align: left; vertical-align: top;
}}
thead th {{ color: {LIGHT.muted}; font-weight: 600; vertical-align: bottom; }}
@media print, (min-width: 601px) {{
  :is(th, td):first-child {{ min-width: 17em; }} :lang(zh) > :is(th, td):first-child {{ min-width: 13em; }}
}}
th.xb-number, td.xb-number {{ text-align: right; }} td.xb-number {{ white-space: nowrap; }}
.assumed {{ columns: 2; column-gap: 22px; font-size: 8pt; list-style: none; padding: 0; }}
.assumed b {{ font-weight: 600; }} .assumed i {{ color: {LIGHT.muted}; font-size: 7.2pt; font-style: normal; }}
.assumed li {{ break-inside: avoid; margin-bottom: 2px; }}
ul {{ margin: 0; padding-left: 14px; }} li {{ margin-bottom: 2px; }} p {{ margin: 0 0 3px; }}
.small, footer, .xb-small {{ color: {LIGHT.muted}; font-size: 7.6pt; }}
footer {{ border-top: 1px solid {LIGHT.line}; margin-top: 8px; padding-top: 4px; }}
@media print {{
  body {{ background: none; }} main {{ margin: 0; max-width: none; padding: 0; }}
  section, figure {{ break-inside: avoid; }}
}}
figure .narrow {{ display: none; }}
@media screen and (max-width: 600px) {{
  body {{ font-size: 15px; line-height: 1.45; }} main {{ margin: 0; padding: 20px; }} header {{ flex-wrap: wrap; }}
  h1 {{ font-size: 22px; }} h2 {{ font-size: 14px; }} .answer {{ font-size: 16px; }}
  figure .sheet {{ display: none; }} figure .narrow {{ display: block; }} figure svg {{ max-height: none; }}
  .xb-badge, .assumed, .small, footer, .xb-small {{ font-size: 13px; }} .assumed {{ columns: 1; }}
  .assumed i {{ display: block; font-size: 12px; }} .assumed li {{ margin-bottom: 6px; }}
  .xb-table-frame {{ overflow-x: auto; }} table {{ font-size: 13px; min-width: 100%; width: max-content; }}
  th, td {{ max-width: 9.5em; padding: 4px 12px 4px 0; }} thead th {{ max-width: 14em; }}
  :is(th, td):first-child {{ background: {LIGHT.paper}; left: 0; min-width: 7em; position: sticky; }}
}}
"""


def brief_page(
    result: Result, scenario: Params, draw: Callable[[Result], Any] | None, *, code: str, question: str,
    cannot_tell: tuple[str, ...], data_kind: str, rng: Any, hidden: tuple[str, ...] = (),
) -> str:  # fmt: skip
    """The brief of one result in one language; without a question its sentence stands as the title."""
    with in_language(code):
        return Brief(
            question=question or result.text,
            result=result,
            figure=draw(result) if draw else None,
            scenario=scenario,
            cannot_tell=cannot_tell,
            data_kind=data_kind,
            seed=rng if isinstance(rng, int) else None,
            hidden=hidden,
        ).html()
