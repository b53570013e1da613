"""How fast a library answers, beside an exact scan of the same embeddings."""

from __future__ import annotations

import time
from collections.abc import Generator
from pathlib import Path

import numpy as np

from inphotos.bench.results import Doing, Row, Spread, Table
from inphotos.bench.sample import index_of
from inphotos.bench.turns import LEAST_TURNS, times_as_fast
from inphotos.bench.world import World, fill
from inphotos.encoders import registry
from inphotos.encoders.base import Embeddings, Model
from inphotos.events import Control
from inphotos.library import Library
from inphotos.search.calibration import everyday_captions
from inphotos.search.prompts import encode_texts
from inphotos.store.columns import Ids
from inphotos.store.database import Database
from inphotos.store.index import EmbeddingIndex

#: What the window shows first.
WANTED = 50

#: The directory of the library of made-up photos, in the benchmark's own.
MADE = "made-up"

_QUERIES = 40
_EXACT = "exact scan by NumPy"
_INDEX = "the index, 50 nearest"


def measure(
    place: Path,
    library: Path | None,
    model: Model,
    photos: int,
    seconds: float,
    control: Control,
) -> Generator[Doing, None, list[Table]]:
    """Ask the user's library and one of made-up photos.

    Args:
        place: where to make the latter, in ``MADE``.
        library: the former, None for none.
        photos: how many to make up.
        model, seconds, control: as for the other parts.

    Raises:
        CancelledError: by way of ``control``.
        LibraryError: a library cannot be opened or made.
        ModelError: the model cannot be loaded.
    """
    made = place / MADE
    for done in fill(made, model, photos, control):
        yield Doing(f"making up photos: {done:,} of {photos:,}")
    world = World(model.dimension)
    tables = [
        (yield from _ask(made, "made-up photos", model, world.words(_QUERIES), seconds, control))
    ]
    if library is not None:
        yield Doing("encoding captions")
        vectors = _captions(model) if model.has_text else None
        tables.insert(
            0,
            (yield from _ask(library, "photos of the library", model, vectors, seconds, control)),
        )
    return tables


def _captions(model: Model) -> Embeddings:
    return encode_texts(registry.load(model), everyday_captions()[:_QUERIES])


def _ask(
    directory: Path,
    what: str,
    model: Model,
    queries: Embeddings | None,
    seconds: float,
    control: Control,
) -> Generator[Doing, None, Table]:
    """Measure one library; without queries its photos are what is searched with."""
    database = Database(directory)
    try:
        index = index_of(database, model)
        count = 0 if index is None else index.count()
        title = f"Searching among {count:,} {what}"
        if index is None or not count:
            note = f"The library has no embeddings of the model {model.name}."
            return Table("search", title, (), (note,))
        rows = yield from _compare(index, title, queries, seconds, control)
    finally:
        database.close()
    if model.has_text:
        rows += yield from _whole(directory, title, model, control)
    return Table("search", title, tuple(rows))


def _compare(
    index: EmbeddingIndex, title: str, queries: Embeddings | None, seconds: float, control: Control
) -> Generator[Doing, None, list[Row]]:
    """Ask the index and scan its embeddings, query by query in turns."""
    yield Doing(f"{title}: reading the embeddings")
    ids, matrix = index.read()
    if queries is None:
        queries = matrix[np.linspace(0, len(ids) - 1, _QUERIES).astype(np.intp)]
    wanted = min(WANTED, len(ids))
    taken: dict[str, list[float]] = {_EXACT: [], _INDEX: []}
    recalls = []
    begun, turn = time.monotonic(), 0
    while turn < LEAST_TURNS or time.monotonic() - begun < seconds / 2:
        yield Doing(f"{title} (turn {turn + 1})")
        control.checkpoint()
        for query in queries:
            started = time.perf_counter()
            exact = _scan(ids, matrix, query, wanted)
            between = time.perf_counter()
            found, _ = index.nearest(query, wanted)
            ended = time.perf_counter()
            if not turn:  # the disk is read then, which does not count
                recalls.append(len(np.intersect1d(exact, found)) / wanted)
                continue
            taken[_EXACT].append(between - started)
            taken[_INDEX].append(ended - between)
        turn += 1
    recall = {f"recall@{wanted}": float(np.mean(recalls))}
    return [
        _row(_EXACT, taken[_EXACT], 1.0),
        _row(_INDEX, taken[_INDEX], times_as_fast(taken[_EXACT], taken[_INDEX]), recall),
    ]


def _whole(
    directory: Path, title: str, model: Model, control: Control
) -> Generator[Doing, None, list[Row]]:
    """Ask as the window does: words in, the first page of photos out; then the same again."""
    yield Doing(f"{title}: loading the model")
    texts = everyday_captions()
    first: list[float] = []
    again: list[float] = []
    with Library.open(directory, model=model.name) as library:
        library.load_encoder()
        library.search(
            texts[-1], top=WANTED, fold=True
        )  # reads what is kept in memory from then on
        for text in texts[:_QUERIES]:
            yield Doing(f"{title}: whole queries")
            control.checkpoint()
            for taken in (first, again):
                started = time.perf_counter()
                library.search(text, top=WANTED, fold=True)
                taken.append(time.perf_counter() - started)
    return [
        _row("words in, first photos out", first),
        _row("the same words again", again),
    ]


def _scan(ids: Ids, matrix: Embeddings, query: Embeddings, wanted: int) -> Ids:
    """Return the ids of the most similar photos, in no particular order."""
    cosines = matrix @ query
    return ids[np.argpartition(cosines, len(ids) - wanted)[len(ids) - wanted :]]


def _row(
    name: str,
    seconds: list[float],
    ratio: float | None = None,
    more: dict[str, float] | None = None,
) -> Row:
    milliseconds = [value * 1000 for value in seconds]
    p95 = {"p95": float(np.percentile(milliseconds, 95))}
    return Row(name, "ms", Spread.of(milliseconds), ratio, {**p95, **(more or {})})
