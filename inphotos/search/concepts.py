"""The concepts of a query as embeddings."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from inphotos.encoders.base import Encoder, Model, normalize
from inphotos.errors import PhotoError, TextNotSupportedError
from inphotos.photos.decoded import Decoded
from inphotos.photos.decoder_service import DecoderService
from inphotos.pixels import Region
from inphotos.search.prompts import encode_texts
from inphotos.search.query import Concept, Problem, Query
from inphotos.search.remembered import Remembered
from inphotos.store.catalog import Catalog
from inphotos.store.columns import Vectors
from inphotos.store.index import EmbeddingIndex

_REMEMBERED_TEXTS = 256
_REMEMBERED_PHOTOS = 64


class ConceptEncoder:
    """Encodes words and photos, each of them once. Use one from one thread at a time."""

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
        self._photos: Remembered[Vectors] = Remembered(_REMEMBERED_PHOTOS)

    def vectors(self, concepts: Iterable[Concept]) -> Vectors:
        """Return the embeddings of n concepts, each of length 1, shape (n, dimension).

        Raises:
            TextNotSupportedError: one has words, and the model compares photos only.
            PhotoError: a photo cannot be read.
            ModelError: the model cannot be loaded.
        """
        return np.stack(
            [
                self._text(concept.text)
                if concept.photo is None
                else self.photo(concept.photo, concept.region)
                for concept in concepts
            ]
        )

    def photo(self, photo: Path, region: Region | None = None) -> Vectors:
        """Return the embedding of a photo, which need not be in the library.

        Args:
            photo: the file.
            region: the part of it that counts; None for all of it.

        Raises:
            PhotoError: it cannot be read.
            ModelError: the model cannot be loaded.
        """
        path = absolute(photo)
        version = _version(path)
        vector = self._stored(path, version) if region is None else None
        if vector is not None:
            return vector
        key = (path, version, region)
        known = self._photos.get(key) if version is not None else None
        if known is not None:
            return known
        return self._photos.put(key, normalize(self.raw(path, region))[0])

    def raw(self, photo: Path, region: Region | None = None) -> npt.NDArray[np.float32]:
        """Return what the model makes of a photo, before normalisation, shape (1, dimension).

        Args:
            photo, region: as in :meth:`photo`.

        Raises:
            PhotoError: it cannot be read.
            ModelError: the model cannot be loaded.
        """
        # The query's photo comes from anywhere, so it is decoded apart like any other.
        outcome = self._decoders.decode(photo, self._model.pixels, region=region)
        if isinstance(outcome, PhotoError):
            raise outcome
        assert isinstance(outcome, Decoded)
        assert outcome.pixels is not None
        return self._load_encoder().encode_images([outcome.pixels])

    def places(self, concepts: Iterable[Concept]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return which of the library's photos a query puts in their place, by their ids.

        Returns:
            Those that come first, because the user has marked them as more of what is wanted; and
            those that are left out, as the question itself, or marked as less of it.
        """
        first: list[int] = []
        left_out: list[int] = []
        for concept in concepts:
            if concept.photo is None:
                continue
            photo = self._catalog.by_path(absolute(concept.photo))
            if photo is not None:
                is_more = concept.marked and concept.weight > 0
                (first if is_more else left_out).append(photo.id)
        return tuple(first), tuple(left_out)

    def _text(self, text: str) -> Vectors:
        if not self._model.has_text:
            raise TextNotSupportedError(self._model.name)
        known = self._texts.get(text)
        if known is not None:
            return known
        return self._texts.put(text, encode_texts(self._load_encoder(), [text])[0])

    def _stored(self, path: Path, version: tuple[int, int] | None) -> Vectors | None:
        """Return the embedding of a photo that is in the library and has not changed since."""
        photo = self._catalog.by_path(path)
        if photo is None:
            return None
        # Offline or missing: what is known of it is enough.
        if version is not None and (photo.size, photo.mtime_ns) != version:
            return None
        return self._index.vector(photo.id)


def without_words(query: Query, model: str) -> Query:
    """Return a query without what a model that compares photos only cannot look for.

    A query without photos stays as it is.
    """
    photos = tuple(concept for concept in query.concepts if concept.photo is not None)
    if not photos:
        return query
    problems = [
        Problem(
            f"The model {model} compares photos only, so “{concept.text}” is left out; with a "
            f"CLIP model words and photos are searched for together.",
            "",
            concept.spans,
            concept.label,
        )
        for concept in query.concepts
        if concept.photo is None
    ]
    return replace(query, concepts=photos, problems=(*query.problems, *problems))


def _version(path: Path) -> tuple[int, int] | None:
    """Return the size and time of a file, None when it cannot be reached."""
    try:
        info = path.stat()
    except (OSError, ValueError):
        return None
    return info.st_size, info.st_mtime_ns


def absolute(photo: Path) -> Path:
    """Return a path as the catalog writes it; what it leads to need not exist."""
    return Path(os.path.abspath(os.path.expanduser(photo)))  # noqa: PTH100, PTH111
