"""Measuring several ways to do a thing by turns."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Generator, Mapping, Sequence

from inphotos.bench.results import Doing
from inphotos.events import Control

#: A way to do a thing: does it once and returns the seconds that count.
Way = Callable[[], float]

#: Fewer turns say nothing of how much the figures vary.
LEAST_TURNS = 3

#: More change no median by anything that matters.
_MOST_TURNS = 200


def timed(do: Callable[[], object]) -> Way:
    """Return a way that takes the wall-clock seconds of ``do``."""

    def way() -> float:
        started = time.perf_counter()
        do()
        return time.perf_counter() - started

    return way


def by_turns(
    ways: Mapping[str, Way], seconds: float, control: Control
) -> Generator[Doing, None, dict[str, list[float]]]:
    """Measure each way in each round, after a round that does not count.

    Args:
        ways: what is compared, by name. Each round begins with another one, because whatever comes
            after a slow one may find its caches emptied.
        seconds: rounds are begun for so long, and at least ``LEAST_TURNS`` in any case.
        control: lets the user cancel.

    Yields:
        what is done next.

    Returns:
        the seconds of every turn, by name.

    Raises:
        CancelledError: by way of ``control``.
    """
    names = list(ways)
    taken: dict[str, list[float]] = {name: [] for name in names}
    for name in names:
        yield Doing(f"{name} (warming up)")
        control.checkpoint()
        ways[name]()
    begun = time.monotonic()
    turn = 0
    while turn < LEAST_TURNS or (time.monotonic() - begun < seconds and turn < _MOST_TURNS):
        at = turn % max(1, len(names))
        for name in names[at:] + names[:at]:
            yield Doing(f"{name} (turn {turn + 1})")
            control.checkpoint()
            taken[name].append(ways[name]())
        turn += 1
    return taken


def times_as_fast(reference: Sequence[float], values: Sequence[float]) -> float:
    """Return the median of how many times less the values are, turn by turn.

    Turns of the same round had the same share of a machine that does other things too.
    """
    pairs = zip(reference, values, strict=True)
    return statistics.median(beside / value for beside, value in pairs)
