"""What can be undone: scenarios as they were before each change; one drag of a slider counts as one."""

from crossborder.params import Params

LONGEST = 100


class History:
    """Scenarios of the past, the newest last."""

    def __init__(self) -> None:
        self._past: list[tuple[Params, frozenset[str]]] = []
        self._settled = True

    def __bool__(self) -> bool:
        return bool(self._past)

    def remember(self, before: Params, paths: frozenset[str], *, final: bool = True) -> None:
        """Keep the scenario before a change of ``paths``; while one drag lasts only its first position counts."""
        on_its_way = not self._settled and self._past and self._past[-1][1] == paths
        if not on_its_way:
            self._past = [*self._past[-LONGEST + 1 :], (before, paths)]
        self._settled = final

    def settle(self) -> None:
        """The hand has let go: the next change is one of its own."""
        self._settled = True

    def back(self) -> Params:
        """The scenario before the last change."""
        self._settled = True
        return self._past.pop()[0]

    def clear(self) -> None:
        """Forget everything."""
        self._past.clear()
        self._settled = True
