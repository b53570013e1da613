"""Pictures as a camera would make them, drawn."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import ExifTags, Image, ImageDraw

from inphotos.events import Control

_SHAPES = 150

#: Standard deviation of a sensor's noise at an everyday sensitivity, of 255. With it a JPEG has
#: about 3 to 5 bits for each pixel, as cameras' have.
_NOISE = 5.0
_QUALITY = 90


def draw(folder: Path, count: int, megapixels: float, control: Control) -> Iterator[Path]:
    """Draw photos and yield each one's file, a JPEG with EXIF; a second or less for each.

    Raises:
        CancelledError: by way of ``control``.
    """
    width = max(16, 4 * round(math.sqrt(megapixels * 1e6 / 12)))
    size = (width, width * 3 // 4)
    chance = np.random.default_rng(1)
    noise = chance.normal(0, _NOISE, (size[1], size[0], 1)).astype(np.int16)
    for number in range(count):
        control.checkpoint()
        noise = np.roll(noise, chance.integers(1, size[1]), axis=0)
        path = folder / f"IMG_{number:04}.jpg"
        _picture(size, chance, noise).save(path, quality=_QUALITY, exif=_exif(number, size))
        yield path


def _picture(
    size: tuple[int, int], chance: np.random.Generator, noise: npt.NDArray[np.int16]
) -> Image.Image:
    """Draw soft ground and hard shapes, as seen by a sensor."""
    ground = chance.integers(30, 226, (6, 8, 3)).astype(np.uint8)
    image = Image.fromarray(ground).resize(size, Image.Resampling.BICUBIC)
    drawing = ImageDraw.Draw(image)
    for _ in range(_SHAPES):
        x, y = (int(chance.integers(0, edge)) for edge in size)
        width, height = (int(size[0] * share) for share in chance.uniform(0.005, 0.12, 2))
        colour = tuple(chance.integers(0, 256, 3).tolist())
        drawing.ellipse((x, y, x + width, y + height), fill=colour)
    noisy = (np.asarray(image, np.int16) + noise).clip(0, 255).astype(np.uint8)
    return Image.fromarray(noisy)


def _exif(number: int, size: tuple[int, int]) -> Image.Exif:
    taken = datetime(2024, 5, 1, 9, 30) + timedelta(hours=7 * number)
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "InPhotos"
    exif[ExifTags.Base.Model] = "Drawn"
    exif[ExifTags.Base.Orientation] = 1
    exif.get_ifd(ExifTags.IFD.Exif).update(
        {
            ExifTags.Base.DateTimeOriginal: taken.strftime("%Y:%m:%d %H:%M:%S"),
            ExifTags.Base.ExifImageWidth: size[0],
            ExifTags.Base.ExifImageHeight: size[1],
            ExifTags.Base.ISOSpeedRatings: 100,
        }
    )
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: (47.0 + number % 3, 22.0, 0.0),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: (8.0, 32.0, 0.0),
        }
    )
    return exif
