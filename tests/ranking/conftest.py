"""What the tests of ranking share."""

import pandas as pd
import pytest

from crossborder.i18n import in_language
from crossborder.result import Result


@pytest.fixture
def speaks_both():
    """Check that a result has a table and no gaps in its sentence, its labels and its descent in either language."""

    def check(result: Result) -> None:
        assert isinstance(result.table, pd.DataFrame) and len(result.table)
        texts = {}
        for language in ("en", "zh"):
            with in_language(language):
                texts[language] = result.text
                assert result.origin["*"].text
                assert all(origin.text for origin in result.origin.values())
        assert texts["en"].endswith(".") and "nan" not in texts["en"] and "{" not in texts["en"]
        assert texts["zh"].endswith("。") and texts["zh"] != texts["en"] and "{" not in texts["zh"]

    return check
