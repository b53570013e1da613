"""The photos and folders of a library."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inphotos.store.database import Database

#: ObjectBox hands out at most 10,000 ids at a time.
_PUT_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Folder:
    """A root that the user added.

    Attributes:
        id: 0 until it is stored.
        path: absolute.
    """

    id: int
    path: Path


@dataclass(frozen=True, slots=True)
class Photo:
    """One file in a folder.

    Attributes:
        id: 0 until it is stored; never used again after the photo has left the library.
        folder_id: the folder that it was found in.
        path: absolute; may hold bytes that are not UTF-8 (lone surrogates).
        size: bytes.
        mtime_ns: time of the last change, nanoseconds since 1970.
        content: hexadecimal digest of the file's bytes; empty when it could not be read.
        width, height: pixels, upright; 0 when it could not be decoded.
        reason: why it cannot be decoded; empty when it can.
        decoder: version of the decoder that looked at it; a failure is tried again by a later one.
        gone: the file is no longer there.
    """

    id: int
    folder_id: int
    path: Path
    size: int
    mtime_ns: int
    content: str = ""
    width: int = 0
    height: int = 0
    reason: str = ""
    decoder: int = 0
    gone: bool = False


class Catalog:
    """Reads and writes the photos and folders of one library.

    Reads may run in any thread. Writes belong into ``Database.transaction``.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def folders(self) -> tuple[Folder, ...]:
        """Return all folders in the order in which they were added."""
        with self._database.errors():
            rows = self._folders.get_all()
        return tuple(Folder(row.id, _path(row.path)) for row in rows)

    def add_folder(self, path: Path) -> Folder:
        """Store a new folder."""
        row = self._database.folder(path=os.fsencode(path), added_ms=int(time.time() * 1000))
        return Folder(self._folders.put(row), path)

    def remove_folder(self, folder_id: int) -> None:
        """Remove a folder (its photos are removed by :meth:`remove`)."""
        self._folders.remove(folder_id)

    def photos(self, folder_id: int) -> list[Photo]:
        """Return every photo of a folder, also those that are gone or cannot be read."""
        condition = self._database.photo.folder_id.equals(folder_id)
        return self._find(condition)

    def by_ids(self, ids: Sequence[int]) -> dict[int, Photo]:
        """Return the photos with these ids; ids that are not in the catalog are left out."""
        with self._database.errors():
            rows = self._photos.get_many(list(ids))
        return {row.id: _photo(row) for row in rows if row is not None}

    def by_path(self, path: Path) -> Photo | None:
        """Return the readable photo at this path, or None."""
        entity = self._database.photo
        found = self._find(
            entity.path.equals(os.fsencode(path)) & entity.gone.equals(0) & entity.reason.equals("")
        )
        return found[0] if found else None

    def newest(self, limit: int, offset: int = 0) -> list[Photo]:
        """Return readable photos, the one changed last first."""
        entity = self._database.photo
        with self._database.errors():
            builder = self._photos.query(entity.gone.equals(0) & entity.reason.equals(""))
            query = builder.order_desc(entity.mtime_ns).order(entity.id).build()
            rows = query.offset(offset).limit(limit).find()
        return [_photo(row) for row in rows]

    def failures(self) -> list[Photo]:
        """Return the photos that are there but cannot be read."""
        entity = self._database.photo
        return self._find(entity.gone.equals(0) & entity.reason.not_equals(""))

    def readable_ids(self) -> set[int]:
        """Return the ids of the photos that are there and can be read."""
        entity = self._database.photo
        condition = entity.gone.equals(0) & entity.reason.equals("")
        with self._database.errors():
            return set(self._photos.query(condition).build().find_ids())

    def contents(self) -> set[str]:
        """Return the digests of all photos in the catalog."""
        with self._database.errors():
            return {row.content for row in self._photos.get_all()}

    def count(self, folder_id: int | None = None) -> int:
        """Count the readable photos, in all or of one folder."""
        entity = self._database.photo
        condition = entity.gone.equals(0) & entity.reason.equals("")
        if folder_id is not None:
            condition = condition & entity.folder_id.equals(folder_id)
        return self._count(condition)

    def count_gone(self) -> int:
        """Count the photos whose files are no longer there."""
        return self._count(self._database.photo.gone.equals(1))

    def put(self, photos: Sequence[Photo]) -> list[int]:
        """Store new photos (id 0) and changed ones; return their ids in the same order."""
        ids: list[int] = []
        rows = [self._row(photo) for photo in photos]
        for start in range(0, len(rows), _PUT_CHUNK):
            ids += self._photos.put(rows[start : start + _PUT_CHUNK])
        return ids

    def remove(self, ids: Iterable[int]) -> int:
        """Remove photos from the catalog for good; return how many there were."""
        return int(self._photos.remove_many(list(ids)))

    @property
    def _photos(self) -> Any:
        return self._database.store.box(self._database.photo)

    @property
    def _folders(self) -> Any:
        return self._database.store.box(self._database.folder)

    def _find(self, condition: Any) -> list[Photo]:
        with self._database.errors():
            rows = self._photos.query(condition).build().find()
        return [_photo(row) for row in rows]

    def _count(self, condition: Any) -> int:
        with self._database.errors():
            return int(self._photos.query(condition).build().count())

    def _row(self, photo: Photo) -> Any:
        return self._database.photo(
            id=photo.id,
            folder_id=photo.folder_id,
            path=os.fsencode(photo.path),
            size=photo.size,
            mtime_ns=photo.mtime_ns,
            content=photo.content,
            width=photo.width,
            height=photo.height,
            gone=int(photo.gone),
            reason=photo.reason,
            decoder=photo.decoder,
        )


def _photo(row: Any) -> Photo:
    return Photo(
        id=row.id,
        folder_id=row.folder_id,
        path=_path(row.path),
        size=row.size,
        mtime_ns=row.mtime_ns,
        content=row.content,
        width=row.width,
        height=row.height,
        reason=row.reason,
        decoder=row.decoder,
        gone=bool(row.gone),
    )


def _path(stored: bytes) -> Path:
    return Path(os.fsdecode(bytes(stored)))
