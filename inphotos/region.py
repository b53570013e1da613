"""A part of a picture, and the size of a smaller one: geometry without any pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass

#: Sums of fractions are off by less, and no photo has a pixel as small.
_ROUNDING = 1e-6


def scaled_to(size: tuple[int, int], edge: int) -> tuple[int, int]:
    """Return (width, height) of a picture of ``size`` whose long edge is to be ``edge`` pixels."""
    scale = edge / max(size)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a picture: a rectangle in fractions of the upright picture's width and height.

    Attributes:
        left, top: of its upper left corner, 0 to 1.
        width, height: above 0; it does not reach beyond the picture.
    """

    left: float
    top: float
    width: float
    height: float

    def __post_init__(self) -> None:
        right, bottom = self.left + self.width, self.top + self.height
        inside = self.left >= 0 and self.top >= 0 and max(right, bottom) <= 1 + _ROUNDING
        if not (inside and self.width > 0 and self.height > 0):
            raise ValueError(f"a region that is not inside of the picture: {self}")

    def box(self, size: tuple[int, int]) -> tuple[int, int, int, int]:
        """Return (left, top, right, bottom) in a picture of ``size``, at least one pixel each way.

        Pixels that are in it only in part are in the box.
        """
        width, height = size
        left = min(math.floor(self.left * width + _ROUNDING), width - 1)
        top = min(math.floor(self.top * height + _ROUNDING), height - 1)
        right = math.ceil((self.left + self.width) * width - _ROUNDING)
        bottom = math.ceil((self.top + self.height) * height - _ROUNDING)
        return left, top, min(max(right, left + 1), width), min(max(bottom, top + 1), height)
