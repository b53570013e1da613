#!/usr/bin/env python3
"""Measure how long it takes to hash photos and to find those that are alike.

    python scripts/bench_alike.py --photos 100000
    python scripts/bench_alike.py --photos 1000000 --bits 10

Prints

- the time of one perceptual hash, of a picture of the size of a thumbnail;
- for drawn hashes of which one in five is near another one: the time to group all of them, for
  several numbers of bits that may differ, and the time when a hundred more come in;
- the same for as many equal hashes, and for as many that are all near each other;
- the time to group photos of a library with copies, near-duplicates and bursts: until an answer
  can go on without them, until they are known, once more for a hundred more photos, and when the
  library is opened again;
- the time to fold an answer of all photos.

All are seconds of one processor. Filling the library takes about 10 minutes for 1,000,000 photos.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from inphotos.metadata import Metadata
from inphotos.phash import phash
from inphotos.search.alike import AlikePhotos
from inphotos.search.folding import Fold
from inphotos.search.hamming import HashGroups
from inphotos.store.catalog import Catalog, Photo
from inphotos.store.database import Database
from inphotos.store.details import DetailsTable
from inphotos.store.folders import Directory, Folder
from inphotos.store.index import EmbeddingIndex
from inphotos.store.table import PhotoTable

Hashes = npt.NDArray[np.uint64]

BITS = (6, 8, 10, 12, 14)

_LATER = 100
_BATCH = 5_000
_DIMENSION = 64


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--photos", type=int, default=100_000, help="default 100000")
    parser.add_argument("--bits", type=int, nargs="+", default=BITS, help="that may differ")
    options = parser.parse_args(arguments)
    measure_hash()
    measure_groups(options.photos, options.bits)
    measure_library(options.photos)
    return 0


def measure_hash() -> None:
    """Print how long a hash takes."""
    chance = np.random.default_rng(1)
    image = Image.fromarray(chance.integers(0, 256, (171, 256, 3), np.uint8))
    count = 50
    seconds = timed(lambda: [phash(image) for _ in range(count)])
    print(f"one hash               {seconds / count * 1000:8.2f} ms")


def measure_groups(count: int, bits_wanted: Sequence[int]) -> None:
    """Print how long it takes to group hashes."""
    hashes = drawn_hashes(count)
    later = drawn_hashes(_LATER, seed=2)
    for bits in bits_wanted:
        groups = HashGroups(bits)
        seconds = timed(lambda groups=groups: groups.add(hashes))
        more = timed(lambda groups=groups: groups.add(later))
        joined = count_joined(groups.representatives[:count])
        print(
            f"{bits:2} bits                {seconds:8.2f} s, {joined:,} of {count:,} joined, "
            f"{_LATER} more {more * 1000:.0f} ms"
        )
    for name, alike in (("equal", np.full(count, hashes[0])), ("crowded", crowded(count))):
        groups = HashGroups(10)
        seconds = timed(lambda groups=groups, alike=alike: groups.add(alike))
        joined = count_joined(groups.representatives)
        print(f"10 bits, {name:8}      {seconds:8.2f} s, {joined:,} of {count:,} joined")


def measure_library(count: int) -> None:
    """Print how long it takes to group and fold the photos of a library."""
    with tempfile.TemporaryDirectory() as place:
        database = Database(Path(place) / "library")
        try:
            index = EmbeddingIndex(database, "0123456789abcdef", _DIMENSION)
            fill(database, index, count)
            table = PhotoTable(database, Catalog(database).folders)
            table.refresh()
            alike = AlikePhotos(table)
            alike.compare_with(index, 0.6)
            at_once = timed(alike.recent_groups)
            seconds = at_once + timed(alike.groups)
            groups = alike.groups()
            found, photos = groups.count()
            print(f"library                {seconds:8.2f} s, {found:,} groups, {photos:,} photos")
            print(f"an answer goes on after{at_once:8.2f} s")
            fold = Fold(groups)
            scores = np.random.default_rng(4).random(len(table.ids)).astype(np.float32)
            folded = timed(lambda: (fold.count(table.ids), fold.best(table.ids, scores)))
            print(f"folding an answer      {folded * 1000:8.0f} ms, {fold.total:,} tiles")
            fill(database, index, _LATER, first=count)
            table.refresh()
            print(f"{_LATER} more photos        {timed(alike.groups):8.2f} s")
            again = PhotoTable(database, Catalog(database).folders)
            again.refresh()
            later = AlikePhotos(again)
            later.compare_with(index, 0.6)
            print(f"opened again           {timed(later.groups):8.2f} s")
            alike.close()
            later.close()
        finally:
            database.close()


def drawn_hashes(count: int, seed: int = 1) -> Hashes:
    """Draw hashes as those of photos are, half of their bits set; one in five is near another."""
    chance = np.random.default_rng(seed)
    is_set = np.argsort(chance.random((count, 64)), axis=1) < 32
    hashes = np.packbits(is_set, axis=1).view(">u8").ravel().astype(np.uint64)
    copies = chance.permutation(count)[: count // 5]
    hashes[copies] = hashes[(copies + 1) % count]
    for _ in range(4):
        flips = np.uint64(1) << chance.integers(0, 64, len(copies)).astype(np.uint64)
        hashes[copies] ^= flips
    return hashes


def crowded(count: int) -> Hashes:
    """Draw hashes that are all near the first one."""
    chance = np.random.default_rng(3)
    hashes = np.full(count, drawn_hashes(1)[0])
    for _ in range(6):
        hashes[1:] ^= np.uint64(1) << chance.integers(0, 64, count - 1).astype(np.uint64)
    return hashes


def count_joined(representatives: npt.NDArray[np.intp]) -> int:
    """Return how many hashes are in the group of another one."""
    return int(np.count_nonzero(representatives != np.arange(len(representatives))))


def fill(database: Database, index: EmbeddingIndex, count: int, first: int = 0) -> None:
    """Store photos, numbered from ``first`` on: of ten three are a burst.

    The hashes are drawn as :func:`drawn_hashes` says.
    Only those of a burst have an embedding, because putting one takes milliseconds.
    """
    catalog, details = Catalog(database), DetailsTable(database)
    if not first:
        with database.transaction():
            folder = catalog.folders.add(Folder(0, Path("/photos")))
            catalog.folders.put_directories([Directory(0, folder.id, str(n)) for n in range(100)])
    hashes = drawn_hashes(count, seed=1 + first).tolist()
    chance = np.random.default_rng(5)
    for start in range(first, first + count, _BATCH):
        numbers = range(start, min(start + _BATCH, first + count))
        with database.transaction():
            ids = catalog.put([drawn_photo(n, hashes[n - first]) for n in numbers])
            details.put([(id_, Metadata(camera="Maker", taken_source="exif"), None) for id_ in ids])
            shots = [(id_, n) for id_, n in zip(ids, numbers, strict=True) if n % 100 < 3]
            scenes = chance.standard_normal(((first + count) // 100 + 1, _DIMENSION), np.float32)
            vectors = np.stack([scenes[n // 100] for _, n in shots])
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
            index.put([id_ for id_, _ in shots], vectors)


def drawn_photo(number: int, hash_: int) -> Photo:
    """Return a photo; the first three of ten were taken within two seconds."""
    second = number // 10 * 3600 + min(number % 10, 2) + max(0, number % 10 - 2) * 60
    return Photo(
        0,
        1,
        1 + number // 10 % 100,
        Path(f"/photos/IMG_{number:06}.jpg"),
        size=1_000_000 + number,
        mtime_ns=1,
        content=f"{number:032x}",
        width=4000,
        height=3000,
        taken_ms=second * 1000,
        phash=hash_,
    )


def timed(do: Callable[[], object]) -> float:
    """Return the seconds of one processor that something takes, whatever else the machine does."""
    started = time.process_time()
    do()
    return time.process_time() - started


if __name__ == "__main__":
    sys.exit(main())
