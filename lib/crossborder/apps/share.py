"""A scenario as part of an address, and back: ``?lang=zh&mechanism=44&scenario=...``."""

from typing import Any
from urllib.parse import parse_qs, urlencode

from crossborder.errors import CrossborderError
from crossborder.i18n import LANGUAGES, language
from crossborder.i18n.numbers import shown_currency
from crossborder.params import Params


def to_query(scenario: Params | None = None, **more: Any) -> str:
    """The query that opens ``scenario`` (or the bare page) again, in the language of the moment."""
    currency = shown_currency()[0]
    parts = {
        "lang": language() if language() != "en" else "",
        "currency": currency if currency != "USD" else "",
        **more,
    }
    parts["scenario"] = scenario.to_link() if scenario is not None and scenario.changed() else ""
    return urlencode({name: value for name, value in parts.items() if value not in ("", None)})


def from_query(query: str) -> dict[str, str]:
    """The first value of each name in a query, with or without its question mark."""
    return {name: values[0] for name, values in parse_qs(query.lstrip("?"), max_num_fields=50).items() if values}


def language_in(query: str) -> str:
    """The language that a query asks for; empty where it asks for none that we have."""
    asked = from_query(query).get("lang", "").split("-")[0].lower()
    return asked if asked in LANGUAGES else ""


def scenario_in(query: str, start: Params) -> tuple[Params, str]:
    """The scenario of a query, and what was wrong with it: a damaged one gives ``start`` and a sentence."""
    text = from_query(query).get("scenario", "")
    if not text:
        return start, ""
    try:
        return type(start).from_link(text), ""
    except CrossborderError as problem:
        return start, str(problem)
