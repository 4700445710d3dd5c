"""Ten countries and the names of things."""

from zoneinfo import ZoneInfo

from crossborder.i18n import in_language
from crossborder.market import make_market
from crossborder.market.make import CATEGORIES, COUNTRIES
from crossborder.ranking.places_and_goods import CATEGORY_NAMES, COUNTRY_NAMES, country_name, ten_countries


def test_ten_countries_make_a_market():
    countries = ten_countries(5_000)
    assert len(countries) == 10 and abs(countries["sessions_per_day"].sum() - 5_000) < 1e-6
    assert all(ZoneInfo(zone) for zone in countries["zone"])
    assert make_market(5, countries=countries).countries["country"].tolist() == countries["country"].tolist()


def test_everything_that_is_made_up_has_a_name():
    assert {row[0] for row in CATEGORIES} == set(CATEGORY_NAMES)
    assert {row[0] for row in COUNTRIES} <= set(COUNTRY_NAMES)
    assert set(ten_countries()["country"]) == set(COUNTRY_NAMES)


def test_countries_are_called_by_the_reader_s_names():
    with in_language("zh"):
        assert country_name("BR") == "巴西"
