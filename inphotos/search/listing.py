"""Photos that pass filters, or that are alike, listed without a model."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import repeat

import numpy as np

from inphotos.errors import QueryError
from inphotos.search.alike import AlikeGroup, AlikePhotos
from inphotos.search.facets import Facets, read_facets
from inphotos.search.filters import FilterMasks
from inphotos.search.folding import Fold
from inphotos.search.gathering import KINDS, Kind
from inphotos.search.grouping import arranged
from inphotos.search.order import Group, Groups, Listed, Sort
from inphotos.search.query import Query
from inphotos.search.ranking import Results, result_of
from inphotos.search.remembered import Remembered
from inphotos.store.catalog import Catalog
from inphotos.store.database import Database
from inphotos.store.marks import MarkBook
from inphotos.store.table import PhotoTable


@dataclass(frozen=True, slots=True)
class _List:
    """What is listed.

    Attributes:
        query: whose filters the photos pass; None for all photos.
        alike_to: only the photos that are alike to this one.
        all_alike: all photos that are alike to another one, group by group.
        fold: of photos that are alike, only the first.
    """

    query: Query | None = None
    alike_to: int | None = None
    sort: Sort = "date"
    group: Group = "none"
    fold: bool = False
    all_alike: bool = False


@dataclass(frozen=True, slots=True)
class _Order:
    """What pages are cut from; ``fold`` is None where nothing is folded."""

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
        self,
        database: Database,
        catalog: Catalog,
        offline: Callable[[], Collection[int]],
        marks: MarkBook | None = None,
    ) -> None:
        """Wire the parts; without marks no photo is a favourite, rated or tagged by the user."""
        self.catalog = catalog
        self.offline = offline
        self.table = PhotoTable(database, catalog.folders)
        self.alike = AlikePhotos(self.table)
        self.masks = FilterMasks(self.table, offline, self.alike, marks)
        self._orders: Remembered[_Order] = Remembered()

    def list(
        self,
        query: Query,
        model: str,
        *,
        top: int,
        offset: int = 0,
        sort: Sort = "date",
        group: Group = "none",
        fold: bool = False,
    ) -> Results:
        """List the photos that pass a query's filters.

        Args:
            query: has no concepts.
            model: name of the library's model, for the answer.
            top: how many photos at most.
            offset: how many to leave out at the beginning. Further pages go on with what the
                first one began, even if the library has changed.
            sort, group: as :meth:`SearchEngine.search` says; relevance means the date.
            fold: leave out all but the first of photos that are alike.

        Raises:
            QueryError: the query has no filter either.
            LibraryError: the store cannot be read.
        """
        if not query.filters:
            raise QueryError(query.problems[0].message)
        return self._page(_List(query, None, sort, group, fold), model, top, offset)

    def everything(
        self,
        model: str,
        *,
        top: int,
        offset: int = 0,
        sort: Sort = "date",
        group: Group = "none",
        fold: bool = False,
    ) -> Results:
        """List all photos.

        Args:
            model, top, offset, sort, group, fold: as in :meth:`list`.

        Raises:
            LibraryError: the store cannot be read.
        """
        return self._page(_List(None, None, sort, group, fold), model, top, offset)

    def alike_to(self, photo_id: int, model: str, *, top: int, offset: int = 0) -> Results:
        """List the photos that are alike to one, which is among them, the best first.

        Args:
            photo_id: the photo; of one that is not there, there are none.
            model, top, offset: as in :meth:`list`.

        Raises:
            LibraryError: the store cannot be read.
        """
        return self._page(_List(alike_to=photo_id), model, top, offset)

    def all_alike(self, model: str, *, top: int, offset: int = 0) -> Results:
        """List the photos that are alike to another one, group by group, each with its best first.

        The groups are in the order of :meth:`groups`; :attr:`Result.group` says what kind each is,
        how many photos it has, and which photo stands for it, such as ``copies 3 17``.

        Args:
            model, top, offset: as in :meth:`list`.

        Raises:
            LibraryError: the store cannot be read.
        """
        return self._page(_List(all_alike=True), model, top, offset)

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

    def facets(self) -> Facets:
        """Return what the photos can be divided by.

        Raises:
            LibraryError: the store cannot be read.
        """
        self.table.refresh()
        return read_facets(self.table, [folder.path for folder in self.catalog.folders.all()])

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

    def count_known_alike(self) -> tuple[int, bool]:
        """Return how many photos are known to be in groups, and whether those are all.

        In a large library it takes a while to find them, which this begins and does not wait for.

        Raises:
            LibraryError: the store cannot be read.
        """
        self.table.refresh()
        self.alike.recent_groups()
        is_all = self.alike.is_known  # ahead of counting, or the last ones might be missed
        return self.alike.recent_groups().count()[1], is_all

    def close(self) -> None:
        """Read nothing any more; belongs before the library is closed."""
        self.alike.close()

    def _page(self, wanted: _List, model: str, top: int, offset: int) -> Results:
        started = time.perf_counter()
        order = self._orders.get(wanted) if offset else None
        if order is None:
            self.table.refresh()
            order = self._orders.put(wanted, self._order(wanted))
        ids, _ = order.ids.page(offset, top)
        groups = order.ids.groups(offset, top) or repeat("")
        counts = [1] * len(ids) if order.fold is None else order.fold.alike(ids)
        photos = self.catalog.by_ids(ids.tolist())
        offline = self.offline()
        listed = tuple(
            result_of(photos[id_], rank, offline, group=group, alike=alike)
            for rank, (id_, alike, group) in enumerate(
                zip(ids.tolist(), counts, groups, strict=False), start=offset + 1
            )
            if id_ in photos
        )
        query = wanted.query
        return Results(
            query="" if query is None else " ".join(query.text.split()),
            model=model,
            took_ms=(time.perf_counter() - started) * 1000,
            total=order.ids.total,
            results=listed,
            parsed=query,
            problems=() if query is None else query.problems,
            length=order.ids.length,
            folded=0 if order.fold is None else order.fold.hidden,
        )

    def _order(self, wanted: _List) -> _Order:
        table = self.table
        if wanted.alike_to is not None:
            rows = table.rows_of(self.alike.groups().with_all_of(np.array([wanted.alike_to])))
            rows = rows[rows >= 0]
            rows = self.alike.best_first(rows[table.shown[rows]])
            return _Order(Listed(table.ids[rows], None, len(rows)))
        if wanted.all_alike:
            rows, codes, keys = self.alike.in_groups()
            groups = Groups(codes, keys.__getitem__)
            return _Order(Listed(table.ids[rows], None, len(rows), groups))
        conditions = () if wanted.query is None else wanted.query.conditions
        rows = np.flatnonzero(table.shown & self.masks.accepted(conditions))
        order, divided = arranged(table, rows, wanted.sort, wanted.group)
        ids = table.ids[rows[order]]
        if not wanted.fold:
            return _Order(Listed(ids, None, len(ids), divided))
        fold = Fold(self.alike.recent_groups())
        fold.count(ids)
        kept = np.flatnonzero(fold.first(ids))
        if divided is not None:
            divided = divided.taken(kept)
        return _Order(Listed(ids[kept], None, fold.total, divided), fold)
