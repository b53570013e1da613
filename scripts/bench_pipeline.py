#!/usr/bin/env python3
"""Measure how fast photos are indexed, beside the plain way and what the machine allows.

    python scripts/bench_pipeline.py --model clip-vit-b-32 [--photos 400] [--folder DIR]
        [--plain-photos 48] [--rounds 3] [--rclip PATH] [--json]

Makes JPEGs of 12 megapixels, or takes those of a folder, and indexes them in several ways by turns,
each in a process of its own, so that whatever else the machine does slows all of them alike:

- InPhotos: a library from the scan to the last commit, thumbnails included;
- plain: Pillow decodes all of each photo, the model's processor makes the pixels, transformers'
  model in fp32 encodes batches of 16, which are stored in the same store;
- rclip, where its executable is given: it indexes them from the command line. Its weights have to
  be where it looks for them ($RCLIP_DATADIR).

Loading models and starting up is not counted (of rclip: the time of a second run, which finds
nothing to do, is subtracted). Each way is given by its best round.

The machine's limit is cores / (processor seconds that one photo takes to be read, decoded in the
cheapest way that serves the encoder, and encoded by the runtime that was chosen, on all cores at
once), with nothing for thumbnails, digests, metadata, the store or waiting.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from bench_decode import cheapest_decodes, make_photos

from inphotos.encoders import registry
from inphotos.events import IndexEvent, IndexSummary, Progress
from inphotos.settings import models_directory

BATCH = 16
WARM_UP = 2 * BATCH
_SAMPLE_SECONDS = 0.5

#: What a way reports: photos, wall-clock seconds and processor seconds, peak bytes of memory.
Figures = dict[str, float]


def main() -> None:
    """Make photos, measure, and print what came out."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", default="clip-vit-b-32", help="name or directory")
    parser.add_argument("--photos", type=int, default=400, help="for InPhotos (default 400)")
    parser.add_argument("--plain-photos", type=int, default=48, help="for the others")
    parser.add_argument("--folder", type=Path, help="take its JPEGs in place of drawn ones")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rclip", type=Path, help="rclip's executable")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--way", choices=tuple(WAYS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        print(json.dumps(WAYS[options.way](options.model, options.folder)))
        return
    with tempfile.TemporaryDirectory() as place:
        report = measure(options, Path(place))
    print(json.dumps(report, indent=2) if options.json else as_text(report))


def measure(options: argparse.Namespace, place: Path) -> dict[str, Any]:
    """Return the best round of each way and what follows from them."""
    photos = make_photos(place / "made", options.folder)
    megabytes = sum(photo.stat().st_size for photo in photos) / len(photos) / 1e6
    many = copies(photos, place / "many", options.photos)
    few = copies(photos, place / "few", options.plain_photos)
    rounds: dict[str, list[Figures]] = {}
    for number in range(options.rounds):
        for way, folder in {"plain": few, "inphotos": many, "limit": few}.items():
            rounds.setdefault(way, []).append(in_process(way, options.model, folder))
        if options.rclip:
            rounds.setdefault("rclip", []).append(by_rclip(options.rclip, few))
        print(f"round {number + 1} of {options.rounds}", file=sys.stderr)
    return {
        "cores": os.cpu_count(),
        "megabytes_per_photo": megabytes,
        **summary({way: min(figures, key=cost) for way, figures in rounds.items()}),
    }


def copies(photos: Sequence[Path], folder: Path, count: int) -> Path:
    """Fill a folder with ``count`` files, no two of them the same; return it.

    What follows the end of a JPEG is no part of the picture, so a number there is enough.
    """
    folder.mkdir()
    for number in range(count):
        data = photos[number % len(photos)].read_bytes()
        Path(folder, f"IMG_{number:05}.jpg").write_bytes(data + str(number).encode())
    return folder


def in_process(way: str, model: str, folder: Path) -> Figures:
    """Run one way in a process of its own and watch how much memory it takes."""
    command = [sys.executable, __file__, "--way", way, "--model", model, "--folder", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        peak = 0
        while process.poll() is None:
            peak = max(peak, memory_of(process.pid))
            time.sleep(_SAMPLE_SECONDS)
        if process.returncode:
            raise SystemExit(f"{way} has failed")
        figures: Figures = json.loads(process.stdout.read())
    return {**figures, "peak_bytes": peak}


def memory_of(pid: int) -> int:
    """Return the bytes of memory of a process and its children, each shared page once.

    Where the system does not tell who shares what, it is what each has of its own.
    """
    total = 0
    try:
        parent = psutil.Process(pid)
        for process in (parent, *parent.children(recursive=True)):
            info = process.memory_full_info()
            total += getattr(info, "pss", info.uss)
    except psutil.Error:
        pass  # it has just ended
    return total


def index_by_inphotos(model: str, folder: Path) -> Figures:
    """Index a folder; the first few photos, under another path, have warmed everything up."""
    from inphotos.library import Library

    with (
        tempfile.TemporaryDirectory() as place,
        Library.open(Path(place, "library"), model=model) as library,
    ):
        warm_up = Path(place, "photos")
        warm_up.mkdir()
        for photo in sorted(folder.iterdir())[:WARM_UP]:
            Path(warm_up, photo.name).write_bytes(photo.read_bytes() + b"warm")
        library.add_folder(warm_up)
        indexed(library.index())
        library.add_folder(folder)
        return indexed(library.index(folders=[folder]))


def indexed(events: Iterator[IndexEvent]) -> Figures:
    """Let an indexer run to its end; what follows the last commit, calibration, is not counted."""
    before, after = processor_seconds(), 0.0
    for event in events:
        is_over = isinstance(event, Progress) and event.phase == "calibrating"
        if not after and (is_over or isinstance(event, IndexSummary)):
            after = processor_seconds()
    assert isinstance(event, IndexSummary)
    return {"photos": event.indexed, "wall": event.seconds, "processor": after - before}


def index_plainly(model: str, folder: Path) -> Figures:
    """Index a folder as one would at first: one step after the other, each as the manuals say."""
    import torch
    from PIL import Image
    from transformers import AutoImageProcessor, CLIPModel
    from transformers.utils import logging

    from inphotos.encoders.base import normalize
    from inphotos.store.catalog import Catalog, Photo
    from inphotos.store.database import Database
    from inphotos.store.folders import Directory, Folder
    from inphotos.store.index import EmbeddingIndex

    logging.disable_progress_bar()
    found = registry.resolve(model, models_directory())
    processor = AutoImageProcessor.from_pretrained(found.directory)
    network = CLIPModel.from_pretrained(found.directory, dtype=torch.float32).eval()

    def encoded(paths: Sequence[Path]) -> np.ndarray[Any, Any]:
        images = [Image.open(path).convert("RGB") for path in paths]
        with torch.inference_mode():
            inputs = processor(images, return_tensors="pt")
            outputs = network.get_image_features(**inputs)
        return normalize(getattr(outputs, "pooler_output", outputs).numpy())

    encoded(sorted(folder.iterdir())[:BATCH])
    with tempfile.TemporaryDirectory() as place:
        database = Database(Path(place))
        catalog = Catalog(database)
        index = EmbeddingIndex(database, found.fingerprint, found.dimension)
        wall, before = time.perf_counter(), processor_seconds()
        with database.transaction():
            root = catalog.folders.add(Folder(0, folder))
            (directory,) = catalog.folders.put_directories([Directory(0, root.id, "")])
        paths = sorted(folder.iterdir())
        for start in range(0, len(paths), BATCH):
            batch = paths[start : start + BATCH]
            vectors = encoded(batch)
            rows = [
                Photo(0, root.id, directory, path, info.st_size, info.st_mtime_ns)
                for path in batch
                for info in [path.stat()]
            ]
            with database.transaction():
                index.put(catalog.put(rows), vectors)
        spent = time.perf_counter() - wall, processor_seconds() - before
        database.close()
    return {"photos": len(paths), "wall": spent[0], "processor": spent[1]}


def measure_limit(model: str, folder: Path) -> Figures:
    """Return what the photos of a folder would take if every core did nothing but the least."""
    found = registry.resolve(model, models_directory())
    encoder = registry.load(found)
    photos = sorted(folder.iterdir())
    cores = os.cpu_count() or 1
    # All cores at once, as they are while photos are indexed: they share memory and its caches.
    with ProcessPoolExecutor(cores, multiprocessing.get_context("spawn")) as pool:
        shares = [photos[core::cores] for core in range(cores)]
        list(pool.map(time_decodes, repeat(model), [share[:2] for share in shares]))  # to warm up
        spent = list(pool.map(time_decodes, repeat(model), shares))
    decoding = min(sum(share[name] for share in spent) for name in spent[0])
    decode = next(iter(cheapest_decodes(found.pixels).values()))
    pixels = [decode(photo) for photo in photos]
    encoder.encode_images(pixels[:BATCH])
    before = time.process_time()
    for start in range(0, len(pixels), BATCH):
        encoder.encode_images(pixels[start : start + BATCH])
    encoding = time.process_time() - before
    seconds = decoding + encoding
    return {
        "photos": len(photos),
        "wall": seconds / cores,
        "processor": seconds,
        "decoding": decoding,
        "encoding": encoding,
    }


def time_decodes(model: str, photos: Sequence[Path]) -> dict[str, float]:
    """Return the processor seconds that each way to decode takes for photos."""
    decodes = cheapest_decodes(registry.resolve(model, models_directory()).pixels)
    spent = dict.fromkeys(decodes, 0.0)
    for photo in photos:
        for name, decode in decodes.items():
            before = time.process_time()
            decode(photo)
            spent[name] += time.process_time() - before
    return spent


def by_rclip(executable: Path, folder: Path) -> Figures:
    """Index a folder by rclip, with an empty database of its own."""
    home = Path(os.environ["RCLIP_DATADIR"])
    with tempfile.TemporaryDirectory() as place:
        for part in home.iterdir():
            if not part.name.startswith("db."):
                Path(place, part.name).symlink_to(part.absolute())
        environment = {**os.environ, "RCLIP_DATADIR": place}
        command = [shutil.which(executable) or str(executable), "a photo"]
        walls, processors = [], []
        for _ in range(2):
            wall, before = time.perf_counter(), processor_seconds()
            subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
            walls.append(time.perf_counter() - wall)
            processors.append(processor_seconds() - before)
    return {
        "photos": len(list(folder.iterdir())),
        "wall": walls[0] - walls[1],
        "processor": processors[0] - processors[1],
    }


def processor_seconds() -> float:
    """Return the processor time of this process and of those it has waited for."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


WAYS: dict[str, Callable[[str, Path], Figures]] = {
    "inphotos": index_by_inphotos,
    "plain": index_plainly,
    "limit": measure_limit,
}


def cost(figures: Figures) -> float:
    """Return wall-clock seconds per photo."""
    return figures["wall"] / figures["photos"]


def summary(best: dict[str, Figures]) -> dict[str, Any]:
    """Return speeds and ratios, by wall clock and by processor time."""
    ours = best["inphotos"]
    ways = {}
    for way, figures in best.items():
        photos = figures["photos"]
        ways[way] = {
            "photos": photos,
            "photos_per_second": photos / figures["wall"],
            "processor_milliseconds_per_photo": 1000 * figures["processor"] / photos,
            "inphotos_is_faster_by": cost(figures) / cost(ours),
        }
        if "peak_bytes" in figures:
            ways[way]["peak_megabytes"] = figures["peak_bytes"] / 2**20
        for part in ("decoding", "encoding"):
            if part in figures:
                ways[way][f"{part}_milliseconds"] = 1000 * figures[part] / photos
    return {"ways": ways, "share_of_the_limit": cost(best["limit"]) / cost(ours)}


def as_text(report: dict[str, Any]) -> str:
    """Return the report as lines to read."""
    lines = [
        f"{report['cores']} cores, photos of {report['megabytes_per_photo']:.1f} MB",
        f"{'':10}{'photos':>8}{'photos/s':>10}{'core-ms':>10}{'peak MiB':>10}{'InPhotos':>10}",
    ]
    for way, figures in report["ways"].items():
        memory = figures.get("peak_megabytes")
        lines.append(
            f"{way:10}{figures['photos']:8.0f}{figures['photos_per_second']:10.1f}"
            f"{figures['processor_milliseconds_per_photo']:10.1f}"
            f"{memory if memory is None else round(memory)!s:>10}"
            f"{figures['inphotos_is_faster_by']:9.2f}x"
        )
    limit = report["ways"]["limit"]
    lines.append(
        f"of the limit ({limit['decoding_milliseconds']:.1f} ms to decode and "
        f"{limit['encoding_milliseconds']:.1f} ms to encode on one core): "
        f"{report['share_of_the_limit']:.0%}"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
