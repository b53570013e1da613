"""Names for copies in a directory that may hold other files."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePath

#: What the file systems of Windows, and of most memory sticks, refuse in a name.
_REFUSED = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]')

#: Windows takes them for devices, whatever comes after a dot.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE)

#: File systems take 255 bytes or characters; the rest is for a number and a sidecar's suffix.
_MOST_BYTES = 240


def key_of(name: str) -> str:
    """Return what is equal for names that some file system holds for the same.

    On the one that a copy lands on they may be two; on the next stick they would be one.
    """
    return unicodedata.normalize("NFC", name).casefold()


def numbered(name: str) -> Iterator[str]:
    """Yield ``IMG.jpg``, ``IMG (2).jpg``, ``IMG (3).jpg`` and so on."""
    yield name
    path, number = PurePath(name), 2
    while True:
        yield f"{path.stem} ({number}){path.suffix}"
        number += 1


def cleaned(name: str) -> str:
    """Return a name that every usual file system takes, as close to ``name`` as can be."""
    text = _REFUSED.sub("_", name).rstrip(" .")
    if _DEVICES.match(text):
        text = f"_{text}"
    path = PurePath(text or "photo")
    suffix = path.suffix if len(os.fsencode(path.suffix)) < _MOST_BYTES else ""
    room = _MOST_BYTES - len(os.fsencode(suffix))
    stem = os.fsencode(path.name.removesuffix(suffix))[:room].decode("utf-8", "ignore")
    return f"{stem}{suffix}".rstrip(" .")  # what was cut off may have laid one bare


class TakenNames:
    """The names that are taken in a directory, among them those given out since."""

    def __init__(self, directory: Path) -> None:
        """Look at a directory.

        Raises:
            OSError: it cannot be listed.
        """
        self._directory = directory
        with os.scandir(directory) as entries:
            self._names = {key_of(entry.name): entry.name for entry in entries}

    def find(self, name: str) -> Path | None:
        """Return the file that has a name, or one that passes for it; None where it is free."""
        taken = self._names.get(key_of(name))
        return None if taken is None else self._directory / taken

    def take(self, name: str) -> None:
        """Note that a name is given out, or was found to be taken."""
        self._names.setdefault(key_of(name), name)
