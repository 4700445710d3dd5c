"""Numbers as a reader of each language writes them: money, counts, shares, differences; a dash where there is none."""

import math
from functools import cache

from babel import Locale
from babel.numbers import format_compact_decimal, format_currency, format_decimal, format_percent

from crossborder.i18n import language

_LOCALES = {"en": "en_US", "zh": "zh_CN"}
MINUS = "\N{MINUS SIGN}"
MISSING = "\N{EN DASH}"


def _locale() -> Locale:
    return _known(_LOCALES[language()])


@cache
def _known(name: str) -> Locale:
    """Handed a name, Babel would read it anew for every number."""
    return Locale.parse(name)


def _minus(text: str) -> str:
    sign = MINUS if any(digit in text for digit in "123456789") else ""  # what rounds to nothing has no sign
    return text.replace("-", sign)


_shown = ("USD", 1.0)


def show_dollars_in(currency: str, per_dollar: float) -> None:
    """Show dollar amounts in another currency from now on in this process; the numbers themselves stay dollars."""
    global _shown
    _shown = (currency, per_dollar)


def shown_currency() -> tuple[str, float]:
    """The currency that dollar amounts are shown in, and how much of it one dollar is."""
    return _shown


def money(amount: float, currency: str = "USD", digits: int | None = None) -> str:
    """An amount with its currency; without decimals from 1,000 on. Dollars are shown in the currency of the moment.

    >>> money(12.5), money(123456.7)
    ('$12.50', '$123,457')
    """
    if currency == "USD":
        currency, amount = _shown[0], amount * _shown[1]
    return money_as_is(amount, currency, digits)


def money_as_is(amount: float, currency: str, digits: int | None = None) -> str:
    """An amount in exactly this currency."""
    if not math.isfinite(amount):
        return MISSING
    shown = digits if digits is not None else (0 if abs(amount) >= 1000 else 2)
    pattern = "¤#,##0" + ("." + "0" * shown if shown else "")
    return _minus(format_currency(amount, currency, pattern, locale=_locale(), currency_digits=False))


def count(n: float) -> str:
    """A whole number with separators; ``count(12345)`` is ``'12,345'``."""
    return _minus(format_decimal(round(n), "#,##0", locale=_locale())) if math.isfinite(n) else MISSING


def compact(n: float) -> str:
    """A large number, short: 1.2M, 120万."""
    return _minus(format_compact_decimal(n, fraction_digits=1, locale=_locale())) if math.isfinite(n) else MISSING


def decimal(x: float, digits: int = 2) -> str:
    """A number with a fixed count of decimals."""
    pattern = "#,##0." + "0" * digits if digits else "#,##0"
    return _minus(format_decimal(x, pattern, locale=_locale())) if math.isfinite(x) else MISSING


def percent(share: float, digits: int | None = None) -> str:
    """A share as percent; one decimal below ten percent.

    >>> percent(0.15), percent(0.034)
    ('15%', '3.4%')
    """
    if not math.isfinite(share):
        return MISSING
    shown = digits if digits is not None else (1 if 0 < abs(share) < 0.0995 else 0)
    return _minus(format_percent(share, "#,##0" + ("." + "0" * shown if shown else "") + "%", locale=_locale()))


def signed_percent(share: float, digits: int = 1) -> str:
    """A relative change with its sign: ``'+3.4%'``."""
    text = percent(share, digits)
    return text if text.startswith((MINUS, MISSING)) else f"+{text}"


def signed(text: str, value: float) -> str:
    """``text`` of an amount with a plus sign in front where the amount is not negative."""
    return f"+{text}" if value >= 0 else text
