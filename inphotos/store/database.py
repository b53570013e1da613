"""One library's ObjectBox store: opening, locking, schema, transactions, and what can go wrong.

On disk, below the library's directory::

    library.json        schema version, checked before anything else is opened
    library.lock        held while the library is open
    store/data.mdb      the catalog and every index
    store/model.json    ObjectBox's ids of entities and properties (and model.json.bak)
"""

from __future__ import annotations

import contextlib
import errno
import json
import logging
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import filelock
import objectbox
from objectbox import Entity, HnswIndex, Id, Int64, Model, Store, VectorDistanceType
from objectbox.exceptions import DbError, DbFullError, FileCorruptError, GeneralStorageError
from objectbox.model.properties import Bytes, Float32Vector, Index, Int8, Int32, String

from inphotos import __version__
from inphotos.errors import (
    DiskFullError,
    LibraryBusyError,
    LibraryDamagedError,
    LibraryError,
    LibraryNewerError,
    display_path,
)
from inphotos.settings import write_json

#: Version of the layout below; a library with a higher one is refused.
SCHEMA = 1

#: ObjectBox's default of 1 GiB ends at about 240,000 photos of 512 numbers. The limit reserves
#: address space, not disk: a million photos with three models take about 15 GiB.
MAX_SIZE_KIB = 256 * 1024 * 1024

#: Below this much free space a batch is not begun: a write that fails half-way is safe but helps
#: nobody, and the rest of the user's programs need room too.
MIN_FREE_BYTES = 32 * 1024 * 1024

#: HNSW parameters, by measurement at 100,000 x 512: recall 0.955 at k=50 and 0.998 at k=1000.
NEIGHBORS_PER_NODE = 30
INDEXING_SEARCH_COUNT = 100

_INDEX_NAME = re.compile(r"Embedding_([0-9a-f]{16})_([0-9]+)")
_NO_ROOM = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))  # Windows has no quota error
_log = logging.getLogger(__name__)


class Database:
    """An open library store; safe to share between threads.

    Attributes:
        directory: the library's directory.
        store: the ObjectBox store.
        folder, photo: its catalog entities.
    """

    def __init__(self, directory: Path) -> None:
        """Open or create the library at ``directory`` and lock it.

        Raises:
            LibraryBusyError: another process has it open.
            LibraryNewerError: a later version of InPhotos wrote it.
            LibraryDamagedError: its files cannot be read.
            DiskFullError, LibraryError: it cannot be created or written.
        """
        self.directory = directory
        self._store_directory = directory / "store"
        self._store: Any = None
        _refuse_other_directories(directory)
        try:
            directory.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._store_directory.mkdir(exist_ok=True, mode=0o700)
        except OSError as error:
            raise _unusable(directory, error) from error
        self._lock = _acquire(directory)
        try:
            self._check_version()
            self._open(self._known_indexes())
        except BaseException:
            self._lock.release()
            raise

    @property
    def store(self) -> Any:
        """The ObjectBox store.

        Raises:
            LibraryError: the library has been closed.
        """
        if self._store is None:
            raise LibraryError("The library is closed; start InPhotos again.")
        return self._store

    @property
    def indexes(self) -> dict[tuple[str, int], Any]:
        """The entities that hold embeddings, by (fingerprint, dimension) of their model."""
        return self._indexes

    def ensure_index(self, fingerprint: str, dimension: int) -> Any:
        """Return the entity for a model's embeddings, adding it to the schema when it is new.

        Adding reopens the store, so nobody else may be using it at that moment.
        """
        key = (fingerprint, dimension)
        if key not in self._indexes:
            self.store.close()
            self._store = None
            self._open([*self._indexes, key])
        return self._indexes[key]

    def drop_embeddings(self, photo_ids: Sequence[int]) -> None:
        """Remove what every model made of these photos; belongs into :meth:`transaction`."""
        if photo_ids:
            for entity in self._indexes.values():
                self.store.box(entity).remove_many(list(photo_ids))

    def clear_embeddings(self) -> None:
        """Remove every embedding of every model; belongs into :meth:`transaction`."""
        for entity in self._indexes.values():
            self.store.box(entity).remove_all()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Run a block in one write transaction: all of it is stored, or nothing.

        Raises:
            DiskFullError: there is no room; nothing of the block was stored.
            LibraryDamagedError, LibraryError: the store failed; nothing of the block was stored.
        """
        if shutil.disk_usage(self.directory).free < MIN_FREE_BYTES:
            raise _disk_full(self.directory)
        with self.errors(), self.store.write_tx():
            yield

    @contextlib.contextmanager
    def errors(self) -> Iterator[None]:
        """Turn the store's errors inside a block into ours."""
        try:
            yield
        except (DbError, MemoryError) as error:
            raise _translated(self.directory, error) from error

    def close(self) -> None:
        """Close the store and give up the lock; closing again does nothing."""
        if self._store is not None:
            self._store.close()
            self._store = None
        self._lock.release()

    def _check_version(self) -> None:
        path = self.directory / "library.json"
        data = self._store_directory / "data.mdb"
        try:
            schema = json.loads(path.read_text(encoding="utf-8"))["schema"]
        except FileNotFoundError:
            with translated_os_errors(self.directory):
                write_json(path, {"schema": SCHEMA, "written_by": __version__})
            return
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise _damaged(self.directory) from error
        if not isinstance(schema, int):
            raise _damaged(self.directory)
        if schema > SCHEMA:
            raise LibraryNewerError(
                f"The library {display_path(self.directory)} was written by a newer InPhotos; "
                f"update InPhotos to open it, or choose another one with --library."
            )
        had_store = (self._store_directory / "model.json").exists()
        if had_store and not (data.exists() and data.stat().st_size):
            # ObjectBox would start an empty store here, and all the user's work would be gone
            # without a word.
            raise _damaged(self.directory)

    def _known_indexes(self) -> list[tuple[str, int]]:
        """Read from ObjectBox's schema file which indexes there are.

        Every one must be in the schema at each opening: an entity that is left out is dropped.
        """
        path = self._store_directory / "model.json"
        backup = path.with_suffix(".json.bak")
        try:
            entities = json.loads(path.read_text(encoding="utf-8"))["entities"]
            shutil.copyfile(path, backup)
        except FileNotFoundError:
            return []
        except (OSError, ValueError, KeyError) as error:
            # ObjectBox does not write this file atomically; the backup is from the last opening.
            try:
                entities = json.loads(backup.read_text(encoding="utf-8"))["entities"]
                shutil.copyfile(backup, path)
            except (OSError, ValueError, KeyError):
                raise _damaged(self.directory) from error
        matches = (_INDEX_NAME.fullmatch(entity["name"]) for entity in entities)
        return [(match[1], int(match[2])) for match in matches if match]

    def _open(self, indexes: list[tuple[str, int]]) -> None:
        model = Model()
        self.folder = _entity("Folder", _folder_properties())
        self.photo = _entity("Photo", _photo_properties())
        self._indexes = {
            (fingerprint, dimension): _entity(
                f"Embedding_{fingerprint}_{dimension}", _embedding_properties(dimension)
            )
            for fingerprint, dimension in indexes
        }
        for entity in (self.folder, self.photo, *self._indexes.values()):
            model.entity(entity)
        try:
            with _quiet_stdout():
                self._store = Store(
                    model,
                    model_json_file=str(self._store_directory / "model.json"),
                    directory=str(self._store_directory),
                    max_db_size_in_kb=MAX_SIZE_KIB,
                    file_mode=0o600,
                    log_callback=_log_native,
                )
        except (DbError, MemoryError) as error:
            raise _translated(self.directory, error) from error
        except (ValueError, KeyError) as error:
            raise _damaged(self.directory) from error
        except OSError as error:
            raise _unusable(self.directory, error) from error


@contextlib.contextmanager
def translated_os_errors(directory: Path) -> Iterator[None]:
    """Turn an OSError while writing into the library into a LibraryError."""
    try:
        yield
    except OSError as error:
        raise _unusable(directory, error) from error


def _entity(name: str, properties: dict[str, Any]) -> Any:
    # A fresh entity for each opening: it carries the ids of one schema file, and two libraries
    # may be open in one process. The registry of the decorator is global; ours are not kept in it.
    registry = objectbox.model.entity.obx_models_by_name
    entity = Entity(model="inphotos", python_names=True)(type(name, (), properties))
    registry.pop("inphotos", None)
    return entity


def _folder_properties() -> dict[str, Any]:
    return {"id": Id(), "path": Bytes(), "added_ms": Int64()}


def _photo_properties() -> dict[str, Any]:
    return {
        "id": Id(),
        "folder_id": Int64(index=Index()),
        # Bytes, not text: a file name need not be valid UTF-8.
        "path": Bytes(),
        "size": Int64(),
        "mtime_ns": Int64(),
        "content": String(),
        "width": Int32(),
        "height": Int32(),
        "gone": Int8(),
        "reason": String(),
        "decoder": Int32(),
    }


def _embedding_properties(dimension: int) -> dict[str, Any]:
    index = HnswIndex(
        dimensions=dimension,
        distance_type=VectorDistanceType.COSINE,
        neighbors_per_node=NEIGHBORS_PER_NODE,
        indexing_search_count=INDEXING_SEARCH_COUNT,
    )
    # The id is the photo's: no second mapping that could disagree with the catalog.
    return {"id": Id(assignable=True), "vector": Float32Vector(index=index)}


def _refuse_other_directories(directory: Path) -> None:
    """Refuse to spread a library's files among somebody's documents."""
    try:
        names = {entry.name for entry in directory.iterdir()}
    except OSError:  # not there yet, or the next step will say what is wrong with it
        return
    if names and not names & {"library.json", "library.lock", "store"}:
        raise LibraryError(
            f"{display_path(directory)} holds other files and no library; "
            f"choose an empty or a new directory with --library."
        )


def _acquire(directory: Path) -> filelock.BaseFileLock:
    lock = filelock.FileLock(
        directory / "library.lock",
        timeout=0,
        mode=0o600,
        thread_local=False,  # whoever closes the library lets go, in whichever thread
    )
    holder = directory / "library.pid"
    try:
        lock.acquire()
        holder.write_text(str(os.getpid()), encoding="ascii")
    except filelock.Timeout as error:
        with contextlib.suppress(OSError, ValueError):
            raise _busy(directory, f" (process {int(holder.read_text('ascii'))})") from error
        raise _busy(directory, "") from error
    except OSError as error:
        lock.release()
        raise _unusable(directory, error) from error
    return lock


def _busy(directory: Path, who: str) -> LibraryBusyError:
    return LibraryBusyError(
        f"Another InPhotos{who} is using the library {display_path(directory)}; "
        f"close it and try again."
    )


def _translated(directory: Path, error: Exception) -> LibraryError:
    text = str(error).lower()
    if isinstance(error, DbFullError) or "no space" in text or "disk full" in text:
        return _disk_full(directory)
    if isinstance(error, FileCorruptError | GeneralStorageError) or "schema" in text:
        return _damaged(directory)
    return LibraryError(f"The library {display_path(directory)} cannot be used: {error}.")


def _disk_full(directory: Path) -> DiskFullError:
    return DiskFullError(
        f"There is no room left on the disk of the library {display_path(directory)}; "
        f"free some space and try again (everything finished so far is kept)."
    )


def _damaged(directory: Path) -> LibraryDamagedError:
    return LibraryDamagedError(
        f"The library {display_path(directory)} is damaged; rename or delete that directory and "
        f"index your folders again (your photos are not in it and are untouched)."
    )


def _unusable(directory: Path, error: OSError) -> LibraryError:
    if error.errno in _NO_ROOM:
        return _disk_full(directory)
    reason = error.strerror or str(error)
    return LibraryError(
        f"The library {display_path(directory)} cannot be written ({reason}); "
        f"check its permissions or choose another one with --library."
    )


@contextlib.contextmanager
def _quiet_stdout() -> Iterator[None]:
    """Keep what the native library prints while it opens a store out of the command's output.

    It reports a damaged file to its log callback only once the store is open; before that it
    writes to stdout, where a program may be reading JSON. The exception says the same.
    """
    try:
        saved = os.dup(1)
    except OSError:  # no stdout: started without a terminal
        yield
        return
    try:
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123
            os.dup2(nowhere.fileno(), 1)
        yield
    finally:
        os.dup2(saved, 1)
        os.close(saved)


def _log_native(level: int, message: str) -> None:
    _log.log(logging.INFO if level < 40 else logging.WARNING, "objectbox: %s", message.strip())
