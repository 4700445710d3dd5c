"""What `warm` compiles is all that a run needs: nobody's first question waits for a compiler."""

import importlib

import pytest

from crossborder.market import make_market, simulate_market
from crossborder.market.compiled import KERNEL_FILES
from crossborder.market.warm import warm
from crossborder.ranking import gmv_times_rating, policy


def compiled_forms():
    """How many signatures each kernel has been compiled or loaded for."""
    modules = [importlib.import_module(f"crossborder.market.{name.removesuffix('.py')}") for name in KERNEL_FILES]
    return {
        f"{module.__name__}.{name}": len(member.overloads)
        for module in modules
        for name, member in vars(module).items()
        if hasattr(member, "overloads")
    }


class Module:
    """A stage that pins the first listing to the first slot."""

    slots = (0,)

    def choose(self, view, country, query):
        return (0,)


@pytest.fixture(scope="module")
def warmed():
    warm()
    return compiled_forms()


def test_the_kernels_are_known(warmed):
    assert warmed["crossborder.market.sessions.aggregate_sessions"] == 1
    assert warmed["crossborder.market.personal.personal_sessions"] == 1


@pytest.mark.parametrize("engine", ["expected", "aggregate", "individual"])
@pytest.mark.parametrize("options", [{}, {"respond": True}, {"stages": (Module(),)}, {"lift": [2.0, 1.0]}])
def test_a_run_needs_no_further_compilation(warmed, engine, options):
    market = make_market(n_stores=10, sessions_per_day=100, rng=3).with_law(return_visits_per_customer_day=0.01)
    rules = "price * conversion * rating * boost('free_shipping', 1.1) | explore(0.05) | per_store(3)"
    for chosen in (gmv_times_rating(), policy(rules), policy("conversion * season | personal(0.5)")):
        simulate_market(market, chosen, 9, engine, **options)
    assert compiled_forms() == warmed


def test_shoppers_of_their_own_taste_need_none_either(warmed):
    market = make_market(n_stores=10, sessions_per_day=100, rng=3).with_law(taste_spread=1.0)
    for chosen in (gmv_times_rating(), policy("conversion | personal(1) | explore(0.1) | per_store(2)")):
        simulate_market(market, chosen, 2, "individual")
    assert compiled_forms() == warmed
