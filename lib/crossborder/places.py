"""Where things lie: data shipped with the library, and the user's own cache."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def datasets_dir() -> Path:
    """The shipped data: inside an installed wheel, or beside ``lib`` in a checkout."""
    packaged = PACKAGE / "datasets"
    return packaged if packaged.is_dir() else PACKAGE.parent.parent / "datasets"


def cache_dir() -> Path:
    """A folder outside the project that may be lost at any time; CROSSBORDER_CACHE moves it."""
    from platformdirs import user_cache_path

    chosen = os.environ.get("CROSSBORDER_CACHE")
    folder = Path(chosen) if chosen else user_cache_path("crossborder")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def user_dir() -> Path:
    """A folder for what a person would miss: progress in lessons, uploaded tables; CROSSBORDER_HOME moves it."""
    from platformdirs import user_data_path

    chosen = os.environ.get("CROSSBORDER_HOME")
    folder = Path(chosen) if chosen else user_data_path("crossborder")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
