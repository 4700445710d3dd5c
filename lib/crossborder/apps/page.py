"""The browser page a notebook is shown on: what was asked for in its address, its language, its title.

A kernel that was kept ready ran the notebook before anybody had asked for the page, so nothing about the visitor is
in its environment. Instead the page itself reports, as soon as it is there. Without a browser (a test, a printed
notebook) nothing ever arrives and the defaults stand.
"""

from collections.abc import Callable, Mapping
from urllib.parse import parse_qs, urlencode

import anywidget
from traitlets import Bool, Int, Unicode

from crossborder.apps.look import script


class PageAddress(anywidget.AnyWidget):
    """Hidden link between a notebook and the page that shows it; display it once, anywhere on the page.

    >>> page = PageAddress()
    >>> page.on_arrival(lambda asked: print(asked))
    >>> page.set_trait("query", "price_weight=0.5&lang=zh")
    >>> page.set_trait("arrived", True)    # what the browser does
    {'price_weight': '0.5', 'lang': 'zh'}
    """

    _esm = script("page")

    arrived = Bool(False).tag(sync=True)
    query = Unicode("").tag(sync=True)
    address = Unicode("").tag(sync=True)
    asked_language = Unicode("").tag(sync=True)

    title = Unicode("").tag(sync=True)
    language = Unicode("").tag(sync=True)
    new_query = Unicode("").tag(sync=True)
    steps = Bool(False).tag(sync=True)
    went_back = Int(0).tag(sync=True)

    @property
    def asked(self) -> dict[str, str]:
        """What the address asks for: ``?price_weight=0.5`` is ``{"price_weight": "0.5"}``; the last of equal names."""
        return {name: values[-1] for name, values in parse_qs(self.query, keep_blank_values=True).items()}

    def on_arrival(self, act: Callable[[dict[str, str]], None]) -> None:
        """Call ``act(asked)`` once, when a browser has reported; at once when one already has."""
        if self.arrived:
            act(self.asked)
            return

        def once(_change: object) -> None:
            self.unobserve(once, "arrived")
            act(self.asked)

        self.observe(once, "arrived")

    def link(self, parameters: Mapping[str, str]) -> str:
        """An address that opens this page with ``parameters``; only the query where no browser has reported.

        >>> PageAddress().link({"price_weight": "0.5"})
        '?price_weight=0.5'
        """
        return f"{self.address}?{urlencode(parameters)}"

    def on_back(self, act: Callable[[str], None]) -> None:
        """Call ``act(query)`` whenever the reader goes a step back or forward on this page."""
        self.observe(lambda _change: act(self.query), "went_back")

    def show_in_address(self, parameters: Mapping[str, str], *, step: bool = False) -> None:
        """Write ``parameters`` into the browser's address, so that a reload or a bookmark comes back to them.

        A ``step`` is one that the browser's Back undoes.
        """
        with self.hold_sync():
            self.steps = step
            self.new_query = urlencode(parameters)
