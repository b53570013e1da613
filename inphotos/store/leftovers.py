"""Clears away what a process was writing into a library when it was killed."""

from __future__ import annotations

import contextlib
from pathlib import Path

from inphotos.settings import UNFINISHED

#: Below the library's directory; nothing is made in deeper ones until it is finished.
_DIRECTORIES = ("", "alike", "backups", "calibration", "pasted", "store", "thumbnails", "vectors")


def unfinished(library: Path) -> list[Path]:
    """Return the files of a library that were never finished, unless a process is at it now."""
    found: list[Path] = []
    for name in _DIRECTORIES:
        with contextlib.suppress(OSError):  # not there
            found += [
                path
                for path in (library / name).iterdir()
                if path.name.startswith(UNFINISHED) or path.suffix == ".new"
            ]
    return found


def remove_unfinished(library: Path) -> None:
    """Remove the files that were never finished; to be called while the library is locked."""
    for path in unfinished(library):
        with contextlib.suppress(OSError):  # not to be written: it does no harm
            path.unlink()
