import datetime as dt

import numpy as np
import pytest

from crossborder.errors import BoundsError
from crossborder.market import make_market, simulate_market, split_hours
from crossborder.market.seasons import HOUR_SHARES, hour_shares_utc
from crossborder.ranking import conversion_times_rating


@pytest.mark.parametrize("engine", ["aggregate", "expected"])
def test_hours_sum_to_the_day_exactly(engine):
    run = simulate_market(
        make_market(n_stores=10, sessions_per_day=500), conversion_times_rating(), days=3, engine=engine
    )
    by_hour = split_hours(run).table
    codes = run.market.countries["country"].tolist()
    for name in ("sessions", "clicks", "orders"):
        day = by_hour["starts_at"].dt.date
        summed = by_hour.groupby([day, "country"])[name].sum().unstack()[codes].to_numpy()
        assert summed == pytest.approx(run.by_country[name], rel=1e-12)
        if engine == "aggregate":
            assert (summed == run.by_country[name]).all()


def test_only_a_run_has_hours():
    with pytest.raises(BoundsError, match=r"split_hours takes a run, not Market\. Write for instance split_hours\("):
        split_hours(make_market(n_stores=5))


def test_the_same_evening_falls_at_other_utc_hours():
    moscow, brazil = (hour_shares_utc(zone, dt.date(2018, 4, 1)) for zone in ("Europe/Moscow", "America/Sao_Paulo"))
    assert moscow.argmax() == (HOUR_SHARES.argmax() - 3) % 24
    assert brazil.argmax() == (HOUR_SHARES.argmax() + 3) % 24


def test_a_zone_with_a_half_hour_shares_it():
    india = hour_shares_utc("Asia/Kolkata", dt.date(2018, 4, 1))
    assert india.sum() == pytest.approx(1.0)
    assert india[0] == pytest.approx((HOUR_SHARES[5] + HOUR_SHARES[6]) / 2)


def test_summer_time_moves_the_hours():
    winter, summer = (hour_shares_utc("Europe/Paris", dt.date(2018, month, 15)) for month in (1, 7))
    assert summer == pytest.approx(np.roll(winter, -1))
