"""The order of an answer's photos, from which any page can be cut."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from inphotos.search.arrangements import GROUPS as GROUPS
from inphotos.search.arrangements import SORTS as SORTS
from inphotos.search.arrangements import Count as Count
from inphotos.search.arrangements import Group as Group
from inphotos.search.arrangements import Sort as Sort
from inphotos.search.filters import Scores
from inphotos.store.columns import Ids
from inphotos.store.table import PhotoTable
from inphotos.store.text_column import TextColumn

Rows = npt.NDArray[np.intp]

#: A sample of the scores holds so many for each that is wanted, see :func:`best_of`.
_PER_WANTED = 16


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups that photos are in.

    Attributes:
        codes: for each photo a number that grows with the order of the groups.
        key_of: gives the key of a group, as :attr:`Result.group` has it, by that number.
    """

    codes: npt.NDArray[np.int64]
    key_of: Callable[[int], str]

    def taken(self, at: Rows) -> Groups:
        """Return the groups of some of the photos, by their places."""
        return Groups(self.codes[at], self.key_of)

    def keys(self, there: slice) -> tuple[str, ...]:
        """Return the keys of the groups of photos that follow each other."""
        return tuple(map(self.key_of, self.codes[there].tolist()))


class Ranking:
    """Photos, the best first, and of the same score the one with the lower id.

    It is put in order only as far as it is looked at.

    Attributes:
        total: how many photos there were to choose from.
    """

    def __init__(self, ids: Ids, scores: Scores, total: int) -> None:
        """Take the photos.

        Args:
            ids: n ids, ascending.
            scores: n cosine similarities.
            total: see above.
        """
        self.total = total
        self._ids = ids
        self._scores = scores
        self._order: Rows = np.zeros(0, np.intp)

    @property
    def best(self) -> float | None:
        """The highest score, None where there are no photos."""
        return float(self._scores.max()) if len(self._scores) else None

    def count(self, least: float) -> int:
        """Count the photos with at least this score."""
        return int(np.count_nonzero(self._scores >= least))

    @property
    def length(self) -> int:
        """How many photos all pages hold together."""
        return len(self._ids)

    def at_least(self, least: float) -> tuple[Ids, Scores]:
        """Return the photos with at least this score, their ids ascending."""
        enough = self._scores >= least
        return self._ids[enough], self._scores[enough]

    def page(self, offset: int, top: int) -> tuple[Ids, Scores]:
        """Return the ids and scores of at most ``top`` photos from a place on."""
        end = min(offset + top, len(self._ids))
        if end > len(self._order):
            self._order = self._best(end)
        at = self._order[offset:end]
        return self._ids[at], self._scores[at]

    def _best(self, count: int) -> Rows:
        if count > len(self._ids) // 8:
            return np.argsort(-self._scores, kind="stable")
        # With all that are as good as the last one, or their ids would not decide.
        candidates = best_of(self._scores, count)
        return candidates[np.argsort(-self._scores[candidates], kind="stable")]


def best_of(scores: Scores, count: int) -> Rows:
    """Return the places of the highest scores, in any order.

    Args:
        scores: n of them.
        count: how many; all that are as good as the last one come with it.
    """
    if count >= len(scores):
        return np.arange(len(scores))
    # Putting a part of a million scores in order takes 8 ms. What a sample says is too low for the
    # wanted ones is left out first, for a tenth of that.
    step = max(1, len(scores) // (_PER_WANTED * count))
    sample = scores[::step]
    among = min(len(sample), 2 * count // step + _PER_WANTED)
    low = np.partition(sample, len(sample) - among)[len(sample) - among]
    rows = np.flatnonzero(scores >= low)
    if len(rows) < count:
        rows = np.arange(len(scores))
    chosen = scores[rows]
    least = np.partition(chosen, len(chosen) - count)[len(chosen) - count]
    return np.asarray(rows[chosen >= least], np.intp)


class GraphRanking:
    """The first photos as the index's graph gave them, and the others exactly, when asked for.

    A photo that the graph has missed comes first among the others.

    Attributes:
        total: how many photos there were to choose from.
        best: the highest score, None where there are no photos.
    """

    def __init__(
        self,
        ids: Ids,
        scores: Scores,
        total: int,
        others: Callable[[Ids], Ranking] | None,
        best: float | None = None,
    ) -> None:
        """Take the first photos.

        Args:
            ids, scores: of the first photos, the best first.
            total: see above.
            others: gives the ranking without these; None where there are no others.
            best: see above; by default the score of the first photo.
        """
        self.total = total
        self.best = best if best is not None or not len(scores) else float(scores[0])
        self._ids = ids
        self._scores = scores
        self._others = others
        self._rest: Ranking | None = None

    @property
    def length(self) -> int:
        """How many photos all pages hold together, at most."""
        return self.total if self._others is not None else len(self._ids)

    def page(self, offset: int, top: int) -> tuple[Ids, Scores]:
        """Return the ids and scores of at most ``top`` photos from a place on."""
        count, end = len(self._ids), offset + top
        ids, scores = self._ids[offset:end], self._scores[offset:end]
        if end <= count or self._others is None:
            return ids, scores
        if self._rest is None:
            self._rest = self._others(self._ids)
        more_ids, more_scores = self._rest.page(max(0, offset - count), end - max(offset, count))
        return np.concatenate([ids, more_ids]), np.concatenate([scores, more_scores])


class Listed:
    """Photos in an order that is no ranking.

    Attributes:
        total: how many photos there were to choose from.
    """

    def __init__(
        self, ids: Ids, scores: Scores | None, total: int, groups: Groups | None = None
    ) -> None:
        """Take the photos.

        Args:
            ids: in order.
            scores: of each; None where they have none.
            total: see above.
            groups: of each, which follow each other; None where they are in none.
        """
        self.total = total
        self._ids = ids
        self._scores = scores
        self._groups = groups

    @property
    def length(self) -> int:
        """How many photos all pages hold together."""
        return len(self._ids)

    @property
    def best(self) -> float | None:
        """The highest score, None where there are none."""
        scored = self._scores is not None and len(self._scores)
        return float(np.max(self._scores)) if scored else None  # type: ignore[arg-type]

    def page(self, offset: int, top: int) -> tuple[Ids, Scores | None]:
        """Return the ids and scores of at most ``top`` photos from a place on."""
        there = slice(offset, offset + top)
        return self._ids[there], None if self._scores is None else self._scores[there]

    def groups(self, offset: int, top: int) -> tuple[str, ...]:
        """Return the keys of the groups of the photos of a page; nothing where they have none."""
        return () if self._groups is None else self._groups.keys(slice(offset, offset + top))


def sort_keys(
    table: PhotoTable, rows: Rows, sort: Sort, scores: Scores | None
) -> list[npt.NDArray[Any]]:
    """Return what to put photos in order by, the key that counts most last.

    Args:
        table: the photos.
        rows: which of them.
        sort: by score, the highest first; by the time they were taken, the latest first; by file
            name; by directory and file name; by the bytes of the file, the largest first.
        scores: of each; without them relevance means the time.
    """
    match sort:
        case "relevance" if scores is not None:
            return [-scores]
        case "relevance" | "date":
            return [-table.number("taken_ms")[rows]]
        case "size":
            return [-table.number("size")[rows]]
        case "name":
            return [_places(table.text("name_text"))[rows]]
        case "folder":
            names, directories = table.text("name_text"), table.directory(absolute=True)
            return [_places(names)[rows], _places(directories)[rows]]


def folded_path(path: str) -> str:
    """Return a path to compare by: without case, and a directory next to what is in it."""
    return path.casefold().replace("/", "\0")


def _places(column: TextColumn) -> Rows:
    """Return for each photo the place of its text among all texts, whatever their case."""
    return column.made_of("places", _places_of)[column.codes]


def _places_of(texts: Sequence[str]) -> Rows:
    folded = [folded_path(text) for text in texts]
    order = sorted(range(len(folded)), key=folded.__getitem__)
    places = np.zeros(len(folded), np.intp)
    # Equal ones get the same place, or their ids would not decide.
    other = [folded[n] != folded[before] for before, n in pairwise(order)]
    places[order[1:]] = np.cumsum(other)
    return places
