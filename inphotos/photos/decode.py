"""One photo's bytes to an upright 8-bit RGB picture: the encoder's pixels and the thumbnail."""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from inphotos.errors import PhotoError
from inphotos.photos.formats import READABLE, unreadable_reason
from inphotos.pixels import Pixels, PixelSpec, fit
from inphotos.settings import THUMBNAIL_EDGE

#: Counts up when a later version reads files that this one cannot: failures of an older version
#: are then tried again.
DECODER_VERSION = 1

#: 0.4 gigapixels decode to 1.2 GB, more than any camera gives; beyond it lie decompression bombs.
MAX_PIXELS = 400_000_000

MAX_FILE_BYTES = 1 << 30

#: A scaled JPEG decode keeps at least this many times the encoder's resolution, so that the
#: filter that makes the encoder's pixels still has detail to average over.
_OVERSAMPLING = 1.5

_THUMBNAIL_QUALITY = 85

#: What Pillow's decoders raise on damaged files.
_DAMAGE_ERRORS = (OSError, ValueError, SyntaxError, struct.error, EOFError, LookupError, TypeError)

# The size limit is enforced here with a sentence of our own.
Image.MAX_IMAGE_PIXELS = None


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
        scaled: let JPEGs be decoded at a fraction of their size (by the DCT) where that still
            leaves enough detail; several times faster on camera photos.

    Raises:
        PhotoError: the file cannot be read or decoded; the reason says why.
    """
    data = _read(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd metadata does not matter here
            upright, (width, height) = _upright_rgb(data, spec, scaled)
            return Decoded(
                pixels=fit(upright, spec),
                thumbnail=_thumbnail(upright),
                content=content_digest(data),
                width=width,
                height=height,
            )
    except UnidentifiedImageError as error:
        raise PhotoError(path, unreadable_reason(path, data[:64])) from error
    except Image.DecompressionBombError as error:
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


def _upright_rgb(data: bytes, spec: PixelSpec, scaled: bool) -> tuple[Image.Image, tuple[int, int]]:
    """Return the upright picture, maybe scaled down, and the full size of the upright photo."""
    with Image.open(io.BytesIO(data), formats=tuple(READABLE)) as image:
        width, height = image.size
        if width * height > MAX_PIXELS:
            raise Image.DecompressionBombError(
                f"it claims {width} x {height} pixels, "
                f"more than the {MAX_PIXELS // 1_000_000} megapixels that are allowed"
            )
        if scaled:
            image.draft("RGB", _wanted_size(width, height, spec))
        upright = ImageOps.exif_transpose(_to_rgb(image))
    turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    return upright, ((height, width) if turned else (width, height))


def _wanted_size(width: int, height: int, spec: PixelSpec) -> tuple[int, int]:
    """Return the least size to decode at: enough for the encoder and for the thumbnail."""
    short, long = min(width, height), max(width, height)
    scale = max(spec.short_edge * _OVERSAMPLING / short, THUMBNAIL_EDGE / long)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _to_rgb(image: Image.Image) -> Image.Image:
    """Bring any mode to RGB, keeping the EXIF data that says which way is up."""
    exif = image.getexif()
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        converted = _eight_bit(image).convert("RGB")
    elif image.has_transparency_data:
        ground = Image.new("RGBA", image.size, "white")
        converted = Image.alpha_composite(ground, image.convert("RGBA")).convert("RGB")
    else:
        converted = image.convert("RGB")
    if 0x0112 in exif:
        converted.getexif()[0x0112] = exif[0x0112]
    return converted


def _eight_bit(image: Image.Image) -> Image.Image:
    values = np.asarray(image).astype(np.float32)
    finite = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    low, high = float(finite.min()), float(finite.max())
    if image.mode != "F" and low >= 0 and high <= 65535:
        low, high = 0.0, 65535.0  # 16-bit; the rest has no fixed range, so what is there counts
    scaled = (finite - low) * (255.0 / max(high - low, 1e-6))
    return Image.fromarray(scaled.clip(0, 255).astype(np.uint8), "L")


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
