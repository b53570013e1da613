"""What can go wrong with a library on disk, as our errors."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import struct
from collections.abc import Iterator
from pathlib import Path

from inphotos.errors import (
    DiskFullError,
    LibraryBusyError,
    LibraryDamagedError,
    LibraryError,
    LibraryNewerError,
    display_path,
    scarcity,
)

_NO_ROOM = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))  # Windows has no quota error


@contextlib.contextmanager
def translated_os_errors(directory: Path) -> Iterator[None]:
    """Turn an OSError while writing into the library into a LibraryError."""
    try:
        yield
    except OSError as error:
        raise unusable(directory, error) from error


@contextlib.contextmanager
def translated_store_errors(directory: Path) -> Iterator[None]:
    """Turn the store's errors inside a block into ours."""
    from objectbox.exceptions import DbError  # not before there is a store

    try:
        yield
    except (DbError, MemoryError) as error:
        raise _translated(directory, error) from error
    # Rows that make no sense raise these where the binding unpacks them.
    except (struct.error, UnicodeDecodeError) as error:
        raise damaged(directory) from error


def busy(directory: Path, pid: int | None = None, work: str = "") -> LibraryBusyError:
    """Return the error for a library that another process holds.

    Args:
        directory: the library's.
        pid: the process, None where it is not known.
        work: what it does, the name of a command or ``window``; empty where it is not known.
    """
    name = display_path(directory)
    if work == "window":
        text = (
            f"InPhotos (process {pid}, the window) has the library {name} open; "
            f"close it and try again."
        )
    elif work:
        text = (
            f"InPhotos (process {pid}, 'inphotos {work}') is at work on the library {name}; "
            f"try again when it is done."
        )
    else:
        who = "" if pid is None else f" (process {pid})"
        text = f"Another InPhotos{who} is using the library {name}; close it and try again."
    return LibraryBusyError(text, work)


def read_elsewhere(directory: Path) -> LibraryBusyError:
    """Return the error for a library that others read, when it is to be opened or changed."""
    return LibraryBusyError(
        f"Another InPhotos is reading the library {display_path(directory)}; "
        f"try again when it is done."
    )


def not_indexed_beside(directory: Path) -> LibraryBusyError:
    """Return the error for a model without an index in a library that another process holds."""
    return LibraryBusyError(
        f"No photo in the library {display_path(directory)} has been indexed with this model, and "
        f"another InPhotos has the library open; close it and try again."
    )


def no_locks(directory: Path, error: OSError) -> LibraryError:
    """Return the error for a disk that cannot lock files."""
    return LibraryError(
        f"The disk of the library {display_path(directory)} cannot keep two programs apart "
        f"({error.strerror or error}); choose a place on a disk of this computer with --library."
    )


def newer(directory: Path) -> LibraryNewerError:
    """Return the error for a library of a later version."""
    return LibraryNewerError(
        f"The library {display_path(directory)} was written by a newer InPhotos; "
        f"update InPhotos to open it, or choose another one with --library."
    )


def disk_full(directory: Path) -> DiskFullError:
    """Return the error for a library whose disk has no room."""
    return DiskFullError(
        f"There is no room left on the disk of the library {display_path(directory)}; "
        f"free some space and try again (everything finished so far is kept)."
    )


def away(directory: Path) -> LibraryError:
    """Return the error for an open library whose files are not where they were."""
    return LibraryError(
        f"The library {display_path(directory)} is no longer where it was (its drive is away, or "
        f"it was moved or deleted); start InPhotos again once it is there."
    )


def unreadable(directory: Path, error: OSError) -> LibraryError:
    """Return the error for a library that the system does not let us read."""
    if (scarce := scarcity(error)) is not None:
        return scarce
    reason = error.strerror or str(error)
    return LibraryError(
        f"The library {display_path(directory)} cannot be read ({reason}); "
        f"check its disk and its permissions, and try again."
    )


def unreadable_file(path: Path, error: OSError) -> LibraryError:
    """Return the error for a file of a library that is not changed, as it could not be read."""
    return LibraryError(
        f"{display_path(path)} cannot be read ({error.strerror or error}) and is left as it is; "
        f"check its disk and its permissions, and start InPhotos again."
    )


def damaged(directory: Path) -> LibraryDamagedError:
    """Return the error for a library whose files make no sense."""
    return LibraryDamagedError(
        f"The library {display_path(directory)} is damaged; 'inphotos doctor --repair' mends it "
        f"(your photos are not in it and are untouched)."
    )


def unusable(directory: Path, error: OSError) -> LibraryError:
    """Return the error for a library that the system does not let us write."""
    if error.errno in _NO_ROOM:
        return disk_full(directory)
    if (scarce := scarcity(error)) is not None:
        return scarce
    reason = error.strerror or str(error)
    return LibraryError(
        f"The library {display_path(directory)} cannot be written ({reason}); "
        f"check its permissions or choose another one with --library."
    )


def _translated(directory: Path, error: Exception) -> LibraryError:
    from objectbox.exceptions import (
        DbFullError,
        FileCorruptError,
        GeneralStorageError,
        StoreMustShutdownError,
    )

    if (scarce := scarcity(error)) is not None:
        return scarce
    text = str(error).lower()
    if isinstance(error, DbFullError) or "no space" in text or "disk full" in text:
        return disk_full(directory)
    if isinstance(error, StoreMustShutdownError):
        return LibraryError(
            f"The library {display_path(directory)} cannot be used any more, because its disk "
            f"gave an error; start InPhotos again (everything finished so far is kept)."
        )
    number = _number_of(text) if isinstance(error, GeneralStorageError) else 0
    if number:
        return unusable(directory, OSError(number, os.strerror(number)))
    if isinstance(error, FileCorruptError | GeneralStorageError) or "schema" in text:
        return damaged(directory)
    return LibraryError(f"The library {display_path(directory)} cannot be used: {error}.")


def _number_of(text: str) -> int:
    """Return the number of the system's error that the store ends its own with, 0 for none."""
    found = re.search(r"\((\d{1,3})(?:: [^()]*)?\)$", text)
    number = int(found[1]) if found else 0
    return number if number in errno.errorcode else 0
