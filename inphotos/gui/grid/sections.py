"""Sections of the grid: consecutive rows of one group under one title."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inphotos.search.ranking import Result


@dataclass(frozen=True, slots=True)
class Section:
    """Consecutive rows with one title, of one group.

    Attributes:
        first: its first row.
        count: how many rows it has.
        title: what its header says.
        group: that of the results; two groups may have one title.
    """

    first: int
    count: int
    title: str
    group: str = field(default="", compare=False)


def divide(
    results: Sequence[Result], title_of: Callable[[Result], str], first: int = 0
) -> tuple[Section, ...]:
    """Return the sections of results; the first of the results is row ``first``."""
    sections = []
    for (title, group), run in groupby((title_of(result), result.group) for result in results):
        count = sum(1 for _ in run)
        sections.append(Section(first, count, title, group))
        first += count
    return tuple(sections)


def join(before: tuple[Section, ...], after: tuple[Section, ...]) -> tuple[Section, ...]:
    """Return all sections, with those of one group that meet under one title made one."""
    if not before or not after:
        return before + after
    if (before[-1].title, before[-1].group) != (after[0].title, after[0].group):
        return before + after
    whole = replace(before[-1], count=before[-1].count + after[0].count)
    return (*before[:-1], whole, *after[1:])
