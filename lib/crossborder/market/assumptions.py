"""What a file of listings does not say: gaps filled, and a sentence kept about each kind of gap."""

import numpy as np
import pandas as pd

from crossborder.market.listing_faults import as_numbers


class Assumptions:
    """Fills the gaps of a file and keeps a sentence about each kind of gap."""

    def __init__(self, table: pd.DataFrame) -> None:
        self._table = table
        self.sentences: list[str] = []

    def say(self, sentence: str) -> None:
        """Note a sentence, once."""
        if sentence and sentence not in self.sentences:
            self.sentences.append(sentence)

    def number(self, column: str, otherwise: float, sentence: str, none: float = np.nan) -> pd.Series:
        """A column's numbers; empty cells, and those that hold ``none``, become ``otherwise``."""
        values = (
            pd.Series(as_numbers(self._table[column]), index=self._table.index)
            if column in self._table
            else pd.Series(np.nan, index=self._table.index)
        )
        values = values.where(values != none)
        if values.isna().any():
            self.say(sentence)
        return values.fillna(otherwise)

    def text(self, column: str, otherwise: str, sentence: str) -> pd.Series:
        """A column's words; empty cells become ``otherwise``."""
        values = (
            self._table[column].fillna("").astype(str).str.strip()
            if column in self._table
            else pd.Series("", index=self._table.index)
        )
        if (values == "").any():
            self.say(sentence)
        return values.where(values != "", otherwise)
