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


def test_answers_are_a_mapping_and_currencies_are_in_use():
    with pytest.raises(BoundsError, match=r"answers must be a mapping .* got 'x'"):
        check_answers("x")
    with pytest.raises(BoundsError, match=r"currency must be a currency in use, .* got 'XYZ'"):
        check_answers({"currency": "XYZ"})
    with pytest.raises(BoundsError, match="currency:¥ must be one of CNY, JPY; got 'USD'"):
        check_answers({"currency:¥": "USD"})
    with pytest.raises(BoundsError, match=r"No reader asks 'currency:q'\. Questions are about currency:¥"):
        check_answers({"currency:q": "USD"})


def test_an_answer_that_the_file_did_not_need_is_said(read_here):
    read = read_here("id,title,price\n1,Lamp,3 €\n", answers={"currency": "USD"})
    assert read.table["currency"].tolist() == ["EUR"]
    assert read.warnings[0].startswith("Answers that this file did not need and that changed nothing: currency = USD")
    with in_language("zh"):
        assert read.warnings[0].startswith("这个文件用不到、也没有起作用的回答：currency = USD")
    assert read_here("id,title,price\n1,Lamp,3\n", answers={"currency": "EUR"}).warnings == ()


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ({"dates:first_listed": "day-month"}, "id,title,price,first listed\n1,a,$3,03/04/2018\n"),
        ({"decimal:price": "comma"}, "id;title;price\n1;a;1.234 €\n"),
        ({"column:price": "now"}, "id,title,price,now\n1,a,$3,$4\n"),
        ({"encoding": "utf-8"}, "id,title,price\n1,a,$3\n"),
        ({"header_row": "1"}, "id,title,price\n1,a,$3\n"),
    ],
)
def test_an_answer_that_counted_is_not_called_idle(read_here, answer, text):
    assert not [said for said in read_here(text, answers=answer).warnings if "did not need" in said]
