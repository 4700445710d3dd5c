"""Days as files write them."""

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossborder.data.dates import NO_DATE, NO_SUCH_DAY, OK, split_days

MARCH_4 = np.datetime64("2026-03-04", "us")


def one_day(text, day_first=True, date_1904=False):
    days, status = split_days(pa.array([text], pa.string()), None, None, date_1904).days(day_first)
    return days[0], status[0]


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-04",
        "2026/3/4 12:30",
        "2026-03-04T23:59:00+08:00",
        "20260304",
        "2026年3月4日",
        "04.03.2026",
        "4 марта 2026",
        "Mar 4, 2026",
        "4 mars 2026",
        "4 de marzo de 2026",
        "4. März 2026",
        "Tue, 4 Mar 2026 10:00:00",
        "46085",
        "1772582400",
        "1772582400123",
    ],
)
def test_the_fourth_of_march_in_many_hands(text):
    assert one_day(text) == (MARCH_4, OK)


def test_a_month_alone_is_its_first_day():
    assert one_day("2026-03") == (np.datetime64("2026-03-01", "us"), OK)


@pytest.mark.parametrize("text", ["31.02.2026", "2026-13-01", "2026-02-30", "30 Feb 2026", "29.02.2025"])
def test_a_day_that_the_calendar_does_not_have(text):
    assert one_day(text)[1] == NO_SUCH_DAY


def test_the_leap_day_exists():
    assert one_day("29.02.2024") == (np.datetime64("2024-02-29", "us"), OK)


@pytest.mark.parametrize("text", ["soon", "12:30", "1234", "x 4, 2026"])
def test_what_is_no_day(text):
    assert one_day(text)[1] == NO_DATE


def test_the_order_of_day_and_month_is_left_open_and_then_followed():
    assert one_day("03/04/2026", day_first=True)[0] == np.datetime64("2026-04-03", "us")
    assert one_day("03/04/2026", day_first=False)[0] == MARCH_4


def test_other_rows_say_which_comes_first():
    written = split_days(pa.array(["03/04/2026", "25/04/2026", "31.01.2026"]), None, None, False)
    assert (written.day_first, written.month_first) == (1, 0)


def test_spreadsheet_numbers_count_from_1900_or_1904():
    assert one_day("44623", date_1904=True) == (MARCH_4, OK)


@given(st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2099, 12, 31)))
@settings(max_examples=25, deadline=None)
def test_every_day_of_the_calendar_is_read_back(day):
    wanted = (np.datetime64(day, "us"), OK)
    for text in (day.isoformat(), day.strftime("%d.%m.%Y"), day.strftime("%Y年%m月%d日"), day.strftime("%d %B %Y")):
        assert one_day(text) == wanted


@given(st.lists(st.text(max_size=25), max_size=40))
@settings(max_examples=40, deadline=None)
def test_any_text_gives_a_status(texts):
    days, status = split_days(pa.array(texts, pa.string()), None, None, False).days(True)
    assert (np.isnat(days) == (status != OK)).all()
