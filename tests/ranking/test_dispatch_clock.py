"""The 72-hour clock: its start, its weekends, its time zones."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from crossborder.errors import BoundsError
from crossborder.facts import facts
from crossborder.ranking.dispatch_clock import HOURS, hours_to_scan, measure_dispatch

FRIDAY_ORDER = {
    "created_at": "2018-11-09 10:00",  # 15:00 in Shanghai
    "paid_at": "2018-11-09 12:00",
    "buyer_zone": "Europe/Moscow",
    "first_scan_at": "2018-11-12 16:00",
}


def orders(**changes):
    return pd.DataFrame([{**FRIDAY_ORDER, **changes}])


def test_the_window_is_the_stated_one():
    assert facts["mech-dispatch-72h-hours"].value == HOURS


@pytest.mark.parametrize(
    ("settings", "hours"),
    [
        ({"clock": "created"}, 73.0),
        ({"clock": "paid"}, 71.0),
        ({"clock": "paid", "weekends": "not counted"}, 23.0),
        ({"clock": "paid", "zones": "ignored"}, 76.0),
    ],
)
def test_one_order_read_in_four_ways(settings, hours):
    assert hours_to_scan(orders(), **settings).tolist() == [hours]


def test_one_spreadsheet_two_zones():
    both = pd.concat([orders(), orders(buyer_zone="America/Sao_Paulo")])
    assert np.diff(hours_to_scan(both)).tolist() == [-5.0]  # the Brazilian noon is five hours after the Muscovite one


def test_a_night_in_which_the_clocks_go_back_is_an_hour_longer():
    plain = {"created_at": "2018-10-28 00:00", "paid_at": "2018-10-28 00:00", "first_scan_at": "2018-10-29 12:00"}
    madrid, moscow = (hours_to_scan(orders(**plain, buyer_zone=zone)) for zone in ("Europe/Madrid", "Europe/Moscow"))
    assert (madrid - moscow).tolist() == [-1.0]  # midnight in Madrid is still summer time, an hour after Moscow's
    later = {**plain, "paid_at": "2018-10-28 12:00"}
    assert hours_to_scan(orders(**later, buyer_zone="Europe/Madrid")).tolist() == [17.0]


def test_a_parcel_without_a_scan_is_never_on_time():
    log = pd.concat([orders(), orders(first_scan_at=None)])
    assert np.isinf(hours_to_scan(log)[1])
    assert set(measure_dispatch(log).table["on_time_rate"]) <= {0.0, 0.5}


def test_working_hours_add_up_over_a_weekend():
    times = pd.date_range("2018-11-05", periods=40, freq="7h").astype(str)
    zone = {"buyer_zone": "Asia/Shanghai"}

    def passed(start, end):
        return hours_to_scan(orders(paid_at=start, first_scan_at=end, **zone), weekends="not counted")[0]

    whole = passed(times[0], times[-1])
    assert sum(passed(a, b) for a, b in pairwise(times)) == pytest.approx(whole)
    assert passed("2018-11-10 00:00", "2018-11-11 23:00") == 0.0
    assert passed("2018-11-05 00:00", "2018-11-12 00:00") == 120.0


def test_the_later_the_clock_starts_the_more_is_on_time():
    from crossborder.market import make_market
    from crossborder.ranking.dispatch_log import draw_dispatch_log

    market = make_market(20)
    table = measure_dispatch(draw_dispatch_log(market.listings, market.countries, 20)).table
    rate = table.set_index(["zones", "clock", "weekends"])["on_time_rate"]
    assert rate["converted", "paid", "counted"] > rate["converted", "created", "counted"]
    assert rate["converted", "paid", "not counted"] > rate["converted", "paid", "counted"]
    assert (table["low"] <= table["on_time_rate"]).all() and (table["on_time_rate"] <= table["high"]).all()


def test_a_missing_column_is_named():
    with pytest.raises(BoundsError, match="first_scan_at"):
        measure_dispatch(orders().drop(columns="first_scan_at"))


@pytest.mark.parametrize("setting", [{"clock": "shipped"}, {"weekends": "half"}, {"zones": "guessed"}])
def test_an_unknown_reading_is_refused(setting):
    with pytest.raises(BoundsError, match="must be one of"):
        hours_to_scan(orders(), **setting)
