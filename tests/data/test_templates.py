"""The format to download."""

import pytest

from crossborder.data.templates import listing_template
from crossborder.i18n import in_language


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_reads_as_it_is_in_both_languages(read_here, code, kind):
    with in_language(code):
        content = listing_template(kind)
    read = read_here(content)
    assert (read.counts["accepted"], read.unused, read.questions, read.warnings) == (2, (), (), ())
    assert read.emptied.empty
    assert read.table["listing_id"].tolist() == ["1005001234567890123", "0017"]
    assert read.table["units_sold"].tolist() == [5000, 120]
