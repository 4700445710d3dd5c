"""Checks: the feedback names the error and never the answer; hints go both ways; a solution gives new numbers."""

import random
import re

import pytest

from crossborder.lessons.check_box import CheckBox, TransferBox
from crossborder.lessons.checking import task_for
from crossborder.lessons.three_sellers.checks import TRANSFER, level_conversion

SEEDS = range(40)


def make(seed: int):
    return task_for(level_conversion, "21", "level-conversion", seed, 0)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_truth_is_right_and_every_usual_error_is_told_from_it_and_from_the_others(seed):
    task = make(seed)
    assert task.judge(round(task.truth, 2)).right
    assert task.judge(task.truth + 0.9 * task.tolerance).right
    for mistake in task.mistakes:
        judged = task.judge(mistake.value)
        assert (judged.right, judged.error) == (False, mistake.name)
        assert judged.says == mistake.says


@pytest.mark.parametrize("seed", SEEDS)
def test_feedback_and_hints_never_give_the_answer_away(seed):
    task = make(seed)
    digits = {f"{task.truth:.{n}f}" for n in (1, 2)}
    for text in (*task.hints, *(m.says for m in task.mistakes), task.judge(0).says, task.judge(99).says):
        assert not digits & set(re.findall(r"\d+\.\d+", text))
    assert f"{task.truth:.2f}%" in task.solution


def test_other_answers_are_told_their_side():
    task = make(3)
    assert task.judge(task.truth * 3.3).error == "too high"
    assert task.judge(-1.0).error == "too low"


def test_the_same_seed_gives_the_same_numbers_and_learners_differ():
    assert make(5) == make(5)
    assert len({make(seed).asks for seed in SEEDS}) > 25


def test_right_and_wrong_answers_are_noted(lesson):
    box = CheckBox(lesson, "level-conversion", level_conversion)
    old_rule = next(m for m in box.task.mistakes if m.name == "old rule")
    box.act("answer", {"value": str(old_rule.value)})
    assert "The price is missing" in box.parts["says"]
    box.act("answer", {"value": f"{box.task.truth:.2f}"})
    assert 'data-kind="right"' in box.parts["says"] and "form" not in box.parts["form"]
    told = [e.told for e in lesson.progress.of("99", "answered")]
    assert [(t["right"], t.get("error")) for t in told] == [(False, "old rule"), (True, None)]
    assert told[0]["seed"] == lesson.progress.seed


def test_an_answer_that_is_no_number_is_asked_again(lesson):
    box = CheckBox(lesson, "level-conversion", level_conversion)
    box.act("answer", {"value": "a lot"})
    assert "Write a number." in box.parts["form"] and lesson.progress.of("99", "answered") == []


def test_hints_go_up_and_down(lesson):
    box = CheckBox(lesson, "level-conversion", level_conversion)
    shown = []
    for action in ("more", "more", "fewer", "more", "more", "more"):
        box.act(action)
        shown.append(box.parts["hints"].count("<li>"))
    assert shown == [1, 2, 1, 2, 3, 3]


def test_the_solution_comes_after_the_last_hint_and_gives_new_numbers(lesson):
    box = CheckBox(lesson, "level-conversion", level_conversion)
    box.act("solve")
    assert box.round == 0  # not before the hints
    for _hint in range(3):
        box.act("more")
    before = box.task
    box.act("solve")
    assert box.round == 1 and box.task.asks != before.asks
    assert before.solution in box.parts["hints"] and box.rung == 0


def test_each_transfer_answer_has_its_own_word(lesson):
    box = TransferBox(lesson, TRANSFER)
    for name, option in TRANSFER.options.items():
        box.act("answer", {"chosen": name})
        assert f'data-kind="{"right" if option.right else "wrong"}"' in box.parts["says"]
    assert sum(option.right for option in TRANSFER.options.values()) == 1
    box.act("answer", {"chosen": "<script>"})
    assert "Choose one" in box.parts["form"]


def test_numbers_differ_enough_over_many_draws():
    random_draws = [level_conversion(random.Random(k)) for k in range(300)]
    gaps = [min(abs(m.value - task.truth) for m in task.mistakes) / task.tolerance for task in random_draws]
    assert min(gaps) > 2


def test_answers_given_before_are_there_when_the_page_is_opened_again(lesson):
    box = CheckBox(lesson, "level-conversion", level_conversion)
    box.answer("1")
    box.answer(f"{box.task.truth:.4f}")
    transfer = TransferBox(lesson, TRANSFER)
    chosen = next(iter(TRANSFER.options))
    transfer.answer(chosen)
    again, transfer_again = CheckBox(lesson, "level-conversion", level_conversion), TransferBox(lesson, TRANSFER)
    assert again.judgement.right and "Your answer" in again.parts["form"]
    assert transfer_again.judgement is not None and transfer_again._chosen == chosen
    again.solve()
    assert again.judgement is None  # new numbers, a new question
