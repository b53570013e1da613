"""Examines the file of a store without ObjectBox: whether all of it makes sense.

Nothing is written, and nothing in the file can end the process.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from inphotos.store.pages import Commit, Entries, PageFile, Walked
from inphotos.store.rows import Layout, layouts_in_store, row_keys, sound_rows

#: Of the keys of indexes: ``0x20000000 + 4 * index``, of those for vectors
#: ``0x24000000 + 16 * index + level``.
_INDEXES = 0x20000000
_VECTOR_INDEXES = 0x24000000


@dataclass(slots=True)
class Survey:
    """What was found in a store's file.

    Attributes:
        is_empty: the file has no pages.
        lost_commits: how many of the two notes about the last commits cannot be read.
        pages: how many pages make no sense.
        entries: how many entries more or fewer there are than the file says.
        rows: how many rows of each entity cannot be read.
        indexes: how many indexes do not have an entry for each row.
        free_list: the list of free pages makes no sense.
        is_complete: the time was enough to look at everything.
        counted: how many rows of each entity there are.
    """

    is_empty: bool = False
    lost_commits: int = 0
    pages: int = 0
    entries: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    indexes: int = 0
    free_list: bool = False
    is_complete: bool = True
    counted: dict[str, int] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found that makes no sense."""
        return not (
            self.is_empty
            or self.lost_commits
            or self.pages
            or self.entries
            or self.rows
            or self.indexes
            or self.free_list
        )


def survey(path: Path, *, commit: int = 0, seconds: float | None = None) -> Survey:
    """Examine the file of a store, which nobody may be writing meanwhile.

    Args:
        path: the file.
        commit: 0 for the last one, 1 for the one before.
        seconds: how long to look at the most; None for as long as it takes.

    Raises:
        OSError: it cannot be read.
    """
    file = PageFile(path)
    found = Survey(lost_commits=2 - len(file.commits))
    if not file.commits[commit:]:
        found.is_empty = not file.pages
        return found
    chosen = file.commits[commit]
    found.free_list = file.free_pages(chosen) is None
    _look(file, chosen, found, None if seconds is None else time.monotonic() + seconds)
    return found


def _look(file: PageFile, commit: Commit, found: Survey, until: float | None) -> None:
    walked = Walked(np.zeros(file.pages, np.bool_))
    layouts: dict[int, Layout] = {}
    rows: Counter[int] = Counter()
    indexed: Counter[int] = Counter()
    entries_found = 0
    for entries in file.walk(commit.root, walked, commit.last_page):
        if until is not None and time.monotonic() > until:
            found.is_complete = False
            break
        entries_found += len(entries)
        # Descriptions come first in the order of the keys.
        layouts |= {layout.number: layout for layout in layouts_in_store(file.data, entries)}
        rows.update(_look_at_rows(file, entries, layouts.values(), found))
        indexed.update(_index_entries(entries))
    found.pages = walked.damaged
    if found.is_complete:
        found.entries = abs(commit.entries - entries_found)
        found.counted = {layout.name: rows[layout.number] for layout in layouts.values()}
        found.indexes = _incomplete_indexes(layouts.values(), rows, indexed)


def _look_at_rows(
    file: PageFile, entries: Entries, layouts: Iterable[Layout], found: Survey
) -> Counter[int]:
    numbers, ids = row_keys(entries)
    counts: Counter[int] = Counter()
    for layout in layouts:
        mine = numbers == layout.number
        if mine.any():
            good = sound_rows(file.data, entries.only(mine), ids[mine], layout)
            counts[layout.number] = len(good)
            if not good.all():
                damaged = found.rows.get(layout.name, 0) + int((~good).sum())
                found.rows[layout.name] = damaged
    return counts


def _index_entries(entries: Entries) -> Counter[int]:
    prefixes = (entries.heads[:, 0] >> np.uint64(32)).astype(np.int64)
    kinds, counts = np.unique(prefixes, return_counts=True)
    return Counter(dict(zip(kinds.tolist(), counts.tolist(), strict=True)))


def _incomplete_indexes(
    layouts: Iterable[Layout], rows: Counter[int], indexed: Counter[int]
) -> int:
    incomplete = 0
    for layout in layouts:
        for each in layout.properties:
            if each.index is not None:
                number = each.index[0]
                entries = indexed[_INDEXES + 4 * number] + indexed[_VECTOR_INDEXES + 16 * number]
                incomplete += entries != rows[layout.number]
    return incomplete
