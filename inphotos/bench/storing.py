"""How fast the store takes in what the indexer has read."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

from inphotos.bench.results import Doing, Row, Spread, Table
from inphotos.bench.turns import by_turns, timed
from inphotos.bench.world import World
from inphotos.encoders.base import Model
from inphotos.events import Control
from inphotos.indexing.reading import BATCH
from inphotos.indexing.records import Record, Records
from inphotos.photos.decode import Decoded
from inphotos.photos.places import Places
from inphotos.photos.thumbnails import ThumbnailCache
from inphotos.store.catalog import Catalog, Photo
from inphotos.store.database import Database
from inphotos.store.details import DetailsTable
from inphotos.store.folders import Directory, Folder
from inphotos.store.index import EmbeddingIndex
from inphotos.store.marks import MarkBook

_BATCHES_IN_TURN = 4


def measure(
    place: Path, decoded: Sequence[Decoded], model: Model, seconds: float, control: Control
) -> Generator[Doing, None, Table]:
    """Commit batches like the indexer's, thumbnails and all, into a library of their own.

    Args:
        place: where to make the library.
        decoded: photos whose thumbnails and metadata are stored again and again.
        model, seconds, control: as for the other parts.

    Raises:
        CancelledError: by way of ``control``.
        LibraryError: the library cannot be made or written.
    """
    yield Doing("making a library")
    database = Database(place / "stored")
    try:
        batches = _Batches(database, decoded, model)
        taken = yield from by_turns({"store": timed(batches.store)}, seconds, control)
    finally:
        database.close()
    values = [value / _BATCHES_IN_TURN for value in taken["store"]]
    row = Row(
        f"batches of {BATCH} with thumbnails and embeddings",
        "photos/s",
        Spread.of([BATCH / value for value in values]),
        more={"batches/s": 1 / Spread.of(values).median},
    )
    return Table("store", "Storing", (row,), (), Spread.of(values).median / BATCH)


class _Batches:
    """Stores batches of photos that no other batch has."""

    def __init__(self, database: Database, decoded: Sequence[Decoded], model: Model) -> None:
        catalog, details = Catalog(database), DetailsTable(database)
        self._records = Records(
            database,
            catalog,
            details,
            ThumbnailCache(database.directory),
            Places(),
            EmbeddingIndex(database, model.fingerprint, model.dimension),
            MarkBook(database.directory),
        )
        self._decoded = decoded
        self._world = World(model.dimension)
        self._root = database.directory / "photos"
        with database.transaction():
            self._folder = catalog.folders.add(Folder(0, self._root)).id
            [self._directory] = catalog.folders.put_directories([Directory(0, self._folder, "")])
        self._stored = 0

    def store(self) -> None:
        for _ in range(_BATCHES_IN_TURN):
            vectors = dict(enumerate(self._world.photos(BATCH)))
            self._records.store([self._record(n) for n in range(BATCH)], vectors)
            self._stored += BATCH

    def _record(self, n: int) -> Record:
        number = self._stored + n
        seen = self._decoded[number % len(self._decoded)]
        photo = Photo(
            0,
            self._folder,
            self._directory,
            self._root / f"IMG_{number:07}.jpg",
            size=4_000_000 + number,
            mtime_ns=1,
            content=f"{number:032x}",
            width=seen.width,
            height=seen.height,
            taken_ms=number * 60_000,
        )
        return Record(photo, seen.metadata, seen.thumbnails)
