#!/usr/bin/env python3
"""Measure how a scan of unchanged photos compares with only asking the system about each file.

    python scripts/bench_rescan.py --photos 100000 --directories 1000

Makes a tree of tiny files in a temporary directory and walks it in several ways by turns, so that
whatever else the machine does slows all of them alike. Prints the median of each way and its ratio
to the plain walk (os.scandir and stat).
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image

from inphotos.events import IndexSummary, Progress
from inphotos.library import Library
from inphotos.photos.scan import Scan


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the tree, measure and print; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--photos", type=int, default=100_000, help="files (default 100000)")
    parser.add_argument("--directories", type=int, default=1000, help="default 1000")
    parser.add_argument("--repeats", type=int, default=7, help="times each way (default 7)")
    parser.add_argument("--in", dest="place", type=Path, help="where to make the tree")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(dir=options.place) as place:
        tree = Path(place) / "photos"
        make_tree(tree, options.photos, options.directories)
        with open_library(Path(place) / "library", tree) as library:
            seconds = measure(ways(tree, library), options.photos, options.repeats)
    report(seconds, options.photos)
    return 0


def open_library(directory: Path, tree: Path) -> Library:
    """Return a library that is up to date with the tree.

    The photos are read, not encoded: the comparison asks which photos have an embedding, which
    takes the store 2 milliseconds for 10,000 of them, and encoding would take hours.
    """
    library = Library.open(directory, model="none")
    library.add_folder(tree)
    for event in library.index():
        if isinstance(event, Progress) and event.seconds_left is not None:
            print(f"\rreading, {event.seconds_left:5.0f} s left ", end="", file=sys.stderr)
    print(file=sys.stderr)
    return library


def rescan(library: Library) -> int:
    """Bring a library up to date and return how many photos had not changed."""
    *_, summary = library.index()
    assert isinstance(summary, IndexSummary)
    return summary.unchanged


def ways(tree: Path, library: Library) -> dict[str, Callable[[], int]]:
    """Return what is measured: each goes through all of the tree and returns the photos it saw.

    The first is what the others are compared with.
    """
    return {
        "os.scandir + stat": lambda: walk_plainly(tree),
        "Scan": lambda: sum(len(listing.files) for listing in Scan(tree)),
        "Library.index": lambda: rescan(library),
    }


def make_tree(tree: Path, photos: int, directories: int) -> None:
    """Write ``photos`` files, evenly into ``directories`` directories, fifty of them in one."""
    for number in range(photos):
        place = number % directories
        directory = tree / f"{place // 50:03d}" / f"{place:05d}"
        if number < directories:
            directory.mkdir(parents=True)
        (directory / f"IMG_{number:07d}.jpg").write_bytes(tiny_photo(number))


def tiny_photo(number: int) -> bytes:
    """Return a JPEG that no other number gives."""
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "gray").save(buffer, "JPEG", comment=str(number).encode())
    return buffer.getvalue()


def walk_plainly(tree: Path) -> int:
    """Ask for size and time of every file, as simply as Python can, and keep nothing."""
    count = 0
    pending = [os.fspath(tree)]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    pending.append(entry.path)
                else:
                    entry.stat()
                    count += 1
    return count


def measure(
    ways: dict[str, Callable[[], int]], photos: int, repeats: int
) -> dict[str, list[float]]:
    """Return the seconds of each turn of each way; the first, uncounted, fills the caches."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(repeats + 1):
        for name, walk in ways.items():
            started = time.perf_counter()
            seen = walk()
            elapsed = time.perf_counter() - started
            if seen != photos:
                raise SystemExit(f"{name} saw {seen} photos instead of {photos}")
            if turn:
                seconds[name].append(elapsed)
    return seconds


def report(seconds: dict[str, list[float]], photos: int) -> None:
    """Print a line for each way."""
    medians = {name: statistics.median(turns) for name, turns in seconds.items()}
    plain = next(iter(medians.values()))
    print(f"{photos} photos, median of {len(next(iter(seconds.values())))}:")
    for name, median in medians.items():
        print(f"  {name:24}{median:7.3f} s {median / plain:6.2f} x")


if __name__ == "__main__":
    raise SystemExit(main())
