"""The photos of a library as columns in memory, for whoever looks at all of them at once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any

import numpy as np
import numpy.typing as npt

from inphotos.metadata import place_name
from inphotos.store.catalog import is_shown, shown_condition
from inphotos.store.columns import Ids, columns, places_of
from inphotos.store.database import Database
from inphotos.store.details import NO_RATING
from inphotos.store.folders import Directory, Folders
from inphotos.store.text_column import TextColumn

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[Any]

#: Columns of numbers of the photos and of their details, with what stands for "not known".
_PHOTO_NUMBERS: dict[str, float] = dict.fromkeys(
    ("folder_id", "directory_id", "size", "width", "height", "taken_ms", "phash"), 0
)
_DETAILS_NUMBERS: dict[str, float] = {
    "rating": NO_RATING,
    "latitude": math.nan,
    "longitude": math.nan,
}
_PHOTO_TEXTS = ("name_text", "content")
_DETAILS_TEXTS = ("taken_source", "camera", "lens", "city", "region", "country", "keywords")

#: So many changed rows are read one by one, whatever the size of the library.
_FEW = 2_000


class PhotoTable:
    """Reads each column when it is first asked for, and afterwards only what has changed.

    Use one from one thread at a time; others may write into the library meanwhile.

    Attributes:
        version: another one whenever something may have changed.
        ids: of all photos, also those that are gone, ascending. The columns are in their order.
        shown: which of them can be shown.
    """

    def __init__(self, database: Database, folders: Folders) -> None:
        self._database = database
        self._folders = folders
        self._position = -1
        self._numbers: dict[str, Numbers] = {}
        self._texts: dict[str, TextColumn] = {}
        self._directories: dict[int, Directory] | None = None
        self._places: dict[str, TextColumn] = {}
        self._place_names: TextColumn | None = None
        self.version = 0
        self.ids: Ids = np.zeros(0, np.int64)
        self.shown: Mask = np.zeros(0, np.bool_)

    def refresh(self) -> None:
        """Take in what has been written since the last time.

        Raises:
            LibraryError: the store cannot be read.
        """
        log, last = self._database.changes, self._position
        self._position = log.position
        if self._position == last:
            return
        self.version += 1
        self._place_names = None
        photos = None if last < 0 else log.since(last, "Photo")
        if photos is None or len(photos) > max(_FEW, len(self.ids) // 4):
            self._reload()
            return
        self._update_photos(photos)
        details = log.since(last, "Details")
        if details is None or len(details) > max(_FEW, len(self.ids) // 4):
            self._forget_details()
        else:
            self._update_details(details)
        self._update_directories(log.since(last, "Directory"))

    def another(self) -> PhotoTable:
        """Return a table of the same photos, for another thread."""
        table = PhotoTable(self._database, self._folders)
        table._position, table.version = self._position, self.version
        table.ids, table.shown = self.ids, self.shown.copy()
        return table

    def number(self, name: str) -> Numbers:
        """Return a column of numbers: a property of the photos or of their details."""
        if name not in self._numbers:
            if name in _PHOTO_NUMBERS:
                entity, null = self._database.schema.photo, _PHOTO_NUMBERS[name]
            else:
                entity, null = self._database.schema.details, _DETAILS_NUMBERS[name]
            with columns(self._database, entity) as rows:
                ids, values = rows.ids(), rows.numbers(name, null)
            at, there = self._rows(ids)
            column = np.full(len(self.ids), null, values.dtype)
            column[at] = values[there]
            self._numbers[name] = column
        return self._numbers[name]

    def text(self, name: str) -> TextColumn:
        """Return a column of texts; a photo of which it is not known has an empty one."""
        if name not in self._texts:
            schema = self._database.schema
            entity = schema.photo if name in _PHOTO_TEXTS else schema.details
            with columns(self._database, entity) as rows:
                ids, texts = rows.ids(), rows.strings(name)
            at, there = self._rows(ids)
            column = TextColumn([""])
            encoded = column.encoded(text.decode("utf-8", "replace") for text in texts)
            column.codes = np.zeros(len(self.ids), np.int32)
            column.codes[at] = encoded[there]
            self._texts[name] = column
        return self._texts[name]

    def directory(self, *, absolute: bool) -> TextColumn:
        """Return the directories that the photos are in, with ``/`` between names.

        Args:
            absolute: as absolute paths; otherwise from the name of the library's folder on.
        """
        key = "absolute" if absolute else "relative"
        if key not in self._places:
            if self._directories is None:
                self._directories = self._folders.directories_by_id()
            roots = {folder.id: folder.path for folder in self._folders.all()}
            used, codes = np.unique(self.number("directory_id"), return_inverse=True)
            column = TextColumn(())
            places = column.encoded(self._place(id_, roots, absolute) for id_ in used.tolist())
            column.codes = places[codes] if len(used) else np.zeros(0, np.int32)
            self._places[key] = column
        return self._places[key]

    def place(self) -> TextColumn:
        """Return the places that the photos were taken in, in one line; empty where not known."""
        if self._place_names is None:
            parts = [self.text(name) for name in ("city", "region", "country")]
            sizes = [len(part.values) for part in parts]
            joint = np.ravel_multi_index([part.codes for part in parts], sizes)
            used, codes = np.unique(joint, return_inverse=True)
            column = TextColumn(())
            names = column.encoded(
                place_name(*(part.values[n] for part, n in zip(parts, each, strict=True)))
                for each in zip(*np.unravel_index(used, sizes), strict=True)
            )
            column.codes = names[codes]
            self._place_names = column
        return self._place_names

    def rows_of(self, ids: Ids) -> npt.NDArray[np.intp]:
        """Return where photos are in the columns, -1 for unknown ones."""
        return places_of(ids, self.ids)

    def _place(self, directory_id: int, roots: Mapping[int, PurePath], absolute: bool) -> str:
        assert self._directories is not None
        directory = self._directories.get(directory_id)
        root = roots.get(directory.folder_id) if directory is not None else None
        if directory is None or root is None:  # written after the directories were read
            return ""
        path = (root if absolute else PurePath(root.name)) / directory.path
        # Bytes that are not text are replaced, as in the names.
        text = path.as_posix().encode("utf-8", "replace").decode("utf-8")
        return "" if text == "." else text

    def _rows(self, ids: Ids) -> tuple[npt.NDArray[np.intp], Mask]:
        """Return where rows that were just read belong, and which of them belong anywhere."""
        at = self.rows_of(ids)
        there = at >= 0
        return at[there], there

    def _reload(self) -> None:
        entity = self._database.schema.photo
        with columns(self._database, entity) as rows:
            self.ids = rows.ids()
        with columns(self._database, entity, shown_condition(entity)) as rows:
            shown = rows.ids()
        self.shown = np.zeros(len(self.ids), np.bool_)
        self.shown[self._rows(shown)[0]] = True
        self._numbers, self._texts = {}, {}
        self._directories, self._places = None, {}

    def _update_photos(self, changed: Iterable[int]) -> None:
        ids = np.array(sorted(changed), np.int64)
        if not len(ids):
            return
        with self._database.errors():
            box = self._database.store.box(self._database.schema.photo)
            found = box.get_many(ids.tolist())
        removed = np.array([row is None for row in found])
        self._drop(ids[removed])
        self._make_room(ids[~removed])
        rows = [row for row in found if row is not None]
        at = self.rows_of(ids[~removed])
        self.shown[at] = [is_shown(row) for row in rows]
        self._write(at, rows, _PHOTO_NUMBERS, _PHOTO_TEXTS)
        self._places = {}

    def _update_details(self, changed: Iterable[int]) -> None:
        ids = np.array(sorted(changed), np.int64)
        if not len(ids) or not (
            self._numbers.keys() & _DETAILS_NUMBERS or self._texts.keys() & set(_DETAILS_TEXTS)
        ):
            return
        with self._database.errors():
            box = self._database.store.box(self._database.schema.details)
            rows = [row for row in box.get_many(ids.tolist()) if row is not None]
        at, there = self._rows(np.array([row.id for row in rows], np.int64))
        known = [row for row, is_there in zip(rows, there, strict=True) if is_there]
        self._write(at, known, _DETAILS_NUMBERS, _DETAILS_TEXTS)

    def _update_directories(self, changed: frozenset[int] | None) -> None:
        if changed is None:
            self._directories = None
        elif self._directories is not None and changed:
            self._directories.update(self._folders.directories_by_id(changed))
        if changed is None or changed:
            self._places = {}

    def _forget_details(self) -> None:
        for name in _DETAILS_NUMBERS:
            self._numbers.pop(name, None)
        for name in _DETAILS_TEXTS:
            self._texts.pop(name, None)

    def _write(
        self,
        at: npt.NDArray[np.intp],
        rows: list[Any],
        numbers: Iterable[str],
        texts: Iterable[str],
    ) -> None:
        for name in numbers:
            if name in self._numbers:
                self._numbers[name][at] = [getattr(row, name) for row in rows]
        for name in texts:
            if name in self._texts:
                column = self._texts[name]
                column.codes[at] = column.encoded(getattr(row, name) for row in rows)

    def _drop(self, ids: Ids) -> None:
        at, _ = self._rows(ids)
        if len(at):
            self.ids, self.shown = np.delete(self.ids, at), np.delete(self.shown, at)
            for name, column in self._numbers.items():
                self._numbers[name] = np.delete(column, at)
            for text in self._texts.values():
                text.codes = np.delete(text.codes, at)

    def _make_room(self, ids: Ids) -> None:
        """Insert rows for the ids that are new, with nothing known of them."""
        new = ids[self.rows_of(ids) < 0]
        at = np.searchsorted(self.ids, new)
        # Also where nothing is new, because columns as they are read cannot be written.
        self.ids, self.shown = np.insert(self.ids, at, new), np.insert(self.shown, at, False)
        for name, column in self._numbers.items():
            null = {**_PHOTO_NUMBERS, **_DETAILS_NUMBERS}[name]
            self._numbers[name] = np.insert(column, at, null)
        for text in self._texts.values():
            text.codes = np.insert(text.codes, at, 0)
