"""Looking at the folders: where they are, and which of their directories may have changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Generator, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from inphotos.events import Control, Progress
from inphotos.indexing.changes import FolderScan
from inphotos.photos import volumes
from inphotos.photos.decode import DECODER_VERSION
from inphotos.photos.exclusions import Exclusions
from inphotos.photos.metadata import READER_VERSION
from inphotos.photos.scan import Listing, Scan
from inphotos.store.catalog import Catalog
from inphotos.store.database import Database
from inphotos.store.folders import Directory, Folder

#: Files between two reports of a scan.
_PROGRESS_EVERY = 500

#: Photos by which a folder is recognised on a volume that has no name of its own.
_SAMPLE = 50

Scope = Mapping[Path, Collection[str] | None]
"""For a folder, the directories to look at, relative to it; None for all. Folders that are not in
it are left alone."""


@dataclass(slots=True)
class Sight:
    """What was seen of the folders.

    Attributes:
        scans: what may have changed, of each folder that can be reached.
        offline: folders that cannot be reached.
        relocated: where folders are now that were found under another path.
        found: photos on disk.
        unchanged: those among them in directories where nothing has changed.
        unreadable: directories that could not be listed.
        placeholders: photos that are in the cloud only.
    """

    scans: list[FolderScan] = field(default_factory=list)
    offline: list[Folder] = field(default_factory=list)
    relocated: list[Folder] = field(default_factory=list)
    found: int = 0
    unchanged: int = 0
    unreadable: list[Path] = field(default_factory=list)
    placeholders: list[Path] = field(default_factory=list)


class Lookout:
    """Scans folders and leaves out what is settled."""

    def __init__(self, database: Database, catalog: Catalog, fingerprint: str) -> None:
        """Look on behalf of the model with this fingerprint, empty for none."""
        self._database = database
        self._catalog = catalog
        self._version = f"{fingerprint} {DECODER_VERSION} {READER_VERSION}".encode()
        self._seen: set[tuple[int, int]] = set()

    def look(
        self, folders: Iterable[Folder], scope: Scope | None, control: Control, *, trust: bool
    ) -> Generator[Progress, None, Sight]:
        """Scan folders.

        Args:
            folders: which.
            scope: directories to look at, None for all.
            control: lets the user pause and cancel.
            trust: take directories for gone on which a volume was mounted before.

        Raises:
            CancelledError: by way of ``control``.
        """
        sight = Sight()
        for folder in folders:
            if scope is None or folder.path in scope:
                directories = None if scope is None else scope[folder.path]
                yield from self._look_at(folder, directories, control, sight, trust)
        return sight

    def mark(self, listing: Listing) -> bytes:
        """Return what stands for a listing of which nothing is left to do."""
        return hashlib.blake2b(listing.digest + self._version, digest_size=16).digest()

    def _look_at(
        self,
        folder: Folder,
        scope: Collection[str] | None,
        control: Control,
        sight: Sight,
        trust: bool,
    ) -> Generator[Progress, None, None]:
        present = self._find(folder, trust)
        if present is None:
            sight.offline.append(folder)
            return
        if present.path != folder.path:
            sight.relocated.append(present)
        directories = {d.path: d for d in self._catalog.folders.directories(folder.id)}
        scan = Scan(
            present.path,
            Exclusions(present.exclusions),
            directories=None if scope is None else self._own(present, scope),
            known=_with_parents(directories),
            known_mounts=[] if trust else [d.path for d in directories.values() if d.is_mount],
            seen=self._seen,
            checkpoint=control.checkpoint,
        )
        listings: list[tuple[Directory, Listing]] = []
        met: set[str] = set()
        found = unchanged = reported = 0
        for listing in scan:
            met.add(listing.directory)
            found += len(listing.files)
            directory = directories.get(listing.directory)
            if directory is not None and directory.settled == self.mark(listing):
                unchanged += len(listing.files)
            else:
                listings.append((directory or Directory(0, folder.id, listing.directory), listing))
            if found - reported >= _PROGRESS_EVERY:
                reported = found
                yield Progress("scanning", sight.found + found)
        yield Progress("scanning", sight.found + found)
        if present.path in scan.unreadable or not self._is_there(present, trust):
            # It went while it was looked at: what was seen of it is worth nothing.
            sight.offline.append(folder)
            return
        sight.found += found
        sight.unchanged += unchanged
        sight.unreadable += scan.unreadable
        sight.placeholders += scan.placeholders
        passed_over = scan.absent | scan.repeated
        vanished = [
            directory
            for path, directory in directories.items()
            if path not in met and (path in scan.visited or _is_at_or_below(path, passed_over))
        ]
        listings += [
            (Directory(0, folder.id, path), Listing(path, (), b"", {}))
            for path in scan.mounts
            if path not in directories and path not in met
        ]
        listings = [
            (replace(directory, is_mount=directory.path in scan.mounts), listing)
            for directory, listing in listings
        ]
        away = [
            present.path / directory.path
            for path, directory in directories.items()
            if directory.is_mount and path not in scan.visited and not trust
            if not os.path.ismount(present.path / path)
        ]
        sight.scans.append(
            FolderScan(
                present,
                listings,
                vanished,
                kept_files=frozenset(scan.placeholders),
                away=[*scan.unreadable, *away],
                incomplete=met - scan.visited,
                is_whole=scope is None,
            )
        )

    def _find(self, folder: Folder, trust: bool) -> Folder | None:
        """Return a folder with the path that it has now, None when it cannot be reached."""
        volume = volumes.volume_of(folder.path)
        if self._is_there(folder, trust) and (trust or not self._is_other(folder, volume)):
            return self._with_volume(folder, volume)
        sample = self._sample(folder)
        path = volumes.find_elsewhere(folder.path, folder.below, folder.volume, sample)
        if path is None or any(other.path == path for other in self._catalog.folders.all()):
            return None
        return self._with_volume(replace(folder, path=path), volumes.volume_of(path))

    def _is_there(self, folder: Folder, trust: bool) -> bool:
        """Tell whether a folder can be reached; an empty one only if nothing is known in it."""
        if volumes.is_reachable(folder.path, had_photos=True):
            return True
        had_photos = not trust and self._catalog.count(folder.id) > 0
        return volumes.is_reachable(folder.path, had_photos)

    def _is_other(self, folder: Folder, volume: volumes.Volume | None) -> bool:
        """Tell whether another drive than the folder's is mounted in its place."""
        if volume is None or volume.identity == folder.volume:
            return False
        if "" in (folder.volume, volume.identity) or not self._catalog.count(folder.id):
            return False
        # The photos may have been moved to another drive, mounted where the old one was.
        return not volumes.has_sample(folder.path, self._sample(folder))

    def _with_volume(self, folder: Folder, volume: volumes.Volume | None) -> Folder:
        """Note where a folder is, and on which volume, so that it can be recognised elsewhere."""
        noted = folder
        if volume is not None:
            noted = replace(folder, volume=volume.identity, below=volume.below(folder.path))
        known = next(f for f in self._catalog.folders.all() if f.id == folder.id)
        if noted != known:
            with self._database.transaction():
                self._catalog.folders.change(noted)
        return noted

    def _sample(self, folder: Folder) -> list[tuple[str, int, int]]:
        photos = [p for p in self._catalog.photos(folder.id) if p.state == "here"]
        step = max(1, len(photos) // _SAMPLE)
        return [
            (str(photo.path.relative_to(folder.path)), photo.size, photo.mtime_ns)
            for photo in photos[::step]
        ]

    def _own(self, folder: Folder, scope: Collection[str]) -> list[str]:
        """Leave out directories that are really another folder's, reached by a link."""
        roots = [os.path.realpath(other.path) for other in self._catalog.folders.all()]
        own = os.path.realpath(folder.path)
        kept = []
        for directory in scope:
            real = Path(os.path.realpath(folder.path / directory))
            owners = [root for root in roots if real.is_relative_to(root)]
            if not owners or max(owners, key=len) == own:
                kept.append(directory)
        return kept


def _with_parents(paths: Iterable[str]) -> set[str]:
    known = {""}
    for path in paths:
        while path and path not in known:
            known.add(path)
            path = os.path.dirname(path)  # noqa: PTH120 - text, many
    return known


def _is_at_or_below(path: str, directories: Collection[str]) -> bool:
    while path:
        if path in directories:
            return True
        path = os.path.dirname(path)  # noqa: PTH120 - text, many
    return "" in directories
