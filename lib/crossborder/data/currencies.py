"""Which currency a price's text, a header or a currency column names."""

import re
from functools import lru_cache

# Signs that several currencies share; the first is the default.
SHARED_SIGNS = {
    "¥": ("CNY", "JPY"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
    "$": ("USD", "AUD", "CAD", "HKD", "MXN", "NZD", "SGD", "TWD", "BRL"),
    "£": ("GBP",),
}

# ISO 4217 codes in use, so that an unknown code is told apart from an ordinary word.
_IN_USE = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD "
    "CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD "
    "GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD "
    "KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK "
    "NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD "
    "SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF "
    "XPF YER ZAR ZMW ZWL"
)
CODES = frozenset(_IN_USE.split())

# What else the text of a price may say; signs that several currencies share stand for themselves.
_NAMES = {
    "USD": "us$; us $; usd$; u.s. $; us dollar; us dollars; dollar us; 美元; 美金; долл. сша; "
    "доллар; dólar; dólares; dollars; dollar; u$s",
    "EUR": "€; euro; euros; евро; 欧元",
    "RUB": "₽; руб; руб.; рублей; рубли; рубль; р.; р; rur; 卢布",
    "CNY": "cn¥; cn ¥; rmb; 元; 人民币; cnh; юань; юаней; yuan; 块",
    "JPY": "jp¥; jp ¥; 円; 日元; yen; иена",
    "GBP": "£; gb£; 英镑; фунт",
    "BRL": "r$; reais; real; 雷亚尔",
    "PLN": "zł; zl; złoty; zloty; złotych",
    "CZK": "kč; kc",
    "HUF": "ft",
    "RON": "lei; leu",
    "BGN": "лв; лв.",
    "UAH": "₴; грн; грн.",
    "KZT": "₸; тг; тг.; тенге",
    "BYN": "br; бел. руб.",
    "TRY": "₺; tl",
    "INR": "₹; rs; rs.",
    "KRW": "₩; 원; won; 韩元",
    "ILS": "₪; nis",
    "THB": "฿; baht",
    "VND": "₫",
    "IDR": "rp; rp.",
    "MYR": "rm",
    "PHP": "₱",
    "NGN": "₦",
    "CHF": "fr.; sfr; sfr.",
    "AUD": "a$; au$; au $; aud$",
    "CAD": "c$; ca$; ca $; cad$",
    "HKD": "hk$; hk $; 港币; 港元",
    "TWD": "nt$; nt $; 新台币",
    "SGD": "s$; sg$",
    "MXN": "mx$; mex$; mx $",
    "NZD": "nz$",
    "SAR": "﷼; ر.س; sr",
    "AED": "د.إ; dh; dhs",
    "SEK": "skr",
    "NOK": "nkr",
    "DKK": "dkr",
    "¥": "¥; ￥",
    "kr": "kr; kr.",
    "$": "$",
}
_BY_NAME = {name: code for code, names in _NAMES.items() for name in names.split("; ")}
_CODES_THAT_ARE_WORDS = frozenset(["ALL", "ANG", "BAM", "COP", "CUP", "GEL", "LAK", "MOP", "PEN", "SOS", "TOP", "TRY"])


def _bounded(name: str) -> str:
    """A pattern for the name that does not match inside a longer word; Chinese is written without spaces."""
    before = r"(?<![^\W\d_])" if _is_letter(name[0]) else ""
    after = r"(?![^\W\d_])" if _is_letter(name[-1]) else ""
    return before + re.escape(name) + after


def _is_letter(character: str) -> bool:
    return character.isalpha() and not "\u3040" <= character <= "\u9fff"


_PATTERN = re.compile("|".join(_bounded(name) for name in sorted(_BY_NAME, key=len, reverse=True)))
_CODE = re.compile(r"(?<![A-Za-z])([A-Z]{3})(?![A-Za-z])")


@lru_cache(maxsize=50_000)
def currency_in(text: str) -> tuple[str, str]:
    """The currency that a text names and, if it names one that nobody knows, that name.

    The first is an ISO code, a shared sign (``"¥"``, ``"kr"``, ``"$"``) or empty.

    >>> currency_in("US $"), currency_in("руб."), currency_in("¥"), currency_in("XQZ"), currency_in("per piece")
    (('USD', ''), ('RUB', ''), ('¥', ''), ('', 'XQZ'), ('', ''))
    """
    text = text.strip()
    if not text:
        return "", ""
    codes = _CODE.findall(text)
    known = [code for code in codes if code in CODES and (code not in _CODES_THAT_ARE_WORDS or len(text) <= 4)]
    if known:
        return known[0], ""
    found = _PATTERN.search(text.casefold())
    if found:
        return _BY_NAME[found[0]], ""
    if re.fullmatch(r"[a-z]{3}", text) and text.upper() in CODES:
        return text.upper(), ""
    return "", codes[0] if codes else ""


def currency_in_header(header: str) -> str:
    """The currency that a header names, in any case of letters: ``price_usd``, ``Цена, руб.``, ``Preis (€)``."""
    found, _unknown = currency_in(header)
    last = re.split(r"[^A-Za-z]+", header.strip(" )]"))[-1].upper()
    return found or (last if last in CODES - _CODES_THAT_ARE_WORDS else "")
