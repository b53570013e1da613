"""Marks from a backup whose photos are not in the library yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any

from inphotos.library.backup_file import NO_SENSE, MarkedPhoto, photo_as_json, photo_from_json
from inphotos.library.kept_list import KeptList
from inphotos.store.catalog import Catalog, Photo
from inphotos.store.changes import ChangeLog
from inphotos.store.marks import MarkBook


class WaitingMarks(KeptList[MarkedPhoto]):
    """Photos that a backup knows and the library does not, each with its marks.

    A mark belongs to a content, so that of a photo which comes in unchanged is there at once, and
    its entry here only tells of it. A photo that has another content by now, but is of the same
    size at the same place, is given the mark that waits for it.
    """

    def __init__(self, directory: Path, *, read_only: bool = False) -> None:
        """Read what waits in the library in ``directory``."""
        super().__init__(directory / "waiting-marks.json", read_only=read_only)
        self._settled_at = -1

    @property
    def all(self) -> tuple[MarkedPhoto, ...]:
        """All of them."""
        with self._lock:
            return tuple(self._entries)

    def add(self, photos: Iterable[MarkedPhoto]) -> None:
        """Let photos wait; one with the content of another takes its place."""
        with self._lock:
            known = {photo.content: photo for photo in self._entries}
            self._replace((known | {photo.content: photo for photo in photos}).values())

    def remove(self, contents: Collection[str]) -> None:
        """Let photos with these contents wait no longer."""
        with self._lock:
            self._replace(photo for photo in self._entries if photo.content not in contents)

    def settle(self, catalog: Catalog, book: MarkBook, changes: ChangeLog) -> None:
        """Mark the photos that have come in since the last time, and let them wait no longer.

        Args:
            catalog: what is in the library.
            book: the marks.
            changes: tells which photos may have come in.

        Raises:
            LibraryError: the catalog cannot be read, or the marks cannot be written; they wait on.
        """
        since, position = self._settled_at, changes.position
        changed = None if since < 0 else changes.since(since, "Photo")
        waiting = self.all
        if waiting and (changed is None or changed):
            here = come_in(catalog, waiting, changed)
            arrived = {photo.content for photo in waiting} & {photo.content for photo in here}
            others = [photo for photo in waiting if photo.content not in arrived]
            found = edited(catalog, others, here, lambda content: bool(book.of(content)))
            book.change({content: photo.mark for content, photo in found.items()})
            self.remove(arrived | {photo.content for photo in found.values()})
            self.write()
        self._settled_at = position

    def _replace(self, photos: Iterable[MarkedPhoto]) -> None:
        replaced = list(photos)
        if replaced != self._entries:
            self._entries = replaced
            self._changed = True

    def _as_json(self, entry: MarkedPhoto) -> Any:
        return photo_as_json(entry)

    def _from_json(self, value: Any) -> MarkedPhoto | None:
        try:
            return photo_from_json(value)
        except NO_SENSE:
            return None


def edited(
    catalog: Catalog,
    photos: Iterable[MarkedPhoto],
    here: Iterable[Photo],
    is_marked: Callable[[str], bool],
) -> dict[str, MarkedPhoto]:
    """Find photos that have another content than a backup says.

    Such a photo is at the same path, from the library's folder on, of the same size, has no mark,
    and is the only one like that: folders may be in another place by now, but pictures without
    compression are all of one size.

    Args:
        catalog: what is in the library.
        photos: what the backup says.
        here: photos that come into question.
        is_marked: tells whether a content has a mark.

    Returns:
        By the contents that they have now, the photos of the backup.
    """
    roots = {folder.id: folder.path for folder in catalog.folders.all()}
    like: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for photo in here:
        if photo.content and not is_marked(photo.content) and photo.folder_id in roots:
            path = photo.path.relative_to(roots[photo.folder_id]).as_posix()
            like[path, photo.size].add(photo.content)
    found: dict[str, MarkedPhoto] = {}
    for marked in photos:
        contents = like.get((marked.path, marked.size), set()) if marked.path else set()
        if len(contents) == 1 and marked.mark:
            found.setdefault(next(iter(contents)), marked)
    return found


def come_in(
    catalog: Catalog, waiting: Collection[MarkedPhoto], changed: Collection[int] | None = None
) -> list[Photo]:
    """Return the photos in the library that may be among those that are waited for.

    Args:
        catalog: what is in the library.
        waiting: what is waited for.
        changed: ids of those that come into question; None for all.
    """
    if changed is not None:
        candidates: Iterable[Photo] = catalog.by_ids(list(changed)).values()
    else:
        known = {p.id: p for p in catalog.of_contents({photo.content for photo in waiting})}
        sizes = {photo.size for photo in waiting if photo.path}
        candidates = (known | {p.id: p for p in catalog.of_sizes(sizes)}).values()
    return [photo for photo in candidates if photo.state != "gone"]
