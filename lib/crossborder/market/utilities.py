"""What a listing is worth to the shoppers of a country on a day: the click part, the order part and the price."""

import numpy as np

from crossborder.market.compiled import kernel


@kernel
def utilities_of_day(
    click_level, order_level, season, category, stars, click_effect, order_effect, price_cents, fee_usd, reference_usd
):
    """Click part, order part without price, and price over reference less one: each country x listing."""
    click, order, relative = np.empty_like(click_level), np.empty_like(click_level), np.empty_like(click_level)
    for c in range(click.shape[0]):
        for i in range(click.shape[1]):
            click[c, i] = click_level[c, i] + click_effect * stars[i] + season[c, category[i]]
            order[c, i] = order_level[c, i] + order_effect * stars[i]
            relative[c, i] = (price_cents[i] / 100.0 + fee_usd[c, i]) / reference_usd[i] - 1.0
    return click, order, relative
