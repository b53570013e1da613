"""One photo's bytes to an upright 8-bit RGB picture: the encoder's pixels and the thumbnail."""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from inphotos.errors import PhotoError
from inphotos.photos.formats import kind_of
from inphotos.photos.picture import Need, Picture, UnreadableError, read_picture
from inphotos.photos.raw import NotRawError, is_preview_only, is_raw, read_raw
from inphotos.pixels import Pixels, PixelSpec, fit
from inphotos.settings import THUMBNAIL_EDGE

#: Counts up when a later version reads files that this one cannot: failures of an older version
#: are then tried again.
DECODER_VERSION = 2

MAX_FILE_BYTES = 1 << 30

_THUMBNAIL_QUALITY = 85

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
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """What one decode of a photo gives.

    Attributes:
        pixels: uint8, RGB, shape ``spec.shape``, for the encoder.
        thumbnail: a JPEG, upright, long edge at most ``THUMBNAIL_EDGE`` pixels, no metadata.
        content: hexadecimal BLAKE2b digest (128 bits) of the file's bytes.
        width, height: of the upright photo at full size, pixels.
    """

    pixels: Pixels
    thumbnail: bytes
    content: str
    width: int
    height: int


def decode(path: Path, spec: PixelSpec, *, scaled: bool = True) -> Decoded:
    """Read and decode one photo.

    Args:
        path: the file.
        spec: what the encoder wants.
        scaled: let photos be decoded at a fraction of their size (JPEGs by the DCT, RAW files by
            their preview) where that still leaves enough detail; several times faster on camera
            photos.

    Raises:
        PhotoError: the file cannot be read or decoded; the reason says why.
    """
    data = _read(path)
    need = Need(spec.short_edge, THUMBNAIL_EDGE) if scaled else None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd metadata does not matter here
            picture = _picture(path, data, need)
            return Decoded(
                pixels=fit(picture.image, spec),
                thumbnail=_thumbnail(picture.image),
                content=content_digest(data),
                width=picture.width,
                height=picture.height,
            )
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


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise PhotoError(path, "the file is not there") from error
    except PermissionError as error:
        raise PhotoError(path, "its permissions forbid reading it") from error
    except OSError as error:
        raise PhotoError(path, f"the disk gave an error ({error.strerror or error})") from error
    if not data:
        raise PhotoError(path, "the file is empty")
    if len(data) > MAX_FILE_BYTES:
        raise PhotoError(path, "the file is larger than 1 GiB")
    return data


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


def _thumbnail(upright: Image.Image) -> bytes:
    small = upright.copy()
    small.thumbnail((THUMBNAIL_EDGE, THUMBNAIL_EDGE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    small.info.clear()
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=_THUMBNAIL_QUALITY)
    return buffer.getvalue()


def _damage(error: Exception) -> str:
    text = str(error).lower()
    if "truncated" in text or isinstance(error, EOFError):
        return "the file is cut off"
    return "the file is damaged"
