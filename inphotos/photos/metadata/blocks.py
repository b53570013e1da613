"""Where each kind of file keeps its metadata: the raw EXIF, XMP and IPTC blocks, no pixel decoded.

Read here rather than by the image libraries, because some of those decode the picture to get at it
(JPEG XL), some show only one of several blocks, and none opens a photo whose pixels are damaged.
"""

from __future__ import annotations

import contextlib
import struct
import zlib
from dataclasses import dataclass, field

import brotli

from inphotos.photos import headers
from inphotos.photos.metadata.items import read_items
from inphotos.photos.metadata.tiff import Buffer, Tiff

#: Real ones have a few hundred kilobytes at most.
MAX_BLOCK_BYTES = 4 << 20
_MAX_BLOCKS = 16

#: The JPEG in Panasonic's RAW files may be of full size.
_MAX_TIFF_BLOCK_BYTES = 64 << 20

_EXIF_HEAD = b"Exif\0\0"
_BYTE_ORDERS = (b"II", b"MM")
#: What does not fit into the segment (depth maps, lists of edits) goes on in others with another
#: mark, which are not read: none of what is of use here is among it.
_JPEG_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_PHOTOSHOP = b"Photoshop 3.0\0"

#: TIFF tags: XMP, IPTC (written as numbers or bytes), Photoshop's resources, Panasonic's JPEG.
_XMP, _IPTC, _RESOURCES, _JPEG_FROM_RAW = 700, 33723, 34377, 0x2E
_TIFF_BLOCKS = frozenset((_XMP, _IPTC, _RESOURCES, _JPEG_FROM_RAW))

#: Of ISO base media files: XMP; EXIF in JPEG 2000; Canon's boxes in CR3.
_XMP_ID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_EXIF_ID = b"JpgTiffExif->JP2"
_CANON_ID = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")


@dataclass(slots=True)
class Blocks:
    """The metadata of a file as it stands there, the more important first.

    Attributes:
        exif: TIFF structures whose first directory is EXIF's main or its photo directory.
        gps: TIFF structures whose first directory is EXIF's GPS directory.
        xmp: XMP packets.
        iptc: IPTC IIM records.
    """

    exif: list[Buffer] = field(default_factory=list)
    gps: list[Buffer] = field(default_factory=list)
    xmp: list[bytes] = field(default_factory=list)
    iptc: list[bytes] = field(default_factory=list)

    def add_exif(self, data: Buffer) -> None:
        """Add EXIF data, with or without the mark that JPEG puts before it."""
        self.exif.append(data[6:] if bytes(data[:6]) == _EXIF_HEAD else data)

    def add_xmp(self, data: Buffer) -> None:
        """Add an XMP packet, unless it is too large to be one."""
        if len(data) <= MAX_BLOCK_BYTES and len(self.xmp) < _MAX_BLOCKS:
            self.xmp.append(bytes(data))


def find_blocks(data: bytes, kind: str) -> Blocks:
    """Find the metadata in a file.

    Args:
        data: the file; damaged parts are passed over.
        kind: as ``formats.kind_of`` gives it.
    """
    blocks = Blocks()
    reader = {
        "JPEG": _read_jpeg,
        "PNG": _read_png,
        "WEBP": _read_webp,
        "TIFF": _read_tiff,
        "RAW": _read_raw,
        "HEIF": _read_media,
        "AVIF": _read_media,
        "JXL": _read_media,
        "JPEG2000": _read_media,
    }.get(kind)
    if reader is not None:
        with contextlib.suppress(struct.error, LookupError, ValueError):
            reader(data, blocks)
    return blocks


def _read_jpeg(data: bytes, blocks: Blocks) -> None:
    exif, resources = bytearray(), bytearray()
    view, start = memoryview(data), 2
    while start + 4 <= len(data) and data[start] == 0xFF:
        marker = data[start + 1]
        if marker == 0xFF:  # a fill byte
            start += 1
            continue
        if marker == 0xDA:  # the pixels; metadata comes before them
            break
        if marker == 0x01 or 0xD0 <= marker <= 0xD8:
            start += 2
            continue
        (size,) = struct.unpack_from("!H", data, start + 2)
        segment = view[start + 4 : start + 2 + size]
        if marker == 0xE1 and segment[:6] == _EXIF_HEAD:
            # Some cameras go on in a second segment, some programs write a second block.
            is_new = not exif or bytes(segment[6:8]) in _BYTE_ORDERS
            if is_new and exif:
                blocks.add_exif(bytes(exif))
                exif.clear()
            exif += segment[6:]
        elif marker == 0xE1 and segment[: len(_JPEG_XMP)] == _JPEG_XMP:
            blocks.add_xmp(segment[len(_JPEG_XMP) :])
        elif marker == 0xED and segment[: len(_PHOTOSHOP)] == _PHOTOSHOP:
            resources += segment[len(_PHOTOSHOP) :]
        start += 2 + max(size, 2)
    if exif:
        blocks.add_exif(bytes(exif))
    _read_resources(bytes(resources), blocks)


def _read_resources(data: bytes, blocks: Blocks) -> None:
    """Find the IPTC records among Photoshop's image resources."""
    start = 0
    while data[start : start + 4] == b"8BIM" and start + 12 <= len(data):
        (code,) = struct.unpack_from("!H", data, start + 4)
        start += 6 + (data[start + 6] + 2) // 2 * 2  # a name, padded to even length
        (size,) = struct.unpack_from("!I", data, start)
        if code == 0x0404:
            blocks.iptc.append(data[start + 4 : start + 4 + size])
        start += 4 + (size + 1) // 2 * 2


def _read_png(data: bytes, blocks: Blocks) -> None:
    view, start = memoryview(data), 8
    while start + 12 <= len(data):
        size, kind = struct.unpack_from("!I4s", data, start)
        content = view[start + 8 : start + 8 + size]
        if kind == b"eXIf":
            blocks.add_exif(content)
        elif kind == b"iTXt" and size <= MAX_BLOCK_BYTES:
            _read_png_text(bytes(content), blocks)
        start += 12 + size


def _read_png_text(chunk: bytes, blocks: Blocks) -> None:
    keyword, _, rest = chunk.partition(b"\0")
    if keyword != b"XML:com.adobe.xmp" or len(rest) < 2:
        return
    text = rest[2:].split(b"\0", 2)[-1]  # after the language and the translated keyword
    if rest[0]:
        try:
            text = zlib.decompressobj().decompress(text, MAX_BLOCK_BYTES)
        except zlib.error:
            return
    blocks.add_xmp(text)


def _read_webp(data: bytes, blocks: Blocks) -> None:
    view, start = memoryview(data), 12
    while start + 8 <= len(data):
        kind, size = struct.unpack_from("<4sI", data, start)
        content = view[start + 8 : start + 8 + size]
        if kind == b"EXIF":
            blocks.add_exif(content)
        elif kind == b"XMP ":
            blocks.add_xmp(content)
        start += 8 + (size + 1) // 2 * 2


def _read_tiff(data: bytes, blocks: Blocks) -> None:
    blocks.add_exif(data)
    tiff = Tiff(data)
    tags = tiff.directory(tiff.first, _TIFF_BLOCKS, _MAX_TIFF_BLOCK_BYTES)
    if _XMP in tags:
        blocks.add_xmp(tags[_XMP].data)
    if _IPTC in tags:
        blocks.iptc.append(tags[_IPTC].data)
    if _RESOURCES in tags:
        _read_resources(tags[_RESOURCES].data, blocks)
    if _JPEG_FROM_RAW in tags:
        _read_jpeg(tags[_JPEG_FROM_RAW].data, blocks)


def _read_raw(data: bytes, blocks: Blocks) -> None:
    if data.startswith(b"FUJIFILM"):
        start, size = struct.unpack_from("!II", data, 84)
        _read_jpeg(data[start : start + size], blocks)
    elif data[4:8] == b"ftyp":
        _read_media(data, blocks)
    else:
        _read_tiff(data, blocks)


def _read_media(data: bytes, blocks: Blocks) -> None:
    """Read boxes: HEIF, AVIF, JPEG XL, JPEG 2000, CR3."""
    view = memoryview(data)
    for kind, start, end in headers.boxes(data, 0, len(data)):
        content = view[start:end]
        if kind == b"brob":
            kind, content = bytes(content[:4]), memoryview(_unpacked(bytes(content[4:])))
        if kind == b"Exif":
            _add_offset_exif(content, blocks)
        elif kind == b"xml ":
            blocks.add_xmp(content)
        elif kind == b"uuid" and content[:16] == _XMP_ID:
            blocks.add_xmp(content[16:])
        elif kind == b"uuid" and content[:16] == _EXIF_ID:
            blocks.add_exif(content[16:])
        elif kind == b"moov":
            _read_canon(data, (start, end), blocks)
        elif kind == b"meta":
            with contextlib.suppress(struct.error, LookupError):
                for item in read_items(data, (start + 4, end), MAX_BLOCK_BYTES):
                    if item.is_exif:
                        _add_offset_exif(memoryview(item.data), blocks)
                    else:
                        blocks.add_xmp(item.data)


def _add_offset_exif(content: memoryview, blocks: Blocks) -> None:
    """Add EXIF data after the four bytes that say how far on its TIFF header is."""
    if bytes(content[:2]) in _BYTE_ORDERS:  # some programs leave them out
        blocks.add_exif(content)
        return
    (skip,) = struct.unpack_from("!I", content)
    blocks.add_exif(content[4 + skip :])


def _unpacked(packed: bytes) -> bytes:
    try:
        data: bytes = brotli.Decompressor().process(packed, output_buffer_limit=MAX_BLOCK_BYTES)
    except brotli.error:
        return b""
    return data


def _read_canon(data: bytes, within: tuple[int, int], blocks: Blocks) -> None:
    for kind, start, end in headers.boxes(data, *within):
        if kind != b"uuid" or data[start : start + 16] != _CANON_ID:
            continue
        for part, begin, stop in headers.boxes(data, start + 16, end):
            if part in (b"CMT1", b"CMT2"):  # EXIF's main and photo directories
                blocks.exif.append(data[begin:stop])
            elif part == b"CMT4":
                blocks.gps.append(data[begin:stop])
