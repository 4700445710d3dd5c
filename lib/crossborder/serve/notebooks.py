"""Which notebooks the server shows, and which of them are kept ready."""

from pathlib import Path, PurePosixPath

LANDING = "index.ipynb"
DASHBOARDS = "dashboards"


def default_root() -> Path:
    """The notebooks folder: inside an installed wheel, or beside ``lib`` in a checkout."""
    package = Path(__file__).resolve().parent.parent
    packaged = package / "notebooks"
    return packaged if packaged.is_dir() else package.parent.parent / "notebooks"


def is_served(root: Path, path: str) -> bool:
    """Whether ``path`` names a notebook below ``root`` that may be opened.

    Hidden folders, and names that start with an underscore (drafts), are not shown to anybody.
    """
    parts = PurePosixPath(path).parts
    if not path.endswith(".ipynb") or any(part.startswith((".", "_", "/")) for part in parts):
        return False
    return (root / path).is_file() and (root / path).resolve().is_relative_to(root.resolve())


def served_notebooks(root: Path) -> list[str]:
    """Every notebook that may be opened, as paths relative to ``root``, sorted."""
    found = (path.relative_to(root).as_posix() for path in root.rglob("*.ipynb"))
    return sorted(path for path in found if is_served(root, path))


def kept_ready(root: Path) -> list[str]:
    """The notebooks for which a kernel waits: the landing page first, then the dashboards."""
    served = served_notebooks(root)
    return [path for path in served if path == LANDING] + [
        path for path in served if PurePosixPath(path).parts[0] == DASHBOARDS
    ]
