"""How a number reads, told from the name of its column: units sit in names, so names decide the format."""

import math
from typing import Any

from crossborder.charts.ticks import nice_log_ticks, nice_ticks
from crossborder.i18n import N_, _
from crossborder.i18n.numbers import MINUS, compact, count, decimal, money, money_as_is, percent, shown_currency

MISSING = "–"
_COUNTS = {"impressions", "clicks", "carts", "orders", "sessions", "reviews", "visits", "sellers", "stores", "listings"}
_SHARES = {"share", "rate", "conversion", "gini", "hhi", "rating_share", "survival", "change", "relative"}
_CURRENCIES = {"_usd": "USD", "_eur": "EUR", "_cny": "CNY", "_rub": "RUB"}


def kind_of(name: str) -> str:
    """What a column holds, told from its name: money, share, count, days or number.

    >>> kind_of("gmv_usd"), kind_of("share_new_wins"), kind_of("n_stores"), kind_of("elasticity")
    ('money', 'share', 'count', 'number')
    """
    name = name.lower()
    words = set(name.split("_"))
    if any(name.endswith(end) or f"{end}_" in name for end in _CURRENCIES):
        return "money"
    if words & {"gini", "hhi"}:
        return "number"
    if words & _SHARES:
        return "share"
    if name.startswith("n_") or name in _COUNTS or name.split("_")[0] in _COUNTS:
        return "count"
    return "days" if name in ("day", "days") or name.endswith("_days") else "number"


def number_text(name: str, value: Any) -> str:
    """One value as a reader of the moment's language writes it; a dash where there is none.

    >>> number_text("gmv_usd", 1234.6), number_text("share", 0.034), number_text("weight", 0.123456)
    ('$1,235', '3.4%', '0.123')
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return MISSING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if not _is_number(value):
        return str(value)
    if not math.isfinite(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    kind = kind_of(name)
    if kind == "money":
        return money(float(value), _currency(name))
    if kind == "share":
        return percent(float(value))
    if kind in ("count", "days"):
        return count(value) if float(value) == round(float(value)) or abs(value) >= 100 else plain_number(float(value))
    return plain_number(value)


def difference_text(name: str, value: Any) -> str:
    """A change with its sign; shares change by percentage points.

    >>> difference_text("share", -0.021), difference_text("orders", 12), difference_text("share", -0.0001)
    ('−2.1 pp', '+12', '0.0 pp')
    """
    if value is None or not _is_number(value) or not math.isfinite(value):
        return MISSING
    size = abs(float(value))
    if kind_of(name) == "share":
        text = _("{points} pp").format(points=decimal(size * 100, 1 if size < 0.0995 else 0))
    else:
        text = number_text(name, size if kind_of(name) != "count" else round(size, 2))
    nothing = not any(digit in text for digit in "123456789")  # what rounds to nothing has no sign
    return text if nothing else f"{MINUS if value < 0 else '+'}{text}"


def plain_number(value: float) -> str:
    """Three significant digits, without powers of ten.

    >>> plain_number(0.00123), plain_number(12.3456), plain_number(12345)
    ('0.00123', '12.3', '12,345')
    """
    if value == 0:
        return "0"
    if isinstance(value, int) or (float(value).is_integer() and abs(value) < 1e15):
        return count(value)
    digits = 2 - math.floor(math.log10(abs(value)))
    text = decimal(value, min(max(digits, 0), 8))
    return text.rstrip("0").rstrip(".") if "." in text else text


def tick_text(name: str, value: float, step: float, *, large: bool = False) -> str:
    """The label of a tick: short, with just the decimals that the step needs; ``large`` numbers as 12.5K."""
    kind = kind_of(name)
    if kind == "share":
        step, value = step * 100, value * 100
    elif kind == "money":
        code, rate = _shown_in(name)
        step, value = step * rate, value * rate
    digits = max(0, -math.floor(math.log10(abs(step)) + 1e-9)) if step else 0
    digits += abs(round(step, digits) - step) > abs(step) * 1e-6  # a step of 2.5 needs one more
    if kind == "share":
        return _("{number}%").format(number=decimal(value, digits))
    if kind == "money" and not large:
        return money_as_is(value, code, max(digits, 2) if digits else 0)  # cents are two digits or none
    text = compact(value) if large else decimal(value, digits)
    if kind != "money":
        return text
    symbol = money_as_is(0, code, 0).replace("0", "").strip()
    return f"{MINUS}{symbol}{text.removeprefix(MINUS)}" if text.startswith(MINUS) else f"{symbol}{text}"


def value_axis(
    name: str, low: float, high: float, *, title: str = "", log: bool = False, signed: bool = False, wanted: int = 5
) -> dict[str, Any]:
    """A plotly axis over [low, high] with round, translated ticks."""
    rate = _shown_in(name)[1] if kind_of(name) == "money" else 1.0
    round_ones = nice_log_ticks(low * rate, high * rate) if log else nice_ticks(low * rate, high * rate, wanted)
    ticks = [t / rate for t in round_ones]
    step = ticks[1] - ticks[0] if len(ticks) > 1 and not log else 0.0
    large = max(map(abs, round_ones), default=0) >= 10_000
    labels = [number_text(name, t) if log else tick_text(name, t, step, large=large) for t in ticks]
    if signed:
        labels = [f"+{label}" if t > 0 else label for t, label in zip(ticks, labels, strict=True)]
    shown = [math.log10(low), math.log10(high)] if log else [low, high]
    axis = {"range": shown, "tickmode": "array", "tickvals": ticks, "ticktext": labels}
    return {**axis, **({"type": "log"} if log else {}), **({"title": {"text": title}} if title else {})}


def readable(name: str) -> str:
    """A column's name as words, where nobody gave it a label.

    >>> readable("price_sensitivity"), readable("gmv_usd")
    ('Price sensitivity', 'GMV')
    """
    known = _LABELS.get(name)
    if known:
        return _(known)
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


_LABELS = {
    "category": N_("Category"),
    "change": N_("Change"),
    "clicks": N_("Clicks"),
    "conversion": N_("Conversion"),
    "day": N_("Day"),
    "difference": N_("Difference"),
    "gmv_usd": N_("GMV"),
    "high": N_("High"),
    "impressions": N_("Impressions"),
    "low": N_("Low"),
    "measure": N_("Measure"),
    "new": N_("New"),
    "old": N_("Old"),
    "orders": N_("Orders"),
    "price_usd": N_("Price"),
    "rating": N_("Rating"),
    "share": N_("Share"),
    "share_new_wins": N_("Worlds where new wins"),
    "store_id": N_("Store"),
    "listing_id": N_("Listing"),
    "title": N_("Title"),
    "value": N_("Value"),
}


def _is_number(value: Any) -> bool:
    return hasattr(value, "__float__") and not isinstance(value, str)


def _currency(name: str) -> str:
    return next((code for end, code in _CURRENCIES.items() if name.endswith(end) or f"{end}_" in name), "USD")


def _shown_in(name: str) -> tuple[str, float]:
    """The currency that a column is shown in, and how much of it one unit of the column is."""
    code = _currency(name)
    return shown_currency() if code == "USD" else (code, 1.0)
