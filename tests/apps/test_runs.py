import asyncio
import threading

from crossborder.apps.runs import Runner, call, told
from crossborder.errors import BoundsError


def test_a_verb_gets_what_it_takes():
    assert call(lambda scenario: (scenario,), "s", rng=3) == ("s",)
    assert call(lambda scenario, rng: (scenario, rng), "s", rng=3) == ("s", 3)
    assert call(lambda scenario, progress=None: progress, "s", rng=3, progress=len) is len


def test_our_sentences_are_passed_on_others_get_a_number(caplog):
    assert told(BoundsError("x must be small.")) == "x must be small."
    assert told(ValueError("n must be at least 1.")) == "n must be at least 1."
    for foreign in (KeyError("secret"), ValueError("operands could not be broadcast"), ZeroDivisionError("secret")):
        assert "secret" not in told(foreign) and "reference" in told(foreign)


def test_a_run_without_enough_memory_says_what_to_take_less_of():
    assert "fewer rows" in told(MemoryError()) and "reference" not in told(MemoryError())


def test_results_arrive_in_the_loop_that_started_the_run():
    async def scene():
        runner, arrived = Runner(), []
        done = asyncio.Event()

        def deliver(result, error):
            arrived.append((result, error, threading.current_thread() is threading.main_thread()))
            done.set()

        runner.start(lambda report: 42, deliver, lambda done, total: None)
        await asyncio.wait_for(done.wait(), 5)
        return arrived

    assert asyncio.run(scene()) == [(42, "", True)]


def test_one_who_waits_inside_the_loop_gets_the_result_and_that_of_the_run_it_starts():
    async def scene():
        runner, arrived = Runner(), []

        def deliver(result, error):
            arrived.append(result)
            if result == "quick":
                runner.start(lambda report: "refined", deliver, lambda done, total: None)

        runner.start(lambda report: "quick", deliver, lambda done, total: None)
        runner.wait(5)
        at_once = list(arrived)
        await asyncio.sleep(0)
        return at_once, arrived

    assert asyncio.run(scene()) == (["quick", "refined"], ["quick", "refined"])


def test_the_older_run_stops_at_its_next_report():
    runner, delivered = Runner(), []
    reached, gate = threading.Event(), threading.Event()

    def work(report):
        reached.set()
        gate.wait(5)
        report(1, 2)
        delivered.append("never")

    runner.start(work, lambda result, error: delivered.append(result), lambda done, total: None)
    assert reached.wait(5)
    runner.start(lambda report: "new", lambda result, error: delivered.append(result), lambda done, total: None)
    gate.set()
    runner.wait()
    assert delivered == ["new"] and not runner.running


def test_a_failing_run_delivers_a_sentence():
    runner, delivered = Runner(), []

    def work(report):
        raise BoundsError("too many.")

    runner.start(work, lambda result, error: delivered.append((result, error)), lambda done, total: None)
    runner.wait()
    assert delivered == [(None, "too many.")]
