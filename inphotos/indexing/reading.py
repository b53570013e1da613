"""Reading files and storing what they turn out to be: moved, copied, touched, edited or new."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from inphotos.encoders.base import Encoder, Model
from inphotos.errors import CancelledError, PhotoError
from inphotos.events import Control, IndexEvent, Meter, PhotoFailed, PhotosIndexed, Progress
from inphotos.indexing.changes import Changes, Claim
from inphotos.indexing.encoding import EncodingLine
from inphotos.indexing.identity import Identities
from inphotos.indexing.occupants import Occupants
from inphotos.indexing.queue import WorkQueue
from inphotos.indexing.records import Equal, Record, Records
from inphotos.phash import NOT_HASHED
from inphotos.photos import volumes
from inphotos.photos.decode import DECODER_VERSION, Decoded, Known
from inphotos.photos.decoders import DecoderPool
from inphotos.photos.metadata import READER_VERSION
from inphotos.photos.presence import is_gone
from inphotos.photos.worker import Outcome
from inphotos.store.details import to_ms

#: Photos encoded and committed together: large enough for the matrix multiply, small enough that
#: an interruption costs about a second of work.
BATCH = 16

#: Whoever keeps an event for so long wants the work to rest meanwhile.
_REST_SECONDS = 0.1

#: Photos that need no encoding are committed in larger batches.
_RECORDS = 128


@dataclass(slots=True)
class Tally:
    """What reading came to.

    Attributes:
        indexed: photos that were encoded, or share the embedding of an equal one from now on.
        unchanged: photos whose file turned out to be as it was.
        offline: ids of folders that went away meanwhile.
        passing: (path, reason) of failures that are not the file's and not remembered.
        unfinished: files that were not read to the end, by the id of their directory.
    """

    indexed: int = 0
    unchanged: int = 0
    offline: set[int] = field(default_factory=set)
    passing: list[tuple[Path, str]] = field(default_factory=list)
    unfinished: Counter[int] = field(default_factory=Counter)


class Reader:
    """Reads all claims of one run.

    Attributes:
        tally: what it came to so far.
        identities: finds out which photo a file is.
    """

    def __init__(
        self,
        changes: Changes,
        records: Records,
        occupants: Occupants,
        roots: dict[int, Path],
        model: Model | None,
        load_encoder: Callable[[], Encoder],
        settle: Callable[[], None],
    ) -> None:
        """Prepare to read.

        Args:
            changes: what the comparison found.
            records: stores photos.
            occupants: tells who has to go for them.
            roots: paths of the folders by id.
            model: what to encode with, None to read only.
            load_encoder: loads it, when there is something to encode.
            settle: called once it is known which of the displaced photos were found.
        """
        self._claims = changes.claims
        self._records = records
        self._occupants = occupants
        self._roots = roots
        self._model = model
        self._load_encoder = load_encoder
        self._settle = settle
        self.identities = Identities(changes, changes.claims)
        self.tally = Tally(unfinished=Counter(c.photo.directory_id for c in changes.claims))
        self._decisive = sum(claim.is_decisive for claim in changes.claims)
        self._deferred: list[tuple[Claim, Decoded | Known, Equal | None]] = []
        self._batch: list[Record] = []
        self._line = EncodingLine()
        self._rests = False
        self._encoder: Encoder | None = None
        self._done = self._failed = 0

    def read(
        self, looked_at: Callable[[], Sequence[int]], control: Control
    ) -> Generator[IndexEvent, None, None]:
        """Decode, encode and store.

        Args:
            looked_at: gives the ids of the photos that the user sees, which come first.
            control: lets the user pause and cancel.

        Raises:
            CancelledError: by way of ``control``.
            DecoderError, LibraryError, ModelError: nothing can be read, stored or encoded.
        """
        self._control = control
        if not self._decisive:
            self._settle()
        queue = WorkQueue(self._claims, looked_at)
        if not len(queue):
            return
        self._meter = Meter("indexing", len(queue), 60.0)
        with DecoderPool(self._model.pixels if self._model else None) as pool, self._line:
            try:
                while len(queue):  # a file may be put back, to be read once more
                    yield from self._read(queue, pool)
            except CancelledError:
                yield from self._commit_encoded()
                raise

    def _read(self, queue: WorkQueue, pool: DecoderPool) -> Generator[IndexEvent, None, None]:
        for task, outcome in pool.decode_all(queue, self._control):
            yield from self._take(task.claim, outcome, queue)
            if self._is_batch_full():
                yield from self._encode()
            while self._line.is_due:
                self._control.checkpoint()
                yield from self._commit()
        yield from self._flush()

    def _take(
        self, claim: Claim, outcome: Outcome, queue: WorkQueue
    ) -> Generator[IndexEvent, None, None]:
        taken = [claim]
        if claim.photo.folder_id in self.tally.offline:
            self._give_up(taken)
        elif isinstance(outcome, PhotoError):
            if self._went_offline(claim, outcome):
                taken += queue.drop(claim.photo.folder_id)
                self._give_up(taken)
            else:
                yield from self._fail(claim, outcome)
        else:
            if outcome.content in self._line:
                yield from self._commit_all()  # its equal is at hand then
            equal = self._records.equal(outcome.content)
            if equal is None and isinstance(outcome, Known):
                queue.put_back(replace(claim, known=()))
                return
            self._accept(claim, outcome, equal)
        for read in taken:
            self.identities.was_read(read.photo)
        if self._decisive:
            self._decisive -= sum(read.is_decisive for read in taken)
            if not self._decisive:
                yield from self._decide()

    def _decide(self) -> Generator[IndexEvent, None, None]:
        """Take up what had to wait until every file with a say was read."""
        self.identities.decide()
        deferred, self._deferred = self._deferred, []
        for claim, outcome, equal in deferred:
            self._accept(claim, outcome, equal)
        yield from self._flush()
        self._settle()

    def _accept(self, claim: Claim, outcome: Decoded | Known, equal: Equal | None) -> None:
        photo = self.identities.identify(claim, outcome.content)
        if photo is None:
            self._deferred.append((claim, outcome, equal))
            return
        was = photo.content
        is_encoded = photo.id in self._records.encoded and was == outcome.content
        taken = outcome.metadata.taken
        photo = replace(
            photo,
            content=outcome.content,
            reason="",
            decoder=DECODER_VERSION,
            reader=READER_VERSION,
            taken_ms=photo.mtime_ns // 1_000_000 if taken is None else to_ms(taken),
        )
        pixels = vector = None
        thumbnails: dict[int, bytes] = {}
        if isinstance(outcome, Decoded):
            photo = replace(photo, width=outcome.width, height=outcome.height, phash=outcome.phash)
            thumbnails = outcome.thumbnails
        elif equal is not None:
            photo = replace(photo, width=equal.width, height=equal.height, phash=equal.phash)
        if not is_encoded:
            vector = equal.vector if equal is not None else None
            if vector is None and isinstance(outcome, Decoded):
                pixels = outcome.pixels
        if vector is not None or pixels is not None:
            self.tally.indexed += 1
        elif was == outcome.content and photo.id == claim.photo.id:
            self.tally.unchanged += 1
        self._batch.append(
            Record(
                photo=photo,
                metadata=outcome.metadata,
                thumbnails=thumbnails,
                pixels=pixels,
                vector=vector,
                is_rewritten=bool(was) and was != outcome.content,
            )
        )

    def _went_offline(self, claim: Claim, error: PhotoError) -> bool:
        """Tell whether a file failed because the drive of its folder went away."""
        folder_id = claim.photo.folder_id
        if error.lasting or volumes.is_reachable(self._roots[folder_id], had_photos=True):
            return False
        self.tally.offline.add(folder_id)
        return True

    def _give_up(self, claims: Sequence[Claim]) -> None:
        """Leave photos as they are known, because their files cannot be read this time."""
        for claim in claims:
            self.identities.keep(claim.photo)
        self._done += len(claims)

    def _fail(self, claim: Claim, error: PhotoError) -> Generator[IndexEvent, None, None]:
        """Note that a file cannot be read."""
        if not error.lasting and is_gone(claim.photo.path):
            self._done += 1  # deleted since the scan; the next one will see to it
            return
        yield PhotoFailed(claim.photo.path, error.reason)
        self._failed += 1
        if not error.lasting and claim.photo.content:
            # What is known of it may still hold.
            self.tally.passing.append((claim.photo.path, error.reason))
            self._give_up([claim])
            return
        photo = self.identities.failed(claim.photo)
        self._batch.append(
            Record(
                photo=replace(
                    photo,
                    reason=error.reason,
                    content="",
                    width=0,
                    height=0,
                    phash=NOT_HASHED,
                    decoder=DECODER_VERSION if error.lasting else 0,
                ),
                is_rewritten=bool(photo.content),
            )
        )

    def _is_batch_full(self) -> bool:
        waiting = sum(record.pixels is not None for record in self._batch)
        return waiting >= BATCH or len(self._batch) >= _RECORDS

    def _encode(self) -> Generator[IndexEvent, None, None]:
        """Send what has been read on its way."""
        batch, self._batch = self._batch, []
        if self._encoder is None and any(record.pixels is not None for record in batch):
            yield Progress("loading", 0, len(self._claims))
            self._encoder = self._load_encoder()
            self._control.checkpoint()
        self._line.put(batch, self._encoder)
        if self._rests:
            yield from self._commit_all()

    def _commit(self) -> Generator[IndexEvent, None, None]:
        """Commit the first batch of those on their way."""
        batch, vectors = self._line.take()
        leaving = self._occupants.make_way([record.photo for record in batch])
        ids = self._records.store(batch, vectors, leaving)
        for record in batch:
            if record.photo.decoder:
                self.tally.unfinished[record.photo.directory_id] -= 1
        self._done += len(batch)
        readable = [id_ for id_, r in zip(ids, batch, strict=True) if not r.photo.reason]
        given = time.monotonic()
        if readable:
            yield PhotosIndexed(tuple(readable))
        yield self._meter.progress(self._done, self._failed)
        self._rests = time.monotonic() - given > _REST_SECONDS

    def _commit_all(self) -> Generator[IndexEvent, None, None]:
        while len(self._line):
            self._control.checkpoint()
            yield from self._commit()

    def _commit_encoded(self) -> Generator[IndexEvent, None, None]:
        """Commit what has been encoded, now that the user has cancelled."""
        self._line.give_up_waiting()
        while len(self._line):
            yield from self._commit()

    def _flush(self) -> Generator[IndexEvent, None, None]:
        """Encode and commit all that has been read."""
        if self._batch:
            yield from self._encode()
        yield from self._commit_all()
        yield self._meter.progress(self._done, self._failed)
