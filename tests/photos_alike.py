"""Photos that are alike, written as real files."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import piexif
from PIL import Image, ImageEnhance


def picture(seed: int, size: tuple[int, int] = (480, 320)) -> Image.Image:
    """Draw soft shapes of all sizes, as photos have them; no two seeds look alike."""
    chance = np.random.default_rng(seed)
    small = [chance.integers(0, 256, (n, n + 1, 3), np.uint8) for n in (3, 5, 9, 17)]
    layers = [Image.fromarray(pixels).resize(size, Image.Resampling.BICUBIC) for pixels in small]
    drawn = layers[0]
    for layer in layers[1:]:
        drawn = Image.blend(drawn, layer, 0.35)
    return drawn


def exif(taken: datetime, camera: str = "Cam 1") -> bytes:
    """Return what a camera writes beside a picture."""
    when = taken.strftime("%Y:%m:%d %H:%M:%S").encode()
    return piexif.dump(
        {
            "0th": {piexif.ImageIFD.Make: b"Maker", piexif.ImageIFD.Model: camera.encode()},
            "Exif": {piexif.ExifIFD.DateTimeOriginal: when},
        }
    )


def write_album(folder: Path) -> None:
    """Write 3 copies, 4 near-duplicates, a burst of 3, and 2 photos that nothing is alike to."""
    (folder / "sub").mkdir(parents=True)
    copied = picture(1)
    for name in ("copy 1.jpg", "copy 2.jpg", "sub/copy 3.jpg"):
        copied.save(folder / name, quality=92)
    near = picture(2, (960, 640))
    near.save(folder / "near large.jpg", quality=95)
    near.resize((480, 320)).save(folder / "near small.jpg", quality=40)
    near.crop((30, 0, 960, 630)).save(folder / "near cut.webp", quality=60)
    ImageEnhance.Brightness(near).enhance(1.15).save(folder / "near bright.png")
    scene = picture(3, (640, 420))
    for shot, move in enumerate((0, 18, -18)):  # the camera moves a little
        place = (60 + move, 30 + move // 2, 540 + move, 370 + move // 2)
        taken = datetime(2023, 7, 1, 12, 0, 0) + timedelta(seconds=shot)
        scene.crop(place).save(folder / f"burst {shot}.jpg", quality=90, exif=exif(taken))
    for seed in (4, 5):
        picture(seed).save(folder / f"alone {seed}.jpg", exif=exif(datetime(2023, 7, seed)))
