"""Which files count as photos, and what a file is by its content."""

from __future__ import annotations

from pathlib import Path

#: Suffixes by what reads the file: the name of a Pillow decoder (two of them come from plugins),
#: or RAW for LibRaw. Nothing else is ever tried: some of Pillow's decoders run outside programs or
#: fetch other files.
READABLE: dict[str, tuple[str, ...]] = {
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"),
    "PNG": (".png", ".apng"),
    "WEBP": (".webp",),
    "GIF": (".gif",),
    "TIFF": (".tif", ".tiff"),
    "BMP": (".bmp", ".dib"),
    "PPM": (".ppm", ".pgm", ".pbm", ".pnm"),
    "JPEG2000": (".jp2", ".j2k", ".jpf", ".jpx", ".j2c"),
    "AVIF": (".avif", ".avifs"),
    "HEIF": (".heic", ".heif", ".hif", ".heics", ".heifs"),
    "JXL": (".jxl",),
    "RAW": (".cr2", ".cr3", ".nef", ".arw", ".dng", ".raf", ".rw2", ".orf", ".pef", ".srw"),
}

SUFFIXES = frozenset(suffix for row in READABLE.values() for suffix in row)

#: A camera writes one of these beside its RAW file of the same shot.
COMPANION_SUFFIXES = frozenset((*READABLE["JPEG"], *READABLE["HEIF"]))

#: First bytes of files, by what reads them. Cameras' TIFFs are told apart in ``raw``.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "JPEG2000"),
    (b"\xff\x4f\xff\x51", "JPEG2000"),
    (b"\x00\x00\x00\x0cJXL \r\n\x87\n", "JXL"),
    (b"\xff\x0a", "JXL"),
    (b"FUJIFILMCCD-RAW", "RAW"),
    (b"II\x55\x00", "RAW"),  # Panasonic, Leica
    (b"IIRO", "RAW"),  # Olympus
    (b"IIRS", "RAW"),
    (b"MMOR", "RAW"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"II+\x00", "TIFF"),  # BigTIFF
    (b"MM\x00+", "TIFF"),
    *((b"P%d" % kind, "PPM") for kind in range(1, 7)),
)

#: Brands of ISO base media files (ISO/IEC 23008-12, AV1 Image File Format, Canon CR3).
_BRANDS: dict[bytes, str] = {
    **dict.fromkeys((b"avif", b"avis"), "AVIF"),
    **dict.fromkeys(
        (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"), "HEIF"
    ),
    b"crx ": "RAW",
}
_GENERIC_BRANDS = (b"mif1", b"msf1")


def is_photo(name: str) -> bool:
    """Tell by a file's name whether it is taken for a photo."""
    # AppleDouble files carry the name of the photo whose attributes they hold.
    return not name.startswith("._") and Path(name).suffix.lower() in SUFFIXES


def is_raw_name(name: str) -> bool:
    """Tell by a file's name whether it is a camera's RAW file."""
    return Path(name).suffix.lower() in READABLE["RAW"]


def kind_of(head: bytes) -> str | None:
    """Tell what a file is by its first bytes, whatever its name says.

    Args:
        head: the first bytes of the file (64 if it is that long).

    Returns:
        A key of ``READABLE``, or None when nothing here reads it. RAW files that are TIFFs to look
        at are called TIFF.
    """
    if head[4:8] == b"ftyp":
        return _kind_by_brand(head)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    if head[:4] in (b"II*\x00", b"MM\x00*") and head[8:10] == b"CR":
        return "RAW"  # Canon CR2
    return next((kind for start, kind in _SIGNATURES if head.startswith(start)), None)


def _kind_by_brand(head: bytes) -> str | None:
    brand = head[8:12]
    if brand not in _GENERIC_BRANDS:
        return _BRANDS.get(brand)
    end = min(int.from_bytes(head[:4], "big"), len(head))
    compatible = (head[start : start + 4] for start in range(16, end - 3, 4))
    return next((_BRANDS[other] for other in compatible if other in _BRANDS), "HEIF")
