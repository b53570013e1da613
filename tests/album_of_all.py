"""An album with a photo in every format, sidecars and broken files; and what it is, to the byte."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pillow_heif
import pillow_jxl
from conftest import draw_photo
from metadata_files import exif, xmp
from photo_files import dng
from PIL import Image

from inphotos.photos.formats import READABLE

assert pillow_jxl  # loaded for what it adds to Pillow

#: What Pillow is asked to write for each reader, with the first of its suffixes; RAW has no writer.
_WRITERS = {
    "JPEG": "JPEG",
    "PNG": "PNG",
    "WEBP": "WEBP",
    "GIF": "GIF",
    "TIFF": "TIFF",
    "BMP": "BMP",
    "PPM": "PPM",
    "JPEG2000": "JPEG2000",
    "AVIF": "AVIF",
    "HEIF": "HEIF",
    "JXL": "JXL",
}

#: Files of the album that can be read; the others are told as failures.
READ = len(READABLE) + 4
BROKEN = 3


@dataclass(frozen=True, slots=True)
class State:
    """All that there is to know of a file or folder, but when it was read last.

    Attributes:
        content: the digest of a file, the names in a folder, where a link leads.
        times: of its content and of itself, ns.
    """

    content: str
    size: int
    times: tuple[int, int]
    mode: int
    inode: int
    links: int
    owner: tuple[int, int]


def draw_album(folder: Path) -> Path:
    """Draw it: 16 photos, 3 files that are none though they are called so, and what lies beside."""
    pillow_heif.register_heif_opener()
    for number, (kind, writer) in enumerate(_WRITERS.items()):
        draw_photo(folder / f"photo{READABLE[kind][0]}", seed=number, format=writer)
    pixels = np.random.default_rng(1).integers(0, 255, (64, 96, 3), dtype=np.uint8)
    (folder / "raw.dng").write_bytes(dng(pixels))
    trip = folder / "trip"
    # One that lies on its side, with a date and a rating in its own metadata.
    draw_photo(trip / "turned.jpg", seed=20, exif=exif({274: 6, 306: b"2020:05:01 10:00:00"}))
    draw_photo(trip / "rated.jpg", seed=21)
    (trip / "rated.xmp").write_bytes(xmp(xmp_Rating=3))
    draw_photo(trip / "twice.jpg", seed=22)
    (trip / "twice.jpg.xmp").write_bytes(xmp(xmp_Rating=5))
    Image.open(trip / "twice.jpg").save(trip / "once more.jpg", quality=60)
    (trip / "empty.jpg").touch()
    (trip / "cut.jpg").write_bytes((folder / "photo.jpg").read_bytes()[:300])
    (trip / "words.png").write_text("no picture")
    (trip / "._rated.jpg").write_bytes(b"attributes")
    (trip / "notes.txt").write_text("not a photo")
    (trip / "cut.xmp").write_text("<x:xmpmeta")
    os.utime(trip / "rated.jpg", (1_500_000_000, 1_500_000_000))
    (folder / "photo.png").chmod(0o444)
    return folder


def states(folder: Path) -> dict[str, State]:
    """Return the state of a folder and of everything in it, by the way from it."""
    return {os.fspath(path.relative_to(folder)): _state(path) for path in sorted(_all(folder))}


def _all(folder: Path) -> list[Path]:
    return [folder, *folder.rglob("*")]


def _state(path: Path) -> State:
    info = path.lstat()
    if stat.S_ISLNK(info.st_mode):
        content = os.fspath(path.readlink())
    elif stat.S_ISDIR(info.st_mode):
        content = "\n".join(sorted(entry.name for entry in path.iterdir()))
    else:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
    return State(
        content,
        info.st_size,
        (info.st_mtime_ns, info.st_ctime_ns),
        info.st_mode,
        info.st_ino,
        info.st_nlink,
        (info.st_uid, info.st_gid),
    )
