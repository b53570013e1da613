"""What the decoders do not tell of a file: sizes, colour code points and tags in its headers.

Every function takes bytes of unknown origin and answers None (or nothing) when it cannot make sense
of them; none raises.
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterator

CodePoints = tuple[int, int]
"""Colour primaries and transfer characteristics as ITU-T H.273 numbers them."""

_PNG_HEAD = 8
_JXL_SIGNATURE = b"\xff\x0a"
#: Aspect ratios that a JPEG XL header can name instead of a width (ISO/IEC 18181-1, SizeHeader).
_JXL_RATIOS = ((1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))
_JXL_SIZE_BITS = (9, 13, 18, 30)


def jxl_size(data: bytes) -> tuple[int, int] | None:
    """Return the (width, height) that a JPEG XL file claims, before its orientation is applied."""
    stream = data[:16]
    if not data.startswith(_JXL_SIGNATURE):
        # The codestream lies in one box, or in parts that begin with a number of four bytes.
        parts = (
            data[start + (4 if kind == b"jxlp" else 0) : min(end, start + 20)]
            for kind, start, end in boxes(data, 0, len(data))
            if kind in (b"jxlc", b"jxlp")
        )
        stream = b"".join(itertools.islice(parts, 16))[:16]
    if not stream.startswith(_JXL_SIGNATURE):
        return None
    bits = _Bits(stream[2:])
    small = bits.take(1)
    height = 8 * (bits.take(5) + 1) if small else _jxl_edge(bits)
    ratio = bits.take(3)
    if ratio:
        across, down = _JXL_RATIOS[ratio - 1]
        return height * across // down, height
    return (8 * (bits.take(5) + 1) if small else _jxl_edge(bits)), height


def _jxl_edge(bits: _Bits) -> int:
    return 1 + bits.take(_JXL_SIZE_BITS[bits.take(2)])


class _Bits:
    """Bits of a byte string, the least significant first; zeros after its end."""

    def __init__(self, data: bytes) -> None:
        self._left = int.from_bytes(data, "little")

    def take(self, count: int) -> int:
        value = self._left & ((1 << count) - 1)
        self._left >>= count
        return value


def is_cut_off(data: bytes) -> bool:
    """Tell whether an ISO base media file (HEIF, AVIF) ends before its picture does.

    libheif decodes such a file to a picture that is partly black.
    """
    kinds = {kind: end for kind, _, end in boxes(data, 0, len(data))}
    return any(end > len(data) for kind, end in kinds.items() if kind in (b"meta", b"mdat"))


def heif_code_points(data: bytes) -> CodePoints | None:
    """Return the colour code points of the main picture of a HEIF or AVIF file.

    They are in a ``colr`` property of type ``nclx`` (ISO/IEC 14496-12), which the item that
    ``pitm`` names is associated with. Pictures beside it (a gain map's HDR rendition) have others.
    """
    try:
        meta = find_box(data, (0, len(data)), b"meta", skip=4)
        item = _primary_item(data, find_box(data, meta, b"pitm"))
        properties = find_box(data, meta, b"iprp")
        container = list(boxes(data, *find_box(data, properties, b"ipco")))
        for number in _properties_of(data, find_box(data, properties, b"ipma"), item):
            kind, start, end = container[number - 1]
            if kind == b"colr" and data[start : start + 4] == b"nclx" and end - start >= 8:
                primaries, transfer = struct.unpack_from("!HH", data, start + 4)
                return primaries, transfer
    except (LookupError, struct.error):
        pass
    return None


def boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield (kind, start of the content, end) of each box of an ISO base media file.

    The last end may lie beyond ``data``.
    """
    while start + 8 <= min(end, len(data)):
        size, kind = struct.unpack_from("!I4s", data, start)
        head = 8
        if size == 1 and start + 16 <= len(data):
            size, head = struct.unpack_from("!Q", data, start + 8)[0], 16
        elif size == 0:
            size = end - start
        if size < head:
            return
        yield kind, start + head, start + size
        start += size


def find_box(data: bytes, within: tuple[int, int], wanted: bytes, skip: int = 0) -> tuple[int, int]:
    """Return the content (start, end) of the first box of a kind.

    Args:
        data: the file.
        within: where the box lies that holds it.
        wanted: its kind.
        skip: bytes that come before the content.

    Raises:
        LookupError: there is none.
    """
    for kind, start, end in boxes(data, *within):
        if kind == wanted:
            return start + skip, end
    raise LookupError(wanted)


def _primary_item(data: bytes, within: tuple[int, int]) -> int:
    start = within[0]
    form = "!H" if data[start] == 0 else "!I"
    return int(struct.unpack_from(form, data, start + 4)[0])


def _properties_of(data: bytes, within: tuple[int, int], item: int) -> list[int]:
    """Return the numbers, from 1, of the properties that ``ipma`` associates with an item."""
    start = within[0]
    version, wide = data[start], data[start + 3] & 1
    (entries,) = struct.unpack_from("!I", data, start + 4)
    start += 8
    id_form = "!H" if version < 1 else "!I"
    form, mask = ("!H", 0x7FFF) if wide else ("!B", 0x7F)
    while entries and start < within[1]:
        (owner,) = struct.unpack_from(id_form, data, start)
        start += struct.calcsize(id_form)
        count = data[start]
        start += 1
        width = struct.calcsize(form)
        if owner == item:
            numbers = (struct.unpack_from(form, data, start + n * width)[0] for n in range(count))
            # The top bit only says that a reader must understand the property; 0 is none.
            return [number & mask for number in numbers if number & mask]
        start += count * width
        entries -= 1
    return []


def png_code_points(data: bytes) -> CodePoints | None:
    """Return the code points in a PNG's ``cICP`` chunk (PNG third edition, 11.3.2.6)."""
    start = _PNG_HEAD
    while start + 12 <= len(data):
        size, kind = struct.unpack_from("!I4s", data, start)
        if kind == b"IDAT":
            return None
        if kind == b"cICP" and size == 4:
            return data[start + 8], data[start + 9]
        start += 12 + size
    return None


def icc_code_points(profile: bytes) -> CodePoints | None:
    """Return the code points in a colour profile's ``cicp`` tag (ICC.1:2022, 9.2.17)."""
    try:
        (count,) = struct.unpack_from("!I", profile, 128)
        for n in range(min(count, 100)):
            tag, offset, size = struct.unpack_from("!4sII", profile, 132 + 12 * n)
            if tag == b"cicp" and size >= 12:
                return profile[offset + 8], profile[offset + 9]
    except (IndexError, struct.error):
        pass
    return None


def tiff_tags(data: bytes) -> dict[int, int]:
    """Return the tags of a TIFF's first directory, with the value where it is one integer or 0."""
    order = ">" if data.startswith(b"MM") else "<"
    tags: dict[int, int] = {}
    try:
        (start,) = struct.unpack_from(f"{order}I", data, 4)
        (count,) = struct.unpack_from(f"{order}H", data, start)
        for n in range(count):
            place = start + 2 + 12 * n
            tag, kind, length = struct.unpack_from(f"{order}HHI", data, place)
            form = {3: "H", 4: "I"}.get(kind) if length == 1 else None
            tags[tag] = struct.unpack_from(order + form, data, place + 8)[0] if form else 0
    except struct.error:
        pass
    return tags
