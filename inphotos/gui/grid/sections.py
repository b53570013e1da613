"""Sections of the grid: consecutive rows under one title."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inphotos.search.ranking import Result


@dataclass(frozen=True, slots=True)
class Section:
    """Consecutive rows with one title.

    Attributes:
        first: its first row.
        count: how many rows it has.
        title: what its header says.
    """

    first: int
    count: int
    title: str


def divide(
    results: Sequence[Result], title_of: Callable[[Result], str], first: int = 0
) -> tuple[Section, ...]:
    """Return the sections of results; the first of the results is row ``first``."""
    sections = []
    for title, run in groupby(map(title_of, results)):
        count = sum(1 for _ in run)
        sections.append(Section(first, count, title))
        first += count
    return tuple(sections)


def join(before: tuple[Section, ...], after: tuple[Section, ...]) -> tuple[Section, ...]:
    """Return all sections, with those that meet under one title made one."""
    if not before or not after or before[-1].title != after[0].title:
        return before + after
    whole = replace(before[-1], count=before[-1].count + after[0].count)
    return (*before[:-1], whole, *after[1:])
