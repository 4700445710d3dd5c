import pytest

from crossborder.data.limits import Limits
from crossborder.errors import BoundsError
from crossborder.i18n import in_language


@pytest.mark.parametrize(
    ("limit", "rule"),
    [
        ({"rows": -2}, "Limits.rows must be a whole number above 0; got -2. The default is 1000000"),
        ({"rows": 1.5}, "a whole number above 0; got 1.5"),
        ({"columns": True}, "Limits.columns must be"),
        ({"seconds": 0}, "Limits.seconds must be a number above 0; got 0"),
        ({"seconds": float("nan")}, "got nan"),
        ({"unpacked_ratio": "9"}, "got '9'"),
    ],
)
def test_a_limit_is_a_number_above_zero(limit, rule):
    with pytest.raises(BoundsError) as refused:
        Limits(**limit)
    assert rule in str(refused.value)


def test_a_limit_is_refused_in_chinese_too():
    with in_language("zh"), pytest.raises(BoundsError, match=r"Limits\.rows 须是大于 0 的整数；收到的是 -2"):
        Limits(rows=-2)


def test_half_a_second_is_a_limit():
    assert Limits(seconds=0.5).seconds == 0.5
