"""Whether something grows: a line through what was counted, and how steep it may be."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that is counted again and again.

    Attributes:
        name: what the table calls it.
        slack: by so much it may differ from one moment to another without meaning anything.
        per_hour: by so much more it may grow each hour.
    """

    name: str
    slack: float
    per_hour: float


@dataclass(frozen=True, slots=True)
class Trend:
    """What became of a measure in the time that counts.

    Attributes:
        measure: what was counted.
        first, last, most: at the beginning and the end of that time, and the most of it.
        growth: by how much it grew in that time, by the line.
        allowed: by how much it may grow in that time.
        per_hour: the line's slope.
    """

    measure: Measure
    first: float
    last: float
    most: float
    growth: float
    allowed: float
    per_hour: float

    @property
    def grows(self) -> bool:
        """Whether it grew by more than it may."""
        return self.growth > self.allowed


def slope(seconds: Sequence[float], values: Sequence[float]) -> float:
    """Return how steep the line through the points is, per second.

    It is the median of the slopes between any two of them (Theil and Sen), which a few moments at
    which a lot went on do not bend.
    """
    slopes = [
        (values[b] - values[a]) / (seconds[b] - seconds[a])
        for a, b in combinations(range(len(values)), 2)
        if seconds[b] > seconds[a]
    ]
    return statistics.median(slopes) if slopes else 0.0


def trend(measure: Measure, seconds: Sequence[float], values: Sequence[float]) -> Trend:
    """Fit a line through the second half: what is loaded and filled at first is no growth.

    Args:
        measure: what was counted.
        seconds, values: when, and how much it was then.
    """
    half = seconds[0] + (seconds[-1] - seconds[0]) / 2
    later = [(at, value) for at, value in zip(seconds, values, strict=True) if at >= half]
    times, counts = [at for at, _ in later], [value for _, value in later]
    steepness, lasted = slope(times, counts), times[-1] - times[0]
    return Trend(
        measure,
        counts[0],
        counts[-1],
        max(counts),
        steepness * lasted,
        measure.slack + measure.per_hour * lasted / 3600,
        steepness * 3600,
    )
