"""Libraries of drawn photos for measurements at scale: vectors like a real model's, and metadata.

What makes real embeddings harder to search than random points is drawn too: see :class:`World`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from inphotos.metadata import Metadata, Place
from inphotos.store.catalog import Catalog, Photo
from inphotos.store.database import Database
from inphotos.store.details import DetailsTable, to_ms
from inphotos.store.folders import Directory, Folder
from inphotos.store.index import EmbeddingIndex

Vectors = npt.NDArray[np.float32]

Shape = Literal["events", "smooth", "clusters"]
SHAPES: tuple[Shape, ...] = get_args(Shape)

#: Photos are taken evenly over so many days from the first of 2000 on.
DAYS = 10_000

_TOPICS = 2_000
_SHOTS = 3  # of each scene of an event
_BATCH = 5_000
_HASH_STEP = 0x9E3779B97F4A7C15


class World:
    """Draws vectors of photos, and of words that are searched for.

    Like those of CLIP, the vectors of photos lie in a cone (two photos have a cosine similarity of
    about 0.5, because they have a direction in common), and those of words in another one: a photo
    and words that describe it have one of about 0.3. The shapes:

    - events: photos come in events of very different sizes, each about a few of 2,000 topics, some
      frequent and most rare, and each scene is taken three times. A few directions hold most of the
      variance, as in real embeddings: it falls with the number of the direction. Words are about a
      topic, and have much that no photo has.
    - smooth: the same directions, without any groups. Nothing is near to anything, which is the
      worst case for a graph.
    - clusters: round clusters of one size, and all directions alike. The easiest.

    Attributes:
        dimension: length of the vectors.
    """

    def __init__(self, dimension: int, shape: Shape = "events", seed: int = 1) -> None:
        self.dimension = dimension
        self._shape = shape
        plan = np.random.default_rng(1)  # the topics of a library, however often it is filled
        spread = np.arange(1, dimension + 1, dtype=np.float32) ** -0.5
        self._spread = spread / np.linalg.norm(spread)
        self._turn = np.linalg.qr(plan.standard_normal((dimension, dimension), np.float32))[0]
        self._pictures, self._words = normalized(plan.standard_normal((2, dimension), np.float32))
        self._topics = self._drawn(plan, _TOPICS)
        self._centres = normalized(plan.standard_normal((1000, dimension), np.float32))
        often = np.arange(1, _TOPICS + 1) ** -0.7
        self._often = often / often.sum()
        self._chance = np.random.default_rng([2, seed])
        self._asked = np.random.default_rng([3, seed])
        self._pending = np.zeros((0, dimension), np.float32)

    def photos(self, count: int) -> Vectors:
        """Return vectors of the next photos, event after event, shape (count, dimension)."""
        return self._pictured(self._subjects(self._chance, count))

    def like_photos(self, count: int) -> Vectors:
        """Return vectors of other photos, to search with, shape (count, dimension)."""
        if self._shape != "events":
            return self._pictured(self._subjects(self._asked, count))
        topics = self._topics[self._asked.choice(_TOPICS, size=count, p=self._often)]
        return self._pictured(topics + 0.7 * self._drawn(self._asked, count))

    def words(self, count: int) -> Vectors:
        """Return vectors of words, shape (count, dimension)."""
        chance = self._asked
        if self._shape == "clusters":
            return normalized(normalized(self._subjects(chance, count)) + self._words)
        about = self._drawn(chance, count)
        if self._shape == "events":
            topics = self._topics[chance.choice(_TOPICS, size=count, p=self._often)]
            about = topics + np.float32(0.5) * about
        own = normalized(chance.standard_normal((count, self.dimension), np.float32))
        joint = 0.6 * normalized(about) + 0.6 * own + 0.9 * self._words + 0.1 * self._pictures
        return normalized(np.asarray(joint, np.float32))

    def _pictured(self, subjects: Vectors) -> Vectors:
        return normalized(normalized(subjects) + np.float32(0.9) * self._pictures)

    def _subjects(self, chance: np.random.Generator, count: int) -> Vectors:
        if self._shape == "smooth":
            return self._drawn(chance, count)
        if self._shape == "clusters":
            own = normalized(chance.standard_normal((count, self.dimension), np.float32))
            return own + self._centres[chance.integers(len(self._centres), size=count)]
        events, there = [self._pending], len(self._pending)
        while there < count:
            events.append(self._event(chance))
            there += len(events[-1])
        together = np.concatenate(events)
        self._pending = together[count:]
        return together[:count]

    def _event(self, chance: np.random.Generator) -> Vectors:
        size = int(min(2000, chance.pareto(1.0) * 8 + 1))
        scenes = -(-size // _SHOTS)
        topics = self._topics[chance.choice(_TOPICS, size=3, p=self._often)]
        scene = topics[chance.integers(3, size=scenes)]
        scene = scene + np.float32(0.6) * (self._drawn(chance, 1) + self._drawn(chance, scenes))
        shots = np.repeat(scene, _SHOTS, axis=0)[:size]
        return np.asarray(shots + np.float32(0.3) * self._drawn(chance, size), np.float32)

    def _drawn(self, chance: np.random.Generator, count: int) -> Vectors:
        numbers = chance.standard_normal((count, self.dimension), np.float32)
        return np.asarray((numbers * self._spread) @ self._turn.T, np.float32)


def normalized(vectors: Vectors) -> Vectors:
    """Scale each row to length 1."""
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def fill(
    database: Database,
    index: EmbeddingIndex,
    photos: int,
    world: World,
    stored: Callable[[int], None] = lambda _: None,
) -> None:
    """Store photos, taken evenly over the days, until there are as many as wanted.

    Args:
        stored: is told after each batch how many there are now.
    """
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
        stored(numbers.stop)
    print(file=sys.stderr)


def drawn_photo(number: int, directories: Sequence[int]) -> Photo:
    """Return a photo that was taken on one of the days, by turns; one in 20 is saved again."""
    directory = directories[number // 100 % len(directories)]
    seen = number - (number % 20 == 19)
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
        taken_ms=to_ms(datetime(2000, 1, 1) + timedelta(days=number % DAYS)),
        phash=_hash(seen),
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


def _hash(number: int) -> int:
    """Return 64 bits that look like chance (the finisher of SplitMix64)."""
    mask = (1 << 64) - 1
    bits = (number + 1) * _HASH_STEP & mask
    bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9 & mask
    bits = (bits ^ bits >> 27) * 0x94D049BB133111EB & mask
    return bits ^ bits >> 31
