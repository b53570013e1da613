"""Taking out of the store what photos leave behind that have left the library."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from inphotos.events import Control, Progress
from inphotos.store.catalog import Catalog
from inphotos.store.database import Database
from inphotos.store.details import DetailsTable

#: What taking one embedding out of an HNSW graph costs, in embeddings put into a new one. Measured
#: at 10,000 x 512: 43 ms against 1.6 ms.
_REMOVAL_COST = 27

#: Embeddings taken out in one transaction: a few seconds' work, which cancelling waits for.
_CHUNK = 50

#: Embeddings read and put at a time when an index is made anew.
_REBUILD_CHUNK = 500


@dataclass(slots=True)
class Leavings:
    """What was removed so far.

    Attributes:
        photos: rows of the catalog.
        embeddings: of all models.
    """

    photos: int = 0
    embeddings: int = 0


class Compaction:
    """Removes gone photos from the catalog, and from the indexes what belongs to no photo.

    Can be cancelled at any step; what is finished stays finished, and the rest is for the next
    time.

    Attributes:
        removed: what was removed so far.
    """

    def __init__(self, database: Database, catalog: Catalog, details: DetailsTable) -> None:
        self._database = database
        self._catalog = catalog
        self._details = details
        self.removed = Leavings()

    def count(self, gone_before_ms: int | None = None) -> int:
        """Count the photos that :meth:`run` would remove something of.

        Args:
            gone_before_ms: as there.
        """
        left = {photo.id for photo in self._catalog.gone(gone_before_ms)}
        known = self._catalog.all_ids()
        for entity in self._database.schema.embeddings.values():
            left |= self._ids(entity) - known
        return len(left)

    def run(self, control: Control, gone_before_ms: int | None = None) -> Iterator[Progress]:
        """Remove.

        Args:
            control: lets the user pause and cancel.
            gone_before_ms: leave photos alone that left the library later than this (milliseconds
                since 1970), because their files may still turn up elsewhere; None for none.

        Raises:
            CancelledError: by way of ``control``.
            LibraryError: the store cannot be written.
        """
        gone = [photo.id for photo in self._catalog.gone(gone_before_ms)]
        keep = self._catalog.all_ids().difference(gone)
        plans = []
        for entity in self._database.schema.embeddings.values():
            ids = self._ids(entity)
            plans.append((entity, sorted(ids - keep), sorted(ids & keep)))
        total = sum(_cost(left, kept) for _, left, kept in plans)
        done = 0
        for entity, left, kept in plans:
            if not left:
                continue
            steps = (
                self._rebuild(entity, left, kept, control)
                if _is_rebuild_cheaper(left, kept)
                else self._take_out(entity, left, control)
            )
            for cost in steps:
                done += cost
                yield Progress("compacting", done, total)
        with self._database.transaction():
            self._catalog.remove(gone)
            self._details.remove(gone)
            self._catalog.remove_empty_directories()
        self.removed.photos = len(gone)

    def _take_out(self, entity: Any, left: list[int], control: Control) -> Iterator[int]:
        for start in range(0, len(left), _CHUNK):
            control.checkpoint()
            chunk = left[start : start + _CHUNK]
            with self._database.transaction():
                self._box(entity).remove_many(chunk)
                self._database.changes.note(entity._name, chunk)
            self.removed.embeddings += len(chunk)
            yield _REMOVAL_COST * len(chunk)

    def _rebuild(
        self, entity: Any, left: list[int], kept: list[int], control: Control
    ) -> Iterator[int]:
        """Make the graph anew, in one transaction: until its end everybody sees the old one."""
        with self._database.transaction():
            box = self._box(entity)
            rows = [
                row
                for start in range(0, len(kept), _REBUILD_CHUNK)
                for row in box.get_many(kept[start : start + _REBUILD_CHUNK])
            ]
            box.remove_all()
            self._database.changes.note(entity._name, left)
            for start in range(0, len(rows), _REBUILD_CHUNK):
                control.checkpoint()
                chunk = rows[start : start + _REBUILD_CHUNK]
                box.put(chunk)
                yield len(chunk)
        self.removed.embeddings += len(left)

    def _ids(self, entity: Any) -> set[int]:
        with self._database.errors():
            return set(self._box(entity).query().build().find_ids())

    def _box(self, entity: Any) -> Any:
        return self._database.store.box(entity)


def _is_rebuild_cheaper(left: list[int], kept: list[int]) -> bool:
    return len(kept) < _REMOVAL_COST * len(left)


def _cost(left: list[int], kept: list[int]) -> int:
    if not left:
        return 0
    return len(kept) if _is_rebuild_cheaper(left, kept) else _REMOVAL_COST * len(left)
