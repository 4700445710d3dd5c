"""Is a search for a brand or for a kind of goods? Plain rules that say which of them fired."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from crossborder.i18n import N_, _

KINDS = {
    "brand": N_("a brand"),
    "brand and goods": N_("a brand and its goods"),
    "goods": N_("a kind of goods"),
    "unknown": N_("neither a known brand nor known goods"),
}
RULES = {
    "name": N_("the words are a registered brand name"),
    "name within": N_("a registered brand name stands among the words"),
    "spelling": N_("a word is one letter away from a registered brand name"),
    "common word": N_(
        "the brand name is an everyday word here: it counts only alone or beside a word such as official"
    ),
    "goods": N_("the words name goods, and no registered brand"),
    "nothing": N_("no rule knows these words"),
}
STORE_WORDS = frozenset(
    {"official", "original", "genuine", "store", "shop", "brand", "官方", "旗舰店", "正品", "专卖店"}
)
GOODS_WORDS = frozenset(
    {
        "bag",
        "bags",
        "bikini",
        "boots",
        "bracelet",
        "cable",
        "case",
        "charger",
        "coat",
        "dress",
        "earrings",
        "headphones",
        "jacket",
        "jeans",
        "lamp",
        "lipstick",
        "necklace",
        "pearl",
        "phone",
        "pink",
        "red",
        "running",
        "sandals",
        "shirt",
        "shoes",
        "smart",
        "sneakers",
        "star",
        "sun",
        "toy",
        "trainers",
        "trousers",
        "watch",
        "women",
        "women's",
        "men",
        "men's",
        "连衣裙",
        "运动鞋",
        "鞋",
        "包",
        "手机壳",
    }
)
SHORTEST_NAME_TO_SPELL = 5


@dataclass(frozen=True)
class QueryReading:
    """How a search is understood; ``brand`` is empty where it is for no brand, ``rule`` names the rule that decided."""

    kind: str
    brand: str
    rule: str

    @property
    def is_brand(self) -> bool:
        """Whether the store link is shown."""
        return bool(self.brand)

    @property
    def text(self) -> str:
        """Kind and reason in words."""
        return _("{kind} ({rule})").format(kind=_(KINDS[self.kind]), rule=_(RULES[self.rule]))


def classify_query(query: str, brands: Iterable[str], goods: Iterable[str] = GOODS_WORDS) -> QueryReading:
    """Is this search for one of these brands, or for a kind of goods?

    In this order: a brand name as whole words (alone, or among others); a word one letter away from a name of at least
    five letters, unless that word is itself goods; goods; nothing. A name that is an everyday word of shoppers counts
    only alone or beside a word such as "official". The longest name wins. Letter case, accents' spelling forms, width
    and punctuation do not matter. Source: ae-brand-keyword-store-link (the rule is stated, its classifier is not).

    >>> classify_query("NORDWIND running shoes!", ["Nordwind"]).kind
    'brand and goods'
    >>> classify_query("nordwnd", ["Nordwind"]).rule, classify_query("pearl necklace", ["Pearl"]).kind
    ('spelling', 'goods')
    """
    words, goods = plain_words(query), {word for text in goods for word in plain_words(text)}
    names = sorted(((plain_words(brand), brand) for brand in brands), key=lambda pair: -len(" ".join(pair[0])))
    rest = [word for word in words if word not in STORE_WORDS]
    common = False
    for name, brand in names:
        if not name or not _within(name, words):
            continue
        alone = rest == name or _joined(rest) == _joined(name)
        if set(name) <= goods and not alone and len(rest) == len(words):
            common = True
            continue
        return QueryReading("brand" if alone else "brand and goods", brand, "name" if alone else "name within")
    for name, brand in names:
        whole = _joined(name)
        if len(whole) >= SHORTEST_NAME_TO_SPELL:
            near = [word for word in [*rest, _joined(rest)] if word not in goods and one_edit_apart(word, whole)]
            if near:
                return QueryReading(
                    "brand" if len(rest) == 1 or near[0] == _joined(rest) else "brand and goods", brand, "spelling"
                )
    if goods & set(words) or any(
        _is_cjk(word) and any(known in word for known in goods if _is_cjk(known)) for word in words
    ):
        return QueryReading("goods", "", "common word" if common else "goods")
    return QueryReading("unknown", "", "nothing")


def plain_words(text: str) -> list[str]:
    """The words of a text, without case, width, accents or punctuation.

    >>> plain_words("Ｎordwind – Café, 40")
    ['nordwind', 'cafe', '40']
    """
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(ch for ch in decomposed if not unicodedata.combining(ch))
    return "".join(ch if ch.isalnum() or ch == "'" else " " for ch in letters).split()


def one_edit_apart(a: str, b: str) -> bool:
    """Whether one letter put in, left out, replaced or swapped with its neighbour makes ``b`` of ``a``.

    >>> one_edit_apart("nordwnid", "nordwind"), one_edit_apart("nordwind", "nordwind")
    (True, False)
    """
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if len(a) == len(b):
        return a[start + 1 :] == b[start + 1 :] or (
            a[start : start + 2] == b[start : start + 2][::-1] and a[start + 2 :] == b[start + 2 :]
        )
    short, long = sorted((a, b), key=len)
    return short[start:] == long[start + 1 :]


def _within(name: list[str], words: list[str]) -> bool:
    n = len(name)
    if any(words[i : i + n] == name for i in range(len(words) - n + 1)):
        return True
    whole = _joined(name)
    return whole in words or _joined(words) == whole or any(_is_cjk(word) and whole in word for word in words)


def _joined(words: list[str]) -> str:
    return "".join(words)


def _is_cjk(word: str) -> bool:
    return any("\u3400" <= ch <= "\u9fff" for ch in word)
