"""A teacher's folder: first predictions, who is stuck where, files that cannot be read named."""

from importlib import import_module
from pkgutil import iter_modules

import crossborder.lessons
from crossborder.lessons.classroom import read_class, tasks_of
from crossborder.lessons.lesson import Lesson
from crossborder.lessons.progress import ENDING, Event, Progress, file_name


def write(folder, learner: str, *events: tuple) -> None:
    made = tuple(
        Event(lesson="21", version=1, what=what, name=name, at=f"2026-01-01T00:00:{k:02d}+00:00", told=told)
        for k, (what, name, told) in enumerate(events)
    )
    progress = Progress(learner, seed=7, events=made)
    (folder / f"{file_name(learner)}{ENDING}").write_text(progress.to_json(), encoding="utf-8")


def choice(chosen: str) -> dict:
    return {"kind": "choice", "chosen": chosen, "sure": 0.6, "options": ["a", "b"], "truth": "b"}


def test_a_class_in_one_table(folder):
    write(
        folder,
        "Lin",
        ("predicted", "winner", choice("a")),
        ("reopened", "winner", {}),
        ("predicted", "winner", choice("b")),
    )
    write(
        folder,
        "Mei",
        ("declined", "winner", {}),
        ("answered", "sum", {"answer": 3, "right": False, "error": "old rule", "seed": 7}),
        ("hinted", "sum", {"rung": 1}),
        ("hinted", "sum", {"rung": 2}),
        ("answered", "sum", {"answer": 4, "right": True, "seed": 7}),
    )
    (folder / f"bad{ENDING}").write_text("no")
    found = read_class(folder)
    assert found.predictions("21", "winner").to_dict() == {"a": 1, "": 1}  # the first one: later ones knew the answer
    check = found.table[found.table["kind"] == "check"].iloc[0]
    assert (check["learner"], check["right"], check["attempts"], check["hints"], check["errors"]) == (
        "Mei",
        True,
        2,
        2,
        "old rule",
    )
    assert list(found.refused) == [f"bad{ENDING}"]
    assert found.text == "2 learners; 1 of 1 checks are right; 1 files could not be read."


def test_an_empty_folder_is_an_empty_class(folder):
    assert read_class(folder).table.empty


def test_odd_entries_do_not_stop_the_class(folder):
    write(
        folder,
        "Lin",
        ("hinted", "sum", {"rung": "many"}),
        ("answered", "sum", {"right": "yes", "error": ["x"]}),
        ("predicted", "q", {}),
    )
    assert len(read_class(folder).table) == 2


def test_every_lesson_names_its_checks_so_that_a_class_can_be_worked_out_again():
    for folder in iter_modules(crossborder.lessons.__path__):
        if folder.ispkg:
            package = import_module(f"crossborder.lessons.{folder.name}")
            (lesson,) = [kind for kind in vars(package).values() if isinstance(kind, type) and issubclass(kind, Lesson)]
            assert tasks_of(lesson.number) is import_module(f"{package.__name__}.checks").TASKS
    assert tasks_of("no lesson") == {}
