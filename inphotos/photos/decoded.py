"""What comes of reading a photo: plain values, for those who only pass them on.

They are apart from :mod:`inphotos.photos.decode`, which loads all that decoding takes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from inphotos.metadata import Metadata
from inphotos.phash import NOT_HASHED
from inphotos.pixels import Pixels


@dataclass(frozen=True, slots=True)
class Decoded:
    """What one decode of a photo gives.

    Attributes:
        pixels: uint8, RGB, shape ``spec.shape``, for the encoder; None when none were asked for.
        thumbnails: a JPEG for each of ``THUMBNAIL_EDGES``, upright, long edge at most that many
            pixels, no metadata.
        content: hexadecimal BLAKE2b digest (128 bits) of the file's bytes.
        width, height: of the upright photo at full size, pixels.
        metadata: what the file says of itself.
        phash: perceptual hash of the upright photo, see :func:`inphotos.phash.phash`.
    """

    pixels: Pixels | None
    thumbnails: dict[int, bytes]
    content: str
    width: int
    height: int
    metadata: Metadata = field(default_factory=Metadata)
    phash: int = NOT_HASHED


@dataclass(frozen=True, slots=True)
class Known:
    """A file that was read but not decoded, because its content is known already.

    Attributes:
        content: digest of the file, one of those that the caller knows.
        metadata: what the file says of itself.
    """

    content: str
    metadata: Metadata = field(default_factory=Metadata)
