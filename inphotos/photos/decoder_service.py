"""Decoding single photos for whoever asks, in worker processes that come and go with the demand.

For photos that are wanted now, whatever the indexer is at: thumbnails for the screen and photos to
search with.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from inphotos.errors import CancelledError, DecoderError
from inphotos.pixels import PixelSpec, Region

if TYPE_CHECKING:
    # What decoders take is loaded with the first photo: a query with words has none.
    from inphotos.photos.decoder_process import DecoderProcess
    from inphotos.photos.worker import Answer

_IDLE_SECONDS = 30.0


class DecoderService:
    """Decodes one photo for each call, from any thread.

    A process starts when it is needed and ends when it has had nothing to do for a while.
    """

    def __init__(self, workers: int = 1, idle_seconds: float = _IDLE_SECONDS) -> None:
        """Prepare the service; nothing runs before the first request.

        Args:
            workers: how many photos are decoded at the same time at most.
            idle_seconds: after how much idleness a process ends.
        """
        self._idle_seconds = idle_seconds
        self._changed = threading.Condition()
        self._free = workers
        self._busy: set[DecoderProcess] = set()
        self._idle: list[tuple[float, DecoderProcess]] = []
        self._timer: threading.Timer | None = None
        self._closed = False

    @property
    def processes(self) -> int:
        """How many processes there are now."""
        with self._changed:
            return len(self._busy) + len(self._idle)

    def decode(
        self,
        path: Path,
        spec: PixelSpec | None = None,
        *,
        known: Sequence[str] = (),
        region: Region | None = None,
        view: int = 0,
        seconds: float | None = None,
    ) -> Answer:
        """Decode a photo and wait for it.

        Args:
            path: the file.
            spec: the pixels that are wanted, or None for thumbnails only.
            known: digests of contents that need no decoding.
            region: the part of the photo that the pixels are to show, or None for all of it.
            view: the long edge, in pixels, of the photo for the screen, which is returned alone
                then; 0 for none.
            seconds: how long it may take once its turn has come, None for as long as any photo
                may.

        Returns:
            What came of it; a photo that cannot be read is returned, not raised.

        Raises:
            CancelledError: the service was closed meanwhile.
            DecoderError: no worker process can be started.
        """
        from inphotos.photos.decoder_process import SECONDS_PER_PHOTO
        from inphotos.photos.worker import Request

        request = Request(path, spec, known, region, view)
        with self._process() as process:
            try:
                outcome = process.decode(request, SECONDS_PER_PHOTO if seconds is None else seconds)
            except DecoderError:
                self._raise_if_closed()  # then nothing is wrong with the process but that
                raise
            self._raise_if_closed()
            return outcome

    def close(self) -> None:
        """End all processes at once, also those in the middle of a photo."""
        with self._changed:
            self._closed = True
            if self._timer is not None:
                self._timer.cancel()
            idle = [process for _, process in self._idle]
            self._idle.clear()
            for process in self._busy:
                process.stop()
            self._changed.notify_all()
        for process in idle:
            process.close()

    @contextmanager
    def _process(self) -> Iterator[DecoderProcess]:
        """Lend a process: an idle one, a new one, or the next that becomes free."""
        process: DecoderProcess | None = None
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._free > 0)
            self._raise_if_closed()
            self._free -= 1
            if self._idle:
                _, process = self._idle.pop()
                self._busy.add(process)
        try:
            if process is None:
                process = self._start()
            yield process
        finally:
            self._give_back(process)

    def _start(self) -> DecoderProcess:
        from inphotos.photos.decoder_process import DecoderProcess

        # Outside of the lock: a start may take its time, and close() must not wait for it.
        process = DecoderProcess()
        with self._changed:
            self._busy.add(process)
            if self._closed:
                process.stop()
        return process

    def _give_back(self, process: DecoderProcess | None) -> None:
        with self._changed:
            self._free += 1
            self._changed.notify()
            if process is None:
                return
            self._busy.discard(process)
            if process.usable and not self._closed:
                self._idle.append((time.monotonic(), process))
                self._watch_idle()
                return
        process.close()

    def _watch_idle(self) -> None:
        """See to it that the longest idle process ends in time; the lock is held."""
        if self._timer is None and self._idle:
            due = self._idle[0][0] + self._idle_seconds - time.monotonic()
            self._timer = threading.Timer(max(0.0, due), self._end_idle)
            self._timer.daemon = True
            self._timer.start()

    def _end_idle(self) -> None:
        with self._changed:
            self._timer = None
            if self._closed:
                return
            latest = time.monotonic() - self._idle_seconds
            ended = [process for since, process in self._idle if since <= latest]
            self._idle = [entry for entry in self._idle if entry[1] not in ended]
            self._watch_idle()
        for process in ended:
            process.close()

    def _raise_if_closed(self) -> None:
        if self._closed:
            raise CancelledError("Stopped; the library is being closed.")
