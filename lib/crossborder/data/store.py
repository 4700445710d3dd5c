"""Uploaded tables, kept by checksum, so that a scenario's link finds its table again."""

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

from crossborder.data.save import write_whole
from crossborder.errors import MissingTableError
from crossborder.i18n import _
from crossborder.places import user_dir
from crossborder.plain import table_checksum

if TYPE_CHECKING:
    import pandas as pd

_CHECKSUM = re.compile(r"[0-9a-f]{16}")


def keep_table(frame: "pd.DataFrame") -> str:
    """Keep a checked table for this user; returns its checksum, which is what a link holds.

    The same table is kept once. The original file is never kept.
    """
    checksum = table_checksum(frame)
    path = _path(checksum)
    if not path.is_file():
        buffer = io.BytesIO()
        frame.to_parquet(buffer, engine="pyarrow", compression="zstd")
        write_whole(path, buffer.getvalue())
    return checksum


def find_table(checksum: str) -> "pd.DataFrame":
    """The table with this checksum; MissingTableError says how to get it back where it is not kept here."""
    import pandas as pd
    import pyarrow as pa

    path = _path(checksum)
    try:
        frame = pd.read_parquet(path, engine="pyarrow")
    except FileNotFoundError as missing:
        raise MissingTableError(
            _("The table {checksum} is not kept on this computer. Open the file it came from once more.").format(
                checksum=checksum
            )
        ) from missing
    except (OSError, ValueError, pa.ArrowException) as damage:
        raise _damaged(checksum, path) from damage
    if table_checksum(frame) != checksum:
        raise _damaged(checksum, path)
    return frame


def kept_tables() -> tuple[str, ...]:
    """The checksums of all tables kept, the newest first."""
    files = sorted(_folder().glob("*.parquet"), key=lambda path: path.stat().st_mtime, reverse=True)
    return tuple(path.stem for path in files if _CHECKSUM.fullmatch(path.stem))


def forget_table(checksum: str) -> None:
    """Delete a kept table; one that is not there is no error."""
    _path(checksum).unlink(missing_ok=True)


def _folder() -> Path:
    folder = user_dir() / "tables"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _path(checksum: str) -> Path:
    if not _CHECKSUM.fullmatch(checksum):
        raise MissingTableError(
            _("{checksum!r} is not the checksum of a table. Copy the link again, or open the file once more.").format(
                checksum=str(checksum)[:40]
            )
        )
    return _folder() / f"{checksum}.parquet"


def _damaged(checksum: str, path: Path) -> MissingTableError:
    return MissingTableError(
        _("The kept table {checksum} is damaged ({path}). Open the file it came from once more.").format(
            checksum=checksum, path=path.name
        )
    )
