"""A workbook's archive, checked before anything reads it."""

import io
import zipfile

import pytest

from crossborder.data.archive import check_archive
from crossborder.data.limits import Limits
from crossborder.data.sentence import Refusal

LIMITS = Limits()


def test_kinds_are_told_by_their_parts(made):
    assert [check_archive(content, LIMITS).kind for content in (made.xlsx(), made.xlsb(), made.ods())] == [
        "xlsx",
        "xlsb",
        "ods",
    ]


def test_the_epoch_of_the_workbook_is_read(made):
    assert not check_archive(made.xlsx(), LIMITS).date_1904
    assert check_archive(made.xlsx(date_1904=True), LIMITS).date_1904


def test_two_far_cells_are_refused_before_parsing(made):
    with pytest.raises(Refusal, match=r"column 16384, row 1048576\. Limits are 500 columns"):
        check_archive(made.far_cells(), LIMITS)


@pytest.mark.parametrize(
    "far", [b"r = 'XFD1048576'", b'r\n=\t" XFD1048576"', b"r='XFD1'", b'r="xfd1"', b'r="A9999999"']
)
def test_addresses_are_seen_in_every_spelling_of_xml(made, far):
    row = b"<row><c " + far + b"><v>1</v></c></row></sheetData>"
    content = made.rezipped(
        made.xlsx(), {"xl/worksheets/sheet1.xml": lambda sheet: sheet.replace(b"</sheetData>", row)}
    )
    with pytest.raises(Refusal, match="Its cells reach as far"):
        check_archive(content, LIMITS)


def test_a_bomb_is_refused_from_its_directory(made):
    with pytest.raises(Refusal, match=r"would unpack to \d+ MB"):
        check_archive(made.bomb(40), Limits(unpacked_bytes=30 * 2**20))
    with pytest.raises(Refusal, match=r"would unpack to \d+ MB"):
        check_archive(made.bomb(40), LIMITS)  # by its ratio


def test_too_many_entries_are_refused(made):
    with pytest.raises(Refusal, match="more than 5000 entries"):
        check_archive(made.many_entries(6_000), LIMITS)


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil", "xl/../../evil", "..\\evil", "C:/evil"])
def test_a_name_that_points_outside_is_refused(made, name):
    with pytest.raises(Refusal, match="points outside"):
        check_archive(made.rezipped(made.xlsx(), more={name: b"x"}), LIMITS)


def test_macros_and_links_are_warned_about(made):
    more = {"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": b"<x/>"}
    said = [str(sentence) for sentence in check_archive(made.rezipped(made.xlsx(), more=more), LIMITS).warnings]
    assert len(said) == 2 and "macros" in said[0] and "links" in said[1]


def test_another_archive_and_a_cut_one_are_refused(made):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("prices.csv", "title,price\n")
    with pytest.raises(Refusal, match="not a workbook"):
        check_archive(out.getvalue(), LIMITS)
    with pytest.raises(Refusal, match="cut off or damaged"):
        check_archive(made.xlsx()[:2000], LIMITS)
