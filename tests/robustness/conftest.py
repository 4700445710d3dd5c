"""The helpers of the data room's tests serve here too."""

import importlib.util
from pathlib import Path

import pytest


def data_tests():
    path = Path(__file__).resolve().parent.parent / "data" / "conftest.py"
    spec = importlib.util.spec_from_file_location("crossborder_tests_data", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def read_here():
    return data_tests().reading_here


@pytest.fixture(scope="session")
def made():
    return data_tests().module_beside("made_files")
