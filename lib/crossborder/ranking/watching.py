"""Ask afterwards what the platform knew: a policy that keeps its last sight of the market."""

from typing import Any

import numpy as np

from crossborder.market.protocols import Policy
from crossborder.market.view import View


class Watching:
    """Ranks as ``policy`` does; ``view`` is what it saw last, with the history as it stands when the run is over."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.last_view: View | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.policy, name)

    def scores(self, view: View) -> np.ndarray:
        """The policy's own scores."""
        self.last_view = view
        return self.policy.scores(view)

    @property
    def view(self) -> View:
        """The last sight; there is none before a run."""
        if self.last_view is None:
            raise LookupError("nothing was watched yet: run the market first.")
        return self.last_view
