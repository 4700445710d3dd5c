"""Small results to draw: a hostile name among them, so that every chart meets one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
import pytest

from crossborder.result import Result

HOSTILE = "Lamp <a href='javascript:alert(1)'>x</a><script>alert(2)</script>"


@dataclass(frozen=True, kw_only=True)
class Sample(Result):
    table: pd.DataFrame
    columns: ClassVar[Mapping[str, str]] = {"gmv_usd": "GMV"}
    row_labels: ClassVar[Mapping[str, str]] = {"orders": "Orders"}

    @property
    def text(self) -> str:
        return "A sample."


@pytest.fixture
def comparison() -> Sample:
    rows = {
        "measure": ["gmv_usd", "orders", "cheapest_share", "nothing"],
        "old": [100.0, 50.0, 0.4, 0.0],
        "new": [110.0, 40.0, 0.41, 3.0],
        "difference": [10.0, -10.0, 0.01, 3.0],
        "low": [5.0, -12.0, -0.02, 1.0],
        "high": [15.0, -8.0, 0.04, 5.0],
        "share_new_wins": [1.0, 0.0, 0.6, 1.0],
    }
    return Sample(table=pd.DataFrame(rows))


@pytest.fixture
def kinds() -> Sample:
    return Sample(
        table=pd.DataFrame({"kind": ["cheap", HOSTILE, "dear"], "old": [0.5, 0.3, 0.2], "new": [0.3, 0.35, 0.35]})
    )


@pytest.fixture
def days() -> Sample:
    frame = pd.DataFrame(
        {"day": [0, 1, 2] * 2, "policy": ["old"] * 3 + [HOSTILE] * 3, "gmv_usd": [10.0, 20, 30, 10, 25, 50]}
    )
    return Sample(table=frame.assign(low=frame["gmv_usd"] - 2, high=frame["gmv_usd"] + 2))


@pytest.fixture
def listings() -> Sample:
    frame = pd.DataFrame(
        {
            "title": [HOSTILE, "b", "c"],
            "price_usd": [5.0, 10.0, 100.0],
            "impressions": [900, 90, 9],
            "kind": ["x", "y", "x"],
        }
    )
    return Sample(table=frame)


@pytest.fixture
def grid() -> Sample:
    rows = [(x, y, x + y - 2.0) for x in (0.0, 1.0, 2.0) for y in (0.0, 1.0, 2.0)]
    return Sample(table=pd.DataFrame(rows, columns=["click", "order", "change"]))


@pytest.fixture
def draws() -> Sample:
    return Sample(table=pd.DataFrame({"difference_usd": np.linspace(-10, 30, 81)}))


@pytest.fixture
def lorenz() -> Sample:
    share = np.linspace(0, 1, 11)
    return Sample(table=pd.DataFrame({"share_of_sellers": share, "share_of_traffic": share**2}))
