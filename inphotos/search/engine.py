"""Answers queries from the index of one model."""

from __future__ import annotations

import os
import time
from collections import OrderedDict
from collections.abc import Callable, Collection
from pathlib import Path

import numpy as np
import numpy.typing as npt

from inphotos.encoders.base import Encoder, Model, Thresholds, normalize
from inphotos.errors import PhotoError, TextNotSupportedError
from inphotos.photos.decode import Decoded
from inphotos.photos.decoder_service import DecoderService
from inphotos.search.query import parse
from inphotos.search.ranking import (
    Distance,
    Match,
    Results,
    match_of_photo,
    match_of_words,
    result_of,
)
from inphotos.store.catalog import Catalog, Photo
from inphotos.store.index import EmbeddingIndex, Vectors

_REMEMBERED_TEXTS = 256


class SearchEngine:
    """Finds photos by words and by photos. Use one from one thread at a time."""

    def __init__(
        self,
        model: Model,
        catalog: Catalog,
        index: EmbeddingIndex,
        decoders: DecoderService,
        load_encoder: Callable[[], Encoder],
        offline: Callable[[], Collection[int]],
    ) -> None:
        """Wire the parts.

        Args:
            load_encoder: called when the first query needs it.
            offline: gives the ids of the folders that cannot be reached.
        """
        self._model = model
        self._catalog = catalog
        self._index = index
        self._decoders = decoders
        self._load_encoder = load_encoder
        self._offline = offline
        self._texts: OrderedDict[str, Vectors] = OrderedDict()

    def search(self, text: str, *, top: int, min_score: float | None = None) -> Results:
        """Find the photos that words describe best.

        Args:
            text: the query as it was typed.
            top: how many photos at most.
            min_score: leave out photos of a lower cosine similarity.

        Raises:
            QueryError: there is nothing to search for.
            TextNotSupportedError: the model compares photos only.
            ModelError: the model cannot be loaded.
        """
        started = time.perf_counter()
        query = parse(text)
        vector = self._text_vector(query.text)
        return self._answer(query.text, vector, top, min_score, match_of_words, None, started)

    def similar(self, photo: Path, *, top: int) -> Results:
        """Find the photos most like another one, which need not be in the library.

        The photo itself is left out of the answer.

        Raises:
            PhotoError: the photo cannot be read.
            ModelError: the model cannot be loaded.
        """
        started = time.perf_counter()
        path = Path(os.path.abspath(photo))  # noqa: PTH100 - as the catalog writes paths
        vector = self._stored_vector(path)
        if vector is None:
            vector = normalize(self._raw(path))[0]
        return self._answer(str(path), vector, top, None, match_of_photo, path, started)

    def distance(self, first: Path, second: Path) -> Distance:
        """Compare two photos.

        Raises:
            PhotoError: one of them cannot be read.
            ModelError: the model cannot be loaded.
        """
        raw = np.concatenate([self._raw(first), self._raw(second)])
        unit = normalize(raw)
        cosine = float(np.clip(unit[0] @ unit[1], -1.0, 1.0))
        return Distance(
            model=self._model.name,
            cosine=cosine,
            l2=float(np.linalg.norm(raw[0] - raw[1])),
            match=cosine >= self._model.thresholds.same_kind,
        )

    def _text_vector(self, text: str) -> Vectors:
        if not self._model.has_text:
            raise TextNotSupportedError(self._model.name)
        if text not in self._texts:
            self._texts[text] = normalize(self._load_encoder().encode_texts([text]))[0]
            if len(self._texts) > _REMEMBERED_TEXTS:
                self._texts.popitem(last=False)
        self._texts.move_to_end(text)
        return self._texts[text]

    def _stored_vector(self, path: Path) -> Vectors | None:
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

    def _raw(self, photo: Path) -> npt.NDArray[np.float32]:
        # The query's photo comes from anywhere, so it is decoded apart like any other.
        outcome = self._decoders.decode(photo, self._model.pixels)
        if isinstance(outcome, PhotoError):
            raise outcome
        assert isinstance(outcome, Decoded)
        assert outcome.pixels is not None
        return self._load_encoder().encode_images([outcome.pixels])

    def _answer(
        self,
        query: str,
        vector: Vectors,
        top: int,
        min_score: float | None,
        match: Callable[[float, Thresholds], Match],
        leave_out: Path | None,
        started: float,
    ) -> Results:
        searchable = self.searchable()
        hits = self._nearest(vector, top, searchable, leave_out)
        offline = self._offline()
        results = tuple(
            result_of(photo, rank, offline, score, match(score, self._model.thresholds))
            for rank, (photo, score) in enumerate(hits, start=1)
            if min_score is None or score >= min_score
        )
        took_ms = (time.perf_counter() - started) * 1000
        return Results(query, self._model.name, took_ms, len(searchable), results)

    def searchable(self) -> set[int]:
        """Return the ids of the photos that are there and have an embedding."""
        return self._index.ids() & self._catalog.shown_ids()

    def _nearest(
        self, vector: Vectors, top: int, searchable: set[int], leave_out: Path | None
    ) -> list[tuple[Photo, float]]:
        # The index also holds photos that have gone, so it is asked for more until enough of
        # those that are there have come, or there are no more.
        wanted = min(top + (leave_out is not None), len(searchable))
        size = self._index.count()
        k = wanted
        while True:
            hits = [hit for hit in self._index.nearest(vector, k) if hit[0] in searchable]
            if len(hits) >= wanted or k >= size:
                break
            k = min(size, k * 2)
        photos = self._catalog.by_ids([id_ for id_, _ in hits])
        found = [(photos[id_], score) for id_, score in hits if id_ in photos]
        return [(photo, score) for photo, score in found if photo.path != leave_out][:top]
