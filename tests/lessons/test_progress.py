"""One readable file per learner: kept whole, merged, put aside when damaged, never in the way of the lesson."""

import json

import pytest

from crossborder.errors import InputFileError
from crossborder.lessons.progress import ENDING, MAX_BYTES, Event, Progress, file_name


def event(name: str = "q", what: str = "predicted", at: str = "2026-01-02T03:04:05.000+00:00", **told) -> Event:
    return Event(lesson="21", version=1, what=what, name=name, at=at, told=told)


def test_a_file_comes_back_as_it_was(folder):
    progress = Progress.open("Lin Wei", folder)
    progress.record(event(kind="range", low=0.1))
    again = Progress.open("Lin Wei", folder)
    assert (again.events, again.seed, again.learner) == (progress.events, progress.seed, "Lin Wei")
    assert again.events[0].told == {"kind": "range", "low": 0.1}


def test_the_file_reads_line_by_line(folder):
    progress = Progress.open("林伟", folder)
    progress.record(event("a"))
    progress.record(event("b", at="2026-01-02T03:04:06.000+00:00"))
    text = (folder / f"林伟{ENDING}").read_text(encoding="utf-8")
    assert len(text.splitlines()) == 4
    assert "林伟" in text
    assert [e["name"] for e in json.loads(text)["events"]] == ["a", "b"]


def test_nothing_is_written_until_something_happens(folder):
    Progress.open("Lin", folder)
    assert list(folder.iterdir()) == []


def test_two_pages_of_one_learner_keep_each_others_events(folder):
    first = Progress.open("Lin", folder)
    first.record(event("a"))
    second = Progress.open("Lin", folder)
    first.record(event("b", at="2026-01-02T03:04:06.000+00:00"))
    second.record(event("c", at="2026-01-02T03:04:07.000+00:00"))
    assert [e.name for e in Progress.open("Lin", folder).events] == ["a", "b", "c"]
    assert first.seed == second.seed == Progress.open("Lin", folder).seed


def test_learners_have_files_of_their_own(folder):
    Progress.open("Lin", folder).record(event())
    assert Progress.open("Mei", folder).events == ()


def test_a_name_cannot_leave_the_folder(folder):
    Progress.open("../../etc/passwd", folder).record(event())
    assert [path.name for path in folder.glob("*.json")] == [f"etc-passwd{ENDING}"]
    assert file_name("...") == "me"


def test_a_damaged_file_is_put_aside_and_told(folder):
    path = folder / f"lin{ENDING}"
    path.write_text('{"format": 1, "learner": "Lin", "seed"')
    progress = Progress.open("Lin", folder)
    assert progress.events == () and "not a progress file" in progress.trouble
    assert [p.read_text() for p in folder.glob("*.damaged-*")] == ['{"format": 1, "learner": "Lin", "seed"']
    progress.record(event())
    assert len(Progress.open("Lin", folder).events) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"format":1}',
        b'{"format":2,"learner":"x","seed":1,"events":[]}',
        b"[" * 100_000,
        b'{"format":1,"learner":"x","seed":1,"events":[{"lesson":"21"}]}',
        b'{"format":1,"learner":"x","seed":1,"events":[7]}',
        b'{"format":1,"learner":"x","seed":1,"events":[{"lesson":"1","version":1,"what":"w","name":"n","at":"yesterday"}]}',
        b" " * (MAX_BYTES + 1),
    ],
)
def test_what_is_no_progress_file_ends_in_a_sentence(content):
    with pytest.raises(InputFileError) as problem:
        Progress.from_json(content)
    assert str(problem.value).endswith(".")


def test_a_folder_that_is_gone_is_only_told(folder):
    progress = Progress.open("Lin", folder / "gone")
    progress.record(event())
    assert progress.events and "cannot be saved" in progress.trouble


def test_merging_takes_each_event_once_and_the_seed_of_the_older_file(folder):
    old = Progress("Lin", seed=5, events=(event("a"), event("b")))
    here = Progress.open("Lin", folder)
    assert here.merge(Progress.from_json(old.to_json())) == 2
    assert here.merge(Progress.from_json(old.to_json())) == 0
    assert here.seed == 5 and Progress.open("Lin", folder).seed == 5


def test_events_are_found_by_lesson_kind_and_name():
    progress = Progress(seed=1, events=(event("a"), event("a", "declined"), event("b")))
    assert progress.last("21", "predicted", "a").name == "a"
    assert progress.last("21", "predicted", "z") is None
    assert len(progress.of("21", name="a")) == 2 and progress.of("22") == []
