"""A search engine on a real store of random photos, with random embeddings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from catalog_rows import Rows, write_random

from inphotos.encoders import registry
from inphotos.encoders.base import Encoder, Model, normalize
from inphotos.photos.decoder_service import DecoderService
from inphotos.search import finder
from inphotos.search.calibration import Calibration
from inphotos.search.engine import SearchEngine
from inphotos.search.listing import Listing
from inphotos.store.catalog import Catalog
from inphotos.store.database import Database
from inphotos.store.index import EmbeddingIndex


def use_graph(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let engines ask the index's graph although there are few photos."""
    monkeypatch.setattr(finder, "EXACT_UP_TO", 5)
    monkeypatch.setattr(finder, "FROM_GRAPH", 20)


@dataclass
class CountingEncoder:
    """A real encoder that notes which texts went through it."""

    encoder: Encoder
    texts: list[str] = field(default_factory=list)

    @property
    def model(self) -> Model:
        return self.encoder.model

    def encode_images(self, batch: Sequence[Any]) -> Any:
        return self.encoder.encode_images(batch)

    def encode_texts(self, texts: Sequence[str]) -> Any:
        self.texts += texts
        return self.encoder.encode_texts(texts)


class Bench:
    """An engine with what it works on.

    Attributes:
        rows: the photos.
        vectors: their embeddings by id; one in ten has none.
    """

    def __init__(self, directory: Path, model: Path, photos: int) -> None:
        self.encoder = CountingEncoder(registry.load(registry.resolve(str(model), directory)))
        self.database = Database(directory / "library")
        self.catalog = Catalog(self.database)
        self.index = EmbeddingIndex(self.database, "0123456789abcdef", 16)
        self.listing = Listing(self.database, self.catalog, tuple)
        self.decoders = DecoderService()
        self.engine = SearchEngine(
            self.encoder.model,
            self.listing,
            self.index,
            self.decoders,
            lambda: self.encoder,
            Calibration(self.encoder.model, directory / "calibration"),
        )
        self.rows = Rows()
        self.vectors: dict[int, np.ndarray] = {}
        self._seed = 0
        self.add(photos)

    def add(self, photos: int) -> None:
        """Store more photos."""
        self._seed += 1
        known = {photo.id for photo in self.rows.photos}
        write_random(self.database, photos, self._seed, self.rows)
        new = [photo.id for photo in self.rows.photos if photo.id not in known and photo.id % 10]
        chance = np.random.default_rng(self._seed)
        vectors = normalize(chance.standard_normal((len(new), 16)).astype(np.float32))
        with self.database.transaction():
            self.index.put(new, vectors)
        self.vectors |= dict(zip(new, vectors, strict=True))

    @property
    def searchable(self) -> list[int]:
        """Ids of the photos that can be found."""
        return [photo.id for photo in self.rows.shown if photo.id in self.vectors]

    def text(self, text: str) -> np.ndarray:
        """Return the embedding of a text."""
        return normalize(self.encoder.encoder.encode_texts([text]))[0]

    def cosines(self, text: str) -> dict[int, float]:
        """Return the similarity of each photo to a text, by id."""
        vector = self.text(text)
        return {id_: float(self.vectors[id_] @ vector) for id_ in self.searchable}

    def close(self) -> None:
        self.decoders.close()
        self.engine.close()
        self.database.close()
