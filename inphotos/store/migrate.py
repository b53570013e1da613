"""Brings a library of an older version up to this one, so that a crash at any moment loses nothing.

A copy of the store is converted and takes the place of the old one by two renames::

    store/            the store in use
    store.converting/ the copy, until it is finished
    store.former/     the old store, from the first rename until the new one is confirmed
"""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from objectbox import Id, Int64
from objectbox.model.properties import Bytes, Index, Int8, Int32, String

from inphotos import __version__
from inphotos.phash import NOT_HASHED
from inphotos.settings import write_json
from inphotos.store import schema
from inphotos.store.files import known_indexes, open_store
from inphotos.store.trouble import (
    damaged,
    disk_full,
    newer,
    translated_os_errors,
    translated_store_errors,
    unreadable,
)
from inphotos.store.writing import WriteTransaction

_ROOM_TO_SPARE = 64 * 1024 * 1024
_log = logging.getLogger(__name__)


def migrate(library: Path, version: int) -> None:
    """Convert the store below ``library`` from ``version`` to the current one.

    To be called while the library is locked and its store closed.

    Raises:
        LibraryError: it cannot be converted; the library is as it was.
    """
    store, converting, former = _places(library)
    _log.info("converting the library from version %d to %d", version, schema.SCHEMA)
    # Mends a schema file whose writing was interrupted, before it is copied.
    known_indexes(library, store)
    with translated_os_errors(library):
        _remove(converting)
        size = sum(file.stat().st_size for file in store.iterdir())
        if shutil.disk_usage(library).free < size + _ROOM_TO_SPARE:
            raise disk_full(library)
        _copy(store, converting)
    for step in range(version, schema.SCHEMA):
        _STEPS[step](library, store, converting)
    with translated_os_errors(library):
        store.rename(former)
        converting.rename(store)
        _confirm(library, former)


def finish_interrupted(library: Path) -> None:
    """Complete, or clear away, a conversion that was interrupted; belongs before any opening.

    Raises:
        LibraryError: the library's directory cannot be written.
    """
    store, converting, former = _places(library)
    with translated_os_errors(library):
        if former.exists():
            if not store.exists():
                converting.rename(store)
            _confirm(library, former)
        elif store.exists():
            _remove(converting)


def read_version(library: Path) -> int:
    """Return the version that the library is noted to be of, the current one or an older one.

    Raises:
        FileNotFoundError: none is noted.
        LibraryNewerError: it is a later one.
        LibraryDamagedError, LibraryError: the note makes no sense, or cannot be read.
    """
    try:
        version = json.loads((library / "library.json").read_text(encoding="utf-8"))["schema"]
    except FileNotFoundError:
        raise
    except OSError as error:
        raise unreadable(library, error) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise damaged(library) from error
    if not isinstance(version, int) or version < 1:
        raise damaged(library)
    if version > schema.SCHEMA:
        raise newer(library)
    return version


def write_version(library: Path) -> None:
    """Note that the library is of the current version."""
    write_json(library / "library.json", {"schema": schema.SCHEMA, "written_by": __version__})


def _places(library: Path) -> tuple[Path, Path, Path]:
    return library / "store", library / "store.converting", library / "store.former"


def _confirm(library: Path, former: Path) -> None:
    write_version(library)
    _remove(former)


def _copy(store: Path, target: Path) -> None:
    """Copy a store's files, all or none."""
    try:
        target.mkdir(mode=0o700)
        # Not copytree, which tells of what goes wrong in a list and goes on.
        for file in store.iterdir():
            shutil.copy2(file, target / file.name)
    except OSError:
        shutil.rmtree(target, ignore_errors=True)
        raise


def _remove(directory: Path) -> None:
    if directory.exists():
        shutil.rmtree(directory)


def _from_1(library: Path, source: Path, target: Path) -> None:
    """Version 1 kept absolute paths; since 2 they are folder, directory and name.

    What it writes has the other properties of the current version too.
    """
    former = {
        "Folder": schema.entity("Folder", {"id": Id(), "path": Bytes(), "added_ms": Int64()}),
        "Photo": schema.entity(
            "Photo",
            {
                "id": Id(),
                "folder_id": Int64(index=Index()),
                "path": Bytes(),
                "size": Int64(),
                "mtime_ns": Int64(),
                "content": String(),
                "width": Int32(),
                "height": Int32(),
                "gone": Int8(),
                "reason": String(),
                "decoder": Int32(),
            },
        ),
    }
    indexes = known_indexes(library, source)
    old = open_store(library, source, [*former.values(), *schema.embeddings(indexes).values()])
    with translated_store_errors(library):
        folders = old.box(former["Folder"]).get_all()
        photos = old.box(former["Photo"]).get_all()
        old.close()
    now = schema.current(indexes)
    new = open_store(library, target, now.entities())
    try:
        with translated_store_errors(library), WriteTransaction(new):
            _write_rows(new, now, folders, photos)
    finally:
        new.close()


def _write_rows(store: Any, now: schema.Schema, folders: list[Any], photos: list[Any]) -> None:
    roots = {folder.id: bytes(folder.path) for folder in folders}
    directories: dict[tuple[int, bytes], int] = {}
    store.box(now.folder).put(
        [
            now.folder(
                id=folder.id, path=roots[folder.id], added_ms=folder.added_ms,
                volume="", below=b"", exclusions="",
            )
            for folder in folders
        ]
    )  # fmt: skip
    rows = []
    for photo in photos:
        if photo.folder_id not in roots:
            continue
        parent, name = os.path.split(bytes(photo.path))
        root = roots[photo.folder_id]
        key = (photo.folder_id, b"" if parent == root else os.path.relpath(parent, root))
        if key not in directories:
            row = now.directory(folder_id=key[0], path=key[1], settled=b"", is_mount=0)
            directories[key] = store.box(now.directory).put(row)
        rows.append(
            now.photo(
                id=photo.id,
                folder_id=photo.folder_id,
                directory_id=directories[key],
                name=name,
                name_text=name.decode("utf-8", "replace"),
                size=photo.size,
                mtime_ns=photo.mtime_ns,
                inode=0,
                sidecar="",
                content=photo.content,
                width=photo.width,
                height=photo.height,
                taken_ms=photo.mtime_ns // 1_000_000,
                state=photo.gone,
                gone_ms=0,
                trouble=3 if photo.gone else int(bool(photo.reason)),
                reason=photo.reason,
                decoder=photo.decoder,
                reader=0,
                phash=NOT_HASHED,
            )
        )
    for start in range(0, len(rows), 5_000):
        store.box(now.photo).put(rows[start : start + 5_000])


def _from_2(library: Path, _source: Path, target: Path) -> None:
    """Version 2 had no perceptual hashes. The store adds the property, which no photo has yet."""
    open_store(library, target, schema.current(known_indexes(library, target)).entities()).close()


#: What converts a store from each version to the next: (library, the old store, the copy of it).
_STEPS: dict[int, Callable[[Path, Path, Path], None]] = {1: _from_1, 2: _from_2}
