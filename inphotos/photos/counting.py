"""How many photos a folder holds, without reading any."""

from __future__ import annotations

import os
import time
from pathlib import Path

from inphotos.photos.formats import is_photo


def count_photos(folder: Path, most: int, seconds: float) -> tuple[int, bool]:
    """Count the files below a folder that are taken for photos, as far as that is quick.

    Args:
        folder: need not be there.
        most: counting ends when there are so many.
        seconds: and when it has taken so long.

    Returns:
        How many there are, and whether these are all.
    """
    end, photos = time.monotonic() + seconds, 0
    for _, directories, names in os.walk(folder):
        directories[:] = [name for name in directories if not name.startswith(".")]
        photos += sum(is_photo(name) for name in names if not name.startswith("."))
        if photos >= most or time.monotonic() > end:
            return min(photos, most), False
    return photos, True
