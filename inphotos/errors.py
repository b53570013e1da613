"""What can go wrong, each said in one sentence that a person can act on.

The message of an exception is what the user reads: what happened, where, and what to do.
Technical detail belongs in the log and in ``__cause__``.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path


class InPhotosError(Exception):
    """Base of every error that InPhotos raises on purpose; ``str(error)`` is for the user."""


class LibraryError(InPhotosError):
    """The library (data directory) cannot be used."""


class LibraryBusyError(LibraryError):
    """Another process holds the library.

    Attributes:
        work: what that one does, the name of a command or ``window``; empty if that is not known.
    """

    def __init__(self, message: str, work: str = "") -> None:
        super().__init__(message)
        self.work = work


class LibraryNewerError(LibraryError):
    """The library was written by a later version of InPhotos."""


class LibraryDamagedError(LibraryError):
    """The library cannot be read; the photos themselves are untouched."""


class DiskFullError(LibraryError):
    """There is no room left where the library is kept."""


class OutOfMemoryError(LibraryError):
    """The machine, or a limit on the process, gives no more memory."""


class FolderError(InPhotosError):
    """A folder cannot be added or read."""


class PhotoError(InPhotosError):
    """One photo cannot be read.

    Attributes:
        path: the photo.
        reason: why, in a few words without the path, e.g. ``"the file is empty"``.
        lasting: the file itself is to blame, so that trying again is of no use until it changes;
            False where its surroundings are (a disk, permissions).
    """

    def __init__(self, path: Path, reason: str, *, lasting: bool = True) -> None:
        super().__init__(f"{display_path(path)} cannot be read: {reason}.")
        self.path = path
        self.reason = reason
        self.lasting = lasting


class DecoderError(InPhotosError):
    """Photos cannot be decoded at all, whatever is in them."""


class QueryError(InPhotosError):
    """A query cannot be searched for."""


class EvaluationError(InPhotosError):
    """An evaluation file, or a library to evaluate with, cannot be used."""


class BenchmarkError(InPhotosError):
    """Something cannot be measured."""


class ModelError(InPhotosError):
    """A model cannot be used."""


class ModelNotInstalledError(ModelError):
    """The model is known but its files are not on this machine.

    Attributes:
        name: the model's name.
    """

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The model {name} is not on this machine yet; "
            f"fetch it with 'inphotos models download {name}' or use '--model compact'."
        )
        self.name = name


class TextNotSupportedError(ModelError):
    """The model compares photos only; it has no text tower."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The model {name} compares photos only and does not understand words; "
            f"search with a photo ('inphotos similar PHOTO') or choose a CLIP model."
        )


class RuntimeUnavailableError(ModelError):
    """A way of running a model cannot be used on this machine, or its files are damaged."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Models cannot be run by {name} on this machine; choose another runtime.")


class TuningError(ModelError):
    """It could not be found out what runs a model quickest."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"What runs the model {name} quickest could not be measured ({reason}); "
            f"it runs as before."
        )


class DownloadError(ModelError):
    """A model could not be fetched."""


class CancelledError(InPhotosError):
    """The user stopped the work; everything finished so far is kept."""


def is_out_of_memory(error: BaseException) -> bool:
    """Tell whether an error says that there is too little memory.

    Apart from Python itself, those who allocate say so in words only.
    """
    if isinstance(error, MemoryError):
        return True
    text = str(error).lower()
    return isinstance(error, RuntimeError | OSError | ImportError) and any(
        words in text for words in _NO_MEMORY
    )


_NO_MEMORY = ("allocate memory", "out of memory", "bad_alloc", "failed to map segment")

_NO_HANDLES = (errno.EMFILE, errno.ENFILE)


def foreseen(error: BaseException) -> InPhotosError | None:
    """Return what to tell the user of an error of the machine's, None where it is another's.

    Memory, handles and threads can run out anywhere, and a disk can fail in many places.
    """
    if isinstance(error, InPhotosError):
        return error
    if (scarce := scarcity(error)) is not None:
        return scarce
    # Of a file that was open already, the system knows a number only.
    if isinstance(error, OSError) and isinstance(error.filename, str | bytes):
        return InPhotosError(
            f"The system gave an error on {display_path(os.fsdecode(error.filename))} "
            f"({error.strerror}); check its disk and its permissions, and try again."
        )
    return None


def scarcity(error: BaseException) -> LibraryError | None:
    """Return what to tell the user where the machine has run out of something, else None."""
    if is_out_of_memory(error):
        return out_of_memory()
    if isinstance(error, RuntimeError) and "start new thread" in str(error):
        return LibraryError(
            "The system lets InPhotos start no more threads; close other programs and try again."
        )
    if isinstance(error, OSError) and error.errno in _NO_HANDLES:
        return LibraryError(
            "Too many files are open on this machine; close other programs and try again."
        )
    return None


def out_of_memory() -> OutOfMemoryError:
    """Return the error for too little memory, wherever it ran out."""
    return OutOfMemoryError(
        "There is too little memory for this; close other programs and try again "
        "(everything finished so far is kept)."
    )


def why_unreadable(error: OSError) -> str:
    """Return why a photo's file cannot be read, as a reason of :class:`PhotoError`."""
    if isinstance(error, FileNotFoundError):
        return "the file is not there"
    if isinstance(error, PermissionError):
        return "its permissions forbid reading it"
    return f"the disk gave an error ({error.strerror or error})"


def display_path(path: Path | str) -> str:
    """Return a path as one printable line of text.

    File names may hold line breaks, control characters, bidirectional overrides and bytes that
    are not UTF-8 (lone surrogates in Python); each of those becomes an escape such as ``\\x0a``
    so that a name can neither break nor forge a line of output.
    """
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape", "surrogatepass").decode()
        for char in str(path)
    )
