"""Rounds all embeddings of an index in a thread of its own, while the index's graph answers."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import numpy as np

from inphotos.errors import LibraryError
from inphotos.store.columns import Ids
from inphotos.store.index import EmbeddingIndex
from inphotos.store.rounding import Codes, Rounding
from inphotos.store.thread_job import ThreadJob

#: So many vectors show how far all of them reach.
_SAMPLE = 2_000

#: Vectors read at a time: what closing the library waits for, a few hundredths of a second.
_CHUNK = 2_048

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rounded:
    """All embeddings as they were at one moment.

    Attributes:
        position: that moment, see :meth:`EmbeddingIndex.changed_since`.
        ids: of the photos that have an embedding, ascending.
        rounding: how their vectors were rounded.
        codes: the rounded vectors, with room for more below them.
    """

    position: int
    ids: Ids
    rounding: Rounding
    codes: Codes


class Rounder(ThreadJob):
    """Reads and rounds embeddings once; the result is for the thread that asked for it."""

    def __init__(self, index: EmbeddingIndex) -> None:
        """Begin."""
        self._index = index
        self._result: Rounded | None = None
        super().__init__("rounding")

    @property
    def result(self) -> Rounded | None:
        """What came out; None while it goes on, and where there is nothing or it failed."""
        return self._result if self.is_finished else None

    def _run(self) -> None:
        try:
            self._result = self._rounded()
        except LibraryError as error:
            # The graph goes on to answer; whoever looks at the photos themselves is told.
            _log.warning("the embeddings could not be rounded: %s", error)

    def _rounded(self) -> Rounded | None:
        position, wanted = self._index.position, self._index.all_ids()
        at = np.linspace(0, len(wanted) - 1, min(len(wanted), _SAMPLE)).astype(np.intp)
        _, sample = self._index.read(wanted[at].tolist())
        if not len(sample):
            return None
        rounding = Rounding.fitted(sample, len(wanted))
        codes = np.empty((len(wanted) + len(wanted) // 8, sample.shape[1]), np.int8)
        ids, count = np.empty(len(wanted), np.int64), 0
        for start in range(0, len(wanted), _CHUNK):
            if self._stopped.is_set():
                return None
            # Fewer than wanted where some have been removed meanwhile.
            found, vectors = self._index.read(wanted[start : start + _CHUNK].tolist())
            there = slice(count, count + len(found))
            ids[there], codes[there] = found, rounding.codes(vectors)
            count = there.stop
        self._index.keep_rounded(ids[:count], rounding, codes)
        return Rounded(position, ids[:count], rounding, codes)
