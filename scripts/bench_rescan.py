#!/usr/bin/env python3
"""Measure how a scan of unchanged photos compares with only asking the system about each file.

    python scripts/bench_rescan.py --library /tmp/bench-start [--photos 100000]

Fills a library with drawn photos as ``bench_start.py`` does (one that is in DIR already is used
again), brings it up to date once, and then goes through its folder in several ways by turns, so
that whatever else the machine does slows all of them alike. Prints for each way the median of the
seconds by the clock and the least of computing, with their ratios to the plain walk (os.scandir
and stat), and the memory of the process afterwards.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil
from bench_start import fill

from inphotos.events import IndexSummary
from inphotos.library import Library
from inphotos.photos.scan import Scan


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the tree, measure and print; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--photos", type=int, default=100_000, help="files (default 100000)")
    parser.add_argument("--library", type=Path, required=True, metavar="DIR", help="where to keep")
    parser.add_argument("--model", default="demo", help="whose embeddings it has (default demo)")
    parser.add_argument("--repeats", type=int, default=7, help="times each way (default 7)")
    options = parser.parse_args(arguments)
    fill(options.library / "library", options.photos, options.model)
    with Library.open(options.library / "library", model=options.model) as library:
        [folder] = library.folders()
        rescan(library)
        seconds = measure(ways(folder.path, library), options.photos, options.repeats)
    report(seconds, options.photos)
    memory = psutil.Process().memory_info()
    print(f"Memory: {memory.rss / 1e6:.0f} MB, of which {memory.shared / 1e6:.0f} MB are of files")
    return 0


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
) -> dict[str, list[tuple[float, float]]]:
    """Return the seconds of each turn of each way, by the clock and of computing.

    The first turn, uncounted, fills the caches.
    """
    seconds: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for turn in range(repeats + 1):
        for name, walk in ways.items():
            started, used = time.perf_counter(), time.process_time()
            seen = walk()
            taken = (time.perf_counter() - started, time.process_time() - used)
            if seen != photos:
                raise SystemExit(f"{name} saw {seen} photos instead of {photos}")
            if turn:
                seconds[name].append(taken)
    return seconds


def report(seconds: dict[str, list[tuple[float, float]]], photos: int) -> None:
    """Print a line for each way."""
    print(f"{photos} photos, {len(next(iter(seconds.values())))} turns:")
    plain: tuple[float, float] | None = None
    for name, turns in seconds.items():
        clock, computing = zip(*turns, strict=True)
        taken = (statistics.median(clock), min(computing))
        plain = plain or taken
        line = f"  {name:20}{taken[0]:7.3f} s {taken[0] / plain[0]:5.2f} x by the clock (median),"
        print(f"{line}{taken[1]:7.3f} s {taken[1] / plain[1]:5.2f} x of computing (least)")


if __name__ == "__main__":
    raise SystemExit(main())
