"""Photos that pass filters, listed without a model."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np

from inphotos.errors import QueryError
from inphotos.search.alike import KINDS, AlikeGroup, AlikePhotos, Kind
from inphotos.search.filters import FilterMasks
from inphotos.search.folding import Fold
from inphotos.search.order import Listed, Sort, in_order
from inphotos.search.query import Flag, Problem, Query
from inphotos.search.ranking import Result, Results, result_of
from inphotos.search.remembered import Remembered
from inphotos.store.catalog import Catalog
from inphotos.store.columns import Ids
from inphotos.store.database import Database
from inphotos.store.table import PhotoTable


@dataclass(frozen=True, slots=True)
class _Order:
    """What further pages are cut from.

    Attributes:
        ids: the photos.
        fold: how they are folded, None when they are not.
    """

    ids: Listed
    fold: Fold | None = None


class Listing:
    """What a search needs of the catalog. Use one from one thread at a time.

    Attributes:
        table: the photos in columns.
        alike: finds those that are alike.
        masks: evaluates filters on them.
        catalog: the photos one by one.
        offline: gives the ids of the folders that cannot be reached.
    """

    def __init__(
        self, database: Database, catalog: Catalog, offline: Callable[[], Collection[int]]
    ) -> None:
        self.catalog = catalog
        self.offline = offline
        self.table = PhotoTable(database, catalog.folders)
        self.alike = AlikePhotos(self.table)
        self.masks = FilterMasks(self.table, offline, self.alike)
        self._orders: Remembered[_Order] = Remembered()

    def list(
        self,
        query: Query,
        model: str,
        *,
        top: int,
        offset: int = 0,
        sort: Sort = "date",
        fold: bool = False,
    ) -> Results:
        """List the photos that pass a query's filters.

        Args:
            query: has no concepts.
            model: name of the library's model, for the answer.
            top: how many photos at most.
            offset: how many to leave out at the beginning. Further pages go on with what the
                first one began, even if the library has changed.
            sort: in which order.
            fold: leave out all but the first of photos that are alike.

        Raises:
            QueryError: the query has no filter either.
            LibraryError: the store cannot be read.
        """
        started = time.perf_counter()
        if not query.filters:
            raise QueryError(query.problems[0].message)
        key = (query.text, sort, fold)
        order = self._orders.get(key) if offset else None
        if order is None:
            self.table.refresh()
            rows = np.flatnonzero(self.table.shown & self.masks.accepted(query.conditions))
            ids = self.table.ids[in_order(self.table, rows, sort)]
            order = self._orders.put(key, self._folded(ids, fold=fold))
        listed = self._results(order, top, offset)
        took_ms = (time.perf_counter() - started) * 1000
        words = " ".join(query.text.split())
        return Results(words, model, took_ms, order.ids.total, listed, query, problems_of(query))

    def browse(self, model: str, *, top: int, offset: int = 0) -> Results:
        """List all photos, the newest first, those that are alike folded into one.

        Args:
            model, top, offset: as in :meth:`list`.

        Raises:
            LibraryError: the store cannot be read.
        """
        started = time.perf_counter()
        order = self._orders.get("all") if offset else None
        if order is None:
            self.table.refresh()
            rows = in_order(self.table, np.flatnonzero(self.table.shown), "date")
            order = self._orders.put("all", self._folded(self.table.ids[rows], fold=True))
        listed = self._results(order, top, offset)
        took_ms = (time.perf_counter() - started) * 1000
        return Results("", model, took_ms, order.ids.total, listed)

    def alike_to(self, photo_id: int, model: str, *, top: int, offset: int = 0) -> Results:
        """List the photos that are alike to one, which is among them, the best first.

        Args:
            photo_id: the photo; of one that is not there, there are none.
            model, top, offset: as in :meth:`list`.

        Raises:
            LibraryError: the store cannot be read.
        """
        started = time.perf_counter()
        order = self._orders.get(photo_id) if offset else None
        if order is None:
            self.table.refresh()
            rows = self.table.rows_of(self.alike.groups().with_all_of(np.array([photo_id])))
            rows = rows[rows >= 0]
            rows = self.alike.best_first(rows[self.table.shown[rows]])
            ids = self.table.ids[rows]
            order = self._orders.put(photo_id, self._folded(ids, fold=False))
        listed = self._results(order, top, offset)
        took_ms = (time.perf_counter() - started) * 1000
        return Results("", model, took_ms, order.ids.total, listed)

    def groups(self, kinds: Collection[Kind]) -> tuple[AlikeGroup, ...]:
        """Return the groups of photos that are alike.

        Args:
            kinds: which ones.

        Returns:
            The copies first, then near-duplicates, then bursts; of each kind the group with the
            newest best photo first.

        Raises:
            LibraryError: the store cannot be read.
        """
        self.table.refresh()
        groups = self.alike.groups()
        rows = self.alike.best_first(np.flatnonzero(groups.sizes > 1))
        if not len(rows):
            return ()
        rows = rows[np.argsort(groups.codes[rows], kind="stable")]
        starts = np.flatnonzero(np.diff(groups.codes[rows])) + 1
        photos = self.catalog.by_ids(self.table.ids[rows].tolist())
        found = []
        for members in np.split(rows, starts):
            ids = self.table.ids[members].tolist()
            group = AlikeGroup(groups.kind(members), tuple(photos[i] for i in ids if i in photos))
            if group.kind in kinds and len(group.photos) > 1:
                found.append(group)
        return tuple(
            sorted(found, key=lambda group: (KINDS.index(group.kind), -group.photos[0].taken_ms))
        )

    def count_alike(self) -> tuple[int, int]:
        """Return how many groups there are, and how many photos in them.

        Raises:
            LibraryError: the store cannot be read.
        """
        self.table.refresh()
        return self.alike.groups().count()

    def _folded(self, ids: Ids, *, fold: bool) -> _Order:
        """Return photos that are in order, folded where that is wanted."""
        if not fold:
            return _Order(Listed(ids, None, len(ids)))
        folded = Fold(self.alike.groups())
        folded.count(ids)
        return _Order(Listed(ids[folded.first(ids)], None, folded.total), folded)

    def _results(self, order: _Order, top: int, offset: int) -> tuple[Result, ...]:
        page, _ = order.ids.page(offset, top)
        photos = self.catalog.by_ids(page.tolist())
        offline = self.offline()
        counts = [1] * len(page) if order.fold is None else order.fold.alike(page)
        return tuple(
            result_of(photos[id_], rank, offline, alike=alike)
            for rank, (id_, alike) in enumerate(
                zip(page.tolist(), counts, strict=True), start=offset + 1
            )
            if id_ in photos
        )


def problems_of(query: Query) -> tuple[Problem, ...]:
    """Return what the user is to be told of a query."""
    without = [
        Problem(
            "Photos cannot be marked as favorites yet, so none is found as one; "
            "“rating:” finds those that you have rated.",
            "rating:>=4",
            filter_.spans,
            filter_.label,
        )
        for filter_ in query.filters
        if filter_.condition == Flag("favorite")
    ]
    return (*query.problems, *without)
