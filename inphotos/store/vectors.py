"""The embeddings of one model in memory, for whoever looks at many of them at once."""

from __future__ import annotations

import logging
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from inphotos.errors import LibraryError
from inphotos.store.columns import Ids, Vectors, places_of
from inphotos.store.index import EmbeddingIndex
from inphotos.store.rounder import Rounder
from inphotos.store.rounding import LEADING, Codes, Rounding

Numbers = TypeVar("Numbers", Vectors, Codes)

_log = logging.getLogger(__name__)


class VectorTable:
    """Reads the embeddings when they are first asked for, and afterwards only what has changed.

    There are two forms of them, and each takes memory only once it has been asked for: as they are
    (4 bytes for each number, 205 MB for 100,000 photos of 512), and rounded (a quarter of that).

    Use one from one thread at a time; others may write into the library meanwhile.

    Attributes:
        version: another one whenever something has changed.
        ids: of the photos that have an embedding, in the order of the matrix.
    """

    def __init__(self, index: EmbeddingIndex) -> None:
        self._index = index
        self._position = -1
        self._sorter: npt.NDArray[np.intp] | None = None
        # These may have room for more below what is in them.
        self._buffer: Vectors | None = None
        self._codes: Codes | None = None
        self._lead: Codes | None = None
        self._rounding: Rounding | None = None
        self._rounder: Rounder | None = None
        self.version = 0
        self.ids: Ids = np.zeros(0, np.int64)

    def refresh(self) -> None:
        """Take in what has been written since the last time.

        Raises:
            LibraryError: the store cannot be read.
        """
        self._take_rounded()
        last, self._position = self._position, self._index.position
        if self._position == last:
            return
        changed = None if last < 0 else self._index.changed_since(last)
        if changed is None:
            self._start_again(self._index.all_ids())
        elif changed:
            found, vectors = self._index.read(sorted(changed))
            self._drop(np.setdiff1d(np.array(sorted(changed), np.int64), found))
            self._put(found, vectors)
            self._changed()

    @property
    def matrix(self) -> Vectors:
        """The embeddings, float32 of shape (n, dimension), each of length 1.

        Raises:
            LibraryError: the store cannot be read.
        """
        if self._buffer is None:
            self._position = self._index.position
            ids, self._buffer = self._index.read()
            if not np.array_equal(ids, self.ids):
                self.ids, self._codes, self._lead = ids, None, None
            self._changed()
        return self._buffer[: len(self.ids)]

    @property
    def rounded(self) -> tuple[Rounding, Codes] | None:
        """The rounded embeddings, in the order of the ids; None until :meth:`round` is finished."""
        if self._codes is None or self._rounding is None:
            return None
        return self._rounding, self._codes[: len(self.ids)]

    @property
    def lead(self) -> Codes | None:
        """The first numbers of the rounded embeddings; None where they say too little."""
        if self._lead is None and self._codes is not None and self._rounding is not None:
            if self._rounding.turn is None:
                return None
            self._lead = np.ascontiguousarray(self._codes[:, :LEADING])
        return None if self._lead is None else self._lead[: len(self.ids)]

    def round(self) -> None:
        """Take the rounded embeddings that are kept, or begin to make them in another thread.

        They are made anew when there are twice as many as when it was begun, because they may reach
        farther now. :meth:`refresh` takes in what comes out.
        """
        if self._rounder is not None or not len(self.ids):
            return
        if self._codes is None:
            kept = self._index.kept_rounded(self.ids)
            if kept is not None:
                self._rounding, self._codes = kept
                self.version += 1
        if self._codes is None or len(self.ids) > 2 * self._fitted_to:
            self._rounder = Rounder(self._index)

    def wait(self) -> None:
        """Wait until the embeddings are rounded, if that was begun; :meth:`refresh` follows."""
        if self._rounder is not None:
            self._rounder.wait()

    def close(self) -> None:
        """Stop what is read in another thread, and keep what is rounded for the next time.

        Belongs before the library is closed; nobody may be writing into it any more.
        """
        if self._rounder is not None:
            self._rounder.stop()
        if self._codes is None:
            return
        try:
            self.refresh()
        except LibraryError as error:
            _log.info("the rounded vectors are not kept: %s", error)
            return
        if self._codes is not None and self._rounding is not None:
            in_order = np.argsort(self.ids, kind="stable")
            codes = self._codes[: len(self.ids)]
            if (np.diff(in_order) < 0).any():
                codes = codes[in_order]
            self._index.keep_rounded(self.ids[in_order], self._rounding, codes, is_last=True)

    def rows_of(self, ids: Ids) -> npt.NDArray[np.intp]:
        """Return where photos are in the matrix, -1 for those without an embedding."""
        if self._sorter is None:
            self._sorter = np.argsort(self.ids, kind="stable")
        return places_of(ids, self.ids, self._sorter)

    @property
    def _fitted_to(self) -> int:
        return 0 if self._rounding is None else self._rounding.fitted_to

    def _take_rounded(self) -> None:
        """Go back to the moment at which rounding was begun: what came later is taken in again."""
        rounder = self._rounder
        if rounder is None or not rounder.is_finished:
            return
        self._rounder, result = None, rounder.result
        if result is not None:
            self._start_again(result.ids)
            self._position = result.position
            self._rounding, self._codes = result.rounding, result.codes

    def _start_again(self, ids: Ids) -> None:
        self.ids, self._buffer, self._codes, self._lead = ids, None, None, None
        self._changed()

    def _changed(self) -> None:
        self.version += 1
        self._sorter = None

    def _drop(self, ids: Ids) -> None:
        kept = ~np.isin(self.ids, ids)
        if kept.all():
            return
        if self._buffer is not None:
            self._buffer = self._buffer[: len(self.ids)][kept]
        if self._codes is not None:
            self._codes = self._codes[: len(self.ids)][kept]
        if self._lead is not None:
            self._lead = self._lead[: len(self.ids)][kept]
        self.ids = self.ids[kept]
        self._sorter = None

    def _put(self, ids: Ids, vectors: Vectors) -> None:
        at = self.rows_of(ids)
        new = at < 0
        if self._buffer is not None:
            self._buffer = _written(self._buffer, len(self.ids), at, vectors)
        if self._codes is not None and self._rounding is not None:
            codes = self._rounding.codes(vectors)
            self._codes = _written(self._codes, len(self.ids), at, codes)
            if self._lead is not None:
                self._lead = _written(self._lead, len(self.ids), at, codes[:, :LEADING])
        self.ids = np.concatenate([self.ids, ids[new]])


def _written(buffer: Numbers, used: int, at: npt.NDArray[np.intp], rows: Numbers) -> Numbers:
    """Write rows where they are, or below the used ones where that is -1; return the buffer."""
    new = at < 0
    buffer[at[~new]] = rows[~new]
    count = used + int(new.sum())
    if count > len(buffer):
        larger = np.empty((count + count // 8, buffer.shape[1]), buffer.dtype)
        larger[:used] = buffer[:used]
        buffer = larger
    buffer[used:count] = rows[new]
    return buffer
