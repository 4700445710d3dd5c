"""In which currency amounts are read: a choice of the reader; what is computed stays in dollars."""

from babel.numbers import get_currency_name

from crossborder.apps.language import retell
from crossborder.data.rates import assumed_rates
from crossborder.i18n import N_, _, language
from crossborder.i18n.numbers import decimal, show_dollars_in, shown_currency

CURRENCIES = ("USD", "EUR", "CNY", "RUB", "GBP", "BRL")
SOURCES = (N_("ECB euro foreign exchange reference rate"),)  # as the table of rates names them


def show_in(code: str) -> None:
    """Show every amount of this process in ``code``; unknown codes change nothing."""
    if code in CURRENCIES and code != shown_currency()[0]:
        show_dollars_in(code, 1.0 / assumed_rates()[code].usd_per_unit)
        retell()


def currency_label(code: str) -> str:
    """A currency's name in the language of the moment."""
    return f"{code} · {get_currency_name(code, locale={'zh': 'zh_CN'}.get(language(), 'en_US'))}"


def rate_note() -> str:
    """At which rate amounts are shown; empty for dollars."""
    code, per_dollar = shown_currency()
    if code == "USD":
        return ""
    rate = assumed_rates()[code]
    return _("1 USD = {rate} {code} ({source}, {on}); the numbers are computed in dollars.").format(
        rate=decimal(per_dollar, 3), code=code, source=_(rate.source.split(";")[0]), on=rate.on
    )
