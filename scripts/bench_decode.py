#!/usr/bin/env python3
"""Measure what each step of decoding a photo takes, beside other ways of doing the same.

    python scripts/bench_decode.py [--folder DIR] [--rounds 5] [--json]

Draws JPEGs of 12 megapixels, or takes those of a folder, and takes every step for each of them by
turns, in processor time of one core. The figure of a step is the mean over the photos of the best
round of each. simplejpeg takes part where it is installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from bench_isolation import make_photo
from PIL import Image

from inphotos.phash import phash
from inphotos.photos.decode import content_digest, decode
from inphotos.photos.formats import kind_of
from inphotos.photos.metadata import read_metadata
from inphotos.photos.picture import Need, read_picture
from inphotos.pixels import Pixels, PixelSpec, fit
from inphotos.settings import THUMBNAIL_EDGES

#: What CLIP ViT-B/32 takes.
SPEC = PixelSpec(224, (224, 224))

DIFFERENT_PHOTOS = 12

_LARGE = max(THUMBNAIL_EDGES)


def main() -> None:
    """Make photos, measure, and print what came out."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--folder", type=Path, help="take its JPEGs in place of drawn ones")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        photos = make_photos(Path(place, "made"), options.folder)
        report = measure(photos, options.rounds)
    if options.json:
        print(json.dumps(report, indent=2))
    else:
        print("milliseconds of one core per photo")
        print("\n".join(f"{step:34}{spent:8.2f}" for step, spent in report.items()))


def make_photos(place: Path, folder: Path | None) -> list[Path]:
    """Return the JPEGs of a folder, or draw some in ``place``."""
    if folder is not None:
        photos = sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".jpg")
        if not photos:
            raise SystemExit(f"There are no JPEGs in {folder}.")
        return photos
    place.mkdir()
    return [make_photo(place / f"{n:03}.jpg", n) for n in range(DIFFERENT_PHOTOS)]


def measure(photos: list[Path], rounds: int) -> dict[str, float]:
    """Return milliseconds of processor time by step."""
    best: dict[str, list[float]] = {}
    for photo in photos:
        for name, step in steps(photo).items():
            spent = []
            for _ in range(rounds):
                before = time.process_time()
                step()
                spent.append(time.process_time() - before)
            best.setdefault(name, []).append(1000 * min(spent))
    return {name: statistics.mean(values) for name, values in best.items()}


def steps(photo: Path) -> dict[str, Callable[[], object]]:
    """Return what is to be measured of a photo: all of it, its steps, and other ways of them."""
    data = photo.read_bytes()
    small = read_picture(data, "JPEG", Need(SPEC.short_edge, _LARGE)).image
    mtime_ns = photo.stat().st_mtime_ns
    return {
        "all of it": partial(decode, photo, SPEC),
        "  read": photo.read_bytes,
        "  digest": partial(content_digest, data),
        "  metadata": partial(read_metadata, data, kind_of(data[:64]), photo, mtime_ns, None),
        "  picture": partial(read_picture, data, "JPEG", Need(SPEC.short_edge, _LARGE)),
        "  encoder's pixels": partial(fit, small, SPEC),
        "  perceptual hash": partial(phash, small),
        "picture in full": partial(read_picture, data, "JPEG", None),
        "picture at a quarter": partial(read_picture, data, "JPEG", Need(1, 2 * _LARGE)),
        "thumbnail, LANCZOS, from a quarter": partial(shrunk, data, Image.Resampling.LANCZOS),
        "thumbnail, HAMMING, from a quarter": partial(shrunk, data, Image.Resampling.HAMMING),
        "thumbnail's JPEG": partial(small.save, io.BytesIO(), "JPEG", quality=85),
        **{
            f"to the encoder's pixels by {name}": partial(way, photo)
            for name, way in cheapest_decodes(SPEC).items()
        },
    }


def shrunk(data: bytes, resample: Image.Resampling) -> Image.Image:
    """Return a thumbnail made of a decode at a quarter of the size; the decode is measured too."""
    quarter = read_picture(data, "JPEG", Need(1, 2 * _LARGE)).image
    size = (_LARGE, round(_LARGE * quarter.height / quarter.width))
    return quarter.resize(size, resample)


def cheapest_decodes(spec: PixelSpec) -> dict[str, Callable[[Path], Pixels]]:
    """Return the ways of going straight from a JPEG to an encoder's pixels, and nothing else."""
    ways: dict[str, Callable[[Path], Pixels]] = {"Pillow": partial(by_pillow, spec)}
    if importlib.util.find_spec("simplejpeg"):
        ways["simplejpeg"] = partial(by_simplejpeg, spec)
    return ways


def by_pillow(spec: PixelSpec, photo: Path) -> Pixels:
    """Decode as InPhotos does."""
    data = photo.read_bytes()
    return fit(read_picture(data, "JPEG", Need(spec.short_edge, 1)).image, spec)


def by_simplejpeg(spec: PixelSpec, photo: Path) -> Pixels:
    """Decode by libjpeg-turbo's own interface, to the same size."""
    import simplejpeg

    data = photo.read_bytes()
    height, width, *_ = simplejpeg.decode_jpeg_header(data)
    least = Need(spec.short_edge, 1).decode_size((width, height))
    pixels = simplejpeg.decode_jpeg(data, min_width=least[0], min_height=least[1], min_factor=1)
    return fit(Image.fromarray(np.asarray(pixels)), spec)


if __name__ == "__main__":
    main()
