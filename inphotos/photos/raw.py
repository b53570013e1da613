"""Cameras' RAW files, by LibRaw: the preview that the camera made, or else a quick development."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from PIL import Image

from inphotos.photos import headers
from inphotos.photos.formats import is_raw_name, kind_of
from inphotos.photos.picture import (
    Need,
    Picture,
    UnreadableError,
    check_size,
    exif_orientation,
    read_picture,
    turned,
)

#: TIFF tags: NewSubfileType, PhotometricInterpretation, DNGVersion.
_SUBFILE_TYPE, _PHOTOMETRIC, _DNG_VERSION = 254, 262, 50706
_CFA = 32803
_REDUCED = 1

#: EXIF orientations by LibRaw's flip (0, 180°, 90° counter-clockwise, 90° clockwise).
_ORIENTATIONS = {0: 1, 3: 3, 5: 8, 6: 6}
_QUARTER_TURNS = (5, 6)

#: sRGB's curve: power and slope near black (IEC 61966-2-1).
_SRGB_CURVE = (2.4, 12.92)


class NotRawError(UnreadableError):
    """LibRaw does not know the file."""


def is_raw(path: Path, data: bytes, kind: str | None) -> bool:
    """Tell whether a file is to be read as RAW.

    Args:
        path: its name counts for TIFFs, which most RAW files are in disguise; of all others only
            the content does.
        data: the file.
        kind: what its first bytes say.
    """
    if kind != "TIFF":
        return kind == "RAW"
    tags = headers.tiff_tags(data)
    return is_raw_name(path.name) or _DNG_VERSION in tags or tags.get(_PHOTOMETRIC) == _CFA


def is_preview_only(data: bytes) -> bool:
    """Tell whether the first picture of a TIFF stands in for a larger one."""
    return bool(headers.tiff_tags(data).get(_SUBFILE_TYPE, 0) & _REDUCED)


def read_raw(data: bytes, need: Need | None) -> Picture:
    """Decode a RAW file.

    Args:
        data: the file.
        need: what a preview, or a development at half the size, must reach to be taken; None for
            a development at full size.

    Raises:
        NotRawError: LibRaw does not know the file.
        UnreadableError: the file is too large or damaged.
    """
    import rawpy

    try:
        with rawpy.imread(io.BytesIO(data)) as raw:
            sizes = raw.sizes
            check_size(sizes.raw_width, sizes.raw_height)
            image = None if need is None else _preview(raw, need)
            if image is None:
                image = _developed(raw, need)
    except rawpy.LibRawFileUnsupportedError as error:
        raise NotRawError("the RAW files of this camera cannot be read") from error
    except rawpy.LibRawError as error:
        raise UnreadableError("the file is damaged") from error
    size = (sizes.width, sizes.height)
    width, height = reversed(size) if sizes.flip in _QUARTER_TURNS else size
    return Picture(image, width, height)


def _preview(raw: Any, need: Need) -> Image.Image | None:
    """Return the camera's own picture, upright, if it is there and large enough."""
    import rawpy

    try:
        thumbnail = raw.extract_thumb()
    except rawpy.LibRawError:  # there is none, or of a kind that LibRaw does not give out
        return None
    if thumbnail.format == rawpy.ThumbFormat.BITMAP:
        image = Image.fromarray(thumbnail.data)
        orientation = _preview_orientation(raw.sizes, image)
        return turned(image.convert("RGB"), orientation) if need.is_met_by(image.size) else None
    if kind_of(thumbnail.data[:64]) != "JPEG":
        return None
    try:
        with Image.open(io.BytesIO(thumbnail.data), formats=("JPEG",)) as image:
            if not need.is_met_by(image.size):
                return None
            orientation = _preview_orientation(raw.sizes, image)
        return read_picture(thumbnail.data, "JPEG", need, orientation).image
    except (OSError, ValueError, SyntaxError):  # damaged, but the RAW picture may be well
        return None


def _preview_orientation(sizes: Any, preview: Image.Image) -> int:
    """Return how a preview is to be turned, as EXIF numbers it.

    Cameras store it as the sensor lies, or upright; with EXIF data of its own, with LibRaw's, or
    without. For a quarter turn the shape tells; else its own data is believed before LibRaw.
    """
    is_portrait = preview.height > preview.width
    if sizes.flip in _QUARTER_TURNS:
        as_sensor = is_portrait == (sizes.height > sizes.width)
        return _ORIENTATIONS[sizes.flip] if as_sensor else 1
    return exif_orientation(preview) or _ORIENTATIONS.get(sizes.flip, 1)


def _developed(raw: Any, need: Need | None) -> Image.Image:
    """Develop the sensor's data, at half the size where that is enough (four times faster)."""
    half = (raw.sizes.width // 2, raw.sizes.height // 2)
    pixels = raw.postprocess(
        half_size=need is not None and need.is_met_by(half),
        use_camera_wb=True,
        gamma=_SRGB_CURVE,
    )
    return Image.fromarray(pixels)
