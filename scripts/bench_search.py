#!/usr/bin/env python3
"""Measure how well and how fast a large library is searched, and the memory that it takes.

    python scripts/bench_search.py --photos 100000 --library /tmp/bench-library

Fills a library with drawn vectors and metadata (about 2 minutes for 100,000; a library that is
there already is used again), then prints

- search alone: recall@50 and time of a product with all vectors (NumPy, and the 50 best of it), of
  the rounded vectors with the best compared by their own, and of the graph at several widths; by
  turns, so that all have the same share of the machine, with queries like the photos' vectors and
  with queries as far from them as words are;
- whole queries, as the window asks them (240 photos, those that are alike folded), without the text
  tower: the first of a process, others, the same again, with filters, while photos come in;
- the time of all photos put in order and into groups, and of counting what they divide into;
- how quickly embeddings come into a library of that size;
- the memory of a process that has answered a query without and one with filters, and waits.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import numpy as np
import psutil
from drawn_library import SHAPES, Shape, Vectors, World, fill

from inphotos.encoders import registry, specs
from inphotos.encoders.base import Model, Thresholds
from inphotos.library import Library
from inphotos.pixels import Pixels
from inphotos.search.order import Group, Sort, best_of
from inphotos.store.database import Database
from inphotos.store.index import EmbeddingIndex
from inphotos.store.rounding import LEADING, Rounding

FINGERPRINT = "0123456789abcdef"
WIDTHS = (200, 500, 1000, 2000)

#: Filters by the share of the photos that they let through, which were taken evenly over 10,000
#: days from the first of 2000 on.
FILTERS = {
    "all": "after:1990",
    "10 %": "date:2000-01-01..2002-09-26",
    "1 %": "date:2000-01-01..2000-04-09",
    "0.01 %": "date:2000-01-01",
    "10 %, four filters": "date:2000-01-01..2002-09-26 camera:maker name:img* rating:>=0",
    "10 %, not 1 %": "-cat date:2000-01-01..2002-09-26",
}
#: Orders and groups that are measured, the cheapest and the dearest among them.
ORDERS: tuple[tuple[Sort, Group], ...] = (
    ("relevance", "none"),
    ("date", "day"),
    ("relevance", "place"),
    ("name", "none"),
    ("folder", "place"),
)
PAGE = 240
_REST_S = 12.0  # in which what was read of the store is let go


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the library, measure and print; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--photos", type=int, default=100_000, help="default 100000")
    parser.add_argument("--dimension", type=int, default=512, help="of the vectors (default 512)")
    parser.add_argument("--shape", choices=SHAPES, default="events", help="of the vectors")
    parser.add_argument("--queries", type=int, default=50, help="of each kind (default 50)")
    parser.add_argument("--wanted", type=int, default=50, help="results compared (default 50)")
    parser.add_argument("--rest", type=float, default=_REST_S, help=argparse.SUPPRESS)
    parser.add_argument("--library", type=Path, help="where to make it, to be used again")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    world = World(options.dimension, options.shape)
    with tempfile.TemporaryDirectory() as place:
        directory = options.library or Path(place) / "library"
        if options.inside:
            measure_memory(directory, world, options.rest)
            return 0
        database = Database(directory)
        try:
            index = EmbeddingIndex(database, FINGERPRINT, options.dimension)
            fill(database, index, options.photos, world)
            measure_search(index, world, options.queries, options.wanted)
        finally:
            database.close()
        measure_queries(directory, world, options.queries)
        measure_insertion(directory, options.dimension, options.shape)
        command = [sys.executable, __file__, "--inside", "--library", str(directory)]
        command += ["--dimension", str(options.dimension), "--rest", str(options.rest)]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout, end="")
    return 0


def measure_search(index: EmbeddingIndex, world: World, queries: int, wanted: int) -> None:
    """Print recall and time of each way to search, and how much quicker than NumPy it is."""
    ids, matrix = index.read()
    rounding = Rounding.fitted(matrix[:: max(1, len(matrix) // 2_000)], len(ids))
    codes = np.concatenate([rounding.codes(part) for part in np.array_split(matrix, 20)])

    def scan(vector: Vectors) -> Vectors:
        scores = matrix @ vector
        best = np.argpartition(-scores, min(wanted, len(ids) - 1))[:wanted]
        return np.asarray(ids[best])

    lead = None if rounding.turn is None else np.ascontiguousarray(codes[:, :LEADING])

    def rounded(vector: Vectors) -> Vectors:
        if lead is None:
            best = best_of(rounding.products(codes, vector), 3 * wanted)
        else:
            chosen = best_of(rounding.products(lead, vector), len(ids) // 50)
            best = chosen[best_of(rounding.products(codes[chosen], vector), 3 * wanted)]
        found, vectors = index.read(ids[best].tolist())
        return np.asarray(found[np.argsort(-np.vecdot(vectors, vector))[:wanted]])

    ways: dict[str, Callable[[Vectors], Vectors]] = {"numpy": scan, "rounded": rounded}
    for width in WIDTHS:
        ways[f"graph {width}"] = lambda vector, width=width: index.nearest(  # type: ignore[misc]
            vector, wanted, width=width
        )[0]
    for kind, vectors in (("photos", world.like_photos(queries)), ("words", world.words(queries))):
        print(f"Queries like {kind}, {len(ids):,} photos:")
        seconds: dict[str, list[float]] = {way: [] for way in ways}
        recalls: dict[str, list[float]] = {way: [] for way in ways}
        for vector in vectors:
            exact: set[int] = set()
            for way, answer in ways.items():
                started = time.perf_counter()
                found = answer(vector)
                seconds[way].append(time.perf_counter() - started)
                exact = exact or set(found.tolist())
                recalls[way].append(len(exact.intersection(found.tolist())) / len(exact))
        usual = float(np.percentile(seconds["numpy"], 95))
        for way in ways:
            faster = usual / float(np.percentile(seconds[way], 95))
            print(
                f"  {way:10}  recall@{wanted} {np.mean(recalls[way]):.4f}, at least "
                f"{min(recalls[way]):.2f}  {times(seconds[way])}  {faster:5.1f} x"
            )


class DrawnEncoder:
    """Stands for an encoder: whatever it is asked for, it gives drawn vectors of words.

    Attributes:
        seconds: what drawing took, which is no part of what is measured.
    """

    def __init__(self, model: Model, world: World) -> None:
        self.model = model
        self.seconds = 0.0
        self._world = world

    def load_images(self) -> None:
        """Load nothing."""

    load_texts = close = load_images

    def encode_images(self, batch: Sequence[Pixels]) -> Vectors:
        """Give vectors of photos."""
        return self._world.like_photos(len(batch))

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """Give vectors of words."""
        started = time.perf_counter()
        vectors = self._world.words(len(texts))
        self.seconds += time.perf_counter() - started
        return vectors


@contextmanager
def opened(directory: Path, world: World) -> Iterator[tuple[Library, DrawnEncoder]]:
    """Open a library whose model is the world."""
    demo = registry.resolve(specs.DEMO, directory)
    lines = Thresholds(strong=0.3, maybe=0.25, same_kind=0.8, measured=True)
    model = replace(
        demo, fingerprint=FINGERPRINT, dimension=world.dimension, thresholds=lines, prompts=("{}",)
    )
    encoder = DrawnEncoder(model, world)
    with ExitStack() as stack:
        stack.enter_context(patch.object(registry, "resolve", lambda *_: model))
        stack.enter_context(patch.object(registry, "load", lambda *_: encoder))
        yield stack.enter_context(Library.open(directory)), encoder


def measure_queries(directory: Path, world: World, queries: int) -> None:
    """Print the time of whole queries, from their text to the photos."""
    with opened(directory, world) as (library, encoder):

        def ask(text: str) -> float:
            started = time.perf_counter() - encoder.seconds
            library.search(text, top=PAGE, fold=True)
            return time.perf_counter() - encoder.seconds - started

        def several(text: str) -> Iterator[float]:
            return (ask(f"thing{n} {text}") for n in range(queries))

        started = time.perf_counter()
        library.browse(top=PAGE, fold=True)
        print(f"All photos, the first time: {(time.perf_counter() - started) * 1000:.0f} ms")
        print(f"Whole queries without the text tower, {PAGE} photos:")
        print(f"  the first {ask('first') * 1000:.1f} ms, the second {ask('second') * 1000:.1f} ms")
        time.sleep(1)  # where the vectors are not rounded yet, that takes its time
        for name, text in {"no filter": "", **FILTERS}.items():
            ask(f"dog {text}")  # reads the columns, and what else the first one needs
            print(f"  {name:20} {times(several(text))}")
        print(f"  {'the same again':20} {times(ask('dog') for _ in range(queries))}")
        coming = EmbeddingIndex(library._database, FINGERPRINT, world.dimension)
        some = coming.all_ids()[:queries].tolist()

        def after_writing(id_: int) -> float:
            with library._database.transaction():
                coming.put([id_], coming.read([id_])[1])
            return ask(f"thing{id_}")

        print(f"  {'after each writing':20} {times(map(after_writing, some))}")
        print("All photos, in order:")
        for sort, group in ORDERS:

            def browse(_: int, sort: Sort = sort, group: Group = group) -> float:
                began = time.perf_counter()
                library.browse(top=PAGE, sort=sort, group=group)
                return time.perf_counter() - began

            browse(0)  # reads the columns
            print(f"  {sort:9} by {group:6} {times(map(browse, range(10)))}")
        started = time.perf_counter()
        library.facets()
        print(f"  what they divide into: {(time.perf_counter() - started) * 1000:.0f} ms")


def measure_insertion(directory: Path, dimension: int, shape: Shape) -> None:
    """Print how quickly embeddings come in, in the batches of the indexer, and take them out."""
    database = Database(directory)
    try:
        index = EmbeddingIndex(database, FINGERPRINT, dimension)
        first, batch, batches = int(index.all_ids().max()) + 1, 32, 10
        vectors = World(dimension, shape, seed=3).photos(batch * batches)
        started, spent = time.perf_counter(), time.process_time()
        for n in range(batches):
            with database.transaction():
                index.put(
                    range(first + n * batch, first + (n + 1) * batch),
                    vectors[n * batch : (n + 1) * batch],
                )
        rate = batch * batches / (time.perf_counter() - started)
        cost = (time.process_time() - spent) / (batch * batches) * 1000
        print(f"Coming in, {batch} at a time: {rate:.0f} a second, {cost:.2f} ms of work each")
        started = time.perf_counter()
        with database.transaction():
            database.drop_embeddings(range(first, first + batch))
        gone = (time.perf_counter() - started) / batch * 1000
        print(f"Taken out: {gone:.1f} ms each")
        for n in range(1, batches):
            with database.transaction():
                database.drop_embeddings(range(first + n * batch, first + (n + 1) * batch))
    finally:
        database.close()


def measure_memory(directory: Path, world: World, rest: float) -> None:
    """Print the memory of this process before and after searching, and once it has rested."""
    process = psutil.Process()

    def told(when: str) -> str:
        memory = process.memory_info()
        resident, shared = memory.rss / 2**20, getattr(memory, "shared", 0) / 2**20
        return f"  {when:26} {resident:6.0f} MiB resident, of which {shared:.0f} of files"

    print("Memory of a process without window and model:")
    print(told("before the library is open"))
    with opened(directory, world) as (library, _):
        library.browse(top=PAGE, fold=True)
        library.facets()
        print(told("all photos listed"))
        library.search("dog", top=PAGE, fold=True)
        library.search(f"dog {FILTERS['10 %']}", top=PAGE, fold=True)
        print(told("two queries answered"))
        time.sleep(rest)
        print(told("at rest"))


def times(seconds: Iterable[float]) -> str:
    """Return the median and the 95th percentile, in words."""
    all_ = list(seconds)
    p50, p95 = statistics.median(all_), float(np.percentile(all_, 95))
    return f"p50 {p50 * 1000:6.1f} ms  p95 {p95 * 1000:6.1f} ms"


if __name__ == "__main__":
    sys.exit(main())
