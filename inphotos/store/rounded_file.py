"""Keeps the rounded embeddings of an index beside the store, so that they need not be made anew.

Below the library's directory::

    vectors/<index>.codes   the rounded vectors, one after the other
    vectors/<index>.npz     their ids, and how they were rounded

The second file says that the first one is what the store holds: it is written last, and whoever
changes an embedding removes it first, in whatever process (:class:`RoundedFiles`).
"""

from __future__ import annotations

import contextlib
import io
import logging
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from inphotos.owner_only import open_for_owner
from inphotos.settings import write_atomically
from inphotos.store.rounding import Codes, Rounding

if TYPE_CHECKING:
    from inphotos.store.columns import Ids

_log = logging.getLogger(__name__)

#: Rows written at a time.
_CHUNK = 65_536


class RoundedFiles:
    """The files of one library; safe to share between threads."""

    def __init__(self, library: Path, *, read_only: bool = False) -> None:
        """Take the library's directory; read-only, nothing is kept."""
        self._read_only = read_only
        self._directory = library / "vectors"
        self._lock = threading.Lock()
        self._changed: set[str] = set()

    def is_current(self, index: str) -> bool:
        """Tell whether there is a file of an index, and it holds what the store does."""
        return self._verdict(index).exists()

    def forget(self, index: str) -> None:
        """Note, ahead of the commit, that embeddings of an index change.

        Raises:
            OSError: that cannot be noted, and nothing may be committed.
        """
        with self._lock:
            if index not in self._changed:
                self._verdict(index).unlink(missing_ok=True)
                self._changed.add(index)

    def load(self, index: str, dimension: int, ids: Ids) -> tuple[Rounding, Codes] | None:
        """Return what is kept of an index, mapped from its file.

        Args:
            index: name of its entity.
            dimension: length of its vectors.
            ids: of the photos that have an embedding now, ascending.

        Returns:
            None where there is no file, or it is damaged, or of other photos.
        """
        try:
            with np.load(io.BytesIO(self._verdict(index).read_bytes()), allow_pickle=False) as kept:
                known, centre = kept["ids"], kept["centre"]
                scale, fitted_to = float(kept["scale"]), int(kept["fitted_to"])
                turn = kept["turn"] if kept["turn"].size else None
            if centre.shape != (dimension,) or not np.array_equal(known, ids):
                return None
            # What is written into it later stays in memory.
            shape = (len(ids), dimension)
            codes = np.memmap(self._codes(index), np.int8, "c", shape=shape).view(np.ndarray)
        except FileNotFoundError:
            return None
        # NumPy and zipfile raise much on damaged files, and they are made anew.
        except Exception as error:
            _log.info("the rounded vectors of %s are damaged", index, exc_info=error)
            return None
        return Rounding(centre, scale, fitted_to, turn), codes

    def save(
        self, index: str, ids: Ids, rounding: Rounding, codes: Codes, *, is_last: bool
    ) -> None:
        """Keep the rounded vectors of an index, unless that is impossible.

        Args:
            index: name of its entity.
            ids, rounding, codes: as they are in the store.
            is_last: nobody writes into the store any more. Otherwise nothing is kept where
                something has changed since the library was opened.
        """
        if self._read_only:
            return
        target = self._codes(index)
        new = target.with_suffix(".new")
        try:
            self._directory.mkdir(mode=0o700, exist_ok=True)
            with open_for_owner(new) as file:
                for start in range(0, len(ids), _CHUNK):
                    file.write(codes[start : min(start + _CHUNK, len(ids))].data)
            buffer = io.BytesIO()
            np.savez(
                buffer,
                ids=ids,
                turn=np.zeros(0, np.float32) if rounding.turn is None else rounding.turn,
                centre=rounding.centre,
                scale=np.array(rounding.scale),
                fitted_to=np.array(rounding.fitted_to),
            )
            with self._lock:
                if index in self._changed and not is_last:
                    return
                new.replace(target)
                write_atomically(self._verdict(index), buffer.getvalue(), durable=False)
                self._changed.discard(index)
        except OSError as error:
            _log.info("the rounded vectors of %s cannot be kept: %s", index, error)
        finally:
            with contextlib.suppress(OSError):
                new.unlink(missing_ok=True)  # what is not wanted, or only a part on a full disk

    def _codes(self, index: str) -> Path:
        return self._directory / f"{index}.codes"

    def _verdict(self, index: str) -> Path:
        return self._directory / f"{index}.npz"
