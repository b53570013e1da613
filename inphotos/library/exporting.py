"""Copying photos into a directory, with names kept and nothing ever overwritten.

The work is a generator, as indexing is: whoever drives it gets its progress as values.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import sys
import time
import uuid
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from typing import Final

from inphotos.errors import InPhotosError, display_path, why_unreadable
from inphotos.events import Control, Meter, Progress
from inphotos.library.export_names import TakenNames, cleaned, numbered
from inphotos.photos.metadata import find_sidecars, sidecar_name
from inphotos.photos.moving import move_to_free_name

#: Read and written at a time; the user's cancelling is noticed in between.
_CHUNK: Final = 1 << 20

#: How a file system says that a name is not one of its own.
_BAD_NAME: Final = frozenset({errno.EINVAL, errno.EILSEQ, errno.ENAMETOOLONG})

#: Left free on the disk, for whatever else is written there meanwhile.
_SPARE_BYTES: Final = 8 << 20


class ExportError(InPhotosError):
    """Photos cannot be copied into a directory."""


class NoRoomError(ExportError):
    """The copies do not fit.

    Attributes:
        directory: where they were to go.
        needed, free: bytes.
    """

    def __init__(self, directory: Path, needed: int, free: int) -> None:
        super().__init__(
            f"There is no room for the photos in {display_path(directory)}: "
            f"{needed / 1e6:,.1f} MB are needed, and {free / 1e6:,.1f} MB are free there."
        )
        self.directory, self.needed, self.free = directory, needed, free


@dataclass(frozen=True, slots=True)
class Copied:
    """A photo and its copy."""

    source: Path
    target: Path


@dataclass(slots=True)
class ExportReport:
    """What an export has done so far; all of it once it is over.

    Attributes:
        copied: photos and their copies.
        unchanged: photos that were there already, byte for byte, and their files there.
        failed: (path, reason) of the photos that could not be copied.
        bytes: copied, sidecars included.
        seconds: wall-clock time.
    """

    copied: list[Copied] = field(default_factory=list)
    unchanged: list[Copied] = field(default_factory=list)
    failed: list[tuple[Path, str]] = field(default_factory=list)
    bytes: int = 0
    seconds: float = 0.0


class Export:
    """Copies photos into one directory.

    A copy has the name of its photo; where another file has that name, a number is added. XMP
    sidecars go along. A copy is written under a name that no program takes for a photo's, and gets
    its own when it is complete, so there is never half a photo. Times of change are kept.

    Attributes:
        directory: where the copies go.
        report: what has been done so far, also when the work has been cancelled.
    """

    def __init__(self, photos: Sequence[Path], directory: Path) -> None:
        """Prepare to copy ``photos`` into ``directory``, which is made if it is not there."""
        self.directory = directory
        self.report = ExportReport()
        self._photos = tuple(dict.fromkeys(photos))
        self._cleans = sys.platform == "win32"  # it takes some bad names for something else

    def run(self, control: Control | None = None) -> Iterator[Progress]:
        """Copy the photos; those that cannot be read are noted, and the others are copied.

        Yields:
            progress, in bytes.

        Raises:
            CancelledError: ``control`` was cancelled; complete copies stay.
            NoRoomError: they do not fit; nothing was copied.
            ExportError: the directory cannot be written; complete copies stay.
        """
        control, started = control or Control(), time.monotonic()
        try:
            yield from self._run(control)
        finally:
            self.report.seconds = time.monotonic() - started

    def _run(self, control: Control) -> Iterator[Progress]:
        self._taken = self._open_directory()
        yield Progress("exporting", 0)
        sizes: dict[Path, int] = {}
        for photo in self._photos:
            control.checkpoint()
            size = self._size(photo)
            if size is not None:
                sizes[photo] = size
        self._check_room(sizes)
        self._total = sum(sizes.values())
        self._meter = Meter("exporting", self._total, 30.0)
        self._control, self._done = control, 0
        before = 0
        for photo, size in sizes.items():
            control.checkpoint()
            yield from self._take(photo)
            # What was there already, or has changed its size meanwhile, counts as planned.
            before += size
            self._done = before
            yield self._progress()

    def _open_directory(self) -> TakenNames:
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            return TakenNames(self.directory)
        except OSError as error:
            raise self._unusable(error) from error

    def _size(self, photo: Path) -> int | None:
        """Return the size of a photo, None when it cannot be read; that is noted."""
        try:
            info = photo.stat()
        except (OSError, ValueError) as error:
            self._fail(photo, error)
            return None
        if not stat.S_ISREG(info.st_mode):
            self.report.failed.append((photo, "it is not a file"))
            return None
        return info.st_size

    def _check_room(self, sizes: dict[Path, int]) -> None:
        needed = sum(size for photo, size in sizes.items() if not self._seems_there(photo, size))
        try:
            free = shutil.disk_usage(self.directory).free
        except OSError as error:
            raise self._unusable(error) from error
        if needed and needed + _SPARE_BYTES > free:
            raise NoRoomError(self.directory, needed, free)

    def _seems_there(self, photo: Path, size: int) -> bool:
        file = self._taken.find(photo.name)
        with contextlib.suppress(OSError):
            return file is not None and file.stat().st_size == size
        return False

    def _take(self, photo: Path) -> Iterator[Progress]:
        """Copy one photo and its sidecars."""
        sidecars = list(find_sidecars(photo))
        while True:
            name, target = self._name_for(photo, sidecars)
            if target is not None:
                self.report.unchanged.append(Copied(photo, target))
                break
            try:
                target = yield from self._copy(photo, name)
            except _RefusedNameError as error:
                if self._cleans:
                    raise self._unusable(error.reason) from error
                self._cleans = True
                continue
            if target is None:
                return
            self.report.copied.append(Copied(photo, target))
            break
        for sidecar in sidecars:
            beside = sidecar_name(photo, sidecar, target.name)
            # Beside a photo that was there already there may be another one, with later changes.
            if self._taken.find(beside) is None:
                try:
                    yield from self._copy(sidecar, beside)
                except _RefusedNameError as error:
                    self._fail(sidecar, error.reason)

    def _name_for(self, photo: Path, sidecars: Sequence[Path]) -> tuple[str, Path | None]:
        """Return the name for a copy, and the file of that name if it is the same, byte for byte.

        A name is not free while a sidecar that is another photo's has it.
        """
        for name in numbered(cleaned(photo.name) if self._cleans else photo.name):
            file = self._taken.find(name)
            if file is not None:
                if _is_same(photo, file):
                    return name, file
                continue
            beside = ((s, self._taken.find(sidecar_name(photo, s, name))) for s in sidecars)
            if all(other is None or _is_same(sidecar, other) for sidecar, other in beside):
                return name, None
        raise AssertionError("numbers do not end")

    def _copy(self, source: Path, name: str) -> Generator[Progress, None, Path | None]:
        """Copy one file; return where it is, or None when it cannot be read, which is noted."""
        temporary = self.directory / f".{uuid.uuid4().hex}.inphotos"
        try:
            with source.open("rb") as original:
                times = os.fstat(original.fileno())
                with self._create(temporary) as copy:
                    while chunk := original.read(_CHUNK):
                        self._write(copy, chunk)
                        yield self._progress()
                        self._control.checkpoint()
                    self._finish(copy)
            with contextlib.suppress(OSError):  # not every file system keeps every time
                os.utime(temporary, ns=(times.st_atime_ns, times.st_mtime_ns))
            target = self._give_name(temporary, name)
        except OSError as error:
            self._fail(source, error)
            return None
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
        self.report.bytes += times.st_size
        return target

    def _create(self, path: Path) -> FileIO:
        try:
            # Nothing waits in between: what closing a file could not write would go unnoticed.
            return path.open("xb", buffering=0)
        except OSError as error:
            raise self._unusable(error) from error

    def _write(self, copy: FileIO, chunk: bytes) -> None:
        left = memoryview(chunk)
        try:
            while left:
                left = left[copy.write(left) :]
        except OSError as error:
            raise self._unusable(error) from error
        self._done += len(chunk)

    def _finish(self, copy: FileIO) -> None:
        """Let the bytes arrive: or a stick that is pulled out would hold names without photos."""
        try:
            os.fsync(copy.fileno())
        except OSError as error:
            raise self._unusable(error) from error

    def _give_name(self, temporary: Path, name: str) -> Path:
        """Give a complete copy its name, or the next that is free by now."""
        for candidate in numbered(name):
            target = self.directory / candidate
            try:
                move_to_free_name(temporary, target)
            except FileExistsError:
                self._taken.take(candidate)
            except OSError as error:
                if error.errno in _BAD_NAME:
                    raise _RefusedNameError(error) from error
                raise self._unusable(error) from error
            else:
                self._taken.take(candidate)
                return target
        raise AssertionError("numbers do not end")

    def _fail(self, photo: Path, error: OSError | ValueError) -> None:
        reason = why_unreadable(error) if isinstance(error, OSError) else "its name makes no sense"
        self.report.failed.append((photo, reason))

    def _progress(self) -> Progress:
        return self._meter.progress(min(self._done, self._total), len(self.report.failed))

    def _unusable(self, error: OSError) -> ExportError:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return ExportError(
                f"There is no room left in {display_path(self.directory)}; "
                f"what has been copied so far is kept."
            )
        return ExportError(
            f"Photos cannot be copied to {display_path(self.directory)} "
            f"({error.strerror or error}); choose another folder."
        )


class _RefusedNameError(Exception):
    """The file system takes no file of this name."""

    def __init__(self, reason: OSError) -> None:
        super().__init__(str(reason))
        self.reason = reason


def _is_same(first: Path, second: Path) -> bool:
    """Tell whether two files hold the same bytes; a directory is the same as nothing."""
    # Not filecmp, which remembers what it found and goes by sizes and times then.
    try:
        if first.stat().st_size != second.stat().st_size:
            return False
        with first.open("rb") as one, second.open("rb") as other:
            while chunk := one.read(_CHUNK):
                if other.read(_CHUNK) != chunk:
                    return False
    except OSError:
        return False
    return True


def covering_folder(directory: Path, folders: Iterable[Path]) -> Path | None:
    """Return the folder that a directory is in, whose photos its files will be among."""
    real = os.path.realpath(directory)
    return next((f for f in folders if Path(real).is_relative_to(os.path.realpath(f))), None)
