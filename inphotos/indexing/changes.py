"""What has to be done: the files on disk compared with the catalog."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from inphotos.photos.decode import DECODER_VERSION, content_digest
from inphotos.photos.scan import FoundFile
from inphotos.store.catalog import Folder, Photo


@dataclass(frozen=True, slots=True)
class FolderScan:
    """What one complete scan of a reachable folder saw.

    Attributes:
        folder: the folder.
        files: its photos on disk.
        unreadable: directories in it that could not be listed.
    """

    folder: Folder
    files: Sequence[FoundFile]
    unreadable: Sequence[Path]


@dataclass(slots=True)
class Changes:
    """The difference between the disk and the catalog.

    Attributes:
        to_read: photos to decode and encode, the newest first; id 0 when they are new.
        revived: photos to store as they are: gone ones that are back, moved ones.
        gone: photos whose files are no longer there.
        unchanged: how many are up to date.
        moved: how many of ``revived`` have a new path.
        rewritten: ids among ``to_read`` whose file is not the one that was encoded.
    """

    to_read: list[Photo] = field(default_factory=list)
    revived: list[Photo] = field(default_factory=list)
    gone: list[Photo] = field(default_factory=list)
    unchanged: int = 0
    moved: int = 0
    rewritten: set[int] = field(default_factory=set)


def compare(
    scans: Sequence[FolderScan], known: Sequence[Photo], encoded: Collection[int]
) -> Changes:
    """Compare what the scans saw with what the catalog knows of these folders.

    A file of the same size and time is taken for unchanged and not read. A new file that equals a
    photo that has gone, byte for byte, is that photo under a new path.

    Args:
        scans: complete scans of the folders.
        known: the catalog's photos of the same folders.
        encoded: ids of the photos that have an embedding of the model in use.
    """
    changes = Changes()
    by_path = {photo.path: photo for photo in known}
    new: list[Photo] = []
    for scan in scans:
        for file in scan.files:
            photo = by_path.pop(file.path, None)
            if photo is None:
                new.append(_new(scan.folder, file))
            else:
                _compare_one(changes, photo, file, encoded)
    unreadable = [directory for scan in scans for directory in scan.unreadable]
    absent = [photo for photo in by_path.values() if not _is_below(photo.path, unreadable)]
    moved = _find_moves(changes, new, [photo for photo in absent if photo.content], encoded)
    changes.gone = [photo for photo in absent if not photo.gone and photo.id not in moved]
    changes.to_read.sort(key=lambda photo: photo.mtime_ns, reverse=True)
    return changes


def _compare_one(changes: Changes, photo: Photo, file: FoundFile, encoded: Collection[int]) -> None:
    if (photo.size, photo.mtime_ns) != (file.size, file.mtime_ns):
        changes.rewritten.add(photo.id)
        changes.to_read.append(
            replace(photo, size=file.size, mtime_ns=file.mtime_ns, gone=False, reason="")
        )
        return
    present = replace(photo, gone=False)
    failed_for_good = photo.reason and photo.decoder >= DECODER_VERSION
    if not failed_for_good and (photo.reason or photo.id not in encoded):
        changes.to_read.append(present)
        return
    if photo.gone:
        changes.revived.append(present)
    changes.unchanged += 1


def _find_moves(
    changes: Changes, new: list[Photo], absent: Sequence[Photo], encoded: Collection[int]
) -> set[int]:
    """Sort new files into moved and to be read; return the ids of the photos that have moved."""
    found: set[int] = set()
    by_size: defaultdict[int, list[Photo]] = defaultdict(list)
    for photo in absent:
        by_size[photo.size].append(photo)
    for photo in new:
        origin = _same_content(photo, by_size[photo.size]) if photo.size in by_size else None
        if origin is None:
            changes.to_read.append(photo)
            continue
        by_size[photo.size].remove(origin)
        found.add(origin.id)
        moved = replace(
            origin,
            folder_id=photo.folder_id,
            path=photo.path,
            mtime_ns=photo.mtime_ns,
            gone=False,
        )
        changes.revived.append(moved)
        if origin.id not in encoded:
            changes.to_read.append(moved)
    changes.moved = len(found)
    return found


def _same_content(photo: Photo, candidates: Sequence[Photo]) -> Photo | None:
    if not candidates:
        return None
    try:
        digest = content_digest(photo.path.read_bytes())
    except OSError:  # the decoder will meet the same error and record it
        return None
    return next((known for known in candidates if known.content == digest), None)


def _new(folder: Folder, file: FoundFile) -> Photo:
    return Photo(0, folder.id, file.path, file.size, file.mtime_ns)


def _is_below(path: Path, directories: Sequence[Path]) -> bool:
    return any(directory in path.parents for directory in directories)
