#!/usr/bin/env python3
"""Ask a folder of photos thirty everyday queries, and show the best photos of each on one sheet.

    python scripts/make_contact_sheet.py PHOTOS SHEET.jpg [--model NAME|PATH] [--query QUERY …]

Whether a model is of use is best seen by eye. Each row is a query, with what InPhotos says of it.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

from inphotos.library import Library

QUERIES = (
    "dog",
    "puppy",
    "cat on a sofa",
    "horse",
    "birds",
    "cow in a field",
    "elephant",
    "zebra",
    "beach",
    "beach at sunset",
    "mountains with snow",
    "forest",
    "flowers",
    "city street at night",
    "boat on the water",
    "airplane",
    "train",
    "car",
    "motorbike",
    "people riding bikes",
    "skiing",
    "surfing",
    "playing tennis",
    "baseball game",
    "birthday cake",
    "pizza",
    "fruit",
    "kitchen",
    "bathroom",
    "working on a laptop",
)

_TILE, _GAP, _WORDS = 150, 6, 190


def main() -> None:
    """Ask and draw."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("photos", type=Path, metavar="PHOTOS")
    parser.add_argument("sheet", type=Path, metavar="SHEET.jpg")
    parser.add_argument("--model", default="compact")
    parser.add_argument("--query", action="append", help="in place of the thirty; repeatable")
    parser.add_argument("--top", type=int, default=6, help="photos for each (default 6)")
    options = parser.parse_args()
    queries = options.query or QUERIES
    with (
        tempfile.TemporaryDirectory() as directory,
        Library.open(Path(directory) / "library", model=options.model) as library,
    ):
        library.add_folder(options.photos)
        for _ in library.index():
            pass
        draw_sheet(library, queries, options.top).save(options.sheet, quality=85)


def draw_sheet(library: Library, queries: Sequence[str], top: int) -> Image.Image:
    """Return the sheet."""
    step = _TILE + _GAP
    sheet = Image.new("RGB", (_WORDS + top * step, len(queries) * step), "white")
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(16)
    for row, query in enumerate(queries):
        found = library.search(query, top=top)
        pen.text((_GAP, row * step + 50), f"{query}\n{found.verdict}", fill="black", font=font)
        print(f"{query:24} {found.verdict or '':7} {' '.join(r.path.name for r in found.results)}")
        for column, result in enumerate(found.results):
            with Image.open(result.path) as photo:
                tile = ImageOps.fit(ImageOps.exif_transpose(photo).convert("RGB"), (_TILE, _TILE))
            sheet.paste(tile, (_WORDS + column * step, row * step))
    return sheet


if __name__ == "__main__":
    main()
