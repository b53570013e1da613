"""Groups of photos that are alike: copies, near-duplicates and bursts.

Copies have the same content. Near-duplicates are one picture that was saved again, resized or
edited a little: their perceptual hashes differ in few bits. Where these are more than very few,
the hash alone is not proof enough, and their embeddings have to say so too. Bursts, see
:mod:`inphotos.search.bursts`, are several pictures of one thing.

Every group has a representative that its members are alike to. None grows from neighbour to
neighbour, but that a burst takes in copies and near-duplicates of its photos.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from inphotos.phash import FLAT, NOT_HASHED
from inphotos.search.bursts import Shots, find_bursts
from inphotos.search.hamming import MOST_BITS
from inphotos.search.near import NearDuplicates
from inphotos.settings import NEAR_DUPLICATE_BITS
from inphotos.store.catalog import Photo
from inphotos.store.columns import Ids, Vectors, places_of
from inphotos.store.index import EmbeddingIndex
from inphotos.store.table import Mask, PhotoTable

Rows = npt.NDArray[np.intp]

#: Working the groups out takes 2 s at 100,000 photos. Where it takes long, they are held for so
#: many times as long, which is a thirtieth of the time at most.
_LONG_SECONDS, _HOLD = 0.2, 30

Kind = Literal["copies", "near", "burst"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class AlikeGroup:
    """Photos that are alike.

    Attributes:
        kind: what they have in common.
        photos: the best one first: the largest in pixels, then in bytes, then the oldest.
    """

    kind: Kind
    photos: tuple[Photo, ...]


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
        rows = places_of(ids, self.ids)
        alone = len(self.ids) + np.arange(len(ids))
        return np.where(rows < 0, alone, self.codes[rows]) if len(self.ids) else alone

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


class AlikePhotos:
    """Finds the groups, and keeps them until photos change. Use one from one thread at a time.

    Photos that come in are compared with those that were there before; so a group that grew may
    differ a little from what it would be if all its photos had come at once. Anything else that
    changes makes all groups anew.
    """

    def __init__(self, table: PhotoTable, bits: int = NEAR_DUPLICATE_BITS) -> None:
        self._table = table
        self._bits = 0
        self.bits = bits
        self._index: EmbeddingIndex | None = None
        self._same_kind = 1.0
        self._version = -1
        self._groups: Groups | None = None
        self._near: NearDuplicates | None = None
        self._position = 0
        self._hold_until = 0.0

    @property
    def bits(self) -> int:
        """In how many bits of 64 the hashes of near-duplicates may differ."""
        return self._bits

    @bits.setter
    def bits(self, bits: int) -> None:
        bits = min(max(0, bits), MOST_BITS)
        if bits != self._bits:
            self._bits, self._near, self._groups = bits, None, None

    @property
    def basis(self) -> tuple[object, ...]:
        """What the groups depend on beside the photos."""
        return self._bits, self._index, self._same_kind

    def compare_with(self, index: EmbeddingIndex | None, same_kind: float) -> None:
        """Use the embeddings of a model from now on, or none.

        Args:
            index: the embeddings.
            same_kind: from that cosine similarity on, two photos are of the same kind.
        """
        self._index, self._same_kind = index, same_kind
        self._near = self._groups = None

    def groups(self) -> Groups:
        """Return the groups of the photos as the table has them.

        Raises:
            LibraryError: the store cannot be read.
        """
        if self._groups is None or self._version != self._table.version:
            started = time.monotonic()
            self._version = self._table.version
            self._groups = self._found()
            ended = time.monotonic()
            took = ended - started
            self._hold_until = ended + (_HOLD * took if took > _LONG_SECONDS else 0.0)
        return self._groups

    def recent_groups(self) -> Groups:
        """Return the groups as they are, or as they were a while ago where that takes long.

        While photos come into a large library, an answer is not to wait for them. What came later
        is in no group.

        Raises:
            LibraryError: the store cannot be read.
        """
        if self._groups is not None and time.monotonic() < self._hold_until:
            return self._groups
        return self.groups()

    def best_first(self, rows: Rows) -> Rows:
        """Put photos in order: the largest in pixels first, then in bytes, then the oldest."""
        table = self._table
        pixels = table.number("width")[rows].astype(np.int64) * table.number("height")[rows]
        keys = (table.number("taken_ms")[rows], -table.number("size")[rows], -pixels)
        return rows[np.lexsort(keys)]

    def in_groups(self) -> tuple[Rows, Rows, Sequence[str]]:
        """Return the photos that are alike to another one, group by group, the best first in each.

        Returns:
            Their places: copies, then near-duplicates, then bursts; of each kind the group with
            the newest best photo first. For each the number of its group, which grows. And for
            each group a key such as ``copies 3 17``: the kind, how many photos there are, and the
            id of the best.
        """
        groups = self.groups()
        rows = self.best_first(np.flatnonzero(groups.sizes > 1))
        rows = rows[np.argsort(groups.codes[rows], kind="stable")]
        if not len(rows):
            return rows, rows, ()
        firsts = np.flatnonzero(np.diff(groups.codes[rows], prepend=-1))
        kinds = np.full(len(firsts), KINDS.index("burst"))
        for kind, codes in (("near", groups.near[rows]), ("copies", groups.contents[rows])):
            one = np.minimum.reduceat(codes, firsts) == np.maximum.reduceat(codes, firsts)
            kinds[one] = KINDS.index(kind)
        best = rows[firsts]
        places = np.lexsort((best, -self._table.number("taken_ms")[best], kinds))
        sizes = np.diff(firsts, append=len(rows))
        keys = [
            f"{KINDS[kinds[place]]} {sizes[place]} {self._table.ids[best[place]]}"
            for place in places.tolist()
        ]
        rank = np.empty(len(places), np.int64)
        rank[places] = np.arange(len(places))
        codes = np.repeat(rank, sizes)
        at = np.argsort(codes, kind="stable")
        return rows[at], codes[at], keys

    def _found(self) -> Groups:
        table = self._table
        shown = table.shown.copy()
        contents = self._contents(shown)
        near = self._near_duplicates(contents, shown)
        bursts = find_bursts(self._shots(near, shown), len(near), self._read, self._same_kind)
        return Groups(table.ids, bursts[near], near, contents, shown)

    def _contents(self, shown: Mask) -> Rows:
        """Return for each photo the first one that can be shown and has the same content."""
        column = self._table.text("content")
        rows = np.flatnonzero(shown & (column.codes != column.place_of("")))
        found = np.arange(len(shown))
        codes, firsts, at = np.unique(column.codes[rows], return_index=True, return_inverse=True)
        if len(codes):
            found[rows] = rows[firsts][at]
        return found

    def _near_duplicates(self, contents: Rows, shown: Mask) -> Rows:
        """Return for each photo one that stands for its copies and near-duplicates."""
        ids, hashes = self._table.ids, self._table.number("phash").view(np.uint64)
        is_hashed = (hashes != NOT_HASHED) & (hashes != FLAT)
        firsts = np.flatnonzero(shown & is_hashed & (contents == np.arange(len(contents))))
        firsts = self.best_first(firsts)
        width, height = self._table.number("width")[firsts], self._table.number("height")[firsts]
        aspects = np.log(np.maximum(width, 1) / np.maximum(height, 1))
        near = self._usable_groups().group(ids[firsts], hashes[firsts], aspects)
        found = np.arange(len(contents))
        found[firsts] = np.searchsorted(ids, near)
        return found[contents]

    def _usable_groups(self) -> NearDuplicates:
        """Return the groups of the last time, or new ones where they no longer hold."""
        index, since = self._index, self._position
        if index is not None:
            self._position = index.position
            changed = index.changed_since(since)
            if self._near is not None and (
                changed is None or self._near.has_any(np.array(sorted(changed), np.int64))
            ):
                self._near = None
        if self._near is None:
            # A copy is far more like its original than another photo of the same kind is. Halfway
            # to 1, 95 % of the photos pass that were cut by 4 % at two sides (demo model; with
            # MobileNetV2 all), and no two different photos of ``coco``.
            self._near = NearDuplicates(self.bits, self._read, (1 + self._same_kind) / 2)
        return self._near

    def _shots(self, near: Rows, shown: Mask) -> Shots:
        """Return the photos whose camera and time are known."""
        table = self._table
        camera, source = table.text("camera"), table.text("taken_source")
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
