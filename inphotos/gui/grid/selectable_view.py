"""A grid in which photos are selected, dragged away and opened, with the mouse and with keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PyQt6.QtCore import QPoint, Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPixmap
from PyQt6.QtWidgets import QAbstractItemView, QApplication, QWidget

from inphotos.gui.grid.delegate import Part, TileDelegate
from inphotos.gui.grid.dragging import drag_of
from inphotos.gui.grid.model import GridModel
from inphotos.gui.grid.rubber_band import RubberBand
from inphotos.gui.grid.sectioned_view import SectionedView
from inphotos.gui.grid.selection import GridSelection
from inphotos.gui.grid.thumbnails import Thumbnails

if TYPE_CHECKING:
    from inphotos.search.ranking import Result

_Key = Qt.Key
_Mods = Qt.KeyboardModifier
_Move = QAbstractItemView.CursorAction

#: By number, as events tell keys.
_MOVES: dict[int, QAbstractItemView.CursorAction] = {
    _Key.Key_Left: _Move.MoveLeft,
    _Key.Key_Right: _Move.MoveRight,
    _Key.Key_Up: _Move.MoveUp,
    _Key.Key_Down: _Move.MoveDown,
    _Key.Key_Home: _Move.MoveHome,
    _Key.Key_End: _Move.MoveEnd,
    _Key.Key_PageUp: _Move.MovePageUp,
    _Key.Key_PageDown: _Move.MovePageDown,
}


@dataclass(frozen=True, slots=True)
class _Press:
    """Where the left button went down.

    Attributes:
        point: in the viewport.
        photo_id: the photo there, None for the ground between tiles.
        part: what of its tile.
        ends: releasing the button there does nothing: it was the second of a double click.
    """

    point: QPoint
    photo_id: int | None = None
    part: Part = "photo"
    ends: bool = False


class SelectableView(SectionedView):
    """Photos as tiles that can be selected.

    As on photo sites, a click opens a photo until one is selected by its check mark; from then on
    a click on a photo selects it too. As in file managers, Ctrl and Shift select at once, a band is
    drawn from the ground between the tiles, and Shift takes the keys along. The current photo is
    another thing: keys lead to it, and it is meant where nothing is selected.

    Attributes:
        selection: what is selected.

    Signals:
        photo_opened(Result): the user wants to see the photo itself.
        alike_wanted(Result): the user wants to see the photos that are folded into this one.
        favorite_toggled(Result): the user makes a photo a favourite, or no favourite any more.
        left_upwards(): the user moved up from the first row.
        selection_changed(int): other photos are selected, so many.
    """

    photo_opened = pyqtSignal(object)
    alike_wanted = pyqtSignal(object)
    favorite_toggled = pyqtSignal(object)
    left_upwards = pyqtSignal()
    selection_changed = pyqtSignal(int)

    def __init__(
        self,
        model: GridModel,
        thumbnails: Thumbnails,
        least_edge: int,
        parent: QWidget | None = None,
    ) -> None:
        """Prepare a view.

        Args:
            model, least_edge, parent: as for the base.
            thumbnails: where the tiles' pictures come from.
        """
        super().__init__(model, least_edge, parent)
        self._delegate = TileDelegate(thumbnails, self)
        self.setItemDelegate(self._delegate)
        ranges = self.selectionModel()
        assert ranges is not None
        self.selection = GridSelection(ranges, model, self)
        self.selection.changed.connect(self._on_selection_changed)
        self._band = RubberBand(self)
        self._band.scrolled.connect(self._on_band_scrolled)
        self._press: _Press | None = None

    def current_result(self) -> Result | None:
        """Return the current photo, None when there is none."""
        return self._results.result(self.currentIndex())

    def selected_results(self) -> tuple[Result, ...]:
        """Return the photos that the user has selected, in the order of the rows."""
        return self.selection.results()

    def chosen_results(self) -> tuple[Result, ...]:
        """Return the photos that a command is for: the selected ones, else the current one.

        There is none while all are being selected: some of them would not do.
        """
        if self.selection.gathering:
            return ()
        current = self.current_result()
        alone = () if current is None else (current,)
        return self.selected_results() or alone

    def meant_with(self, result: Result) -> tuple[Result, ...]:
        """Return the photos that are meant where the user points at one of them."""
        row = self._results.row_of(result.photo_id)
        return self.chosen_results() if row is not None and self._holds(row) else (result,)

    def clear_selection(self) -> bool:
        """Select nothing; return whether there was something."""
        self._end_press()
        return self.selection.clear()

    def _holds(self, row: int) -> bool:
        return self.selection.count > 0 and self.selection.holds(row)

    def _on_selection_changed(self, count: int) -> None:
        self._delegate.selecting = count > 0
        self._area.update()
        self.selection_changed.emit(count)

    # The mouse

    def _hit(self, point: QPoint) -> tuple[int, Part] | None:
        """Return which photo, and which part of its tile, is at a place in the viewport."""
        index = self.indexAt(point)
        result = self._results.result(index)
        if result is None:
            return None
        cell, ratio = self.visualRect(index), self.devicePixelRatioF()
        part = self._delegate.part_at(point.toPointF(), cell, result, ratio)
        return None if part is None else (result.photo_id, part)

    def _on_pressed(self, event: QMouseEvent, *, again: bool = False) -> None:
        point = event.position().toPoint()
        hit = self._hit(point)
        if hit is None:
            self._press = _Press(point)
            return
        index = self.indexAt(point)
        self._make_current(index.row())
        # A second click at once has no photo to open: the first one did.
        ends = again and not self._selects(hit[1], event.modifiers())
        self._press = _Press(point, *hit, ends)

    def _on_released(self, event: QMouseEvent) -> None:
        press, banding = self._press, self._band.active
        self._end_press()
        if press is None or banding or press.ends:
            return
        point, keys = event.position().toPoint(), event.modifiers()
        hit = self._hit(point)
        if press.photo_id is None:
            if hit is None and not keys & (_Mods.ControlModifier | _Mods.ShiftModifier):
                self.selection.clear()
        # By photo, not by place: rows may have come in between while the button was down.
        elif hit == (press.photo_id, press.part):
            self._activate(self.indexAt(point).row(), press.part, keys)

    def _selects(self, part: Part, keys: Qt.KeyboardModifier) -> bool:
        """Tell whether a click on a part of a tile changes the selection."""
        held = bool(keys & (_Mods.ControlModifier | _Mods.ShiftModifier))
        return part == "check" or held or (part == "photo" and self.selection.count > 0)

    def _activate(self, row: int, part: Part, keys: Qt.KeyboardModifier) -> None:
        """Do what a click on a part of a tile means."""
        result = self._results.results[row]
        if self._selects(part, keys):
            if keys & _Mods.ShiftModifier:
                self.selection.extend_to(row)
            else:
                self.selection.toggle(row)
        elif part == "heart":
            self.favorite_toggled.emit(result)
        elif part == "count":
            self.alike_wanted.emit(result)
        else:
            self.photo_opened.emit(result)

    def _make_current(self, row: int) -> None:
        # A photo that is clicked stays under the pointer, also if it is not in sight as a whole.
        self._by_keys = False
        self.setAutoScroll(False)
        self.setCurrentIndex(self._results.index(row))
        self.setAutoScroll(True)

    def _end_press(self) -> None:
        self._press = None
        if self._band.active:
            self._band.end()
            self._area.update()

    # The band

    def _begin_band(self, press: _Press, keys: Qt.KeyboardModifier) -> None:
        self.selection.begin_band(add=bool(keys & (_Mods.ControlModifier | _Mods.ShiftModifier)))
        self._band.begin(press.point + QPoint(0, self.verticalOffset()))

    def _move_band(self, point: QPoint) -> None:
        self._band.move(point, self._area.height())
        self.selection.set_band(self._band.rows(self.places, self.verticalOffset()))
        self._area.update()

    def _on_band_scrolled(self, pixels: int) -> None:
        self._scroll_bar.setValue(self._scroll_bar.value() + pixels)
        self.selection.set_band(self._band.rows(self.places, self.verticalOffset()))
        self._area.update()

    # Dragging photos out

    def _drag_out(self, photo_id: int) -> None:
        row = self._results.row_of(photo_id)
        if row is None:
            return
        result = self._results.results[row]
        photos = self.meant_with(result)
        # The one under the pointer is on top of the others.
        shown = [result, *(photo for photo in photos[:2] if photo != result)]
        drag = drag_of(self._area, photos, self._pictures_of(shown))
        self._press = None
        if drag is not None:
            # Copies only: photos are never moved away from where they are.
            drag.exec(Qt.DropAction.CopyAction)

    def _pictures_of(self, photos: list[Result]) -> list[QPixmap]:
        cell, ratio = self.visualRect(self._results.index(0)), self.devicePixelRatioF()
        pictures = (self._delegate.picture(cell, photo, ratio) for photo in photos)
        return [picture for picture in pictures if picture is not None]

    # Keys

    def _go(self, action: QAbstractItemView.CursorAction, *, extend: bool) -> None:
        """Make another photo the current one, and with ``extend`` select all on the way to it."""
        self._by_keys = True
        before = self.currentIndex()
        if extend and before.isValid() and not self.selection.has_anchor:
            self.selection.anchor_at(before.row())
        there = self.moveCursor(action, _Mods.NoModifier)
        self.setCurrentIndex(there)
        if not there.isValid():
            return
        if extend:
            self.selection.extend_to(there.row())
        else:
            self.selection.forget_anchor()

    def _in_first_line(self) -> bool:
        current = self.currentIndex()
        return not current.isValid() or self.places.line_of(current.row()) == 0

    # Qt overrides

    def selectAll(self) -> None:
        if self.isVisible():
            self.selection.select_all()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        key, keys = event.key(), event.modifiers() & ~_Mods.KeypadModifier
        current, held = self.currentIndex(), keys & ~(_Mods.ShiftModifier | _Mods.ControlModifier)
        if key in _MOVES and not held:
            if key == _Key.Key_Up and not keys and self._in_first_line():
                self.left_upwards.emit()
            else:
                self._go(_MOVES[key], extend=bool(keys & _Mods.ShiftModifier))
        elif key == _Key.Key_Space and keys == _Mods.ControlModifier:
            if current.isValid():
                self._by_keys = True
                self.selection.toggle(current.row())
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        if event.button() == Qt.MouseButton.LeftButton:
            self._on_pressed(event)
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        if event.button() == Qt.MouseButton.LeftButton:
            self._on_pressed(event, again=True)
        else:
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        press, point = self._press, event.position().toPoint()
        if press is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
        elif self._band.active:
            self._move_band(point)
        elif (point - press.point).manhattanLength() >= QApplication.startDragDistance():
            if press.photo_id is None:
                self._begin_band(press, event.modifiers())
                self._move_band(point)
            else:
                self._drag_out(press.photo_id)

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        if event.button() == Qt.MouseButton.LeftButton:
            self._on_released(event)
        else:
            super().mouseReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        assert event is not None
        if event.reason() == Qt.FocusReason.MouseFocusReason and not self.currentIndex().isValid():
            # Qt would make the first photo the current one, and commands would mean it.
            QWidget.focusInEvent(self, event)
        else:
            super().focusInEvent(event)

    def _paint_over(self, painter: QPainter) -> None:
        if self._band.active:
            self._band.paint(painter, self.verticalOffset(), self.palette())
