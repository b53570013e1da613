"""How fast photos are decoded, beside what Pillow takes for the same without any care."""

from __future__ import annotations

import json
import statistics
import subprocess
from collections.abc import Generator, Sequence
from typing import Any

from inphotos.bench import children, plain
from inphotos.bench.machine import usable_threads
from inphotos.bench.results import Doing, Row, Spread, Table
from inphotos.bench.sample import Sample
from inphotos.bench.turns import Way, by_turns, timed, times_as_fast
from inphotos.errors import BenchmarkError
from inphotos.events import Control
from inphotos.photos.decoders import DecoderPool, Job
from inphotos.pixels import PixelSpec

_PLAIN = "full decode and resize by Pillow, 1 core"
_ONE = "InPhotos, 1 worker"


def measure(
    sample: Sample, spec: PixelSpec, seconds: float, control: Control
) -> Generator[Doing, None, Table]:
    """Measure full decodes, and ours in one worker process and in as many as the indexer has.

    Raises:
        CancelledError: by way of ``control``.
        DecoderError: no process can be started.
    """
    workers = min(8, usable_threads())
    everyone = f"InPhotos, {workers} workers" if workers > 1 else _ONE
    jobs = [Job(path) for path in sample.paths]
    command = children.python("-m", plain.__name__, *plain.arguments(sample.paths, spec))
    with (
        DecoderPool(spec, 1) as one,
        DecoderPool(spec, workers) as many,
        children.child(command) as process,
    ):
        ways: dict[str, Way] = {_ONE: timed(lambda: list(one.decode_all(jobs, control)))}
        if workers > 1:
            ways[everyone] = timed(lambda: list(many.decode_all(jobs, control)))
        yield Doing("step by step")
        control.checkpoint()
        notes: tuple[str, ...] = ()
        steps: list[list[float]] = []
        try:
            _ask(process, plain.FULLY)
            steps = _ask(process, plain.BY_STEPS)
        except BenchmarkError:
            notes = ("One of the photos cannot be decoded in full, so nothing is compared.",)
        else:
            ways = {_PLAIN: lambda: sum(_ask(process, plain.FULLY)), **ways}
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
    return Table(
        "decode", "Decoding", tuple(rows), notes, statistics.median(taken[everyone]) / count
    )


def _ask(process: subprocess.Popen[str], what: str) -> Any:
    """Let the plain program go through the photos; return what it says.

    Raises:
        BenchmarkError: it has ended.
    """
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(f"{what}\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())
    except (OSError, ValueError) as error:
        raise children.failed(plain.__name__, "it has ended") from error


def _step_rows(steps: Sequence[Sequence[float]]) -> list[Row]:
    if not steps:
        return []
    by_step = list(zip(*steps, strict=True))
    whole = sum(statistics.fmean(values) for values in by_step)
    return [
        Row(
            f"  {name}",
            "core ms/photo",
            Spread.of([value * 1000 for value in values]),
            more={"share": statistics.fmean(values) / whole},
        )
        for name, values in zip(plain.STEPS, by_step, strict=True)
    ]
