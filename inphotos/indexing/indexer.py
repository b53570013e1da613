"""Brings the catalog and the index up to date with the folders, reporting as it goes.

The work is a generator: whoever drives it (the command line, a thread of the window) gets each
event as a value and decides how to show it.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace

from inphotos.encoders.base import Encoder, normalize
from inphotos.errors import PhotoError
from inphotos.events import (
    Control,
    IndexEvent,
    IndexSummary,
    PhotoFailed,
    PhotosIndexed,
    Progress,
)
from inphotos.indexing.changes import Changes, FolderScan, compare
from inphotos.photos.decode import DECODER_VERSION, Decoded
from inphotos.photos.decoders import DecoderPool
from inphotos.photos.scan import FoundFile, Scan
from inphotos.photos.thumbnails import ThumbnailCache
from inphotos.store.catalog import Catalog, Folder, Photo
from inphotos.store.database import Database, translated_os_errors
from inphotos.store.index import EmbeddingIndex

#: Photos encoded and committed together: large enough for the matrix multiply, small enough that
#: an interruption costs about a second of work.
BATCH = 16

_PROGRESS_EVERY = 500
"""Files between two reports of a scan."""


class Indexer:
    """Indexes the folders of one library for one model."""

    def __init__(
        self,
        database: Database,
        catalog: Catalog,
        index: EmbeddingIndex,
        thumbnails: ThumbnailCache,
        load_encoder: Callable[[], Encoder],
    ) -> None:
        """Wire the parts; the encoder is loaded only when there is something to encode."""
        self._database = database
        self._catalog = catalog
        self._index = index
        self._thumbnails = thumbnails
        self._load_encoder = load_encoder

    def run(
        self, folders: Sequence[Folder], model_name: str, control: Control
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
        scans: list[FolderScan] = []
        offline: list[Folder] = []
        for folder in folders:
            scan = yield from self._scan(folder, control, sum(len(s.files) for s in scans))
            if scan is None:
                offline.append(folder)
            else:
                scans.append(scan)
        known = [photo for scan in scans for photo in self._catalog.photos(scan.folder.id)]
        changes = compare(scans, known, self._index.ids())
        self._store_known(changes)
        indexed = yield from self._read_all(changes, control)
        visited = {scan.folder.id for scan in scans}
        failed = [
            (photo.path, photo.reason)
            for photo in self._catalog.failures()
            if photo.folder_id in visited
        ]
        yield IndexSummary(
            model=model_name,
            folders=tuple(folder.path for folder in folders),
            found=sum(len(scan.files) for scan in scans),
            indexed=indexed,
            unchanged=changes.unchanged,
            moved=changes.moved,
            removed=len(changes.gone),
            offline=tuple(folder.path for folder in offline),
            offline_photos=sum(self._catalog.count(folder.id) for folder in offline),
            unreadable=tuple(directory for scan in scans for directory in scan.unreadable),
            failed=tuple(failed),
            seconds=time.monotonic() - started,
        )

    def _scan(
        self, folder: Folder, control: Control, before: int
    ) -> Generator[Progress, None, FolderScan | None]:
        """Walk one folder; the generator's value is None when the folder is offline."""
        walk = Scan(folder.path)
        files: list[FoundFile] = []
        for file in walk:
            files.append(file)
            if len(files) % _PROGRESS_EVERY == 0:
                control.checkpoint()
                yield Progress("scanning", before + len(files))
        control.checkpoint()
        yield Progress("scanning", before + len(files))
        is_away = folder.path in walk.unreadable
        # The directory that a drive was mounted on is still there, and empty, when it is not.
        is_bare = walk.entries == 0 and self._catalog.count(folder.id) > 0
        return None if is_away or is_bare else FolderScan(folder, files, walk.unreadable)

    def _store_known(self, changes: Changes) -> None:
        """Commit what needs no reading: photos that went, came back or were moved."""
        gone = [replace(photo, gone=True) for photo in changes.gone]
        if gone or changes.revived:
            with self._database.transaction():
                self._catalog.put([*gone, *changes.revived])

    def _read_all(self, changes: Changes, control: Control) -> Generator[IndexEvent, None, int]:
        """Decode, encode and store; the generator's value is the number of photos encoded."""
        if not changes.to_read:
            return 0
        total = len(changes.to_read)
        yield Progress("loading", 0, total)
        encoder = self._load_encoder()
        control.checkpoint()
        by_path = {photo.path: photo for photo in changes.to_read}
        meter = _Meter(total)
        batch: list[tuple[Photo, Decoded | None]] = []
        indexed = failed = 0
        with DecoderPool(encoder.model.pixels) as pool:
            outcomes = pool.decode_all(by_path, control)
            for position, (path, outcome) in enumerate(outcomes, start=1):
                photo = replace(by_path[path], decoder=DECODER_VERSION)
                if isinstance(outcome, PhotoError):
                    failed += 1
                    photo = replace(photo, reason=outcome.reason, content="", width=0, height=0)
                    batch.append((photo, None))
                    yield PhotoFailed(path, outcome.reason)
                else:
                    photo = replace(
                        photo,
                        reason="",
                        content=outcome.content,
                        width=outcome.width,
                        height=outcome.height,
                    )
                    batch.append((photo, outcome))
                if len(batch) == BATCH or position == total:
                    ids = self._store_batch(batch, encoder, changes.rewritten)
                    batch.clear()
                    indexed += len(ids)
                    if ids:
                        yield PhotosIndexed(tuple(ids))
                    yield meter.progress(position, failed)
        return indexed

    def _store_batch(
        self,
        batch: Sequence[tuple[Photo, Decoded | None]],
        encoder: Encoder,
        rewritten: set[int],
    ) -> list[int]:
        """Encode and commit one batch; return the ids of the photos that were encoded."""
        readable = [(photo, decoded) for photo, decoded in batch if decoded is not None]
        unreadable = [photo for photo, decoded in batch if decoded is None]
        vectors = None
        if readable:
            vectors = normalize(encoder.encode_images([decoded.pixels for _, decoded in readable]))
        with translated_os_errors(self._database.directory):
            for _, decoded in readable:
                self._thumbnails.store(decoded.content, decoded.thumbnail)
        with self._database.transaction():
            self._database.drop_embeddings(
                [photo.id for photo, _ in batch if photo.id in rewritten]
            )
            self._catalog.put(unreadable)
            ids = self._catalog.put([photo for photo, _ in readable])
            if vectors is not None:
                self._index.put(ids, vectors)
        return ids


class _Meter:
    """Speed of late and the time that is left, from the last minute of work."""

    _WINDOW_SECONDS = 60.0

    def __init__(self, total: int) -> None:
        self._total = total
        self._marks: deque[tuple[float, int]] = deque([(time.monotonic(), 0)])

    def progress(self, done: int, failed: int) -> Progress:
        now = time.monotonic()
        self._marks.append((now, done))
        while len(self._marks) > 2 and now - self._marks[0][0] > self._WINDOW_SECONDS:
            self._marks.popleft()
        then, before = self._marks[0]
        rate = (done - before) / max(now - then, 1e-6)
        left = (self._total - done) / rate if rate > 0 else None
        return Progress("indexing", done, self._total, rate, left, failed)
