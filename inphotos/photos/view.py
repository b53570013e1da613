"""A decoded photo as a screen takes it, and how it comes out of a decoder process."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from inphotos.photos.decode import MAX_SEEN_PIXELS, Seen
from inphotos.photos.picture import MAX_PIXELS

#: Rows are packed for so many bytes at a time: the memory stays in the processor's cache, and the
#: reader has taken in one part while the next is packed. In one piece it takes twice as long.
_PART_BYTES = 1 << 20

#: The order in memory of a number 0xffRRGGBB, which is what screens are made of.
_ORDER = "BGRA" if sys.byteorder == "little" else "ARGB"


@dataclass(frozen=True, slots=True)
class View:
    """A photo for the screen.

    Attributes:
        pixels: rows from the top of numbers 0xffRRGGBB, 4 bytes each in the machine's order; sRGB.
        width, height: of these pixels.
        full_width, full_height: of the upright photo at full size, pixels.
    """

    pixels: bytes
    width: int
    height: int
    full_width: int
    full_height: int


def header_of(seen: Seen) -> dict[str, object]:
    """Return what goes before the pixels."""
    width, height = seen.image.size
    return {"view": [width, height, seen.width, seen.height]}


def size_of(seen: Seen) -> int:
    """Return how many bytes the pixels are."""
    return 4 * seen.image.width * seen.image.height


def parts_of(seen: Seen) -> Iterator[bytes]:
    """Return the pixels, part after part."""
    image = seen.image
    rows = max(1, _PART_BYTES // (4 * image.width))
    for top in range(0, image.height, rows):
        part = image.crop((0, top, image.width, min(top + rows, image.height)))
        yield part.convert("RGBA").tobytes("raw", _ORDER)


def most_bytes(edge: int) -> int:
    """Return how many bytes there can be of a photo whose long edge is at most ``edge`` pixels."""
    return 4 * min(edge * edge, MAX_SEEN_PIXELS)


def checked(pixels: bytes, sizes: object, edge: int) -> View:
    """Check and put together what a decoder process sent.

    Raises:
        ValueError: the sizes do not fit, to the pixels or to what was asked for.
    """
    if not isinstance(sizes, list) or [type(size) for size in sizes] != [int] * 4:
        raise ValueError("no sizes")
    width, height, full_width, full_height = sizes
    if min(sizes) < 1 or max(width, height) > edge or full_width * full_height > MAX_PIXELS:
        raise ValueError("a photo of no possible size")
    if len(pixels) != 4 * width * height:
        raise ValueError("the pixels do not fit the size")
    return View(pixels, width, height, full_width, full_height)
