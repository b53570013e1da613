"""One library's ObjectBox store: opening, locking, schema, transactions, and what can go wrong.

On disk, below the library's directory::

    library.json        schema version, checked before anything else is opened
    library.lock        held while the library is open, see :mod:`inphotos.store.locking`
    store/data.mdb      the catalog and every index
    store/model.json    ObjectBox's ids of entities and properties (and model.json.bak)
    vectors/            embeddings rounded to 8 bits, made from the store
    alike/              groups of near-duplicates, made from the store
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from inphotos.errors import LibraryError, display_path
from inphotos.owner_only import make_directory, tighten
from inphotos.store import migrate, schema, seal
from inphotos.store.alike_file import AlikeFiles
from inphotos.store.changes import ChangeLog
from inphotos.store.creation import make_store
from inphotos.store.files import finish_salvage, is_version_1, known_indexes, open_store
from inphotos.store.leftovers import remove_unfinished
from inphotos.store.locking import LibraryLock
from inphotos.store.resident import ResidentPages
from inphotos.store.rounded_file import RoundedFiles
from inphotos.store.schema import IndexKey, Schema
from inphotos.store.trouble import (
    away,
    damaged,
    disk_full,
    translated_os_errors,
    translated_store_errors,
)
from inphotos.store.writing import WriteTransaction

#: Below this much free space a batch is not begun: a write that fails half-way is safe but helps
#: nobody, and the rest of the user's programs need room too.
MIN_FREE_BYTES = 32 * 1024 * 1024


class Database:
    """An open library store; safe to share between threads.

    Attributes:
        directory: the library's directory.
        schema: the entities of the open store.
        commits: how many transactions have ended; what was read before one may be out of date.
        changes: which rows they wrote.
        rounded: rounded embeddings that are kept beside the store.
        alike: groups of near-duplicates that are kept beside the store.
        is_read_only: nothing may be written, neither into the store nor beside it.
    """

    is_read_only = False

    def __init__(self, directory: Path, work: str = "") -> None:
        """Open or create the library at ``directory`` and lock it.

        Args:
            directory: the library's directory.
            work: what this process does with it, for others who want it: the name of a command,
                or ``window``.

        Raises:
            LibraryBusyError: another process has it open.
            LibraryNewerError: a later version of InPhotos wrote it.
            LibraryDamagedError: its files cannot be read.
            DiskFullError, LibraryError: it cannot be created or written.
        """
        self._begin(directory)
        _refuse_other_directories(directory)
        with translated_os_errors(directory):
            make_directory(directory)
            tighten(directory.resolve())  # which may be a link to where there is more room
        self._lock = LibraryLock(directory, work)
        try:
            with self._lock.without_readers():
                self._lock.announce()
                remove_unfinished(directory)
                migrate.finish_interrupted(directory)
                with translated_os_errors(directory):
                    finish_salvage(directory)
                    self._files.mkdir(exist_ok=True, mode=0o700)
                version = self._version()
                self._check()
                if version < schema.SCHEMA:
                    migrate.migrate(directory, version)
                self._open(known_indexes(directory, self._files))
        except BaseException:
            self._lock.release()
            raise

    def _begin(self, directory: Path) -> None:
        self.directory = directory
        self.schema: Schema
        self.commits = 0
        self.rounded = RoundedFiles(directory, read_only=self.is_read_only)
        self.alike = AlikeFiles(directory, read_only=self.is_read_only)
        self.changes = ChangeLog(self._on_write)
        self._files = directory / "store"
        self._store: Any = None
        self._pages: ResidentPages | None = None
        self._last_photo_id: int | None = None

    @property
    def store(self) -> Any:
        """The ObjectBox store.

        Raises:
            LibraryError: the library has been closed.
        """
        if self._store is None:
            raise LibraryError("The library is closed; start InPhotos again.")
        return self._store

    def ensure_index(self, fingerprint: str, dimension: int) -> Any:
        """Return the entity for a model's embeddings, adding it to the schema when it is new.

        Adding reopens the store, so nobody else may be using it at that moment.
        """
        key = (fingerprint, dimension)
        if key not in self.schema.embeddings:
            with self._lock.without_readers():
                self._close()
                self._open([*self.schema.embeddings, key])
        return self.schema.embeddings[key]

    def new_photo_ids(self, count: int) -> range:
        """Return ids for new photos; belongs into :meth:`transaction`.

        ObjectBox on its own gives out the id of a removed row again, after the store was opened
        anew. The embeddings of a photo may outlast it, and would then count as another photo's.
        """
        if self._last_photo_id is None:
            entities = (self.schema.photo, *self.schema.embeddings.values())
            self._last_photo_id = max(
                max(self.store.box(e).query().build().find_ids(), default=0) for e in entities
            )
        first = self._last_photo_id + 1
        self._last_photo_id += count
        return range(first, first + count)

    def drop_embeddings(self, photo_ids: Sequence[int]) -> None:
        """Remove what every model made of these photos; belongs into :meth:`transaction`."""
        if photo_ids:
            for entity in self.schema.embeddings.values():
                self.store.box(entity).remove_many(list(photo_ids))
                self.changes.note(entity._name, photo_ids)

    def clear_embeddings(self) -> None:
        """Remove every embedding of every model; belongs into :meth:`transaction`."""
        for entity in self.schema.embeddings.values():
            self.store.box(entity).remove_all()
            self.changes.note(entity._name)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Run a block in one write transaction: all of it is stored, or nothing.

        Raises:
            DiskFullError: there is no room; nothing of the block was stored.
            LibraryDamagedError, LibraryError: the store failed; nothing of the block was stored.
        """
        with translated_os_errors(self.directory):
            if not self._is_in_place():
                raise away(self.directory)
            if shutil.disk_usage(self.directory).free < MIN_FREE_BYTES:
                raise disk_full(self.directory)
        try:
            # What is kept beside the store is seen to in the block as well, on the same disk.
            with (
                translated_os_errors(self.directory),
                self.errors(),
                WriteTransaction(self.store),
            ):
                yield
        finally:
            self.changes.commit()
            self.alike.commit()
            self.commits += 1

    def errors(self) -> contextlib.AbstractContextManager[None]:
        """Turn the store's errors inside a block into ours."""
        if self._pages is not None:
            self._pages.used()
        return translated_store_errors(self.directory)

    def close(self) -> None:
        """Close the store and give up the lock; closing again does nothing."""
        try:
            if self._store is not None:
                self._close()
                # Nobody has examined another file that is there by now.
                with contextlib.suppress(OSError):
                    if self._is_in_place():
                        seal.seal(self._files)
        finally:
            self._lock.release()

    def release_memory(self) -> None:
        """Let go now of what was read of the store's file; that happens on its own, too."""
        if self._pages is not None:
            self._pages.release()

    def _is_in_place(self) -> bool:
        """Tell whether the store's file is still where it was opened.

        A file that was deleted, or whose drive was taken away, can be written as long as it is
        open, and all of that would be lost without a word.
        """
        try:
            return os.path.samestat((self._files / "data.mdb").stat(), self._identity)
        except FileNotFoundError:
            return False

    def _on_write(self, table: str, ids: frozenset[int] | None) -> None:
        """See to what is kept beside the store, ahead of a commit."""
        if schema.index_key(table) is not None:
            self.rounded.forget(table)
            self.alike.note(table, ids)

    def _version(self) -> int:
        """Return the schema version of what is on disk, which is the current one if it is new."""
        try:
            return migrate.read_version(self.directory)
        except FileNotFoundError:
            if is_version_1(self._files):
                return 1
            make_store(self.directory, self._files)
            with translated_os_errors(self.directory):
                migrate.write_version(self.directory)
            return schema.SCHEMA

    def _check(self) -> None:
        """Refuse a store that would end the process, or begin anew as an empty one."""
        data, model = self._files / "data.mdb", self._files / "model.json"
        with translated_os_errors(self.directory):
            if data.exists() and data.stat().st_size:
                backup = model.with_suffix(".json.bak")
                # Without a schema file ObjectBox would begin with other ids.
                if not (model.exists() or backup.exists()) or not seal.is_safe(self._files):
                    raise damaged(self.directory)
            elif seal.was_used(self.directory):
                # ObjectBox would begin an empty store, and all the user's work would be gone
                # without a word.
                raise damaged(self.directory)
            else:
                # What is here was left by a process that was ended while it made the library.
                model.unlink(missing_ok=True)
            seal.break_seal(self._files)

    def _open(self, indexes: Sequence[IndexKey]) -> None:
        self.schema = schema.current(indexes)
        self._store = open_store(self.directory, self._files, self.schema.entities())
        self._identity = (self._files / "data.mdb").stat()
        self._pages = ResidentPages(self._files / "data.mdb")

    def _close(self) -> None:
        if self._store is not None:
            if self._pages is not None:
                self._pages.close()
            self._store.close()
            self._store = self._pages = None


def _refuse_other_directories(directory: Path) -> None:
    """Refuse to spread a library's files among somebody's documents."""
    try:
        is_other = any(directory.iterdir()) and not _has_library(directory)
    except OSError:  # not there yet, or the next step will say what is wrong with it
        return
    if is_other:
        raise LibraryError(
            f"{display_path(directory)} holds other files and no library; "
            f"choose an empty or a new directory with --library."
        )


def _has_library(directory: Path) -> bool:
    """Tell whether a library is there, or what is left of one.

    The names of its directories alone say nothing: many keep their backups in their home directory.
    """
    files = ("library.json", "library.lock", "store/data.mdb", "store/model.json")
    if any((directory / name).is_file() for name in files):
        return True
    return any((directory / "backups").glob("backup-*.json"))
