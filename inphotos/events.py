"""What long work reports while it runs, as plain values that any interface can show."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from inphotos.errors import CancelledError

Phase = Literal["loading", "scanning", "indexing", "downloading"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a piece of work is.

    Attributes:
        phase: what is going on.
        done: units finished (photos; bytes when downloading).
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
class IndexSummary:
    """What a run of the indexer did; the last event of a run that was not cancelled.

    Attributes:
        found: photos seen in the folders that could be reached.
        indexed: photos encoded in this run.
        unchanged: photos that were up to date and not read.
        moved: photos found under a new path that kept their embedding.
        removed: photos that are gone from their folder.
        unreadable: directories that could not be listed; nothing in them was removed.
        failed: (path, reason) of every photo in these folders that cannot be read.
        offline: folders that could not be reached; nothing of theirs was removed.
        offline_photos: readable photos that the catalog has of those folders.
        seconds: wall-clock time of the run.
    """

    model: str
    folders: tuple[Path, ...]
    found: int
    indexed: int
    unchanged: int
    moved: int
    removed: int
    offline: tuple[Path, ...]
    offline_photos: int
    unreadable: tuple[Path, ...]
    failed: tuple[tuple[Path, str], ...]
    seconds: float

    @property
    def photos_per_second(self) -> float:
        """Encoded photos per second of the whole run."""
        return self.indexed / self.seconds if self.seconds > 0 else 0.0


IndexEvent: TypeAlias = Progress | PhotosIndexed | PhotoFailed | IndexSummary


@dataclass(frozen=True, slots=True)
class Control:
    """The user's hand on a piece of long work: cancel it, pause it, let it go on.

    Safe to use from any thread. The work calls :meth:`checkpoint` between its steps.
    """

    cancelled: threading.Event = field(default_factory=threading.Event)
    _running: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._running.set()

    @property
    def paused(self) -> bool:
        """Whether the work waits to be resumed."""
        return not self._running.is_set()

    def pause(self) -> None:
        """Let the work wait at its next checkpoint."""
        self._running.clear()

    def resume(self) -> None:
        """Let paused work go on."""
        self._running.set()

    def cancel(self) -> None:
        """Ask the work to stop at its next checkpoint; also wakes it when it is paused."""
        self.cancelled.set()
        self._running.set()

    def checkpoint(self) -> None:
        """Wait while paused.

        Raises:
            CancelledError: the user has cancelled.
        """
        self._running.wait()
        if self.cancelled.is_set():
            raise CancelledError("Stopped; everything finished so far is kept.")
