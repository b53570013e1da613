"""The geometry of an encoder's input, shared by the decoders and the encoders."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from inphotos.region import Region as Region

Pixels = npt.NDArray[np.uint8]
"""A picture as an encoder wants it: uint8, RGB, shape (height, width, 3)."""

_LONGEST_STRIP = 32
"""Ratio of the edges; a panorama of a full circle is about 12 to 1."""


@dataclass(frozen=True, slots=True)
class PixelSpec:
    """How a picture is brought to an encoder's input size.

    The steps and their rounding are those of transformers' image processors (``resize`` then
    ``center_crop``), so that both give the same pixels.

    Attributes:
        resize: an ``int`` is the new length of the short edge, aspect kept; a pair is
            (height, width), aspect ignored.
        crop: (height, width) cut from the centre afterwards, or None.
        resample: the Pillow filter.
    """

    resize: int | tuple[int, int]
    crop: tuple[int, int] | None
    resample: Image.Resampling = Image.Resampling.BICUBIC

    @property
    def shape(self) -> tuple[int, int, int]:
        """Shape of the result, (height, width, 3)."""
        if self.crop is not None:
            return (*self.crop, 3)
        if isinstance(self.resize, tuple):
            return (*self.resize, 3)
        return (self.resize, self.resize, 3)

    @property
    def short_edge(self) -> int:
        """Length of the short edge after resizing, in pixels."""
        return self.resize if isinstance(self.resize, int) else max(self.resize)


def fit(image: Image.Image, spec: PixelSpec) -> Pixels:
    """Resize and crop an upright RGB picture for an encoder.

    Args:
        image: mode RGB, any size.
        spec: what the encoder wants.

    Returns:
        uint8 array of shape ``spec.shape``; a picture so narrow that the crop reaches beyond it
        is padded with black, as transformers does.
    """
    if isinstance(spec.resize, tuple):
        height, width = spec.resize
    else:
        image = _middle(image)
        width, height = _short_edge_size(image.size, spec.resize)
    resized = image.resize((width, height), spec.resample)
    if spec.crop is not None:
        crop_height, crop_width = spec.crop
        left, top = (width - crop_width) // 2, (height - crop_height) // 2
        resized = resized.crop((left, top, left + crop_width, top + crop_height))
    return np.asarray(resized, dtype=np.uint8)


def _middle(image: Image.Image) -> Image.Image:
    """Cut the ends off a strip so extreme that resizing all of it would take gigabytes."""
    width, height = image.size
    longest = _LONGEST_STRIP * min(width, height)
    if max(width, height) <= longest:
        return image
    left, top = max(0, (width - longest) // 2), max(0, (height - longest) // 2)
    return image.crop((left, top, left + min(width, longest), top + min(height, longest)))


def _short_edge_size(size: tuple[int, int], edge: int) -> tuple[int, int]:
    width, height = size
    if width <= height:
        return edge, max(edge, int(edge * height / width))
    return max(edge, int(edge * width / height)), edge
