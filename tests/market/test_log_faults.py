import numpy as np
import pandas as pd
import pytest

from crossborder.errors import BoundsError
from crossborder.i18n import _, in_language
from crossborder.market.log_faults import usable_impressions, usable_orders

KNOWN = pd.Series(["a", "b"])
SLATE = pd.DataFrame(
    {
        "session_id": [1, 1],
        "slot": [0, 1],
        "listing_id": ["a", "b"],
        "price_usd": [3.0, 4.0],
        "rating": [4.5, 4.0],
        "clicked": [True, False],
        "ordered": [True, False],
    }
)


def two_sessions(**changes):
    """A session with a fault and one without."""
    return pd.concat([SLATE.astype(object).assign(**changes), SLATE.assign(session_id=2)], ignore_index=True)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"slot": [0, -1]}, "slot is not a whole number"),
        ({"slot": [0, 0.5]}, "slot is not a whole number"),
        ({"slot": [1, 1]}, "two listings stand in one slot"),
        ({"price_usd": [np.nan, 3]}, "price_usd is not a number above 0"),
        ({"price_usd": [np.inf, 3]}, "price_usd is not a number above 0"),
        ({"rating": [0, 4]}, "rating is not a number from 1 to 5"),
        ({"clicked": ["maybe", 0]}, "neither yes nor no"),
        ({"ordered": [0, 1]}, "ordered without a click"),
        ({"clicked": [1, 1]}, "more than one click"),
        ({"listing_id": ["a", "q"]}, "not among the listings"),
    ],
)
def test_a_session_with_a_fault_is_left_out_whole_and_counted(changes, reason):
    log, said = usable_impressions(two_sessions(**changes), KNOWN)
    assert log["session_id"].tolist() == [2, 2] and len(said) == 1
    assert said[0].startswith("Sessions left out: 1 of 2, because") and reason in said[0]
    with in_language("zh"):
        assert _(said[0]).startswith("有 1 次访问未采用（共 2 次）")


def test_impressions_of_nobody_are_counted_by_themselves():
    log, said = usable_impressions(two_sessions(session_id=[np.nan, np.nan]), KNOWN)
    assert len(log) == 2 and said == ["Impressions left out because session_id is empty: 2 of 4."]


def test_numbers_of_listings_are_names():
    log, said = usable_impressions(SLATE.assign(listing_id=[17, 18]), pd.Series(["17", "18"]))
    assert len(log) == 2 and said == []


def test_orders_without_a_day_or_a_listing_are_counted():
    orders = pd.DataFrame(
        {"ordered_at": ["2018-04-01", "yesterday", None, "2018-04-01T23:00:00+00:00", "1066-01-01"],
         "listing_id": ["a", "a", "a", "q", "b"]}
    )  # fmt: skip
    good, said = usable_orders(orders, KNOWN)
    assert good["day"].tolist() == [pd.Timestamp("2018-04-01")]
    assert said == [
        "Orders left out because ordered_at is no date from 1990 to 2100: 3 of 5.",
        "Orders left out because their listing_id is not among the listings: 1 of 5.",
    ]


def test_what_is_no_table_or_empty_is_a_sentence():
    with pytest.raises(BoundsError, match=r"orders must be a table .* ordered_at, listing_id; got None"):
        usable_orders(None, KNOWN)
    with pytest.raises(BoundsError, match="impressions has no rows"):
        usable_impressions(SLATE.head(0), KNOWN)
    with pytest.raises(
        BoundsError, match=r"No session is left to calibrate to\. Sessions left out: 1 of 1, because slot"
    ):
        usable_impressions(SLATE.assign(slot=-1), KNOWN)
