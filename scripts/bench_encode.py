#!/usr/bin/env python3
"""Measures how fast and how exactly each runtime that is installed runs a model's towers.

    python scripts/bench_encode.py [--model NAME|DIR] [--photos FOLDER] [--batch 16] [--rounds 7]
                                   [--runtimes NAME …] [--smooth] [--keep] [--json]

All runtimes take their turns in every round, so that other load on the machine falls on all of them
alike; the best round of each counts, by the clock and by the processor's time, which a busy machine
disturbs less. What is compared with is torch in full precision. For the
image tower: pictures per second, the mean cosine between its embeddings and torch's, and how many
of each picture's ten nearest neighbours stay the same. For the text tower: milliseconds for one
query, and the cosine. Converting a model takes up to two minutes; the files are deleted at the end
unless --keep says otherwise.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from inphotos.encoders import converted, registry, runtimes
from inphotos.encoders.base import Embeddings, Model, normalize
from inphotos.encoders.runtimes import REFERENCE, Runtime
from inphotos.encoders.tokenizing import TextReader
from inphotos.errors import InPhotosError
from inphotos.photos.decode import Decoded, decode
from inphotos.pixels import Pixels
from inphotos.settings import models_directory

PICTURES = 64
NEIGHBOURS = 10
QUERY = "a photo of a dog on the beach"
BUNDLED = Path(__file__).parents[1] / "inphotos" / "data" / "demo" / "pictures"

#: Seconds by the clock and of the processor.
Spent = tuple[float, float]

Towers = Mapping[str, Callable[..., Embeddings]]


@dataclass(frozen=True)
class Figure:
    """What a runtime's tower reached.

    Attributes:
        runtime: its name.
        seconds: for one batch or one query, in the best round.
        processor_seconds: the same on all cores together.
        ratio: how many times faster than torch in full precision.
        processor_ratio: the same by the processor's time.
        cosine: mean, between its embeddings and torch's.
        same_neighbours: share of each picture's nearest neighbours that stay; None for texts.
    """

    runtime: str
    seconds: float
    processor_seconds: float
    ratio: float
    processor_ratio: float
    cosine: float
    same_neighbours: float | None = None


def main(arguments: Sequence[str] | None = None) -> int:
    """Convert, measure and print; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--model", default="demo", help="name or directory (default: demo)")
    parser.add_argument("--photos", type=Path, default=BUNDLED, help="default: the bundled ones")
    parser.add_argument("--batch", type=int, default=16, help="pictures at once (default 16)")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--runtimes", nargs="+", metavar="NAME", help="default: all that are here")
    parser.add_argument("--smooth", action="store_true", help="OpenVINO's int8 with SmoothQuant")
    parser.add_argument("--keep", action="store_true", help="keep the converted files")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    chosen = parser.parse_args(arguments)
    try:
        model = registry.resolve(chosen.model, models_directory())
    except InPhotosError as error:
        parser.error(str(error))
    before = os.environ.get("INPHOTOS_MODELS")
    with tempfile.TemporaryDirectory() as place:
        if not chosen.keep:
            os.environ["INPHOTOS_MODELS"] = place
        try:
            report = measure(model, chosen)
        finally:
            if before is None:
                os.environ.pop("INPHOTOS_MODELS", None)
            else:
                os.environ["INPHOTOS_MODELS"] = before
    print(json.dumps(report, indent=2) if chosen.json else as_text(report))
    return 0


def measure(model: Model, chosen: argparse.Namespace) -> dict[str, Any]:
    """Return the figures of all runtimes."""
    pictures = decoded(sorted(chosen.photos.rglob("*")), model)
    wanted = [REFERENCE, *(r for r in candidates(chosen.runtimes) if r != REFERENCE)]
    convert(model, wanted, pictures, smooth=chosen.smooth)
    images = {r.name: runtimes.image_tower(model, r) for r in wanted}
    report = {
        "model": model.name,
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None,
        "pictures": len(pictures),
        "batch": chosen.batch,
        "images": [asdict(f) for f in of_images(images, pictures, chosen.batch, chosen.rounds)],
        "texts": [],
    }
    images.clear()
    if model.has_text:
        texts = {r.name: runtimes.text_tower(model, r) for r in wanted}
        report["texts"] = [asdict(f) for f in of_texts(texts, model, 3 * chosen.rounds)]
    return report


def candidates(names: Sequence[str] | None) -> list[Runtime]:
    """Return the runtimes of these names, or all that are here and worth trying."""
    if names:
        found = [runtimes.named(name) for name in names]
        if None in found:
            known = ", ".join(runtime.name for runtime in runtimes.KNOWN)
            raise SystemExit(f"{names[found.index(None)]} is no runtime; known are {known}.")
        return [runtime for runtime in found if runtime is not None]
    return [r for r in runtimes.KNOWN if runtimes.is_installed(r) and runtimes.suits(r)]


def decoded(files: Sequence[Path], model: Model) -> list[Pixels]:
    """Return the first pictures that can be read, as the model wants them."""
    pictures: list[Pixels] = []
    for file in files:
        try:
            outcome = decode(file, model.pixels) if file.is_file() else None
        except InPhotosError:
            continue
        if isinstance(outcome, Decoded) and outcome.pixels is not None:
            pictures.append(outcome.pixels)
        if len(pictures) == PICTURES:
            break
    if len(pictures) <= NEIGHBOURS:
        raise SystemExit(f"{len(pictures)} pictures are too few; give a folder with more.")
    return pictures


def convert(
    model: Model, wanted: Sequence[Runtime], pictures: Sequence[Pixels], *, smooth: bool
) -> None:
    """Make the files that are missing, in a process of its own."""
    towers: list[converted.Tower] = ["image", "text"] if model.has_text else ["image"]
    missing = {
        converted.path(model, tower, runtime): (tower, runtime)
        for runtime in wanted
        for tower in towers
        if not converted.is_there(model, tower, runtime)
    }
    if not missing:
        return
    child = multiprocessing.get_context("spawn").Process(
        target=make, args=(model, list(missing.values()), pictures, smooth)
    )
    child.start()
    child.join()
    if child.exitcode:
        raise SystemExit("The model could not be converted.")


def make(
    model: Model,
    missing: Sequence[tuple[converted.Tower, Runtime]],
    pictures: Sequence[Pixels],
    smooth: bool,
) -> None:
    """Convert towers for runtimes."""
    for tower, runtime in missing:
        if runtime.engine == "onnx":
            from inphotos.encoders import onnx_conversion

            onnx_conversion.make(model, tower, runtime)
            continue
        from inphotos.encoders import conversion

        full = (conversion.convert_images if tower == "image" else conversion.convert_texts)(model)
        if runtime.precision == "int8" and tower == "image":
            full = conversion.quantise_images(full, pictures, smooth=smooth)
        elif runtime.precision == "int8":
            full = conversion.compress_texts(full)
        conversion.save(full, model, tower, runtime)


def of_images(towers: Towers, pictures: Sequence[Pixels], batch: int, rounds: int) -> list[Figure]:
    """Measure image towers."""
    first = [pictures[number % len(pictures)] for number in range(batch)]
    seconds = in_turns({name: lambda t=tower: t(first) for name, tower in towers.items()}, rounds)
    embeddings = {
        name: normalize(
            np.concatenate([tower(pictures[n : n + batch]) for n in range(0, len(pictures), batch)])
        )
        for name, tower in towers.items()
    }
    exact = embeddings[REFERENCE.name]
    return [
        Figure(
            name,
            *compared(seconds, name),
            cosine(embeddings[name], exact),
            same_neighbours(embeddings[name], exact),
        )
        for name in towers
    ]


def of_texts(towers: Towers, model: Model, rounds: int) -> list[Figure]:
    """Measure text towers."""
    tokens = TextReader(model)([QUERY])
    seconds = in_turns({name: lambda t=tower: t(tokens) for name, tower in towers.items()}, rounds)
    exact = normalize(towers[REFERENCE.name](tokens))
    return [
        Figure(name, *compared(seconds, name), cosine(normalize(towers[name](tokens)), exact))
        for name in towers
    ]


def compared(seconds: Mapping[str, Spent], name: str) -> tuple[float, float, float, float]:
    """Return a runtime's seconds, by the clock and the processor, and both ratios."""
    (wall, processor), (exact_wall, exact_processor) = seconds[name], seconds[REFERENCE.name]
    return wall, processor, exact_wall / wall, exact_processor / processor


def in_turns(ways: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Spent]:
    """Return the seconds of each way's best round; the first round warms up."""
    best = dict.fromkeys(ways, (float("inf"), float("inf")))
    names = list(ways)
    for number in range(rounds + 1):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            wall, processor = time.perf_counter(), time.process_time()
            ways[name]()
            spent = (time.perf_counter() - wall, time.process_time() - processor)
            if number:
                best[name] = (min(best[name][0], spent[0]), min(best[name][1], spent[1]))
    return best


def cosine(one: Embeddings, other: Embeddings) -> float:
    """Return the mean cosine of embeddings of length 1, row by row."""
    return float((one * other).sum(axis=1).mean())


def same_neighbours(one: Embeddings, other: Embeddings) -> float:
    """Return which share of each row's nearest rows is the same in both."""
    lists = []
    for embeddings in (one, other):
        scores = embeddings @ embeddings.T
        np.fill_diagonal(scores, -np.inf)
        lists.append(np.argsort(-scores, axis=1)[:, :NEIGHBOURS])
    kept = [len(set(a) & set(b)) for a, b in zip(*(rows.tolist() for rows in lists), strict=True)]
    return float(np.mean(kept) / NEIGHBOURS)


def as_text(report: Mapping[str, Any]) -> str:
    """Return the report as lines to read."""
    lines = [
        f"{report['model']}, {report['cores']} cores, {report['pictures']} pictures, "
        f"batches of {report['batch']}"
    ]
    for figure in report["images"]:
        speed = report["batch"] / figure["seconds"]
        lines.append(
            f"  image  {figure['runtime']:14} {speed:8.1f} per second  {ratios(figure)}  "
            f"cosine {figure['cosine']:.5f}  same ten {figure['same_neighbours']:.1%}"
        )
    for figure in report["texts"]:
        lines.append(
            f"  text   {figure['runtime']:14} {1000 * figure['seconds']:8.1f} ms          "
            f"{ratios(figure)}  cosine {figure['cosine']:.5f}"
        )
    return "\n".join(lines)


def ratios(figure: Mapping[str, Any]) -> str:
    """Return how many times faster a runtime is."""
    return f"{figure['ratio']:5.2f} x (processor {figure['processor_ratio']:5.2f} x)"


if __name__ == "__main__":
    raise SystemExit(main())
