"""Clears away what a process was writing into a library when it was killed."""

from __future__ import annotations

import contextlib
from pathlib import Path

from inphotos.settings import UNFINISHED

#: Below the library's directory; nothing is made in deeper ones until it is finished.
_DIRECTORIES = ("", "alike", "backups", "calibration", "pasted", "store", "thumbnails", "vectors")


def remove_unfinished(library: Path) -> None:
    """Remove the files that were never finished; to be called while the library is locked."""
    for name in _DIRECTORIES:
        with contextlib.suppress(OSError):  # not there, or not to be written: it does no harm
            for path in list((library / name).iterdir()):
                if path.name.startswith(UNFINISHED) or path.suffix == ".new":
                    with contextlib.suppress(OSError):
                        path.unlink()
