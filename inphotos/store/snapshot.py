"""Reads a library beside the process that has it open, as it was at one moment.

LMDB, in which ObjectBox keeps its data, lets processes read while another one writes. ObjectBox
itself keeps counts and parts of an index's graph in memory and does not notice what others write:
in a store that stays open they go wrong with the next commit. So a store is opened anew for each
snapshot, and a read transaction that begins at the same moment holds what is read at that moment.
``scripts/two_processes_campaign.py`` compares such answers with what was committed.
"""

from __future__ import annotations

import contextlib
import mmap
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from inphotos.errors import LibraryBusyError
from inphotos.store import locking, migrate, schema
from inphotos.store.database import Database
from inphotos.store.files import known_indexes, open_store
from inphotos.store.resident import ResidentPages
from inphotos.store.trouble import (
    not_indexed_beside,
    translated_os_errors,
    translated_store_errors,
)

#: How long to wait for a process to say who it is that has taken the library this moment.
_NOTE_S = 5.0

#: How long to try to open the store between two commits; it takes milliseconds.
_OPENING_S = 30.0

_PAUSE_S = 0.02


class Snapshot(Database):
    """A library that another process has open; to be used by the thread that opened it.

    What other threads read may be younger, by what was committed meanwhile.
    """

    is_read_only = True

    def __init__(self, directory: Path) -> None:
        """Read the library at ``directory``, of which nothing is made or changed.

        Raises:
            LibraryBusyError: it cannot be read at the moment.
            LibraryNewerError, LibraryDamagedError, LibraryError: see :class:`Database`.
        """
        self._begin(directory)
        self._moment = contextlib.ExitStack()
        self._readers = locking.join(directory)
        try:
            self._check_version()
            self._open_at_one_moment()
        except BaseException:
            self.close()
            raise

    def ensure_index(self, fingerprint: str, dimension: int) -> Any:
        """Return the entity for a model's embeddings.

        Raises:
            LibraryBusyError: there is none, and it cannot be added.
        """
        key = (fingerprint, dimension)
        if key not in self.schema.embeddings:
            raise not_indexed_beside(self.directory)
        return self.schema.embeddings[key]

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Refuse to write.

        Raises:
            LibraryBusyError: always.
        """
        raise locking.busy_with(self.directory)
        yield

    def close(self) -> None:
        """Close the store; closing again does nothing."""
        try:
            self._close()
        finally:
            self._readers.release()

    def _check_version(self) -> None:
        try:
            version = migrate.read_version(self.directory)
        except FileNotFoundError as error:  # it is being made
            raise locking.busy_with(self.directory) from error
        if version < schema.SCHEMA:  # an older InPhotos has it open
            raise locking.busy_with(self.directory)

    def _open_at_one_moment(self) -> None:
        """Open the store and hold what is in it, with no commit in between."""
        deadline = time.monotonic() + _OPENING_S
        data = self._files / "data.mdb"
        with tempfile.TemporaryDirectory() as place, translated_os_errors(self.directory):
            # Opening writes the schema file where it has an id of its own to add, and keeps it.
            shutil.copyfile(self._files / "model.json", Path(place, "model.json"))
            while True:
                before = _heads(data)
                self._open_read_only(Path(place))
                with translated_store_errors(self.directory):
                    self._moment.enter_context(self._store.read_tx())
                if _heads(data) == before:
                    return
                self._close()
                if time.monotonic() > deadline:
                    raise locking.busy_with(self.directory)
                time.sleep(_PAUSE_S)

    def _open_read_only(self, place: Path) -> None:
        self.schema = schema.current(known_indexes(self.directory, place))
        self._store = open_store(
            self.directory,
            self._files,
            self.schema.entities(),
            read_only_by=place / "model.json",
        )
        self._pages = ResidentPages(self._files / "data.mdb")

    def _close(self) -> None:
        self._moment.close()
        super()._close()


def open_to_read(directory: Path, work: str) -> Database:
    """Open a library that is only to be asked.

    Args:
        directory: the library's directory.
        work: what this process does with it, see :class:`Database`.

    Returns:
        It, or how it is at this moment where another process has it.

    Raises:
        LibraryError: it cannot be opened; see :class:`Database`.
    """
    deadline = time.monotonic() + _NOTE_S
    while True:
        try:
            return Database(directory, work)
        except LibraryBusyError:
            holder = locking.holder(directory)
            if holder is not None and holder.can_be_joined:
                return Snapshot(directory)
            if time.monotonic() > deadline:
                raise
        time.sleep(_PAUSE_S)


def _heads(data: Path) -> bytes:
    """Return the two pages of LMDB's file of which each commit writes one."""
    with data.open("rb") as file:
        return file.read(2 * mmap.PAGESIZE)
