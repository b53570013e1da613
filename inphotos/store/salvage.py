"""Saves what can still be read of a damaged store into a new one.

The damaged file is read without ObjectBox (see :mod:`inphotos.store.pages`), so that nothing in it
can end the process. Rows are copied and every index is made anew from them::

    store.salvaged/     the new store, until it takes the place of the damaged one
"""

from __future__ import annotations

import math
import os
import shutil
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from inphotos.phash import NOT_HASHED
from inphotos.store import schema
from inphotos.store.details import NO_RATING
from inphotos.store.files import open_store
from inphotos.store.folders import Folder
from inphotos.store.pages import Commit, Entries, Ints, PageFile, Walked
from inphotos.store.rows import (
    BYTES,
    DOUBLE,
    FLOATS,
    STRING,
    Layout,
    decoded,
    layouts_in_model,
    layouts_in_store,
    model_document,
    row_keys,
    sound_rows,
)
from inphotos.store.survey import survey
from inphotos.store.trouble import translated_os_errors, translated_store_errors
from inphotos.store.writing import WriteTransaction

#: Rows written in one transaction: of those with an embedding each has to be put into a graph.
_ROWS, _EMBEDDINGS = 5_000, 250

#: Directories by which a folder is recognised.
_TRIED = 50

#: What stands for "not known" where that is not zero, nothing or not a number.
_NOT_KNOWN = {"phash": NOT_HASHED, "rating": NO_RATING}


@dataclass(slots=True)
class _Rows:
    """Rows of an entity that can be read, each id once."""

    layout: Layout
    ids: Ints
    entries: Entries


class Salvage:
    """What is saved of one damaged store.

    Attributes:
        saved: how many rows of each entity were written to the new store.
    """

    def __init__(self, library: Path, files: Path) -> None:
        """Take a store that nobody has open.

        Args:
            library: the library's directory, for the sentence of an error.
            files: the damaged store's directory.
        """
        self.saved: Counter[str] = Counter()
        self._library = library
        self._files = files

    def run(self, target: Path, known: Sequence[Folder] = ()) -> Iterator[tuple[int, int]]:
        """Write a new store; yield how much is done, and of how much.

        Args:
            target: its directory, which is made, in the place of one that is there.
            known: folders that the library had, for those whose own rows are lost.

        Raises:
            LibraryError: the file cannot be read, or the new one not be written.
        """
        with translated_os_errors(self._library):
            file = PageFile(self._files / "data.mdb")
            if target.exists():
                shutil.rmtree(target)
            target.mkdir(mode=0o700)
        rows = {found.layout.name: found for found in self._read(file)}
        indexes = [key for key in map(schema.index_key, rows) if key is not None]
        now = schema.current(indexes)
        store = open_store(self._library, target, now.entities())
        try:
            with translated_store_errors(self._library):
                new = _NewStore(store, now, file, rows)
                yield from new.fill(known)
        finally:
            store.close()
        self.saved = new.written

    def _read(self, file: PageFile) -> Iterator[_Rows]:
        parts = [*_live(file)]
        layouts = {layout.number: layout for layout in self._layouts(file, parts)}
        keys = [row_keys(entries) for entries, _ in parts]
        for layout in layouts.values():
            chosen: list[tuple[Ints, Entries, bool]] = []
            for (entries, is_sure), (numbers, ids) in zip(parts, keys, strict=True):
                mine = numbers == layout.number
                if mine.any():
                    own = entries.only(mine)
                    good = sound_rows(file.data, own, ids[mine], layout)
                    chosen.append((ids[mine][good], own.only(good), is_sure))
            yield _merged(file, layout, chosen)

    def _layouts(self, file: PageFile, parts: list[tuple[Entries, bool]]) -> list[Layout]:
        """Return what is known of the entities: from the file itself, or what lies beside it."""
        found: dict[str, Layout] = {}
        for entities, is_sure in parts:
            for layout in layouts_in_store(file.data, entities):
                if is_sure or layout.name not in found:
                    found[layout.name] = layout
        # Nothing tells whether a name in the damaged file is the right one; here it would not be
        # readable at all.
        for name in ("model.json.bak", "model.json"):
            try:
                beside = layouts_in_model(self._files / name)
            except (OSError, ValueError):
                continue
            numbers = {each.number for each in beside}
            found = {name: each for name, each in found.items() if each.number not in numbers}
            found |= {each.name: each for each in beside}
        return list(found.values())


class _NewStore:
    """Writes salvaged rows to a new store, those of which what they belong to is known.

    Attributes:
        written: how many rows of each entity.
    """

    def __init__(
        self, store: Any, now: schema.Schema, file: PageFile, rows: dict[str, _Rows]
    ) -> None:
        self.written: Counter[str] = Counter()
        self._store = store
        self._now = now
        self._file = file
        self._rows = rows
        self._entities = {entity._name: entity for entity in now.entities()}
        # ObjectBox gives folders and directories their ids, which others are to know them by.
        self._folders: dict[int, int] = {}
        self._directories: dict[int, int] = {}
        self._photos: set[int] = set()

    def fill(self, known: Sequence[Folder]) -> Iterator[tuple[int, int]]:
        """Write everything; yield how many rows are written, and of how many."""
        total = sum(len(found.ids) for found in self._rows.values())
        self._write_folders(known)
        self._write_directories()
        tables = [(self._now.photo, self._placed_photos(), _ROWS)]
        tables.append((self._now.details, self._of_known_photos("Details"), _ROWS))
        for entity in self._now.embeddings.values():
            tables.append((entity, self._of_known_photos(entity._name), _EMBEDDINGS))
        for entity, rows, size in tables:
            for batch in _batches(rows, size):
                with WriteTransaction(self._store):
                    self._store.box(entity).put([entity(**values) for values in batch])
                self.written[entity._name] += len(batch)
                yield self.written.total(), total

    def _write_folders(self, known: Sequence[Folder]) -> None:
        paths = set()
        for values in self._values("Folder"):
            paths.add(values["path"])
            self._put_folder(values)
        lost: dict[int, list[bytes]] = {}
        for values in self._values("Directory"):
            if values["folder_id"] not in self._folders:
                lost.setdefault(values["folder_id"], []).append(values["path"])
        left = [folder for folder in known if os.fsencode(folder.path) not in paths]
        for id_, below in sorted(lost.items()):
            folder = _most_likely(left, below)
            if folder is not None:
                left.remove(folder)
                self._put_folder(
                    {
                        "id": id_,
                        "path": os.fsencode(folder.path),
                        "added_ms": int(time.time() * 1000),
                        "volume": folder.volume,
                        "below": os.fsencode(folder.below),
                        "exclusions": "\n".join(folder.exclusions),
                    }
                )

    def _put_folder(self, values: dict[str, Any]) -> None:
        with WriteTransaction(self._store):
            row = self._now.folder(**{**values, "id": 0})
            self._folders[values["id"]] = self._store.box(self._now.folder).put(row)
        self.written["Folder"] += 1

    def _write_directories(self) -> None:
        box = self._store.box(self._now.directory)
        with WriteTransaction(self._store):
            for values in self._values("Directory"):
                folder = self._folders.get(values["folder_id"])
                if folder is not None:
                    # Not settled: photos of it may be lost, so it is to be compared again.
                    changed = {"id": 0, "folder_id": folder, "settled": b""}
                    row = self._now.directory(**{**values, **changed})
                    self._directories[values["id"]] = box.put(row)
                    self.written["Directory"] += 1

    def _placed_photos(self) -> Iterator[dict[str, Any]]:
        detailed = set(self._rows["Details"].ids.tolist()) if "Details" in self._rows else set()
        for values in self._values("Photo"):
            folder = self._folders.get(values["folder_id"])
            directory = self._directories.get(values["directory_id"])
            if folder is not None and directory is not None:
                self._photos.add(values["id"])
                values |= {"folder_id": folder, "directory_id": directory}
                if values["reason"]:
                    values["decoder"] = 0  # so that it is tried again: the reason may be damaged
                if values["id"] not in detailed:
                    values["reader"] = 0  # so that the metadata is read again
                yield values

    def _of_known_photos(self, name: str) -> Iterator[dict[str, Any]]:
        key = schema.index_key(name)
        for values in self._values(name):
            if values["id"] in self._photos and (key is None or len(values["vector"]) == key[1]):
                yield values

    def _values(self, name: str) -> Iterator[dict[str, Any]]:
        """Yield the rows of an entity, what is not known of them filled in."""
        rows = self._rows.get(name)
        if rows is None:
            return
        unknown = _nothing_known(self._entities[name])
        for values in decoded(self._file.data, rows.entries, rows.layout):
            known = {key: value for key, value in values.items() if value is not None}
            yield {key: known.get(key, usual) for key, usual in unknown.items()}


def _nothing_known(entity: Any) -> dict[str, Any]:
    """Return what stands for "not known" in each property of an entity."""
    usual: dict[int, Any] = {STRING: "", BYTES: b"", DOUBLE: math.nan, FLOATS: ()}
    return {
        each.name: _NOT_KNOWN.get(each.name, usual.get(each._ob_type, 0))
        for each in entity._properties
    }


def _most_likely(folders: Sequence[Folder], below: Sequence[bytes]) -> Folder | None:
    """Return the folder that has most of these directories; None where it is not known."""
    tried = below[:_TRIED]
    there = [
        sum(os.path.isdir(os.path.join(os.fsencode(folder.path), path)) for path in tried)  # noqa: PTH112, PTH118
        for folder in folders
    ]
    most = max(there, default=0)
    if most:
        return folders[there.index(most)]
    # With its drive away, only one can be it.
    return folders[0] if len(folders) == 1 else None


def keep_commit(data: Path, commit: Commit) -> None:
    """Let a store's file be what one commit made of it, whatever the note about the other says.

    Raises:
        OSError: the file cannot be written.
    """
    size = commit.page_size
    with data.open("r+b") as file:
        file.seek(commit.place * size)
        page = bytearray(file.read(size))
        other = 1 - commit.place
        page[:8] = other.to_bytes(8, "little")
        file.seek(other * size)
        file.write(page)


def whole_commit(data: Path) -> Commit | None:
    """Return the latest commit of a store's file of which everything can be read.

    Raises:
        OSError: the file cannot be read.
    """
    for place, commit in enumerate(PageFile(data).commits):
        found = survey(data, commit=place)
        found.lost_commits = 0
        if found.is_whole:
            return commit
    return None


def described_model(data: Path) -> dict[str, Any] | None:
    """Return ObjectBox's file of ids as a store's file describes it, None where it does not.

    Raises:
        OSError: the file cannot be read.
    """
    file = PageFile(data)
    for commit in file.commits[:1]:
        walked = Walked(np.zeros(file.pages, np.bool_))
        for entries in file.walk(commit.root, walked, commit.last_page):
            layouts = layouts_in_store(file.data, entries)
            if layouts:
                return dict(model_document(layouts))
    return None


def _live(file: PageFile) -> Iterator[tuple[Entries, bool]]:
    """Yield what the file holds, and whether it is known to be of the last commit.

    Below a page that makes no sense there may be others that do. They belong to no tree any more,
    and are not free either.
    """
    seen = np.zeros(file.pages, np.bool_)
    free = None
    if file.commits:
        commit = file.commits[0]
        walked = Walked(seen)
        for entries in file.walk(commit.root, walked, commit.last_page):
            yield entries, True
        if not walked.damaged:
            return
        free = file.free_pages(commit)
    left = ~seen
    left[:2] = False
    if free is not None:
        left &= ~free
    for entries in file.leaves(np.flatnonzero(left)):
        yield entries, free is not None


def _merged(file: PageFile, layout: Layout, chosen: list[tuple[Ints, Entries, bool]]) -> _Rows:
    """Return rows of one entity, each id once, what is known to be of the last commit first."""
    chosen.sort(key=lambda part: not part[2])
    if not chosen:
        nothing = np.zeros(0, np.int64)
        return _Rows(
            layout, nothing, Entries(np.zeros((0, 2), np.uint64), nothing, nothing, nothing)
        )
    ids = np.concatenate([part[0] for part in chosen])
    parts = [part[1] for part in chosen]
    entries = Entries(
        np.concatenate([part.heads for part in parts]),
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("key_sizes", "starts", "sizes")
        ),
    )
    sure = np.concatenate([np.full(len(part[0]), part[2]) for part in chosen])
    unique, first, counts = np.unique(ids, return_index=True, return_counts=True)
    if schema.index_key(layout.name) is not None:
        # Which of two embeddings is the photo's as it is now cannot be told; it is encoded again.
        several = (counts > 1) & ~sure[first]
        keep = ~several
        for place in np.flatnonzero(several).tolist():
            versions = entries.only(ids == unique[place])
            keep[place] = len(set(_contents(file, versions))) == 1
        first = first[keep]
    wanted = np.zeros(len(ids), np.bool_)
    wanted[first] = True
    return _Rows(layout, ids[wanted], entries.only(wanted))


def _contents(file: PageFile, entries: Entries) -> Iterator[bytes]:
    for start, size in zip(entries.starts.tolist(), entries.sizes.tolist(), strict=True):
        yield file.data[start : start + size].tobytes()


def _batches(values: Iterable[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for each in values:
        batch.append(each)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
