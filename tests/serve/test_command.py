"""The command line: what cannot start says why, in one line."""

import socket

import pytest

from crossborder.serve.command import arguments, main
from crossborder.serve.options import FIRST_PORT, ServeOptions
from crossborder.serve.server import PortError, bind


@pytest.fixture
def root(tmp_path, write_notebook):
    write_notebook(tmp_path, "index.ipynb", "1 + 1")
    return tmp_path


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--root", "/nowhere"], "there is no folder of notebooks at /nowhere"),
        (["--root", "{root}/images"], "has no index.ipynb"),
        (["--root", "{root}", "--data", "/nowhere/orders.csv"], "there is no file at /nowhere/orders.csv"),
        (["--root", "{root}", "--port", "70000"], "a port is a number from 0 to 65535; got 70000"),
        (["--root", "{root}", "--max-sessions", "0"], "at least one page must be allowed"),
        (["--root", "{root}", "--idle-minutes", "0"], "idle minutes must be above zero"),
        (["--root", "{root}", "--left-minutes", "-1"], "left minutes must be above zero"),
    ],
)
def test_a_choice_that_cannot_hold_is_one_line(root, capsys, options, reason):
    (root / "images").mkdir()
    assert main([option.format(root=root) for option in options]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("Crossborder could not start: ") and reason in told.err
    assert told.err.count("\n") == 1


def test_the_data_file_may_come_from_the_environment(root, capsys, monkeypatch):
    monkeypatch.setenv("CROSSBORDER_DATA", "/nowhere/from-the-environment.csv")
    assert main(["--root", str(root)]) == 1
    assert "/nowhere/from-the-environment.csv" in capsys.readouterr().err


def test_a_named_port_that_is_taken_is_one_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortError, match=f"port {port} is taken by another program; choose another with --port"):
            bind(port, "127.0.0.1")


def test_without_a_named_port_the_next_free_one_is_taken():
    first, port = bind(None, "127.0.0.1")
    second, another = bind(None, "127.0.0.1")
    try:
        assert FIRST_PORT <= port < another
    finally:
        for opened in (*first, *second):
            opened.close()


def test_what_is_not_chosen_is_as_the_options_have_it(capsys):
    chosen, usual = arguments([]), ServeOptions()
    assert {name: getattr(chosen, name) for name in ("root", "max_sessions", "idle_minutes", "port", "data")} == {
        name: getattr(usual, name) for name in ("root", "max_sessions", "idle_minutes", "port", "data")
    }
    with pytest.raises(SystemExit):
        arguments(["--help"])
    assert f"(default: {usual.idle_minutes:g})" in capsys.readouterr().out
