"""Fetches a model from the hub: resumable, cancellable, checked byte for byte.

The files arrive in ``.partial-NAME`` beside the other models and appear under the model's name
when all of them are whole. A download that was cut off or cancelled goes on where it was.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

from filelock import FileLock, Timeout

from inphotos.encoders import directory, hub, manifest, web
from inphotos.encoders.hub import HubFile, Listing
from inphotos.encoders.registry import PARTIAL_PREFIX
from inphotos.encoders.specs import ModelSpec
from inphotos.errors import CancelledError, DownloadError, ModelError, display_path
from inphotos.events import Control, Meter, Progress
from inphotos.owner_only import make_directory, open_for_owner

_log = logging.getLogger(__name__)

_POLL_SECONDS: Final = 0.1
_RATE_SECONDS: Final = 5.0
_STOP_SECONDS: Final = 0.8
_RETRY_SECONDS: Final = 1.0

#: So often in a row a connection may end without a single new byte.
_FRUITLESS_TRIES: Final = 3

#: A server that sends less than this in so many seconds is given up. A block that was hashed counts
#: like one that came, and a file that is whole like all of it.
_LEAST_BYTES: Final = 64 * 2**10
_LEAST_IN_SECONDS: Final = 60.0

#: Left free on the disk beside the files, in bytes.
_HEADROOM: Final = 64 * 2**20


def download(
    spec: ModelSpec,
    models_directory: Path,
    control: Control,
    hub_endpoint: str | None = None,
) -> Iterator[Progress]:
    """Fetch a model unless it is here already.

    Args:
        spec: which model, at which revision.
        models_directory: where models are stored; made if needed.
        control: cancels within a second, keeping what has arrived; pauses and resumes.
        hub_endpoint: the hub's address, else :func:`inphotos.encoders.hub.endpoint`.

    Yields:
        Progress in bytes, about ten times a second.

    Raises:
        DownloadError: with one sentence about what went wrong; what has arrived is kept.
        CancelledError: the user has cancelled; what has arrived is kept.
    """
    target = models_directory / spec.name
    if _is_whole(target, spec):
        return
    try:
        make_directory(models_directory)
        lock = FileLock(models_directory / f"{PARTIAL_PREFIX}{spec.name}.lock", mode=0o600)
        with lock.acquire(timeout=0):
            yield from _watch(_Job(spec, target, hub_endpoint or hub.endpoint()), control)
    except Timeout as error:
        raise DownloadError(f"The model {spec.name} is already being downloaded.") from error
    except OSError as error:
        raise _disk_error(models_directory, error) from error


def _watch(job: _Job, control: Control) -> Iterator[Progress]:
    """Run a job in a thread of its own and report on it.

    A thread, because a read from a dead connection returns only after its timeout and the user's
    cancellation cannot wait for that. A thread left behind writes nothing any more.
    """
    thread = threading.Thread(target=job.run, name=f"download-{job.spec.name}", daemon=True)
    thread.start()
    patience = _Patience()
    try:
        while thread.is_alive():
            thread.join(_POLL_SECONDS)
            if control.cancelled.is_set():
                raise CancelledError("The download has stopped; what has arrived is kept.")
            job.set_paused(control.paused)
            if patience.is_over(job.work, control.paused):
                raise hub.too_slow(job.address)
            yield job.progress()
    finally:
        job.stop()
        thread.join(_STOP_SECONDS)
    if job.error is not None:
        raise job.error
    yield job.progress()


class _Patience:
    """Knows when a download gets on too slowly to wait for.

    Each read from the server has a time limit too, which one that sends a byte now and then keeps.
    """

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._work = 0

    def is_over(self, work: int, paused: bool) -> bool:
        """Tell whether it is, by the bytes that were dealt with so far."""
        now = time.monotonic()
        if paused or work - self._work >= _LEAST_BYTES:
            self._since, self._work = now, work
        return now - self._since > _LEAST_IN_SECONDS


class _Job:
    """One download, run by a thread and watched by another.

    Attributes:
        spec: the model.
        address: the hub's.
        error: why the job ended, if it failed.
        work: grows by a byte for each that was received or hashed.
    """

    def __init__(self, spec: ModelSpec, target: Path, address: str) -> None:
        self.spec = spec
        self.error: Exception | None = None
        self._target = target
        self._partial = target.with_name(f"{PARTIAL_PREFIX}{target.name}")
        self.address = address
        self.work = 0
        self._stopped = threading.Event()
        self._running = threading.Event()
        self._running.set()
        self._done = 0
        self._total: int | None = None
        self._meter: Meter | None = None

    def run(self) -> None:
        """Fetch everything; never raises, see :attr:`error`."""
        try:
            self._fetch()
        except _StoppedError:
            _log.info("The download of %s has stopped.", self.spec.name)
        except OSError as error:
            self.error = _disk_error(self._partial, error)
            self.error.__cause__ = error
        # Whatever it is, it must reach the watching thread and not die in this one.
        except Exception as error:
            self.error = error

    def stop(self) -> None:
        """Ask the job to end; it writes nothing from now on."""
        self._stopped.set()
        self._running.set()

    def set_paused(self, paused: bool) -> None:
        """Hold the job between two blocks, or let it go on."""
        if paused:
            self._running.clear()
        else:
            self._running.set()

    def progress(self) -> Progress:
        """Return how far the job is; to be called by the watching thread alone."""
        total = self._total
        done = self._done  # read later, as it is set earlier
        if total is None:
            return Progress("downloading", done)
        if self._meter is None:  # what had arrived before does not count as speed
            self._meter = Meter("downloading", total, _RATE_SECONDS, done=done)
        return self._meter.progress(done)

    def _fetch(self) -> None:
        listing = hub.listing(self.spec, self.address)
        self.work += _LEAST_BYTES
        make_directory(self._partial)
        self._remove_strangers(listing)
        self._done = sum(self._present(file) for file in listing.files)
        self._total = listing.size
        self._check_room(listing.size - self._done)
        digests = {}
        for file in listing.files:
            self._fetch_file(file)
            digests[file.name] = self._verified(file)
            self.work += _LEAST_BYTES
        self._checkpoint()
        source = {"repo": self.spec.repo, "revision": listing.revision}
        manifest.write(self._partial, digests, source)
        try:
            directory.read(self._partial, self.spec.name, self.spec)
        except ModelError as error:
            raise DownloadError(f"What {self.address} serves is no model: {error}") from error
        self._move_into_place()

    def _fetch_file(self, file: HubFile) -> None:
        fruitless = 0
        while (present := self._present(file)) < file.size or not self._path(file).exists():
            self._checkpoint()
            try:
                self._transfer(file, present)
                problem = None
            except (DownloadError, _StoppedError, OSError):
                raise
            # httpx's or httpx2's errors, depending on huggingface_hub's version.
            except Exception as error:
                problem = error
            fruitless = 0 if self._present(file) > present else fruitless + 1
            if fruitless == _FRUITLESS_TRIES:
                raise hub.unreachable(self.address) from problem
            if self._present(file) < file.size:
                _log.info("%s broke off, going on: %s", file.name, problem)
                self._stopped.wait(_RETRY_SECONDS)

    def _transfer(self, file: HubFile, start: int) -> None:
        """Read one response into the file, from ``start`` on or from 0 if the server insists."""
        with web.opened(file.url, start=start, elsewhere=True) as response:
            if response.status_code == 416 and start:  # it has no such part: from the beginning
                self._checkpoint()
                self._path(file).unlink()
                self._done -= start
                return
            if response.status_code not in (200, 206):
                raise hub.refused(self.spec, self.address, response.status_code)
            begin = _first_byte(response, file.size)
            length = response.headers.get("content-length", str(file.size - begin))
            if begin not in (0, start) or length != str(file.size - begin):
                raise hub.not_a_hub(self.address)
            self._checkpoint()
            with open_for_owner(self._path(file), keep=begin > 0) as output:
                output.seek(begin)
                self._done += begin - start
                self._write(file, response, output)
                os.fsync(output.fileno())

    def _write(self, file: HubFile, response: Any, output: IO[bytes]) -> None:
        # As it came: what is unpacked could be far more than was sent.
        for block in response.iter_raw():
            self._checkpoint()
            if output.tell() + len(block) > file.size:
                raise hub.not_a_hub(self.address)
            output.write(block)
            self._done += len(block)
            self.work += len(block)

    def _verified(self, file: HubFile) -> str:
        path = self._path(file)
        digest = file.matches(path, self._hashing)
        self._checkpoint()
        if digest is None:
            path.unlink()
            raise DownloadError(
                f"{display_path(file.name)} arrived with other content than {self.address} "
                f"announced, so it was thrown away; try again."
            )
        return digest

    def _hashing(self) -> bool:
        """Note that a megabyte is to be hashed; return whether that is not wanted any more."""
        self.work += _LEAST_BYTES
        return self._stopped.is_set()

    def _move_into_place(self) -> None:
        self._checkpoint()
        if self._target.exists():  # a damaged model, which a whole one replaces
            shutil.rmtree(self._target)
        self._partial.rename(self._target)

    def _remove_strangers(self, listing: Listing) -> None:
        """Delete what an earlier revision or a server's nonsense has left in the partial files."""
        sizes = {file.name: file.size for file in listing.files}
        for path in self._partial.iterdir():
            found = path.lstat()
            if stat.S_ISDIR(found.st_mode):
                shutil.rmtree(path)
            elif not stat.S_ISREG(found.st_mode) or found.st_size > sizes.get(path.name, -1):
                path.unlink()

    def _check_room(self, needed: int) -> None:
        free = shutil.disk_usage(self._partial).free
        if free < needed + _HEADROOM:
            raise DownloadError(
                f"The model {self.spec.name} needs {needed / 1e6:,.0f} MB more in "
                f"{display_path(self._target.parent)}, where {free / 1e6:,.0f} MB are free."
            )

    def _checkpoint(self) -> None:
        self._running.wait()
        if self._stopped.is_set():
            raise _StoppedError

    def _path(self, file: HubFile) -> Path:
        return self._partial / file.name

    def _present(self, file: HubFile) -> int:
        path = self._path(file)
        return path.stat().st_size if path.exists() else 0


class _StoppedError(Exception):
    """The watching thread wants no more."""


def _is_whole(target: Path, spec: ModelSpec) -> bool:
    if not target.is_dir():
        return False
    try:
        directory.read(target, spec.name, spec)
    except ModelError as error:
        _log.warning("%s is fetched anew: %s", spec.name, error)
        return False
    return True


def _first_byte(response: Any, size: int) -> int:
    """Return where in a file a response begins that goes to its end; -1 if it does not say so."""
    if response.status_code == 200:
        return 0
    given = response.headers.get("content-range", "")
    span = re.fullmatch(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18})", given, re.ASCII)
    if span is None or (int(span[2]), int(span[3])) != (size - 1, size):
        return -1
    return int(span[1])


def _disk_error(place: Path, error: OSError) -> DownloadError:
    return DownloadError(
        f"The model cannot be stored in {display_path(place)}: {error.strerror or error}; "
        f"what has arrived is kept."
    )
