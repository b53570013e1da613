"""Running the indexer on a library, and looking at what came of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from inphotos.encoders.base import Encoder
from inphotos.events import IndexSummary
from inphotos.indexing.order import Order
from inphotos.library import Library
from inphotos.store.catalog import Photo


class CountingEncoder:
    """A real encoder that remembers the pixels it was given."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.model = encoder.model
        self.given: list[bytes] = []

    def encode_images(self, images):
        self.given += [np.asarray(image).tobytes() for image in images]
        return self._encoder.encode_images(images)

    def encode_texts(self, texts):
        return self._encoder.encode_texts(texts)

    def load_images(self):
        self._encoder.load_images()

    def load_texts(self):
        self._encoder.load_texts()

    def close(self):
        self._encoder.close()


def run(library: Library, order: Order | None = None) -> IndexSummary:
    *_, summary = library.index(order=order)
    assert isinstance(summary, IndexSummary)
    return summary


def shown(library: Library) -> set[Path]:
    return {result.path for result in library.browse(top=1000).results}


def found(library: Library) -> set[Path]:
    return {result.path for result in library.search("anything", top=1000).results}


def missing(library: Library) -> set[Path]:
    results = library.browse(top=1000).results
    return {result.path for result in results if result.presence == "missing"}


def ids(library: Library) -> dict[Path, int]:
    return {result.path: result.photo_id for result in library.browse(top=1000).results}


def rows(library: Library) -> dict[int, Photo]:
    """Return all photos by id, also those that are gone."""
    catalog = library._catalog
    return catalog.by_ids(sorted(catalog.all_ids()))


def vector(library: Library, path: Path) -> np.ndarray:
    found = library._used.index.vector(ids(library)[path])
    assert found is not None
    return found


def settled(library: Library) -> set[str]:
    """Return the directories of the first folder of which nothing is left to do."""
    folders = library._catalog.folders
    return {d.path for d in folders.directories(folders.all()[0].id) if d.settled}
