"""The command line of the server: what may be chosen, and one clear line when it cannot start."""

import argparse
import asyncio
import os
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Sequence
from html import escape
from pathlib import Path

from crossborder.errors import CrossborderError
from crossborder.serve.assets import template_share
from crossborder.serve.build import is_built, why_not_built
from crossborder.serve.notebooks import LANDING
from crossborder.serve.options import FIRST_PORT, LEAN, STOCK, ServeOptions


class StartError(CrossborderError):
    """The server cannot start as asked."""


def arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """The choices of one start; what is not chosen is as ``ServeOptions`` has it."""
    usual = ServeOptions()
    parser = argparse.ArgumentParser(
        prog="python -m crossborder.serve", description="Open the workbench in the browser."
    )
    parser.add_argument("--port", type=int, help=f"port on this computer (default: {FIRST_PORT}, or the next free one)")
    parser.add_argument("--no-browser", action="store_true", help="print the address, open no browser")
    parser.add_argument(
        "--no-preheat", action="store_true", help="keep no kernels ready: less memory, slower first page"
    )
    parser.add_argument("--data", type=Path, help="your own file of listings or orders (or set CROSSBORDER_DATA)")
    parser.add_argument("--root", type=Path, default=usual.root, help="folder of notebooks to show")
    parser.add_argument(
        "--max-sessions", type=int, default=usual.max_sessions, help="open pages at most (default: %(default)s)"
    )
    parser.add_argument(
        "--idle-minutes",
        type=float,
        default=usual.idle_minutes,
        help="end a page's kernel after so long (default: %(default)g)",
    )
    parser.add_argument(
        "--left-minutes",
        type=float,
        default=usual.left_minutes,
        help="end the kernel of a page that is gone without a farewell after so long (default: %(default)g)",
    )
    parser.add_argument("--base-url", default=usual.base_url, help="path under which a proxy offers the workbench")
    parser.add_argument("--host-name", default=usual.host_name, help="name by which a proxy's visitors call it")
    parser.add_argument("--stock-front-end", action="store_true", help="let Voila's own, slower front end draw pages")
    return parser.parse_args(argv)


def check(chosen: argparse.Namespace) -> None:
    """Raise StartError where a choice cannot hold."""
    if not chosen.root.is_dir():
        raise StartError(f"there is no folder of notebooks at {chosen.root}; name one with --root.")
    if not (chosen.root / LANDING).is_file():
        raise StartError(f"the folder {chosen.root} has no {LANDING}, so there is no page to start from.")
    if chosen.data is not None and not chosen.data.is_file():
        raise StartError(f"there is no file at {chosen.data}; give --data the path of a CSV, XLSX or Parquet file.")
    if chosen.port is not None and not 0 <= chosen.port < 65536:
        raise StartError(f"a port is a number from 0 to 65535; got {chosen.port}.")
    if chosen.max_sessions < 1:
        raise StartError(f"at least one page must be allowed; got --max-sessions {chosen.max_sessions}.")
    if not (chosen.base_url.startswith("/") and chosen.base_url.endswith("/")):
        raise StartError(f"--base-url begins and ends with a slash, as /workbench/ does; got {chosen.base_url}.")
    for name, minutes in (("idle", chosen.idle_minutes), ("left", chosen.left_minutes)):
        if minutes <= 0:
            raise StartError(f"{name} minutes must be above zero; got {minutes:g}.")


def template(stock: bool) -> str:
    """The lean front end, or Voila's own: where that was asked for, and (with the reason) where there is no other."""
    if stock:
        return STOCK
    if is_built():
        return LEAN
    print(f"The lean front end is missing: {why_not_built()} Pages are served by Voila's own, slower one.", flush=True)
    return STOCK


def prepare_environment(data: Path | None) -> None:
    """What kernels and Voila read from the environment; set before Voila is loaded."""
    known = os.environ.get("JUPYTER_PATH")
    os.environ["JUPYTER_PATH"] = os.pathsep.join([str(template_share()), *([known] if known else [])])
    os.environ["CROSSBORDER_SERVED"] = "yes"  # kernels: the page brings the style sheets, and wants still pictures
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # the debugger's advice at kernel start is for nobody here
    # Jupyter's event schemas pull in a grammar of international addresses that takes 1.7 s to build and is never used
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    if data is not None:
        os.environ["CROSSBORDER_DATA"] = str(data.resolve())


def open_browser(address: str) -> Path | None:
    """Open the address where there is a screen; through a private file, since a command line is seen by all users."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return None
    handle, name = tempfile.mkstemp(prefix="crossborder-", suffix=".html")
    with os.fdopen(handle, "w", encoding="utf-8") as page:
        page.write(
            f'<!doctype html><meta http-equiv="refresh" content="0; url={escape(address)}"><title>Crossborder</title>'
        )
    threading.Thread(target=webbrowser.open, args=(Path(name).as_uri(),), daemon=True).start()
    return Path(name)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the server until it is stopped; 0 for a clean end, 1 when it could not start."""
    chosen = arguments(argv)
    opened: list[Path | None] = []
    try:
        data = os.environ.get("CROSSBORDER_DATA")
        if chosen.data is None and data:
            chosen.data = Path(data)
        check(chosen)
        prepare_environment(chosen.data)
        from crossborder.serve.server import make_workbench

        options = ServeOptions(
            root=chosen.root.resolve(),
            port=chosen.port,
            open_browser=not chosen.no_browser,
            preheat=not chosen.no_preheat,
            data=chosen.data,
            max_sessions=chosen.max_sessions,
            idle_minutes=chosen.idle_minutes,
            left_minutes=chosen.left_minutes,
            template=template(chosen.stock_front_end),
            base_url=chosen.base_url,
            host_name=chosen.host_name,
        )

        def tell(address: str) -> None:
            print(f"\nCrossborder is open at {address}\nCtrl-C ends it.\n", flush=True)
            if options.open_browser:
                opened.append(open_browser(address))

        asyncio.run(make_workbench(options).serve(tell))
    except CrossborderError as reason:
        print(f"Crossborder could not start: {reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        for page in opened:
            if page is not None:
                page.unlink(missing_ok=True)
    print("Crossborder has ended.", flush=True)
    return 0
