"""What is stored of a photo that was read, in one transaction for a batch of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from inphotos.encoders.base import Embeddings, Encoder, normalize
from inphotos.errors import is_out_of_memory, out_of_memory
from inphotos.events import Control, Progress
from inphotos.indexing.hashing import hash_known
from inphotos.metadata import Metadata, Place
from inphotos.photos.places import Places
from inphotos.photos.thumbnails import ThumbnailCache
from inphotos.pixels import Pixels
from inphotos.store.catalog import Catalog, Photo
from inphotos.store.columns import Vectors
from inphotos.store.database import Database
from inphotos.store.details import DetailsTable
from inphotos.store.index import EmbeddingIndex
from inphotos.store.marks import MarkBook

#: Embeddings of overwritten photos that are kept at hand in one run, 2 to 5 KB each.
_MOST_OVERWRITTEN = 10_000


@dataclass(frozen=True, slots=True)
class Record:
    """One photo to be stored.

    Attributes:
        photo: its row, id 0 when it is new.
        metadata: what the file says of itself, None to leave it as it is.
        thumbnails: JPEGs by the length of their long edge.
        pixels: what is to be encoded, None when nothing is.
        vector: its embedding, where that is at hand; then there are no pixels.
        is_rewritten: what the models made of it before no longer holds.
    """

    photo: Photo
    metadata: Metadata | None = None
    thumbnails: dict[int, bytes] = field(default_factory=dict)
    pixels: Pixels | None = None
    vector: Vectors | None = None
    is_rewritten: bool = False


@dataclass(frozen=True, slots=True)
class Equal:
    """What is at hand of a content that was read before.

    Attributes:
        width, height: pixels, upright.
        phash: perceptual hash.
        vector: its embedding; None when none is wanted.
    """

    width: int
    height: int
    phash: int
    vector: Vectors | None


def embeddings(records: Sequence[Record], encoder: Encoder | None) -> dict[int, Vectors]:
    """Return the embeddings of a batch by the position of their record.

    Equal photos are encoded once. Touches nothing but its arguments, so any thread may call it.

    Raises:
        ModelError: the encoder cannot encode them.
    """
    vectors = {n: r.vector for n, r in enumerate(records) if r.vector is not None}
    first: dict[str, int] = {}
    for n, record in enumerate(records):
        if record.pixels is not None:
            first.setdefault(record.photo.content, n)
    if first and encoder is not None:
        pixels = [pixels for n in first.values() if (pixels := records[n].pixels) is not None]
        encoded = normalize(_encoded(pixels, encoder))
        by_content = dict(zip(first, encoded, strict=True))
        for n, record in enumerate(records):
            if record.pixels is not None:
                vectors[n] = by_content[record.photo.content]
    return vectors


def _encoded(pixels: Sequence[Pixels], encoder: Encoder) -> Embeddings:
    """Encode pictures, in smaller batches where there is too little memory for all at once.

    Raises:
        OutOfMemoryError: there is too little for a single one.
    """
    try:
        return encoder.encode_images(pixels)
    except (MemoryError, RuntimeError) as error:
        if not is_out_of_memory(error):
            raise
        if len(pixels) == 1:
            raise out_of_memory() from error
    half = len(pixels) // 2
    parts = (pixels[:half], pixels[half:])
    return np.concatenate([_encoded(part, encoder) for part in parts])


class Records:
    """Stores photos, their metadata, thumbnails and embeddings.

    Attributes:
        unkept: photos whose thumbnails could not be written; they are made again when they are
            looked at.
        unkept_reason: why, in a few words, "" while all could be.
    """

    def __init__(
        self,
        database: Database,
        catalog: Catalog,
        details: DetailsTable,
        thumbnails: ThumbnailCache,
        places: Places,
        index: EmbeddingIndex | None,
        marks: MarkBook,
    ) -> None:
        """Wire the parts; without an index no embeddings are stored."""
        self._database = database
        self._catalog = catalog
        self._details = details
        self._thumbnails = thumbnails
        self._places = places
        self._index = index
        self._marks = marks
        self._overwritten: dict[str, Equal] = {}
        self.unkept, self.unkept_reason = 0, ""

    @cached_property
    def encoded(self) -> set[int]:
        """Ids of the photos that have an embedding; the first time, all of the index is read."""
        return self._index.ids() if self._index is not None else set()

    def equal(self, content: str) -> Equal | None:
        """Return what is at hand of a content, None when it has to be decoded."""
        for photo in self._catalog.of_content(content):
            if photo.width and (self._index is None or photo.id in self.encoded):
                return self._equal_of(photo)
        return self._overwritten.get(content)

    def store(
        self,
        records: Sequence[Record],
        vectors: Mapping[int, Vectors],
        leaving: Sequence[Photo] = (),
    ) -> list[int]:
        """Commit a batch.

        Args:
            records: the photos.
            vectors: what :func:`embeddings` made of them.
            leaving: photos that go out of the library with them.

        Returns:
            The ids of the photos, in the order of the records.

        Raises:
            LibraryError, ModelError: nothing of the batch was stored.
        """
        for record in records:
            if record.thumbnails:
                self._keep_thumbnails(record)
        places = self._find_places(records)
        rewritten = [record.photo.id for record in records if record.is_rewritten]
        self._take_leave(rewritten, {r.photo.id: r.photo.content for r in records})
        with self._database.transaction():
            self._database.drop_embeddings(rewritten)
            self._catalog.put(leaving)
            ids = self._catalog.put([record.photo for record in records])
            self._details.put(
                [
                    (id_, record.metadata, places.get(n))
                    for n, (id_, record) in enumerate(zip(ids, records, strict=True))
                    if record.metadata is not None
                ]
            )
            if self._index is not None and vectors:
                self._index.put([ids[n] for n in vectors], np.stack(list(vectors.values())))
        self.encoded -= set(rewritten)
        self.encoded |= {ids[n] for n in vectors}
        return ids

    def hash_known(self, control: Control) -> Iterator[Progress]:
        """Hash the photos that were read before there were hashes, see :func:`hash_known`."""
        return hash_known(self._database, self._catalog, self._thumbnails, control)

    def _keep_thumbnails(self, record: Record) -> None:
        try:
            self._thumbnails.store(record.photo.content, record.thumbnails)
        except OSError as error:
            # A photo can be found without them. Where nothing can be written, the store says so.
            self.unkept += 1
            self.unkept_reason = error.strerror or str(error)

    def _equal_of(self, photo: Photo) -> Equal:
        vector = self._index.vector(photo.id) if self._index is not None else None
        return Equal(photo.width, photo.height, photo.phash, vector)

    def _take_leave(self, photo_ids: Sequence[int], now: Mapping[int, str]) -> None:
        """Save what is to outlast the content that photos had.

        The user's marks hold on, for a photo that was edited is still that photo. And what was made
        of it stays at hand: a copy of the photo may be among the files to come.

        Args:
            photo_ids: the photos that have another content from now on.
            now: the digest of it, by id.
        """
        former = self._catalog.by_ids(photo_ids)
        self._marks.carry_over({photo.content: now[id_] for id_, photo in former.items()})
        for photo in former.values():
            is_at_hand = self._index is None or photo.id in self.encoded
            if photo.width and is_at_hand and len(self._overwritten) < _MOST_OVERWRITTEN:
                self._overwritten[photo.content] = self._equal_of(photo)

    def _find_places(self, records: Sequence[Record]) -> dict[int, Place | None]:
        """Return the places where photos were taken, by the position of their record."""
        positions = {
            n: (metadata.latitude, metadata.longitude)
            for n, record in enumerate(records)
            if (metadata := record.metadata) is not None
            and metadata.latitude is not None
            and metadata.longitude is not None
        }
        return dict(zip(positions, self._places.find_many(list(positions.values())), strict=True))
