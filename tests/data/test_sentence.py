"""Sentences put together now and translated later."""

from crossborder.data.sentence import Refusal, Sentence, say, sentence_from
from crossborder.i18n import in_language


def test_a_sentence_is_translated_when_shown_with_those_inside_it():
    sentence = say("{column} is out of {scale}; it was brought to five stars.", column=say("Rating"), scale="10")
    assert str(sentence) == "Rating is out of 10; it was brought to five stars."
    with in_language("zh"):
        assert str(sentence) == "“评分”是 10 分制，已换算成五星制。"


def test_values_are_never_taken_for_placeholders():
    assert str(say("Column {header!r} is odd.", header="{0.__class__}")) == "Column '{0.__class__}' is odd."


def test_a_sentence_crosses_between_processes():
    sentence = say("{a} {b}", a=say("x"), b=3)
    assert sentence_from(sentence.plain()) == sentence == Sentence("{a} {b}", {"a": Sentence("x"), "b": 3})


def test_a_refusal_says_its_sentence():
    assert str(Refusal("It has {n} rows.", n=3)) == "It has 3 rows."
