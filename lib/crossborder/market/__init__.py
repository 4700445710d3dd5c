"""Buyers meet listings: the world, its law, and the three engines that run it.

``Market`` is the frozen world, ``make_market`` makes one up, ``from_listings`` builds one from a user's file,
``simulate_market`` lets days pass. ``Policy``, ``SlateStage`` and ``Governance`` are what the market asks of others.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "Market": "world",
    "SessionLaw": "law",
    "SellerBehaviour": "sellers",
    "MarketScenario": "make",
    "make_market": "make",
    "category_table": "make",
    "country_table": "make",
    "ObservedScenario": "observed",
    "from_listings": "observed",
    "unusable_listings": "listing_faults",
    "simulate_market": "simulate",
    "simulate_policies": "simulate",
    "MarketRun": "run",
    "split_hours": "hours",
    "calibrate": "calibration",
    "Calibration": "calibration",
    "simulate_log": "page_log",
    "Policy": "protocols",
    "SlateStage": "protocols",
    "Governance": "protocols",
    "GovernanceAct": "protocols",
    "View": "view",
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"crossborder.market.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'crossborder.market' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
