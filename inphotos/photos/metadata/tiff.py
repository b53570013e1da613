"""The directories of a TIFF structure: EXIF data in any file, and RAW files themselves.

Only the tags that are asked for are read, so that a structure that claims millions of values costs
nothing. Everything is taken for untrusted; damaged parts are left out and nothing raises.
"""

from __future__ import annotations

import struct
from collections.abc import Container
from dataclasses import dataclass

Buffer = bytes | memoryview

#: TIFF 6.0, BigTIFF, and what Panasonic and Olympus write instead.
_MAGIC = frozenset((42, 43, 0x55, 0x4F52, 0x5352))
_BIG = 43

_MAX_ENTRIES = 4096

#: Descriptions and comments are shorter, by far.
_MAX_VALUE_BYTES = 1 << 20
_MAX_NUMBERS = 64

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8}
_FORMS = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 11: "f", 12: "d", 13: "I", 16: "Q"}
_RATIONALS = {5: "I", 10: "i"}


@dataclass(frozen=True, slots=True)
class Value:
    """The value of a tag.

    Attributes:
        kind: its type as TIFF numbers them.
        order: ``<`` or ``>``, as in :mod:`struct`.
        data: its bytes.
    """

    kind: int
    order: str
    data: bytes

    def numbers(self) -> tuple[float, ...]:
        """Return the numbers; what is divided by zero is NaN. Empty for texts."""
        size = _SIZES.get(self.kind, 1)
        count = min(len(self.data) // size, _MAX_NUMBERS)
        if form := _RATIONALS.get(self.kind):
            parts = struct.unpack_from(f"{self.order}{2 * count}{form}", self.data)
            pairs = zip(parts[::2], parts[1::2], strict=True)
            return tuple(above / below if below else float("nan") for above, below in pairs)
        if form := _FORMS.get(self.kind):
            return struct.unpack_from(f"{self.order}{count}{form}", self.data)
        return ()

    def text(self) -> str:
        """Return the text up to its end mark; UTF-8, which EXIF 3 allows, or else Latin-1."""
        return decode_text(self.data.split(b"\0", 1)[0])


def decode_text(data: bytes) -> str:
    """Decode bytes of unstated encoding: UTF-8 if they are, or else Latin-1."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")


class Tiff:
    """A TIFF structure.

    Attributes:
        first: where its first directory is; 0 when the bytes are no TIFF.
    """

    def __init__(self, data: Buffer) -> None:
        self._data = data
        self._order = {b"II": "<", b"MM": ">"}.get(bytes(data[:2]), "")
        self._is_big = False
        self.first = 0
        if self._order and len(data) >= 16 and self._read("H", 2) in _MAGIC:
            self._is_big = self._read("H", 2) == _BIG
            self.first = self._read("Q", 8) if self._is_big else self._read("I", 4)

    def directory(
        self, start: float, wanted: Container[int], limit: int = _MAX_VALUE_BYTES
    ) -> dict[int, Value]:
        """Return the wanted tags of the directory at ``start`` with at most ``limit`` bytes."""
        head, entry, pointer = (8, "HHQ", 12) if self._is_big else (2, "HHI", 8)
        entry_size = 20 if self._is_big else 12
        place = int(start) + head
        found: dict[int, Value] = {}
        if start <= 0 or place > len(self._data):
            return found
        count = self._read("Q" if self._is_big else "H", int(start))
        for at in range(place, place + entry_size * min(count, _MAX_ENTRIES), entry_size):
            if at + entry_size > len(self._data):
                break
            tag, kind, length = struct.unpack_from(self._order + entry, self._data, at)
            if tag not in wanted or tag in found or kind not in _SIZES:
                continue
            size = length * _SIZES[kind]
            begin = at + pointer
            if size > entry_size - pointer:
                begin = self._read("Q" if self._is_big else "I", begin)
            if size <= limit and begin + size <= len(self._data):
                found[tag] = Value(kind, self._order, bytes(self._data[begin : begin + size]))
        return found

    def _read(self, form: str, start: int) -> int:
        return int(struct.unpack_from(self._order + form, self._data, start)[0])
