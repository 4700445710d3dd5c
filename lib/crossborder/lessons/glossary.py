"""The words of the trade that lessons use: shown to learners in a fold, and held to by the translation."""

from dataclasses import dataclass

from crossborder.apps.show import Html, fold, joined
from crossborder.i18n import N_, _, in_language


@dataclass(frozen=True)
class Term:
    """A word and what it means; both are message ids."""

    english: str
    means: str

    @property
    def chinese(self) -> str:
        """The word as the Chinese catalogue has it."""
        with in_language("zh"):
            return _(self.english)


TERMS = (
    Term(N_("traffic"), N_("the visits that a platform sends to an offer: how often people open its page")),
    Term(N_("conversion"), N_("orders per visit: of those who open the page, the share that orders")),
    Term(N_("GMV"), N_("gross merchandise value: what buyers pay for the goods, before commission and costs")),
    Term(N_("rating"), N_("the mean of the stars in the reviews, from 1 to 5")),
    Term(N_("order value"), N_("GMV per order")),
    Term(
        N_("elasticity"),
        N_("by how many percent something changes when the price rises by one percent; −1 means that they balance"),
    ),
    Term(N_("commission"), N_("the share of each sale that the platform keeps")),
    Term(N_("price war"), N_("sellers undercut one another until nobody earns anything")),
)


def glossary(*words: str) -> Html:
    """A closed fold with these words, or all of them, in both languages."""
    rows = []
    for term in TERMS:
        if words and term.english not in words:
            continue
        both = " · ".join(dict.fromkeys((_(term.english), term.english, term.chinese)))  # the reader's own word first
        rows.append(Html("<dt>{both}</dt><dd>{means}</dd>").fill(both=both, means=_(term.means)))
    return fold(
        _("Words of the trade"), Html('<dl class="xb-glossary">{rows}</dl>').fill(rows=joined(rows)), key="glossary"
    )
