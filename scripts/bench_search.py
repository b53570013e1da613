#!/usr/bin/env python3
"""Measure how well and how fast the index's graph and exact search answer queries.

    python scripts/bench_search.py --photos 100000 --library /tmp/bench-library

Fills a library with drawn vectors and metadata (about 6 minutes for 100,000; a library that is
there already is used again), then prints

- the recall@50 of the graph against exact search, and its time, for several search widths, with
  queries like the photos' vectors and with queries that are as far from them as words are;
- the time of filtered queries, which are exact, for filters that let through all photos, 10 %,
  1 % and 0.01 %, where every mask is worked out anew;
- the time of queries that all photos match, put in order and into groups;
- the time of a first page of all photos, with the photos themselves;
- the memory that the columns and the matrix take.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt
import psutil

from inphotos.encoders.base import Thresholds
from inphotos.metadata import Metadata, Place
from inphotos.search.filters import FilterMasks
from inphotos.search.grouping import arranged
from inphotos.search.listing import Listing
from inphotos.search.order import Group, Listed, Ranking, Sort
from inphotos.search.query import Query, parse
from inphotos.search.scoring import Scorer
from inphotos.store.catalog import Catalog, Photo
from inphotos.store.database import Database
from inphotos.store.details import DetailsTable, to_ms
from inphotos.store.folders import Directory, Folder
from inphotos.store.index import EmbeddingIndex
from inphotos.store.table import PhotoTable
from inphotos.store.vectors import VectorTable

Vectors = npt.NDArray[np.float32]

WIDTHS = (50, 100, 200, 400, 600, 800, 1000, 1500)

#: Filters by the share of the photos that they let through, which were taken evenly over 10,000
#: days from the first of 2000 on.
FILTERS = {
    "all": "dog after:1990",
    "10 %": "dog date:2000-01-01..2002-09-26",
    "1 %": "dog date:2000-01-01..2000-04-09",
    "0.01 %": "dog date:2000-01-01",
    "10 %, four filters": "dog date:2000-01-01..2002-09-26 camera:maker name:img* rating:>=0",
    "10 %, not 1 %": "dog -cat date:2000-01-01..2002-09-26",
}
#: Orders and groups that are measured, the cheapest and the dearest among them.
ORDERS: tuple[tuple[Sort, Group], ...] = (
    ("relevance", "none"),
    ("relevance", "day"),
    ("date", "day"),
    ("relevance", "place"),
    ("name", "none"),
    ("folder", "place"),
)
_DAYS = 10_000
_BATCH = 5_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the library, measure and print; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--photos", type=int, default=100_000, help="default 100000")
    parser.add_argument("--dimension", type=int, default=512, help="of the vectors (default 512)")
    parser.add_argument("--clusters", type=int, default=1000, help="0 for none (default 1000)")
    parser.add_argument("--queries", type=int, default=50, help="of each kind (default 50)")
    parser.add_argument("--wanted", type=int, default=50, help="results compared (default 50)")
    parser.add_argument("--library", type=Path, help="where to make it, to be used again")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        database = Database(options.library or Path(place) / "library")
        try:
            world = World(options.dimension, options.clusters)
            index = EmbeddingIndex(database, "0123456789abcdef", options.dimension)
            fill(database, index, options.photos, world)
            measure_graph(index, world, options.queries, options.wanted)
            measure_filters(database, index, world, options.queries, options.wanted)
            measure_orders(database, index, world, options.queries, options.wanted)
        finally:
            database.close()
    return 0


class World:
    """Draws vectors: clusters, and a direction that all vectors of one kind have in common.

    Those of CLIP are alike: two photos have a cosine similarity of about 0.5, a photo and words
    that describe it one of about 0.3, because pictures and words lie apart.
    """

    def __init__(self, dimension: int, clusters: int) -> None:
        self._chance = np.random.default_rng(1)
        self._dimension = dimension
        self._centres = self._unit(clusters) if clusters else None
        self._pictures, self._words = self._unit(2)

    def photos(self, count: int) -> Vectors:
        """Return vectors of photos, shape (count, dimension)."""
        return normalized(0.9 * self._subjects(count) + 0.9 * self._pictures)

    def words(self, count: int) -> Vectors:
        """Return vectors of words, shape (count, dimension)."""
        return normalized(0.9 * self._subjects(count) + 0.9 * self._words)

    def _subjects(self, count: int) -> Vectors:
        own = self._unit(count)
        if self._centres is None:
            return own
        return normalized(
            own + self._centres[self._chance.integers(len(self._centres), size=count)]
        )

    def _unit(self, count: int) -> Vectors:
        return normalized(self._chance.standard_normal((count, self._dimension), np.float32))


def normalized(vectors: Vectors) -> Vectors:
    """Scale each row to length 1."""
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def fill(database: Database, index: EmbeddingIndex, photos: int, world: World) -> None:
    """Store photos, taken evenly over the days, until there are as many as wanted."""
    catalog, details = Catalog(database), DetailsTable(database)
    already = index.count()
    if not already:
        with database.transaction():
            folder = catalog.folders.add(Folder(0, Path("/photos")))
            catalog.folders.put_directories(
                [Directory(0, folder.id, f"{n // 100}/{n}") for n in range(max(1, photos // 100))]
            )
    directories = sorted(catalog.folders.directories_by_id())
    for start in range(already, photos, _BATCH):
        numbers = range(start, min(start + _BATCH, photos))
        with database.transaction():
            ids = catalog.put([drawn_photo(n, directories) for n in numbers])
            details.put([(id_, *drawn_details(id_)) for id_ in ids])
            index.put(ids, world.photos(len(ids)))
        print(f"\rstoring, {numbers.stop:,} of {photos:,} ", end="", file=sys.stderr)
    print(file=sys.stderr)


def drawn_photo(number: int, directories: Sequence[int]) -> Photo:
    """Return a photo that was taken on one of the days, by turns."""
    directory = directories[number // 100 % len(directories)]
    return Photo(
        0,
        1,
        directory,
        Path(f"/photos/IMG_{number:06}.jpg"),
        size=1_000_000 + number,
        mtime_ns=1,
        content=f"{number:032x}",
        width=4000,
        height=3000,
        taken_ms=to_ms(datetime(2000, 1, 1) + timedelta(days=number % _DAYS)),
    )


def drawn_details(id_: int) -> tuple[Metadata, Place]:
    """Return metadata with one of a few cameras and of many places."""
    metadata = Metadata(
        camera=f"Maker {id_ % 20}",
        lens=f"Lens {id_ % 50}",
        latitude=(id_ % 160) - 80.0,
        longitude=(id_ % 340) - 170.0,
        rating=id_ % 6,
    )
    return metadata, Place(f"City {id_ % 2000}", f"Region {id_ % 200}", f"Land {id_ % 50}", "LA")


def measure_graph(index: EmbeddingIndex, world: World, queries: int, wanted: int) -> None:
    """Print recall and time of the graph for each width, and of a product with the matrix."""
    ids, matrix = index.read()
    for kind, vectors in (("photos", world.photos(queries)), ("words", world.words(queries))):
        best = [set(ids[np.argsort(-(matrix @ vector))[:wanted]].tolist()) for vector in vectors]
        print(f"Queries like {kind}, {len(ids):,} photos:")
        for width in WIDTHS:
            recalls, seconds = [], []
            for vector, exact in zip(vectors, best, strict=True):
                started = time.perf_counter()
                hits = index.nearest(vector, wanted, width=width)
                seconds.append(time.perf_counter() - started)
                recalls.append(len(exact.intersection(id_ for id_, _ in hits)) / len(exact))
            print(f"  width {width:5}  recall@{wanted} {np.mean(recalls):.4f}  {times(seconds)}")
        print(f"  exact                        {times(timed(vectors, lambda v: matrix @ v))}")


def measure_filters(
    database: Database, index: EmbeddingIndex, world: World, queries: int, wanted: int
) -> None:
    """Print the time of filtered queries, from the filter to the ranked photos."""
    before = psutil.Process().memory_info().rss
    started = time.perf_counter()
    table = PhotoTable(database, Catalog(database).folders)
    vectors = VectorTable(index)
    table.refresh()
    rows = vectors.matrix.shape[0]
    print(f"Reading {rows:,} vectors: {(time.perf_counter() - started) * 1000:.0f} ms")
    mean = vectors.matrix.mean(axis=0)
    at = vectors.rows_of(table.ids)
    for name, text in FILTERS.items():
        query = parse(text)
        drawn = [world.words(len(query.concepts)) for _ in range(queries)]
        found: list[int] = []

        def answer(parts: Vectors, query: Query = query, found: list[int] = found) -> None:
            masks = FilterMasks(table, tuple)  # remembers nothing from the query before
            chosen = np.flatnonzero(table.shown & masks.accepted(query.conditions))
            scorer = Scorer(query, parts, Thresholds(0.26, 0.2, 0.7))
            scores = scorer.scores(vectors.matrix, at[chosen], lambda: mean)
            Ranking(table.ids[chosen], scores, len(chosen)).page(0, wanted)
            found.append(len(chosen))

        answer(drawn[0])  # reads the columns
        print(f"  {name:20} {found[0]:8,} photos  {times(timed(drawn, answer))}")
    taken = psutil.Process().memory_info().rss - before
    print(f"Memory: {taken / 1e6:.0f} MB, of which the matrix {vectors.matrix.nbytes / 1e6:.0f} MB")


def measure_orders(
    database: Database, index: EmbeddingIndex, world: World, queries: int, wanted: int
) -> None:
    """Print the time of answers that hold all photos, from the scores to a page of the answer."""
    listing = Listing(database, Catalog(database), tuple)
    table, vectors = listing.table, VectorTable(index)
    started = time.perf_counter()
    listing.everything("", top=wanted)
    print(f"All photos, the first time: {(time.perf_counter() - started) * 1000:.0f} ms")
    at, query = vectors.rows_of(table.ids), parse("dog")
    matrix, rows = vectors.matrix, np.flatnonzero(table.shown)
    drawn = [world.words(1) for _ in range(queries)]
    print("What all photos match:")
    for sort, group in ORDERS:

        def answer(parts: Vectors, sort: Sort = sort, group: Group = group) -> None:
            scorer = Scorer(query, parts, Thresholds(0.26, 0.2, 0.7))
            scores = scorer.scores(matrix, at[rows], lambda: matrix[0])
            order, groups = arranged(table, rows, sort, group, scores)
            listed = Listed(table.ids[rows[order]], scores[order], len(rows), groups)
            listed.page(0, wanted)
            listed.groups(0, wanted)

        def browse(_: Vectors, sort: Sort = sort, group: Group = group) -> None:
            listing.everything("", top=wanted, sort=sort, group=group)

        answer(drawn[0])  # reads the columns
        found, listed = timed(drawn, answer), timed(drawn, browse)
        print(f"  {sort:9} by {group:6} found {times(found)}  listed {times(listed)}")


def timed(things: Sequence[Vectors] | Vectors, do: Callable[[Vectors], object]) -> list[float]:
    """Do something with each thing; return the seconds that each took."""
    seconds = []
    for thing in things:
        started = time.perf_counter()
        do(thing)
        seconds.append(time.perf_counter() - started)
    return seconds


def times(seconds: Sequence[float]) -> str:
    """Return the median and the 95th percentile, in words."""
    p50, p95 = statistics.median(seconds), float(np.percentile(seconds, 95))
    return f"p50 {p50 * 1000:6.1f} ms  p95 {p95 * 1000:6.1f} ms"


if __name__ == "__main__":
    sys.exit(main())
