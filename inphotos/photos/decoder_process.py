"""One worker process that decodes photos, so that no file can harm or hold up the application.

The process has a memory limit and each photo a time limit. A photo that crashes the process, or
takes more, ends it: whoever owns it starts another one.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from inphotos.errors import DecoderError, PhotoError
from inphotos.photos import worker
from inphotos.photos.worker import Answer, Request

#: The largest photo that is accepted (``picture.MAX_PIXELS``) takes a tenth of it.
SECONDS_PER_PHOTO = 60.0

#: A start takes a fraction of a second; on a busy machine with cold caches, many.
_SECONDS_TO_START = 120.0

#: What has closed its pipe is over in milliseconds, or has only answered nonsense.
_SECONDS_TO_END = 1.0

#: Linux keeps a process to its memory limit by itself; for the other systems this has to do.
_WATCH_SECONDS = 0.25

_PACKAGE_ROOT = Path(__file__).parents[2]

_ENVIRONMENT = {
    "PYTHONPATH": str(_PACKAGE_ROOT),
    # One thread for LibRaw: there is a worker for every core.
    "OMP_NUM_THREADS": "1",
    # The GNU C library would give every photo's buffers back to the system and take them anew for
    # the next one, page by page, which costs a tenth of the time of a JPEG. Up to these sizes it
    # keeps them. Others ignore it.
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(64 << 20),
}


@dataclass(slots=True)
class _Watch:
    """Looks after one photo.

    Attributes:
        over: the photo is done.
        verdict: why the process was killed, "" when it was not.
    """

    over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    verdict: str = ""


class DecoderProcess:
    """One worker process, for one photo at a time.

    Attributes:
        usable: it can take another photo.
    """

    def __init__(
        self, memory_bytes: int = worker.MEMORY_BYTES, *, background: bool = False
    ) -> None:
        """Start a process.

        Args:
            memory_bytes: how much memory it may take.
            background: let it stand back for whatever else the machine does.

        Raises:
            DecoderError: no process can be started.
        """
        self.usable = True
        self._memory_bytes = memory_bytes
        self._greeted = False
        self._stopped = False
        manner = [worker.BACKGROUND] if background else []
        try:
            self._process = subprocess.Popen(
                # -P and the path below: nothing in the current directory may pass for a module.
                [sys.executable, "-P", "-m", worker.__name__, str(memory_bytes), *manner],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # decoding libraries print warnings of their own
                env={**os.environ, **_ENVIRONMENT},
                # Ctrl-C reaches every process of a terminal's session; stopping is our decision.
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise _not_started(error.strerror or str(error)) from error

    def decode(self, request: Request, seconds: float = SECONDS_PER_PHOTO) -> Answer:
        """Decode one photo.

        Args:
            request: what is wanted.
            seconds: how long it may take.

        Returns:
            What came of it. It is a failure of the photo also where the process broke down; it
            is not ``usable`` then.

        Raises:
            DecoderError: the process does not work at all, whatever is in the photo.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._wait_until_ready()
        with self._watched(seconds) as watch:
            try:
                worker.write_request(self._process.stdin, request)
                outcome: Answer = worker.read_answer(self._process.stdout, request)
            except (EOFError, OSError, ValueError, worker.ProtocolError):
                self.usable = False
                reason, lasting = watch.verdict or "the decoder crashed on it", True
                if not (watch.verdict or self._stopped) and self._was_killed():
                    reason, lasting = "the system ended its decoder; memory may be short", False
                # One that was stopped on purpose says nothing of the photo.
                outcome = PhotoError(request.path, reason, lasting=lasting and not self._stopped)
        if watch.verdict:  # perhaps at the very moment that it was done
            self.usable = False
        return outcome

    def stop(self) -> None:
        """End the process at once; may be called from another thread while it decodes."""
        self._stopped = True
        self._process.kill()

    def close(self) -> None:
        """End the process and wait for it."""
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):  # what was not written any more is not missed
                    stream.close()
        self._process.wait()

    def _wait_until_ready(self) -> None:
        """Let a process that cannot even start not pass for one that a photo has crashed."""
        if self._greeted:
            return
        assert self._process.stdout is not None
        with self._watched(_SECONDS_TO_START):
            greeting = self._process.stdout.read(len(worker.GREETING))
        if greeting != worker.GREETING:
            self.usable = False
            raise _not_started("it ended at once")
        self._greeted = True

    @contextlib.contextmanager
    def _watched(self, seconds: float) -> Iterator[_Watch]:
        """Kill the process when the block takes longer or the process takes too much memory.

        Pipes cannot be read with a time limit everywhere; a killed process ends the read.
        """
        watch = _Watch()
        thread = threading.Thread(target=self._watch, args=(watch, seconds), daemon=True)
        try:
            thread.start()
        except RuntimeError as error:
            raise no_thread() from error
        try:
            yield watch
        finally:
            with watch.lock:  # from here on it is too late for a verdict
                watch.over.set()

    def _watch(self, watch: _Watch, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not watch.over.wait(min(_WATCH_SECONDS, max(0.0, end - time.monotonic()))):
            verdict = ""
            if time.monotonic() >= end:
                verdict = f"decoding took longer than {seconds:.0f} seconds"
            elif self._memory() > self._memory_bytes:
                verdict = "it takes more memory than a photo may"
            with watch.lock:
                if verdict and not watch.over.is_set():
                    watch.verdict = verdict
                    self._process.kill()
                    return

    def _was_killed(self) -> bool:
        """Tell whether somebody else has ended the process, as Linux does where memory is short."""
        kill = getattr(signal, "SIGKILL", None)  # Windows has no signals
        try:
            return kill is not None and self._process.wait(_SECONDS_TO_END) == -kill
        except subprocess.TimeoutExpired:
            return False

    def _memory(self) -> int:
        """Return the bytes of memory in use, 0 when the process has ended."""
        try:
            return int(psutil.Process(self._process.pid).memory_info().rss)
        except psutil.Error:
            return 0


def no_thread() -> DecoderError:
    """Return the error for a system that lets no thread be started to look after a process."""
    return _not_started("the system allows no more threads")


def _not_started(why: str) -> DecoderError:
    return DecoderError(
        f"Photos cannot be decoded, because no process can be started for it ({why}); "
        f"close other programs and try again."
    )
