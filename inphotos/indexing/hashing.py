"""Perceptual hashes of photos that were read before there were any, from their thumbnails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PIL import Image

from inphotos.events import Control, Meter, Progress
from inphotos.phash import NOT_HASHED, phash
from inphotos.photos.thumbnails import ThumbnailCache
from inphotos.settings import THUMBNAIL_EDGES
from inphotos.store.catalog import Catalog
from inphotos.store.database import Database

#: Photos hashed and committed together, about a second's work.
_CHUNK = 1_000


def hash_known(
    database: Database, catalog: Catalog, thumbnails: ThumbnailCache, control: Control
) -> Iterator[Progress]:
    """Hash the photos that have no hash, without opening the photos themselves.

    Of those that have no thumbnail now, a later run may find one: they are looked at again then.

    Args:
        database, catalog: where the photos are.
        thumbnails: where their thumbnails are.
        control: lets the user pause and cancel.

    Yields:
        progress, where anything is to be done.

    Raises:
        CancelledError: by way of ``control``.
        LibraryError: the library cannot be written.
    """
    ids = catalog.not_hashed()
    meter = Meter("indexing", len(ids), 60.0)
    for start in range(0, len(ids), _CHUNK):
        control.checkpoint()
        photos = catalog.by_ids(ids[start : start + _CHUNK]).values()
        hashes = {c: _hash_of(c, thumbnails) for c in {photo.content for photo in photos}}
        hashed = [
            replace(photo, phash=hashes[photo.content])
            for photo in photos
            if hashes[photo.content] != NOT_HASHED
        ]
        if hashed:
            with database.transaction():
                catalog.put(hashed)
            yield meter.progress(min(start + _CHUNK, len(ids)))


def _hash_of(content: str, thumbnails: ThumbnailCache) -> int:
    # Not by ThumbnailCache.find: that counts as a use, and would make all of them recently used.
    for edge in sorted(THUMBNAIL_EDGES):
        try:
            with Image.open(thumbnails.path(content, edge), formats=("JPEG",)) as image:
                image.thumbnail((min(THUMBNAIL_EDGES),) * 2, Image.Resampling.LANCZOS)
                return phash(image)
        except (OSError, SyntaxError, ValueError):  # not there, or cut off by a power cut
            continue
    return NOT_HASHED
