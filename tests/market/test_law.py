"""The session law: what its parameters mean."""

import numpy as np
import pytest

from crossborder.errors import BoundsError
from crossborder.market import SessionLaw
from crossborder.market.attention import order_probabilities
from crossborder.origin import OriginKind


def test_attention_is_one_at_the_top_and_falls_by_its_power():
    law = SessionLaw(n_slots=5, attention_steepness=1.0)
    np.testing.assert_allclose(law.attention, [1, 1 / 2, 1 / 3, 1 / 4, 1 / 5])
    assert SessionLaw(n_slots=1).attention.tolist() == [1.0]
    np.testing.assert_allclose(SessionLaw(n_slots=3, attention_steepness=0.0).attention, 1.0)


@pytest.mark.parametrize("conversion", [0.001, 0.04, 0.3, 0.5])
def test_conversion_at_the_reference_is_what_it_says(conversion):
    law = SessionLaw(conversion_at_reference=conversion)
    assert order_probabilities(np.array(law.order_level)) == pytest.approx(conversion)


@pytest.mark.parametrize("elasticity", [-4.0, -0.9, 0.0])
@pytest.mark.parametrize("conversion", [0.01, 0.4])
def test_the_elasticity_of_orders_at_the_reference_is_what_it_says(elasticity, conversion):
    law = SessionLaw(order_price_elasticity=elasticity, conversion_at_reference=conversion)
    step = 1e-5
    low, high = (order_probabilities(np.array(law.order_level - law.order_price_slope * x)) for x in (-step, step))
    assert np.log(high / low) / (np.log(1 + step) - np.log(1 - step)) == pytest.approx(elasticity, rel=1e-4, abs=1e-9)


def test_the_published_elasticity_is_split_between_click_and_order():
    law = SessionLaw()
    assert law.click_price_elasticity + law.order_price_elasticity == pytest.approx(-2.62, abs=0.05)
    for name in ("click_price_elasticity", "order_price_elasticity"):
        origin = SessionLaw.about()[name].origin
        assert origin.kind is OriginKind.ASSUMED and "Bijmolt" in origin.source


def test_a_price_that_attracts_is_no_law_of_ours():
    with pytest.raises(BoundsError, match="click_price_elasticity must be between -4 and 0"):
        SessionLaw(click_price_elasticity=0.5)
