"""Files cut into the parts that their formats are made of, and put together again, soundly.

A mutation that keeps lengths and checksums right gets further into a decoder than one that does
not. What is not understood stays in one part.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass

#: Boxes of ISO base media files that hold boxes, and how much comes before these.
_NESTING = {b"meta": 4, b"iprp": 0, b"ipco": 0, b"moov": 0, b"trak": 0, b"mdia": 0, b"jp2h": 0}

_PNG_START = b"\x89PNG\r\n\x1a\n"
_STANDALONE = (0x01, *range(0xD0, 0xD9))


@dataclass(slots=True)
class Part:
    """A segment, chunk or box.

    Attributes:
        name: what the format calls it; empty for bytes that stand outside of any.
        content: what is in it, without its length and checksum.
        inside: the parts that its content is made of; they count then, after ``content``.
    """

    name: bytes
    content: bytes
    inside: list[Part] | None = None

    def copy(self) -> Part:
        """Return a part that can be changed without changing this one."""
        inside = None if self.inside is None else [part.copy() for part in self.inside]
        return Part(self.name, self.content, inside)


def cut(kind: str, data: bytes) -> list[Part]:
    """Return the parts of a file of a kind; one part where it is not known how to cut it."""
    cutter = _CUTTERS.get(kind)
    return [Part(b"", data)] if cutter is None else cutter(data)


def join(kind: str, parts: list[Part]) -> bytes:
    """Return a file of these parts, every length and checksum right."""
    joiner = _JOINERS.get(kind)
    return b"".join(part.content for part in parts) if joiner is None else joiner(parts)


def leaves(parts: list[Part]) -> list[Part]:
    """Return all parts that hold no others, however deep they lie."""
    found: list[Part] = []
    for part in parts:
        found += [part] if part.inside is None else leaves(part.inside)
    return found


def png_chunk(name: bytes, content: bytes) -> bytes:
    """Return a chunk of a PNG."""
    checksum = zlib.crc32(name + content)
    return struct.pack("!I4s", len(content), name) + content + struct.pack("!I", checksum)


def _cut_jpeg(data: bytes) -> list[Part]:
    parts, start = [Part(b"", data[:2])], 2
    while start + 4 <= len(data) and data[start] == 0xFF and data[start + 1] != 0xDA:
        marker = data[start + 1]
        if marker in _STANDALONE:
            parts.append(Part(b"", data[start : start + 2]))
            start += 2
            continue
        (size,) = struct.unpack_from("!H", data, start + 2)
        parts.append(Part(bytes((marker,)), data[start + 4 : start + 2 + size]))
        start += 2 + size
    return [*parts, Part(b"", data[start:])]


def _join_jpeg(parts: list[Part]) -> bytes:
    out = bytearray()
    for part in parts:
        if part.name:
            out += b"\xff" + part.name + struct.pack("!H", min(65535, len(part.content) + 2))
            out += part.content[:65533]
        else:
            out += part.content
    return bytes(out)


def _cut_png(data: bytes) -> list[Part]:
    parts, start = [], len(_PNG_START)
    while start + 12 <= len(data):
        size, name = struct.unpack_from("!I4s", data, start)
        parts.append(Part(name, data[start + 8 : start + 8 + size]))
        start += 12 + size
    return parts


def _join_png(parts: list[Part]) -> bytes:
    return _PNG_START + b"".join(png_chunk(part.name[:4], part.content) for part in parts)


def _cut_riff(data: bytes) -> list[Part]:
    parts, start = [], 12
    while start + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, start)
        parts.append(Part(name, data[start + 8 : start + 8 + size]))
        start += 8 + (size + 1) // 2 * 2
    return parts


def _join_riff(parts: list[Part]) -> bytes:
    body = b"".join(
        struct.pack("<4sI", part.name, len(part.content))
        + part.content
        + bytes(len(part.content) % 2)
        for part in parts
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _cut_boxes(data: bytes) -> list[Part]:
    parts, start = [], 0
    while start + 8 <= len(data):
        size, name = struct.unpack_from("!I4s", data, start)
        head, end = 8, start + size
        if size == 1 and start + 16 <= len(data):
            (long,) = struct.unpack_from("!Q", data, start + 8)
            head, end = 16, start + long
        if size == 0 or end > len(data):
            end = len(data)
        if end < start + head:
            break
        content = data[start + head : end]
        skip = _NESTING.get(name)
        if skip is None:
            parts.append(Part(name, content))
        else:
            parts.append(Part(name, content[:skip], _cut_boxes(content[skip:])))
        start = end
    return [*parts, Part(b"", data[start:])] if start < len(data) else parts


def _join_boxes(parts: list[Part]) -> bytes:
    out = bytearray()
    for part in parts:
        content = part.content + (b"" if part.inside is None else _join_boxes(part.inside))
        out += struct.pack("!I4s", len(content) + 8, part.name) if part.name else b""
        out += content
    return bytes(out)


_BOXES = ("HEIF", "AVIF", "JXL", "JPEG2000")
_CUTTERS: dict[str, Callable[[bytes], list[Part]]] = {
    "JPEG": _cut_jpeg,
    "PNG": _cut_png,
    "WEBP": _cut_riff,
    **dict.fromkeys(_BOXES, _cut_boxes),
}
_JOINERS: dict[str, Callable[[list[Part]], bytes]] = {
    "JPEG": _join_jpeg,
    "PNG": _join_png,
    "WEBP": _join_riff,
    **dict.fromkeys(_BOXES, _join_boxes),
}
