"""The EXIF and XMP items of a HEIF or AVIF file (ISO/IEC 14496-12, 8.11)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from inphotos.photos.headers import boxes, find_box

_XMP_TYPE = b"application/rdf+xml"
_MAX_ITEMS = 16
_MAX_EXTENTS = 64

#: Where an item's bytes are: in the file, or in the box beside the list.
_IN_FILE, _IN_BOX = 0, 1

_NUMBERS = {2: "!H", 4: "!I", 8: "!Q"}


@dataclass(frozen=True, slots=True)
class Item:
    """Metadata of a picture.

    Attributes:
        is_exif: whether it is EXIF data (behind four bytes of offset), else an XMP packet.
        data: its bytes.
    """

    is_exif: bool
    data: bytes


def read_items(data: bytes, meta: tuple[int, int], limit: int) -> list[Item]:
    """Return the EXIF and XMP items.

    Args:
        data: the file.
        meta: where the content of its ``meta`` box is.
        limit: items of more bytes are left out: each of their parts may be the whole file.

    Raises:
        LookupError, struct.error: the file is damaged.
    """
    kinds = dict(_metadata_items(data, find_box(data, meta, b"iinf")))
    try:
        inside = find_box(data, meta, b"idat")[0]
    except LookupError:
        inside = None
    items: list[Item] = []
    for number, origin, extents in _locations(data, find_box(data, meta, b"iloc")):
        base = {_IN_FILE: 0, _IN_BOX: inside}.get(origin)
        if number not in kinds or base is None or len(items) == _MAX_ITEMS:
            continue
        if sum(size for _, size in extents) <= limit:
            parts = (data[base + start : base + start + size] for start, size in extents)
            items.append(Item(kinds[number], b"".join(parts)))
    return items


def _metadata_items(data: bytes, within: tuple[int, int]) -> Iterator[tuple[int, bool]]:
    """Yield the number of each item with metadata, and whether it is EXIF."""
    start, end = within
    head = 6 if data[start] == 0 else 8
    for kind, begin, stop in boxes(data, start + head, end):
        if kind != b"infe" or data[begin] < 2:
            continue
        form = "!HH4s" if data[begin] == 2 else "!IH4s"
        number, _, item_type = struct.unpack_from(form, data, begin + 4)
        if item_type == b"Exif":
            yield number, True
        elif item_type == b"mime":
            texts = data[begin + 4 + struct.calcsize(form) : stop].split(b"\0")
            if len(texts) > 1 and texts[1] == _XMP_TYPE:
                yield number, False


def _locations(
    data: bytes, within: tuple[int, int]
) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """Yield number, origin and extents (start, size) of each item."""
    reader = _Reader(data, within[0])
    version = reader.take(1)
    reader.skip(3)
    sizes = reader.take(1)
    more_sizes = reader.take(1)
    index_size = more_sizes & 15 if version > 0 else 0
    count = reader.take(2 if version < 2 else 4)
    for _ in range(count):
        number = reader.take(2 if version < 2 else 4)
        origin = reader.take(2) & 15 if version > 0 else _IN_FILE
        reader.skip(2)
        base = reader.take(more_sizes >> 4)
        extents: list[tuple[int, int]] = []
        for _ in range(reader.take(2)):
            reader.skip(index_size)
            start = base + reader.take(sizes >> 4)
            size = reader.take(sizes & 15)
            if len(extents) < _MAX_EXTENTS:
                extents.append((start, size))
        yield number, origin, extents


class _Reader:
    """Numbers of given widths, one after the other."""

    def __init__(self, data: bytes, start: int) -> None:
        self._data = data
        self._start = start

    def skip(self, width: int) -> None:
        self._start += width

    def take(self, width: int) -> int:
        """Return the next number of so many bytes, 0 of none.

        Raises:
            struct.error: the data ends before.
        """
        if width == 0:
            return 0
        form = _NUMBERS.get(width, "!B")
        (value,) = struct.unpack_from(form, self._data, self._start)
        self._start += width
        return int(value)
