"""Small sound files of every kind that is read, each with what its format can hold."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import brotli
import numpy as np
import pillow_heif
import pillow_jxl  # noqa: F401  # Pillow writes JPEG XL from then on
from metadata_files import (
    EXIF_MARK,
    XMP_MARK,
    array,
    box,
    cr3,
    exif,
    iptc,
    position,
    raf,
    resources,
    segment,
    xmp,
)
from photo_files import cmyk_profile, dng, grey_profile, jxl_with_header, rgb_profile
from PIL import Image, PngImagePlugin

SRGB = [(0.640, 0.330), (0.300, 0.600), (0.150, 0.060)]
WIDE = [(0.680, 0.320), (0.265, 0.690), (0.150, 0.060)]

#: What a JPEG with pictures behind its own says of them (CIPA DC-007).
_EDGES = (48, 32)


@dataclass(frozen=True, slots=True)
class Seed:
    """A sound file.

    Attributes:
        kind: how its format is called in the summary; a key of ``formats.READABLE``, or XMP.
        suffix: what its name ends in.
        data: its bytes.
    """

    kind: str
    suffix: str
    data: bytes


def make_seeds() -> list[Seed]:
    """Return seeds of every kind, always the same ones in the same order."""
    return [
        *_jpegs(),
        *_pngs(),
        *_webps(),
        *_tiffs(),
        *_plain(),
        *_media(),
        *_raws(),
        Seed("XMP", ".xmp", _packet()),
    ]


def _image(mode: str = "RGB") -> Image.Image:
    """Return a picture with smooth parts and edges."""
    width, height = _EDGES
    down, across = np.mgrid[0:height, 0:width]
    pixels = np.stack([across * 5, down * 7, (across // 8 + down // 8) % 2 * 200], axis=-1)
    return Image.fromarray(pixels.astype(np.uint8), "RGB").convert(mode)


def _saved(image: Image.Image, format_: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format_, **options)
    return buffer.getvalue()


def _exif() -> bytes:
    main = {
        0x010F: b"Canon",
        0x0110: b"Canon EOS 80D",
        0x0112: 6,
        0x010E: b"A cat on a wall",
        0x9C9E: "cat;wall".encode("utf-16-le"),
        0x4746: 4,
    }
    photo = {
        0x9003: b"2023:07:14 10:15:00",
        0x829A: (1, 250),
        0x829D: (28, 10),
        0x8827: 200,
        0x920A: (50, 1),
        0x9286: b"ASCII\0\0\0seen today",
    }
    return exif(main, photo, position(41.15, -8.61))


def _packet() -> bytes:
    return xmp(
        array("dc:subject", "cat", "wall") + array("lr:hierarchicalSubject", "animals|cat"),
        xmp_Rating=3,
        tiff_Make="Canon",
        photoshop_DateCreated="2023-07-14T10:15:00",
        exif_GPSLatitude="41,9.0N",
        exif_GPSLongitude="8,36.6W",
    )


def _iptc() -> bytes:
    return resources(iptc((1, 90, b"\x1b%G"), (2, 5, b"A title"), (2, 25, b"cat"), (2, 120, b"x")))


def _with_segments(jpeg: bytes, *segments: bytes) -> bytes:
    return jpeg[:2] + b"".join(segments) + jpeg[2:]


def _jpegs() -> Iterator[Seed]:
    image = _image()
    everything = (
        segment(0xE1, EXIF_MARK + _exif()),
        segment(0xE1, XMP_MARK + _packet()),
        segment(0xED, b"Photoshop 3.0\0" + _iptc()),
        segment(0xFE, b"a comment"),
    )
    profile = rgb_profile(WIDE, 2.2)
    yield Seed("JPEG", ".jpg", _with_segments(_saved(image, "JPEG"), *everything))
    yield Seed("JPEG", ".jpg", _saved(image, "JPEG", progressive=True, icc_profile=profile))
    restarts = _saved(image, "JPEG", subsampling=2, restart_marker_blocks=2)
    yield Seed("JPEG", ".jpeg", restarts)
    cmyk = _saved(image.convert("CMYK"), "JPEG", icc_profile=cmyk_profile())
    yield Seed("JPEG", ".jpg", cmyk)
    grey = _saved(image.convert("L"), "JPEG", icc_profile=grey_profile(1.8))
    yield Seed("JPEG", ".jfif", grey)
    yield Seed("JPEG", ".mpo", _saved(image, "MPO", save_all=True, append_images=[_image()]))
    preview = _saved(image.resize((16, 12)), "JPEG")
    inside = exif({0x0112: 1}, {0x927C: preview})
    yield Seed("JPEG", ".jpg", _with_segments(restarts, segment(0xE1, EXIF_MARK + inside)))


def _pngs() -> Iterator[Seed]:
    image = _image()
    text = PngImagePlugin.PngInfo()
    text.add_itxt("XML:com.adobe.xmp", _packet().decode(), zip=True)
    text.add_text("Comment", "packed", zip=True)
    text.add_text("Title", "plain")
    profile = rgb_profile(WIDE, 2.2)
    everything = {"pnginfo": text, "exif": _exif(), "icc_profile": profile}
    yield Seed("PNG", ".png", _saved(image, "PNG", **everything))
    yield Seed("PNG", ".png", _saved(image.quantize(16), "PNG", transparency=3))
    samples = np.arange(48 * 32, dtype=np.uint16).reshape(32, 48) * 40
    yield Seed("PNG", ".png", _saved(Image.fromarray(samples), "PNG"))
    yield Seed("PNG", ".png", _saved(image.convert("1"), "PNG"))
    yield Seed("PNG", ".png", _saved(image.convert("LA"), "PNG"))
    frames = [image.rotate(angle) for angle in (90, 180)]
    yield Seed("PNG", ".apng", _saved(image, "PNG", save_all=True, append_images=frames))
    plain = _saved(image.convert("RGBA"), "PNG")
    colours = struct.pack("!I", 4) + b"cICP" + bytes((9, 16, 0, 1))
    colours += struct.pack("!I", zlib.crc32(colours[4:]))
    yield Seed("PNG", ".png", plain[:33] + colours + plain[33:])


def _webps() -> Iterator[Seed]:
    image = _image()
    everything = {"exif": _exif(), "xmp": _packet(), "icc_profile": rgb_profile(WIDE, 2.2)}
    yield Seed("WEBP", ".webp", _saved(image, "WEBP", **everything))
    yield Seed("WEBP", ".webp", _saved(image.convert("RGBA"), "WEBP", lossless=True))
    yield Seed("WEBP", ".webp", _saved(image, "WEBP", quality=40))
    frames = [image.rotate(angle) for angle in (90, 180)]
    yield Seed("WEBP", ".webp", _saved(image, "WEBP", save_all=True, append_images=frames))


def _tiffs() -> Iterator[Seed]:
    image = _image()
    for compression in ("raw", "tiff_lzw", "tiff_adobe_deflate", "jpeg", "packbits"):
        yield Seed("TIFF", ".tif", _saved(image, "TIFF", compression=compression))
    pages = {"save_all": True, "append_images": [image.rotate(90), image.convert("1")]}
    yield Seed("TIFF", ".tiff", _saved(image, "TIFF", icc_profile=rgb_profile(SRGB, 2.2), **pages))
    yield Seed("TIFF", ".tif", _saved(image.convert("1"), "TIFF", compression="group4"))
    yield Seed("TIFF", ".tif", _saved(image.convert("F"), "TIFF"))
    yield Seed("TIFF", ".tif", _saved(image.convert("CMYK"), "TIFF", compression="tiff_lzw"))
    yield Seed("TIFF", ".tif", _saved(image, "TIFF", big_tiff=True))
    yield Seed("TIFF", ".tif", _tiled())


def _tiled() -> bytes:
    import tifffile

    buffer = io.BytesIO()
    tifffile.imwrite(buffer, np.asarray(_image()), tile=(16, 16), compression="zlib")
    return buffer.getvalue()


def _plain() -> Iterator[Seed]:
    image = _image()
    frames = [image.rotate(angle).quantize(32) for angle in (90, 180)]
    yield Seed("GIF", ".gif", _saved(image.quantize(32), "GIF", comment=b"a comment"))
    animated = {"save_all": True, "append_images": frames, "loop": 0}
    yield Seed("GIF", ".gif", _saved(image.quantize(32), "GIF", **animated))
    yield Seed("BMP", ".bmp", _saved(image, "BMP"))
    yield Seed("BMP", ".dib", _saved(image.quantize(16), "BMP"))
    for mode in ("RGB", "L", "1"):
        yield Seed("PPM", ".ppm", _saved(image.convert(mode), "PPM"))
    yield Seed("PPM", ".pgm", b"P2\n# a comment\n4 3\n255\n" + b"1 20 255 7\n" * 3)
    yield Seed("JPEG2000", ".jp2", _saved(image, "JPEG2000"))
    yield Seed("JPEG2000", ".j2k", _saved(image, "JPEG2000", no_jp2=True, num_resolutions=3))
    tiled = {"tile_size": (16, 16), "quality_layers": [40, 20], "irreversible": True}
    yield Seed("JPEG2000", ".jpx", _saved(image, "JPEG2000", **tiled))


def _media() -> Iterator[Seed]:
    pillow_heif.register_heif_opener()
    image = _image()
    everything = {"exif": EXIF_MARK + _exif(), "xmp": _packet()}
    profile = rgb_profile(WIDE, 2.2)
    yield Seed(
        "HEIF", ".heic", _saved(image, "HEIF", quality=50, icc_profile=profile, **everything)
    )
    pages = {"save_all": True, "append_images": [image.rotate(90)]}
    yield Seed("HEIF", ".heif", _saved(image.convert("RGBA"), "HEIF", quality=50, **pages))
    yield Seed("AVIF", ".avif", _saved(image, "AVIF", speed=10, exif=_exif(), xmp=_packet()))
    frames = {"save_all": True, "append_images": [image.rotate(90).convert("RGBA")]}
    yield Seed("AVIF", ".avifs", _saved(image.convert("RGBA"), "AVIF", speed=10, **frames))
    yield Seed("JXL", ".jxl", _saved(image, "JXL", exif=_exif()))
    yield Seed("JXL", ".jxl", _saved(image, "JXL", lossless=True))
    bare = _saved(Image.new("RGB", (120, 80), "teal"), "JXL", use_container=False)
    yield Seed("JXL", ".jxl", bare)
    if bare[:4] == b"\xff\x0a\x13\x07":
        yield Seed("JXL", ".jxl", jxl_with_header(bare, orientation=6, is_pq=True))
    packed = box(b"brob", b"Exif" + brotli.compress(bytes(4) + _exif()))
    wrapped = box(b"JXL ", b"\r\n\x87\n") + box(b"ftyp", b"jxl \0\0\0\0jxl ")
    yield Seed("JXL", ".jxl", wrapped + packed + box(b"jxlc", bare))


def _raws() -> Iterator[Seed]:
    pixels = np.asarray(_image().resize((64, 48)))
    preview = _saved(_image().resize((640, 480)), "JPEG", quality=30)
    plain = dng(pixels, orientation=6)
    yield Seed("RAW", ".dng", plain)
    yield Seed("RAW", ".dng", dng(pixels, preview=preview, preview_size=(640, 480)))
    main, photo = exif({0x010F: b"Canon"}), exif({}, {0x9003: b"2023:07:14 10:15:00"})
    yield Seed("RAW", ".cr3", cr3(main, photo, exif({}, {}, position(1, 2))))
    yield Seed("RAW", ".raf", raf(_with_segments(preview, segment(0xE1, EXIF_MARK + _exif()))))
    # LibRaw tells these apart by the start; what follows is a TIFF in all of them.
    yield Seed("RAW", ".orf", b"IIRO" + plain[4:])
    yield Seed("RAW", ".rw2", b"II\x55\0" + plain[4:])
    yield Seed("RAW", ".cr2", plain[:8] + b"CR\2\0" + plain[12:])
    yield Seed("RAW", ".nef", plain)


def write_photo(path: Path) -> Path:
    """Write a sound photo and return its path."""
    path.write_bytes(_saved(_image(), "JPEG"))
    return path
