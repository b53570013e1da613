"""Which files count as photos, and which of those can be read."""

from __future__ import annotations

from pathlib import Path

#: Suffixes of what Pillow reads, by the name of its decoder. Only these decoders are ever tried:
#: some others run outside programs or fetch other files.
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
}

#: Suffixes of photos that are listed with a reason instead of being passed over in silence.
NOT_YET_READABLE: dict[str, tuple[str, ...]] = {
    "HEIC": (".heic", ".heif", ".hif"),
    "JPEG XL": (".jxl",),
    "RAW": (".cr2", ".cr3", ".nef", ".arw", ".dng", ".raf", ".rw2", ".orf", ".pef", ".srw"),
}

SUFFIXES = frozenset(
    suffix for table in (READABLE, NOT_YET_READABLE) for row in table.values() for suffix in row
)


def is_photo(name: str) -> bool:
    """Tell by a file's name whether it is taken for a photo."""
    # AppleDouble files carry the name of the photo whose attributes they hold.
    return not name.startswith("._") and Path(name).suffix.lower() in SUFFIXES


def unreadable_reason(path: Path, head: bytes) -> str:
    """Say why a file that no decoder recognised is not readable.

    Args:
        path: the file.
        head: its first bytes (at least 32 if it is that long).
    """
    kind = _kind(path, head)
    if kind is not None:
        return f"{kind} photos are not supported yet"
    return "it is not a picture, whatever its name says"


def _kind(path: Path, head: bytes) -> str | None:
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"msf1"):
        return "HEIC"
    if head.startswith((b"\xff\x0a", b"\x00\x00\x00\x0cJXL ")):
        return "JPEG XL"
    raw = head.startswith((b"II", b"MM", b"FUJIFILM")) or head[4:8] == b"ftyp"
    return "RAW" if raw and path.suffix.lower() in NOT_YET_READABLE["RAW"] else None
