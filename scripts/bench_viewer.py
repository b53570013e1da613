#!/usr/bin/env python3
"""Measure how soon a photo is seen in the viewer, and what it costs the window.

    python scripts/bench_viewer.py [--megapixels 24 12] [--size 1920 1080] [--repeat 5]

Draws photos of these sizes as JPEG files and prints, for each, the milliseconds from the wish to

- the thumbnail, which stands in;
- the photo as sharp as the screen, decoded now, and decoded ahead;
- 100 %, from the moment that the user zooms;

and the longest pause of the event loop meanwhile. "first" is the very first photo, for which a
decode process has to start. Times are medians.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image
from PyQt6.QtCore import QEventLoop, QTimer
from PyQt6.QtWidgets import QApplication

from inphotos.gui.viewer.canvas import Canvas
from inphotos.gui.viewer.pictures import Pictures, Wish
from inphotos.photos.thumbnail_maker import ThumbnailMaker
from inphotos.photos.thumbnails import ThumbnailCache
from inphotos.photos.view_reader import ViewReader
from inphotos.search.ranking import Result

COLUMNS = ("thumbnail", "sharp", "ahead", "100 %", "pause")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--megapixels", type=float, nargs="+", default=[24, 12])
    parser.add_argument("--size", type=int, nargs=2, default=[1920, 1080], help="of the viewer")
    parser.add_argument("--repeat", type=int, default=5, help="photos of each size (default 5)")
    options = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])  # held as long as there are widgets
    with tempfile.TemporaryDirectory(prefix="inphotos-bench-") as place:
        bench = Bench(Path(place), tuple(options.size))
        try:
            print(f"{'':>14}" + "".join(f"{name:>11}" for name in COLUMNS))
            for megapixels in options.megapixels:
                bench.measure(megapixels, options.repeat)
        finally:
            bench.close()
    del application
    return 0


class Bench:
    """A canvas with the real readers behind it."""

    def __init__(self, place: Path, size: tuple[int, int]) -> None:
        self._place = place
        self._views = ViewReader()
        self._maker = ThumbnailMaker(ThumbnailCache(place / "library"))
        self.pictures = Pictures()
        self.pictures.set_source(self._views, self._maker)
        self.canvas = Canvas(self.pictures)
        self.canvas.resize(*size)
        self.canvas.show()
        self.canvas.wish_changed.connect(self._on_wish_changed)
        self._is_first = True
        self._ahead: list[Wish] = []
        self._last, self.pause = 0.0, 0.0
        self._beat = QTimer()
        self._beat.timeout.connect(self._on_beat)
        self._beat.start(1)

    def close(self) -> None:
        """End threads and processes."""
        self._views.close()
        self._maker.close()
        self.pictures.close()

    def measure(self, megapixels: float, repeat: int) -> None:
        """Measure with so many photos of a size and print."""
        rows = []
        for number in range(repeat):
            rows.append(self._row(megapixels, number))
            if self._is_first:
                self._is_first = False
                told("first", rows.pop())
                rows.append(self._row(megapixels, repeat))
        told(
            f"{megapixels:g} MP", [statistics.median(column) for column in zip(*rows, strict=True)]
        )

    def _row(self, megapixels: float, number: int) -> list[float]:
        photo, beside = (
            self._photo(megapixels, 2 * number + other, f"{megapixels}-{number}-{other}")
            for other in (0, 1)
        )
        self.pause, self._last = 0.0, time.perf_counter()
        canvas = self.canvas
        start = self._show(photo)
        thumbnail = self._until(lambda: canvas.picture is not None) - start
        sharp = self._until(lambda: canvas.is_sharp) - start
        self._ahead = [canvas.wish_for(beside)]
        self._on_wish_changed()
        self._until(lambda: self.pictures.is_settled(self._ahead[0]))
        start = self._show(beside)
        ahead = self._until(lambda: canvas.is_sharp) - start
        start = time.perf_counter()
        canvas.zoom_to(1.0)
        full = self._until(lambda: canvas.is_sharp) - start
        for step in range(12):  # and the user looks around
            canvas.pan(40 * (-1) ** step, 30)
            self._until(lambda: True)
        return [thumbnail, sharp, ahead, full, self.pause]

    def _photo(self, megapixels: float, seed: int, name: str) -> Result:
        """Draw a photo with as much detail as a camera's, and its thumbnail."""
        width = round((megapixels * 1.5e6) ** 0.5)
        height = round(width / 1.5)
        chance = np.random.default_rng(seed)
        coarse = chance.integers(0, 256, (height // 8, width // 8, 3), dtype=np.uint8)
        path = self._place / f"{name}.jpg"
        Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC).save(
            path, quality=90
        )
        kept = self._maker.get(path, "", 512)
        assert kept is not None
        content = kept.parent.name + kept.stem
        return Result(1, hash(name), path, content, width, height, None, None)

    def _show(self, photo: Result) -> float:
        start = time.perf_counter()
        self.canvas.show_photo(photo)
        return start

    def _on_wish_changed(self) -> None:
        wish = self.canvas.wish()
        self.pictures.want([*([] if wish is None else [wish]), *self._ahead])

    def _until(self, reached: Callable[[], bool]) -> float:
        """Run the event loop until something is so, and painted; return when that was."""
        events = QEventLoop.ProcessEventsFlag.AllEvents
        while not reached():
            QApplication.processEvents(events, 1)
        self.canvas.repaint()
        QApplication.processEvents(events, 1)
        return time.perf_counter()

    def _on_beat(self) -> None:
        now = time.perf_counter()
        self.pause, self._last = max(self.pause, now - self._last), now


def told(name: str, seconds: Sequence[float]) -> None:
    """Print a row of the table."""
    print(f"{name:>14}" + "".join(f"{value * 1000:>8.0f} ms" for value in seconds))


if __name__ == "__main__":
    sys.exit(main())
