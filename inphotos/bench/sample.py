"""The photos that are measured: some of the library's, or drawn ones."""

from __future__ import annotations

import statistics
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from inphotos.bench import pictures
from inphotos.bench.results import Doing
from inphotos.encoders.base import Model
from inphotos.errors import LibraryError, PhotoError, display_path
from inphotos.events import Control
from inphotos.photos.decode import Decoded
from inphotos.photos.decoders import DecoderPool, Job
from inphotos.photos.placeholders import is_placeholder
from inphotos.store.catalog import Catalog
from inphotos.store.database import Database
from inphotos.store.index import EmbeddingIndex

#: Enough that one odd photo does not decide, few enough to be decoded in full again and again.
PHOTOS = 16

#: Photos are looked at up to so many times more, for some are offline or cannot be read.
_TRIES = 8


class NoPhotosError(LibraryError):
    """The library has no photo that can be measured with."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Photos to measure with.

    Attributes:
        paths: the files, one or more.
        decoded: what decoding them gives, in no particular order.
        drawn: they were drawn for the purpose.
    """

    paths: tuple[Path, ...]
    decoded: tuple[Decoded, ...]
    drawn: bool

    @property
    def in_words(self) -> str:
        """What photos these are."""
        megapixels = statistics.mean(seen.width * seen.height for seen in self.decoded) / 1e6
        megabytes = statistics.mean(path.stat().st_size for path in self.paths) / 1e6
        origin = "drawn" if self.drawn else "of the library's"
        return (
            f"{len(self.paths)} {origin} photos, {megapixels:.1f} megapixels and "
            f"{megabytes:.1f} MB on average"
        )


def drawn(
    folder: Path, megapixels: float, model: Model, control: Control
) -> Generator[Doing, None, Sample]:
    """Draw photos into a folder.

    Raises:
        CancelledError: by way of ``control``.
    """
    paths = []
    yield Doing("drawing photos")
    for path in pictures.draw(folder, PHOTOS, megapixels, control):
        paths.append(path)
        yield Doing(f"drawing photos: {len(paths)} of {PHOTOS}")
    return (yield from _decoded(paths, model, control, drawn=True))


def of_library(directory: Path, model: Model, control: Control) -> Generator[Doing, None, Sample]:
    """Choose photos of a library evenly in the order in which they came in; they are only read.

    Raises:
        LibraryError: it cannot be opened.
        NoPhotosError: it has no photo that can be read now.
        CancelledError: by way of ``control``.
    """
    yield Doing("choosing photos")
    database = Database(directory)
    try:
        paths = _choose(Catalog(database))
    finally:
        database.close()
    sample = yield from _decoded(paths, model, control, drawn=False)
    if not sample.paths:
        raise NoPhotosError(
            f"The library {display_path(directory)} has no photo that can be read now; "
            f"measure with drawn ones: 'inphotos bench --on drawn'."
        )
    return sample


def index_of(database: Database, model: Model) -> EmbeddingIndex | None:
    """Return a library's index of a model; None where it has none, which is not made then."""
    key = (model.fingerprint, model.dimension)
    return EmbeddingIndex(database, *key) if key in database.schema.embeddings else None


def _choose(catalog: Catalog) -> list[Path]:
    ids = np.array(sorted(catalog.all_ids()), np.int64)
    if not len(ids):
        return []
    at = np.linspace(0, len(ids) - 1, min(len(ids), PHOTOS * _TRIES)).astype(np.intp)
    # One of each eighth part of the library first, so that there are enough wherever some lack.
    order = [n for start in range(_TRIES) for n in at[start::_TRIES].tolist()]
    found: list[Path] = []
    for photo in catalog.by_ids(ids[order].tolist()).values():
        if photo.state == "here" and not photo.reason and _is_here(photo.path):
            found.append(photo.path)
        if len(found) == PHOTOS:
            break
    return found


def _is_here(path: Path) -> bool:
    try:
        info = path.stat()
    except OSError:
        return False
    return not is_placeholder(info, path.name)


def _decoded(
    paths: Sequence[Path], model: Model, control: Control, *, drawn: bool
) -> Generator[Doing, None, Sample]:
    yield Doing("reading the photos")
    readable, results = [], []
    with DecoderPool(model.pixels) as pool:
        for job, outcome in pool.decode_all([Job(path) for path in paths], control):
            if isinstance(outcome, Decoded):
                readable.append(job.path)
                results.append(outcome)
            elif drawn and isinstance(outcome, PhotoError):
                raise outcome
    return Sample(tuple(readable), tuple(results), drawn)
