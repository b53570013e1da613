"""What has to be done: the files on disk compared with the catalog.

Photos are told apart by content, not by name. A file at a new path, or with another size or time
than before, lays *claim* to a photo: to one whose own file has vanished or was overwritten (it was
moved), to one that is still there (it is a copy of it), to the one that was at its path (it was
touched or edited), or to none (it is new). Which of these holds is known once the file has been
read; only a file with the size, time and inode of a vanished one is taken for it without reading.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from inphotos.photos.decode import DECODER_VERSION
from inphotos.photos.metadata import READER_VERSION
from inphotos.photos.presence import is_gone
from inphotos.photos.scan import FoundFile, Listing
from inphotos.store.catalog import Catalog, Photo
from inphotos.store.folders import Directory, Folder

#: Digests that are given with a claim. There can be many photos of one size, uncompressed ones for
#: instance; a file that equals one that is left out is only decoded once more than it need be.
_MOST_KNOWN = 200


@dataclass(frozen=True, slots=True)
class FolderScan:
    """What a scan of a reachable folder saw, as far as it is not known already.

    Attributes:
        folder: the folder.
        listings: directories that may have changed, each with its row in the catalog.
        vanished: directories of the catalog that the scan should have met and did not.
        kept_files: files that are on disk, are not to be opened, and count as they are known.
        away: directories that could not be looked into: what is below them has not vanished.
        incomplete: directories in which the disk did not tell of every file.
        is_whole: whether all of the folder was looked at.
    """

    folder: Folder
    listings: Sequence[tuple[Directory, Listing]]
    vanished: Sequence[Directory]
    kept_files: Collection[Path] = ()
    away: Collection[Path] = ()
    incomplete: Collection[str] = ()
    is_whole: bool = True

    def is_away(self, path: Path) -> bool:
        """Tell whether a photo is where the scan could not look."""
        return any(place in path.parents for place in self.away)


@dataclass(frozen=True, slots=True)
class Claim:
    """A file to be read.

    Attributes:
        photo: the photo that it is if it is no other's: the one at its path, or a new one (id 0).
        known: digests of photos that it may equal and whose embedding is at hand.
        is_decisive: what became of photos that have lost their file hangs on it.
    """

    photo: Photo
    known: tuple[str, ...] = ()
    is_decisive: bool = False


@dataclass(slots=True)
class Changes:
    """The difference between the disk and the catalog.

    Attributes:
        claims: files to be read.
        revived: photos to be stored as they are: they are back, or moved for certain.
        displaced: photos whose own file has vanished or was overwritten, by id.
        absent: ids among them that are in the library until it is settled what became of them.
        unchanged: how many are up to date.
        moved: how many of ``revived`` have a new path.
    """

    claims: list[Claim] = field(default_factory=list)
    revived: list[Photo] = field(default_factory=list)
    displaced: dict[int, Photo] = field(default_factory=dict)
    absent: set[int] = field(default_factory=set)
    unchanged: int = 0
    moved: int = 0


def compare(
    scans: Sequence[FolderScan], catalog: Catalog, encoded: Collection[int] | None
) -> Changes:
    """Compare what the scans saw with what the catalog knows of these directories.

    Args:
        scans: scans of the folders that can be reached.
        catalog: the catalog.
        encoded: ids of the photos that have an embedding of the model in use; None without one,
            when none is wanted.
    """
    changes = Changes()
    compared = {directory.id for scan in scans for directory, _ in scan.listings if directory.id}
    compared |= {directory.id for scan in scans for directory in scan.vanished}
    known: defaultdict[int, list[Photo]] = defaultdict(list)
    for photo in catalog.in_directories(compared):
        known[photo.directory_id].append(photo)
    open_claims: list[Photo] = []
    for scan in scans:
        for directory, listing in scan.listings:
            rows = known.pop(directory.id, []) if directory.id else []
            open_claims += _compare_directory(changes, scan, directory, listing, rows, encoded)
        for directory in scan.vanished:
            _displace(changes, scan, known.pop(directory.id, []))
    similar = _similar(changes, open_claims, catalog, compared, scans)
    _find_origins(changes, open_claims, similar, encoded)
    return changes


def _compare_directory(
    changes: Changes,
    scan: FolderScan,
    directory: Directory,
    listing: Listing,
    rows: Iterable[Photo],
    encoded: Collection[int] | None,
) -> list[Photo]:
    """Sort the photos of one directory; return the files whose origin is to be found."""
    by_name: defaultdict[str, list[Photo]] = defaultdict(list)
    for photo in rows:
        by_name[photo.path.name].append(photo)
    root = Path(scan.folder.path, listing.directory)
    claims: list[Photo] = []
    for file in listing.files:
        former = _best(by_name[file.name], file) if file.name in by_name else None
        sidecar = "{1}:{2}".format(*mark) if (mark := listing.sidecars.get(file.name)) else ""
        if former is None:
            claims.append(_new(scan.folder, directory, root / file.name, file, sidecar))
            continue
        by_name[file.name].remove(former)
        is_same = (former.size, former.mtime_ns) == (file.size, file.mtime_ns)
        if is_same and (former.content or former.reason):
            _compare_same(changes, former, sidecar, encoded)
            continue
        if not is_same:
            changes.displaced[former.id] = former
        claims.append(
            replace(
                former,
                size=file.size,
                mtime_ns=file.mtime_ns,
                inode=file.inode,
                sidecar=sidecar,
                state="here",
            )
        )
    if listing.directory not in scan.incomplete:
        _displace(changes, scan, [photo for photos in by_name.values() for photo in photos])
    return claims


def _best(photos: Sequence[Photo], file: FoundFile) -> Photo | None:
    """Return the photo that a file is, or was before it changed, among those at its path."""
    same = [p for p in photos if (p.size, p.mtime_ns) == (file.size, file.mtime_ns)]
    present = [p for p in photos if p.state != "gone"]
    return next(iter([p for p in same if p.state != "gone"] or same or present), None)


def _compare_same(
    changes: Changes, photo: Photo, sidecar: str, encoded: Collection[int] | None
) -> None:
    """Sort a photo whose file has not changed."""
    present = replace(photo, state="here", sidecar=sidecar)
    if photo.reason:
        is_done = photo.decoder >= DECODER_VERSION
    else:
        is_read = photo.reader >= READER_VERSION and photo.sidecar == sidecar
        is_done = _is_at_hand(photo, encoded) and is_read
    if not is_done:
        known = (photo.content,) if _is_at_hand(photo, encoded) else ()
        changes.claims.append(Claim(present, known))
        return
    changes.unchanged += 1
    if photo.state != "here":
        changes.revived.append(present)


def _displace(changes: Changes, scan: FolderScan, photos: Iterable[Photo]) -> None:
    """Sort photos that no file of a listing is."""
    kept: set[Path] = set()
    for photo in sorted(photos, key=lambda p: (p.state == "gone", -p.gone_ms)):
        if photo.path in scan.kept_files and photo.path not in kept:
            kept.add(photo.path)
            if photo.state != "here":
                changes.revived.append(replace(photo, state="here"))
            continue
        changes.displaced[photo.id] = photo
        if photo.state != "gone":
            changes.absent.add(photo.id)


def _similar(
    changes: Changes,
    claims: Sequence[Photo],
    catalog: Catalog,
    compared: Collection[int],
    scans: Sequence[FolderScan],
) -> list[Photo]:
    """Return the photos of the same sizes as the claims; note which of them have lost their file.

    Those whose directory was compared are known to have lost it or not.
    """
    online = {scan.folder.id: scan for scan in scans}
    similar = list(catalog.of_sizes({claim.size for claim in claims}))
    for photo in similar:
        if photo.directory_id not in compared and _is_lost(photo, online.get(photo.folder_id)):
            changes.displaced[photo.id] = photo
    return similar


def _is_lost(photo: Photo, scan: FolderScan | None) -> bool:
    """Tell whether a photo has no file, whose directory was not looked at in this run."""
    if photo.state == "gone":
        return True
    if scan is None or scan.is_away(photo.path):
        return False
    return is_gone(photo.path)


def _find_origins(
    changes: Changes,
    claims: Sequence[Photo],
    similar: Sequence[Photo],
    encoded: Collection[int] | None,
) -> None:
    """Find out which photos the changed files may be, and which they are for certain."""
    by_time: defaultdict[tuple[int, int], list[Photo]] = defaultdict(list)
    for photo in similar:
        by_time[photo.size, photo.mtime_ns].append(photo)
    waiting: list[Photo] = []
    taken: set[int] = set()
    for claim in claims:
        origin = _certain_origin(changes, claim, by_time.get((claim.size, claim.mtime_ns), []))
        if origin is None or not _needs_no_reading(origin, claim, encoded):
            waiting.append(claim)
            continue
        taken.add(origin.id)
        changes.revived.append(moved(origin, claim))
        changes.moved += 1
        del changes.displaced[origin.id]
        changes.absent.discard(origin.id)
        if claim.id and claim.id not in taken:  # the photo at this path has been overwritten
            changes.displaced.setdefault(claim.id, claim)
            changes.absent.add(claim.id)
    known = _known_digests(changes, similar, encoded)
    wanted = {photo.size for photo in changes.displaced.values() if photo.content}
    for claim in waiting:
        photo = as_new(claim) if claim.id in taken else claim
        is_decisive = bool(photo.content) or claim.size in wanted
        changes.claims.append(Claim(photo, known.get(claim.size, ()), is_decisive))


def _certain_origin(changes: Changes, claim: Photo, alike: Sequence[Photo]) -> Photo | None:
    """Return the photo without a file that a file is for certain.

    Args:
        alike: photos of the same size and time.
    """
    # Numbers of files are no proof where the system makes them up anew at each mount (FAT), so
    # nothing else may come into question.
    if len({photo.content for photo in alike}) > 1:
        return None
    return next(
        (p for p in alike if p.id in changes.displaced and p.inode and p.inode == claim.inode), None
    )


def _known_digests(
    changes: Changes, similar: Sequence[Photo], encoded: Collection[int] | None
) -> dict[int, tuple[str, ...]]:
    """Return the digests that files of each size may have, those of lost photos first."""
    known: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for photo in sorted(similar, key=lambda p: p.id not in changes.displaced):
        if _is_at_hand(photo, encoded) and len(known[photo.size]) < _MOST_KNOWN:
            known[photo.size][photo.content] = None
    return {size: tuple(digests) for size, digests in known.items()}


def _needs_no_reading(photo: Photo, file: Photo, encoded: Collection[int] | None) -> bool:
    return (
        _is_at_hand(photo, encoded)
        and photo.reader >= READER_VERSION
        and photo.sidecar == file.sidecar
    )


def _is_at_hand(photo: Photo, encoded: Collection[int] | None) -> bool:
    """Tell whether everything is there that comes of reading a photo."""
    return bool(photo.content) and (encoded is None or photo.id in encoded)


def moved(photo: Photo, claim: Photo) -> Photo:
    """Return a photo as it is at the place of a claim's file."""
    return replace(
        photo,
        folder_id=claim.folder_id,
        directory_id=claim.directory_id,
        path=claim.path,
        size=claim.size,
        mtime_ns=claim.mtime_ns,
        inode=claim.inode,
        sidecar=claim.sidecar,
        state="here",
    )


def as_new(photo: Photo) -> Photo:
    """Return a new photo with the file of another one."""
    return Photo(
        id=0,
        folder_id=photo.folder_id,
        directory_id=photo.directory_id,
        path=photo.path,
        size=photo.size,
        mtime_ns=photo.mtime_ns,
        inode=photo.inode,
        sidecar=photo.sidecar,
        taken_ms=photo.mtime_ns // 1_000_000,
    )


def _new(folder: Folder, directory: Directory, path: Path, file: FoundFile, sidecar: str) -> Photo:
    return Photo(
        id=0,
        folder_id=folder.id,
        directory_id=directory.id,
        path=path,
        size=file.size,
        mtime_ns=file.mtime_ns,
        inode=file.inode,
        sidecar=sidecar,
        taken_ms=file.mtime_ns // 1_000_000,
    )
