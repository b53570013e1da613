#!/usr/bin/env python3
"""Measures what it costs to decode photos in processes of their own.

Decodes the same camera-sized JPEGs in three ways, in turns so that other load on the machine falls
on all of them alike: by the decoder processes, by threads of this process, and by plain
multiprocessing that hands nothing back but the digest. Each works on every core. The cost is that
of the decoder processes against the better of the other two.

    python scripts/bench_isolation.py [--photos 32] [--rounds 5] [--workers N] [--json]
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import psutil
from PIL import Image, ImageDraw

from inphotos.photos.decode import Decoded, decode
from inphotos.photos.decoders import DecoderPool, Job
from inphotos.pixels import PixelSpec

#: What CLIP ViT-B/32 takes.
SPEC = PixelSpec(224, (224, 224))

SIZE = (4000, 3000)
DIFFERENT_PHOTOS = 8

#: A way to decode photos; returns how many came out.
Way = Callable[[Sequence[Path]], int]


def main() -> None:
    """Make photos, measure, and print what came out."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--photos", type=int, default=32, help="photos in each round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = [make_photo(Path(folder, f"{n}.jpg"), n) for n in range(DIFFERENT_PHOTOS)]
        megabytes = statistics.mean(file.stat().st_size for file in files) / 1e6
        chosen = [files[n % len(files)] for n in range(arguments.photos)]
        figures = measure(chosen, arguments.rounds, arguments.workers)
    report = {"workers": arguments.workers, "megabytes_per_photo": megabytes, **summary(figures)}
    print(json.dumps(report, indent=2) if arguments.json else as_text(report))


def make_photo(path: Path, seed: int) -> Path:
    """Write a JPEG of 12 megapixels and 3 to 5 MB: soft ground, hard shapes, a sensor's noise."""
    chance = np.random.default_rng(seed)
    ground = chance.integers(30, 226, (6, 8, 3)).astype(np.uint8)
    image = Image.fromarray(ground).resize(SIZE, Image.Resampling.BICUBIC)
    drawing = ImageDraw.Draw(image)
    for _ in range(150):
        x, y = (int(chance.integers(0, edge)) for edge in SIZE)
        width, height = chance.integers(20, 500, 2).tolist()
        colour = tuple(chance.integers(0, 256, 3).tolist())
        drawing.ellipse((x, y, x + width, y + height), fill=colour)
    noise = chance.normal(0, 5, (SIZE[1], SIZE[0], 1)).astype(np.float32)
    noisy = (np.asarray(image, np.float32) + noise).clip(0, 255).astype(np.uint8)
    Image.fromarray(noisy).save(path, quality=90)
    return path


def measure(
    photos: Sequence[Path], rounds: int, workers: int
) -> dict[str, list[tuple[float, float]]]:
    """Return (wall-clock, processor) seconds of each way and round; starting up is left out."""
    context = multiprocessing.get_context("spawn")
    with (
        DecoderPool(SPEC, workers) as isolated,
        ThreadPoolExecutor(workers) as threads,
        context.Pool(workers) as processes,
    ):
        ways: dict[str, Way] = {
            "isolated": partial(by_decoders, isolated),
            "threads": lambda paths: sum(threads.map(decode_here, paths)),
            "multiprocessing": lambda paths: sum(processes.imap_unordered(decode_here, paths)),
        }
        for way in ways.values():
            way(photos[: 4 * workers])
        figures: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        names = list(ways)
        for number in range(rounds):
            for name in names[number % len(names) :] + names[: number % len(names)]:
                wall, processor = time.perf_counter(), processor_seconds()
                done = ways[name](photos)
                if done != len(photos):
                    raise SystemExit(f"{name} decoded {done} of {len(photos)} photos")
                figures[name].append((time.perf_counter() - wall, processor_seconds() - processor))
    return {
        name: [(wall / len(photos), cpu / len(photos)) for wall, cpu in rounds_]
        for name, rounds_ in figures.items()
    }


def by_decoders(pool: DecoderPool, paths: Sequence[Path]) -> int:
    """Decode in the processes that the application uses."""
    return sum(isinstance(outcome, Decoded) for _, outcome in pool.decode_all(map(Job, paths)))


def decode_here(path: Path) -> int:
    """Decode in this process and hand nothing back, which is the least that it can cost."""
    return int(isinstance(decode(path, SPEC), Decoded))


def processor_seconds() -> float:
    """Return the processor time, user and system, of this process and all that it has started."""
    this = psutil.Process()
    times = [process.cpu_times() for process in (this, *this.children(recursive=True))]
    return sum(spent.user + spent.system for spent in times)


def summary(figures: dict[str, list[tuple[float, float]]]) -> dict[str, object]:
    """Return medians, milliseconds per photo, and what isolation costs as a share of each."""
    medians = {
        name: [1000 * statistics.median(column) for column in zip(*rounds, strict=True)]
        for name, rounds in figures.items()
    }
    cost = {}
    for place, kind in enumerate(("wall", "processor")):
        plain = min(medians["threads"][place], medians["multiprocessing"][place])
        cost[kind] = medians["isolated"][place] / plain - 1
    return {
        "milliseconds_per_photo": {
            name: {"wall": wall, "processor": processor}
            for name, (wall, processor) in medians.items()
        },
        "cost_of_isolation": cost,
    }


def as_text(report: dict[str, object]) -> str:
    """Return the report as lines to read."""
    lines = [
        f"{report['workers']} workers, photos of 12 megapixels and "
        f"{report['megabytes_per_photo']:.1f} MB, median milliseconds per photo:"
    ]
    figures = report["milliseconds_per_photo"]
    assert isinstance(figures, dict)
    for name, median in figures.items():
        lines.append(
            f"  {name:16} wall {median['wall']:7.1f}   processor {median['processor']:7.1f}"
        )
    cost = report["cost_of_isolation"]
    assert isinstance(cost, dict)
    lines.append(
        f"isolation costs {cost['wall']:+.1%} of the time, {cost['processor']:+.1%} of the "
        f"processor time"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
