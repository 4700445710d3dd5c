"""Countries as files write them: ISO codes of two and three letters, UK, and names in seven languages."""

import re
import unicodedata
from functools import cache

# ISO 3166-1 alpha-2, and XK, which marketplaces use for Kosovo.
_CODES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT "
    "BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH "
    "ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT "
    "HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS "
    "LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI "
    "NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG "
    "SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG "
    "UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"
)
ISO_COUNTRIES = frozenset(_CODES.split())
_ALSO = {
    "UK": "GB",
    "EL": "GR",
    "USA": "US",
    "UAE": "AE",
    "ENGLAND": "GB",
    "GREAT BRITAIN": "GB",
    "KOREA": "KR",
    "RUSSIAN FEDERATION": "RU",
    "MAINLAND CHINA": "CN",
    "中国大陆": "CN",
    "РФ": "RU",
    "CHINA MAINLAND": "CN",
    "HONG KONG": "HK",
    "MACAU": "MO",
    "TURKEY": "TR",
    "CZECH REPUBLIC": "CZ",
}
_LIST_MARKS = re.compile(r"[;,|/、，；\n]+")


def country_code(text: str) -> str:
    """The ISO code of a country as written, or ``""`` where none is known (SU is no longer a country).

    >>> country_code("UK"), country_code("Россия"), country_code("usa"), country_code("SU")
    ('GB', 'RU', 'US', '')
    """
    word = _key(text)
    if word in ISO_COUNTRIES:
        return word
    if word in _ALSO:
        return _ALSO[word]
    return _names().get(word, "") if len(word) > 2 or not word.isascii() else ""


def country_codes(text: str) -> str:
    """A list of countries as ISO codes, ``"US; RU"``; names that are not known are left away."""
    codes = [country_code(part) for part in _LIST_MARKS.split(text)]
    return "; ".join(dict.fromkeys(code for code in codes if code))


def _key(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).strip(" .").upper().split())


@cache
def _names() -> dict[str, str]:
    """Names and three-letter codes from CLDR; loaded when a file holds something else than two-letter codes."""
    from babel import Locale
    from babel.core import get_global

    names = {
        old: new[0]
        for old, new in get_global("territory_aliases").items()
        if len(old) == 3 and len(new) == 1 and new[0] in ISO_COUNTRIES
    }
    for language in ("en", "zh", "ru", "es", "pt", "fr", "de"):
        for code, name in Locale(language).territories.items():
            if code in ISO_COUNTRIES:
                names.setdefault(_key(name), code)
    return names
