"""Keeps two processes from writing into one library, and tells who has it.

Below the library's directory::

    library.lock        locked by the process that has the library open
    library.pid         who that is
    library.readers     locked by all who read beside it at once, and by that process alone while it
                        opens the store or adds to its schema

What a killed process leaves of these means nothing: its locks went with it.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from inphotos.errors import LibraryBusyError
from inphotos.store.trouble import busy, no_locks, read_elsewhere, unusable

#: Whoever closes the library, or only looks whether it is in use, is done by then.
_MOMENT_S = 0.3

#: Those who read beside a process answer one question, which takes seconds.
_READERS_S = 60.0

_PAUSE_S = 0.01

_TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL)

#: Where it was tried that one process reads a store while another one writes it
#: (``scripts/two_processes_campaign.py``).
_CAN_BE_JOINED = sys.platform == "linux"

if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: int, *, shared: bool) -> None:
        del shared  # nobody reads beside another process here
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

    def _unlock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(file: int, *, shared: bool) -> None:
        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)

    def _unlock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)


class LockFile:
    """A file that is locked by one, or by several who share it."""

    def __init__(self, path: Path) -> None:
        """Take the file, which is made when it is first locked and stays."""
        self._path = path
        self._file: int | None = None

    @property
    def is_held(self) -> bool:
        """Whether it is locked by this object."""
        return self._file is not None

    def acquire(self, patience_s: float, *, shared: bool = False) -> bool:
        """Lock the file.

        Args:
            patience_s: for how long to try, seconds.
            shared: others may have it too, if they share it.

        Returns:
            False where others have it all that time.

        Raises:
            OSError: it cannot be written, or its file system has no locks.
        """
        deadline = time.monotonic() + patience_s
        while not self._try(shared=shared):
            if time.monotonic() >= deadline:
                return False
            time.sleep(_PAUSE_S)
        return True

    def release(self) -> None:
        """Let go; doing so again does nothing."""
        if self._file is not None:
            file, self._file = self._file, None
            with contextlib.suppress(OSError):  # closing does it as well
                _unlock(file)
            os.close(file)

    def _try(self, *, shared: bool) -> bool:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        file = os.open(self._path, flags, 0o600)
        try:
            _try_lock(file, shared=shared)
            # Who removes the file leaves us a lock that nobody else would ever see.
            if _is_at(file, self._path):
                self._file, file = file, -1
                return True
        except OSError as error:
            if error.errno not in _TAKEN:
                raise
        finally:
            if file >= 0:
                os.close(file)
        return False


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that has a library open.

    Attributes:
        pid: its id.
        work: what it does, the name of a command or ``window``; empty where that is not known.
    """

    pid: int
    work: str

    @property
    def can_be_joined(self) -> bool:
        """Whether the library can be read beside it, by this process."""
        return _CAN_BE_JOINED and self.pid != os.getpid()


class LibraryLock:
    """The lock on a library of the process that has it open."""

    def __init__(self, directory: Path, work: str) -> None:
        """Lock the library.

        Args:
            directory: its directory.
            work: see :class:`Holder`.

        Raises:
            LibraryBusyError: another process has it.
            LibraryError: the directory cannot be written, or its disk has no locks.
        """
        self._directory = directory
        self._work = work
        self._lock = LockFile(directory / "library.lock")
        self._note = directory / "library.pid"
        with _translated(directory):
            if not self._lock.acquire(_MOMENT_S):
                raise busy_with(directory)

    def announce(self) -> None:
        """Tell others who has the library, and so that it can be read beside this process.

        To be called while nobody reads (:meth:`without_readers`): what another process has left
        may have to be put in order first.
        """
        note = {"pid": os.getpid(), "work": self._work, "born": _born(os.getpid())}
        # Without the note others are told that the library is in use, and not by whom.
        with contextlib.suppress(OSError):
            file = os.open(self._note, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with open(file, "w", encoding="utf-8") as written:  # noqa: PTH123
                json.dump(note, written)

    @contextlib.contextmanager
    def without_readers(self) -> Iterator[None]:
        """Keep those out, during a block, who read beside this process.

        Raises:
            LibraryBusyError: one of them does not come to an end.
            LibraryError: the directory cannot be written, or its disk has no locks.
        """
        readers = _readers(self._directory)
        with _translated(self._directory):
            if not readers.acquire(_READERS_S):
                raise read_elsewhere(self._directory)
        try:
            yield
        finally:
            readers.release()

    def release(self) -> None:
        """Let go of the library; doing so again does nothing."""
        if self._lock.is_held:
            # This process may have it again later, and must not be announced before it has.
            with contextlib.suppress(OSError):
                self._note.unlink(missing_ok=True)
        self._lock.release()


@contextlib.contextmanager
def locked(directory: Path, work: str) -> Iterator[None]:
    """Keep all others out of a library, without opening it, during a block.

    Args:
        directory: the library's.
        work: see :class:`Holder`.

    Raises:
        LibraryBusyError: another process has it.
        LibraryError: the directory cannot be written, or its disk has no locks.
    """
    lock = LibraryLock(directory, work)
    try:
        with lock.without_readers():
            lock.announce()
            yield
    finally:
        lock.release()


def join(directory: Path) -> LockFile:
    """Return the lock of one who reads beside the process that has the library open.

    Raises:
        LibraryBusyError: that process does not let anybody in.
        LibraryError: the directory cannot be written, or its disk has no locks.
    """
    readers = _readers(directory)
    with _translated(directory):
        if not readers.acquire(_READERS_S, shared=True):
            raise busy_with(directory)
    return readers


def holder(directory: Path) -> Holder | None:
    """Return who has the library, None where that cannot be told.

    To be asked while the library is locked: what a killed process has left says nothing then, as
    another one may have its number by now.
    """
    try:
        note = json.loads((directory / "library.pid").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    match note:
        case {"pid": int(pid), "work": str(work), "born": str(born)} if born == _born(pid):
            return Holder(pid, work)
    return None


def busy_with(directory: Path) -> LibraryBusyError:
    """Return the error for a library that another process holds, with who that is."""
    found = holder(directory)
    return busy(directory, *(() if found is None else (found.pid, found.work)))


def is_in_use(directory: Path) -> bool:
    """Tell whether a process has the library open; nothing is written where there is none."""
    file = directory / "library.lock"
    if not file.is_file():
        return False
    lock = LockFile(file)
    try:
        # Locked for no longer than that: others who want it at that moment are patient.
        return not lock.acquire(_MOMENT_S)
    except OSError:  # a disk that cannot be written: nobody else has it open there
        return False
    finally:
        lock.release()


def _readers(directory: Path) -> LockFile:
    return LockFile(directory / "library.readers")


def _is_at(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False


def _born(pid: int) -> str | None:
    """Return what tells a process from all others that ever had its number; None without it."""
    if sys.platform != "linux":
        import psutil

        try:
            return f"{psutil.Process(pid).create_time():.0f}"
        except psutil.Error:
            return None
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        stat = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return None
    # Of what follows the program's name, in brackets, the 20th: clock ticks since the boot.
    return f"{boot} {int(stat.rpartition(b')')[2].split()[19])}"


@contextlib.contextmanager
def _translated(directory: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _NO_LOCKS:
            raise no_locks(directory, error) from error
        raise unusable(directory, error) from error
