"""The folders of a library and the directories below them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from inphotos.store.database import Database


@dataclass(frozen=True, slots=True)
class Folder:
    """A root that the user added.

    Attributes:
        id: 0 until it is stored.
        path: absolute; where it was when it was last seen.
        volume: identity of the volume that it is on, empty when that has none.
        below: its path from the volume's mount point, empty when it is the mount point.
        exclusions: the user's own patterns of what not to take from it.
    """

    id: int
    path: Path
    volume: str = ""
    below: str = ""
    exclusions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Directory:
    """A directory with photos, at or below a folder.

    Attributes:
        id: 0 until it is stored.
        path: from the folder; empty for the folder itself.
        settled: stands for the listing of the directory of which nothing was left to do, with
            which model; empty when something was. A listing with the same needs no comparison.
        is_mount: another volume was mounted there when it was last seen.
    """

    id: int
    folder_id: int
    path: str
    settled: bytes = b""
    is_mount: bool = False


class Folders:
    """Reads and writes the folders and directories of one library.

    Reads may run in any thread. Writes belong into ``Database.transaction``.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._paths: tuple[int, dict[int, str]] = (0, {})
        """Absolute paths of directories by their ids, and after how many commits they held."""

    def all(self) -> tuple[Folder, ...]:
        """Return all folders in the order in which they were added."""
        with self._database.errors():
            rows = self._folders.get_all()
        return tuple(_folder(row) for row in rows)

    def add(self, folder: Folder) -> Folder:
        """Store a new folder."""
        return replace(folder, id=self._put(folder, int(time.time() * 1000)))

    def change(self, folder: Folder) -> None:
        """Store another path, volume or exclusions of a folder."""
        self._put(folder, self._folders.get(folder.id).added_ms)
        self._note_change(None)

    def remove(self, folder_id: int) -> None:
        """Remove a folder and its directories (photos are removed by the catalog)."""
        self._folders.remove(folder_id)
        self.remove_directories(directory.id for directory in self.directories(folder_id))

    def directories(self, folder_id: int) -> list[Directory]:
        """Return the directories of a folder."""
        condition = self._database.schema.directory.folder_id.equals(folder_id)
        with self._database.errors():
            rows = self._directories.query(condition).build().find()
        return [_directory(row) for row in rows]

    def directories_by_id(self, ids: Iterable[int] | None = None) -> dict[int, Directory]:
        """Return the directories with these ids, or all; unknown ids are left out."""
        with self._database.errors():
            rows = (
                self._directories.get_all()
                if ids is None
                else self._directories.get_many(list(ids))
            )
        return {row.id: _directory(row) for row in rows if row is not None}

    def put_directories(self, directories: Sequence[Directory]) -> list[int]:
        """Store new directories (id 0) and changed ones; return their ids in the same order."""
        rows = [
            self._database.schema.directory(
                id=directory.id,
                folder_id=directory.folder_id,
                path=os.fsencode(directory.path),
                settled=directory.settled,
                is_mount=int(directory.is_mount),
            )
            for directory in directories
        ]
        ids: list[int] = []
        for start in range(0, len(rows), 5_000):
            ids += self._directories.put(rows[start : start + 5_000])
        self._note_change(ids)
        return ids

    def unsettle(self, ids: Iterable[int]) -> None:
        """Have directories compared at the next scan, even if their listing is the same."""
        with self._database.errors():
            rows = self._directories.get_many(list(ids))
        self.put_directories(
            [replace(_directory(row), settled=b"") for row in rows if row is not None]
        )

    def remove_directories(self, ids: Iterable[int]) -> None:
        """Remove directories that hold no photos any more."""
        removed = list(ids)
        self._directories.remove_many(removed)
        self._note_change(removed)

    def directory_path(self, directory_id: int) -> str | None:
        """Return the absolute path of a directory, None when it was forgotten this moment."""
        commits = self._database.commits
        if self._paths[0] != commits:
            self._paths = (commits, {})
        # What is found out while another thread commits goes into a table that nobody asks again.
        paths = self._paths[1]
        if directory_id not in paths:
            with self._database.errors():
                row = self._directories.get(directory_id)
                folder = self._folders.get(row.folder_id) if row is not None else None
            if folder is None:
                return None
            root = os.fsdecode(bytes(folder.path))
            paths[directory_id] = os.path.join(root, os.fsdecode(bytes(row.path)))  # noqa: PTH118
        return paths[directory_id]

    def locate(self, path: Path) -> int | None:
        """Return the id of the directory that a file is in, or None when it is in none."""
        entity = self._database.schema.directory
        for folder in self.all():
            if folder.path not in path.parents:
                continue
            relative = relative_path(path.parent, folder.path)
            condition = entity.folder_id.equals(folder.id) & entity.path.equals(
                os.fsencode(relative)
            )
            with self._database.errors():
                row = self._directories.query(condition).build().find_first()
            if row is not None:
                return int(row.id)
        return None

    @property
    def _folders(self) -> Any:
        return self._database.store.box(self._database.schema.folder)

    @property
    def _directories(self) -> Any:
        return self._database.store.box(self._database.schema.directory)

    def _note_change(self, directory_ids: Iterable[int] | None) -> None:
        self._paths = (-1, {})
        self._database.changes.note("Directory", directory_ids)

    def _put(self, folder: Folder, added_ms: int) -> int:
        row = self._database.schema.folder(
            id=folder.id,
            path=os.fsencode(folder.path),
            added_ms=added_ms,
            volume=folder.volume,
            below=os.fsencode(folder.below),
            exclusions="\n".join(folder.exclusions),
        )
        return int(self._folders.put(row))


def relative_path(path: Path, root: Path) -> str:
    """Return a path from a root that it is at or below, as directories are named: "" for itself."""
    relative = str(path.relative_to(root))
    return "" if relative == "." else relative


def _folder(row: Any) -> Folder:
    return Folder(
        id=row.id,
        path=Path(os.fsdecode(bytes(row.path))),
        volume=row.volume,
        below=os.fsdecode(bytes(row.below)),
        exclusions=tuple(row.exclusions.split("\n")) if row.exclusions else (),
    )


def _directory(row: Any) -> Directory:
    return Directory(
        id=row.id,
        folder_id=row.folder_id,
        path=os.fsdecode(bytes(row.path)),
        settled=bytes(row.settled),
        is_mount=bool(row.is_mount),
    )
