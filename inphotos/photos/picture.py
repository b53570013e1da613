"""A file's bytes to an upright picture in sRGB, by the Pillow decoder that its content names."""

from __future__ import annotations

import importlib
import io
from dataclasses import dataclass
from typing import Any

from PIL import ExifTags, Image

from inphotos.photos import headers
from inphotos.photos.colour import colour_space, to_srgb

#: 0.4 gigapixels decode to 1.2 GB, more than any camera gives; beyond it lie decompression bombs.
MAX_PIXELS = 400_000_000

#: A scaled decode keeps at least this many times the encoder's resolution, so that the filter that
#: makes the encoder's pixels still has detail to average over.
_OVERSAMPLING = 1.5

#: A decode that falls this little short of a thumbnail's edge is taken for it: nobody sees it, and
#: an eighth of 12 megapixels, 500 pixels wide, costs a fifth less than a quarter does.
_NEARLY = 0.96

#: Where the decoders are that Pillow does not load at once. They are loaded when a file needs
#: them, so that a worker that meets only JPEGs starts quickly.
_MODULES = {
    "WEBP": "PIL.WebPImagePlugin",
    "TIFF": "PIL.TiffImagePlugin",
    "JPEG2000": "PIL.Jpeg2KImagePlugin",
    "AVIF": "PIL.AvifImagePlugin",
    "HEIF": "pillow_heif",
    "JXL": "pillow_jxl.JpegXLImagePlugin",
}

#: How pictures are turned upright, by EXIF's orientation.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

# The size limit is enforced here with a sentence of our own.
Image.MAX_IMAGE_PIXELS = None


class UnreadableError(Exception):
    """A file that is not decoded; the message is the reason for the user, as in ``PhotoError``."""


@dataclass(frozen=True, slots=True)
class Need:
    """The least resolution that is of use.

    Attributes:
        short: pixels of the short edge that the encoder is given.
        long: pixels of the long edge of a thumbnail.
    """

    short: int
    long: int

    def decode_size(self, size: tuple[int, int]) -> tuple[int, int]:
        """Return the least (width, height) to decode a photo of ``size`` at, aspect kept."""
        scale = max(self.short * _OVERSAMPLING / min(size), self.long * _NEARLY / max(size))
        return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))

    def is_met_by(self, size: tuple[int, int]) -> bool:
        """Tell whether a picture of this size is enough for both uses."""
        return min(size) >= self.short and max(size) >= self.long


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded photo.

    Attributes:
        image: upright, mode RGB, sRGB, maybe smaller than the photo.
        width, height: of the upright photo at full size, pixels.
    """

    image: Image.Image
    width: int
    height: int


def read_picture(
    data: bytes, kind: str, need: Need | None, orientation: int | None = None
) -> Picture:
    """Decode a file.

    Args:
        data: the file.
        kind: a key of ``formats.READABLE`` other than RAW.
        need: what may be saved on resolution; None for the full size.
        orientation: as EXIF numbers it; None to use what the file says.

    Raises:
        UnreadableError: the file is too large or cut off.
        Exception: whatever Pillow's decoders raise on damaged files.
    """
    _load_decoder(kind)
    if kind == "JXL" and (claimed := headers.jxl_size(data)):
        check_size(*claimed)  # its plugin decodes in the act of opening
    if kind in ("HEIF", "AVIF") and headers.is_cut_off(data):
        raise UnreadableError("the file is cut off")
    with Image.open(io.BytesIO(data), formats=(kind,)) as image:
        full = image.size
        check_size(*full)
        wanted = full if need is None else need.decode_size(full)
        if need is not None:
            image.draft("RGB", wanted)
        # All of the file is in memory already: in pieces it would only be copied once more.
        image.decodermaxblock = max(len(data), image.decodermaxblock)
        image.load()
        if orientation is None:
            orientation = _orientation(image, kind)
        small = to_srgb(_reduced(image, wanted), colour_space(image, kind, data))
    width, height = reversed(full) if orientation in (5, 6, 7, 8) else full
    return Picture(turned(small, orientation), width, height)


def check_size(width: int, height: int) -> None:
    """Refuse pictures that would take too much memory.

    Raises:
        UnreadableError: it has more than ``MAX_PIXELS``.
    """
    if width * height > MAX_PIXELS:
        raise UnreadableError(
            f"it claims {width} x {height} pixels, "
            f"more than the {MAX_PIXELS // 1_000_000} megapixels that are allowed"
        )


def turned(image: Image.Image, orientation: int) -> Image.Image:
    """Return a picture turned upright, given its orientation as EXIF numbers it."""
    return image.transpose(_TURNS[orientation]) if orientation in _TURNS else image


def exif_orientation(image: Image.Image) -> int | None:
    """Return the orientation in a picture's metadata, None where there is none to be read."""
    try:
        value = image.getexif().get(ExifTags.Base.Orientation)
    except Exception:  # Pillow raises a dozen kinds on damaged EXIF data, which is no loss here
        return None
    return value if isinstance(value, int) else None


def _orientation(image: Image.Image, kind: str) -> int:
    # To be asked after loading: TIFFs are turned by Pillow then. Of HEIF, libheif has applied the
    # turn that the container names and the plugin has taken it out of the EXIF data. libjxl does
    # the same for JPEG XL, where the EXIF data is not to count (ISO/IEC 18181-2), unless the file
    # is a recompressed JPEG, which comes back as it was.
    if kind == "JXL" and not getattr(image, "jpeg", False):
        return 1
    return exif_orientation(image) or 1


def _reduced(image: Image.Image, wanted: tuple[int, int]) -> Image.Image:
    """Average blocks of pixels, so that a picture is not much larger than it has to be."""
    factor = min(image.width // max(1, wanted[0]), image.height // max(1, wanted[1]))
    if factor < 2:
        return image
    if image.mode == "1":
        image = image.convert("L")
    elif image.mode == "P" or "transparency" in image.info:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    elif image.mode.startswith("I;16"):
        image = image.convert("I")
    return image.reduce(factor)


def _load_decoder(kind: str) -> None:
    """Make a decoder known to Pillow. Each uses one thread: there is a worker for every core."""
    if kind not in _MODULES:
        return
    module: Any = importlib.import_module(_MODULES[kind])
    if kind == "HEIF":
        module.register_heif_opener(decode_threads=1, depth_images=False, aux_images=False)
    elif kind == "AVIF":
        module.DEFAULT_MAX_THREADS = 1
    elif kind == "JXL":
        module.DECODE_THREADS = 0
