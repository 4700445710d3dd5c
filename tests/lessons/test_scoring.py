"""Scores of predictions: proper ones, so that an honest range or chance scores best."""

import numpy as np
import pytest

from crossborder.i18n import in_language
from crossborder.lessons.progress import Event, Progress
from crossborder.lessons.scoring import brier_score, interval_score, score_predictions, spread_chances


def predicted(name: str, at: str = "2026-01-01T00:00:00+00:00", **told) -> Event:
    return Event(lesson="21", version=1, what="predicted", name=name, at=at, told=told)


def test_the_interval_score_is_lowest_at_the_tenth_and_ninetieth_percentile():
    draws = np.random.default_rng(1).normal(size=20_000)
    mean = {z: np.mean([interval_score(-z, z, x) for x in draws]) for z in (0.6, 1.2816, 2.4)}
    assert min(mean, key=mean.get) == 1.2816


def test_a_miss_costs_ten_times_its_distance_at_eighty_percent():
    assert interval_score(0.0, 1.0, 1.5) == pytest.approx(1.0 + 10 * 0.5)
    assert interval_score(0.0, 1.0, -0.5) == pytest.approx(1.0 + 10 * 0.5)


def test_the_brier_score_rewards_the_honest_chance():
    def expected(said: float, true: float) -> float:
        return sum(p * brier_score({"a": said, "b": 1 - said}, name) for name, p in (("a", true), ("b", 1 - true)))

    assert expected(0.7, 0.7) < min(expected(0.6, 0.7), expected(0.8, 0.7))


def test_chances_sum_to_one():
    assert sum(spread_chances(["a", "b", "c", "d"], "c", 0.6).values()) == pytest.approx(1.0)


def test_the_newest_prediction_of_each_question_counts():
    progress = Progress(
        seed=1,
        events=(
            predicted("r", kind="range", low=0.1, likely=0.2, high=0.3, truth=0.34),
            predicted("r", at="2026-01-02T00:00:00+00:00", kind="range", low=0.3, likely=0.35, high=0.4, truth=0.34),
            predicted("c", kind="choice", chosen="a", sure=0.9, options=["a", "b", "c"], truth="b"),
            predicted("broken", kind="choice", truth="b"),
            Event(lesson="21", version=1, what="declined", name="d"),
        ),
    )
    scores = score_predictions(progress)
    assert scores.table["held"].tolist() == [True, False]
    assert scores.table["score"].tolist() == pytest.approx([0.1, 0.9**2 + 0.95**2 + 0.05**2])
    assert scores.text == "Ranges: 1 of 1 held what came (four in five should). Choices: 0 of 1 right."
    with in_language("zh"):
        assert scores.text == "区间题：1 道中有 1 道的结果落在区间内（应为五分之四）。选择题：1 道中选对 0 道。"


def test_without_predictions_it_says_so():
    assert score_predictions(Progress(seed=1)).text == "No predictions yet."
