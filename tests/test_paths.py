"""A parameter by its path: found, read, changed, compared; the same for sliders and for sweeps."""

import pytest

from crossborder.errors import BoundsError
from crossborder.paths import controlled, differences, is_idle, leaves, value_at, with_changes
from crossborder.ranking import PolicyChangeScenario

START = PolicyChangeScenario().settled()


def test_every_leaf_can_be_read_and_put_back():
    paths = [path for path, _about, _group in controlled(START)]
    assert "days" in paths and "world.law.click_price_elasticity" in paths and "market" not in paths
    assert {path for path, _about, _group in leaves(START)} == {*paths, "market"}
    for path in paths:
        assert with_changes(START, {path: value_at(START, path)}) == START


def test_changes_inside_and_outside_go_together():
    changed = with_changes(START, {"days": 30, "world.n_stores": 50, "world.law.n_slots": 8})
    assert (changed.days, changed.world.n_stores, changed.world.law.n_slots) == (30, 50, 8)
    found = {path: (old, new) for path, _about, old, new in differences(START, changed)}
    assert found == {
        "days": (60, 30),
        "world.n_stores": (100, 50),
        "world.law.n_slots": (START.world.law.n_slots, 8),
    }
    assert differences(changed, changed) == []


def test_what_is_idle_is_left_out():
    without = [path for path, _about, _group in controlled(START, ("world.",))]
    assert without and not any(path.startswith("world.") for path in without)
    assert is_idle("world.n_stores", ("world.",)) and not is_idle("worlds", ("world.",)) and not is_idle("days", ())


def test_a_name_that_is_none_is_refused():
    for path in ("dayz", "word.n_stores", "world.n_store"):
        with pytest.raises(BoundsError, match="is not a parameter here"):
            with_changes(START, {path: 3})
