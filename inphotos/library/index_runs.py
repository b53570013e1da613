"""Runs the indexer for the model in use, and for the one that is to follow it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from inphotos.encoders.base import Encoder
from inphotos.errors import CancelledError, LibraryError, ModelError
from inphotos.events import Control, IndexEvent, IndexSummary, ModelReady, Progress
from inphotos.indexing.order import Order
from inphotos.library.equipped import EquippedModel
from inphotos.photos.places import Places
from inphotos.photos.thumbnails import ThumbnailCache
from inphotos.store.catalog import Catalog
from inphotos.store.database import Database
from inphotos.store.details import DetailsTable
from inphotos.store.folders import Folder
from inphotos.store.marks import MarkBook


@dataclass(frozen=True)
class IndexRuns:
    """What every run of the indexer works on.

    Attributes:
        database, catalog, details, marks: where what is known of photos is kept.
        thumbnails: of photos.
        places: names of places.
    """

    database: Database
    catalog: Catalog
    details: DetailsTable
    marks: MarkBook
    thumbnails: ThumbnailCache
    places: Places

    def run(
        self,
        used: EquippedModel | None,
        name: str,
        folders: Sequence[Folder],
        control: Control,
        order: Order,
    ) -> Iterator[IndexEvent]:
        """Bring the library up to date with one model; see :meth:`Indexer.run`.

        Args:
            used: the model; without one photos are read, but not encoded.
            name: of the chosen model, which may not be here.
            folders, control, order: as there.
        """
        # What reads photos is no part of a start or of a query, and takes as long to load.
        from inphotos.indexing.indexer import Indexer
        from inphotos.indexing.records import Records

        records = Records(
            self.database,
            self.catalog,
            self.details,
            self.thumbnails,
            self.places,
            used.index if used else None,
            self.marks,
        )
        model, load_encoder = (used.model, used.encoder) if used else (None, _no_encoder)
        indexer = Indexer(self.database, self.catalog, records, model, load_encoder)
        for event in indexer.run(folders, name, control, order):
            if used and isinstance(event, Progress) and event.phase == "loading":
                used.runtimes.expect(event.total or 0)
            elif used and isinstance(event, IndexSummary):
                # The photos are indexed, whatever becomes of this; the next run tries again.
                with contextlib.suppress(CancelledError, ModelError, LibraryError):
                    yield from used.calibrate(control)
            yield event

    def prepare(
        self,
        following: EquippedModel,
        folders: Sequence[Folder],
        control: Control,
        order: Order,
        summary: IndexSummary,
    ) -> Iterator[IndexEvent]:
        """Encode the photos for a model that is to be used next, after :meth:`run`.

        Args:
            following: the model.
            folders, control, order: as there.
            summary: of that run.

        Yields:
            ``ModelReady`` once all photos of folders that can be reached are encoded and the
            model is loaded, and a summary of both runs.

        Raises:
            CancelledError, LibraryError, ModelError: see :meth:`run`; what is encoded is kept.
        """
        for event in self.run(following, following.model.name, folders, control, order):
            if isinstance(event, IndexSummary):
                if following.model.has_text:
                    following.encoder().load_texts()
                yield ModelReady(following.model.name)
                yield replace(
                    summary,
                    indexed=summary.indexed + event.indexed,
                    seconds=summary.seconds + event.seconds,
                )
            elif isinstance(event, Progress) and event.phase == "indexing":
                yield replace(event, phase="preparing")
            else:
                yield event


def _no_encoder() -> Encoder:
    raise AssertionError("nothing is encoded without a model")
