"""What reaches the terminal is plain and worth reading."""

import logging

from crossborder.serve.logs import Plain


def record(message: str, *args: object) -> logging.LogRecord:
    return logging.LogRecord("any", logging.ERROR, "file", 1, message, args, None)


def test_what_is_no_news_is_dropped():
    assert not Plain().filter(record("Notebook %s is not trusted", "index.ipynb"))
    assert Plain().filter(record("the disk is full"))


def test_a_failed_cell_is_told_as_its_traceback_without_colours():
    cell = {"outputs": [{"output_type": "error", "traceback": ["\x1b[31mZeroDivisionError\x1b[39m: division by zero"]}]}
    told = record("Error at server while executing cell: %r", cell)
    assert Plain().filter(told)
    assert told.getMessage() == "a cell failed\nZeroDivisionError: division by zero"


def test_a_failure_without_a_traceback_is_left_to_those_who_know_more():
    assert not Plain().filter(record("Error at server while executing cell: %r", {"outputs": []}))
