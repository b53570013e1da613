"""A short list of the user's that is kept as JSON beside the store.

In the file::

    {"version": 1, "entries": [...]}
"""

from __future__ import annotations

import json
import logging
import threading
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any, Generic, TypeVar

from inphotos.errors import LibraryError, LibraryNewerError, display_path
from inphotos.settings import aside, keep_aside, write_json
from inphotos.store.trouble import translated_os_errors, unreadable_file

log = logging.getLogger(__name__)

VERSION = 1

Entry = TypeVar("Entry")


class KeptList(ABC, Generic[Entry]):
    """Entries in memory, which any thread may change at once, and their file.

    Changing them needs no disk; :meth:`write` brings all changes so far to it. A file that cannot
    be understood is no error: it is kept aside, and the list begins with what could be read of it.
    One that the system does not let us read is left as it is, and nothing is written over it.

    Attributes:
        path: the file.
        aside: where a damaged file is kept.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Read the list; a file that is not there is an empty one.

        Args:
            path: the file.
            read_only: another process writes it, so that a damaged one stays where it is.
        """
        self.path = path
        self._read_only = read_only
        self.aside = aside(path)
        self._lock = threading.RLock()
        self._writing = threading.Lock()
        self._changed = False
        self._is_newer = False
        self._unreadable: OSError | None = None
        self._entries: list[Entry] = self._read()

    def write(self) -> None:
        """Write what has changed since the last time, whole and readable by its owner only.

        Raises:
            LibraryNewerError: a later version of InPhotos wrote the file; it is left as it is.
            DiskFullError, LibraryError: it cannot be written, or could not be read.
        """
        # One writer at a time, each with the latest entries, so that the last file is the newest.
        with self._writing:
            with self._lock:
                if not self._changed:
                    return
                document = {
                    "version": VERSION,
                    "entries": [self._as_json(entry) for entry in self._entries],
                }
                self._changed = False
            try:
                self._put(document)
            except LibraryError:
                self._changed = True
                raise

    def close(self) -> None:
        """Write what is left to write; what goes wrong is logged, as nobody is there to be told."""
        try:
            self.write()
        except LibraryError as error:
            log.warning("%s", error)

    @abstractmethod
    def _as_json(self, entry: Entry) -> Any:
        """Return what stands for an entry in the file."""

    @abstractmethod
    def _from_json(self, value: Any) -> Entry | None:
        """Return the entry that stands in the file, None when it makes no sense."""

    def _put(self, document: dict[str, Any]) -> None:
        if self._is_newer:
            raise LibraryNewerError(
                f"{display_path(self.path)} was written by a newer InPhotos and is left as it is; "
                f"update InPhotos to change it."
            )
        if self._unreadable is not None:
            raise unreadable_file(self.path, self._unreadable) from self._unreadable
        with translated_os_errors(self.path.parent):
            write_json(self.path, document)

    def _read(self) -> list[Entry]:
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return []
        except OSError as error:
            log.warning("%s cannot be read: %s", self.path, error)
            self._unreadable = error
            return []
        try:
            document = json.loads(content)
            version, values = document["version"], document["entries"]
            self._is_newer = version > VERSION
            read = [self._from_json(value) for value in values]
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            log.warning("%s makes no sense: %r", self.path, error)
            self._is_newer = False
            self._set_aside(content)
            return []
        entries = [entry for entry in read if entry is not None]
        if len(entries) < len(read) and not self._is_newer:
            log.warning("%s: %d entries make no sense", self.path, len(read) - len(entries))
            self._set_aside(content)
        return entries

    def _set_aside(self, content: bytes) -> None:
        """Keep the damaged file; the next :meth:`write` replaces it."""
        if self._read_only:
            return
        try:
            keep_aside(self.path, content)
        except OSError as error:
            log.warning("%s cannot be kept aside: %s", self.path, error)
