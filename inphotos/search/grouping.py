"""Groups of photos: by the day they were taken on, the directory they are in, or the place.

Days come the newest first, whatever the photos are sorted by within them, as Google Photos and
Apple's Photos show what a search has found: a header is then a position on a line of time that one
can go along, and it stays where it is while more photos come in. Ordered by the best photo in each,
days would jump about and nobody could tell where one is. Directories and places are in the order of
their names, for the same reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from inphotos.search.dated import DAY_MS, undated
from inphotos.search.filters import Scores
from inphotos.search.language.conditions import fold
from inphotos.search.order import Group, Groups, Rows, Sort, folded_path, sort_keys
from inphotos.store.table import PhotoTable
from inphotos.store.text_column import TextColumn

#: Stands for a day that is not known, and comes last.
_NO_DAY = np.iinfo(np.int64).max


def arranged(
    table: PhotoTable, rows: Rows, sort: Sort, group: Group, scores: Scores | None = None
) -> tuple[Rows, Groups | None]:
    """Put photos into groups and into order within them; of the same key, the lower id is first.

    Args:
        table: the photos.
        rows: which of them, ascending.
        sort: the order within a group.
        group: what makes a group.
        scores: of each of the rows; None where they have none.

    Returns:
        The places in ``rows``, in order, and the groups in that order, None where there are none.
    """
    keys = sort_keys(table, rows, sort, scores)
    groups = _groups(table, rows, group)
    if groups is None:
        return np.lexsort(keys), None
    order = np.lexsort([*keys, groups.codes])
    return order, groups.taken(order)


def _groups(table: PhotoTable, rows: Rows, group: Group) -> Groups | None:
    match group:
        case "none":
            return None
        case "day":
            return Groups(_days(table, rows), _day)
        case "folder":
            return _by_text(table.directory(absolute=True), rows, folded_path)
        case "place":
            return _by_text(table.place(), rows, lambda place: fold("place", place))


def _days(table: PhotoTable, rows: Rows) -> Rows:
    """Return the days since 1970 on the clock where each photo was taken, negative."""
    days = -(table.number("taken_ms")[rows] // DAY_MS)
    days[undated(table)[rows]] = _NO_DAY
    return days


def _day(code: int) -> str:
    return "" if code == _NO_DAY else str(np.datetime64(-code, "D"))


def _by_text(column: TextColumn, rows: Rows, folded: Callable[[str], str]) -> Groups:
    """Group photos by their texts, in the order of those, an empty one last."""

    def ordered(texts: Sequence[str]) -> tuple[Rows, list[str]]:
        # By the text too: of two that differ in case only, each is a group of its own.
        order = sorted(range(len(texts)), key=lambda n: (not texts[n], folded(texts[n]), texts[n]))
        places = np.zeros(len(texts), np.int64)
        places[order] = np.arange(len(texts))
        return places, [texts[n] for n in order]

    places, keys = column.made_of("groups", ordered)
    return Groups(places[column.codes[rows]], keys.__getitem__)
