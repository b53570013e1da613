"""Keeps what was found out about photos that are alike, so that it need not be found anew.

Below the library's directory::

    alike/<index>.npz      groups of near-duplicates, compared by the embeddings of an index
    alike/<index>.written  the ids whose embeddings have been written, one after the other

The second file is written ahead of the store, in whatever process. So the first one can say up to
which place in it it holds, and be of use as long as only photos that it does not know come after.
"""

from __future__ import annotations

import io
import logging
import os
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from inphotos.owner_only import open_for_owner
from inphotos.settings import write_atomically

_log = logging.getLogger(__name__)

#: Stands for the ids of all photos.
_ALL = -1

#: Of more ids than these the file is begun anew with the next process: 32 MB.
_MOST_IDS = 4_000_000


@dataclass(frozen=True, slots=True)
class KeptGroups:
    """Groups of near-duplicates among n photos.

    Attributes:
        ids: of the photos, in the order in which they were compared.
        hashes: their perceptual hashes.
        aspects: the logarithms of their aspect ratios.
        representatives: for each photo the place of the one that it is alike to; its own where
            there is none.
    """

    ids: npt.NDArray[np.int64]
    hashes: npt.NDArray[np.uint64]
    aspects: npt.NDArray[np.float64]
    representatives: npt.NDArray[np.intp]

    @property
    def is_sound(self) -> bool:
        """Whether the columns fit together."""
        count, firsts = len(self.ids), self.representatives
        columns = (self.ids, self.hashes, self.aspects, firsts)
        types = (np.int64, np.uint64, np.float64, np.intp)
        return (
            all(c.shape == (count,) and c.dtype == t for c, t in zip(columns, types, strict=True))
            and bool(((firsts >= 0) & (firsts <= np.arange(count))).all())
            and bool((firsts[firsts] == firsts).all())
        )


class AlikeFiles:
    """The files of one library; safe to share between threads."""

    def __init__(self, library: Path, *, read_only: bool = False) -> None:
        """Take the library's directory; read-only, nothing is kept."""
        self._read_only = read_only
        self._directory = library / "alike"
        self._lock = threading.Lock()
        self._committed: dict[str, int] = {}
        self._lost: set[str] = set()

    def note(self, index: str, ids: Iterable[int] | None) -> None:
        """Note, ahead of the commit, that embeddings of an index are written.

        Args:
            index: name of its entity.
            ids: of the photos; None for any of them.

        Raises:
            OSError: that cannot be noted, and nothing may be committed.
        """
        rows = np.array([_ALL] if ids is None else sorted(ids), np.int64)
        with self._lock:
            try:
                self._directory.mkdir(mode=0o700, exist_ok=True)
                self._begin(index)
                with open_for_owner(self._written(index), append=True) as file:
                    file.write(rows.tobytes())
                    file.flush()
                    # After a power cut, what is committed must not be missing here: groups of what
                    # the photos were before would be taken for good.
                    os.fsync(file.fileno())
            except OSError as error:
                _log.info("what is written cannot be noted: %s", error)
                self._lost.add(index)
                # Where a part of it was written, the ids after that would not be read as such.
                for spoiled in (self._groups(index), self._written(index)):
                    spoiled.unlink(missing_ok=True)

    def commit(self) -> None:
        """Note that what was noted is in the store, or not to be written any more."""
        with self._lock:
            self._committed = {index: self._length(index) for index in self._committed}

    def position(self, index: str) -> int:
        """Stands for this moment: what was committed before is older."""
        with self._lock:
            self._begin(index)
            return self._committed[index]

    def load(self, index: str, basis: tuple[float, ...]) -> KeptGroups | None:
        """Return the groups that are kept.

        Args:
            index: name of its entity.
            basis: numbers that they depend on.

        Returns:
            None where there are none, or they are damaged, depend on other numbers, or were
            compared by embeddings that have changed.
        """
        try:
            data = self._groups(index).read_bytes()
            with np.load(io.BytesIO(data), allow_pickle=False) as file:
                kept = KeptGroups(
                    *(file[name] for name in ("ids", "hashes", "aspects", "representatives"))
                )
                position, of = int(file["position"]), tuple(file["basis"].tolist())
            with self._lock:
                length = self._length(index)
                written = np.fromfile(self._written(index), np.int64) if length else kept.ids[:0]
        except FileNotFoundError:
            return None
        # NumPy and zipfile raise much on damaged files, and they are made anew.
        except Exception as error:
            _log.info("the groups of %s are damaged", index, exc_info=error)
            return None
        later = written[position:]
        if of != basis or position > length or _ALL in later or not kept.is_sound:
            return None
        return None if np.isin(later, kept.ids).any() else kept

    def save(self, index: str, basis: tuple[float, ...], kept: KeptGroups, position: int) -> None:
        """Keep groups, unless that is impossible.

        Args:
            index, basis: as for :meth:`load`.
            kept: the groups.
            position: from before the embeddings were read.
        """
        if self._read_only:
            return
        buffer = io.BytesIO()
        np.savez(
            buffer,
            ids=kept.ids,
            hashes=kept.hashes,
            aspects=kept.aspects,
            representatives=kept.representatives,
            position=np.array(position),
            basis=np.array(basis, np.float64),
        )
        try:
            with self._lock:
                self._directory.mkdir(mode=0o700, exist_ok=True)
                if index not in self._lost:
                    write_atomically(self._groups(index), buffer.getvalue(), durable=False)
        except OSError as error:
            _log.info("the groups of %s cannot be kept: %s", index, error)

    def _begin(self, index: str) -> None:
        """Note where the file ends, before this process goes on with it."""
        if index not in self._committed:
            if self._length(index) > _MOST_IDS and not self._read_only:
                self._groups(index).unlink(missing_ok=True)
                self._written(index).unlink(missing_ok=True)
            self._committed[index] = self._length(index)

    def _length(self, index: str) -> int:
        try:
            return self._written(index).stat().st_size // 8
        except OSError:
            return 0

    def _groups(self, index: str) -> Path:
        return self._directory / f"{index}.npz"

    def _written(self, index: str) -> Path:
        return self._directory / f"{index}.written"
