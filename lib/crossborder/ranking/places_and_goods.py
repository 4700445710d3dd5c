"""What a reader calls countries and categories, and ten countries for questions that four are too few for."""

import pandas as pd

from crossborder.i18n import N_, _
from crossborder.market.make import country_table

COUNTRY_NAMES = {
    "RU": N_("Russia"),
    "US": N_("United States"),
    "ES": N_("Spain"),
    "FR": N_("France"),
    "BR": N_("Brazil"),
    "PL": N_("Poland"),
    "NL": N_("Netherlands"),
    "IL": N_("Israel"),
    "KR": N_("South Korea"),
    "CL": N_("Chile"),
}

CATEGORY_NAMES = {
    "womens_clothing": N_("women's clothing"),
    "shoes_bags": N_("shoes and bags"),
    "home_kitchen": N_("home and kitchen"),
    "phones_electronics": N_("phones and electronics"),
    "beauty": N_("beauty"),
    "toys": N_("toys"),
    "sports_outdoor": N_("sports and outdoor"),
    "jewellery": N_("jewellery"),
}

# In the order of _COLUMNS.
# All assumed: fees are those of a light parcel, days those of ordinary post.
_TEN = (
    ("RU", "Europe/Moscow", False, 0.24, 1.15, 1.3, 1.5, 25.0, 0.92),
    ("US", "America/New_York", False, 0.14, 0.85, 0.8, 3.2, 18.0, 0.98),
    ("ES", "Europe/Madrid", False, 0.11, 1.00, 1.0, 2.0, 20.0, 0.96),
    ("FR", "Europe/Paris", False, 0.10, 0.90, 0.8, 2.2, 18.0, 0.97),
    ("BR", "America/Sao_Paulo", True, 0.10, 1.10, 1.2, 2.5, 35.0, 0.80),
    ("PL", "Europe/Warsaw", False, 0.08, 1.05, 1.0, 1.6, 19.0, 0.95),
    ("KR", "Asia/Seoul", False, 0.07, 0.90, 0.7, 1.2, 12.0, 0.97),
    ("IL", "Asia/Jerusalem", False, 0.06, 0.95, 1.1, 1.8, 22.0, 0.95),
    ("NL", "Europe/Amsterdam", False, 0.05, 0.85, 0.7, 2.1, 16.0, 0.98),
    ("CL", "America/Santiago", True, 0.05, 1.05, 1.2, 2.8, 32.0, 0.85),
)


def ten_countries(sessions_per_day: float = 20_000) -> pd.DataFrame:
    """Ten countries for ``make_market(countries=...)`` (assumed).

    >>> float(ten_countries(1_000)["sessions_per_day"].sum().round(9))
    1000.0
    """
    return country_table(sessions_per_day, _TEN)


def country_name(code: str) -> str:
    """A country's name in the language of the moment; the code where we have no name for it.

    >>> country_name("BR"), country_name("XX")
    ('Brazil', 'XX')
    """
    return _(COUNTRY_NAMES[code]) if code in COUNTRY_NAMES else code
