"""Kernels compiled ahead: no market, policy or stage sends anybody back to the compiler."""

import importlib
import pkgutil
from typing import Any

import numpy as np
import pandas as pd
import pytest

import crossborder.market
from crossborder.market import compiled, from_listings, simulate_market, warm
from crossborder.ranking import policy

RULES = (
    "conversion * rating",
    "price | explore(0.1)",
    "season * conversion | per_store(2)",
    "conversion | personal(0.7)",
    "chance | explore(0.2) | per_store(1) | personal(0.5)",
)


def kernels() -> dict[str, Any]:
    """Every compiled function of the room, by module and name."""
    found = {}
    for module in pkgutil.iter_modules(crossborder.market.__path__):
        for value in vars(importlib.import_module(f"crossborder.market.{module.name}")).values():
            if hasattr(value, "signatures"):
                found[f"{value.py_func.__module__.rpartition('.')[2]}.{value.py_func.__name__}"] = value
    return found


def compiled_forms() -> dict[str, int]:
    """How many forms of each kernel this process has loaded or compiled."""
    return {name: len(kernel.signatures) for name, kernel in kernels().items()}


@pytest.fixture(scope="module")
def warmed() -> dict[str, int]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(warm, "drop_old_caches", lambda: 0)  # somebody else may be using them
        warm.warm()
    return compiled_forms()


def test_warming_up_loads_the_kernels(warmed):
    assert sum(warmed.values()) > 15


@pytest.mark.parametrize("engine", ["expected", "aggregate", "individual"])
def test_no_question_compiles_anything_more(engine, warmed, small, known_market, fixed, pin):
    file = pd.DataFrame({"listing_id": ["a", "b", "c"], "title": ["Mug", "Cup", "Jug"], "price_usd": [3.0, 4.0, 5.0]})
    for market in (small, known_market(5), from_listings(file)):
        for rule in (*map(policy, RULES), fixed(), fixed(np.arange(market.n_listings), explore_share=0.1)):
            simulate_market(market, rule, 2, engine, respond=True)
        simulate_market(market, fixed(), 2, engine, stages=(pin(1, 2),))
        rows = len(market.countries) * len(market.segments)
        simulate_market(market.replace(open_carts=np.ones((rows, market.n_listings), np.int32)), fixed(), 2, engine)
    assert compiled_forms() == warmed


def test_tastes_compile_nothing_more(warmed, small, known_market, fixed, pin):
    for market in (small, known_market(5)):
        for rule in map(policy, RULES):
            simulate_market(market.with_law(taste_spread=0.5), rule, 1, "individual")
        simulate_market(market.with_law(taste_spread=0.5), fixed(), 1, "individual", stages=(pin(1, 2),))
    assert compiled_forms() == warmed


def test_kernels_lie_in_a_folder_named_after_their_source(monkeypatch, tmp_path):
    monkeypatch.setenv("CROSSBORDER_CACHE", str(tmp_path))
    first = compiled._cache_folder()
    assert first.parent == tmp_path / "kernels" and first == compiled._cache_folder()
    monkeypatch.setattr(compiled, "KERNEL_FILES", compiled.KERNEL_FILES[:-1])
    assert compiled._cache_folder() != first


def test_every_module_with_a_kernel_is_in_the_name():
    """A kernel edited in a file that the name does not know would be run in its old form."""
    assert {f"{name.split('.')[0]}.py" for name in kernels()} <= set(compiled.KERNEL_FILES)


def test_a_cache_that_cannot_be_written_is_done_without(monkeypatch, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("CROSSBORDER_CACHE", str(blocked))
    assert compiled._cache_folder() is None


def test_old_folders_are_removed_and_the_one_in_use_stays(monkeypatch, tmp_path):
    monkeypatch.setenv("CROSSBORDER_CACHE", str(tmp_path))
    here = compiled._cache_folder()
    (here.parent / "0123456789abcdef").mkdir()
    monkeypatch.setattr(compiled, "_folder", here)
    assert compiled.drop_old_caches() == 1
    assert [folder.name for folder in here.parent.iterdir()] == [here.name]
