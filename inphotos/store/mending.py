"""Mends, in place, what :mod:`inphotos.store.consistency` finds.

Nothing is lost by it that the photos themselves do not say again: what cannot be kept is read anew
by the next index.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from inphotos.store.catalog import Catalog, Photo
from inphotos.store.columns import read_vectors
from inphotos.store.consistency import CHECKS, Inconsistency, Kind, check
from inphotos.store.database import Database
from inphotos.store.details import DetailsTable
from inphotos.store.folders import Directory

#: Embeddings put at a time when the graph of an index is made anew.
_REBUILD_CHUNK = 500


def mend(database: Database) -> list[Inconsistency]:
    """Mend everything in which the tables of a store disagree; return what that was.

    Nothing else may be writing into the library at that moment. Each kind is mended in one
    transaction, so that whoever is interrupted goes on where it was.

    Raises:
        DiskFullError, LibraryError: the store cannot be read or written; what was mended by then
            stays so.
    """
    mended = []
    mending = _Mending(database)
    for kind in CHECKS:
        for found in check(database, kind):
            with database.transaction():
                mending.by_kind[kind](found)
            mended.append(found)
    return mended


class _Mending:
    """What is done about each kind, inside a transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._catalog = Catalog(database)
        self._details = DetailsTable(database)
        self.by_kind: dict[Kind, Callable[[Inconsistency], None]] = {
            "lost_directory": self._remove_directories,
            "repeated_directory": self._join_directories,
            "lost_photo": self._place_or_remove,
            "repeated_photo": self._keep_one,
            "wrong_trouble": self._write_again,
            "orphan_details": self._remove_details,
            "absent_details": self._read_again,
            "stale_embedding": self._drop_embeddings,
            "broken_embedding": self._encode_again,
            "broken_graph": self._rebuild,
        }

    def _remove_directories(self, found: Inconsistency) -> None:
        # Their photos are lost then, and seen to as such.
        self._catalog.folders.remove_directories(found.ids)

    def _join_directories(self, found: Inconsistency) -> None:
        first: dict[tuple[int, str], int] = {}
        later: dict[int, int] = {}
        for directory in sorted(self._directories(), key=lambda d: d.id):
            known = first.setdefault((directory.folder_id, directory.path), directory.id)
            if known != directory.id:
                later[directory.id] = known
        photos = self._catalog.in_directories(found.ids)
        self._catalog.put([replace(p, directory_id=later[p.directory_id]) for p in photos])
        self._catalog.folders.unsettle(set(later.values()))
        self._catalog.folders.remove_directories(found.ids)

    def _place_or_remove(self, found: Inconsistency) -> None:
        """Put photos into the folder of their directory; take out those that have none.

        The files of those are found again as new ones.
        """
        directories = {directory.id: directory for directory in self._directories()}
        known = self._catalog.by_ids(found.ids)
        placed = [
            replace(photo, folder_id=directories[photo.directory_id].folder_id)
            for photo in known.values()
        ]
        self._catalog.put(placed)
        self._unsettle(placed)
        self._remove([id_ for id_ in found.ids if id_ not in known])

    def _keep_one(self, found: Inconsistency) -> None:
        """Of photos at one path keep the one that most is known of."""
        later = self._catalog.by_ids(found.ids).values()
        paths = {photo.path for photo in later}
        rows = defaultdict(list)
        for photo in self._catalog.in_directories({photo.directory_id for photo in later}):
            if photo.path in paths and photo.state != "gone":
                rows[photo.path].append(photo)
        spare = [
            photo
            for photos in rows.values()
            for photo in sorted(photos, key=lambda p: (not p.content, p.state != "here", p.id))[1:]
        ]
        self._remove([photo.id for photo in spare])
        self._unsettle(spare)

    def _write_again(self, found: Inconsistency) -> None:
        self._catalog.put(list(self._catalog.by_ids(found.ids).values()))

    def _remove_details(self, found: Inconsistency) -> None:
        self._details.remove(found.ids)

    def _read_again(self, found: Inconsistency) -> None:
        photos = [replace(p, reader=0) for p in self._catalog.by_ids(found.ids).values()]
        self._catalog.put(photos)
        self._unsettle(photos)

    def _drop_embeddings(self, found: Inconsistency) -> None:
        self._database.drop_embeddings(found.ids)

    def _encode_again(self, found: Inconsistency) -> None:
        assert found.index is not None  # what other models made of them is sound
        entity = self._database.schema.embeddings[found.index]
        self._database.store.box(entity).remove_many(list(found.ids))
        self._database.changes.note(entity._name, found.ids)
        self._unsettle(list(self._catalog.by_ids(found.ids).values()))

    def _rebuild(self, found: Inconsistency) -> None:
        """Make the graph of an index anew of its embeddings."""
        assert found.index is not None
        database = self._database
        entity = database.schema.embeddings[found.index]
        ids, vectors = read_vectors(database, entity, found.index[1])
        box = database.store.box(entity)
        box.remove_all()
        for start in range(0, len(ids), _REBUILD_CHUNK):
            chunk = slice(start, start + _REBUILD_CHUNK)
            pairs = zip(ids[chunk].tolist(), vectors[chunk], strict=True)
            box.put([entity(id=id_, vector=np.array(vector)) for id_, vector in pairs])
        database.changes.note(entity._name)

    def _remove(self, ids: Sequence[int]) -> None:
        self._catalog.remove(ids)
        self._details.remove(ids)
        self._database.drop_embeddings(ids)

    def _unsettle(self, photos: Sequence[Photo]) -> None:
        """Have the next index look at what has been mended."""
        self._catalog.folders.unsettle({photo.directory_id for photo in photos})

    def _directories(self) -> list[Directory]:
        return list(self._catalog.folders.directories_by_id().values())
