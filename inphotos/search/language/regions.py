"""A part of a photo in text, as W3C's Media Fragments write it: ``#xywh=percent:25,10,50,50``.

Only percent are read. The specification's pixels are those of the file as it is stored, which
nobody sees: photos are turned upright, and RAW files shown by previews.
https://www.w3.org/TR/media-frags/#naming-space
"""

from __future__ import annotations

import re

from inphotos.region import Region

EXAMPLE = "xywh=percent:25,10,50,50"

_KEY = "#xywh="
_NUMBER = r"(\d{1,3}(?:\.\d{1,9})?)"
_VALUE = re.compile(rf"percent:{_NUMBER},{_NUMBER},{_NUMBER},{_NUMBER}")


def split_region(text: str) -> tuple[str, str | None]:
    """Cut a path or address with a part of a photo in two; the second is None where none is."""
    name, key, value = text.rpartition(_KEY)
    return (name, value) if key else (text, None)


def read_region(value: str) -> Region:
    """Read what follows ``#xywh=``; what reaches beyond the photo is cut off.

    Raises:
        ValueError: it is not in percent, or nothing of it is in the photo.
    """
    match = _VALUE.fullmatch(value)
    if match is None:
        raise ValueError(f"not a part of a photo in percent: {value}")
    left, top, width, height = (float(number) / 100 for number in match.groups())
    return Region(left, top, min(width, 1 - left), min(height, 1 - top))


def written_region(region: Region) -> str:
    """Return a region as it is typed after the path of a photo, to a hundredth of a percent."""
    edges = (region.left, region.top, region.width, region.height)
    numbers = ",".join(f"{round(100 * edge, 2):g}" for edge in edges)
    return f"{_KEY}percent:{numbers}"
