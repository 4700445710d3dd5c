from crossborder.apps.history import LONGEST, History


def test_the_last_change_is_undone_first(shop):
    history = History()
    for price in (10.0, 20.0):
        history.remember(shop(price_usd=price), frozenset({"price_usd"}))
    assert [history.back().price_usd, history.back().price_usd] == [20.0, 10.0] and not history


def test_one_drag_is_one_step_two_drags_are_two(shop):
    history = History()
    for price in (10.0, 11.0, 12.0):
        history.remember(shop(price_usd=price), frozenset({"price_usd"}), final=False)
    history.settle()
    history.remember(shop(price_usd=13.0), frozenset({"price_usd"}), final=False)
    assert [history.back().price_usd, history.back().price_usd] == [13.0, 10.0]


def test_another_slider_is_another_step(shop):
    history = History()
    history.remember(shop(price_usd=10.0), frozenset({"price_usd"}), final=False)
    history.remember(shop(price_usd=11.0), frozenset({"sellers"}), final=False)
    assert history.back().price_usd == 11.0 and history.back().price_usd == 10.0


def test_it_does_not_grow_without_end(shop):
    history, scenario = History(), shop()
    for _step in range(3 * LONGEST):
        history.remember(scenario, frozenset())
    n = 0
    while history:
        history.back()
        n += 1
    assert n == LONGEST
