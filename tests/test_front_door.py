"""``import crossborder``: quick, light, at most twenty names, and every room opens when it is used."""

import subprocess
import sys
import time

import pytest

import crossborder as xb
from crossborder.places import PACKAGE

TARGET_S = 0.3
HEAVY = ("pandas", "numpy", "numba", "scipy", "plotly", "ipywidgets", "traitlets", "IPython", "babel", "joblib")


def test_the_import_is_quick():
    times = []
    for _run in range(3):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import crossborder"], check=True, timeout=60)
        times.append(time.perf_counter() - start)
    assert min(times) < 5 * TARGET_S  # with the interpreter's own start


def test_the_import_loads_nothing_heavy():
    code = f"import sys, crossborder; print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], check=True, timeout=60, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_the_table_of_contents_is_short_and_every_name_opens():
    assert len(xb.__all__) <= 20
    assert dir(xb) == sorted(xb.__all__)
    for name in xb.__all__:
        assert getattr(xb, name) is not None


def test_every_room_is_reached_and_stands_in_the_table_of_contents():
    rooms = {door.parent.name for door in PACKAGE.glob("*/__init__.py")} - {"i18n", "serve"}
    assert rooms <= set(xb.__all__) and {"market", "ranking", "apps"} <= rooms
    for room in sorted(rooms):
        assert getattr(xb, room).__name__ == f"crossborder.{room}"
        assert f"``xb.{room}``" in (xb.__doc__ or ""), f"lib/crossborder/__init__.py says nothing of {room}"
        assert all(getattr(getattr(xb, room), name) is not None for name in getattr(xb, room).__all__)


def test_an_unknown_name_is_no_room():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = xb.nothing


@pytest.mark.parametrize(
    "room", sorted({door.parent.name for door in PACKAGE.glob("*/__init__.py")} - {"i18n", "serve"})
)
def test_a_room_lists_what_it_offers_and_nothing_else(room):
    opened = getattr(xb, room)
    assert sorted(dir(opened)) == sorted(opened.__all__)
    assert opened.__doc__
