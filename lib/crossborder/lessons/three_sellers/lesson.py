"""The parts of lesson 21, in the order in which its notebook shows them."""

from functools import cached_property

import ipywidgets
import plotly.graph_objects as go

from crossborder.apps.show import Html, badge, joined, paragraph
from crossborder.charts import old_to_new, over_days, quantile_dots
from crossborder.charts.words import label_of
from crossborder.i18n import N_, _
from crossborder.i18n.numbers import decimal, money, percent
from crossborder.lessons.check_box import CheckBox, TransferBox
from crossborder.lessons.glossary import glossary
from crossborder.lessons.lesson import Lesson, figures_agree
from crossborder.lessons.levers import Levers, Move
from crossborder.lessons.marks import mark_floor, mark_range
from crossborder.lessons.pictures import Redraw, SideBySide
from crossborder.lessons.piece import Piece, stacked
from crossborder.lessons.predict_box import CameTrue, Gate, PredictBox
from crossborder.lessons.questions import ChoiceQuestion, RangeQuestion
from crossborder.lessons.three_sellers.checks import LESSON, TASKS, TRANSFER
from crossborder.lessons.three_sellers.explained import Explained, explain
from crossborder.lessons.three_sellers.worlds import BooksWorlds, prices_by_own_books
from crossborder.ranking import OfferShares, SameProductScenario, split_traffic
from crossborder.ranking.conversion_ranking import ConversionRankingScenario, PriceRace, allocate_by_conversion

CHEAPEST, YOURS = "left", "middle"
RULES = {"old": "conversion * rating", "new": "price * conversion * rating"}
NOTABLE = 0.05  # a smaller change is called "about the same"


class ThreeSellers(Lesson):
    """Predict who gains, move three levers, let the sellers answer, check yourself."""

    number, version, minutes = LESSON, 1, 20
    notebook = "21_three_sellers_one_product.ipynb"

    @cached_property
    def start(self) -> OfferShares:
        """The three offers under both rules, as the lesson opens."""
        return split_traffic(SameProductScenario())

    @cached_property
    def races(self) -> dict[str, PriceRace]:
        """Ten weeks of moving prices, under each rule."""
        return {end: allocate_by_conversion(ConversionRankingScenario(rule=rule)) for end, rule in RULES.items()}

    @cached_property
    def share_question(self) -> RangeQuestion:
        """How much traffic is left to the cheapest offer?"""
        return RangeQuestion(
            name="cheapest-share",
            asks=N_(
                "By conversion the left offer, the cheapest, has most of the traffic. What share "
                "will it have once the platform ranks by GMV?"
            ),
            lowest=0.0,
            highest=1.0,
            truth=_share(self.start, CHEAPEST),
            share=True,
        )

    @cached_property
    def gmv_question(self) -> ChoiceQuestion:
        """What happens to the platform's own GMV?"""
        return ChoiceQuestion(
            name="platform-gmv",
            asks=N_("And the GMV of the platform with these three offers, before any seller has moved a price?"),
            options={
                "up": N_("It rises by more than 5%"),
                "same": N_("It stays about the same"),
                "down": N_("It falls by more than 5%"),
            },
            truth={1: "up", 0: "same", -1: "down"}[_sign(self.start.gmv_change)],
        )

    @cached_property
    def race_question(self) -> ChoiceQuestion:
        """Under which rule do prices fall?"""
        falls = {end: _sign(_mean_price_change(race)) < 0 for end, race in self.races.items()}
        return ChoiceQuestion(
            name="price-war",
            asks=N_(
                "Now three sellers start at prices that lie close together. Once a week each may go "
                "up or down by 5% and takes whatever earns most "
                "for the moment. Under which rule does the mean price fall by more than 5% in ten weeks?"
            ),
            options={
                "conversion": N_("By conversion only"),
                "gmv": N_("By GMV only"),
                "both": N_("Under both"),
                "neither": N_("Under neither"),
            },
            truth={(True, False): "conversion", (False, True): "gmv", (True, True): "both", (False, False): "neither"}[
                (falls["old"], falls["new"])
            ],
        )

    def picture(self) -> Piece:
        """The three offers as on a slide, with today's traffic."""
        cards = joined(
            Html(
                '<div class="xb-offer"><h3>{name}</h3><p '
                'class="xb-price">{price}</p><dl><dt>{c}</dt><dd>{conversion}</dd><dt>{r}</dt><dd>{rating}</dd>'
                '<dt>{t}</dt><dd>{traffic}</dd></dl><div class="xb-share" aria-hidden="true"><i '
                'style="width:{width}%"></i></div></div>'
            ).fill(
                name=label_of(self.start, row["offer"]),
                price=money(row["price_usd"]),
                c=label_of(self.start, "conversion"),
                conversion=percent(row["conversion"], 1),
                r=label_of(self.start, "rating"),
                rating=decimal(row["rating"], 1),
                t=label_of(self.start, "traffic_share_old"),
                traffic=percent(row["traffic_share_old"], 0),
                width=round(100 * row["traffic_share_old"]),
            )
            for row in self.start.table.to_dict("records")
        )
        return Piece.of(
            joined([Html('<div class="xb-offers">{cards}</div>').fill(cards=cards), badge("simulated"), glossary()])
        )

    def predict(self) -> ipywidgets.Widget:
        """Two predictions about the change itself."""
        return stacked(PredictBox(self, self.share_question), PredictBox(self, self.gmv_question))

    def play(self) -> Gate:
        """Three levers on the change; shut until both predictions are made or declined."""
        questions = (self.share_question, self.gmv_question)
        self.levers = Levers(
            self,
            "who-gains",
            SameProductScenario(),
            split_traffic,
            self._before_and_after,
            only=("middle_price_usd", "variant", "order_price_elasticity"),
            moves=(
                Move(
                    name="sensitive",
                    says=N_(
                        "Let the price weigh more at the order: pull the elasticity of orders below "
                        "−1. Who leads by GMV now?"
                    ),
                    happened=lambda scenario, result: scenario.order_price_elasticity < -1.0,
                ),
                Move(
                    name="per-impression",
                    says=N_(
                        "Back to the start, then count GMV per impression, so that a page which "
                        "nobody opens counts for nothing. What is left of the change?"
                    ),
                    happened=lambda scenario, result: (
                        scenario.variant == "per_impression" and scenario.order_price_elasticity > -1.0
                    ),
                ),
                Move(
                    name="own-price",
                    says=N_(
                        "You are the seller in the middle. Back to the start, then find a price that "
                        "brings you more than half of the traffic by GMV."
                    ),
                    happened=lambda scenario, result: (
                        scenario == SameProductScenario(middle_price_usd=scenario.middle_price_usd)
                        and _share(result, YOURS) > 0.5
                    ),
                ),
            ),
        )
        return Gate(self, questions, CameTrue(self, questions), self.levers)

    def prices(self) -> ipywidgets.Widget:
        """A prediction about what sellers do; behind it both races, then sellers who know less, in twenty worlds."""
        pictures = (
            over_days(race, "price_usd", by="seller", day="week", title=title, zero=False)
            for race, title in zip(self.races.values(), (N_("Prices by conversion"), N_("Prices by GMV")), strict=True)
        )
        left, right = (
            mark_floor(built, "price_usd", self.races["old"].lowest_price_usd, _("nothing is earned below"))
            for built in pictures
        )
        sentence = _(
            "By conversion the mean price goes from {start} to {old}, by GMV to {new}; below {floor} an "
            "order earns nothing."
        ).format(
            start=money(_mean_price(self.races["old"], 0)),
            floor=money(self.races["old"].lowest_price_usd),
            **{end: money(_mean_price(race, -1)) for end, race in self.races.items()},
        )
        careful = Piece.of(
            paragraph(
                _(
                    "These sellers know what their next step would bring. Real ones see only their "
                    "own sales, with luck in them. So the same again in twenty worlds, each a simulated run with "
                    "shoppers of its own, starting from the three prices at the top of the page:"
                ),
            )
        )
        self.redraw = Redraw(self, "own-books", prices_by_own_books, _twenty_worlds)
        questions = (self.race_question,)
        gate = Gate(self, questions, CameTrue(self, questions), SideBySide(sentence, left, right), careful, self.redraw)
        return stacked(PredictBox(self, self.race_question), gate)

    @cached_property
    def explained(self) -> Explained:
        """The numbers that the explanation states, from runs."""
        return explain(self.start)

    @property
    def questions(self) -> tuple[RangeQuestion, ChoiceQuestion, ChoiceQuestion]:
        """All that is predicted."""
        return (self.share_question, self.gmv_question, self.race_question)

    def explain(self) -> Gate:
        """Formula, words, a study, what is left out, and the calls underneath."""
        return Gate(self, self.questions, Piece.of(self.explained.html()))

    def check(self) -> ipywidgets.Widget:
        """Work out the conversion that a dearer rival needs; then a new case."""
        return stacked(*(CheckBox(self, name, make) for name, make in TASKS.items()), TransferBox(self, TRANSFER))

    def take_away(self) -> ipywidgets.Widget:
        """One sentence; then the learner's progress."""
        sentence = _(
            "A platform gets the prices that it ranks for. By conversion it rewards the cheapest; by "
            "GMV it rewards prices up to the one where the elasticity is −1, "
            "and that is neither what earns the seller most nor always what earns the platform most."
        )
        return stacked(
            Gate(self, self.questions, Piece.of(paragraph(sentence, "xb-take")), curtain=False), self.progress_panel()
        )

    def guard(self, **stated: float) -> None:
        """Recompute every figure that the lesson states; raises AssertionError with the first that is off."""
        figures_agree({"minutes": (stated.pop("minutes", self.minutes), self.minutes, 0.0)})
        self.explained.guard(**stated)

    def _before_and_after(self, result: OfferShares) -> go.Figure:
        built = old_to_new(
            result,
            group="offer",
            old="traffic_share_old",
            new="traffic_share_new",
            title=N_("Share of traffic by conversion, then by GMV"),
            sort=False,
        )
        event = self.answer_to(self.share_question.name)
        if event is None or event.what != "predicted":
            return built
        return mark_range(built, label_of(result, CHEAPEST), event.told, self.share_question.spoken(event.told))


def _twenty_worlds(result: BooksWorlds) -> go.Figure:
    return quantile_dots(result, "difference_usd", title=N_("Twenty worlds: how much higher prices end by GMV"))


def _sign(change: float) -> int:
    return 1 if change > NOTABLE else -1 if change < -NOTABLE else 0


def _mean_price(race: PriceRace, week: int) -> float:
    return float(race.table.groupby("week")["price_usd"].mean().iloc[week])


def _mean_price_change(race: PriceRace) -> float:
    return _mean_price(race, -1) / _mean_price(race, 0) - 1.0


def _share(result: OfferShares, offer: str) -> float:
    return float(result.table.set_index("offer")["traffic_share_new"][offer])
