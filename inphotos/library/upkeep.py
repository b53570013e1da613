"""Keeping a library in order: what has vanished, what failed, and what is left behind."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from inphotos.events import Control, Progress
from inphotos.library.reports import Compacted
from inphotos.library.runtimes import remove_unused
from inphotos.photos.presence import is_gone
from inphotos.photos.thumbnails import ThumbnailCache
from inphotos.store.catalog import Catalog, Photo
from inphotos.store.compaction import Compaction
from inphotos.store.consistency import Inconsistency
from inphotos.store.database import Database
from inphotos.store.details import DetailsTable
from inphotos.store.mending import mend
from inphotos.store.trouble import translated_os_errors


class Upkeep:
    """Writes to the library, so it belongs into the thread that indexes."""

    def __init__(
        self,
        database: Database,
        catalog: Catalog,
        details: DetailsTable,
        thumbnails: ThumbnailCache,
    ) -> None:
        self._database = database
        self._catalog = catalog
        self._details = details
        self._thumbnails = thumbnails

    def mend(self) -> list[Inconsistency]:
        """Mend everything in which the tables of the library disagree; return what that was.

        Raises:
            LibraryError: they cannot be read or written.
        """
        return mend(self._database)

    def accept_removals(self) -> int:
        """Take the missing photos out of the library, as the user agrees; return how many.

        Those whose files are back stay.
        """
        agreed = [
            replace(photo, state="gone", gone_ms=time.time_ns() // 1_000_000)
            for photo in self._catalog.missing()
            if is_gone(photo.path)
        ]
        if agreed:
            with self._database.transaction():
                self._catalog.put(agreed)
        return len(agreed)

    def take_out(self, photo_ids: Sequence[int]) -> int:
        """Take photos out of the library whose files the user has put away; return how many.

        They do not count as missing, however many they are, and all that is known of them is kept
        for :meth:`take_back`. Those whose files are there stay.
        """
        now_ms = time.time_ns() // 1_000_000
        return self._change(
            replace(photo, state="gone", gone_ms=now_ms)
            for photo in self._catalog.by_ids(photo_ids).values()
            if photo.state != "gone" and is_gone(photo.path)
        )

    def take_back(self, photo_ids: Sequence[int]) -> int:
        """Take photos into the library again whose files are back, as they were; return how many.

        Others, such as those whose files have another name now, are for the next scan to find.
        """
        return self._change(
            replace(photo, state="here")
            for photo in self._catalog.by_ids(photo_ids).values()
            if photo.state == "gone" and _is_unchanged(photo)
        )

    def _change(self, changed: Iterable[Photo]) -> int:
        photos = list(changed)
        if photos:
            with self._database.transaction():
                self._catalog.put(photos)
                # The next scan is not to pass over what it has seen like that before.
                self._catalog.folders.unsettle({photo.directory_id for photo in photos})
        return len(photos)

    def retry(self, paths: Sequence[Path] | None = None) -> int:
        """Let the next ``Library.index`` read photos again that could not be read.

        Args:
            paths: which, by default all.

        Returns:
            How many they are.
        """
        wanted = None if paths is None else set(paths)
        photos = [p for p in self._catalog.failures() if wanted is None or p.path in wanted]
        if photos:
            with self._database.transaction():
                self._catalog.put([replace(photo, decoder=0) for photo in photos])
                self._catalog.folders.unsettle({photo.directory_id for photo in photos})
        return len(photos)

    def leavings(self, *, spare_seconds: float = 0.0) -> int:
        """Count the photos of which :meth:`compact` would remove what they left behind.

        Args:
            spare_seconds: as there.
        """
        before_ms = _before_ms(spare_seconds)
        return Compaction(self._database, self._catalog, self._details).count(before_ms)

    def compact(
        self, control: Control | None = None, *, spare_seconds: float = 0.0
    ) -> Iterator[Progress | Compacted]:
        """Remove what photos that have left the library leave behind.

        Args:
            control: lets the user pause and cancel; what is finished stays finished.
            spare_seconds: leave photos alone that left later than that ago, because their files
                may still turn up under another path.

        Yields:
            progress, and at the end what was removed.

        Raises:
            CancelledError: by way of ``control``.
            LibraryError: the library cannot be written.
        """
        compaction = Compaction(self._database, self._catalog, self._details)
        yield from compaction.run(control or Control(), _before_ms(spare_seconds))
        with translated_os_errors(self._database.directory):
            thumbnails, freed = self._thumbnails.keep_only(self._catalog.contents())
        remove_unused()
        yield Compacted(compaction.removed.photos, compaction.removed.embeddings, thumbnails, freed)


def _is_unchanged(photo: Photo) -> bool:
    try:
        info = photo.path.stat()
    except (OSError, ValueError):
        return False
    return (info.st_size, info.st_mtime_ns) == (photo.size, photo.mtime_ns)


def _before_ms(spare_seconds: float) -> int:
    return int((time.time() - spare_seconds) * 1000) + 1
