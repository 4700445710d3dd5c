"""Firefox, driven over WebDriver BiDi, which it speaks itself on a local websocket: no driver stands between.

A ``Firefox`` opens tabs, each with cookies and memory of its own, and keeps what went wrong in any of them.
"""

import contextlib
import itertools
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import websocket

SECONDS = 60
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "ArrowLeft": "\ue012", "ArrowRight": "\ue014"}
EVENTS = [
    "log.entryAdded",
    "network.beforeRequestSent",
    "network.responseCompleted",
    "browsingContext.userPromptOpened",
]

# Firefox calls nobody on its own account: no experiments, updates, lists, reports. What is forgotten here ends at a
# proxy that nobody runs.
QUIET: dict[str, bool | int | str] = {
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.no_proxies_on": "127.0.0.1, localhost",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.http.speculative-parallel-limit": 0,
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.newtabpage.enabled": False,
    "browser.region.update.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.startup.page": 0,
    "datareporting.healthreport.uploadEnabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.push.connection.enabled": False,
    "extensions.systemAddon.update.enabled": False,
    "extensions.update.enabled": False,
    "media.gmp-manager.updateEnabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.server": "",
}


# Without the first, services.settings.server is not heeded
OBEY = {"MOZ_REMOTE_SETTINGS_DEVTOOLS": "1", "MOZ_CRASHREPORTER_DISABLE": "1"}


class Refused(AssertionError):
    """Firefox answered that it could not do what it was asked."""


class Firefox:
    """One headless Firefox with a profile in ``folder``, which must be empty."""

    def __init__(self, program: str, folder: Path) -> None:
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in QUIET.items())
        (folder / "user.js").write_text("".join(lines), encoding="utf-8")
        self.problems: list[str] = []
        self.own_places: set[str] = set()
        self._told = folder / "told.txt"
        self._numbers = itertools.count(1)
        with self._told.open("w") as told:
            self._process = subprocess.Popen(
                [program, "--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port", "0"],
                stdout=told,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env={**os.environ, "HOME": str(folder), **OBEY},
            )
        try:
            self._socket = websocket.create_connection(f"{self._address()}/session", SECONDS, suppress_origin=True)
            self.command("session.new", capabilities={})
            self.command("session.subscribe", events=EVENTS)
        except BaseException:
            self.end()
            raise

    def _address(self) -> str:
        """Where Firefox listens, which it says when it has started."""
        until = time.monotonic() + SECONDS
        while time.monotonic() < until and self._process.poll() is None:
            for line in self._told.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True):
                if "BiDi listening on " in line and line.endswith("\n"):
                    return line.split("listening on ")[1].strip()
            time.sleep(0.1)
        raise Refused(f"Firefox did not start:\n{self._told.read_text(errors='replace')[-2000:]}")

    def command(self, method: str, **parameters: object) -> dict[str, Any]:
        """Ask for something and wait for the answer; what happens on the pages meanwhile is taken in."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv())
            if message["type"] == "event":
                self._happened(message["method"], message["params"])
            elif message["id"] == number:
                if message["type"] == "error":
                    raise Refused(f"{method}: {message['error']}: {message['message']}")
                return message["result"]

    def _happened(self, what: str, told: dict[str, Any]) -> None:
        if what == "log.entryAdded" and told["level"] == "error":
            self.problems.append(f"{told['type']}: {told['text']}")
        elif what == "browsingContext.userPromptOpened":
            self.problems.append(f"dialog: {told.get('message')}")
        elif what == "network.beforeRequestSent":
            parts = urlsplit(told["request"]["url"])
            if parts.scheme not in ("data", "blob", "about") and parts.netloc not in self.own_places:
                self.problems.append(f"asked somebody else: {told['request']['url']}")
        elif what == "network.responseCompleted" and told["response"]["status"] >= 400:
            self.problems.append(f"{told['response']['status']}: {told['request']['url']}")

    def open(self, address: str, width: int = 1400, height: int = 900) -> "Tab":
        """A tab that has begun to go to ``address``, as a visitor who was never there."""
        self.own_places.add(urlsplit(address).netloc)
        visitor = self.command("browser.createUserContext")["userContext"]
        context = self.command("browsingContext.create", type="tab", userContext=visitor)["context"]
        self.command("browsingContext.setViewport", context=context, viewport={"width": width, "height": height})
        tab = Tab(self, context)
        tab.go(address)
        return tab

    def take_problems(self) -> list[str]:
        """What went wrong since this was last asked."""
        self.command("session.status")  # what was told before the answer has been taken in
        found, self.problems = self.problems, []
        return found

    def end(self) -> None:
        """Ask Firefox to end; if it will not, end it with all that it has started."""
        with contextlib.suppress(Exception):
            self.command("browser.close")
            self._process.wait(10)
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)


def seen(selector: str) -> str:
    """Whether an element can be seen, as JavaScript."""
    return f"Boolean(document.querySelector({json.dumps(selector)})?.checkVisibility({{ visibilityProperty: true }}))"


@dataclass
class Tab:
    """One page in its tab; elements are named by CSS selectors, and the first one is meant."""

    firefox: Firefox
    context: str
    closed: bool = False

    def command(self, method: str, **parameters: object) -> dict[str, Any]:
        return self.firefox.command(method, context=self.context, **parameters)

    def go(self, address: str) -> None:
        self.command("browsingContext.navigate", url=address, wait="none")

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression, waited for if it is a promise, as JSON would carry it."""
        said = self.firefox.command(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({expression})) ?? 'null')()",
            target={"context": self.context},
            awaitPromise=True,
        )
        if said["type"] == "exception":
            raise Refused(f"{expression}: {said['exceptionDetails']['text']}")
        return json.loads(said["result"]["value"])

    def until(self, condition: str, seconds: float = SECONDS) -> None:
        """Wait until a JavaScript expression holds; a page on its way to another cannot say, and is asked again."""
        end, answer = time.monotonic() + seconds, None
        while answer is not True:
            assert time.monotonic() < end, f"never came true: {condition} ({answer})"
            try:
                answer = self.evaluate(f"Boolean({condition})")
            except Refused as refused:
                answer = refused
            time.sleep(0.05)

    def sees(self, selector: str) -> bool:
        """Whether the element is there and can be seen."""
        return self.evaluate(seen(selector))

    def wait_for(self, selector: str) -> None:
        """Wait until the element can be seen."""
        self.until(seen(selector))

    def find(self, selector: str) -> dict[str, str]:
        """The element, as the protocol names it."""
        found = self.command("browsingContext.locateNodes", locator={"type": "css", "value": selector}, maxNodeCount=1)
        if not found["nodes"]:
            raise Refused(f"nothing on the page is {selector}")
        return {"sharedId": found["nodes"][0]["sharedId"]}

    def click(self, selector: str) -> None:
        """Bring the element into sight, move the mouse to its middle, press and let go."""
        element = self.find(selector)
        to_the_middle = "scrollIntoView({ block: 'center', behavior: 'instant' })"
        self.evaluate(f"document.querySelector({json.dumps(selector)}).{to_the_middle}")
        move = {"type": "pointerMove", "x": 0, "y": 0, "origin": {"type": "element", "element": element}}
        press, release = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
        self._act("pointer", [move, press, release])

    def press(self, *keys: str) -> None:
        """Press keys one after another: names of ``KEYS``, or what they write."""
        values = [KEYS.get(key, key) for key in keys]
        self._act("key", [{"type": kind, "value": value} for value in values for kind in ("keyDown", "keyUp")])

    def write(self, selector: str, text: str) -> None:
        """Click into a field and write over what stands in it."""
        self.click(selector)
        self.evaluate("document.activeElement.select()")
        self.press(*text)

    def _act(self, device: str, actions: Iterable[dict[str, Any]]) -> None:
        self.command("input.performActions", actions=[{"type": device, "id": device, "actions": list(actions)}])

    def take_files(self, selector: str, *paths: Path) -> None:
        """Give files to a file field, as its dialog would."""
        self.command("input.setFiles", element=self.find(selector), files=[str(path) for path in paths])

    def close(self) -> None:
        """Close the tab as its reader does: the page may say farewell."""
        if not self.closed:
            self.command("browsingContext.close")
        self.closed = True
