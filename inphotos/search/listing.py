"""Photos that pass filters, listed without a model."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection

import numpy as np

from inphotos.errors import QueryError
from inphotos.search.filters import FilterMasks
from inphotos.search.order import Listed, Sort, in_order
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
        self, query: Query, model: str, *, top: int, offset: int = 0, sort: Sort = "date"
    ) -> Results:
        """List the photos that pass a query's filters.

        Args:
            query: has no concepts.
            model: name of the library's model, for the answer.
            top: how many photos at most.
            offset: how many to leave out at the beginning. Further pages go on with what the
                first one began, even if the library has changed.
            sort: in which order.

        Raises:
            QueryError: the query has no filter either.
            LibraryError: the store cannot be read.
        """
        started = time.perf_counter()
        if not query.filters:
            raise QueryError(query.problems[0].message)
        order = self._orders.get((query.text, sort)) if offset else None
        if order is None:
            self.table.refresh()
            rows = np.flatnonzero(self.table.shown & self.masks.accepted(query.conditions))
            ids = self.table.ids[in_order(self.table, rows, sort)]
            order = self._orders.put((query.text, sort), Listed(ids, None, len(ids)))
        page, _ = order.page(offset, top)
        photos = self.catalog.by_ids(page.tolist())
        offline = self.offline()
        listed = tuple(
            result_of(photos[id_], rank, offline)
            for rank, id_ in enumerate(page.tolist(), start=offset + 1)
            if id_ in photos
        )
        took_ms = (time.perf_counter() - started) * 1000
        words = " ".join(query.text.split())
        return Results(words, model, took_ms, order.total, listed, query, problems_of(query))

    def count(self, query: Query) -> int:
        """Count the photos that pass a query's filters.

        Raises:
            QueryError: the query has none.
            LibraryError: the store cannot be read.
        """
        if not query.filters:
            raise QueryError(query.problems[0].message)
        self.table.refresh()
        return int(np.count_nonzero(self.table.shown & self.masks.accepted(query.conditions)))


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
