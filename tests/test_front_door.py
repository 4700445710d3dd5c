"""``import crossborder``: quick, light, at most twenty names, and every room opens when it is used."""

import subprocess
import sys
import time

import pytest

import crossborder as xb

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
    for name in ("facts", "market", "ranking", "statistics", "charts"):
        assert getattr(xb, name) is not None


def test_an_unknown_name_is_no_room():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = xb.nothing
