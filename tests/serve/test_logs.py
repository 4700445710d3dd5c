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


def test_a_page_that_leaves_while_it_connects_is_no_news():
    gone = AttributeError("'NoneType' object has no attribute 'kernel_ws_protocol'")
    left = logging.LogRecord("tornado.application", logging.ERROR, "f", 1, "Uncaught", (), (AttributeError, gone, None))
    other = logging.LogRecord(
        "tornado.application", logging.ERROR, "f", 1, "Uncaught", (), (AttributeError, AttributeError("x"), None)
    )
    again = logging.LogRecord("tornado.access", logging.ERROR, "f", 1, "500 GET /api/kernels/1/channels?a=1", (), None)
    assert not Plain().filter(left) and not Plain().filter(again) and Plain().filter(other)
