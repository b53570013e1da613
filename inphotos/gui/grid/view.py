"""The grid of photos on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PyQt6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PyQt6.QtWidgets import QWidget

from inphotos.gui.grid.delegate import TileDelegate
from inphotos.gui.grid.model import GridModel
from inphotos.gui.grid.sectioned_view import SectionedView
from inphotos.gui.grid.thumbnails import Thumbnails

if TYPE_CHECKING:
    from inphotos.search.ranking import Result

TILE_SIZES = (120, 160, 208, 264, 336)
DEFAULT_TILE_SIZE = 208

#: What is in sight is reported once it has been there for so long.
SIGHT_MS = 60

#: What of a tile answers to a click by itself.
Part = Literal["photo", "count"]


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


class GridView(SectionedView):
    """The photos of the library or of an answer, as tiles.

    Attributes:
        thumbnails: where the tiles' pictures come from.

    Signals:
        photo_opened(Result): the user wants to see the photo itself.
        alike_wanted(Result): the user wants to see the photos that are folded into this one.
        menu_wanted(Result, QPoint): the user asks what can be done with the photo (global place).
        left_upwards(): the user moved up from the first row.
        sight_changed(tuple[int, ...]): other photos (by photo id) are in sight.
        current_changed(Result | None): another photo is the current one.
    """

    photo_opened = pyqtSignal(object)
    alike_wanted = pyqtSignal(object)
    menu_wanted = pyqtSignal(object, QPoint)
    left_upwards = pyqtSignal()
    sight_changed = pyqtSignal(object)
    current_changed = pyqtSignal(object)

    def __init__(self, model: GridModel, thumbnails: Thumbnails, parent: QWidget | None = None):
        super().__init__(model, DEFAULT_TILE_SIZE, parent)
        self.thumbnails = thumbnails
        self._tile_size = DEFAULT_TILE_SIZE
        self._pressed: tuple[int, Part] | None = None
        self._delegate = TileDelegate(thumbnails, self)
        self.setObjectName("grid")
        self.setAccessibleName(self.tr("Photos"))
        self.setItemDelegate(self._delegate)
        # A photo dropped here means the window (search with it), not a place in the list.
        self.setAcceptDrops(False)
        thumbnails.loaded.connect(self._on_thumbnail_loaded)
        self._in_sight: tuple[int, ...] = ()
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(SIGHT_MS)
        self._look.timeout.connect(self._on_look_due)
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
        return self._tile_size

    @tile_size.setter
    def tile_size(self, size: int) -> None:
        self._tile_size = min(TILE_SIZES, key=lambda known: abs(known - size))
        self.set_least_edge(self._tile_size)
        self._look_soon()

    def zoom(self, steps: int) -> None:
        """Make the tiles larger (or smaller, below 0) by steps of :data:`TILE_SIZES`."""
        place = TILE_SIZES.index(self._tile_size) + steps
        self.tile_size = TILE_SIZES[max(0, min(place, len(TILE_SIZES) - 1))]

    def set_fade(self, fade: bool) -> None:
        """Draw photos that do not match paler than those that do, or all alike."""
        self._delegate.fade = fade

    def current_result(self) -> Result | None:
        """Return the current photo, None when there is none."""
        return self._results.result(self.currentIndex())

    def enter(self) -> None:
        """Take the keyboard, with a current photo to begin from."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        # Also where Qt has made one current as the view took the focus: it is not selected then.
        current = self.currentIndex()
        self.setCurrentIndex(current if current.isValid() else self._results.index(0))

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

    def _in_first_line(self) -> bool:
        current = self.currentIndex()
        return not current.isValid() or self.places.line_of(current.row()) == 0

    def _hit(self, point: QPoint) -> tuple[int, Part] | None:
        """Return which photo, and which part of its tile, is at a place in the viewport."""
        result = self._results.result(self.indexAt(point))
        if result is None:
            return None
        return result.photo_id, "count" if self._is_on_count(point, result) else "photo"

    def _activate(self, part: Part, result: Result) -> None:
        """Do what a click on a part of a tile means."""
        if part == "count":
            self.alike_wanted.emit(result)
        else:
            self.photo_opened.emit(result)

    def _is_on_count(self, place: QPoint, result: Result) -> bool:
        """Tell whether a place is on the number of photos that are alike to one."""
        cell = self.visualRect(self.indexAt(place))
        badge = self._delegate.count_badge(cell, result, self.devicePixelRatioF())
        return badge is not None and badge.contains(place.toPointF())

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._look_soon()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        self._on_current_changed()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        key, current = event.key(), self.current_result()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None:
            self.photo_opened.emit(current)
        elif key == Qt.Key.Key_Up and self._in_first_line():
            self.left_upwards.emit()
        elif event.text().isprintable() and event.text().strip():
            event.ignore()  # Words belong to the search field; the window hands them over.
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        super().mousePressEvent(event)
        assert event is not None
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = self._hit(event.position().toPoint()) if left else None

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        super().mouseReleaseEvent(event)
        assert event is not None
        point = event.position().toPoint()
        hit, result = self._hit(point), self._results.result(self.indexAt(point))
        # By photo, not by place: rows may have come in between while the button was down.
        if hit is not None and hit == self._pressed and result is not None:
            self._activate(hit[1], result)
        self._pressed = None

    def contextMenuEvent(self, event: QContextMenuEvent | None) -> None:
        assert event is not None
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index: QModelIndex = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        result = self._results.result(index)
        if result is not None:
            local = event.pos() if by_mouse else self.visualRect(index).center()
            self.menu_wanted.emit(result, self._area.mapToGlobal(local))
