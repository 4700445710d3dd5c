import numpy as np
import pytest

from crossborder.errors import BoundsError
from crossborder.facts import facts
from crossborder.i18n import in_language
from crossborder.market.law import SessionLaw
from crossborder.origin import OriginKind
from crossborder.ranking import OfferShares, same_product_offers
from crossborder.ranking.offers import CLAIM, CONVERSIONS, traffic_shares
from crossborder.ranking.one_product import PRICES_USD, REFERENCE_PRICE_USD

COLUMNS = [
    "offer", "price_usd", "conversion", "rating", "score_old", "score_new", "rank_old", "rank_new", "traffic_share_old",
    "traffic_share_new",
]  # fmt: skip


def test_the_slide_comes_out_as_told():
    """Old rule: most traffic to no. 3, the cheapest. New rule: the middle and the right-hand offer get more."""
    shares = same_product_offers()
    table = shares.table.set_index("offer")
    assert table["price_usd"].idxmin() == table["traffic_share_old"].idxmax() == "left"
    assert shares.gainers == ["middle", "right"]
    assert facts[CLAIM[0]].value == 3
    with in_language("zh"):
        assert shares.row_labels["left"] != "left"


def test_numbers_by_hand():
    table = same_product_offers((10, 20), (0.10, 0.06), (4, 5), attention_steepness=1.0).table
    assert list(table.columns) == COLUMNS
    assert table["score_old"].tolist() == pytest.approx([0.4, 0.3])
    assert table["score_new"].tolist() == pytest.approx([4.0, 6.0])
    assert table["rank_old"].tolist() == [1, 2] and table["rank_new"].tolist() == [2, 1]
    assert table["traffic_share_old"].tolist() == pytest.approx([2 / 3, 1 / 3])
    assert table["traffic_share_new"].tolist() == pytest.approx([1 / 3, 2 / 3])
    assert table["offer"].tolist() == ["offer 1", "offer 2"]


def test_rating_decides_between_offers_of_equal_sales_value():
    table = same_product_offers((10, 10), (0.05, 0.05), (4.9, 4.1)).table
    assert table["rank_old"].tolist() == table["rank_new"].tolist() == [1, 2]


def test_per_impression_counts_how_often_an_offer_is_clicked():
    weights = (1.6, 1.0, 0.5)
    assert same_product_offers(click_weights=weights).gainers == ["middle", "right"]
    assert same_product_offers(click_weights=weights, variant="per_impression").gainers == []


def test_assumed_conversions_are_those_of_the_session_law():
    law = SessionLaw()
    relative = np.array(PRICES_USD) / REFERENCE_PRICE_USD - 1.0
    wanted = 1.0 / (1.0 + np.exp(-(law.order_level - law.order_price_slope * relative)))
    np.testing.assert_allclose(CONVERSIONS, wanted, rtol=0.03)


def test_equal_scores_share_their_ranks():
    shares = traffic_shares(np.array([1.0, 2.0, 1.0, 3.0]), np.ones(4), 0.7)
    assert shares[0] == shares[2] and shares[3] > shares[1] > shares[0]
    assert shares.sum() == pytest.approx(1.0)
    np.testing.assert_allclose(traffic_shares(np.ones(5), np.ones(5), 2.0), 0.2)


def test_without_attention_falling_nobody_gains_by_rank():
    table = same_product_offers(attention_steepness=0.0).table
    np.testing.assert_allclose(table["traffic_share_old"], table["traffic_share_new"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (((9, 12), (0.05, 0.04, 0.03), (4, 4, 4)), "conversions"),
        (((9,), (0.05,), (4,)), "at least two offers"),
        (((9, -1), (0.05, 0.04), (4, 4)), "prices must be above 0"),
        (((9, 12), (0.05, 1.4), (4, 4)), "conversions must be above 0 and between 0 and 1"),
        (((9, 12), (0.05, 0.04), (4, 6)), "ratings"),
        (((9, float("nan")), (0.05, 0.04), (4, 4)), "prices"),
    ],
)
def test_impossible_numbers_are_refused_with_a_sentence(arguments, message):
    with pytest.raises(BoundsError, match=message):
        same_product_offers(*arguments)


def test_an_unknown_variant_is_refused():
    with pytest.raises(BoundsError, match="per_visit or per_impression"):
        same_product_offers(variant="accumulated")


def test_prices_and_conversions_say_that_they_are_assumed(speaks_both):
    shares = same_product_offers()
    assert shares.origin_of("conversion").kind == OriginKind.ASSUMED
    assert shares.origin_of("score_new").facts == ("joom-new-ranking-gmv", "joom-ranking-keeps-rating")
    assert set(shares.origin_of("offer").facts) == set(CLAIM)
    speaks_both(shares)


def test_survives_as_plain_values():
    shares = same_product_offers()
    again = OfferShares.from_dict(shares.to_dict())
    assert again.text == shares.text and again.table.equals(shares.table)
