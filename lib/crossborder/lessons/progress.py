"""A learner's progress: one readable local file per person, a list of what happened, in order.

Nothing of it stands in a notebook, so a notebook may be replaced at any time. Where the disk cannot be written the
lesson goes on and ``trouble`` says so.
"""

import datetime as dt
import json
import os
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from crossborder.errors import InputFileError
from crossborder.i18n import _
from crossborder.places import user_dir

FORMAT = 1
ENDING = ".progress.json"
SOMEBODY = "me"
MAX_BYTES = 5_000_000
SEEDS = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Event:
    """One thing that happened: predicted, declined, moved, hinted, answered, solved, transferred."""

    lesson: str
    version: int
    what: str
    name: str
    at: str = field(default_factory=lambda: dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds"))
    told: Mapping[str, Any] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """As it stands in the file."""
        return {
            "at": self.at,
            "lesson": self.lesson,
            "version": self.version,
            "what": self.what,
            "name": self.name,
            **({"told": dict(self.told)} if self.told else {}),
        }

    @classmethod
    def read(cls, plain: Any) -> Self:
        """From the file; anything else raises InputFileError with a sentence."""
        try:
            told = plain.get("told", {})
            texts = {name: plain[name] for name in ("lesson", "what", "name", "at")}
            dt.datetime.fromisoformat(texts["at"])
            if not all(isinstance(text, str) for text in texts.values()) or not isinstance(told, dict):
                raise TypeError
            return cls(**texts, version=int(plain["version"]), told=told)
        except (AttributeError, KeyError, TypeError, ValueError):
            raise InputFileError(
                _("The progress file holds an entry that cannot be read: {entry}.").format(entry=str(plain)[:120])
            ) from None


class Progress:
    """What one learner did. ``seed`` makes the numbers of this learner's checks."""

    def __init__(
        self,
        learner: str = SOMEBODY,
        *,
        seed: int | None = None,
        events: tuple[Event, ...] = (),
        path: Path | None = None,
    ) -> None:
        self.learner = learner
        self.seed = secrets.randbelow(SEEDS) if seed is None else seed
        self.events = events
        self.path = path
        self.trouble = ""

    @classmethod
    def open(cls, learner: str = "", folder: Path | None = None) -> Self:
        """The learner's file in ``folder`` (the user's own if none); a new one where there is none yet.

        A damaged file is put aside under another name, never overwritten.
        """
        learner = learner.strip()[:60] or os.environ.get("CROSSBORDER_LEARNER", SOMEBODY)
        trouble = ""
        try:
            path = (folder or user_dir()) / f"{file_name(learner)}{ENDING}"
            if path.is_file():
                try:
                    found = cls.from_json(path.read_bytes())
                    found.path = path
                    return found
                except InputFileError as problem:
                    path.rename(path.with_name(f"{path.name}.damaged-{dt.datetime.now():%Y%m%d-%H%M%S}"))
                    trouble = str(problem)
        except OSError as problem:
            path, trouble = None, _no_disk(problem)
        fresh = cls(learner, path=path)
        fresh.trouble = trouble
        return fresh

    @classmethod
    def from_json(cls, content: bytes | str) -> Self:
        """The progress that a file holds; raises InputFileError with a sentence where it holds none."""
        if len(content) > MAX_BYTES:
            raise InputFileError(_("A progress file has at most {n} megabytes.").format(n=MAX_BYTES // 1_000_000))
        try:
            plain = json.loads(content)
            if plain["format"] != FORMAT:
                raise InputFileError(
                    _("This progress file was written by another version ({found}); this one reads {known}.").format(
                        found=plain["format"], known=FORMAT
                    )
                )
            learner, seed, rows = str(plain["learner"]), int(plain["seed"]), list(plain["events"])
        except (ValueError, KeyError, TypeError, RecursionError):
            raise InputFileError(
                _("This is not a progress file. One ends in {ending} and was saved by a lesson.").format(ending=ENDING)
            ) from None
        return cls(learner, seed=seed, events=tuple(map(Event.read, rows)))

    def to_json(self) -> str:
        """Readable JSON, one line per event."""
        rows = ",\n".join("    " + json.dumps(event.plain(), ensure_ascii=False) for event in self.events)
        head = json.dumps({"format": FORMAT, "learner": self.learner, "seed": self.seed}, ensure_ascii=False)
        return f'{head[:-1]}, "events": [\n{rows}\n]}}\n' if rows else f'{head[:-1]}, "events": []}}\n'

    def record(self, event: Event) -> None:
        """Add one event and save. What another page of the same learner saved meanwhile is kept."""
        self._save((event,))

    def merge(self, other: "Progress") -> int:
        """Take over what another file knows; returns how many events were new. Its seed comes along if we had none."""
        fresh = tuple(event for event in other.events if event not in self.events)
        if not self.events:
            self.seed = other.seed
        self._save(fresh)
        return len(fresh)

    def of(self, lesson: str, what: str = "", name: str = "") -> list[Event]:
        """The events of one lesson, oldest first; those of one kind and one name only, where given."""
        return [e for e in self.events if e.lesson == lesson and what in ("", e.what) and name in ("", e.name)]

    def last(self, lesson: str, what: str, name: str = "") -> Event | None:
        """The newest such event."""
        return next(reversed(self.of(lesson, what, name)), None)

    def _save(self, fresh: tuple[Event, ...]) -> None:
        self.events = _in_order((*self.events, *fresh))
        if self.path is None:
            return
        try:
            with _alone(self.path):
                if self.path.is_file():
                    saved = type(self).from_json(self.path.read_bytes())
                    self.seed = saved.seed
                    self.events = _in_order((*saved.events, *self.events))
                write_progress(self.path, self.to_json())
            self.trouble = ""
        except (OSError, InputFileError) as problem:
            self.trouble = _no_disk(problem)


def write_progress(path: Path, text: str) -> None:
    """The whole file or the old one, also when the machine stops in between."""
    from crossborder.data import write_whole

    write_whole(path, text.encode())


def file_name(learner: str) -> str:
    """A name that any file system takes; letters of every script stay.

    >>> file_name("Lin Wei"), file_name("../林 伟")
    ('lin-wei', '林-伟')
    """
    return re.sub(r"[^\w]+", "-", learner.lower()).strip("-_")[:60] or SOMEBODY


def _in_order(events: tuple[Event, ...]) -> tuple[Event, ...]:
    told = {json.dumps(event.plain(), sort_keys=True): event for event in events}
    return tuple(sorted(told.values(), key=lambda event: event.at))


def _no_disk(problem: Exception) -> str:
    return _("Your progress cannot be saved here ({reason}); the lesson works all the same.").format(reason=problem)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Two pages of one learner write one after the other."""
    try:
        import fcntl
    except ImportError:  # not on this system: the last one wins
        yield
        return
    with open(path.with_name(f".{path.name}.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
