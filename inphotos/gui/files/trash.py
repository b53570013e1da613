"""The system's trash: files go there and come back, and nothing is ever deleted for good.

``QFile.moveToTrash`` keeps to the rules of each system (freedesktop.org, Explorer, Finder), as the
package send2trash does, but it also tells where the file is from then on. Without that, a file
could be put back on Linux only, by searching the trash for its path and time.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Literal

from PyQt6.QtCore import QFile, QStandardPaths

from inphotos.photos.metadata import find_sidecars, is_own_sidecar, sidecar_name
from inphotos.photos.moving import move_to_free_name

#: Why a file stays where it is.
Trouble = Literal["not there", "may not be changed", "odd name", "no trash", "emptied", "no place"]


class TrashError(Exception):
    """A file can not be moved to the trash, or from it.

    Attributes:
        trouble: why; the file is where it was.
    """

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble: Trouble = trouble


@dataclass(frozen=True, slots=True)
class Trashed:
    """A photo in the trash.

    Attributes:
        photo_id: of the photo in the library.
        path: where it was.
        place: where it is now.
        sidecars: where its sidecars were, and are now.
    """

    photo_id: int
    path: Path
    place: Path
    sidecars: tuple[tuple[Path, Path], ...] = ()


@dataclass(frozen=True, slots=True)
class Restored:
    """A photo that was in the trash, and its path now."""

    photo_id: int
    path: Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of some photos; those that did not get anywhere are where they were.

    Attributes:
        trashed, restored: those that moved; one of the two is empty.
        failed: the paths of those that did not, and why.
        left: photos that were to be put back and are still in the trash.
    """

    trashed: tuple[Trashed, ...] = ()
    restored: tuple[Restored, ...] = ()
    failed: tuple[tuple[Path, Trouble], ...] = ()
    left: tuple[Trashed, ...] = ()


def trash_photos(photos: Sequence[tuple[int, Path]]) -> Outcome:
    """Move photos, given by id and path, to the trash, with their sidecars.

    A sidecar that is also another photo's stays with that one.
    """
    trashed, failed = [], []
    neighbours = _Neighbours(path for _, path in photos)
    for photo_id, path in photos:
        # Asked for before, because they are looked for beside the photo.
        sidecars = [s for s in find_sidecars(path) if neighbours.is_of(s, path)]
        try:
            place = move_to_trash(path)
        except TrashError as error:
            failed.append((path, error.trouble))
            continue
        moved = []
        for sidecar in sidecars:
            with contextlib.suppress(TrashError):
                moved.append((sidecar, move_to_trash(sidecar)))
        trashed.append(Trashed(photo_id, path, place, tuple(moved)))
    return Outcome(trashed=tuple(trashed), failed=tuple(failed))


def restore_photos(photos: Sequence[Trashed]) -> Outcome:
    """Put photos back where they were, or beside that where another file is there meanwhile."""
    restored, failed, left = [], [], []
    for photo in photos:
        try:
            path = put_back(photo.place, photo.path)
        except TrashError as error:
            failed.append((photo.path, error.trouble))
            if error.trouble != "emptied":
                left.append(photo)
            continue
        restored.append(Restored(photo.photo_id, path))
        for sidecar, place in photo.sidecars:
            with contextlib.suppress(TrashError):
                put_back(place, path.with_name(sidecar_name(photo.path, sidecar, path.name)))
    return Outcome(restored=tuple(restored), failed=tuple(failed), left=tuple(left))


def move_to_trash(path: Path) -> Path:
    """Move a file to the system's trash and return where it is now.

    Raises:
        TrashError: it is where it was.
    """
    if not os.path.lexists(path):
        raise TrashError("not there")
    try:
        str(path).encode()
    except UnicodeEncodeError:  # Qt would look for a file of another name
        raise TrashError("odd name") from None
    if sys.platform == "linux":
        # Qt makes the trash of a user who has none yet, but not the directory around it.
        data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
        with contextlib.suppress(OSError):
            Path(data).mkdir(mode=0o700, parents=True, exist_ok=True)
    file = QFile(str(path))
    moved = file.moveToTrash()
    place = Path(file.fileName())
    if moved and not os.path.lexists(path):
        return place
    if moved:
        _take_out_again(path, place)
    raise TrashError("no trash" if os.access(path.parent, os.W_OK) else "may not be changed")


def put_back(place: Path, path: Path) -> Path:
    """Move a file out of the trash to ``path``, or close to it, and return where it is.

    Raises:
        TrashError: it is still in the trash, or is there no more.
    """
    if not os.path.lexists(place):
        raise TrashError("emptied")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for candidate in _close_to(path):
            try:
                move_to_free_name(place, candidate)
            except FileExistsError:
                continue
            _forget(place)
            return candidate
    except OSError as error:
        raise TrashError("no place") from error
    raise AssertionError("numbers do not end")


class _Neighbours:
    """Knows which files would remain beside photos that leave together."""

    def __init__(self, leaving: Iterable[Path]) -> None:
        self._leaving = frozenset(leaving)
        self._stems: dict[Path, frozenset[str]] = {}

    def is_of(self, sidecar: Path, photo: Path) -> bool:
        """Tell whether a sidecar is needed by no photo that remains."""
        return is_own_sidecar(photo, sidecar) or photo.stem not in self._remaining(photo.parent)

    def _remaining(self, directory: Path) -> frozenset[str]:
        """Return the names, without suffix, of the files that remain in a directory."""
        if directory not in self._stems:
            files: list[Path] = []
            with contextlib.suppress(OSError):
                files = [file for file in directory.iterdir() if file not in self._leaving]
            self._stems[directory] = frozenset(
                file.stem for file in files if file.suffix.lower() != ".xmp"
            )
        return self._stems[directory]


def _take_out_again(path: Path, place: Path) -> None:
    """Undo what Qt has done where a file may be linked to the trash, but not leave its folder."""
    with contextlib.suppress(OSError):
        if place != path and place.samefile(path):
            place.unlink()
            _forget(place)


def _forget(place: Path) -> None:
    """Remove what the trash has written down about a file that is not there any more."""
    notes = []
    if place.parent.name == "files":  # freedesktop.org
        notes.append(place.parent.parent / "info" / f"{place.name}.trashinfo")
    if place.name.startswith("$R"):  # Windows
        notes.append(place.with_name(f"$I{place.name[2:]}"))
    for note in notes:
        with contextlib.suppress(OSError):
            note.unlink(missing_ok=True)


def _close_to(path: Path) -> Iterator[Path]:
    yield path
    yield path.with_name(f"{path.stem} (restored){path.suffix}")
    for number in count(2):
        yield path.with_name(f"{path.stem} (restored {number}){path.suffix}")
