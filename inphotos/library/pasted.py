"""Photos that were pasted as pixels, kept as files so that they can be searched with again."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from inphotos.settings import write_atomically
from inphotos.store.trouble import translated_os_errors

#: Searches go back to the last few of them; a screenshot takes about a megabyte.
MOST_KEPT = 40

_DIRECTORY = "pasted"
_NAME = re.compile(r"[0-9a-f]{32}\.png")


class PastedPhotos:
    """Keeps the photos in the library's directory, open to its owner only; safe from any thread.

    The ones that have not been pasted for longest go first.
    """

    def __init__(self, library_directory: Path) -> None:
        self._directory = library_directory / _DIRECTORY

    def keep(self, png: bytes) -> Path:
        """Keep a photo and return its file; the same photo is kept once.

        Raises:
            LibraryError: it cannot be written.
        """
        name = f"{hashlib.blake2b(png, digest_size=16).hexdigest()}.png"
        path = self._directory / name
        with translated_os_errors(self._directory):
            self._directory.mkdir(mode=0o700, exist_ok=True)
            # Readable by its owner only, and never there in part.
            write_atomically(path, png)
            self._throw_out(path)
        return path

    def _throw_out(self, newest: Path) -> None:
        with os.scandir(self._directory) as entries:
            kept = [entry for entry in entries if is_pasted(Path(entry.path))]
        kept.sort(key=lambda entry: (entry.path != str(newest), -entry.stat().st_mtime_ns))
        for entry in kept[MOST_KEPT:]:
            Path(entry.path).unlink(missing_ok=True)


def is_pasted(photo: Path) -> bool:
    """Tell whether a photo is one of those, whose name says nothing."""
    return photo.parent.name == _DIRECTORY and _NAME.fullmatch(photo.name) is not None
