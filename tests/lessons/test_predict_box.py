"""Predict before you see: stored with the time, declined or answered, and what follows stays shut until then."""

import datetime as dt
import re

import pytest

from crossborder.apps.show import Html
from crossborder.lessons.piece import Piece, read_number
from crossborder.lessons.predict_box import CameTrue, Gate, PredictBox
from crossborder.lessons.progress import Progress


def test_an_answer_is_stored_with_its_time(lesson, share):
    box = PredictBox(lesson, share)
    before = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1)
    box.act("predict", {"low": "20", "likely": "30 %", "high": "40"})
    event = lesson.answer_to("share")
    assert dict(event.told) == {"kind": "range", "low": 0.2, "likely": 0.3, "high": 0.4, "truth": 0.34}
    assert before <= dt.datetime.fromisoformat(event.at) <= dt.datetime.now(dt.UTC)
    assert event.version == 2
    assert "30%, between 20% and 40%" in box.parts["body"]


def test_declining_is_an_answer_too(lesson, share):
    box = PredictBox(lesson, share)
    box.act("decline")
    assert lesson.answer_to("share").what == "declined"
    assert "rather not guess" in box.parts["body"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("", "", ""), "three numbers"),
        (("20", "some", "40"), "three numbers"),
        (("50", "30", "60"), "between the lowest and the highest"),
        (("20", "30", "140"), "between 0% and 100%"),
        (("nan", "30", "40"), "three numbers"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(lesson, share, typed, says):
    box = PredictBox(lesson, share)
    box.act("predict", dict(zip(("low", "likely", "high"), typed, strict=True)))
    assert says in box.parts["body"] and 'role="alert"' in box.parts["body"]
    assert lesson.answer_to("share") is None
    assert f'value="{typed[2]}"' in box.parts["body"]


def test_a_form_reads_the_same_when_something_else_happens(lesson, share, winner):
    """Or the page would replace it, and with it what is being written there."""
    open_one, sent_incomplete = PredictBox(lesson, share), PredictBox(lesson, share)
    sent_incomplete.act("predict", {"low": "20", "likely": "", "high": ""})
    before = (open_one.parts["body"], sent_incomplete.parts["body"])
    PredictBox(lesson, winner).answer(chosen="b", sure="sure")
    assert (open_one.parts["body"], sent_incomplete.parts["body"]) == before
    ids = [set(re.findall(r'id="([^"]+)"', body)) for body in before]
    assert ids[0] and not ids[0] & ids[1]  # each field has one of its own


def test_a_choice_needs_an_answer_and_how_sure(lesson, winner):
    box = PredictBox(lesson, winner)
    box.act("predict", {"sure": "sure"})
    assert "Choose one" in box.parts["body"]
    box.act("predict", {"chosen": "a"})
    assert "how sure" in box.parts["body"]
    box.act("predict", {"chosen": "a", "sure": "guess"})
    assert lesson.answer_to("winner").told["sure"] == pytest.approx(1 / 3)


def test_typed_text_cannot_act(lesson, share):
    box = PredictBox(lesson, share)
    box.act("predict", {"low": '"><img src=x onerror=alert(1)>', "likely": "1", "high": "2"})
    assert "<img" not in box.parts["body"]


def test_a_gate_opens_when_all_is_answered_and_stays_open(lesson, share, winner):
    boxes = [PredictBox(lesson, question) for question in (share, winner)]
    gate = Gate(lesson, (share, winner), Piece.of(Html("<p>The answer.</p>")))
    assert not gate.is_open
    boxes[0].act("decline")
    assert not gate.is_open
    boxes[1].answer(chosen="b", sure="sure")
    assert gate.is_open
    boxes[1].act("again")
    assert lesson.answer_to("winner") is None and gate.is_open


def test_a_learner_who_comes_back_finds_it_open(lesson, share, folder):
    PredictBox(lesson, share).answer(low="10", likely="20", high="30")
    again = type(lesson)(Progress.open("Lin", folder))
    assert Gate(again, (share,)).is_open
    assert "between 10% and 30%" in PredictBox(again, share).parts["body"]


def test_another_learner_starts_anew(lesson, share):
    box = PredictBox(lesson, share)
    box.answer(low="10", likely="20", high="30")
    lesson.become("Mei")
    assert "form" in box.parts["body"] and lesson.answer_to("share") is None


def test_what_came_of_it_is_said(lesson, share, winner):
    told = CameTrue(lesson, (share, winner))
    PredictBox(lesson, share).answer(low="10", likely="20", high="30")
    PredictBox(lesson, winner).answer(chosen="b", sure="think")
    assert "It came out at 34%: outside your range." in told.parts["told"]
    assert "Your prediction came true." in told.parts["told"]


def test_numbers_as_people_write_them():
    written = {
        "12,5": 12.5,
        "1,200": 1200.0,
        "1,200.5": 1200.5,
        "−3": -3.0,
        " 40 % ": 40.0,
        "￥９": 9.0,
        "0,125": 0.125,
        "1e999": None,
        "abc": None,
        "": None,
        "inf": None,
        "nan": None,
    }
    assert {text: read_number(text) for text in written} == written
