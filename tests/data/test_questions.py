"""Questions and their answers."""

import pytest

from crossborder.data.questions import Open, Question, check_answers, question_from
from crossborder.data.sentence import say
from crossborder.errors import BoundsError
from crossborder.i18n import in_language
from crossborder.plain import from_plain, to_plain

ASKED = Question(
    id="currency:¥",
    asked=say("In {column}, which currency does {sign} stand for?", column="价格", sign="¥"),
    options=("CNY", "JPY"),
    default="CNY",
    shown=(say("the day"), "JPY"),
)


def test_a_question_speaks_the_language_of_the_moment():
    assert ASKED.sentence == "In 价格, which currency does ¥ stand for?"
    with in_language("zh"):
        assert ASKED.sentence == "“价格”列里的 ¥ 代表哪种货币？"
        assert ASKED.labels == {"CNY": "日", "JPY": "JPY"}


def test_a_question_survives_json_both_ways():
    assert question_from(ASKED.plain()) == ASKED
    assert from_plain(to_plain(ASKED)) == ASKED


def test_an_open_question_takes_its_default_and_an_answer_closes_it():
    open_ = Open()
    assert open_.settle("sheet", say("Which sheet holds the table?"), ("a", "b"), "a") == "a"
    assert list(open_.questions) == ["sheet"]
    answered = Open({"sheet": "b"})
    assert answered.settle("sheet", say("Which sheet holds the table?"), ("a", "b"), "a") == "b"
    assert answered.questions == {}


def test_answers_that_no_one_asked_for_are_refused():
    with pytest.raises(BoundsError, match="No reader asks 'colour'"):
        check_answers({"colour": "red"})
    with pytest.raises(BoundsError, match="sheet must be one of a, b; got 'c'"):
        Open({"sheet": "c"}).settle("sheet", say("Which sheet holds the table?"), ("a", "b"), "a")
