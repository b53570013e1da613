"""The files of an ObjectBox store: which indexes they hold, and opening them."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from objectbox import Model, Store, experimental

from inphotos.store.schema import IndexKey, index_key
from inphotos.store.trouble import damaged, translated_os_errors, translated_store_errors

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
            raise damaged(library) from error
    keys = (index_key(entity["name"]) for entity in entities)
    return [key for key in keys if key is not None]


def is_version_1(files: Path) -> bool:
    """Tell whether a store whose version is not known is of the first, which had no directories."""
    try:
        entities = json.loads((files / "model.json").read_text(encoding="utf-8"))["entities"]
        names = {entity["name"] for entity in entities}
    except (OSError, ValueError, KeyError):
        return False
    return "Photo" in names and "Directory" not in names


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
                return Store(
                    model,
                    model_json_file=str(read_only_by or files / "model.json"),
                    read_only=read_only_by is not None,
                    directory=str(files),
                    max_db_size_in_kb=MAX_SIZE_KIB,
                    file_mode=0o600,
                    log_callback=_log_native,
                )
        except (ValueError, KeyError) as error:
            raise damaged(library) from error


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
