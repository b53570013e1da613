"""Made-up embeddings with the shape of real ones, and a library full of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from inphotos.encoders.base import Embeddings, Model, normalize
from inphotos.events import Control
from inphotos.store.catalog import Catalog, Photo
from inphotos.store.database import Database
from inphotos.store.details import to_ms
from inphotos.store.folders import Directory, Folder
from inphotos.store.index import EmbeddingIndex

_CLUSTERS = 1000
_BATCH = 500
_IN_DIRECTORY = 500


class World:
    """Draws embeddings: clusters, and a direction that all of one kind have in common.

    Those of CLIP are alike: two photos have a cosine similarity of about 0.5, a photo and words
    that describe it one of about 0.3, because pictures and words lie apart.
    """

    def __init__(self, dimension: int, seed: int = 1) -> None:
        self._chance = np.random.default_rng(seed)
        self._dimension = dimension
        self._centres = self._unit(_CLUSTERS)
        self._pictures, self._words = self._unit(2)

    def photos(self, count: int) -> Embeddings:
        """Return embeddings of photos, shape (count, dimension)."""
        return normalize(self._subjects(count) + self._pictures)

    def words(self, count: int) -> Embeddings:
        """Return embeddings of words, shape (count, dimension)."""
        return normalize(self._subjects(count) + self._words)

    def _subjects(self, count: int) -> Embeddings:
        chosen = self._centres[self._chance.integers(_CLUSTERS, size=count)]
        return normalize(self._unit(count) + chosen)

    def _unit(self, count: int) -> Embeddings:
        return normalize(self._chance.standard_normal((count, self._dimension), np.float32))


def fill(directory: Path, model: Model, photos: int, control: Control) -> Iterator[int]:
    """Make a library of photos that are nowhere, with made-up embeddings; yield how many it has.

    Raises:
        CancelledError: by way of ``control``.
        LibraryError: it cannot be made or written.
    """
    database = Database(directory)
    try:
        catalog = Catalog(database)
        index = EmbeddingIndex(database, model.fingerprint, model.dimension)
        world, root = World(model.dimension), directory / "photos"
        names = [f"{n:05}" for n in range(-(-photos // _IN_DIRECTORY))]
        with database.transaction():
            folder = catalog.folders.add(Folder(0, root)).id
            places = catalog.folders.put_directories([Directory(0, folder, n) for n in names])
        for start in range(0, photos, _BATCH):
            control.checkpoint()
            numbers = range(start, min(start + _BATCH, photos))
            rows = [_photo(n, folder, places[n // _IN_DIRECTORY], root, names) for n in numbers]
            with database.transaction():
                index.put(catalog.put(rows), world.photos(len(rows)))
            yield numbers.stop
    finally:
        database.close()


def _photo(number: int, folder: int, place: int, root: Path, names: list[str]) -> Photo:
    taken = datetime(2010, 1, 1) + timedelta(hours=number)
    return Photo(
        0,
        folder,
        place,
        root / names[number // _IN_DIRECTORY] / f"IMG_{number:06}.jpg",
        size=4_000_000 + number,
        mtime_ns=1,
        content=f"{number:032x}",
        width=4000,
        height=3000,
        taken_ms=to_ms(taken),
    )
