"""The catalogue behind the atlas (datasets/systems.csv): complete, in order, in two languages, every fact known."""

import csv
import re

import pytest

from crossborder.atlas import THEMES, atlas
from crossborder.facts import facts
from crossborder.i18n import in_language
from crossborder.places import datasets_dir

N_MECHANISMS = 117
COLUMNS = "number,name_en,name_zh,theme,verb,scenario,chart,formula_en,formula_zh,rule_stated,does_en,does_zh,facts"
CJK = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with open(datasets_dir() / "systems.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_header_is_the_agreed_one():
    with open(datasets_dir() / "systems.csv", encoding="utf-8") as file:
        assert file.readline().rstrip("\n") == COLUMNS


def test_numbers_run_from_one_without_gap(rows):
    assert [row["number"] for row in rows] == [str(n) for n in range(1, N_MECHANISMS + 1)]


def test_themes_are_known_and_all_are_used(rows):
    assert {row["theme"] for row in rows} == set(THEMES)


def test_every_fact_exists_and_is_named_once_per_mechanism(rows):
    for row in rows:
        ids = row["facts"].split()
        assert ids, row["number"]
        assert len(ids) == len(set(ids)), row["number"]
        assert [fact_id for fact_id in ids if fact_id not in facts] == [], row["number"]


@pytest.mark.parametrize("column", ["name_en", "name_zh", "theme", "formula_en", "formula_zh", "does_en", "does_zh"])
def test_no_text_is_empty_or_padded(rows, column):
    assert [row["number"] for row in rows if not row[column] or row[column] != row[column].strip()] == []


@pytest.mark.parametrize("column", ["name_zh", "does_zh"])
def test_chinese_is_chinese(rows, column):
    assert [row["number"] for row in rows if not CJK.search(row[column])] == []


@pytest.mark.parametrize("column", ["name_en", "does_en", "formula_en"])
def test_english_holds_no_chinese(rows, column):
    assert [row["number"] for row in rows if CJK.search(row[column])] == []


def test_a_formula_with_english_words_is_also_said_in_chinese(rows):
    """Symbols, abbreviations and names of models stay; words of four small letters and more are words."""
    names = r"[A-Z]\w+|argmax|\w*_\w+"
    words = re.compile(r"\b[a-z]{4,}\b")
    assert [row["number"] for row in rows if words.search(re.sub(names, "", row["formula_zh"]))] == []


@pytest.mark.parametrize("column", ["name_en", "name_zh", "does_en", "does_zh"])
def test_no_two_mechanisms_share_a_name_or_a_description(rows, column):
    assert len({row[column] for row in rows}) == N_MECHANISMS


def test_chinese_descriptions_fit_a_card(rows):
    assert [row["number"] for row in rows if not 20 <= len(row["does_zh"].replace(" ", "")) <= 60] == []


def test_rule_stated_is_yes_or_no(rows):
    assert {row["rule_stated"] for row in rows} == {"yes", "no"}


def test_a_verb_comes_with_a_scenario(rows):
    assert [row["number"] for row in rows if bool(row["verb"]) != bool(row["scenario"])] == []


def test_atlas_reads_every_row_as_written(rows):
    assert [(m.number, list(m.facts), m.rule_stated) for m in atlas().mechanisms] == [
        (int(row["number"]), row["facts"].split(), row["rule_stated"] == "yes") for row in rows
    ]


def test_a_mechanism_speaks_the_language_of_the_moment(rows):
    for language in ("en", "zh"):
        with in_language(language):
            assert [(m.name, m.does) for m in atlas().mechanisms] == [
                (row[f"name_{language}"], row[f"does_{language}"]) for row in rows
            ]
