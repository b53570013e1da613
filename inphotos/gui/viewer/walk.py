"""The way through photos: which one is looked at, and what comes before and after it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from PyQt6.QtCore import QModelIndex, QObject, pyqtSignal

from inphotos.gui.grid.model import GridModel

if TYPE_CHECKING:
    from inphotos.search.ranking import Result

#: More rows are asked for when so few are left ahead.
AHEAD = 40


class Walk(QObject):
    """Goes through what the grid shows, as it is at any moment, or through photos of one's own.

    Attributes:
        row: of the photo that is looked at, -1 for none.

    Signals:
        changed(): another photo is looked at, or others are around it.
    """

    changed = pyqtSignal()

    def __init__(
        self, model: GridModel, length: Callable[[], int], parent: QObject | None = None
    ) -> None:
        """Prepare.

        Args:
            model: the rows of the grid, of which more may be had.
            length: returns how many rows there are with those that have not been asked for.
            parent: Qt's owner.
        """
        super().__init__(parent)
        self._model = model
        self._length = length
        self._own: Sequence[Result] | None = ()
        # Photos of one's own with those that are gone, and these by id.
        self._taken: tuple[Result, ...] = ()
        self._gone: set[int] = set()
        # A photo of the grid that comes back, and is looked at as soon as it is there.
        self._expected = 0
        self._photo_id = 0
        self.row = -1
        for signal in (
            model.modelReset,
            model.rowsInserted,
            model.rowsRemoved,
            model.layoutChanged,
            model.dataChanged,
        ):
            signal.connect(self._on_rows_changed)
        model.taken_in.connect(self._on_taken_in)

    @property
    def photos(self) -> Sequence[Result]:
        """The photos that are there, in order."""
        return self._model.results if self._own is None else self._own

    @property
    def current(self) -> Result | None:
        """The photo that is looked at."""
        photos = self.photos
        return photos[self.row] if 0 <= self.row < len(photos) else None

    @property
    def total(self) -> int:
        """How many photos there are, also those that have not been asked for."""
        here = len(self.photos)
        return max(here, self._length()) if self._own is None else here

    def follow(self, photo: Result) -> None:
        """Look at a photo of the grid, and go through what the grid shows."""
        self._own = None
        self._look_at(self._model.row_of(photo.photo_id) or 0)

    def take(self, photos: Sequence[Result], row: int) -> None:
        """Go through photos that do not change, from one of them."""
        self._own = self._taken = tuple(photos)
        self._gone = set()
        self._look_at(row)

    def leave_out(self, photo_ids: Collection[int]) -> None:
        """Pass over photos that are gone; those of the grid leave it by themselves."""
        if self._own is not None:
            self._gone |= set(photo_ids)
            self._sift()
            self._note(self._row_of(self._photo_id, self.row))

    def take_in(self, photo_ids: Sequence[int]) -> None:
        """Look at the first of these photos, which have come back, once they are there."""
        if not photo_ids or not self.photos:
            return
        if self._own is None:
            self._expected = photo_ids[0]
            self._on_rows_changed()
        else:
            self._gone -= set(photo_ids)
            self._sift()
            self._note(self._row_of(photo_ids[0], self._row_of(self._photo_id, self.row)))

    def at(self, by: int, *, loop: bool = False) -> Result | None:
        """Return the photo so many steps from here, None beyond the ends.

        Args:
            by: steps, below 0 backwards.
            loop: after the last one comes the first.
        """
        photos, row = self.photos, self.row + by
        if loop and photos and self._is_complete:
            row %= len(photos)
        return photos[row] if 0 <= row < len(photos) else None

    def step(self, by: int, *, loop: bool = False) -> bool:
        """Go so many steps; stay, and return False, where there is none to look at."""
        self._look_ahead()
        photo = self.at(by, loop=loop)
        if photo is None:
            return False
        row = self.row + by
        self._look_at(row % len(self.photos) if loop else row)
        return True

    def to_end(self, *, last: bool) -> None:
        """Go to the first photo, or to the last one that is there."""
        if self.photos:
            self._look_at(len(self.photos) - 1 if last else 0)

    @property
    def _is_complete(self) -> bool:
        return self._own is not None or self._model.complete

    def _sift(self) -> None:
        self._own = tuple(photo for photo in self._taken if photo.photo_id not in self._gone)

    def _row_of(self, photo_id: int, otherwise: int) -> int:
        ids = [photo.photo_id for photo in self.photos]
        return ids.index(photo_id) if photo_id in ids else otherwise

    def _look_at(self, row: int) -> None:
        self._expected = 0
        self._note(row)
        self._look_ahead()

    def _note(self, row: int) -> None:
        self.row = min(row, len(self.photos) - 1)
        current = self.current
        self._photo_id = 0 if current is None else current.photo_id
        self.changed.emit()

    def _on_taken_in(self, there_may_be_more: bool) -> None:
        # While another answer was on its way, nothing could be asked for.
        if there_may_be_more and self.row >= 0:
            self._look_ahead()

    def _look_ahead(self) -> None:
        if self._own is None and self.row >= len(self.photos) - AHEAD:
            self._model.fetchMore(QModelIndex())  # which does nothing where there is no more

    def _on_rows_changed(self) -> None:
        if self._own is not None:
            return
        back = self._model.row_of(self._expected) if self._expected else None
        if back is not None:
            self._look_at(back)
            return
        row = self._model.row_of(self._photo_id)
        # A photo that is gone leaves its place to the next one.
        self._note(min(self.row, len(self.photos) - 1) if row is None else row)
