"""Photos that pass filters, listed without a model."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from itertools import repeat

import numpy as np

from inphotos.errors import QueryError
from inphotos.search.filters import FilterMasks
from inphotos.search.grouping import arranged
from inphotos.search.order import Group, Listed, Sort
from inphotos.search.query import Flag, Problem, Query
from inphotos.search.ranking import Results, result_of
from inphotos.search.remembered import Remembered
from inphotos.store.catalog import Catalog
from inphotos.store.database import Database
from inphotos.store.table import PhotoTable


class Listing:
    """What a search needs of the catalog. Use one from one thread at a time.

    Attributes:
        table: the photos in columns.
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
        self.masks = FilterMasks(self.table, offline)
        self._orders: Remembered[Listed] = Remembered()

    def list(
        self,
        query: Query,
        model: str,
        *,
        top: int,
        offset: int = 0,
        sort: Sort = "date",
        group: Group = "none",
    ) -> Results:
        """List the photos that pass a query's filters.

        Args:
            query: has no concepts.
            model: name of the library's model, for the answer.
            top: how many photos at most.
            offset: how many to leave out at the beginning. Further pages go on with what the
                first one began, even if the library has changed.
            sort, group: as :meth:`SearchEngine.search` says; relevance means the date.

        Raises:
            QueryError: the query has no filter either.
            LibraryError: the store cannot be read.
        """
        if not query.filters:
            raise QueryError(query.problems[0].message)
        wanted = _Wanted(query, top, offset, sort, group)
        return self._page(wanted, model)

    def everything(
        self,
        model: str,
        *,
        top: int,
        offset: int = 0,
        sort: Sort = "date",
        group: Group = "none",
    ) -> Results:
        """List all photos.

        Args:
            model, top, offset, sort, group: as in :meth:`list`.

        Raises:
            LibraryError: the store cannot be read.
        """
        return self._page(_Wanted(None, top, offset, sort, group), model)

    def _page(self, wanted: _Wanted, model: str) -> Results:
        started = time.perf_counter()
        query, offset = wanted.query, wanted.offset
        order = self._orders.get(wanted.key) if offset else None
        if order is None:
            order = self._orders.put(wanted.key, self._order(wanted))
        page, _ = order.page(offset, wanted.top)
        groups = order.groups(offset, wanted.top) or repeat("")
        photos = self.catalog.by_ids(page.tolist())
        offline = self.offline()
        listed = tuple(
            result_of(photos[id_], rank, offline, group=group)
            for rank, (id_, group) in enumerate(
                zip(page.tolist(), groups, strict=False), start=offset + 1
            )
            if id_ in photos
        )
        took_ms = (time.perf_counter() - started) * 1000
        words = "" if query is None else " ".join(query.text.split())
        problems = () if query is None else problems_of(query)
        return Results(words, model, took_ms, order.total, listed, query, problems, order.length)

    def _order(self, wanted: _Wanted) -> Listed:
        self.table.refresh()
        conditions = () if wanted.query is None else wanted.query.conditions
        rows = np.flatnonzero(self.table.shown & self.masks.accepted(conditions))
        order, groups = arranged(self.table, rows, wanted.sort, wanted.group)
        return Listed(self.table.ids[rows[order]], None, len(rows), groups)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A page of a list; of all photos where there is no query."""

    query: Query | None
    top: int
    offset: int
    sort: Sort
    group: Group

    @property
    def key(self) -> Hashable:
        """What the pages of one list have in common."""
        text = None if self.query is None else self.query.text
        return text, self.sort, self.group


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
