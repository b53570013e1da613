"""What is logged, on stderr with ``-v``: by default no file name, no path and nothing of a search.

That is not left to who writes a line: of what is put into one, only numbers and kinds of errors
come through. ``--log-names`` lets all of it through.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from inphotos.redacting import describe

_OWN = "inphotos"
_HIDDEN = "…"


def set_up(*, verbose: bool, names: bool) -> None:
    """Say where the log goes.

    Args:
        verbose: it is wanted at all.
        names: it may name files and searches.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(name)s: %(message)s") if names else Discreet())
    if not names:
        handler.addFilter(_has_something_to_say)
    logging.basicConfig(level=logging.INFO if verbose else logging.CRITICAL, handlers=[handler])
    # Otherwise Python prints a line that could not be put together, with all that belongs to it,
    # and warnings of libraries as they are.
    logging.raiseExceptions = names
    logging.captureWarnings(True)


def _has_something_to_say(record: logging.LogRecord) -> bool:
    """Tell whether enough of a line is left; of what other libraries do, only warnings count."""
    return _is_own(record) or record.levelno >= logging.WARNING


def _is_own(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] == _OWN


class Discreet(logging.Formatter):
    """Puts a line together without what may be the user's."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and of an error where in the code it came up."""
        lines = [f"{record.name}: {_message(record)}"]
        if record.exc_info and record.exc_info[1] is not None:
            lines.append(describe(record.exc_info[1]))
        return "\n".join(lines)


class _Hidden:
    """Stands for something that is not shown."""

    def __repr__(self) -> str:
        return _HIDDEN


def _message(record: logging.LogRecord) -> str:
    # Libraries put their lines together in any way, ours only in the one below.
    if not _is_own(record) and not record.args:
        return _HIDDEN
    given = record.args or ()
    try:
        if isinstance(given, Mapping):
            return str(record.msg) % {name: _shown(value) for name, value in given.items()}
        return str(record.msg) % tuple(map(_shown, given)) if given else str(record.msg)
    except (TypeError, ValueError):  # a number is wanted where something else was given
        return str(record.msg)


def _shown(value: object) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    return type(value).__name__ if isinstance(value, BaseException) else _Hidden()
