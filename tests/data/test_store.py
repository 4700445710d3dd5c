"""Tables kept by checksum."""

import pandas as pd
import pytest

from crossborder.data.store import find_table, forget_table, keep_table, kept_tables
from crossborder.errors import MissingTableError
from crossborder.i18n import in_language
from crossborder.places import user_dir
from crossborder.plain import table_checksum


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CROSSBORDER_HOME", str(tmp_path))


def frame():
    return pd.DataFrame(
        {
            "listing_id": ["1", "2"],
            "price_usd": [1.5, None],
            "units_sold": pd.array([5, None], dtype="Int64"),
            "free": pd.array([True, None], dtype="boolean"),
            "day": pd.to_datetime(["2026-03-04", None]).astype("datetime64[us]"),
        }
    )


def test_a_table_is_found_again_by_its_checksum():
    checksum = keep_table(frame())
    assert checksum == table_checksum(frame()) == keep_table(frame())
    pd.testing.assert_frame_equal(find_table(checksum), frame())
    assert kept_tables() == (checksum,)
    forget_table(checksum)
    forget_table(checksum)
    assert kept_tables() == ()


def test_a_table_that_is_not_here_says_how_to_get_it_back():
    with pytest.raises(MissingTableError, match=r"not kept on this computer\. Open the file it came from once more"):
        find_table("0" * 16)
    with in_language("zh"), pytest.raises(MissingTableError, match="重新打开原来的文件"):
        find_table("0" * 16)


@pytest.mark.parametrize("checksum", ["../../x", "", "0" * 15, "Z" * 16, "0" * 16 + "/x"])
def test_only_checksums_are_looked_up(checksum):
    with pytest.raises(MissingTableError, match="is not the checksum of a table"):
        find_table(checksum)


def test_a_damaged_table_is_never_handed_out():
    checksum = keep_table(frame())
    path = user_dir() / "tables" / f"{checksum}.parquet"
    frame().assign(price_usd=9.0).to_parquet(path)
    with pytest.raises(MissingTableError, match="damaged"):
        find_table(checksum)
    path.write_bytes(b"PAR1 rubbish PAR1")
    with pytest.raises(MissingTableError, match="damaged"):
        find_table(checksum)
