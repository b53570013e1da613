"""The embeddings of one model as a matrix in memory, for exact search."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from inphotos.store.columns import Ids, Vectors, places_of
from inphotos.store.index import EmbeddingIndex


class VectorTable:
    """Reads the embeddings when they are first asked for, and afterwards only what has changed.

    It takes 4 bytes for each number: 205 MB for 100,000 photos of 512. Half-precision numbers
    would halve that, but NumPy takes more than ten times as long to multiply them.

    Use one from one thread at a time; others may write into the library meanwhile.

    Attributes:
        version: another one whenever something has changed.
        ids: of the photos that have an embedding, in the order of the matrix.
    """

    def __init__(self, index: EmbeddingIndex) -> None:
        self._index = index
        self._position = -1
        self._sorter: npt.NDArray[np.intp] | None = None
        self._buffer: Vectors | None = None  # may have room for more below the matrix
        self.version = 0
        self.ids: Ids = np.zeros(0, np.int64)

    def refresh(self) -> None:
        """Take in what has been written since the last time.

        Raises:
            LibraryError: the store cannot be read.
        """
        last, self._position = self._position, self._index.position
        if self._position == last:
            return
        changed = None if last < 0 else self._index.changed_since(last)
        if changed is None:
            self.ids, self._buffer = self._index.all_ids(), None
        elif changed:
            found, vectors = self._index.read(sorted(changed))
            self._drop(np.setdiff1d(np.array(sorted(changed), np.int64), found))
            self._put(found, vectors)
        else:
            return
        self.version += 1
        self._sorter = None

    @property
    def matrix(self) -> Vectors:
        """The embeddings, float32 of shape (n, dimension), each of length 1.

        Raises:
            LibraryError: the store cannot be read.
        """
        if self._buffer is None:
            self._position = self._index.position
            self.ids, self._buffer = self._index.read()
            self.version += 1
            self._sorter = None
        return self._buffer[: len(self.ids)]

    def rows_of(self, ids: Ids) -> npt.NDArray[np.intp]:
        """Return where photos are in the matrix, -1 for those without an embedding."""
        if self._sorter is None:
            self._sorter = np.argsort(self.ids, kind="stable")
        return places_of(ids, self.ids, self._sorter)

    def _drop(self, ids: Ids) -> None:
        kept = ~np.isin(self.ids, ids)
        if kept.all():
            return
        if self._buffer is not None:
            self._buffer = self._buffer[: len(self.ids)][kept]
        self.ids = self.ids[kept]
        self._sorter = None

    def _put(self, ids: Ids, vectors: Vectors) -> None:
        at = self.rows_of(ids)
        new = at < 0
        count = len(self.ids) + int(new.sum())
        if self._buffer is not None:
            self._buffer[at[~new]] = vectors[~new]
            if count > len(self._buffer):
                larger = np.empty((count + count // 8, vectors.shape[1]), np.float32)
                larger[: len(self.ids)] = self._buffer[: len(self.ids)]
                self._buffer = larger
            self._buffer[len(self.ids) : count] = vectors[new]
        self.ids = np.concatenate([self.ids, ids[new]])
