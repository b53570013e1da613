"""Favourites, ratings and tags: what the user thinks of photos, by photo id."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from inphotos.library.sidecars import MarkedFile, SidecarProblem, SidecarWriter
from inphotos.search.listing import Listing
from inphotos.search.marked import MarkedPhotos
from inphotos.search.ranking import Results
from inphotos.store.catalog import Photo
from inphotos.store.details import DetailsTable
from inphotos.store.marks import HIGHEST_RATING, UNMARKED, Mark, MarkBook, clean_tags

__all__ = ["Mark", "Marks"]

log = logging.getLogger(__name__)


class Marks:
    """The marks of one library.

    Copies of a photo have the same marks. What is read here comes from memory and may be asked for
    in any thread, of every photo that has been in an answer of the library. What changes marks
    reads the catalog, so it is for the thread that searches; it writes a file of its own, not the
    store, and never waits for indexing or compaction. Each change is on disk when it returns.

    Where sidecars are wanted, every change is also noted for :meth:`write_sidecars`.
    """

    def __init__(
        self,
        book: MarkBook,
        listing: Listing,
        details: DetailsTable,
        are_sidecars_wanted: Callable[[], bool],
    ) -> None:
        self._book = book
        self._listing = listing
        self._details = details
        self._are_sidecars_wanted = are_sidecars_wanted
        self._photos = MarkedPhotos(listing.table, book)
        self._sidecars = SidecarWriter()
        self._lock = threading.Lock()
        # Only of photos with a mark, or with stars of their own: most have neither.
        self._contents: dict[int, str] = {}
        self._own_ratings: dict[int, int] = {}

    def of(self, photo_id: int) -> Mark:
        """Return what the user thinks of a photo."""
        content = self._contents.get(photo_id)
        return UNMARKED if content is None else self._book.of(content)

    def own_rating(self, photo_id: int) -> int:
        """Return the stars that a photo's file gives it, 0 for none."""
        return self._own_ratings.get(photo_id, 0)

    def rating(self, photo_id: int) -> int:
        """Return the stars of a photo, 0 to 5: the user's, or else the file's."""
        given = self.of(photo_id).rating
        return self.own_rating(photo_id) if given is None else given

    def set_favorite(self, photo_ids: Sequence[int], favorite: bool) -> dict[int, Mark]:
        """Make photos favourites, or not.

        Returns:
            The former marks by photo id, for :meth:`restore`; photos that the library does not
            know are left out.

        Raises:
            LibraryError: the marks cannot be written, or the catalog not be read; nothing has
                changed.
        """
        return self._change(photo_ids, lambda _, mark: replace(mark, favorite=favorite))

    def set_rating(self, photo_ids: Sequence[int], rating: int | None) -> dict[int, Mark]:
        """Rate photos.

        Args:
            photo_ids: the photos.
            rating: 0 to 5; None takes the user's rating away, so that the file's own counts.

        Returns, Raises:
            As in :meth:`set_favorite`.
        """
        if rating is not None and not 0 <= rating <= HIGHEST_RATING:
            raise ValueError(f"a rating is from 0 to {HIGHEST_RATING}")
        return self._change(photo_ids, lambda _, mark: replace(mark, rating=rating))

    def add_tags(self, photo_ids: Sequence[int], tags: Iterable[str]) -> dict[int, Mark]:
        """Give photos tags; those that one has already, whatever their case, stay as they are.

        Returns, Raises:
            As in :meth:`set_favorite`.
        """
        added = clean_tags(tags)
        return self._change(
            photo_ids, lambda _, mark: replace(mark, tags=clean_tags((*mark.tags, *added)))
        )

    def remove_tags(self, photo_ids: Sequence[int], tags: Iterable[str]) -> dict[int, Mark]:
        """Take tags away that the user has given, whatever their case; keywords of files stay.

        Returns, Raises:
            As in :meth:`set_favorite`.
        """
        gone = {tag.casefold() for tag in clean_tags(tags)}

        def without(_: int, mark: Mark) -> Mark:
            return replace(mark, tags=tuple(t for t in mark.tags if t.casefold() not in gone))

        return self._change(photo_ids, without)

    def restore(self, marks: Mapping[int, Mark]) -> dict[int, Mark]:
        """Let photos have these marks, such as those that a change has returned.

        Returns, Raises:
            As in :meth:`set_favorite`.
        """
        return self._change(list(marks), lambda photo_id, _: marks[photo_id])

    def put(self, marks: Mapping[str, Mark]) -> dict[str, Mark]:
        """Let these marks, by content, take the place of the former ones, which are returned.

        They hold also for photos that are not in the library yet.

        Raises:
            LibraryError: as in :meth:`set_favorite`.
        """
        former = {content: self._book.of(content) for content in marks}
        self._book.change(marks)
        changed = [content for content in marks if marks[content] != former[content]]
        copies = list(self._listing.catalog.of_contents(changed))
        with self._lock:
            self._contents |= {photo.id: photo.content for photo in copies}
        if self._are_sidecars_wanted():
            self._note_sidecars(copies, former)
        return former

    def tags(self) -> dict[str, int]:
        """Return all tags and all keywords of files, each with how many photos have it at least.

        For the thread that searches.

        Raises:
            LibraryError: the store cannot be read.
        """
        self._listing.table.refresh()
        return self._photos.counts()

    def keywords(self, photo_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
        """Return the keywords of photos' files; for the thread that searches.

        Raises:
            LibraryError: the store cannot be read.
        """
        return {photo_id: self._keywords(photo_id) for photo_id in photo_ids}

    def noted(self, results: Results) -> Results:
        """Return an answer, whose photos' marks can be asked for from now on."""
        ids = np.array([result.photo_id for result in results.results], np.int64)
        rows = self._listing.table.rows_of(ids)
        own = self._listing.table.number("rating")[rows[rows >= 0]]
        with self._lock:
            self._own_ratings |= {
                photo_id: max(0, stars)
                for photo_id, stars in zip(ids[rows >= 0].tolist(), own.tolist(), strict=True)
                if stars > 0 or photo_id in self._own_ratings
            }
            self._contents |= {
                result.photo_id: result.content
                for result in results.results
                if result.photo_id in self._contents or self._book.of(result.content)
            }
        return results

    def write_sidecars(self) -> tuple[SidecarProblem, ...]:
        """Write the XMP files of photos whose marks have changed; any thread may do so.

        Returns:
            What could not be written, which is not tried again; the marks are in the library.
        """
        return self._sidecars.write()

    def close(self) -> None:
        """Write the sidecars that are left to write; nobody is there to be told of trouble."""
        for problem in self.write_sidecars():
            log.warning("%s", problem)

    def _change(
        self, photo_ids: Sequence[int], changed: Callable[[int, Mark], Mark]
    ) -> dict[int, Mark]:
        catalog = self._listing.catalog
        photos = [p for p in catalog.by_ids(photo_ids).values() if p.content]
        before = {photo.id: self._book.of(photo.content) for photo in photos}
        marks = {photo.content: changed(photo.id, before[photo.id]) for photo in photos}
        self.put(marks)
        return before

    def _note_sidecars(self, photos: Iterable[Photo], former: Mapping[str, Mark]) -> None:
        """Note that the marks of photos are to be written beside them."""
        self._sidecars.add(
            MarkedFile(
                photo.path,
                former[photo.content],
                self._book.of(photo.content),
                self._keywords(photo.id),
            )
            for photo in photos
            if photo.state != "gone"
        )

    def _keywords(self, photo_id: int) -> tuple[str, ...]:
        known = self._details.of(photo_id, 0)
        return () if known is None else known[0].keywords
