"""What a lesson asks before it shows: a choice, or a range of lowest, likely, highest."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crossborder.i18n import N_, _
from crossborder.i18n.numbers import decimal, percent
from crossborder.lessons.piece import read_number

# How sure, as a chance; the words are what a learner picks
SURENESS = {"guess": N_("just a guess"), "think": N_("I think so"), "sure": N_("I am sure")}
CHANCES = {"think": 0.6, "sure": 0.9}


@dataclass(frozen=True, kw_only=True)
class ChoiceQuestion:
    """Which one? ``options`` maps each answer to its label (a message id); ``truth`` is what the model gives."""

    name: str
    asks: str
    options: Mapping[str, str]
    truth: str

    def read(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The answer in a submitted form; raises ValueError with the sentence of what is missing."""
        chosen, sure = fields.get("chosen"), fields.get("sure")
        if chosen not in self.options:
            raise ValueError(_("Choose one of the answers, or say that you would rather not guess."))
        if sure not in SURENESS:
            raise ValueError(_("Say how sure you are."))
        chance = CHANCES.get(str(sure), 1.0 / len(self.options))
        return {"kind": "choice", "chosen": chosen, "sure": chance, "options": list(self.options), "truth": self.truth}

    def spoken(self, answer: Mapping[str, Any]) -> str:
        """The answer in words."""
        chance = answer.get("sure", 0.0)
        sure = next((name for name, value in CHANCES.items() if value == chance), "guess")
        return _("{answer} ({sure})").format(
            answer=_(self.options.get(str(answer.get("chosen")), "")), sure=_(SURENESS[sure])
        )

    def verdict(self, answer: Mapping[str, Any]) -> str:
        """What came of it."""
        came = answer.get("chosen") == self.truth
        return (
            _("Your prediction came true.")
            if came
            else _("It came out otherwise: {truth}.").format(truth=_(self.options[self.truth]))
        )


@dataclass(frozen=True, kw_only=True)
class RangeQuestion:
    """How much? Lowest, likely, highest: four times out of five the truth should lie between the ends.

    ``share`` questions are asked in percent and kept as shares; ``lowest`` and ``highest`` are the bounds of what is
    possible at all.
    """

    name: str
    asks: str
    lowest: float
    highest: float
    truth: float
    share: bool = False
    unit: str = ""

    @property
    def scale(self) -> float:
        """What a typed number is divided by."""
        return 100.0 if self.share else 1.0

    def read(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The answer in a submitted form; raises ValueError with the sentence of what is missing."""
        typed = [read_number(fields.get(name, "")) for name in ("low", "likely", "high")]
        if any(value is None for value in typed):
            raise ValueError(_("Write three numbers: lowest, likely and highest. A wide range is a good answer."))
        low, likely, high = (float(value) / self.scale for value in typed if value is not None)
        if not low <= likely <= high:
            raise ValueError(_("The likely value must lie between the lowest and the highest."))
        if low < self.lowest or high > self.highest:
            raise ValueError(
                _("It can only lie between {low} and {high}.").format(
                    low=self.shown(self.lowest), high=self.shown(self.highest)
                )
            )
        return {"kind": "range", "low": low, "likely": likely, "high": high, "truth": self.truth}

    def shown(self, value: float) -> str:
        """A value as the reader sees it."""
        return percent(value, 0) if self.share else decimal(value)

    def spoken(self, answer: Mapping[str, Any]) -> str:
        """The answer in words."""
        low, likely, high = (self.shown(float(answer.get(name, 0.0))) for name in ("low", "likely", "high"))
        return _("{likely}, between {low} and {high}").format(likely=likely, low=low, high=high)

    def verdict(self, answer: Mapping[str, Any]) -> str:
        """What came of it."""
        held = answer.get("low", 0.0) <= self.truth <= answer.get("high", 0.0)
        sentence = (
            _("It came out at {truth}: inside your range.")
            if held
            else _("It came out at {truth}: outside your range.")
        )
        return sentence.format(truth=self.shown(self.truth))


Question = ChoiceQuestion | RangeQuestion
