"""Plain values: every kind comes back as it went, and a type tag opens nothing but this library's dataclasses."""

import datetime as dt
import json
import math
import sys
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossborder.errors import MissingTableError
from crossborder.market import SessionLaw
from crossborder.origin import Origin, stated
from crossborder.plain import VERSION, from_plain, table_checksum, tagged_type, to_plain, type_tag
from crossborder.result import Verdict

quick = settings(max_examples=80, deadline=None, derandomize=True)


def there_and_back(value: Any) -> Any:
    """Through real JSON text, in which NaN and Infinity do not exist."""
    return from_plain(json.loads(json.dumps(to_plain(value), allow_nan=False)))


simple = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12)
    | st.dates() | st.datetimes(timezones=st.none() | st.just(dt.UTC))
)  # fmt: skip
nested = st.recursive(
    simple,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=4)
    ),
    max_leaves=12,
)


@quick
@given(nested)
def test_lists_tuples_mappings_dates_and_numbers_come_back(value):
    assert there_and_back(value) == value


def test_no_number_and_infinity_survive_json():
    assert math.isnan(there_and_back(float("nan")))
    assert there_and_back([math.inf, -math.inf]) == [math.inf, -math.inf]


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6, dtype=np.int64).reshape(2, 3),
        np.arange(6.0)[::2],
        np.asfortranarray(np.arange(6).reshape(2, 3)),
        np.array([True, False]),
        np.zeros((0, 4), np.float32),
        np.array(5.0),
        np.array(["2018-11-11"], dtype="datetime64[D]"),
        np.array([np.nan, np.inf]),
    ],
)
def test_arrays_keep_values_shape_and_type(array):
    back = there_and_back(array)
    assert back.dtype == array.dtype and back.shape == array.shape
    np.testing.assert_array_equal(back, array)
    assert back.flags.writeable


def test_a_frame_keeps_values_and_column_types():
    frame = pd.DataFrame(
        {
            "listing_id": ["a", "b", None],
            "orders": np.array([1, 2, 3], np.int32),
            "gmv_usd": [1.5, np.nan, np.inf],
            "open": [True, False, True],
            "first_listed": pd.to_datetime(["2018-01-01", None, "2018-07-01"]),
            "sold_at": pd.to_datetime(["2018-01-01", "2018-07-01", None]).tz_localize("Europe/Madrid"),
            "units": pd.array([1, None, 3], dtype="Int64"),
        }
    )
    pd.testing.assert_frame_equal(there_and_back(frame), frame)
    pd.testing.assert_frame_equal(there_and_back(frame.head(0)), frame.head(0))


def test_a_frame_may_be_replaced_by_its_checksum_and_found_again():
    frame = pd.DataFrame({"a": [1, 2]})
    plain = to_plain([frame], lambda table: {"$table": table_checksum(table)})
    assert plain == [{"$table": table_checksum(frame)}]
    assert from_plain(plain, {table_checksum(frame): frame}.__getitem__)[0] is frame
    with pytest.raises(MissingTableError, match=table_checksum(frame)):
        from_plain(plain)


def test_equal_frames_have_equal_checksums_and_others_do_not():
    frame = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})
    others = [
        frame.assign(a=[1, 3]),
        frame.assign(a=[1.0, 2.0]),
        frame.rename(columns={"a": "c"}),
        frame.iloc[::-1],
        frame[["b", "a"]],
    ]
    assert table_checksum(frame.copy()) == table_checksum(frame)
    assert table_checksum(frame.set_axis([7, 8])) == table_checksum(frame)  # the index is no part of a tidy table
    assert len({table_checksum(frame), *map(table_checksum, others)}) == 1 + len(others)


def test_dataclasses_carry_tag_and_version():
    origin = stated("joom-commission-standard")
    plain = to_plain(origin)
    assert plain["$type"] == "origin:Origin" == type_tag(Origin)
    assert plain["$version"] == VERSION
    assert there_and_back(origin) == origin
    assert there_and_back(SessionLaw(n_slots=7)) == SessionLaw(n_slots=7)


def test_an_enum_is_written_as_its_value():
    assert to_plain(Verdict.FIT) == "fit"


def test_what_json_cannot_say_is_refused():
    with pytest.raises(TypeError, match="function cannot be written as JSON"):
        to_plain(there_and_back)


def test_another_version_is_refused():
    plain = to_plain(stated("a")) | {"$version": VERSION + 1}
    with pytest.raises(ValueError, match="another version"):
        from_plain(plain)


def test_a_dataclass_of_other_values_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match="not complete"):
        from_plain({"$type": "market.world:Market"})
    with pytest.raises(ValueError, match="rumour"):
        from_plain({"$type": "origin:Origin", "kind": "rumour"})


@pytest.mark.parametrize(
    "tag",
    [
        "os:system", "subprocess:Popen", "builtins:eval", ":Origin", "origin", "origin:", "origin:origin",
        "origin:Origin.text", "..os:path", "market.law:np", "market.law.SessionLaw", "errors:BoundsError",
        "plain:VERSION", "result:StrEnum", "market.world:SessionLaw", "serve.__main__:main", "__init__:atlas",
        "params:_checked", "places:Path", "plain:dataclasses", "nowhere:Nothing", "a b:C", "origin:Origin\n", None, 5,
        ["origin:Origin"], {"a": 1}, "origin:Origin:Origin", "origin/:Origin",
    ],
)  # fmt: skip
def test_a_foreign_tag_opens_nothing(tag):
    with pytest.raises(ValueError, match="is not a kind of scenario or result"):
        from_plain({"$type": tag, "args": ["true"]})


def test_a_tag_does_not_run_a_program_of_the_library():
    sys.modules.pop("crossborder.serve.__main__", None)
    with pytest.raises(ValueError, match="is not a kind of"):
        tagged_type("serve.__main__:main")
    assert "crossborder.serve.__main__" not in sys.modules


def test_an_array_of_objects_is_never_read_back():
    with pytest.raises(ValueError, match="objects"):
        from_plain({"$array": "AAAAAAAAAAA=", "dtype": "O", "shape": [1]})


@quick
@given(st.text(max_size=30) | st.from_regex(r"[a-z_.]{1,20}:[A-Za-z_]{1,12}", fullmatch=True))
def test_any_tag_gives_a_dataclass_of_this_library_or_a_sentence(tag):
    try:
        kind = tagged_type(tag)
    except ValueError as problem:
        assert "is not a kind of" in str(problem)
    else:
        assert kind.__module__.startswith("crossborder.")
        assert getattr(sys.modules[kind.__module__], kind.__name__) is kind
