"""The backups of a library: written by themselves, on demand, and restored.

Backed up is what nobody could make again from the photos: favourites, ratings, tags, saved
searches, folders and settings. Without opening a library there are :func:`newest`, :func:`kept` and
:func:`read`.
"""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from inphotos.errors import LibraryError, display_path
from inphotos.library.backup_file import (
    Backup,
    Holds,
    MarkedPhoto,
    body,
    document,
    head,
    is_backup,
    read,
)
from inphotos.library.backup_shelf import KeptBackup, kept, newest, put, shelf
from inphotos.library.choices import Choices
from inphotos.library.folder_book import FolderBook
from inphotos.library.marks import Marks
from inphotos.library.restoring import Restored, Restoring
from inphotos.library.searches import SavedSearches
from inphotos.library.waiting import WaitingMarks
from inphotos.settings import write_atomically, write_json
from inphotos.store.catalog import Catalog
from inphotos.store.database import Database
from inphotos.store.marks import MarkBook
from inphotos.store.trouble import translated_os_errors
from inphotos.store.whereabouts import whereabouts

__all__ = [
    "Backup",
    "Backups",
    "Holds",
    "KeptBackup",
    "Restored",
    "document",
    "kept",
    "newest",
    "read",
    "shelf",
]

log = logging.getLogger(__name__)

#: Between two automatic backups, while the library is open.
EVERY_SECONDS = 300.0

#: A backup up to this size is written at every closing, in no time; a command in a script that
#: marks one photo after another is not to write a larger one each time.
_SMALL_BYTES = 1 << 20

#: What the user's own things are in, beside the store.
_SOURCES = ("marks.jsonl", "searches.json", "settings.json")


class Backups:
    """Backs up one library. Any thread may write backups, one at a time.

    Attributes:
        clock: returns the time, with the offset from UTC.
    """

    def __init__(
        self,
        database: Database,
        catalog: Catalog,
        folders: FolderBook,
        searches: SavedSearches,
        choices: Choices,
        marks: Marks,
        book: MarkBook,
    ) -> None:
        """Wire the parts of a library, and finish a restore that was interrupted."""
        self._database = database
        self._directory = database.directory
        self._catalog = catalog
        self._book = book
        self._searches = searches
        self._choices = choices
        self._waiting = WaitingMarks(database.directory, read_only=database.is_read_only)
        self._restoring = Restoring(
            database, catalog, folders, searches, choices, marks, book, self._waiting
        )
        self._lock = threading.Lock()
        # A library that another process has open is backed up by that one.
        self._is_closed = database.is_read_only
        if not self._is_closed:
            self._restoring.finish()
        self.clock: Callable[[], datetime] = lambda: datetime.now().astimezone()

    def collect(self) -> Backup:
        """Return a backup of the library as it is now.

        Raises:
            LibraryError: the catalog cannot be read.
        """
        marks = self._book.all()
        places = whereabouts(self._database, self._catalog, marks)
        waiting = {photo.content: photo for photo in self._waiting.all}
        photos = []
        for content, mark in sorted(marks.items()):
            place, other = places.get(content), waiting.get(content)
            if place is not None:
                where = (str(place.folder), place.path, place.size)
            elif other is not None:
                where = (other.folder, other.path, other.size)
            else:
                where = ("", "", 0)
            photos.append(MarkedPhoto(content, mark, *where))
        return Backup(
            created=self.clock(),
            settings=asdict(self._choices.all),
            folders=tuple(replace(folder, id=0) for folder in self._catalog.folders.all()),
            searches=self._searches.all,
            photos=tuple(photos),
        )

    def write(self, path: Path) -> Backup:
        """Write a backup to a file that the user names; return what it holds.

        Raises:
            LibraryError: the catalog cannot be read, or the file not be written.
        """
        with self._lock:
            if self._is_closed:
                raise LibraryError("The library is closed; start InPhotos again.")
            backup = self.collect()
        try:
            # A pipe would not end.
            if path.exists() and not (path.is_file() and is_backup(path)):
                raise LibraryError(
                    f"{display_path(path)} is there already and is not a backup; "
                    f"choose another name."
                )
            write_atomically(path, document(backup))
        except OSError as error:
            raise LibraryError(
                f"The backup {display_path(path)} cannot be written ({error.strerror or error}); "
                f"choose another place for it."
            ) from error
        return backup

    def keep(self, *, at_once: bool = False) -> float | None:
        """Write an automatic backup if something has changed since the last one.

        Quick where nothing has. A library in which nothing could be lost has none: should one have
        been made anew, the backups of the former one are the better ones.

        Args:
            at_once: do not wait until :data:`EVERY_SECONDS` have passed since the last one.

        Returns:
            In how many seconds to ask again where it is too early now; None otherwise.

        Raises:
            LibraryError: it cannot be read or written; nothing else is affected.
        """
        with self._lock:
            if self._is_closed:
                return None
            sources, state = self._read_sources(), self._read_state()
            if self._latest(sources, state) is not None:
                return None
            wait = 0.0 if at_once else self._seconds_left()
            if wait:
                return wait
            self._keep(sources, state)
            return None

    def close(self) -> None:
        """Write the last automatic backup; what goes wrong is logged, as nobody could be told."""
        try:
            newest_ones = kept(self._directory)
            is_small = not newest_ones or newest_ones[0].path.stat().st_size <= _SMALL_BYTES
            self.keep(at_once=is_small)
        except (LibraryError, OSError) as error:
            log.warning("there is no backup of the last changes: %s", error)
        with self._lock:
            self._is_closed = True

    def preview(self, backup: Backup, *, overwrite: bool = False) -> Restored:
        """Tell what :meth:`restore` would change; see ``Restoring.preview``."""
        return self._restoring.preview(backup, overwrite=overwrite)

    def restore(self, backup: Backup, *, overwrite: bool = False) -> Restored:
        """Bring what a backup holds into the library, after an automatic backup of what it has.

        For the thread that writes; nobody else may use the library at that moment.

        Args:
            backup: what to restore.
            overwrite: what it holds takes the place of what the library has.

        Raises:
            LibraryError: the library cannot be read or written; nothing has changed.
        """
        self.keep(at_once=True)
        before = self._latest(self._read_sources(), self._read_state())
        return replace(self._restoring.restore(backup, overwrite=overwrite), before=before)

    def undo(self, restored: Restored) -> None:
        """Let the library be as it was before :meth:`restore`; see ``Restoring.undo``."""
        self._restoring.undo(restored)

    def settle_marks(self) -> None:
        """Give photos that have come in the marks that wait for them; trouble is logged."""
        try:
            self._waiting.settle(self._catalog, self._book, self._database.changes)
        except LibraryError as error:
            # The photos are indexed all the same, and the marks wait on.
            log.warning("%s", error)

    def _keep(self, sources: list[Any], state: dict[str, Any]) -> None:
        backup = self.collect()
        content = body(backup)
        digest = hashlib.sha256(content).hexdigest()
        name = state.get("name")
        if not (state.get("digest") == digest and self._is_there(state)):
            if not backup.holds:
                return
            name = put(self._directory, backup.created, head(backup) + content).name
        with translated_os_errors(self._directory):
            # Nothing is lost with it but the knowledge that all is backed up.
            write_json(self._state, {"sources": sources, "digest": digest, "name": name})

    def _read_sources(self) -> list[Any]:
        """Return what is another when there is something else to be backed up."""
        files: list[Any] = []
        for name in _SOURCES:
            try:
                info = (self._directory / name).stat()
                files.append([info.st_size, info.st_mtime_ns])
            except OSError:
                files.append(None)
        folders = repr(self._catalog.folders.all())
        return [*files, hashlib.sha256(folders.encode("utf-8", "surrogateescape")).hexdigest()]

    @property
    def _state(self) -> Path:
        return shelf(self._directory) / ".state.json"  # hidden from who looks for a backup

    def _read_state(self) -> dict[str, Any]:
        try:
            state = json.loads(self._state.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return state if isinstance(state, dict) else {}

    def _latest(self, sources: list[Any], state: dict[str, Any]) -> Path | None:
        """Return the automatic backup of how the library is now; None when there is none."""
        is_current = state.get("sources") == sources and self._is_there(state)
        return shelf(self._directory) / str(state["name"]) if is_current else None

    def _is_there(self, state: dict[str, Any]) -> bool:
        return (shelf(self._directory) / str(state.get("name", ""))).is_file()

    def _seconds_left(self) -> float:
        """Return for how long the newest backup is too young for another one."""
        latest = kept(self._directory)
        if not latest:
            return 0.0
        age = (self.clock() - latest[0].created).total_seconds()
        # One from the future is of a time when the clock was wrong.
        return EVERY_SECONDS - age if 0 <= age < EVERY_SECONDS else 0.0
