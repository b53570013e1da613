"""Finds and clears away what a process was writing into a library when it was killed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from inphotos.settings import UNFINISHED

#: Below the library's directory; nothing is made in deeper ones until it is finished.
_DIRECTORIES = ("", "alike", "backups", "calibration", "pasted", "store", "thumbnails", "vectors")


def unfinished(library: Path) -> Iterator[Path]:
    """Yield the files that were never finished; to be called while nobody writes them."""
    for name in _DIRECTORIES:
        with contextlib.suppress(OSError):  # not there, or not to be read: they do no harm
            for path in list((library / name).iterdir()):
                if path.name.startswith(UNFINISHED) or path.suffix == ".new":
                    yield path


def remove_unfinished(library: Path) -> None:
    """Remove the files that were never finished; to be called while the library is locked."""
    for path in unfinished(library):
        with contextlib.suppress(OSError):
            path.unlink()
