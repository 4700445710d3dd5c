"""The checks of lesson 21: the conversion that draws level under GMV × rating; then hotels instead of goods."""

import random

from crossborder.i18n import N_, _
from crossborder.i18n.numbers import decimal, money, percent
from crossborder.lessons.checking import Mistake, Option, Task, Transfer

LESSON = "21"


def level_conversion(draw: random.Random) -> Task:
    """Which conversion does a dearer rival need to draw level under GMV × rating? c* = p1·c1·s1 / (p2·s2)."""
    price, dearer = draw.choice([8, 10, 12, 16]), draw.choice([1.25, 1.5, 1.75])
    rival_price = price * dearer
    conversion = draw.choice([3.6, 4.2, 4.8, 5.4, 6.0])
    rating, rival_rating = draw.choice([(4.8, 4.2), (4.7, 4.3), (4.2, 4.8), (4.3, 4.7)])
    truth = conversion * price * rating / (rival_price * rival_rating)
    numbers = {
        "p1": money(price),
        "p2": money(rival_price),
        "c1": percent(conversion / 100, 1),
        "s1": decimal(rating, 1),
        "s2": decimal(rival_rating, 1),
    }
    return Task(
        asks=_(
            "Your offer costs {p1}, converts {c1} of its visits and is rated {s1}. A rival sells the "
            "same thing for {p2}, rated {s2}. "
            "Under GMV × rating, from which conversion on does the rival stand above you?"
        ).format(**numbers),
        truth=truth,
        tolerance=0.06,
        unit="%",
        mistakes=(
            Mistake(
                name="old rule",
                value=conversion * rating / rival_rating,
                says=_("That would hold under the old rule. The price is missing from your score."),
            ),
            Mistake(
                name="no rating",
                value=conversion * price / rival_price,
                says=_("You compared price × conversion. The rating is part of the score as well."),
            ),
            Mistake(
                name="price upside down",
                value=conversion * rival_price * rating / (price * rival_rating),
                says=_(
                    "The two prices are the wrong way round: a dearer offer needs fewer orders for "
                    "the same GMV, not more."
                ),
            ),
            Mistake(
                name="rating upside down",
                value=conversion * price * rival_rating / (rival_price * rating),
                says=_("The two ratings are the wrong way round: the better rated offer needs less conversion."),
            ),
            Mistake(name="share", value=truth / 100, says=_("You wrote a share; the answer is asked for in percent.")),
        ),
        hints=(
            _("Write the score of your own offer first: price × conversion × rating."),
            _("The rival draws level when both scores are the same; only one number in the rival's score is unknown."),
            _("Divide your score by the rival's price and by the rival's rating."),
        ),
        solution=_("Your score is {p1} × {c1} × {s1}. Divided by {p2} × {s2} it gives {answer}.").format(
            **numbers, answer=percent(truth / 100, 2)
        ),
    )


TASKS = {"level-conversion": level_conversion}

TRANSFER = Transfer(
    name="hotel-transfer",
    asks=N_(
        "A site for hotel rooms ranks by bookings per visit and changes to revenue per visit. For "
        "its guests, a price that is 1% "
        "higher lowers the bookings per visit by 2%. Ratings are equal. Who moves up?"
    ),
    options={
        "dear": Option(
            label=N_("The dear hotels: revenue counts the price"),
            right=False,
            says=N_(
                "The price counts, but the bookings it costs count as well. Which of the two changes "
                "more when the price rises?"
            ),
        ),
        "cheap": Option(
            label=N_("Nobody: the cheap hotels stay on top"),
            right=True,
            says=N_(
                "Beyond an elasticity of −1 a higher price loses more bookings than it adds revenue, "
                "so both rules put the cheap first."
            ),
        ),
        "rating": Option(
            label=N_("Those with the better rating"),
            right=False,
            says=N_("The ratings are equal here, so they cannot decide."),
        ),
    },
)
