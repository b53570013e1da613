#!/usr/bin/env python3
"""Measure how fast the grid lays out and paints, beside a plain QListView.

    python scripts/bench_grid.py [--rows 100000 1000000]

For each number of rows, prints the time to lay them out anew (as for another size of tiles) and to
paint what is in sight at random places, for

- the QListView that the grid once was: wrapping, uniform items, a grid size;
- the grid without sections;
- the grid with a section for every 100 rows;

the same with every row selected, and with 200 stretches of rows selected here and there; the time
to select all rows, and one more; and the time that the model takes to divide the rows into these
sections. Times are medians of the processor's time, as others may use the machine too; ratios are
to the QListView of the same run. The tiles have no pictures: reading them is not measured.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt6.QtCore import QSize
from PyQt6.QtWidgets import QAbstractItemView, QApplication, QListView

from inphotos.gui.grid.delegate import TileDelegate
from inphotos.gui.grid.model import GridModel
from inphotos.gui.grid.thumbnails import Thumbnails
from inphotos.gui.grid.view import GridView
from inphotos.search.ranking import Result

ROWS_IN_SECTION = 100
#: Sizes of tiles, pixels: each layout is for the other one.
SIZES = (160, 208)
_SIZE = (1080, 720)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--repeat", type=int, default=9, help="layouts timed (default 9)")
    parser.add_argument("--paints", type=int, default=30, help="paints timed (default 30)")
    options = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])  # held as long as there are views
    for rows in options.rows:
        measure(rows, options.repeat, options.paints)
    del application
    return 0


def measure(rows: int, repeat: int, paints: int) -> None:
    """Measure with so many rows and print."""
    model, thumbnails = GridModel(), Thumbnails()
    path = Path("/photos/one.jpg")
    model.replace(
        [Result(n, n, path, "", 4, 3, None, None) for n in range(1, rows + 1)], complete=True
    )
    print(f"{rows:,} rows:")
    former, grid = plain_list(model, thumbnails), GridView(model, thumbnails)
    first = timed(former, lambda size: former.setGridSize(QSize(size, size)), repeat, paints)
    print(f"  QListView        {told(first)}")

    def zoom(size: int) -> None:
        grid.tile_size = size

    for name, title_of in (("no sections", None), ("sections", title_in_hundreds)):
        model.set_sections(title_of)
        started = time.process_time()
        sections = len(model.sections)
        divided = time.process_time() - started
        print(f"  {name:16} {told(timed(grid, zoom, repeat, paints), first)}")
        for choice in ("all", "some"):
            seconds = select(grid, choice)
            print(f"  {name}, {choice} selected: in {seconds * 1000:.2f} ms", end="")
            print(f"  {told(timed(grid, zoom, repeat, paints), first)}")
        grid.clear_selection()
        if sections:
            print(f"  dividing into {sections:,} sections: {divided * 1000:.1f} ms")
    thumbnails.close()


def select(grid: GridView, choice: str) -> float:
    """Select all rows, or some stretches of them; return the seconds that the last step took."""
    rows, stretches = grid.places.rows, 200
    started = time.process_time()
    if choice == "all":
        grid.selection.select_all()
    else:
        grid.selection.begin_band(add=False)
        step = max(2, rows // stretches)
        grid.selection.set_band([range(row, row + step // 2) for row in range(0, rows, step)])
        started = time.process_time()
        grid.selection.toggle(rows // 2)
    return time.process_time() - started


def title_in_hundreds(result: Result) -> str:
    """Return the title of a section of :data:`ROWS_IN_SECTION` rows."""
    return f"Section {(result.photo_id - 1) // ROWS_IN_SECTION:,}"


def plain_list(model: GridModel, thumbnails: Thumbnails) -> QListView:
    """Return a list view as the grid was before it had sections."""
    view = QListView()
    view.setModel(model)
    view.setItemDelegate(TileDelegate(thumbnails, view))
    view.setFlow(QListView.Flow.LeftToRight)
    view.setWrapping(True)
    view.setUniformItemSizes(True)
    view.setResizeMode(QListView.ResizeMode.Adjust)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    return view


def timed(
    view: QListView, zoom: Callable[[int], None], repeat: int, paints: int
) -> tuple[float, float]:
    """Return the median seconds of a layout and of a paint."""
    view.resize(*_SIZE)
    view.show()
    QApplication.processEvents()  # so that it is on the screen
    layouts = []
    for turn in range(repeat):
        started = time.process_time()
        zoom(SIZES[turn % 2])
        view.executeDelayedItemsLayout()
        layouts.append(time.process_time() - started)
    bar, viewport = view.verticalScrollBar(), view.viewport()
    assert bar is not None
    assert viewport is not None
    chance, painted = random.Random(1), []
    for _ in range(paints):
        bar.setValue(chance.randint(0, bar.maximum()))
        started = time.process_time()
        viewport.repaint()
        painted.append(time.process_time() - started)
    view.hide()
    return statistics.median(layouts), statistics.median(painted)


def told(seconds: tuple[float, float], beside: tuple[float, float] | None = None) -> str:
    """Return the times in words, with their ratios to others."""
    words = []
    for name, number, value in zip(("layout", "paint"), range(2), seconds, strict=True):
        ratio = f" (x{value / beside[number]:.4f})" if beside is not None else ""
        words.append(f"{name} {value * 1000:8.2f} ms{ratio}")
    return "  ".join(words)


if __name__ == "__main__":
    sys.exit(main())
