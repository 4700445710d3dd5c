"""What a caller hands to a reader beside the file's content: checked before a process is started."""

import os
from collections.abc import Mapping
from typing import Any

from crossborder.data.limits import Limits
from crossborder.errors import BoundsError, shortened
from crossborder.i18n import _


def check_call(source: Any, mapping: Any, name: Any, limits: Any) -> None:
    """BoundsError with the name, the rule and the remedy for an argument of another kind."""
    if not isinstance(source, str | os.PathLike | bytes | bytearray | memoryview) or source == "":
        raise BoundsError(
            _(
                "path_or_bytes must be the path of a file, or its content as bytes; got {value}. "
                "Write for instance read_listings('listings.csv')."
            ).format(value=shortened(source))
        )
    if mapping is not None and not isinstance(mapping, Mapping):
        raise BoundsError(
            _("mapping must be a mapping of columns to headers, such as {example}; got {value}.").format(
                example="{'price': 'Preis'}", value=shortened(mapping)
            )
        )
    wrong = next((h for h in (mapping or {}).values() if h is not None and not isinstance(h, str)), None)
    if wrong is not None:
        raise BoundsError(
            _("mapping gives a header as text, or None to leave a column out; got {value}.").format(
                value=shortened(wrong)
            )
        )
    if name is not None and not isinstance(name, str):
        raise BoundsError(_("name must be text, such as 'listings.csv'; got {value}.").format(value=shortened(name)))
    if limits is not None and not isinstance(limits, Limits):
        raise BoundsError(
            _("limits must be Limits, such as {example}; got {value}.").format(
                example="Limits(seconds=60)", value=shortened(limits)
            )
        )
