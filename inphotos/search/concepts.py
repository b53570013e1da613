"""The concepts of a query as embeddings."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from inphotos.encoders.base import Encoder, Model, normalize
from inphotos.errors import PhotoError, TextNotSupportedError
from inphotos.photos.decode import Decoded
from inphotos.photos.decoder_service import DecoderService
from inphotos.search.prompts import encode_texts
from inphotos.search.query import Concept
from inphotos.search.remembered import Remembered
from inphotos.store.catalog import Catalog
from inphotos.store.columns import Vectors
from inphotos.store.index import EmbeddingIndex

_REMEMBERED_TEXTS = 256


class ConceptEncoder:
    """Encodes words and photos, each text once. Use one from one thread at a time."""

    def __init__(
        self,
        model: Model,
        catalog: Catalog,
        index: EmbeddingIndex,
        decoders: DecoderService,
        load_encoder: Callable[[], Encoder],
    ) -> None:
        """Wire the parts; ``load_encoder`` is called when something is to be encoded."""
        self._model = model
        self._catalog = catalog
        self._index = index
        self._decoders = decoders
        self._load_encoder = load_encoder
        self._texts: Remembered[Vectors] = Remembered(_REMEMBERED_TEXTS)

    def vectors(self, concepts: Iterable[Concept]) -> Vectors:
        """Return the embeddings of n concepts, each of length 1, shape (n, dimension).

        Raises:
            TextNotSupportedError: one has words, and the model compares photos only.
            PhotoError: a photo cannot be read.
            ModelError: the model cannot be loaded.
        """
        return np.stack(
            [
                self._text(concept.text) if concept.photo is None else self.photo(concept.photo)
                for concept in concepts
            ]
        )

    def photo(self, photo: Path) -> Vectors:
        """Return the embedding of a photo, which need not be in the library.

        Raises:
            PhotoError: it cannot be read.
            ModelError: the model cannot be loaded.
        """
        path = absolute(photo)
        vector = self._stored(path)
        return normalize(self.raw(path))[0] if vector is None else vector

    def raw(self, photo: Path) -> npt.NDArray[np.float32]:
        """Return what the model makes of a photo, before normalisation, shape (1, dimension).

        Raises:
            PhotoError: it cannot be read.
            ModelError: the model cannot be loaded.
        """
        # The query's photo comes from anywhere, so it is decoded apart like any other.
        outcome = self._decoders.decode(photo, self._model.pixels)
        if isinstance(outcome, PhotoError):
            raise outcome
        assert isinstance(outcome, Decoded)
        assert outcome.pixels is not None
        return self._load_encoder().encode_images([outcome.pixels])

    def ids_of(self, photos: Iterable[Path]) -> tuple[int, ...]:
        """Return the ids of those photos that are in the library."""
        found = (self._catalog.by_path(absolute(photo)) for photo in photos)
        return tuple(photo.id for photo in found if photo is not None)

    def _text(self, text: str) -> Vectors:
        if not self._model.has_text:
            raise TextNotSupportedError(self._model.name)
        known = self._texts.get(text)
        if known is not None:
            return known
        return self._texts.put(text, encode_texts(self._load_encoder(), [text])[0])

    def _stored(self, path: Path) -> Vectors | None:
        """Return the embedding of a photo that is in the library and has not changed since."""
        photo = self._catalog.by_path(path)
        if photo is None:
            return None
        try:
            info = path.stat()
        except (OSError, ValueError):  # offline or missing, but what is known of it is enough
            return self._index.vector(photo.id)
        if (photo.size, photo.mtime_ns) != (info.st_size, info.st_mtime_ns):
            return None
        return self._index.vector(photo.id)


def absolute(photo: Path) -> Path:
    """Return a path as the catalog writes it; what it leads to need not exist."""
    return Path(os.path.abspath(os.path.expanduser(photo)))  # noqa: PTH100, PTH111
