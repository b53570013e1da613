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

import numpy as np

from inphotos.search.gathering import KINDS, NO_GROUPS, Gatherer, Groups, Kind, Rows, best_first
from inphotos.search.gathering_job import GatheringJob
from inphotos.search.hamming import MOST_BITS
from inphotos.settings import NEAR_DUPLICATE_BITS
from inphotos.store.catalog import Photo
from inphotos.store.index import EmbeddingIndex
from inphotos.store.table import PhotoTable

#: The groups of so many photos are worked out at once, which takes 0.2 s; those of more in a thread
#: of its own.
AT_ONCE = 20_000

#: Where working the groups out takes long, they are held for so many times as long, which makes a
#: thirtieth of the time at most.
_LONG_SECONDS, _HOLD = 0.2, 30


@dataclass(frozen=True, slots=True)
class AlikeGroup:
    """Photos that are alike.

    Attributes:
        kind: what they have in common.
        photos: the best one first: the largest in pixels, then in bytes, then the oldest.
    """

    kind: Kind
    photos: tuple[Photo, ...]


class AlikePhotos:
    """Finds the groups, and keeps them until photos change. Use one from one thread at a time.

    In a large library that takes long. There, whoever asks for the groups waits; whoever only folds
    an answer gets them as far as they are known, and begins what finds the others.
    """

    def __init__(self, table: PhotoTable, bits: int = NEAR_DUPLICATE_BITS) -> None:
        self._table = table
        self._bits = 0
        self._index: EmbeddingIndex | None = None
        self._same_kind = 1.0
        self._version = -1
        self._groups: Groups | None = None
        self._gatherer: Gatherer | None = None
        self._job: GatheringJob | None = None
        self._hold_until = 0.0
        self.bits = bits

    @property
    def bits(self) -> int:
        """In how many bits of 64 the hashes of near-duplicates may differ."""
        return self._bits

    @bits.setter
    def bits(self, bits: int) -> None:
        bits = min(max(0, bits), MOST_BITS)
        if bits != self._bits:
            self._bits = bits
            self._forget()

    @property
    def basis(self) -> tuple[object, ...]:
        """What the groups depend on beside the photos."""
        return self._bits, self._index, self._same_kind

    @property
    def is_known(self) -> bool:
        """Whether :meth:`recent_groups` are those of all photos that the table has."""
        self._take()
        return self._groups is not None and self._version == self._table.version

    def compare_with(self, index: EmbeddingIndex | None, same_kind: float) -> None:
        """Use the embeddings of a model from now on, or none.

        Args:
            index: the embeddings.
            same_kind: from that cosine similarity on, two photos are of the same kind.
        """
        self._index, self._same_kind = index, same_kind
        self._forget()

    def groups(self) -> Groups:
        """Return the groups of the photos as the table has them.

        Raises:
            LibraryError: the store cannot be read.
        """
        while self._groups is None or self._version != self._table.version:
            self._begin()
            if self._job is not None:
                self._job.wait()
                self._take()
        return self._groups.of(self._table.ids)

    def recent_groups(self) -> Groups:
        """Return the groups as they are, or as far as they are known where that takes long.

        What came later is in no group.

        Raises:
            LibraryError: the store cannot be read.
        """
        if not self.is_known and time.monotonic() >= self._hold_until:
            self._begin()
        return NO_GROUPS if self._groups is None else self._groups

    def close(self) -> None:
        """Read nothing any more; belongs before the library is closed."""
        self._forget()

    def best_first(self, rows: Rows) -> Rows:
        """Put photos in order: the largest in pixels first, then in bytes, then the oldest."""
        return best_first(self._table, rows)

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

    def _begin(self) -> None:
        """Work the groups out, or begin to."""
        if self._job is not None:
            return
        version = self._table.version
        if len(self._table.ids) > AT_ONCE:
            if self._gatherer is None or self._gatherer.table is self._table:
                self._gatherer = self._new_gatherer(self._table.another(), keep=True)
            self._job = GatheringJob(self._gatherer, version)
            return
        if self._gatherer is None or self._gatherer.table is not self._table:
            self._gatherer = self._new_gatherer(self._table, keep=False)
        started = time.monotonic()
        self._keep(self._gatherer.groups(), version, time.monotonic() - started)

    def _new_gatherer(self, table: PhotoTable, *, keep: bool) -> Gatherer:
        return Gatherer(table, self._bits, self._index, self._same_kind, keep=keep)

    def _take(self) -> None:
        """Take what a job has found, once it is finished."""
        job = self._job
        if job is not None and job.is_finished:
            self._job = None
            self._keep(job.result(), job.version, job.seconds)

    def _keep(self, groups: Groups, version: int, seconds: float) -> None:
        self._groups, self._version = groups, version
        hold = _HOLD * seconds if seconds > _LONG_SECONDS else 0.0
        self._hold_until = time.monotonic() + hold

    def _forget(self) -> None:
        if self._job is not None:
            self._job.stop()
        self._gatherer = self._job = self._groups = None
        self._hold_until = 0.0
