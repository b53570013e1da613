"""Adding and forgetting folders, and what is excluded from them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from inphotos.errors import FolderError, display_path
from inphotos.library.reports import FolderStatus
from inphotos.photos import volumes
from inphotos.photos.exclusions import check_pattern, pattern_below
from inphotos.photos.scan import check_folder
from inphotos.store.catalog import Catalog
from inphotos.store.database import Database
from inphotos.store.details import DetailsTable
from inphotos.store.folders import Folder, relative_path


class FolderBook:
    """The folders of one library."""

    def __init__(self, database: Database, catalog: Catalog, details: DetailsTable) -> None:
        self._database = database
        self._catalog = catalog
        self._details = details
        self._offline: frozenset[int] | None = None

    @property
    def offline(self) -> frozenset[int]:
        """Ids of the folders that could not be reached when last looked at."""
        if self._offline is None:
            self._offline = frozenset(
                folder.id
                for folder in self._catalog.folders.all()
                if not volumes.is_reachable(folder.path, had_photos=True)
            )
        return self._offline

    def statuses(self) -> tuple[FolderStatus, ...]:
        """Return the folders as they are now, in the order in which they were added."""
        offline = set()
        statuses = []
        for folder in self._catalog.folders.all():
            photos = self._catalog.count(folder.id)
            online = volumes.is_reachable(folder.path, had_photos=photos > 0)
            if not online:
                offline.add(folder.id)
            missing = self._catalog.count_missing(folder.id)
            statuses.append(FolderStatus(folder.path, photos, missing, online, folder.exclusions))
        self._offline = frozenset(offline)
        return tuple(statuses)

    def chosen(self, paths: Sequence[Path] | None) -> tuple[Folder, ...]:
        """Return the folders with these paths, or all.

        Raises:
            FolderError: one of them is not in the library.
        """
        folders = self._catalog.folders.all()
        if paths is None:
            return folders
        return tuple(dict.fromkeys(self._known(path, folders) for path in paths))

    def add(self, path: Path) -> Folder:
        """Add a folder; see ``Library.add_folder``."""
        return self.take_up(Folder(0, check_folder(path)))

    def take_up(self, folder: Folder) -> Folder:
        """Add a folder that may be away, with what is known of it.

        Raises:
            FolderError: it holds the library, or is inside of it.
        """
        path = folder.path
        directory = self._database.directory
        if path == directory or directory in path.parents:
            raise FolderError(
                f"{display_path(path)} is where InPhotos keeps its own data; "
                f"choose the folder that holds your photos."
            )
        inside: list[Folder] = []
        for known in self._catalog.folders.all():
            if known.path == path or known.path in path.parents:
                return known
            if path in known.path.parents:
                inside.append(known)
        with self._database.transaction():
            added = self._catalog.folders.add(folder)
            for known in inside:
                added = self._take_over(added, known)
        return added

    def forget(self, path: Path) -> tuple[int, set[str]]:
        """Take a folder and its photos out of the library.

        Returns:
            How many photos that were, and the digests that no photo has any more.

        Raises:
            FolderError: the folder is not in the library.
        """
        path = Path(os.path.abspath(path.expanduser()))  # noqa: PTH100 - need not exist any more
        folder = self._known(path, self._catalog.folders.all())
        photos = self._catalog.photos(folder.id)
        ids = [photo.id for photo in photos]
        with self._database.transaction():
            self._catalog.remove(ids)
            self._details.remove(ids)
            self._catalog.folders.remove(folder.id)
            kept = self._catalog.contents()
            if not self._catalog.folders.all():
                # Taking photos out of the index one by one is slow; all at once is not.
                self._database.clear_embeddings()
        shown = sum(photo.state != "gone" for photo in photos)
        return shown, {photo.content for photo in photos} - kept - {""}

    def exclude(self, path: Path, patterns: Sequence[str]) -> None:
        """Replace the patterns of what not to take from a folder; see ``Library.exclude``."""
        folder = self._known(path, self._catalog.folders.all())
        checked = tuple(dict.fromkeys(check_pattern(pattern) for pattern in patterns))
        with self._database.transaction():
            self._catalog.folders.change(replace(folder, exclusions=checked))

    def _take_over(self, added: Folder, inside: Folder) -> Folder:
        """Make a folder part of one that contains it, with all that is known of its photos."""
        below = relative_path(inside.path, added.path)
        photos = self._catalog.photos(inside.id)
        directories = self._catalog.folders.directories(inside.id)
        self._catalog.folders.put_directories(
            [
                replace(
                    directory,
                    folder_id=added.id,
                    path=os.path.join(below, directory.path) if directory.path else below,  # noqa: PTH118
                )
                for directory in directories
            ]
        )
        self._catalog.put([replace(photo, folder_id=added.id) for photo in photos])
        self._catalog.folders.remove(inside.id)
        patterns = tuple(pattern_below(below, pattern) for pattern in inside.exclusions)
        widened = replace(added, exclusions=added.exclusions + patterns)
        self._catalog.folders.change(widened)
        return widened

    def _known(self, path: Path, folders: Sequence[Folder]) -> Folder:
        folder = next((folder for folder in folders if folder.path == path), None)
        if folder is None:
            raise FolderError(
                f"The folder {display_path(path)} is not in the library; "
                f"'inphotos status' lists those that are."
            )
        return folder
