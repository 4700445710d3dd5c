"""Header words: made comparable across languages, scored against a schema, found below title rows."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from crossborder.data.questions import Open
from crossborder.data.schema import Column, Schema
from crossborder.data.sentence import Refusal, Sentence, say
from crossborder.i18n import N_

HEAD_ROWS = 30  # rows looked at for a header
_LONGEST_HEADER = 80

_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufe00-\ufe0f]")
_BRACKETS = re.compile(r"[(\[{（【].*?[)\]}）】]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_WORD = re.compile(r"[\W_]+")
_UNITS = re.compile(r"\b(?:usd|eur|gbp|rub|cny|rmb|jpy|brl|pln|руб|in|en|em|de)\b|%")
_HAN = re.compile("[\u3400-\u9fff]")
_PLAIN_NUMBER = re.compile(r"^[^\w]*\d[\d\s.,'%]*[^\w]*$")
NO_HEADER = -1  # the place of a header row that is not there
_NUMBER_LIKE = re.compile(r"^[^\w]*[A-Z$€£¥₽]{0,3}\s*[-+]?\d[\d\s.,'%:/+-]*\S{0,4}$", re.IGNORECASE)


def visible(text: object) -> str:
    """A cell as a person reads it: no zero-width characters, no odd spaces."""
    return " ".join(_INVISIBLE.sub("", str(text)).replace("\xa0", " ").split()) if text is not None else ""


@lru_cache(maxsize=20_000)
def words_of(header: str) -> str:
    """A header made comparable: lower case, no accents, no brackets, no unit, words with one space between.

    >>> words_of("Prix d’origine (EUR)"), words_of("RetailPrice"), words_of("Цена,\\u200b руб.")
    ('prix d origine', 'retail price', 'цена')
    """
    plain = _with_unit(header)
    return " ".join(_UNITS.sub(" ", plain).split()) or plain


def _with_unit(header: str) -> str:
    text = unicodedata.normalize("NFKC", visible(header))
    without_brackets = _BRACKETS.sub(" ", text)
    text = _CAMEL.sub(" ", without_brackets if without_brackets.strip() else text).casefold()
    # Accents go, but the breve of Russian й stays: it makes another letter.
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c) or c == "\u0306")
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFC", text)).strip()


@lru_cache(maxsize=2_000)
def _own_words(words: tuple[str, ...]) -> dict[str, int]:
    ranks: dict[str, int] = {}
    for rank, word in enumerate(words):
        ranks.setdefault(words_of(word), rank)
    return ranks


def header_score(header: str, column: Column) -> float:
    """How well a header names a column: 1 for its first word, nearly that for a later one, less for a part."""
    name = words_of(header)
    if not name:
        return 0.0
    own = _own_words((column.name, *column.words, column.label))
    if name in own:
        return 1.0 - 0.0005 * own[name] - (0.001 if _with_unit(header) != name else 0.0)
    best = 0.0
    tokens = name.split()
    for word in own:
        if _HAN.search(word):
            if word in name and len(word) > 1:
                best = max(best, 0.5 + 0.35 * len(word) / len(name))
            continue
        part = word.split()
        if (
            len(part) <= len(tokens)
            and len(word) > 2
            and any(tokens[i : i + len(part)] == part for i in range(len(tokens) - len(part) + 1))
        ):
            best = max(best, 0.35 + 0.45 * len(part) / len(tokens))
    return best


def known_headers(cells: list[str], schema: Schema) -> int:
    """How many different columns of the schema these cells name outright."""
    exact = _exact_words(schema)
    named = [exact.get(words_of(cell), frozenset()) for cell in cells if cell and len(cell) <= _LONGEST_HEADER]
    return min(len(named) - named.count(frozenset()), len(frozenset().union(*named)))


@lru_cache(maxsize=20)
def _exact_words(schema: Schema) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for column in schema.columns:
        for word in _own_words((column.name, *column.words, column.label)):
            found[word] = found.get(word, frozenset()) | {column.name}
    return found


def find_header(rows: list[list[str]], schema: Schema, open_: Open) -> int:
    """The index of the header row; title rows above it are passed over, and asked about.

    A row that names two columns or more wins; without one, the first full row of words above a row with numbers.
    Where the first row itself looks like data, ``NO_HEADER``: columns then go by their letters.
    """
    if not rows:
        raise Refusal(N_("It holds no rows. Export the table again."))
    known = [known_headers(row, schema) for row in rows[:HEAD_ROWS]]
    best = max(range(len(known)), key=lambda i: (known[i], -i))
    found = best if known[best] >= 2 else _row_above_numbers(rows)
    if not any(known) and any(map(any, rows)) and _looks_like_data(rows):
        found = NO_HEADER
    if found != 0 or open_.given("header_row") is not None:
        options = (*(str(i + 1) for i in range(min(len(rows), HEAD_ROWS))), "none")
        asked = say(N_("Which row holds the column names? Rows above it are left out."))
        default = "none" if found == NO_HEADER else str(found + 1)
        shown: tuple[Sentence | str, ...] = (*options[:-1], say(N_("none: the columns go by their letters")))
        answer = open_.settle("header_row", asked, options, default, shown)
        found = NO_HEADER if answer == "none" else int(answer) - 1
    return found


def _looks_like_data(rows: list[list[str]]) -> bool:
    """Whether the first row is as wide as the others and holds numbers where they do: names of columns are words."""
    full = [row for row in rows[:HEAD_ROWS] if any(row)]
    first, below = full[0], full[1:]
    numbers = [place for place, cell in enumerate(first) if _PLAIN_NUMBER.match(cell)]
    usual = Counter(sum(map(bool, row)) for row in full).most_common(1)[0][0]
    if not numbers or sum(map(bool, first)) < 0.6 * usual:
        return False
    return all(
        sum(place < len(row) and bool(_NUMBER_LIKE.match(row[place])) for row in below) >= 0.5 * len(below)
        for place in numbers
    )


def _row_above_numbers(rows: list[list[str]]) -> int:
    widths = Counter(sum(bool(cell) for cell in row) for row in rows if any(row))
    usual = widths.most_common(1)[0][0] if widths else 0
    for index, row in enumerate(rows[: HEAD_ROWS - 1]):
        cells = [cell for cell in row if cell]
        if cells and len(cells) >= 0.6 * usual and not any(_NUMBER_LIKE.match(cell) for cell in cells):
            return index
    return next((index for index, row in enumerate(rows) if any(row)), 0)


def check_headers(cells: list[str], offset: int = 0) -> list[str]:
    """The column names as a person reads them; one that stands twice is refused.

    ``offset`` is the place of the first column.
    """
    headers = [visible(cell) for cell in cells]
    first: dict[str, int] = {}
    for place, header in enumerate(headers):
        if header and header.casefold() in first:
            raise Refusal(
                N_(
                    "The column name {header!r} stands twice, in {first} and in {second}. Rename or "
                    "delete one of the two."
                ),
                header=header,
                first=column_letters(first[header.casefold()] + offset),
                second=column_letters(place + offset),
            )
        first[header.casefold()] = place
    return headers


def column_letters(place: int) -> str:
    """The spreadsheet's name of a column: 0 is A, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
