"""What becomes of photos whose files have vanished."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from inphotos.indexing.changes import Changes, FolderScan
from inphotos.photos.presence import is_gone
from inphotos.store.catalog import Catalog, Photo
from inphotos.store.database import Database

#: When more than this share of a folder's photos vanish at once, that was more likely a drive, a
#: share or a slip of the hand than a wish: they are kept as missing until the user agrees.
MOST_THAT_VANISH = 0.2


class Removals:
    """Takes photos out of the library whose files have vanished, or keeps them as missing.

    Attributes:
        removed: how many have left the library.
    """

    def __init__(
        self,
        catalog: Catalog,
        database: Database,
        scans: Sequence[FolderScan],
        changes: Changes,
        accept: bool,
    ) -> None:
        """Note how many photos there were; to be made before any is stored.

        Args:
            scans: the folders that were looked at.
            changes: has the photos that vanished, but for those that are found while reading.
            accept: take them out however many they are.
        """
        self._catalog = catalog
        self._database = database
        self._scans = scans
        self._changes = changes
        self._accept = accept
        affected = {photo.folder_id for photo in changes.displaced.values()}
        self._counts = {folder_id: catalog.count_here(folder_id) for folder_id in affected}
        self.removed = 0

    def settle(self, offline: Collection[int]) -> None:
        """Store what has become of the photos that were not found again.

        Args:
            offline: ids of folders that went away meanwhile; nothing is settled for them.
        """
        displaced, absent = self._changes.displaced, self._changes.absent
        lost = [displaced[id_] for id_ in absent if id_ in displaced]
        lost = [photo for photo in lost if photo.folder_id not in offline]
        vanished = {photo.id for photo in lost if _has_vanished(photo)}
        shares = Counter(p.folder_id for p in lost if p.id in vanished and p.state == "here")
        kept = [] if self._accept else [p for p in lost if self._is_kept(p, vanished, shares)]
        missing = [replace(photo, state="missing") for photo in kept if photo.state == "here"]
        kept_ids = {photo.id for photo in kept}
        left = [photo for photo in lost if photo.id not in kept_ids]
        decided = {photo.id for photo in lost} | {c.photo.id for c in self._changes.claims}
        for scan in self._scans:
            if scan.folder.id not in offline:
                left += (p for p in self._no_longer_missing(scan) if p.id not in decided)
        now_ms = time.time_ns() // 1_000_000
        gone = [replace(photo, state="gone", gone_ms=now_ms) for photo in left]
        self.removed = len(gone)
        absent.clear()
        if missing or gone:
            with self._database.transaction():
                self._catalog.put([*missing, *gone])

    def _is_kept(self, photo: Photo, vanished: Collection[int], shares: Counter[int]) -> bool:
        """Tell whether a photo is kept as missing."""
        if photo.id not in vanished:
            return False
        most = MOST_THAT_VANISH * self._counts.get(photo.folder_id, 0)
        return photo.state == "missing" or shares[photo.folder_id] > most

    def _no_longer_missing(self, scan: FolderScan) -> Iterator[Photo]:
        """Yield photos that were missing and that nothing is to be waited for."""
        for photo in self._catalog.missing(scan.folder.id):
            if is_gone(photo.path):
                if self._accept:
                    yield photo
            elif scan.is_whole and not scan.is_away(photo.path):
                yield photo  # its file is there again and was passed over: it is excluded


def _has_vanished(photo: Photo) -> bool:
    # A file that is there but was not listed has been excluded, or another photo is in its place:
    # nothing has been lost. And of a photo that was never read there is nothing to keep.
    return bool(photo.content) and is_gone(photo.path)
