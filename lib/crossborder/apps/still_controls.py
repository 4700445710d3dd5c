"""The controls of a scenario before any script runs: the same fields in the same places, not to be moved yet.

The structure is that of front/controls.js; a browser test holds the two to the same places.
"""

import math
from collections.abc import Mapping
from typing import Any

from crossborder.apps.controls import ControlPanel
from crossborder.apps.show import Html, joined
from crossborder.charts.numbers import plain_number

_CONTROL = Html(
    '<div class="xb-control" data-name="{name}" data-kind="{kind}">{field}{whence}{help}'
    '<p class="xb-error" hidden></p></div>'
)
_HEAD = Html('<div class="xb-head"><label>{label}</label>{beside}</div>')
_ORIGIN = Html(
    '<details class="xb-origin"><summary title="{label}"><span aria-hidden="true">i</span></summary></details>'
)
FEW_OPTIONS, SHORT_OPTION = 3, 22  # up to so many and so long, options stand side by side


def still_controls(panel: ControlPanel) -> Html:
    """All controls in sight, the fold of the others, and the buttons."""
    told, values = panel.described, panel.shown["values"]
    main = joined(_control(spec, values[spec["name"]]) for spec in told["controls"] if spec["main"])
    more = any(not spec["main"] for spec in told["controls"])
    fold = Html('<details class="xb-more"><summary>{more}</summary></details>').fill(more=told["more"])
    heading = Html('<h2 class="xb-controls-title">{heading}</h2>').fill(heading=told["heading"])
    return joined([heading if told["heading"] else "", main, fold if more else "", _buttons(panel)])


def _buttons(panel: ControlPanel) -> Html:
    enabled = panel.shown["enabled"]
    buttons = joined(
        Html('<button type="button" class="xb-quiet"{off}>{label}</button>').fill(
            label=label, off=Html("") if action in enabled else Html(" disabled")
        )
        for action, label in panel.described["buttons"]
        if action in enabled or action != "drop"
    )
    return Html('<div class="xb-buttons">{buttons}</div>').fill(buttons=buttons) if buttons else Html("")


def _control(spec: Mapping[str, Any], value: Any) -> Html:
    field = _FIELDS[spec["kind"]](spec, value)
    whence = _ORIGIN.fill(label=spec["origin_label"]) if spec["origin"] else Html("")
    help_text = Html('<p class="xb-small xb-help">{text}</p>').fill(text=spec["help"]) if spec["help"] else Html("")
    return _CONTROL.fill(name=spec["name"], kind=spec["kind"], field=field, whence=whence, help=help_text)


def _number(spec: Mapping[str, Any], value: Any) -> Html:
    share = _share(spec, value)
    shown = plain_number(value * spec["scale"])
    exact = Html(
        '<span class="xb-value"><input type="text" class="xb-exact" size="{size}" value="{value}" tabindex="-1" '
        'aria-label="{name}"><span class="xb-unit">{unit}</span></span>'
    ).fill(size=max(len(shown), 3), value=shown, name=spec["exact_label"], unit=spec["unit"])
    return Html(
        '<div>{head}<input type="range" min="0" max="1000" value="{at}" style="--xb-filled: {filled}%" tabindex="-1" '
        'aria-label="{name}"></div>'
    ).fill(
        head=_HEAD.fill(label=spec["label"], beside=exact),
        at=round(1000 * share),
        filled=round(100 * share),
        name=spec["full_label"],
    )


def _share(spec: Mapping[str, Any], value: float) -> float:
    """How far along its track the handle stands."""
    low, high = spec["low"], spec["high"]
    if spec["log"]:
        return min(max(math.log(value / low) / math.log(high / low), 0.0), 1.0)
    return min(max((value - low) / ((high - low) or 1), 0.0), 1.0)


def _choice(spec: Mapping[str, Any], value: Any) -> Html:
    options = spec["options"]
    if len(options) <= FEW_OPTIONS and all(len(label) <= SHORT_OPTION for _value, label in options):
        radios = joined(
            Html('<span><input type="radio"{on} tabindex="-1"><label>{label}</label></span>').fill(
                on=Html(" checked") if one == value else Html(""), label=label
            )
            for one, label in options
        )
        return Html('<fieldset class="xb-segments"><legend>{label}</legend><div>{radios}</div></fieldset>').fill(
            label=spec["label"], radios=radios
        )
    return _select(spec, dict(options).get(value, str(value)))


def _select(spec: Mapping[str, Any], chosen: str, below: Html | str = "") -> Html:
    return Html(
        '<div>{head}<select tabindex="-1" aria-label="{label}"><option>{chosen}</option></select>{below}</div>'
    ).fill(head=_HEAD.fill(label=spec["label"], beside=""), label=spec["label"], chosen=chosen, below=below)


def _flag(spec: Mapping[str, Any], value: Any) -> Html:
    return Html(
        '<div class="xb-flag"><input type="checkbox" role="switch"{on} tabindex="-1"><label>{label}</label></div>'
    ).fill(on=Html(" checked") if value else Html(""), label=spec["label"])


def _day(spec: Mapping[str, Any], value: Any) -> Html:
    return Html('<div>{head}<input type="date" value="{value}" tabindex="-1" aria-label="{label}"></div>').fill(
        head=_HEAD.fill(label=spec["label"], beside=""), value=value, label=spec["label"]
    )


def _formula(spec: Mapping[str, Any], value: Any) -> Html:
    presets = dict(spec["presets"])
    if value in presets:
        text = Html('<code class="xb-formula-text">{value}</code>').fill(value=value)
        return _select(spec, presets[value], text)
    field = Html(
        '<textarea rows="2" class="xb-formula-field" tabindex="-1" aria-label="{label}">{value}</textarea>'
    ).fill(label=spec["label"], value=value)
    if presets:
        return _select(spec, spec["own"], field)
    return Html("<div>{head}{field}</div>").fill(head=_HEAD.fill(label=spec["label"], beside=""), field=field)


_FIELDS = {
    "number": _number,
    "whole": _number,
    "choice": _choice,
    "flag": _flag,
    "day": _day,
    "formula": _formula,
}
