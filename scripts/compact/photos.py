"""The photos to learn from, small enough to be kept in memory all at once."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

#: Photos are kept with a short edge of so many pixels, in squares of so many.
SHORT, SQUARE = 96, 144

Canvases = npt.NDArray[np.uint8]
"""Photos in the upper left corner of black squares, shape (n, SQUARE, SQUARE, 3)."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of a photo.

    Attributes:
        shard: the number of its zip file.
        name: in it.
        labels: what is to be seen, the most exact first; may be empty.
        captions: sentences of people about it; mostly none.
        is_test: it is never trained on.
    """

    shard: int
    name: str
    labels: tuple[str, ...]
    captions: tuple[str, ...]
    is_test: bool


@dataclass(frozen=True)
class Photos:
    """All photos.

    Attributes:
        rows: what is known of them.
        canvases: their pixels.
        sizes: height and width of each on its canvas, int64, shape (n, 2).
    """

    rows: tuple[Row, ...]
    canvases: Canvases
    sizes: npt.NDArray[np.int64]

    def whole(self, index: int) -> Image.Image:
        """Return a photo as it was read."""
        height, width = self.sizes[index]
        return Image.fromarray(self.canvases[index, :height, :width])


def read_rows(folder: Path) -> list[Row]:
    """Read what is known of the photos in a folder with ``manifest.jsonl.gz``."""
    with gzip.open(folder / "manifest.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [_row(json.loads(line)) for line in lines]


def read_captions(folder: Path) -> list[str]:
    """Read captions of other photos, for words alone."""
    text = gzip.decompress((folder / "captions.txt.gz").read_bytes()).decode("utf-8")
    return [line.strip() for line in text.splitlines() if line.strip()]


def read_photos(folder: Path, cache: Path) -> Photos:
    """Decode all photos of a folder, or take what was decoded before.

    Args:
        folder: with ``manifest.jsonl.gz`` and ``photos-NN.zip``.
        cache: a directory of one's own.
    """
    rows = read_rows(folder)
    canvases, sizes = cache / "canvases.npy", cache / "sizes.npy"
    if not sizes.exists():
        cache.mkdir(parents=True, exist_ok=True)
        shape = (len(rows), SQUARE, SQUARE, 3)
        made = np.lib.format.open_memmap(canvases, "w+", np.uint8, shape)
        measured = np.zeros((len(rows), 2), np.int64)
        for index, image in enumerate(_images(folder, rows)):
            pixels = np.asarray(_shrunk(image))
            measured[index] = pixels.shape[:2]
            made[index, : pixels.shape[0], : pixels.shape[1]] = pixels
        made.flush()
        np.save(sizes, measured)  # last: it says that the other file is whole
    return Photos(tuple(rows), np.load(canvases, mmap_mode="r"), np.load(sizes))


def _row(known: dict[str, Any]) -> Row:
    labels = [known["label"], *known["other_labels"]]
    return Row(
        known["shard"],
        known["name"],
        tuple(label for label in labels if label),
        tuple(known["captions"]),
        known["split"] == "test",
    )


def _images(folder: Path, rows: Sequence[Row]) -> Iterator[Image.Image]:
    shards: dict[int, zipfile.ZipFile] = {}
    for row in rows:
        if row.shard not in shards:
            shards[row.shard] = zipfile.ZipFile(folder / f"photos-{row.shard:02}.zip")
        with Image.open(io.BytesIO(shards[row.shard].read(row.name))) as image:
            yield image.convert("RGB")


def _shrunk(image: Image.Image) -> Image.Image:
    """Bring a photo to the short edge; of a long one the middle is kept."""
    scale = SHORT / min(image.size)
    width, height = (max(1, round(edge * scale)) for edge in image.size)
    image = image.resize((width, height), Image.Resampling.BICUBIC)
    left, top = max(0, width - SQUARE) // 2, max(0, height - SQUARE) // 2
    return image.crop((left, top, left + min(width, SQUARE), top + min(height, SQUARE)))
