"""The locked files, the conda files and what is installed say the same, and nothing is below a known-safe version."""

import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-build.txt")

# What a new environment brings by itself
BROUGHT = {"pip", "setuptools", "wheel", "crossborder"}

# The first release without the flaw named beside it; a new lock must not fall below
SAFE_FROM = {
    "jupyter-server": ("2.20.0", "stored script in converted pages takes over kernels (CVE-2026-44727)"),
    "jupyterlab": ("4.5.7", "one click runs commands from saved output (CVE-2026-40171)"),
    "nbconvert": ("7.17.1", "reads files when images are embedded (CVE-2026-39378)"),
    "voila": ("0.5.6", "any file through /static (GHSA-2q59-h24c-w6fg)"),
    "plotly": ("7.0", "prototype pollution before plotly.js 2.25.2 (CVE-2023-46308)"),
}


def entries(lock: str) -> dict[str, list[str]]:
    """Each pin of a locked file with its hashes: ``{"numpy==2.4.6": ["sha256:…", …]}``."""
    found: dict[str, list[str]] = {}
    pin = ""
    for line in (ROOT / lock).read_text().splitlines():
        if line and not line.startswith((" ", "#")):
            pin = line.removesuffix("\\").strip()
            found[pin] = []
        elif "--hash=" in line:
            found[pin].append(line.strip().removesuffix("\\").strip().removeprefix("--hash="))
    return found


def pins(lock: str) -> dict[str, str]:
    """Name and version of each pin that applies here."""
    read = {}
    for text in entries(lock):
        requirement = Requirement(text)
        if requirement.marker is None or Marker(str(requirement.marker)).evaluate():
            read[canonicalize_name(requirement.name)] = str(requirement.specifier).removeprefix("==")
    return read


def installed() -> dict[str, str]:
    here = [Path(path) for path in sys.path if path.startswith(sys.prefix)]
    found = metadata.distributions(path=[str(path) for path in here])
    return {canonicalize_name(each.metadata["Name"]): each.version for each in found}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_hashes_every_pin(lock):
    text = (ROOT / lock).read_text()
    for forbidden in ("://", "--index-url", "--extra-index-url", "--find-links", "--trusted-host", " @ "):
        assert forbidden not in text
    for pin, hashes in entries(lock).items():
        assert re.fullmatch(r"[\w.-]+(\[[\w,-]+\])?==[\w.+!]+( *;.*)?", pin), pin
        assert hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64}", each) for each in hashes), pin


def test_the_lock_of_the_tests_holds_every_pin_of_the_run_time_unchanged():
    run, dev = entries("requirements.txt"), entries("requirements-dev.txt")
    assert {pin: hashes for pin, hashes in dev.items() if pin in run} == run


@pytest.mark.parametrize(
    ("wanted", "lock"),
    [("requirements.in", LOCKS[0]), ("requirements-dev.in", LOCKS[1]), ("requirements-build.in", LOCKS[2])],
)
def test_each_wish_is_met_by_its_lock(wanted, lock):
    locked = pins(lock)
    lines = [line.split("#")[0].strip() for line in (ROOT / wanted).read_text().splitlines()]
    for wish in [Requirement(line) for line in lines if line and not line.startswith("-r")]:
        assert wish.specifier.contains(locked[canonicalize_name(wish.name)]), f"{wish}: run `make lock`"


def test_what_the_library_declares_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = {canonicalize_name(Requirement(text).name) for text in project["dependencies"]}
    assert declared <= set(pins("requirements.txt"))
    lines = [line.split("#")[0].strip() for line in (ROOT / "requirements.in").read_text().splitlines()]
    wished = {canonicalize_name(Requirement(line).name) for line in lines if line}
    assert declared <= wished, "a package that is imported by name belongs into requirements.in"


def test_what_is_installed_is_what_is_locked():
    locked, present = pins("requirements-dev.txt") | pins("requirements-build.txt"), installed()
    assert {name: present.get(name) for name in locked} == locked
    assert set(present) - set(locked) - BROUGHT == set(), "not in the lock; `make clean` and start again"


def test_nothing_is_below_a_known_safe_version():
    locked = pins("requirements.txt")
    for name, (least, flaw) in SAFE_FROM.items():
        assert Version(locked[name]) >= Version(least), f"{name} {locked[name]}: {flaw}; safe from {least}"


@pytest.mark.parametrize("path", ["environment.yml", "binder/environment.yml"])
def test_conda_brings_python_and_pip_only(path):
    described = yaml.safe_load((ROOT / path).read_text())
    *conda, pip = described["dependencies"]
    assert conda == ["python=3.11", "pip"]
    assert list(pip) == ["pip"]
    assert described["channels"] == ["conda-forge"]


def test_conda_takes_its_packages_from_the_lock():
    described = yaml.safe_load((ROOT / "environment.yml").read_text())
    assert described["dependencies"][-1]["pip"] == ["-r requirements.txt"]


def test_binder_has_the_pins_of_the_lock_written_out():
    described = yaml.safe_load((ROOT / "binder" / "environment.yml").read_text())
    assert described["dependencies"][-1]["pip"] == list(entries("requirements.txt")), "run `make lock`"


def test_binder_and_make_take_the_same_steps():
    after = (ROOT / "binder" / "postBuild").read_text()
    made = (ROOT / "Makefile").read_text()
    for step in (
        "--no-deps --no-build-isolation --editable .",
        "-m crossborder.serve.assets",
        "requirements-build.txt",
        "-m crossborder.serve.build",
        "-m crossborder.market.warm",
    ):
        assert step in after and step in made
    assert (ROOT / "binder" / "postBuild").stat().st_mode & 0o111
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_ci_runs_the_test_command_of_the_readme():
    assert "make test" in (ROOT / "README.md").read_text()
    assert (ROOT / ".ci" / "run").read_text().rstrip().endswith("exec make test")


def test_the_python_that_runs_is_one_that_is_allowed():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    least = Version(project["requires-python"].removeprefix(">="))
    assert Version(f"{sys.version_info.major}.{sys.version_info.minor}") >= least == Version("3.11")
