"""Brings the catalog and the index up to date with the folders, reporting as it goes.

The work is a generator: whoever drives it (the command line, a thread of the window) gets each
event as a value and decides how to show it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from inphotos.encoders.base import Encoder, Model
from inphotos.events import Control, IndexEvent, IndexSummary, PhotosFound
from inphotos.indexing.changes import Changes, FolderScan, compare
from inphotos.indexing.look import Lookout, Sight
from inphotos.indexing.occupants import Occupants
from inphotos.indexing.order import Order
from inphotos.indexing.reading import Reader, Tally
from inphotos.indexing.records import Records
from inphotos.indexing.removals import Removals
from inphotos.store.catalog import Catalog
from inphotos.store.database import Database
from inphotos.store.folders import Folder


class Indexer:
    """Indexes the folders of one library, for one model or, without one, for browsing only."""

    def __init__(
        self,
        database: Database,
        catalog: Catalog,
        records: Records,
        model: Model | None,
        load_encoder: Callable[[], Encoder],
    ) -> None:
        """Wire the parts for one run.

        Args:
            database, catalog: what is known.
            records: stores what is read.
            model: what to encode with; None when ``records`` has no index.
            load_encoder: loads it, when there is something to encode.
        """
        self._database = database
        self._catalog = catalog
        self._records = records
        self._model = model
        self._load_encoder = load_encoder

    def run(
        self, folders: Sequence[Folder], model_name: str, control: Control, order: Order
    ) -> Iterator[IndexEvent]:
        """Scan the folders, then decode, encode and store what is new or changed.

        Every batch is committed before its event is given out, so a run that is cancelled or
        killed loses at most the batch in hand; the next run goes on from there.

        Yields:
            progress, batches and failures as they happen, an ``IndexSummary`` at the end.

        Raises:
            CancelledError: ``control`` was cancelled.
            LibraryError: the library cannot be written.
        """
        started = time.monotonic()
        lookout = Lookout(
            self._database, self._catalog, self._model.fingerprint if self._model else ""
        )
        sight = yield from lookout.look(folders, order.scope, control, trust=order.accept_removals)
        sight.scans = self._open_directories(sight.scans)
        # To know which photos are encoded takes reading all of the index.
        is_compared = any(scan.listings for scan in sight.scans)
        encoded = self._records.encoded if self._model is not None and is_compared else None
        changes = compare(sight.scans, self._catalog, encoded)
        removals = Removals(
            self._catalog, self._database, sight.scans, changes, order.accept_removals
        )
        occupants = Occupants(changes.displaced.values())
        new = self._store_known(changes, occupants)
        if new:
            yield PhotosFound(new)
        reader = Reader(
            changes,
            self._records,
            occupants,
            {scan.folder.id: scan.folder.path for scan in sight.scans},
            self._model,
            self._load_encoder,
            lambda: removals.settle(reader.tally.offline),
        )
        yield from reader.read(order.looked_at, control)
        yield from self._records.hash_known(control)
        self._close_directories(sight.scans, lookout, reader.tally)
        yield self._summary(model_name, folders, sight, changes, reader, removals, started)

    def _open_directories(self, scans: Sequence[FolderScan]) -> list[FolderScan]:
        """Store new directories, and that nothing is settled about those that may have changed."""
        rows = [d for scan in scans for d, _ in scan.listings]
        vanished = [replace(d, settled=b"") for scan in scans for d in scan.vanished if d.settled]
        if not rows and not vanished:
            return list(scans)
        with self._database.transaction():
            ids = iter(
                self._catalog.folders.put_directories([replace(d, settled=b"") for d in rows])
            )
            self._catalog.folders.put_directories(vanished)
        return [
            replace(
                scan,
                listings=[
                    (replace(directory, id=next(ids)), listing)
                    for directory, listing in scan.listings
                ],
            )
            for scan in scans
        ]

    def _store_known(self, changes: Changes, occupants: Occupants) -> int:
        """Commit what needs no reading, and new photos as not read yet; return how many are new.

        Photos that may turn out to be others under a new path are not stored yet.
        """
        new = [c for c in changes.claims if not c.photo.id and not c.is_decisive]
        if new or changes.revived:
            with self._database.transaction():
                self._catalog.put(occupants.make_way(changes.revived))
                self._catalog.put(changes.revived)
                ids = self._catalog.put([claim.photo for claim in new])
            stored = dict(zip(map(id, new), ids, strict=True))
            changes.claims = [
                replace(c, photo=replace(c.photo, id=stored[id(c)])) if id(c) in stored else c
                for c in changes.claims
            ]
        return len(new)

    def _close_directories(
        self, scans: Sequence[FolderScan], lookout: Lookout, tally: Tally
    ) -> None:
        """Note the directories in which nothing is left to do."""
        settled = [
            replace(directory, settled=lookout.mark(listing))
            for scan in scans
            if scan.folder.id not in tally.offline
            for directory, listing in scan.listings
            if not tally.unfinished[directory.id]
            and listing.digest
            and listing.directory not in scan.incomplete
        ]
        if settled:
            with self._database.transaction():
                self._catalog.folders.put_directories(settled)

    def _summary(
        self,
        model_name: str,
        folders: Sequence[Folder],
        sight: Sight,
        changes: Changes,
        reader: Reader,
        removals: Removals,
        started: float,
    ) -> IndexSummary:
        visited = {scan.folder.id for scan in sight.scans}
        away = {folder.id for folder in sight.offline} | reader.tally.offline
        failed = [
            (photo.path, photo.reason)
            for photo in self._catalog.failures()
            if photo.folder_id in visited
        ]
        return IndexSummary(
            model=model_name,
            folders=tuple(folder.path for folder in folders),
            found=sight.found,
            indexed=reader.tally.indexed,
            unchanged=sight.unchanged + changes.unchanged + reader.tally.unchanged,
            moved=changes.moved + reader.identities.moved,
            removed=removals.removed,
            missing=sum(self._catalog.count_missing(folder.id) for folder in folders),
            offline=tuple(folder.path for folder in folders if folder.id in away),
            offline_photos=sum(self._catalog.count(folder_id) for folder_id in away),
            relocated=tuple(folder.path for folder in sight.relocated),
            unreadable=tuple(sight.unreadable),
            placeholders=tuple(sight.placeholders),
            failed=(*failed, *reader.tally.passing),
            seconds=time.monotonic() - started,
            unkept=self._records.unkept,
            unkept_reason=self._records.unkept_reason,
        )
