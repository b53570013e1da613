"""Measures the runtimes of a model: how quick each is, and how close to full precision.

The machine is busy with other things as a rule: photos are decoded meanwhile. So for pictures what
counts on the processor is its own time, that is, how much work gets done; and for texts, where it
is how long somebody waits, the shortest of many runs. One network is loaded at a time.
"""

from __future__ import annotations

import gc
import logging
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

import numpy as np

from inphotos.encoders import converted, runtimes
from inphotos.encoders.base import Embeddings, Model
from inphotos.encoders.machine import this_machine
from inphotos.encoders.runtimes import REFERENCE, Runtime
from inphotos.encoders.tokenizing import TextReader
from inphotos.encoders.tuning import quality
from inphotos.encoders.tuning.making import Making
from inphotos.encoders.tuning.texts import TEXTS
from inphotos.encoders.tuning.tuner import CHECKED
from inphotos.encoders.verdict import (
    DIFFERENT,
    FAILED,
    SLOW,
    UNAVAILABLE,
    Candidate,
    Verdict,
)
from inphotos.errors import RuntimeUnavailableError
from inphotos.pixels import Pixels

#: How many are encoded at once, as in indexing.
_BATCH: Final = 16

#: Which of the texts is timed: one of usual length.
_USUAL: Final = 1

#: For so long, and in so many turns at least, each is timed.
_SECONDS: Final = 2.0
_LEAST_TURNS: Final = 2

#: A turn takes at least so long: some clocks tick slowly.
_TURN_SECONDS: Final = 0.2

#: Threads that wait for more work do so busily for a moment, which counts as the next one's time.
_SETTLE_SECONDS: Final = 0.02

#: What takes so many times longer than the best so far is not looked at any further.
_HOPELESS: Final = 1.5

#: What is quicker by less than this is not worth its precision, nor a change.
_WORTH: Final = 1.1

#: Best last.
_PRECISIONS: Final = ("int8", "fp16", "bf16", "fp32")

_log = logging.getLogger(__name__)

Tower = TypeVar("Tower")

#: Called with steps done and steps in all.
Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Trial(Generic[Tower]):
    """What the candidates for one tower are tried with.

    Attributes:
        tower: which one.
        load: loads it into a runtime.
        encode: encodes all that is judged by.
        once: encodes what is timed, ``items`` of it.
        same: gives the share of the nearest that stays, of what is expected and what came.
    """

    tower: converted.Tower
    load: Callable[[Runtime], Tower]
    encode: Callable[[Tower], Embeddings]
    once: Callable[[Tower], object]
    items: int
    same: Callable[[Embeddings, Embeddings], float]


def candidates() -> tuple[Runtime, ...]:
    """Return the runtimes to be tried, without the reference, the most promising first."""
    installed = (r for r in runtimes.KNOWN if r != REFERENCE and runtimes.is_installed(r))
    return tuple(sorted(installed, key=lambda r: (r.engine != "openvino", r.precision != "int8")))


def measure(model: Model, pictures: Sequence[Pixels], *, own: bool, report: Report) -> Verdict:
    """Try all runtimes with a model, and say which are to be taken.

    Their files are left where :mod:`inphotos.encoders.converted` looks for them.

    Args:
        model: whose towers are tried.
        pictures: at least two; the first ``CHECKED`` are judged by.
        own: they are the user's own photos.
        report: is told how far the work is.

    Raises:
        ModelError: the model cannot be run at all.
    """
    checked, samples = pictures[:CHECKED], pictures[CHECKED:] or pictures[:CHECKED]
    making = Making(model, samples)
    tried = candidates()
    total = (1 + len(tried)) * (2 if model.has_text else 1)
    steps = iter(range(total))

    def step() -> None:
        report(next(steps), total)

    images, expected = _try_all(_image_trial(model, checked), making, tried, step)
    making.forget()
    texts: tuple[Candidate, ...] = ()
    if model.has_text:
        texts, _ = _try_all(_text_trial(model, expected), making, tried, step)
    report(total, total)
    return Verdict(
        machine=this_machine(),
        image=best(images),
        text=best(texts) if texts else "",
        images=images,
        texts=texts,
        pictures=len(checked),
        own=own,
        directory=str(model.directory),
    )


def best(tried: Sequence[Candidate]) -> str:
    """Return the name of the runtime to be taken.

    Among those that are nearly as quick as the quickest, the most precise one is; then one that
    does not need torch, which takes seconds to import.
    """
    passed = [candidate for candidate in tried if candidate.passed]
    enough = max(candidate.speed for candidate in passed) / _WORTH
    quick = [candidate for candidate in passed if candidate.speed >= enough]
    return max(quick, key=_preference).runtime


def _preference(candidate: Candidate) -> tuple[int, bool, float]:
    runtime = runtimes.named(candidate.runtime)
    assert runtime is not None
    return _PRECISIONS.index(runtime.precision), runtime.engine != "torch", candidate.speed


def _image_trial(model: Model, checked: Sequence[Pixels]) -> _Trial[runtimes.ImageTower]:
    batch = list(checked[:_BATCH])

    def encode(tower: runtimes.ImageTower) -> Embeddings:
        parts = [checked[at : at + _BATCH] for at in range(0, len(checked), _BATCH)]
        return np.concatenate([tower(list(part)) for part in parts])

    return _Trial(
        "image",
        lambda runtime: runtimes.image_tower(model, runtime),
        encode,
        lambda tower: tower(batch),
        len(batch),
        quality.same_neighbours,
    )


def _text_trial(model: Model, pictures: Embeddings) -> _Trial[runtimes.TextTower]:
    reader = TextReader(model)
    queries = [reader([text]) for text in TEXTS]

    def encode(tower: runtimes.TextTower) -> Embeddings:
        return np.concatenate([tower(tokens) for tokens in queries])

    return _Trial(
        "text",
        lambda runtime: runtimes.text_tower(model, runtime),
        encode,
        lambda tower: tower(queries[_USUAL]),
        1,
        lambda expected, actual: quality.same_ranking(expected, actual, pictures),
    )


def _try_all(
    trial: _Trial[Tower],
    making: Making,
    tried: Sequence[Runtime],
    step: Callable[[], None],
) -> tuple[tuple[Candidate, ...], Embeddings]:
    """Return how all runtimes do, the reference first, and the embeddings of the reference."""
    step()
    reference = trial.load(REFERENCE)
    expected = trial.encode(reference)
    done = [Candidate(REFERENCE.name, _speed(trial, reference, REFERENCE), 1.0, 1.0)]
    del reference
    for runtime in tried:
        step()
        enough = max(candidate.speed for candidate in done if candidate.passed) / _HOPELESS
        done.append(_try(trial, making, runtime, expected, enough))
        gc.collect()  # what ran it may hold on to it in a circle, and has half a gigabyte
    return tuple(done), expected


def _try(
    trial: _Trial[Tower], making: Making, runtime: Runtime, expected: Embeddings, enough: float
) -> Candidate:
    """Prepare, load, time and check a runtime; whatever breaks counts against it alone.

    Args:
        trial, making, runtime: what is tried.
        expected: the embeddings of the reference.
        enough: the speed from which on there is a point in checking.
    """
    candidate = Candidate(runtime.name, problem=UNAVAILABLE)
    try:
        if not runtimes.suits(runtime):
            return candidate
        for prepare in making.attempts(trial.tower, runtime):
            prepare()
            candidate = _judge(trial, trial.load(runtime), runtime, expected, enough)
            if candidate.problem != DIFFERENT:
                break
    except RuntimeUnavailableError as error:
        _log.info("%s", error)
    # Several large libraries are at work, each with errors of its own.
    except Exception as error:
        _log.warning("%s could not be tried.", runtime.name, exc_info=error)
        candidate = Candidate(runtime.name, problem=FAILED)
    return candidate


def _judge(
    trial: _Trial[Tower], tower: Tower, runtime: Runtime, expected: Embeddings, enough: float
) -> Candidate:
    speed = _speed(trial, tower, runtime)
    if speed < enough:
        return Candidate(runtime.name, speed, problem=SLOW)
    actual = trial.encode(tower)
    cosine, same = quality.mean_cosine(expected, actual), trial.same(expected, actual)
    close = cosine >= quality.LEAST_COSINE and same >= quality.LEAST_SAME
    return Candidate(runtime.name, speed, cosine, same, "" if close else DIFFERENT)


def _speed(trial: _Trial[Tower], tower: Tower, runtime: Runtime) -> float:
    """Return how many items a second are encoded at best."""
    trial.once(tower)  # the first run of all sets up what later ones use
    end = time.monotonic() + _SECONDS
    best, turns = math.inf, 0
    while turns < _LEAST_TURNS or time.monotonic() < end:
        best = min(best, _seconds(trial, tower, runtime))
        turns += 1
    return trial.items / best


def _seconds(trial: _Trial[Tower], tower: Tower, runtime: Runtime) -> float:
    """Return how long what is timed takes once, with the whole machine to itself."""
    time.sleep(_SETTLE_SECONDS)
    runs, busy, end = 0, time.process_time(), time.perf_counter() + _TURN_SECONDS
    shortest = math.inf
    while not runs or time.perf_counter() < end:
        began = time.perf_counter()
        trial.once(tower)
        shortest = min(shortest, time.perf_counter() - began)
        runs += 1
    if trial.tower == "image" and runtime.device == "cpu":
        return (time.process_time() - busy) / runs / this_machine().cores
    return shortest
