"""One photo's bytes to an upright 8-bit RGB picture: the encoder's pixels and the thumbnails."""

from __future__ import annotations

import hashlib
import io
import math
import os
import stat
import struct
import warnings
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from inphotos.errors import PhotoError, why_unreadable
from inphotos.phash import phash
from inphotos.photos.decoded import Decoded as Decoded
from inphotos.photos.decoded import Known as Known
from inphotos.photos.formats import kind_of
from inphotos.photos.metadata import find_sidecar, read_metadata, read_sidecar
from inphotos.photos.picture import Need, Picture, UnreadableError, read_picture
from inphotos.photos.raw import NotRawError, is_preview_only, is_raw, read_raw
from inphotos.pixels import Pixels, PixelSpec, Region, fit
from inphotos.region import scaled_to
from inphotos.settings import THUMBNAIL_EDGES

#: Counts up when a later version reads files that this one cannot: failures of an older version
#: are then tried again.
DECODER_VERSION = 2

MAX_FILE_BYTES = 1 << 30

#: A photo for the screen is sent at no more than that, 256 MB; cameras give less, and what
#: panoramas have beyond it is not missed at 100 %.
MAX_SEEN_PIXELS = 64_000_000

_THUMBNAIL_QUALITY = 85

#: A picture of at least this part of twice the size that is wanted is halved instead of resized.
_NEARLY_HALF = 0.96

#: What Pillow's decoders raise on damaged files.
_DAMAGE_ERRORS = (
    OSError,
    ValueError,
    SyntaxError,
    struct.error,
    EOFError,
    LookupError,
    TypeError,
    RuntimeError,  # libheif, libjxl
    AssertionError,  # chunks in an order that Pillow rules out
    ArithmeticError,
    AttributeError,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A photo as it is to be seen on a screen.

    Attributes:
        image: upright, mode RGB, sRGB.
        width, height: of the upright photo at full size, pixels.
    """

    image: Image.Image
    width: int
    height: int


def decode(
    path: Path,
    spec: PixelSpec | None,
    *,
    known: Collection[str] = (),
    scaled: bool = True,
    region: Region | None = None,
) -> Decoded | Known:
    """Read and decode one photo.

    Args:
        path: the file.
        spec: what the encoder wants; None when only the thumbnails are of use.
        known: digests of contents that need no decoding.
        scaled: let photos be decoded at a fraction of their size (JPEGs by the DCT, RAW files by
            their preview) where that still leaves enough detail; several times faster on camera
            photos.
        region: the part of the upright photo that the encoder is to see; None for all of it. The
            thumbnails show all of it in any case.

    Raises:
        PhotoError: the file cannot be read or decoded; the reason says why.
    """
    data, mtime_ns = _read(path)
    content = content_digest(data)
    beside = find_sidecar(path)
    sidecar = None if beside is None else read_sidecar(beside)
    metadata = read_metadata(data, kind_of(data[:64]), path, mtime_ns, sidecar)
    if content in known:
        return Known(content, metadata)
    need = _need(spec, region) if scaled else None
    with _decoding(path):
        picture = _picture(path, data, need)
        thumbnails, smallest = _thumbnails(picture.image)
        return Decoded(
            pixels=_pixels(picture.image, spec, region),
            thumbnails=thumbnails,
            content=content,
            width=picture.width,
            height=picture.height,
            metadata=metadata,
            # Of the thumbnail, so that it can be had again without the photo.
            phash=phash(smallest),
        )


def see(path: Path, edge: int) -> Seen:
    """Read and decode one photo for the screen.

    Args:
        path: the file.
        edge: pixels of the long edge; a photo that is smaller is not enlarged, and one of more
            than ``MAX_SEEN_PIXELS`` is made smaller.

    Raises:
        PhotoError: the file cannot be read or decoded; the reason says why.
    """
    data, _ = _read(path)
    with _decoding(path):
        picture = _picture(path, data, Need(1, edge))
        full = (picture.width, picture.height)
        most = int(max(full) * math.sqrt(MAX_SEEN_PIXELS / (full[0] * full[1])))
        size = scaled_to(full, min(edge, most, max(full), max(picture.image.size)))
        image = picture.image
        if image.size != size:
            image = image.resize(size, Image.Resampling.BICUBIC)
        return Seen(image, *full)


@contextmanager
def _decoding(path: Path) -> Iterator[None]:
    """Turn whatever decoding raises into a :class:`PhotoError`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd metadata does not matter here
            yield
    except UnidentifiedImageError as error:
        raise PhotoError(path, "the file is damaged or of a rare kind") from error
    except UnreadableError as error:
        raise PhotoError(path, str(error)) from error
    except MemoryError as error:
        raise PhotoError(path, "it takes more memory than a photo may") from error
    except _DAMAGE_ERRORS as error:
        raise PhotoError(path, _damage(error)) from error


def content_digest(data: bytes) -> str:
    """Return the digest by which equal files are recognised, 32 hexadecimal digits."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _read(path: Path) -> tuple[bytes, int]:
    """Return what is in a file, and the time of its last change."""
    try:
        # To open a pipe can take forever, and to open a device can set off anything.
        if not stat.S_ISREG(path.stat().st_mode):
            raise PhotoError(path, "it is not a file", lasting=False)
        with path.open("rb") as file:
            info = os.fstat(file.fileno())
            # A read of a number of bytes takes that much memory, however small the file is.
            data = file.read(min(info.st_size, MAX_FILE_BYTES) + 1)
    except OSError as error:
        raise PhotoError(path, why_unreadable(error), lasting=False) from error
    if not data:
        raise PhotoError(path, "the file is empty")
    if len(data) > MAX_FILE_BYTES:
        raise PhotoError(path, "the file is larger than 1 GiB")
    return data, info.st_mtime_ns


def _picture(path: Path, data: bytes, need: Need | None) -> Picture:
    kind = kind_of(data[:64])
    if is_raw(path, data, kind):
        try:
            return read_raw(data, need)
        except NotRawError:
            # A plain TIFF under a RAW file's name is a photo, a RAW file's tiny preview is not.
            if kind == "RAW" or is_preview_only(data):
                raise
    if kind is None:
        raise UnreadableError("it is not a picture, whatever its name says")
    return read_picture(data, kind, need)


def _need(spec: PixelSpec | None, region: Region | None) -> Need:
    short = spec.short_edge if spec is not None else 1
    if region is not None:
        # Of a small part there must be as many pixels as of a whole photo, whichever way it lies:
        # whether the file has to be turned is not known yet.
        short = math.ceil(short / min(region.width, region.height))
    return Need(short, max(THUMBNAIL_EDGES))


def _pixels(upright: Image.Image, spec: PixelSpec | None, region: Region | None) -> Pixels | None:
    if spec is None:
        return None
    return fit(upright if region is None else upright.crop(region.box(upright.size)), spec)


def _thumbnails(upright: Image.Image) -> tuple[dict[int, bytes], Image.Image]:
    """Make all sizes, each from the next larger one, which is close to it and quick to shrink.

    Returns:
        The JPEGs by size, and the smallest one as it was before it was compressed.
    """
    jpegs: dict[int, bytes] = {}
    small = upright.copy()
    small.info.clear()  # a comment would be saved
    for edge in sorted(THUMBNAIL_EDGES, reverse=True):
        small = _shrunk(small, edge)
        buffer = io.BytesIO()
        small.save(buffer, "JPEG", quality=_THUMBNAIL_QUALITY)
        jpegs[edge] = buffer.getvalue()
    return jpegs, small


def _shrunk(image: Image.Image, edge: int) -> Image.Image:
    """Return a picture of at most ``edge`` pixels; itself where it is no larger.

    Where halving it comes close to that, it is halved: the average of four pixels is what any good
    filter gives then, in a tenth of the time.
    """
    longest = max(image.size)
    if longest <= edge:
        return image
    if _NEARLY_HALF * 2 * edge <= longest <= 2 * edge:
        return image.reduce(2)
    size = scaled_to(image.size, edge)
    return image.resize(size, Image.Resampling.HAMMING, reducing_gap=2.0)


def _damage(error: Exception) -> str:
    text = str(error).lower()
    if "truncated" in text or isinstance(error, EOFError):
        return "the file is cut off"
    return "the file is damaged"
