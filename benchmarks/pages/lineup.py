"""Who takes part: how each contender's server is started, and what its page is called."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
APPS = HERE / "apps"
NOTEBOOKS = HERE / "notebooks"
NOTEBOOK = "dashboards/app.ipynb"
STOCK_POOL = 2


@dataclass(frozen=True)
class Contender:
    """One server. ``command(python, port)`` starts it; it runs in ``peer``'s own environment where it names one."""

    key: str
    label: str
    command: Callable[[str, int], list[str]]
    path: str = "/"
    peer: str = ""
    our_server: bool = False
    pool_kernels: int = 0  # kernels that wait for a visitor
    refill_after_s: float = 0.0  # so long after a visit the pool begins to fill up


def _ours(*options: str) -> Callable[[str, int], list[str]]:
    def command(python: str, port: int) -> list[str]:
        served = ["-m", "crossborder.serve", "--root", str(NOTEBOOKS), "--port", str(port), "--no-browser"]
        return [python, *served, "--max-sessions", "100", *options]

    return command


def _stock(python: str, port: int) -> list[str]:
    chosen = ["--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1", "--Voila.log_level=WARN"]
    pool = ["--preheat_kernel=True", f"--pool_size={STOCK_POOL}"]
    # plotly's own renderer for JupyterLab is 4.8 MB on every page, and the app does not use it
    denied = ["--VoilaConfiguration.extension_denylist=jupyterlab-plotly"]
    return [python, "-m", "voila", str(NOTEBOOKS / NOTEBOOK), *chosen, *pool, *denied]


def _dash(python: str, port: int) -> list[str]:
    served = ["-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"]
    return [python, *served, "--no-control-socket", "--chdir", str(APPS), "dash_app:server"]


def _panel(python: str, port: int) -> list[str]:
    return [python, str(APPS / "panel_app.py"), str(port)]


def _streamlit(python: str, port: int) -> list[str]:
    options = {
        "server.port": port,
        "server.address": "127.0.0.1",
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
    }
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    return [python, "-m", "streamlit", "run", str(APPS / "streamlit_app.py"), *words]


OURS = Contender(
    "ours", "this library, kernels kept ready", _ours(), f"/voila/render/{NOTEBOOK}",
    our_server=True, pool_kernels=2, refill_after_s=3.0,
)  # fmt: skip
OURS_COLD = Contender(
    "ours_cold", "this library, no kernel kept ready", _ours("--no-preheat"), f"/voila/render/{NOTEBOOK}",
    our_server=True,
)  # fmt: skip
STOCK = Contender(
    "stock", "stock Voila, kernels kept ready", _stock, pool_kernels=STOCK_POOL, refill_after_s=1.0,
)  # fmt: skip
DASH = Contender("dash", "Dash", _dash, peer="dash")
PANEL = Contender("panel", "Panel", _panel, peer="panel")
STREAMLIT = Contender("streamlit", "Streamlit", _streamlit, peer="streamlit")

LINEUP = (OURS, OURS_COLD, STOCK, DASH, PANEL, STREAMLIT)
OTHERS = ("stock", "dash", "panel", "streamlit")


def python_of(contender: Contender) -> tuple[str | None, str]:
    """The interpreter that runs it, or None and why there is none."""
    if not contender.peer:
        return sys.executable, ""
    from environments import environment

    python, why = environment(contender.peer)
    return (str(python) if python else None), why
