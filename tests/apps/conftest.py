"""A small verb with one parameter of every kind, so that the apps are tested without a market."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd
import pytest

from crossborder.apps.language import speak
from crossborder.charts import bar_list
from crossborder.errors import FormulaError
from crossborder.i18n import N_, _, use_language
from crossborder.origin import Origin, simulated, stated
from crossborder.params import Params, choice, day, flag, formula, nested, param, table
from crossborder.result import Result


def readable_formula(text: str) -> None:
    if "*" not in text:
        raise FormulaError("A formula needs a product.")


@dataclass(frozen=True, kw_only=True)
class Inner(Params):
    depth: float = param(0.5, 0.0, 1.0, label=N_("Share"), unit="share")


@dataclass(frozen=True, kw_only=True)
class Shop(Params):
    price_usd: float = param(10.0, 1.0, 100.0, label=N_("Price"), unit="USD", log=True, main=True)
    sellers: int = param(3, 1, 9, label=N_("Store"), main=True)
    duty_rate: float = param(0.1, 0.0, 0.6, label=N_("Rating"), unit="share of price", fact="joom-commission-standard")
    rule: str = choice("old", {"old": N_("Old"), "new": N_("New")}, label=N_("Measure"))
    open_now: bool = flag(True, label=N_("Value"))
    starts_on: dt.date = day(dt.date(2018, 11, 11), dt.date(2018, 1, 1), dt.date(2018, 12, 31), label=N_("Day"))
    score: str = formula("price * rating", label=N_("Title"), check=readable_formula)
    inner: Inner = nested(Inner, label=N_("Settings"))
    listings: Any = table(lambda: None, label=N_("Listing"))


@dataclass(frozen=True, kw_only=True)
class Sales(Result):
    table: pd.DataFrame
    said: str = ""
    columns: ClassVar[Mapping[str, str]] = {"orders": N_("Orders"), "seller": N_("Store")}

    @property
    def text(self) -> str:
        return self.said or _("Orders") + f" {self.table['orders'].sum():.1f}"

    @property
    def origin(self) -> Mapping[str, Origin]:
        return {"*": simulated("100 / price", seed=0), "orders": stated("joom-commission-standard")}


def sell(scenario: Shop, rng: Any = 0) -> Sales:
    orders = 100 / scenario.price_usd * (1 - scenario.duty_rate)
    return Sales(table=pd.DataFrame({"seller": [f"s{i}" for i in range(scenario.sellers)], "orders": orders}))


def orders_of_sellers(result: Sales) -> Any:
    return bar_list(result, "seller", "orders")


@pytest.fixture
def shop():
    return Shop


@pytest.fixture
def sales():
    return Sales


@pytest.fixture
def verb():
    return sell


@pytest.fixture
def explorer():
    from crossborder.apps import Explorer

    return Explorer(Shop(), sell, orders_of_sellers, question="How many?", presets={"score": {"price * rating": "Old"}})


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setattr("crossborder.apps.language._settled", False)  # a notebook with prose settles on one language
    use_language("en")
    yield
    speak("en")
