"""Scenarios and results as plain JSON values, and back: a type tag, a version, column types."""

import base64
import dataclasses
import datetime as dt
import hashlib
import importlib
import json
import math
from collections.abc import Callable, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any

from crossborder.errors import CrossborderError, MissingTableError, UnreadableError
from crossborder.i18n import _

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

VERSION = 1


def to_plain(value: Any, table: "Callable[[pd.DataFrame], Any] | None" = None) -> Any:
    """``value`` as something that ``json.dumps`` takes; ``table`` may replace how a frame is written."""
    import numpy as np
    import pandas as pd

    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {
            f.name: to_plain(getattr(value, f.name), table)
            for f in dataclasses.fields(value)
            if f.init and not f.metadata.get("transient")
        }
        return {"$type": type_tag(type(value)), "$version": VERSION, **fields}
    match value:
        case Enum():
            return value.value
        case np.generic():
            return to_plain(value.item(), table)
        case float() if not math.isfinite(value):  # JSON has no word for it
            return {"$float": str(float(value))}
        case None | bool() | int() | float() | str():
            return value
        case dt.datetime():
            return {"$datetime": value.isoformat()}
        case dt.date():
            return {"$date": value.isoformat()}
        case pd.DataFrame():
            return table(value) if table else _frame_to_plain(value)
        case np.ndarray():
            data = base64.b64encode(np.ascontiguousarray(value).tobytes()).decode()
            return {"$array": data, "dtype": value.dtype.str, "shape": list(value.shape)}
        case Mapping():
            return {"$map": [[to_plain(k, table), to_plain(v, table)] for k, v in value.items()]}
        case tuple():
            return {"$tuple": [to_plain(item, table) for item in value]}
        case list() | set() | frozenset():
            return [to_plain(item, table) for item in value]
    raise TypeError(f"{type(value).__name__} cannot be written as JSON.")


def from_plain(plain: Any, find_table: "Callable[[str], pd.DataFrame] | None" = None) -> Any:
    """The value that ``to_plain`` wrote. Only types of this library are brought to life."""
    if isinstance(plain, list):
        return [from_plain(item, find_table) for item in plain]
    if not isinstance(plain, dict):
        return plain
    if "$type" in plain:
        kind = tagged_type(plain["$type"])
        if plain.get("$version", VERSION) != VERSION:
            raise UnreadableError(
                _("{tag} was written by another version; save it again there.").format(tag=plain["$type"])
            )
        known = {f.name for f in dataclasses.fields(kind) if f.init}
        try:
            return kind(**{k: from_plain(v, find_table) for k, v in plain.items() if k in known})
        except (TypeError, AttributeError) as problem:
            raise UnreadableError(
                _("The values of {tag} are not complete, or not of its kind.").format(tag=plain["$type"])
            ) from problem
    if "$float" in plain:
        return float(plain["$float"])
    if "$datetime" in plain:
        return dt.datetime.fromisoformat(plain["$datetime"])
    if "$date" in plain:
        return dt.date.fromisoformat(plain["$date"])
    if "$frame" in plain:
        return _frame_from_plain(plain)
    if "$table" in plain:
        if find_table is None:
            raise MissingTableError(
                _(
                    "This needs a table that is not at hand ({name}): a text holds tables by checksum unless it was "
                    'written with to_json(tables="content"). Write it so, or name a function that finds the table: '
                    "from_json(text, find_table=xb.data.find_table) finds what xb.data.keep_table keeps."
                ).format(name=plain["$table"])
            )
        return find_table(plain["$table"])
    if "$array" in plain:
        return _array_from_plain(plain)
    if "$map" in plain:
        return {from_plain(k, find_table): from_plain(v, find_table) for k, v in plain["$map"]}
    if "$tuple" in plain:
        return tuple(from_plain(item, find_table) for item in plain["$tuple"])
    return {k: from_plain(v, find_table) for k, v in plain.items()}


def read_plain(plain: Any, wanted: type, find_table: "Callable[[str], pd.DataFrame] | None" = None) -> Any:
    """The ``wanted`` kind of scenario or result from what ``to_plain`` wrote; UnreadableError for anything else."""
    if not isinstance(plain, Mapping) or "$type" not in plain:
        raise UnreadableError(
            _("This holds no {wanted}: a text for it begins with its type, as {wanted}.to_json() writes it.").format(
                wanted=wanted.__name__
            )
        )
    try:
        made = from_plain(dict(plain), find_table)
    except CrossborderError:
        raise
    except (ValueError, AttributeError, TypeError, LookupError, ArithmeticError, RecursionError) as damage:
        raise UnreadableError(
            _("The values of {tag} are not complete, or not of its kind.").format(tag=plain["$type"])
        ) from damage
    if not isinstance(made, wanted):
        raise UnreadableError(
            _("The text holds a {found}, not a {wanted}.").format(found=type(made).__name__, wanted=wanted.__name__)
        )
    return made


def read_json(text: str, wanted: type, find_table: "Callable[[str], pd.DataFrame] | None" = None) -> Any:
    """The same from JSON text; UnreadableError where the text is cut or no JSON at all."""
    try:
        plain = json.loads(text)
    except (ValueError, TypeError, RecursionError) as damage:
        raise UnreadableError(
            _("This text is not whole JSON; it may have been cut. Copy all of what {wanted}.to_json() wrote.").format(
                wanted=wanted.__name__
            )
        ) from damage
    return read_plain(plain, wanted, find_table)


def type_tag(kind: type) -> str:
    """``crossborder.market.law:SessionLaw`` is written ``market.law:SessionLaw``."""
    return f"{kind.__module__.removeprefix('crossborder.')}:{kind.__qualname__}"


def tagged_type(tag: str) -> Any:
    """The dataclass of a tag; anything that is not a public dataclass of this library is refused."""
    module, _colon, name = str(tag).partition(":")
    if all(part.isidentifier() and not part.startswith("_") for part in (name, *module.split("."))):
        try:
            kind = getattr(importlib.import_module(f"crossborder.{module}"), name, None)
        except ImportError:
            kind = None
        if isinstance(kind, type) and dataclasses.is_dataclass(kind) and kind.__module__ == f"crossborder.{module}":
            return kind
    raise UnreadableError(_("{tag!r} is not a kind of scenario or result that this version knows.").format(tag=tag))


def table_checksum(frame: "pd.DataFrame") -> str:
    """A short checksum of a frame's columns, types and values: equal frames, equal checksum."""
    import pandas as pd

    digest = hashlib.sha256("\0".join(f"{c}:{t}" for c, t in frame.dtypes.items()).encode())
    digest.update(pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes())
    return digest.hexdigest()[:16]


def _frame_to_plain(frame: "pd.DataFrame") -> dict[str, Any]:
    columns = {str(c): str(t) for c, t in frame.dtypes.items()}
    values: dict[str, list[Any]] = {}
    for name in frame.columns:
        column = frame[name]
        if str(column.dtype).startswith("datetime"):
            values[str(name)] = [
                None if v is None else v.isoformat() for v in column.astype(object).where(column.notna(), None)
            ]
        else:
            values[str(name)] = [to_plain(v) for v in column.astype(object).where(column.notna(), None)]
    return {"$frame": values, "columns": columns}


def _frame_from_plain(plain: dict[str, Any]) -> "pd.DataFrame":
    import pandas as pd

    frame = pd.DataFrame({name: from_plain(values) for name, values in plain["$frame"].items()})
    for name, dtype in plain["columns"].items():
        if dtype.startswith("datetime"):  # a zone's offsets change with the season, so they are read as UTC
            frame[name] = pd.to_datetime(frame[name], utc="," in dtype).astype(dtype)
        else:
            frame[name] = frame[name].astype(dtype)
    return frame


def _array_from_plain(plain: dict[str, Any]) -> "np.ndarray":
    import numpy as np

    dtype = np.dtype(plain["dtype"])
    if dtype.hasobject:
        raise UnreadableError(_("An array of objects is never read back."))
    return np.frombuffer(base64.b64decode(plain["$array"]), dtype=dtype).reshape(plain["shape"]).copy()
