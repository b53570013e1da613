"""Works out which photos are alike, from the columns of a table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from inphotos.phash import FLAT, NOT_HASHED
from inphotos.search.bursts import Shots, find_bursts
from inphotos.search.hamming import Check
from inphotos.search.near import NearDuplicates
from inphotos.store.columns import Ids, Vectors, places_of
from inphotos.store.index import EmbeddingIndex
from inphotos.store.table import Mask, PhotoTable

Rows = npt.NDArray[np.intp]

#: Another one whenever hashes or groups come about in another way.
_METHOD = 1

Kind = Literal["copies", "near", "burst"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class Groups:
    """The groups as they were at one moment.

    Attributes:
        ids: of all photos of the library, ascending.
        codes: for each photo the place, in ``ids``, of one that stands for its group.
        near: likewise of its group of copies and near-duplicates, without bursts.
        contents: likewise of its copies.
        shown: which photos can be shown; the others are in no group.
    """

    ids: Ids
    codes: Rows
    near: Rows
    contents: Rows
    shown: Mask

    def codes_of(self, ids: Ids) -> Rows:
        """Return the codes of photos; of one that came later, a code that no other has."""
        return self._of(self.codes, ids)

    def of(self, ids: Ids) -> Groups:
        """Return the groups of these photos only; those that came later are alone.

        Args:
            ids: ascending.
        """
        if np.array_equal(ids, self.ids):
            return self
        codes, near, contents = (
            _firsts(self._of(column, ids)) for column in (self.codes, self.near, self.contents)
        )
        at = places_of(ids, self.ids)
        shown = np.where(at < 0, True, self.shown[at]) if len(self.ids) else at < 0
        return Groups(ids, codes, near, contents, shown)

    def with_all_of(self, ids: Ids) -> Ids:
        """Return the ids of all photos that are in a group with one of these."""
        rows = places_of(ids, self.ids)
        grouped = np.isin(self.codes, self.codes[rows[rows >= 0]])
        return np.union1d(self.ids[grouped], ids)

    @cached_property
    def duplicates(self) -> Mask:
        """Which photos have a copy or a near-duplicate."""
        often = np.bincount(self.near, minlength=len(self.ids)) > 1
        return np.asarray(often[self.near] & self.shown)

    @cached_property
    def sizes(self) -> npt.NDArray[np.intp]:
        """How many photos there are in the group of each."""
        return np.bincount(self.codes, minlength=len(self.ids))[self.codes]

    def count(self) -> tuple[int, int]:
        """Return how many groups of several photos there are, and how many photos in them."""
        grouped = self.sizes > 1
        return len(np.unique(self.codes[grouped])), int(np.count_nonzero(grouped))

    def kind(self, rows: Rows) -> Kind:
        """Return what the photos of a group have in common.

        Args:
            rows: the places of all photos of the group.
        """
        if (self.contents[rows] == self.contents[rows[0]]).all():
            return "copies"
        return "near" if (self.near[rows] == self.near[rows[0]]).all() else "burst"

    def _of(self, column: Rows, ids: Ids) -> Rows:
        """Return one of the columns of photos; for one that came later, what no other has."""
        rows = places_of(ids, self.ids)
        alone = len(self.ids) + np.arange(len(ids))
        return np.where(rows < 0, alone, column[rows]) if len(self.ids) else alone


def _firsts(codes: Rows) -> Rows:
    """Return for each code the place where it comes first."""
    _, firsts, at = np.unique(codes, return_index=True, return_inverse=True)
    return np.asarray(firsts[at], np.intp)


_NO_ROWS: Rows = np.zeros(0, np.intp)

NO_GROUPS = Groups(np.zeros(0, np.int64), _NO_ROWS, _NO_ROWS, _NO_ROWS, np.zeros(0, np.bool_))
"""Each photo is alone."""


def best_first(table: PhotoTable, rows: Rows) -> Rows:
    """Put photos in order: the largest in pixels first, then in bytes, then the oldest."""
    pixels = table.number("width")[rows].astype(np.int64) * table.number("height")[rows]
    keys = (table.number("taken_ms")[rows], -table.number("size")[rows], -pixels)
    return rows[np.lexsort(keys)]


class Gatherer:
    """Makes groups, going on with those of the last time. Use one from one thread at a time.

    Photos that come in are compared with those that were there before; so a group that grew may
    differ a little from what it would be if all its photos had come at once. When one goes that
    stands for others, or embeddings change, all groups are made anew.

    Attributes:
        table: the photos.
    """

    def __init__(
        self,
        table: PhotoTable,
        bits: int,
        index: EmbeddingIndex | None,
        same_kind: float,
        *,
        keep: bool = False,
    ) -> None:
        """Begin without groups.

        Args:
            table: the photos.
            bits: in how many bits of 64 the hashes of near-duplicates may differ.
            index: gives embeddings; None where there are none.
            same_kind: from that cosine similarity on, two photos are of the same kind.
            keep: keep the near-duplicates beside the store, and begin with those that were.
        """
        self.table = table
        self._bits = bits
        self._index = index
        self._same_kind = same_kind
        self._near: NearDuplicates | None = None
        self._position = self._kept_position = 0
        # A copy is far more like its original than another photo of the same kind is. Halfway to
        # 1, 95 % of the photos pass that were cut by 4 % at two sides (demo model; with
        # MobileNetV2 all), and no two different photos of ``coco``.
        self._least_cosine = (1 + same_kind) / 2
        self._files = index if keep else None

    def groups(self, check: Check = lambda: None) -> Groups:
        """Return the groups of the photos as the table has them.

        Args:
            check: what it raises is passed on; then nothing is left of the groups.

        Raises:
            LibraryError: the store cannot be read.
        """
        table = self.table
        shown = table.shown.copy()
        contents = self._contents(shown)
        check()
        near = self._near_duplicates(contents, shown, check)
        shots = self._shots(near, shown, check)
        bursts = find_bursts(shots, len(near), self._read, self._same_kind, check)
        return Groups(table.ids, bursts[near], near, contents, shown)

    def _contents(self, shown: Mask) -> Rows:
        """Return for each photo the first one that can be shown and has the same content."""
        column = self.table.text("content")
        rows = np.flatnonzero(shown & (column.codes != column.place_of("")))
        found = np.arange(len(shown))
        codes, firsts, at = np.unique(column.codes[rows], return_index=True, return_inverse=True)
        if len(codes):
            found[rows] = rows[firsts][at]
        return found

    def _near_duplicates(self, contents: Rows, shown: Mask, check: Check) -> Rows:
        """Return for each photo one that stands for its copies and near-duplicates."""
        ids, hashes = self.table.ids, self.table.number("phash").view(np.uint64)
        is_hashed = (hashes != NOT_HASHED) & (hashes != FLAT)
        firsts = np.flatnonzero(shown & is_hashed & (contents == np.arange(len(contents))))
        firsts = best_first(self.table, firsts)
        check()
        width, height = self.table.number("width")[firsts], self.table.number("height")[firsts]
        aspects = np.log(np.maximum(width, 1) / np.maximum(height, 1))
        groups, self._near = self._usable_groups(), None  # for when it does not come to its end
        near, is_new = groups.group(ids[firsts], hashes[firsts], aspects, check)
        self._near = groups
        if is_new and self._files is not None:
            check()
            self._files.keep_groups(self._basis, groups.kept, self._kept_position)
        found = np.arange(len(contents))
        found[firsts] = np.searchsorted(ids, near)
        return found[contents]

    def _usable_groups(self) -> NearDuplicates:
        """Return the groups of the last time, or new ones where they no longer hold."""
        index, since = self._index, self._position
        if index is not None:
            self._kept_position = index.kept_position
            self._position = index.position
            changed = index.changed_since(since)
            if self._near is not None and (
                changed is None or self._near.has_any(np.array(sorted(changed), np.int64))
            ):
                self._near = None
        if self._near is None:
            kept = None if self._files is None else self._files.kept_groups(self._basis)
            self._near = NearDuplicates(self._bits, self._read, self._least_cosine, kept)
        return self._near

    @property
    def _basis(self) -> tuple[float, ...]:
        """What the groups depend on beside photos and embeddings."""
        return _METHOD, self._bits, self._least_cosine

    def _shots(self, near: Rows, shown: Mask, check: Check) -> Shots:
        """Return the photos whose camera and time are known."""
        table = self.table
        camera = table.text("camera")
        check()
        source = table.text("taken_source")
        check()
        known = shown & (table.number("width") > 0)
        known &= (camera.codes != camera.place_of("")) & (source.codes != source.place_of(""))
        rows = np.flatnonzero(known)
        directories = table.number("directory_id")[rows].astype(np.int64)
        series = directories * len(camera.values) + camera.codes[rows]
        return Shots(
            table.ids[rows],
            near[rows],
            series,
            table.number("taken_ms")[rows],
            table.number("phash")[rows].view(np.uint64),
        )

    def _read(self, ids: Ids) -> tuple[Ids, Vectors]:
        if self._index is None:
            return np.zeros(0, np.int64), np.zeros((0, 1), np.float32)
        return self._index.read(ids.tolist())
