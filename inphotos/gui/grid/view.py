"""The grid of photos on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, pyqtSignal
from PyQt6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QNativeGestureEvent,
    QResizeEvent,
    QWheelEvent,
)
from PyQt6.QtWidgets import QWidget

from inphotos.gui.grid.delegate import MarksOf
from inphotos.gui.grid.model import GridModel
from inphotos.gui.grid.selectable_view import SelectableView
from inphotos.gui.grid.thumbnails import Thumbnails
from inphotos.gui.keyboard.table import KeyHint
from inphotos.gui.timers import single_shot

if TYPE_CHECKING:
    from inphotos.search.ranking import Result

#: The least and the greatest least width of a cell, pixels; cells grow to fill the row.
LEAST_TILE_SIZE, MOST_TILE_SIZE = 88, 400
DEFAULT_TILE_SIZE = 208
#: By how much one step changes the size of the tiles, at least.
ZOOM_STEP = 1.2
#: What a wheel turns by from one notch to the next, in the unit of Qt.
NOTCH = 120

#: What is in sight is reported once it has been there for so long.
SIGHT_MS = 60


@dataclass(frozen=True, slots=True)
class GridPlace:
    """Where the user is in the grid, apart from rows, which may come and go.

    Attributes:
        photo_id: the first photo in sight, None in an empty grid.
        offset: how far its cell begins below the upper edge of the view (above, below 0), pixels.
        current_id: the current photo, None for none.
    """

    photo_id: int | None
    offset: int
    current_id: int | None


class GridView(SelectableView):
    """The photos of the library or of an answer, as tiles.

    Attributes:
        thumbnails: where the tiles' pictures come from.

    Signals:
        menu_wanted(Result, QPoint): the user asks what can be done with the photo (global place).
        sight_changed(tuple[int, ...]): other photos (by photo id) are in sight.
        current_changed(Result | None): another photo is the current one.
        tile_size_changed(int): the tiles have another size.
    """

    menu_wanted = pyqtSignal(object, QPoint)
    sight_changed = pyqtSignal(object)
    current_changed = pyqtSignal(object)
    tile_size_changed = pyqtSignal(int)

    def __init__(self, model: GridModel, thumbnails: Thumbnails, parent: QWidget | None = None):
        super().__init__(model, thumbnails, DEFAULT_TILE_SIZE, parent)
        self.thumbnails = thumbnails
        # Not whole pixels: two fingers change it by less.
        self._tile_size = float(DEFAULT_TILE_SIZE)
        self._turned = 0
        model.set_remarks(self._remarks)
        self.setObjectName("grid")
        self.setAccessibleName(self.tr("Photos"))
        # A photo dropped here means the window (search with it), not a place in the list.
        self.setAcceptDrops(False)
        thumbnails.loaded.connect(self._on_thumbnail_loaded)
        self._in_sight: tuple[int, ...] = ()
        self._look = single_shot(self, SIGHT_MS, self._on_look_due)
        for changed in (
            model.modelReset,
            model.rowsInserted,
            model.rowsRemoved,
            model.layoutChanged,
            model.sections_changed,
            self._scroll_bar.valueChanged,
        ):
            changed.connect(self._look_soon)
        # A reset takes the current photo away without telling the view's own handler.
        model.modelReset.connect(self._on_current_changed)

    @property
    def tile_size(self) -> int:
        """The least width of a cell, in pixels; cells grow to fill the row."""
        return round(self._tile_size)

    @tile_size.setter
    def tile_size(self, size: int) -> None:
        self._set_tile_size(size)

    def zoom(self, steps: int, at: QPoint | None = None) -> None:
        """Make the tiles larger (or smaller, below 0) by steps, each of which can be seen.

        Args:
            steps: how many.
            at: what is at this point of the viewport stays there; None: what the user looks at.
        """
        size = self._tile_size
        for _ in range(abs(steps)):
            columns = max(1, int(self.places.width // round(size)))
            if steps > 0:  # one column less, at the least
                size = max(size * ZOOM_STEP, self.places.width // columns + 1 if columns > 1 else 0)
            else:
                size = min(size / ZOOM_STEP, self.places.width // (columns + 1))
            size = min(max(size, LEAST_TILE_SIZE), MOST_TILE_SIZE)
        self._set_tile_size(size, at)

    def _set_tile_size(self, size: float, at: QPoint | None = None) -> None:
        before = self.tile_size
        self._tile_size = min(max(size, LEAST_TILE_SIZE), MOST_TILE_SIZE)
        if self.tile_size == before:
            return
        # Until it rests, those that are there are drawn larger or smaller.
        self.thumbnails.put_off()
        self.set_least_edge(self.tile_size, at)
        self._look_soon()
        self.tile_size_changed.emit(self.tile_size)

    def set_marks(self, marks_of: MarksOf | None) -> None:
        """Draw favourites and ratings from now on, as they are now.

        Args:
            marks_of: gives, for a photo id, whether it is a favourite and its rating (0 to 5), at
                once; None for none, and no hearts to click.
        """
        self._delegate.marks_of = marks_of
        self._area.update()

    def set_show_scores(self, shown: bool) -> None:
        """Let every tile tell its score, or only the one under the pointer."""
        self._delegate.scores = shown
        self._area.update()

    def set_fade(self, fade: bool) -> None:
        """Draw photos that do not match paler than those that do, or all alike."""
        self._delegate.fade = fade

    def key_hints(self) -> tuple[str, tuple[KeyHint, ...]]:
        """Return what the keys do that are handled below."""
        return self.tr("Photos"), (
            KeyHint(self.tr("Go to another photo"), ("Left", "Right", "Down")),
            KeyHint(self.tr("Go to the first or last photo"), ("Home", "End")),
            KeyHint(self.tr("Go one page up or down"), ("PgUp", "PgDown")),
            KeyHint(self.tr("Select from one photo to another"), ("Shift+Left", "Shift+Right")),
            KeyHint(self.tr("Select the photo, or not"), ("Ctrl+Space",)),
            KeyHint(self.tr("Open the photo"), ("Return",)),
            KeyHint(self.tr("Show the menu of the photo"), ("Menu", "Shift+F10")),
        )

    def current_result(self) -> Result | None:
        """Return the current photo, None when there is none."""
        return self._results.result(self.currentIndex())

    def enter(self) -> None:
        """Take the keyboard, with a current photo to begin from."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._results.index(0))

    def place(self) -> GridPlace:
        """Return where the user is, for :meth:`go_to`."""
        current, seen = self.current_result(), self.rows_in_sight()
        current_id = None if current is None else current.photo_id
        if not seen:
            return GridPlace(None, 0, current_id)
        first = self._results.index(seen.start)
        photo_id = self._results.results[seen.start].photo_id
        return GridPlace(photo_id, self.visualRect(first).top(), current_id)

    def go_to(self, place: GridPlace) -> bool:
        """Go back to where the user was; stay, and return False, while its photos are not here."""
        photos = (place.photo_id, place.current_id)
        first, current = (None if id_ is None else self._results.row_of(id_) for id_ in photos)
        missing = [id_ for id_, row in zip(photos, (first, current), strict=True) if row is None]
        if any(id_ is not None for id_ in missing):
            return False
        self.executeDelayedItemsLayout()
        self.setCurrentIndex(QModelIndex() if current is None else self._results.index(current))
        top = 0 if first is None else self.places.place(first)[1] - place.offset
        self._scroll_bar.setValue(top)
        return True

    @contextmanager
    def keep_place(self) -> Iterator[None]:
        """Keep the photos in sight where they are while rows come and go around them."""
        bar = self._scroll_bar
        # More than one, because some may be gone afterwards.
        anchors = [
            (QPersistentModelIndex(index), self.visualRect(index).top())
            for index in map(self._results.index, self.rows_in_sight())
        ]
        at_top = bar.value() == 0
        yield
        # At the top the user watches new photos come in; further down nothing may move.
        left = [(QModelIndex(anchor), before) for anchor, before in anchors if anchor.isValid()]
        if left and not at_top:
            anchor, before = left[0]
            self.executeDelayedItemsLayout()
            bar.setValue(bar.value() + self.visualRect(anchor).top() - before)

    def _look_soon(self) -> None:
        if not self._look.isActive():
            self._look.start()

    def _on_look_due(self) -> None:
        in_sight = tuple(self._results.results[row].photo_id for row in self.rows_in_sight())
        if in_sight != self._in_sight:
            self._in_sight = in_sight
            self.sight_changed.emit(in_sight)

    def _on_current_changed(self) -> None:
        self.current_changed.emit(self.current_result())

    def _on_thumbnail_loaded(self) -> None:
        self._area.update()

    def _remarks(self, row: int) -> list[str]:
        """Return what a screen reader is told of a tile beside what the model knows."""
        marks_of = self._delegate.marks_of
        photo_id = self._results.results[row].photo_id
        favorite, rating = (False, 0) if marks_of is None else marks_of(photo_id)
        stars = self.tr("1 star") if rating == 1 else self.tr("{count} stars").format(count=rating)
        return [
            *([self.tr("selected")] if self._holds(row) else []),
            *([self.tr("favourite")] if favorite else []),
            *([stars] if rating else []),
        ]

    def _let_compose(self) -> None:
        # Qt takes input methods away where no item can be edited; what is typed here is a search.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._look_soon()

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        super().focusInEvent(event)
        self._let_compose()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        self._let_compose()
        self._on_current_changed()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        key, current = event.key(), self.current_result()
        held = event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held and current is not None:
            self.photo_opened.emit(current)
        elif event.text().isprintable() and event.text().strip() and not held:
            event.ignore()  # Words belong to the search field; the window hands them over.
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        assert event is not None
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        # Fine wheels and touchpads tell parts of a notch.
        self._turned += event.angleDelta().y()
        steps = int(self._turned / NOTCH)
        self._turned -= steps * NOTCH
        if steps:
            self.zoom(steps, event.position().toPoint())
        event.accept()

    def viewportEvent(self, event: QEvent | None) -> bool:
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            self._set_tile_size(self._tile_size * (1 + event.value()), event.position().toPoint())
            return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent | None) -> None:
        assert event is not None
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index: QModelIndex = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        result = self._results.result(index)
        if result is not None:
            local = event.pos() if by_mouse else self.visualRect(index).center()
            self.menu_wanted.emit(result, self._area.mapToGlobal(local))
