"""The files of an ObjectBox store: which indexes they hold, and opening them."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from objectbox import Model, Store, experimental

from inphotos.owner_only import tighten_contents
from inphotos.settings import write_atomically
from inphotos.store.schema import IndexKey, index_key
from inphotos.store.trouble import (
    damaged,
    translated_os_errors,
    translated_store_errors,
    unreadable,
)

#: ObjectBox's default of 1 GiB ends at about 240,000 photos of 512 numbers. The limit reserves
#: address space, not disk: a million photos with three models take about 15 GiB.
MAX_SIZE_KIB = 256 * 1024 * 1024

_log = logging.getLogger(__name__)

# Code made for each entity reads a photo's row in 15 us instead of 60, and makes one in 3 us
# instead of 60; it is the binding's own, and the slow way is taken where it fails.
if hasattr(experimental, "enable_flatbuffers_codegen"):
    experimental.enable_flatbuffers_codegen()


def known_indexes(library: Path, files: Path) -> list[IndexKey]:
    """Read from ObjectBox's schema file which indexes a store has.

    Every one must be in the schema at each opening: an entity that is left out is dropped.

    Args:
        library: the library's directory, for the sentence of an error.
        files: the store's directory.

    Raises:
        LibraryDamagedError: neither the schema file nor its backup can be read.
    """
    path = files / "model.json"
    backup = path.with_suffix(".json.bak")
    try:
        text = path.read_bytes()
        names = _entity_names(text)
    except OSError as error:
        if not isinstance(error, FileNotFoundError):
            raise unreadable(library, error) from error
        if not backup.exists():
            return []
        text, names = _from_backup(library, path, backup, error)
    except ValueError as error:
        # ObjectBox does not write this file atomically; the backup is from the last opening.
        text, names = _from_backup(library, path, backup, error)
    # On a full disk a backup that is cut off would be worse than none.
    if not _holds(backup, text):
        with translated_os_errors(library):
            write_atomically(backup, text)
    return [key for key in map(index_key, names) if key is not None]


def _from_backup(
    library: Path, path: Path, backup: Path, error: Exception
) -> tuple[bytes, list[str]]:
    """Put the backup of a schema file in its place; return what is in it."""
    try:
        text = backup.read_bytes()
        names = _entity_names(text)
    except (OSError, ValueError):
        raise damaged(library) from error
    with translated_os_errors(library):
        write_atomically(path, text)
    return text, names


def _holds(file: Path, content: bytes) -> bool:
    try:
        return file.read_bytes() == content
    except OSError:
        return False


def is_version_1(files: Path) -> bool:
    """Tell whether a store whose version is not known is of the first, which had no directories."""
    for name in ("model.json", "model.json.bak"):
        try:
            names = _entity_names((files / name).read_bytes())
        except (OSError, ValueError):
            continue
        return "Photo" in names and "Directory" not in names
    return False


def salvaged_store(library: Path) -> Path:
    """Return where what is saved of a damaged store is written until it takes its place."""
    return library / "store.salvaged"


def finish_salvage(library: Path) -> None:
    """Let what was saved of a damaged store take its place if that was all that was left to do.

    Raises:
        OSError: the library's directory cannot be written.
    """
    store, salvaged = library / "store", salvaged_store(library)
    if salvaged.exists() and not store.exists():
        salvaged.rename(store)


def _entity_names(text: bytes) -> list[str]:
    """Return the entities that ObjectBox's schema file lists; ValueError if it is none."""
    try:
        return [str(entity["name"]) for entity in json.loads(text)["entities"]]
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("this is no schema file") from error


def open_store(
    library: Path, files: Path, entities: Iterable[Any], *, read_only_by: Path | None = None
) -> Any:
    """Open the store in ``files``, making it when it is new.

    Args:
        library: the library's directory, for the sentence of an error.
        files: the store's directory.
        entities: all that it holds.
        read_only_by: a copy of its schema file, to open it by and to write nothing.

    Raises:
        LibraryError: it cannot be opened; which one says why.
    """
    model = Model()
    for entity in entities:
        model.entity(entity)
    with translated_store_errors(library), translated_os_errors(library):
        try:
            with _quiet_stdout():
                store = Store(
                    model,
                    model_json_file=str(read_only_by or files / "model.json"),
                    read_only=read_only_by is not None,
                    directory=str(files),
                    max_db_size_in_kb=_most_kib(files / "data.mdb"),
                    file_mode=0o600,
                    log_callback=_log_native,
                )
            tighten_contents(files)  # the binding writes its schema file like any other
            return store
        except (ValueError, KeyError) as error:
            raise damaged(library) from error


def _most_kib(data: Path) -> int:
    """Return how large the store may become: less where the process may not reserve so much."""
    if sys.platform == "win32":
        return MAX_SIZE_KIB
    import resource

    most, _ = resource.getrlimit(resource.RLIMIT_AS)
    if most == resource.RLIM_INFINITY:
        return MAX_SIZE_KIB
    size = data.stat().st_size if data.exists() else 0
    return min(MAX_SIZE_KIB, max(most // 4, 2 * size) // 1024)


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
