"""What the ways of watching one folder's tree have in common."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

from inphotos.errors import display_path
from inphotos.photos.exclusions import NO_MEDIA, is_never_taken
from inphotos.photos.formats import is_photo

_log = logging.getLogger(__name__)

#: Tells whether the photos of a directory, given as (folder, path relative to it), are wanted.
IsWanted: TypeAlias = Callable[[Path, str], bool]

#: Takes a directory whose listing changed, relative to the folder, "/" between names, "" for it.
Changed: TypeAlias = Callable[[str], None]


class EventsLostError(Exception):
    """What has happened below the folder is not known any more, or its watch has ended."""


class Stop:
    """A flag that ends a thread, whether it waits for the flag or for file descriptors."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._reader, self._writer = os.pipe()

    def set(self) -> None:
        """Raise the flag."""
        if not self._event.is_set():
            self._event.set()
            os.write(self._writer, b"!")

    def is_set(self) -> bool:
        """Whether the flag is raised."""
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait for the flag; return whether it is raised."""
        return self._event.wait(seconds)

    def fileno(self) -> int:
        """A descriptor that is readable from the moment the flag is raised."""
        return self._reader

    def close(self) -> None:
        """Give the descriptors back; nothing may wait for them any more."""
        os.close(self._reader)
        os.close(self._writer)


class WatchedTree(Protocol):
    """A running watch on a folder and everything below it, used by one thread."""

    def wait(self, seconds: float) -> bool:
        """Wait for changes for so long at the most, or until told to stop.

        Returns:
            Whether something happened that calls for a look at the folder itself.

        Raises:
            EventsLostError: the tree has to be watched anew and scanned.
            OSError: the system refuses to watch any more of it.
        """

    def close(self) -> None:
        """End the watch."""


@dataclass(frozen=True, slots=True)
class WatchFilter:
    """Which directories and files below a folder are worth a report.

    Attributes:
        root: the folder.
        is_wanted: the user's choice among its directories; None takes all.
    """

    root: Path
    is_wanted: IsWanted | None = None

    def takes_directory(self, relative: str) -> bool:
        """Tell about a directory whose parent is taken."""
        if is_never_taken(relative.rpartition("/")[2]):
            return False
        if self.is_wanted is None:
            return True
        try:
            return self.is_wanted(self.root, relative)
        except Exception:  # one wrong answer must not end the watch
            where = display_path(self.root / relative)
            _log.exception("It cannot be told whether %s is wanted, so it is watched.", where)
            return True

    def takes_tree(self, relative: str) -> bool:
        """Tell about a directory and all that it lies in; "" is always taken."""
        names = relative.split("/") if relative else []
        return all(self.takes_directory("/".join(names[:end])) for end in range(1, len(names) + 1))


def takes_file(name: str) -> bool:
    """Tell by a file's name whether a change of it can matter to the photos."""
    if name.startswith("."):
        return name == NO_MEDIA
    return is_photo(name) or name.lower().endswith(".xmp")
