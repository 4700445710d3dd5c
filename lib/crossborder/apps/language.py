"""One switch for everything on the page: whoever shows words here says them again when the language changes."""

import weakref
from typing import Protocol

from crossborder.i18n import known_language, language, use_language


class Speaker(Protocol):
    """Something with words on the screen."""

    def relabel(self) -> None:
        """Say everything again, in the language of the moment."""


_settled = False
_speakers: "weakref.WeakSet[Speaker]" = weakref.WeakSet()


def listen(speaker: Speaker) -> None:
    """Relabel ``speaker`` at every change of language, for as long as it lives."""
    _speakers.add(speaker)


def speak(code: str) -> None:
    """Change the language of this process and of everything it shows."""
    if known_language(code) == language():
        return
    use_language(code)
    retell()


def settle_on(code: str) -> None:
    """From here on the page is in this language alone, as its prose is."""
    global _settled
    use_language(code)
    _settled = True


def has_settled() -> bool:
    """Whether the page is in one language alone."""
    return _settled


def retell() -> None:
    """Let everything on the page say its words again, after a change of language or of currency."""
    for speaker in list(_speakers):
        speaker.relabel()
