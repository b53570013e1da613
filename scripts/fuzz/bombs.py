"""Files made to hurt: small on disk and large in memory, without an end, or of two kinds."""

from __future__ import annotations

import functools
import io
import struct
import zlib
from collections.abc import Callable, Mapping
from random import Random

import brotli
from metadata_files import EXIF_MARK, XMP_MARK, box, segment, xmp
from PIL import Image

from fuzz.seeds import Seed
from fuzz.structure import png_chunk

_PNG_START = b"\x89PNG\r\n\x1a\n"
_ZEROS = 64 << 20

#: EXIF's tags that lead to other directories, and its texts.
_POINTERS = (0x8769, 0x8825, 0xA005, 0x014A)
_TEXTS = (0x010E, 0x9286, 0x9C9B, 0x9C9E, 0x9003, 0x0112)


def bomb(chance: Random) -> tuple[str, Seed]:
    """Return one of the files that are quick to decode or refuse, and its name."""
    name = chance.choice(sorted(_QUICK))
    return name, _QUICK[name](chance)


def heavy_bomb(chance: Random) -> tuple[str, Seed]:
    """Return one of the files that take a decoder to its limits, and its name."""
    name = chance.choice(sorted(_HEAVY))
    return name, _HEAVY[name](chance)


def hostile_packet(chance: Random) -> tuple[str, bytes]:
    """Return an XMP packet, for a file or for a sidecar, and its name."""
    name = chance.choice(sorted(_PACKETS))
    return name, _PACKETS[name]()


@functools.cache
def _packed_zeros() -> bytes:
    return zlib.compress(bytes(_ZEROS), 9)


def _png(width: int, height: int, depth: int, colours: int, rows: bytes, *before: bytes) -> bytes:
    header = struct.pack("!IIBBBBB", width, height, depth, colours, 0, 0, 0)
    chunks = (png_chunk(b"IHDR", header), *before, png_chunk(b"IDAT", rows))
    return _PNG_START + b"".join(chunks) + png_chunk(b"IEND", b"")


def _small_png(*before: bytes) -> Seed:
    return Seed("PNG", ".png", _png(8, 8, 8, 2, zlib.compress(bytes(200)), *before))


def _packed_chunk(chance: Random) -> Seed:
    """Text, profile or metadata of 64 MiB in as many kilobytes."""
    chunks = {
        b"zTXt": b"Comment\0\0" + _packed_zeros(),
        b"iCCP": b"profile\0\0" + _packed_zeros(),
        b"iTXt": b"XML:com.adobe.xmp\0\1\0\0\0" + _packed_zeros(),
    }
    name = chance.choice(sorted(chunks))
    times = chance.choice((1, 1, 20))
    return _small_png(*[png_chunk(name, chunks[name])] * times)


def _too_large(chance: Random) -> Seed:
    side = chance.choice((20_001, 40_000, 2**31 - 1))
    return Seed("PNG", ".png", _png(side, side, 1, 0, _packed_zeros()))


def _many_frames(chance: Random) -> Seed:
    """An animation of thousands of frames, or one of a huge canvas."""
    frame = b"\x21\xf9\4\0\0\0\0\0" + b",\0\0\0\0\1\0\1\0\0" + b"\2\2L\1\0"
    side = chance.choice((1, 1000, 30_000))
    colours = b"\0\0\0\xff\xff\xff"
    head = b"GIF89a" + struct.pack("<HH", side, side) + b"\x80\0\0" + colours
    return Seed("GIF", ".gif", head + frame * chance.choice((3, 5000)) + b";")


def _brotli(chance: Random) -> Seed:
    """A JPEG XL whose metadata unpack to 256 MB."""
    kind = chance.choice((b"Exif", b"xml "))
    packed = box(b"brob", kind + brotli.compress(bytes(256_000_000), quality=1))
    head = box(b"JXL ", b"\r\n\x87\n") + box(b"ftyp", b"jxl \0\0\0\0jxl ")
    return Seed("JXL", ".jxl", head + packed * chance.choice((1, 20)) + box(b"jxlc", b"\xff\x0a"))


def _items(chance: Random) -> Seed:
    """A HEIF whose items each name the whole file many times over."""
    size = 2 << 20
    extents = struct.pack("!II", 0, size) * 64
    places = b"".join(struct.pack("!HHH", n, 0, 64) + extents for n in range(1, 17))
    iloc = box(b"iloc", b"\0\0\0\0\x44\0" + struct.pack("!H", 16) + places)
    kind = chance.choice((b"Exif", b"mime"))
    texts = b"x\0application/rdf+xml\0"
    infos = b"".join(
        box(b"infe", b"\2\0\0\0" + struct.pack("!HH4s", n, 0, kind) + texts) for n in range(1, 17)
    )
    iinf = box(b"iinf", bytes(4) + struct.pack("!H", 16) + infos)
    head = box(b"ftyp", b"heic\0\0\0\0mif1heic")
    return Seed(
        "HEIF", ".heic", head + box(b"meta", bytes(4) + iinf + iloc) + box(b"mdat", bytes(size))
    )


def _directory(entries: list[tuple[int, int, int, int]], following: int) -> bytes:
    body = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return struct.pack("<H", len(entries)) + body + struct.pack("<I", following)


def exif_bomb(chance: Random) -> tuple[str, bytes]:
    """Return EXIF data that goes round in circles, or claims to be enormous, and its name."""
    name = chance.choice(("circle", "chain", "counts", "entries", "far", "texts"))
    head = b"II*\0" + struct.pack("<I", 8)
    if name == "circle":
        tags = [(tag, 4, 1, 8) for tag in _POINTERS]
        return name, head + _directory(tags, 8)
    if name == "chain":
        # Each directory leads to the next one, by every tag that can.
        size = 2 + 12 * len(_POINTERS) + 4
        links = (
            _directory([(tag, 4, 1, 8 + size * (n + 1)) for tag in _POINTERS], 8 + size * (n + 1))
            for n in range(1000)
        )
        return name, head + b"".join(links)
    if name == "counts":
        kinds = (*range(1, 14), 0, 99, 65535)
        tags = [(tag, chance.choice(kinds), 2**32 - 1, 8) for tag in (*_POINTERS, *_TEXTS)]
        return name, head + _directory(sorted(tags), 0)
    if name == "entries":
        tags = [(chance.randrange(65536), 2, 60_000, 8) for _ in range(5000)]
        return name, head + _directory(tags, 0)
    if name == "far":
        tags = [(tag, 4, 1, chance.choice((0, 1, 2**31, 2**32 - 1))) for tag in _POINTERS]
        return name, head + _directory(tags, 2**32 - 1)
    text = bytes(range(256)) * 200
    tags = [(tag, 2, len(text), 8 + 2 + 12 * len(_TEXTS) + 4) for tag in sorted(_TEXTS)]
    return name, head + _directory(tags, 0) + text


def _exif_in_file(chance: Random) -> Seed:
    _, data = exif_bomb(chance)
    if chance.random() < 0.5:
        return Seed("TIFF", chance.choice((".tif", ".dng")), data)
    if chance.random() < 0.5:
        return _small_png(png_chunk(b"eXIf", data))
    return _small_jpeg(segment(0xE1, (EXIF_MARK + data)[:65533]))


def _small_jpeg(*segments: bytes) -> Seed:
    buffer = io.BytesIO()
    Image.new("RGB", (16, 16), "red").save(buffer, "JPEG")
    data = buffer.getvalue()
    return Seed("JPEG", ".jpg", data[:2] + b"".join(segments) + data[2:])


def _packet_in_file(chance: Random) -> Seed:
    _, packet = hostile_packet(chance)
    if chance.random() < 0.5:
        return _small_jpeg(segment(0xE1, (XMP_MARK + packet)[:65533]))
    head = b"XML:com.adobe.xmp\0\0\0\0\0"
    return _small_png(png_chunk(b"iTXt", head + packet))


def _laughs() -> bytes:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE x [<!ENTITY l0 "ha">{levels}]><x>&l11;</x>'.encode()


def _outside() -> bytes:
    return b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + xmp(
        "<dc:title>&e;</dc:title>"
    )


_PACKETS: Mapping[str, Callable[[], bytes]] = {
    "laughs": _laughs,
    "a file from outside": _outside,
    "deep": lambda: xmp("<dc:subject>" * 60_000),
    "deep and closed": lambda: xmp("<dc:subject>" * 900 + "</dc:subject>" * 900),
    "deeper and closed": lambda: xmp("<dc:x>" * 60_000 + "</dc:x>" * 60_000),
    "attributes": lambda: xmp("", **{f"dc_a{n}": "x" * 20 for n in range(60_000)}),
    "a long attribute": lambda: xmp(xmp_Rating="5" * (3 << 20)),
    "keywords": lambda: xmp(
        f"<dc:subject><rdf:Bag>{'<rdf:li>a</rdf:li>' * 150_000}</rdf:Bag></dc:subject>"
    ),
    "empty elements": lambda: xmp("<dc:a/>" * 500_000),
    "namespaces": lambda: xmp("".join(f'<a{n}:b xmlns:a{n}="u{n}"/>' for n in range(50_000))),
    "a long text": lambda: xmp("<dc:title>" + "é" * 1_500_000 + "</dc:title>"),
    "odd characters": lambda: xmp("<dc:title>&#x202e;gpj.exe&#x7;&#xa;&#x1b;[31m</dc:title>"),
    "not UTF-8": lambda: xmp("<dc:title>x</dc:title>").replace(b"x</", b"\xff\xfe\x80</"),
    "another encoding": lambda: b'<?xml version="1.0" encoding="UTF-7"?>' + xmp(),
    "UTF-16": lambda: xmp("<dc:title>x</dc:title>").decode().encode("utf-16"),
    "comments": lambda: xmp("<!-- x -->" * 300_000),
    "numbers": lambda: xmp(
        xmp_Rating="1e999",
        exif_FNumber="1/0",
        exif_ExposureTime="nan",
        exif_GPSLatitude="9" * 5000,
        exif_FocalLength="9" * 5000 + "/1",
        photoshop_DateCreated="99999999-99-99T99:99:99+99:99",
    ),
}


def _profile(chance: Random) -> Seed:
    """A colour profile of garbage, or one that claims endless tables."""
    head = bytearray(128)
    head[8:40] = struct.pack(
        "!I4s4s4s12s4s", 0x04300000, b"mntr", b"RGB ", b"XYZ ", bytes(12), b"acsp"
    )
    count = chance.choice((0, 1, 100, 2**32 - 1))
    names = (b"A2B0", b"rTRC", b"rXYZ", b"cicp", b"desc", b"wtpt")
    table = b"".join(
        struct.pack("!4sII", name, chance.choice((0, 128, 132, 2**31)), chance.choice((12, 2**31)))
        for name in names
    )
    body = chance.choice((chance.randbytes(2000), b"mft2\0\0\0\0\x0f\x0f\xff" + bytes(400)))
    profile = bytes(head) + struct.pack("!I", count) + table + body
    profile = struct.pack("!I", len(profile)) + profile[4:]
    if chance.random() < 0.5:
        return _small_png(png_chunk(b"iCCP", b"p\0\0" + zlib.compress(profile)))
    return _small_jpeg(segment(0xE2, b"ICC_PROFILE\0\1\1" + profile))


def _polyglot(chance: Random) -> Seed:
    jpeg = _small_jpeg().data
    script = b"#!/bin/sh\ntouch /tmp/owned\n"
    choices = (
        ("JPEG", ".jpg", jpeg + b"PK\3\4" + bytes(40)),
        ("JPEG", ".jpg", _small_jpeg(segment(0xFE, b"<?php system('id'); ?>")).data),
        ("GIF", ".gif", b"GIF89a=1;alert(1);/*" + bytes(50) + b"*/"),
        ("PNG", ".png", _PNG_START + jpeg),
        ("BMP", ".bmp", b"BM" + jpeg),
        ("PPM", ".ppm", b"P6 10 10 255\n" + jpeg),
        (
            "SVG",
            ".jpg",
            b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        ),
        ("EPS", ".tif", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(x) run\n"),
        ("PDF", ".png", b"%PDF-1.7\n1 0 obj<<>>endobj"),
        ("script", ".jpg", script),
        ("WMF", ".bmp", b"\xd7\xcd\xc6\x9a" + bytes(60)),
        ("MVG", ".png", b"push graphic-context\nimage over 0,0 0,0 'https://example.org'\n"),
        ("PPM", ".ppm", b"P3\n" + b"#" * 200_000 + b"\n2 2 255\n"),
        ("PPM", ".pgm", b"P2\n3 3\n" + b"9" * 50_000),
    )
    return Seed(*chance.choice(choices))


def _pages(chance: Random) -> Seed:
    """A TIFF whose pages follow each other in a circle, or whose strips are counted in millions."""
    claimed = chance.choice((1, 2**20, 2**30))
    tags = [
        (256, 4, 1, 64),
        (257, 4, 1, chance.choice((64, 2**30))),
        (258, 3, 1, 8),
        (259, 3, 1, chance.choice((1, 5, 7, 8, 32773, 34925, 50000))),
        (262, 3, 1, 1),
        (273, 4, claimed, 8),
        (278, 4, 1, chance.choice((1, 64, 2**32 - 1))),
        (279, 4, claimed, chance.choice((10, 2**32 - 1))),
    ]
    return Seed("TIFF", ".tif", b"II*\0" + struct.pack("<I", 8) + _directory(tags, 8) + bytes(500))


def _strip(chance: Random) -> Seed:
    """A picture one pixel high and as long as can be: scaled by its short edge it would be vast."""
    length = chance.choice((60_000, 1_000_000))
    edges = chance.choice(((length, 1), (1, length)))
    image = Image.new("L", edges, 90)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return Seed("PNG", ".png", buffer.getvalue())


def _large_png(chance: Random) -> Seed:
    """As large as is allowed, in few bytes."""
    side = chance.choice((12_000, 20_000))
    rows = zlib.compressobj(9)
    row = bytes(1 + side // 8)
    data = b"".join(rows.compress(row * 100) for _ in range(side // 100)) + rows.flush()
    return Seed("PNG", ".png", _png(side, side, 1, 0, data))


def _large_tiff(chance: Random) -> Seed:
    image = Image.new(chance.choice(("1", "L", "RGB")), (9_000, 9_000))
    buffer = io.BytesIO()
    image.save(buffer, "TIFF", compression=chance.choice(("tiff_lzw", "tiff_adobe_deflate")))
    return Seed("TIFF", ".tif", buffer.getvalue())


def _large_webp(chance: Random) -> Seed:
    buffer = io.BytesIO()
    Image.new("RGB", (chance.choice((2_000, 9_000)), 9_000), "navy").save(
        buffer, "WEBP", lossless=True, quality=0
    )
    return Seed("WEBP", ".webp", buffer.getvalue())


def _scans(chance: Random) -> Seed:
    """A progressive JPEG that goes over a large picture again and again."""
    buffer = io.BytesIO()
    Image.new("L", (8_000, 8_000), 128).save(buffer, "JPEG", progressive=True)
    data = buffer.getvalue()
    last = data.rfind(b"\xff\xda")
    return Seed("JPEG", ".jpg", data[:last] + data[last:-2] * chance.choice((5, 400)) + data[-2:])


_QUICK: Mapping[str, Callable[[Random], Seed]] = {
    "packed chunk": _packed_chunk,
    "too large": _too_large,
    "many frames": _many_frames,
    "brotli": _brotli,
    "items": _items,
    "EXIF": _exif_in_file,
    "XMP": _packet_in_file,
    "profile": _profile,
    "polyglot": _polyglot,
    "pages": _pages,
    "strip": _strip,
}

_HEAVY: Mapping[str, Callable[[Random], Seed]] = {
    "large PNG": _large_png,
    "large TIFF": _large_tiff,
    "large WebP": _large_webp,
    "scans": _scans,
}
