"""What is measured, as plain values."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Part = Literal["decode", "encode", "store", "search", "start", "memory"]
PARTS: tuple[Part, ...] = ("decode", "encode", "store", "search", "start", "memory")


@dataclass(frozen=True, slots=True)
class Spread:
    """Some measurements of one thing.

    Attributes:
        median, low, high: of all turns.
        runs: how many turns there were.
    """

    median: float
    low: float
    high: float
    runs: int

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """Sum up one value or more."""
        return cls(statistics.median(values), min(values), max(values), len(values))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table.

    Attributes:
        what: what was measured.
        unit: of the figures, e.g. ``photos/s``.
        spread: the figures.
        ratio: how many times as fast as the first row of its table that has a ratio; None where
            nothing is compared.
        more: further figures by their names.
        note: what else is to be known.
    """

    what: str
    unit: str
    spread: Spread
    ratio: float | None = None
    more: Mapping[str, float] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What came out of one part, or of a section of it.

    Attributes:
        part: which one.
        title: what its rows have in common.
        rows: in the order in which they are to be read.
        notes: sentences about what could not be measured.
        seconds_per_photo: what the indexing of one photo takes of the whole machine for this,
            None where that is no part of indexing or was not measured.
    """

    part: Part
    title: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    seconds_per_photo: float | None = None


@dataclass(frozen=True, slots=True)
class Doing:
    """What is going on, for whoever waits.

    Attributes:
        what: in words.
        seconds_left: of the whole run, roughly; None while nothing is known.
    """

    what: str
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """How long photos like these take here.

    Attributes:
        photos: how many.
        seconds: to index them.
        shares: of that time, by part; they sum up to 1.
    """

    photos: int
    seconds: float
    shares: Mapping[Part, float]


def estimate(photos: int, tables: Sequence[Table]) -> Estimate | None:
    """Return how long the indexing of photos takes; None unless all its parts were measured.

    The parts share the cores, and each was measured with all of them: their times add up.
    """
    costs = {t.part: t.seconds_per_photo for t in tables if t.seconds_per_photo is not None}
    if not {"decode", "encode", "store"} <= costs.keys():
        return None
    whole = sum(costs.values())
    return Estimate(photos, photos * whole, {part: cost / whole for part, cost in costs.items()})


@dataclass(frozen=True, slots=True)
class Report:
    """All that was measured.

    Attributes:
        machine: what it was measured on, see :func:`inphotos.bench.machine.describe`.
        warnings: why the figures may not be the machine's best.
        model: name of the model.
        photos: what was decoded, in words; empty where nothing was.
        tables: what came out.
        estimate: how long indexing takes, None where parts of that were left out.
        seconds: how long measuring took.
    """

    machine: Mapping[str, Any]
    warnings: tuple[str, ...]
    model: str
    photos: str
    tables: tuple[Table, ...]
    estimate: Estimate | None
    seconds: float
