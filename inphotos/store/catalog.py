"""The photos of a library, and the directories and folders that they are in."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from inphotos.phash import NOT_HASHED
from inphotos.store.columns import columns
from inphotos.store.database import Database
from inphotos.store.folders import Folders

State = Literal["here", "gone", "missing"]
_STATES: tuple[State, ...] = ("here", "gone", "missing")
_HERE, _GONE, _MISSING = range(3)

#: What is wrong with a photo, in an indexed column: those with some trouble are few, and asked for
#: often.
_NONE, _UNREADABLE, _VANISHED, _LEFT = range(4)

#: ObjectBox hands out at most 10,000 ids at a time.
_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Photo:
    """One file in a folder.

    Attributes:
        id: 0 until it is stored; not used again while any model has an embedding under it.
        folder_id, directory_id: where it was found.
        path: absolute; may hold bytes that are not UTF-8 (lone surrogates).
        size: bytes.
        mtime_ns: time of the last change, nanoseconds since 1970.
        inode: the file system's number of the file, 0 where it has none.
        sidecar: stands for the state of the XMP file beside it, empty when there is none.
        content: hexadecimal digest of the file's bytes; empty when it has not been read.
        width, height: pixels, upright; 0 when it has not been decoded.
        taken_ms: when it was taken, milliseconds since 1970 on the clock of that place; until it
            has been read, the time of the last change.
        state: here; missing (its file has vanished together with many others, and it is kept
            until the user agrees); gone (out of the library, kept in case its file turns up under
            another path, until the library is compacted).
        gone_ms: when it left the library, milliseconds since 1970; 0 while it is in it.
        reason: why it cannot be decoded; empty when it can.
        decoder: version of the decoder that looked at it; a failure is tried again by a later one.
        reader: version of what read its metadata; 0 when that has not been read.
        phash: perceptual hash, see :func:`inphotos.phash.phash`; ``NOT_HASHED`` when there is none
            yet.
    """

    id: int
    folder_id: int
    directory_id: int
    path: Path
    size: int
    mtime_ns: int
    inode: int = 0
    sidecar: str = ""
    content: str = ""
    width: int = 0
    height: int = 0
    taken_ms: int = 0
    state: State = "here"
    gone_ms: int = 0
    reason: str = ""
    decoder: int = 0
    reader: int = 0
    phash: int = NOT_HASHED


class Catalog:
    """Reads and writes the photos of one library.

    Reads may run in any thread. Writes belong into ``Database.transaction``. Photos that are gone
    are left out unless a method says otherwise.

    Attributes:
        folders: the folders and directories.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.folders = Folders(database)

    def photos(self, folder_id: int) -> list[Photo]:
        """Return every photo of a folder, also those that are gone or cannot be read."""
        return self._find(self._entity.folder_id.equals(folder_id))

    def in_directories(self, directory_ids: Iterable[int]) -> Iterator[Photo]:
        """Yield every photo of these directories, also those that are gone or cannot be read."""
        for chunk in _chunks(list(directory_ids)):
            yield from self._find(self._entity.directory_id.one_of(chunk))

    def of_sizes(self, sizes: Iterable[int]) -> Iterator[Photo]:
        """Yield every photo, also gone ones, that has been read and has one of these sizes."""
        for chunk in _chunks(list(sizes)):
            condition = self._entity.size.one_of(chunk) & self._entity.content.not_equals("")
            yield from self._find(condition)

    def of_content(self, content: str) -> list[Photo]:
        """Return every photo, also gone ones, with this digest."""
        return self._find(self._entity.content.equals(content)) if content else []

    def of_contents(self, contents: Iterable[str]) -> Iterator[Photo]:
        """Yield every photo, also gone ones, with one of these digests."""
        for chunk in _chunks(list(contents)):
            yield from self._find(self._entity.content.one_of(chunk))

    def by_ids(self, ids: Sequence[int]) -> dict[int, Photo]:
        """Return the photos with these ids, also gone ones; unknown ids are left out."""
        with self._database.errors():
            rows = self._photos.get_many(list(ids))
        return {photo.id: photo for photo in self._known(row for row in rows if row is not None)}

    def by_path(self, path: Path) -> Photo | None:
        """Return the photo at this path, or None."""
        place = self.folders.locate(path)
        if place is None:
            return None
        entity = self._entity
        found = self._find(
            entity.directory_id.equals(place)
            & entity.name.equals(os.fsencode(path.name))
            & entity.state.not_equals(_GONE)
        )
        return found[0] if found else None

    def failures(self) -> list[Photo]:
        """Return the photos that are there but cannot be read."""
        return self._find(self._entity.trouble.equals(_UNREADABLE))

    def not_hashed(self) -> list[int]:
        """Return the ids of the photos that have been read, but before there were hashes."""
        entity = self._entity
        # Rows that were written before there was this property have no number there.
        without = entity.phash.equals(NOT_HASHED) | entity.phash.is_null()
        condition = without & entity.width.greater_than(0) & self._is_shown()
        with columns(self._database, entity, condition) as rows:
            return [int(id_) for id_ in rows.ids()]

    def missing(self, folder_id: int | None = None) -> list[Photo]:
        """Return the photos that have vanished and are kept until the user agrees."""
        condition = self._entity.trouble.equals(_VANISHED)
        if folder_id is not None:
            condition = condition & self._entity.folder_id.equals(folder_id)
        return self._find(condition)

    def gone(self, before_ms: int | None = None) -> list[Photo]:
        """Return the photos that are gone, or those that went before a time (ms since 1970)."""
        condition = self._entity.trouble.equals(_LEFT)
        if before_ms is not None:
            condition = condition & self._entity.gone_ms.less_than(before_ms)
        return self._find(condition)

    def all_ids(self) -> set[int]:
        """Return the ids of all photos, also those that are gone or cannot be read."""
        with self._database.errors():
            return set(self._photos.query().build().find_ids())

    def contents(self) -> set[str]:
        """Return the digests of all photos in the catalog, also gone ones."""
        with self._database.errors():
            return {row.content for row in self._photos.get_all()}

    def count(self, folder_id: int | None = None) -> int:
        """Count the photos that can be shown, in all or of one folder."""
        condition = self._is_shown()
        if folder_id is not None:
            condition = condition & self._entity.folder_id.equals(folder_id)
        return self._count(condition)

    def count_here(self, folder_id: int) -> int:
        """Count the photos of a folder whose files were there, also those that cannot be read."""
        entity = self._entity
        return self._count(entity.state.equals(_HERE) & entity.folder_id.equals(folder_id))

    def count_missing(self, folder_id: int | None = None) -> int:
        """Count the photos that have vanished and are kept, in all or of one folder."""
        condition = self._entity.trouble.equals(_VANISHED)
        if folder_id is not None:
            condition = condition & self._entity.folder_id.equals(folder_id)
        return self._count(condition)

    def put(self, photos: Sequence[Photo]) -> list[int]:
        """Store new photos (id 0) and changed ones; return their ids in the same order."""
        new = iter(self._database.new_photo_ids(sum(not photo.id for photo in photos)))
        ids = [photo.id or next(new) for photo in photos]
        rows = [self._row(id_, photo) for id_, photo in zip(ids, photos, strict=True)]
        for chunk in _chunks(rows):
            self._photos.put(chunk)
        self._database.changes.note("Photo", ids)
        return ids

    def remove(self, ids: Iterable[int]) -> int:
        """Remove photos from the catalog for good; return how many there were."""
        removed = list(ids)
        self._database.changes.note("Photo", removed)
        return int(self._photos.remove_many(removed))

    def remove_empty_directories(self) -> None:
        """Remove the directories that no photo is in, but for mount points."""
        with self._database.errors():
            used = {row.directory_id for row in self._photos.get_all()}
        empty = [
            directory.id
            for folder in self.folders.all()
            for directory in self.folders.directories(folder.id)
            if directory.id not in used and not directory.is_mount
        ]
        self.folders.remove_directories(empty)

    @property
    def _entity(self) -> Any:
        return self._database.schema.photo

    @property
    def _photos(self) -> Any:
        return self._database.store.box(self._entity)

    def _is_shown(self) -> Any:
        return shown_condition(self._entity)

    def _find(self, condition: Any) -> list[Photo]:
        with self._database.errors():
            rows = self._photos.query(condition).build().find()
        return list(self._known(rows))

    def _count(self, condition: Any) -> int:
        with self._database.errors():
            return int(self._photos.query(condition).build().count())

    def _row(self, id_: int, photo: Photo) -> Any:
        return self._entity(
            id=id_,
            folder_id=photo.folder_id,
            directory_id=photo.directory_id,
            name=os.fsencode(photo.path.name),
            name_text=os.fsencode(photo.path.name).decode("utf-8", "replace"),
            size=photo.size,
            mtime_ns=photo.mtime_ns,
            inode=_signed(photo.inode),
            sidecar=photo.sidecar,
            content=photo.content,
            width=photo.width,
            height=photo.height,
            taken_ms=photo.taken_ms,
            state=_STATES.index(photo.state),
            gone_ms=photo.gone_ms if photo.state == "gone" else 0,
            trouble=_trouble(photo),
            reason=photo.reason,
            decoder=photo.decoder,
            reader=photo.reader,
            phash=_signed(photo.phash),
        )

    def _known(self, rows: Iterable[Any]) -> Iterator[Photo]:
        """Yield photos, but for those that another thread has forgotten meanwhile."""
        for row in rows:
            directory = self.folders.directory_path(row.directory_id)
            if directory is not None:
                yield self._photo(row, directory)

    def _photo(self, row: Any, directory: str) -> Photo:
        return Photo(
            id=row.id,
            folder_id=row.folder_id,
            directory_id=row.directory_id,
            path=Path(directory, os.fsdecode(bytes(row.name))),
            size=row.size,
            mtime_ns=row.mtime_ns,
            inode=row.inode % (1 << 64),
            sidecar=row.sidecar,
            content=row.content,
            width=row.width,
            height=row.height,
            taken_ms=row.taken_ms,
            state=_STATES[row.state],
            gone_ms=row.gone_ms,
            reason=row.reason,
            decoder=row.decoder,
            reader=row.reader,
            phash=row.phash % (1 << 64),
        )


def shown_condition(entity: Any) -> Any:
    """Return the condition for the rows of photos that can be shown."""
    return entity.state.not_equals(_GONE) & entity.reason.equals("")


def trouble_differs_condition(entity: Any) -> Any:
    """Return the condition for the rows whose ``trouble`` is not what state and reason say."""
    is_here, is_sound = entity.state.equals(_HERE), entity.reason.equals("")
    return (
        (is_here & is_sound & entity.trouble.not_equals(_NONE))
        | (is_here & entity.reason.not_equals("") & entity.trouble.not_equals(_UNREADABLE))
        | (entity.state.equals(_MISSING) & entity.trouble.not_equals(_VANISHED))
        | (entity.state.equals(_GONE) & entity.trouble.not_equals(_LEFT))
    )


def not_gone_condition(entity: Any) -> Any:
    """Return the condition for the rows of photos that are in the library."""
    return entity.state.not_equals(_GONE)


def is_shown(row: Any) -> bool:
    """Tell whether the photo of a row can be shown."""
    return row.state != _GONE and not row.reason


def _trouble(photo: Photo) -> int:
    if photo.state == "here":
        return _UNREADABLE if photo.reason else _NONE
    return _VANISHED if photo.state == "missing" else _LEFT


def _signed(number: int) -> int:
    """Return a 64-bit number as the store keeps it; hashes and some inodes use every bit."""
    return number - (1 << 64) if number >= 1 << 63 else number


def _chunks(items: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
