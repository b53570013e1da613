"""How fast photos are decoded, beside what Pillow takes for the same without any care."""

from __future__ import annotations

import logging
import multiprocessing
import signal
import statistics
import time
from collections.abc import Generator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from pathlib import Path

from inphotos.bench.machine import usable_threads
from inphotos.bench.results import Doing, Row, Spread, Table
from inphotos.bench.sample import Sample
from inphotos.bench.turns import Way, by_turns, timed, times_as_fast
from inphotos.events import Control
from inphotos.manners import lower_priority
from inphotos.photos.decode import content_digest, decode
from inphotos.photos.decoders import DecoderPool, Job
from inphotos.photos.formats import kind_of
from inphotos.photos.metadata import read_metadata
from inphotos.photos.picture import Need, Picture, read_picture
from inphotos.photos.raw import is_raw, read_raw
from inphotos.pixels import PixelSpec, fit
from inphotos.settings import THUMBNAIL_EDGES

_log = logging.getLogger(__name__)

_PLAIN = "full decode and resize by Pillow, 1 core"
_ONE = "InPhotos, 1 worker"
_STEPS = (
    "read the file, digest",
    "read the metadata",
    "decode, upright",
    "make thumbnails and pixels",
)


def measure(
    sample: Sample, spec: PixelSpec, seconds: float, control: Control
) -> Generator[Doing, None, Table]:
    """Measure full decodes, and ours in one worker process and in as many as the indexer has.

    Raises:
        CancelledError: by way of ``control``.
        DecoderError: no process can be started.
    """
    workers = min(8, usable_threads())
    everyone = f"InPhotos, {workers} workers"
    jobs = [Job(path) for path in sample.paths]
    context = multiprocessing.get_context("spawn")
    with (
        DecoderPool(spec, 1) as one,
        DecoderPool(spec, workers) as many,
        # As for the decoders: whatever is in these files must not harm this process.
        ProcessPoolExecutor(1, context, _begin) as plain,
    ):
        ways: dict[str, Way] = {_ONE: timed(lambda: list(one.decode_all(jobs, control)))}
        if workers > 1:
            ways[everyone] = timed(lambda: list(many.decode_all(jobs, control)))
        yield Doing(f"{_PLAIN} (trying)")
        notes: tuple[str, ...] = ()
        steps: Mapping[str, Sequence[float]] = {}
        control.checkpoint()
        try:
            plain.submit(decode_plainly, sample.paths, spec).result()
            steps = plain.submit(decode_by_steps, sample.paths, spec).result()
        except Exception as error:  # whatever decoders raise, or the end of the process
            _log.info("Full decodes are left out.", exc_info=error)
            notes = ("One of the photos cannot be decoded in full, so nothing is compared.",)
        else:
            full = timed(lambda: plain.submit(decode_plainly, sample.paths, spec).result())
            ways = {_PLAIN: full, **ways}
        taken = yield from by_turns(ways, seconds, control)
    count = len(sample.paths)
    rows = [
        Row(
            name,
            "photos/s",
            Spread.of([count / value for value in values]),
            times_as_fast(taken[_PLAIN], values) if _PLAIN in taken else None,
        )
        for name, values in taken.items()
    ]
    rows += _step_rows(steps)
    best = statistics.median(taken[everyone if workers > 1 else _ONE]) / count
    return Table("decode", "Decoding", tuple(rows), notes, best)


def decode_plainly(paths: Sequence[Path], spec: PixelSpec) -> None:
    """Decode photos in full and bring them to an encoder's size."""
    for path in paths:
        fit(_picture(path, path.read_bytes(), None).image, spec)


def decode_by_steps(paths: Sequence[Path], spec: PixelSpec) -> dict[str, list[float]]:
    """Decode photos as InPhotos does; return the seconds of each photo for each of ``_STEPS``."""
    need = Need(spec.short_edge, max(THUMBNAIL_EDGES))
    decode(paths[0], spec)  # loads what decoders load once
    taken: dict[str, list[float]] = {step: [] for step in _STEPS}
    for path in paths:
        moments = [time.perf_counter()]
        data = path.read_bytes()
        content_digest(data)
        moments.append(time.perf_counter())
        read_metadata(data, kind_of(data[:64]), path, 0, None)
        moments.append(time.perf_counter())
        _picture(path, data, need)
        moments.append(time.perf_counter())
        decode(path, spec)
        whole = time.perf_counter() - moments[-1]
        parts = [after - before for before, after in pairwise(moments)]
        # The rest is what is left of the whole; it cannot be done without the other steps.
        for step, value in zip(_STEPS, [*parts, max(0.0, whole - sum(parts))], strict=True):
            taken[step].append(value)
    return taken


def _picture(path: Path, data: bytes, need: Need | None) -> Picture:
    kind = kind_of(data[:64])
    if kind is None or is_raw(path, data, kind):
        return read_raw(data, need)
    return read_picture(data, kind, need)


def _step_rows(steps: Mapping[str, Sequence[float]]) -> list[Row]:
    whole = sum(statistics.fmean(values) for values in steps.values())
    return [
        Row(
            f"  {name}",
            "ms/photo",
            Spread.of([value * 1000 for value in values]),
            more={"share": statistics.fmean(values) / whole},
        )
        for name, values in steps.items()
    ]


def _begin() -> None:
    """Stand back for other programs, as decoders do, and leave it to the parent to stop."""
    lower_priority()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal
