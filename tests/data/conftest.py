"""Reading in this process (the child's own code, without the cost of starting one), and files made for it."""

import importlib.util
from dataclasses import asdict
from pathlib import Path

import pytest

from crossborder.data.child import answer_job
from crossborder.data.limits import Limits
from crossborder.data.listings import listings_from
from crossborder.data.questions import check_answers
from crossborder.data.sandbox import unpacked


def reading_here(content, *, answers=None, mapping=None, rates=None, limits=None, head_rows=None, name="file.csv"):
    """As ``read_listings`` does in its child; text is taken as UTF-8."""
    content = content.encode() if isinstance(content, str) else content
    limits = limits or Limits()
    answers = check_answers(answers)
    job = {
        "reader": "listings",
        "limits": asdict(limits),
        "answers": answers,
        "mapping": dict(mapping or {}),
        "rates": {code: [rate, "", "given"] for code, rate in (rates or {}).items()},
        "head_rows": head_rows,
    }
    report, streams = unpacked(answer_job(job, content), name, limits)
    return listings_from(report, streams, name, answers)


def module_beside(name):
    """A helper module of this folder; tests are imported by path, so there is no package to import it from."""
    spec = importlib.util.spec_from_file_location(f"crossborder_tests_{name}", Path(__file__).parent / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def read_here():
    return reading_here


@pytest.fixture(scope="session")
def made():
    return module_beside("made_files")
