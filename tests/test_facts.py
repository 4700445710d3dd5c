"""The register: all 440 statements, quickly, with unit, source and confidence; one number only where there is one."""

import csv
import subprocess
import sys
import time

import pytest

from crossborder.errors import CrossborderError, FactValueError, UnknownFactError
from crossborder.facts import FactRegister, facts
from crossborder.i18n import in_language
from crossborder.origin import OriginKind
from crossborder.places import datasets_dir

N_FACTS = 440
TARGET_S = 0.05


def test_all_statements_are_there_once_in_the_order_of_the_file():
    with open(datasets_dir() / "facts.csv", encoding="utf-8", newline="") as file:
        ids = [row["id"] for row in csv.DictReader(file)]
    assert len(ids) == len(set(ids)) == N_FACTS
    assert list(facts) == ids and len(facts) == N_FACTS


def test_the_standard_commission():
    fact = facts["joom-commission-standard"]
    assert (fact.value, fact.unit, fact.rate) == (15, "percent", 0.15)
    assert fact.source and fact.confidence in {"high", "medium", "low"}
    assert fact.origin.kind is OriginKind.STATED and fact.origin.facts == (fact.id,)


@pytest.mark.parametrize("name", ["theme", "platform", "statement_en", "statement_zh", "kind", "source", "confidence"])
def test_every_statement_has_its(name):
    assert [fact.id for fact in facts.values() if not getattr(fact, name)] == []


def test_confidence_is_one_of_three_and_doubt_shows():
    assert {fact.confidence for fact in facts.values()} <= {"high", "medium", "low"}
    assert {fact.doubtful for fact in facts.values()} == {True, False}
    assert all(fact.doubtful == (fact.confidence == "low") for fact in facts.values())


def test_numbers_are_numbers_and_low_is_not_above_high():
    for fact in facts.values():
        if isinstance(fact.low, int | float) and isinstance(fact.high, int | float):
            assert fact.low <= fact.high, fact.id


def test_one_value_where_low_equals_high_otherwise_a_sentence():
    for fact in facts.values():
        if fact.low is not None and fact.low == fact.high:
            assert fact.value == fact.low
        else:
            with pytest.raises(FactValueError, match=f"{fact.id} states no single number .* use .low and .high"):
                _ = fact.value


def test_a_rate_only_of_percent():
    for fact in facts.values():
        if fact.unit not in {"percent", "percentage_points"}:
            with pytest.raises(FactValueError, match="not in percent"):
                _ = fact.rate
        elif isinstance(fact.low, int | float) and fact.low == fact.high:
            assert fact.rate == pytest.approx(fact.value / 100, abs=1e-12)


def test_an_unknown_id_says_what_is_near():
    with pytest.raises(UnknownFactError) as problem:
        facts["joom-comission-standard"]
    assert str(problem.value).startswith(
        "No fact has the id 'joom-comission-standard'. Nearest: joom-commission-standard"
    )
    assert isinstance(problem.value, KeyError) and isinstance(problem.value, CrossborderError)
    assert facts.get("nothing-like-it") is None and "nothing-like-it" not in facts


def test_an_unknown_id_says_how_to_search():
    with pytest.raises(UnknownFactError, match=r"Search for it: xb\.facts\.search\(words\)"):
        facts["qqqqqq"]


def test_search_finds_all_words_in_either_language():
    found = facts.search("Joom COMMISSION")
    assert "joom-commission-standard" in set(found["id"]) and list(found.columns) == list(facts.table.columns)
    text = found[["id", "theme", "platform", "source", "statement_en", "statement_zh"]].agg(" ".join, axis=1)
    assert text.str.casefold().str.contains("joom").all() and text.str.casefold().str.contains("commission").all()
    assert len(facts.search("佣金")) and facts.search("佣金")["statement_zh"].str.contains("佣金").all()
    assert facts.search("nothing like it").empty and len(facts.search("")) == N_FACTS


def test_register_and_fact_read_as_one_line_and_say_how_they_are_used():
    assert repr(facts).startswith("<FactRegister: 440 statements; facts[id], facts.search(words)")
    fact = facts["joom-commission-standard"]
    assert repr(fact) == f"<Fact joom-commission-standard: {fact.statement_en}>"
    assert "facts.search" in FactRegister.__doc__ and FactRegister.get.__doc__
    assert facts.get("nothing", fact) is fact


def test_the_statement_speaks_the_language_of_the_moment():
    fact = facts["joom-commission-standard"]
    assert fact.statement == fact.statement_en
    with in_language("zh"):
        assert fact.statement == fact.statement_zh != fact.statement_en


def test_the_table_has_a_row_each():
    assert facts.table["id"].tolist() == list(facts)
    assert facts.table.set_index("id").loc["joom-commission-standard", "low"] == 15


def test_reading_is_quick():
    times = []
    for _run in range(3):
        start = time.perf_counter()
        assert len(FactRegister()) == N_FACTS
        times.append(time.perf_counter() - start)
    assert min(times) < 5 * TARGET_S


def test_reading_needs_no_pandas():
    code = (
        "import sys; from crossborder.facts import facts; assert facts['joom-commission-standard'].value == 15; "
        "assert not {'pandas', 'numpy', 'numba'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
