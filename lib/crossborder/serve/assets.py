"""Put into this environment what a browser needs and a wheel cannot carry twice.

``python -m crossborder.serve.assets`` copies plotly's own script out of the installed plotly package to where Voila
and JupyterLab serve files of extensions, so that the chart widget loads it once per page by its address, and turns
off what JupyterLab need not do here: let saved output run commands, ask its makers for news. `make start` runs it after
each change of the lock.
"""

import json
import shutil
import sys
from importlib.metadata import version
from pathlib import Path

# The chart widget asks for <labextensions>/crossborder/static/plotly.min.js
EXTENSION = "crossborder"
PLOTLY_FILE = "plotly.min.js"

LAB_SETTINGS = {
    "@jupyterlab/apputils-extension:sanitizer": {"allowCommandLinker": False},
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
}


def plotly_source() -> Path:
    """plotly.js as the installed plotly package brings it."""
    import plotly

    return Path(plotly.__file__).parent / "package_data" / PLOTLY_FILE


def plotly_target(prefix: Path | None = None) -> Path:
    """Where Voila and JupyterLab find it."""
    return share(prefix) / "labextensions" / EXTENSION / "static" / PLOTLY_FILE


def share(prefix: Path | None = None) -> Path:
    """The environment's folder of Jupyter data files."""
    return (prefix or Path(sys.prefix)) / "share" / "jupyter"


def template_share() -> Path:
    """The folder of Jupyter data files that this package itself brings: the page template."""
    return Path(__file__).resolve().parent / "share" / "jupyter"


def install_assets(prefix: Path | None = None) -> Path:
    """Copy the script and write the settings; returns the script's place."""
    target = plotly_target(prefix)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".part")
    shutil.copyfile(plotly_source(), partial)
    partial.replace(target)
    settings = share(prefix) / "lab" / "settings" / "overrides.json"
    settings.parent.mkdir(parents=True, exist_ok=True)
    merged = json.loads(settings.read_text(encoding="utf-8")) if settings.is_file() else {}
    settings.write_text(json.dumps(merged | LAB_SETTINGS, indent=2), encoding="utf-8")
    return target


if __name__ == "__main__":
    print(f"plotly {version('plotly')}: {install_assets().stat().st_size / 1e6:.1f} MB of script in place")
