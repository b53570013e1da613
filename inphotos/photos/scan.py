"""Finding the photos below a folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from inphotos.errors import FolderError, display_path
from inphotos.photos.formats import COMPANION_SUFFIXES, is_photo, is_raw_name

#: Directories that programs and systems keep for themselves. Hidden ones are skipped as well.
SKIPPED_DIRECTORIES = frozenset(
    {"@eadir", "$recycle.bin", "system volume information", "node_modules", "__macosx"}
)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A photo's file as it is on disk.

    Attributes:
        size: bytes.
        mtime_ns: time of the last change, nanoseconds since 1970.
    """

    path: Path
    size: int
    mtime_ns: int


@dataclass(slots=True)
class Scan:
    """One walk through a folder; iterate over it once.

    Symbolic links are followed; a directory that is reached twice, or in a loop, counts once.

    A RAW file beside a JPEG or HEIF file of the same name but for the suffix, upper or lower case,
    is the same shot: it counts as one photo, which is the JPEG. The RAW file is passed over (not
    found, not indexed, not failed) for as long as the other is there.

    Attributes:
        root: the folder.
        unreadable: directories that could not be listed; their photos are not to be taken for
            gone. Complete when the iteration has ended.
        entries: directory entries of any kind seen so far.
    """

    root: Path
    unreadable: list[Path] = field(default_factory=list)
    entries: int = 0

    def __iter__(self) -> Iterator[FoundFile]:
        seen: set[tuple[int, int]] = set()
        pending = [os.fspath(self.root)]
        while pending:
            directory = pending.pop()
            try:
                identity = os.stat(directory)  # noqa: PTH116 - millions of Path objects are slow
                if (identity.st_dev, identity.st_ino) in seen:
                    continue
                seen.add((identity.st_dev, identity.st_ino))
                with os.scandir(directory) as listing:
                    entries = sorted(listing, key=lambda entry: entry.name)
            except OSError:
                self.unreadable.append(Path(directory))
                continue
            self.entries += len(entries)
            pending += [entry.path for entry in reversed(entries) if _is_wanted_directory(entry)]
            photos = [found for entry in entries if (found := _photo_file(entry)) is not None]
            yield from _without_companions(photos)


def check_folder(path: Path) -> Path:
    """Return ``path`` as an absolute folder that can be listed.

    Raises:
        FolderError: it is not there, is not a folder, or may not be read.
    """
    path = Path(os.path.abspath(path.expanduser()))  # noqa: PTH100 - links stay as the user named them
    name = display_path(path)
    try:
        if not stat.S_ISDIR(path.stat().st_mode):
            raise FolderError(f"{name} is not a folder; choose the folder that holds your photos.")
        with os.scandir(path):
            pass
    except FileNotFoundError as error:
        raise FolderError(f"There is no folder {name}; check the spelling.") from error
    except PermissionError as error:
        raise FolderError(
            f"The folder {name} may not be read; check its permissions and try again."
        ) from error
    except (OSError, ValueError) as error:
        raise FolderError(f"The folder {name} cannot be read ({error}).") from error
    return path


def _is_wanted_directory(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith(".") or entry.name.lower() in SKIPPED_DIRECTORIES:
        return False
    try:
        return entry.is_dir()
    except OSError:  # a loop of links
        return False


def _without_companions(photos: list[FoundFile]) -> Iterator[FoundFile]:
    """Yield the photos of one directory but for the RAW files whose JPEG is there as well."""
    raw = {photo.path for photo in photos if is_raw_name(photo.path.name)}
    shown = (
        {p.path.stem.lower() for p in photos if p.path.suffix.lower() in COMPANION_SUFFIXES}
        if raw
        else set()
    )
    for photo in photos:
        if photo.path not in raw or photo.path.stem.lower() not in shown:
            yield photo


def _photo_file(entry: os.DirEntry[str]) -> FoundFile | None:
    if entry.name.startswith(".") or not is_photo(entry.name):
        return None
    try:
        info = entry.stat()
    except OSError:  # a dangling link, or gone since the listing
        return None
    if not stat.S_ISREG(info.st_mode):
        return None
    return FoundFile(Path(entry.path), info.st_size, info.st_mtime_ns)
