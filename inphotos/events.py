"""What long work reports while it runs, as plain values that any interface can show."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, TypeAlias

from inphotos.errors import CancelledError

Phase = Literal[
    "loading",
    "scanning",
    "indexing",
    "preparing",
    "calibrating",
    "compacting",
    "downloading",
    "evaluating",
    "exporting",
    "tuning",
    "repairing",
]
WaitingFor = Literal["", "user", "mains"]

#: How often work that waits for mains power asks for it.
_ASK_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a piece of work is.

    Attributes:
        phase: what is going on; ``preparing`` is indexing for a model that is to be used next.
        done: units finished (photos; bytes when downloading or exporting, queries when
            evaluating).
        total: units in all, or None while it is not known yet.
        rate: units per second of late, 0.0 while it is not known yet.
        seconds_left: estimate, or None while it is not known yet.
        failed: photos that could not be read so far.
    """

    phase: Phase
    done: int
    total: int | None = None
    rate: float = 0.0
    seconds_left: float | None = None
    failed: int = 0


class Meter:
    """Makes progress out of counts: the speed of late and the time that is left."""

    def __init__(
        self,
        phase: Phase,
        total: int,
        window_seconds: float,
        *,
        done: int = 0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start measuring now.

        Args:
            phase: what is going on.
            total: units in all.
            window_seconds: the time that the speed is taken from.
            done: units that were finished before; they do not count as speed.
            clock: seconds that only grow.
        """
        self._phase: Phase = phase
        self._total = total
        self._window_seconds = window_seconds
        self._clock = clock
        self._marks: deque[tuple[float, int]] = deque([(clock(), done)])

    def progress(self, done: int, failed: int = 0) -> Progress:
        """Return how far the work is now that ``done`` units are finished."""
        now = self._clock()
        self._marks.append((now, done))
        # Two are kept however old they are: slow work has a speed too.
        while len(self._marks) > 2 and now - self._marks[0][0] > self._window_seconds:
            self._marks.popleft()
        then, before = self._marks[0]
        rate = max(0.0, (done - before) / (now - then)) if now > then else 0.0
        left = max(0, self._total - done) / rate if rate > 0 else None
        return Progress(self._phase, done, self._total, rate, left, failed)


@dataclass(frozen=True, slots=True)
class PhotosFound:
    """New photos are in the library; they can be browsed, but have not been read yet."""

    count: int


@dataclass(frozen=True, slots=True)
class PhotosIndexed:
    """A batch was committed; its photos can be found from now on."""

    photo_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PhotoFailed:
    """One photo could not be read; the work goes on."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class ModelReady:
    """All photos are encoded for the model that is to be used next; it can be used now."""

    name: str


@dataclass(frozen=True, slots=True)
class IndexSummary:
    """What a run of the indexer did; the last event of a run that was not cancelled.

    Attributes:
        found: photos seen in the folders that could be reached.
        indexed: photos that got an embedding in this run: by being encoded, or as a copy of one
            that has it.
        unchanged: photos that were up to date.
        moved: photos found under a new path that kept all that is known of them.
        removed: photos that have left the library, because their files have vanished.
        missing: photos whose files have vanished, so many at once that they are kept until the
            user agrees; also from earlier runs.
        offline: folders that could not be reached; nothing of theirs was removed.
        offline_photos: readable photos that the catalog has of those folders.
        relocated: where folders are now that were found under another path.
        unreadable: directories that could not be listed; nothing in them was removed.
        placeholders: photos that are in the cloud only, and were not opened.
        failed: (path, reason) of every photo in these folders that cannot be read.
        seconds: wall-clock time of the run.
        unkept: photos whose thumbnails could not be written.
        unkept_reason: why, in a few words.
    """

    model: str
    folders: tuple[Path, ...]
    found: int
    indexed: int
    unchanged: int
    moved: int
    removed: int
    missing: int
    offline: tuple[Path, ...]
    offline_photos: int
    relocated: tuple[Path, ...]
    unreadable: tuple[Path, ...]
    placeholders: tuple[Path, ...]
    failed: tuple[tuple[Path, str], ...]
    seconds: float
    unkept: int = 0
    unkept_reason: str = ""

    @property
    def photos_per_second(self) -> float:
        """Encoded photos per second of the whole run."""
        return self.indexed / self.seconds if self.seconds > 0 else 0.0


IndexEvent: TypeAlias = (
    Progress | PhotosFound | PhotosIndexed | PhotoFailed | ModelReady | IndexSummary
)


@dataclass(frozen=True, slots=True)
class Control:
    """The user's hand on a piece of long work: cancel it, pause it, let it go on.

    Safe to use from any thread. The work calls :meth:`checkpoint` between its steps.

    Attributes:
        cancelled: set once the user has cancelled.
        may_run: tells whether there is the power that the work is to wait for; None means that it
            runs on any. Asked often, by the thread that works.
    """

    cancelled: threading.Event = field(default_factory=threading.Event)
    may_run: Callable[[], bool] | None = None
    _running: threading.Event = field(default_factory=threading.Event)
    _held: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._running.set()

    @property
    def paused(self) -> bool:
        """Whether the work waits to be resumed."""
        return not self._running.is_set()

    @property
    def waiting_for(self) -> WaitingFor:
        """What the work waits for: the user to resume it, mains power, or nothing ("").

        The user's pause is known from the moment it is asked for, the lack of power when the work
        has come to a checkpoint.
        """
        if self.paused:
            return "user"
        return "mains" if self._held.is_set() else ""

    def pause(self) -> None:
        """Let the work wait at its next checkpoint."""
        self._running.clear()

    def resume(self) -> None:
        """Let paused work go on."""
        self._running.set()

    def cancel(self) -> None:
        """Ask the work to stop at its next checkpoint; also wakes it when it waits."""
        self.cancelled.set()
        self._running.set()

    def checkpoint(self) -> None:
        """Wait while paused, and while the power is missing.

        Raises:
            CancelledError: the user has cancelled.
        """
        while True:
            self._running.wait()
            if self.cancelled.is_set():
                self._held.clear()
                raise CancelledError("Stopped; everything finished so far is kept.")
            if self.may_run is None or self.may_run():
                self._held.clear()
                return
            self._held.set()
            self.cancelled.wait(_ASK_SECONDS)
