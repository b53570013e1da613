"""Keeps two photos from being in the library at one path, also while a run is under way.

A photo whose file was overwritten by another photo's file is in the library until it is settled
what became of it. A run may end before that, and each path is to show one photo at any moment.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace

from inphotos.store.catalog import Photo


class Occupants:
    """The photos that were at paths where others may be stored in this run."""

    def __init__(self, displaced: Iterable[Photo]) -> None:
        """Take the photos whose own file has vanished or was overwritten, as they are stored."""
        self._at = {photo.path: photo for photo in displaced if photo.state != "gone"}
        self._stored: set[int] = set()

    def make_way(self, photos: Sequence[Photo]) -> list[Photo]:
        """Return who has to go when photos are stored, to be stored as gone together with them.

        Whoever has been stored elsewhere in this run is not at its path any more.
        """
        self._stored |= {photo.id for photo in photos}
        former = (self._at.pop(photo.path, None) for photo in photos)
        now_ms = time.time_ns() // 1_000_000
        return [
            replace(photo, state="gone", gone_ms=now_ms)
            for photo in former
            if photo is not None and photo.id not in self._stored
        ]
