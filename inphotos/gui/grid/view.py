"""The grid of photos on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PyQt6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    QTimer,
    pyqtSignal,
)
from PyQt6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PyQt6.QtWidgets import QAbstractItemView, QListView, QScrollBar, QWidget

from inphotos.gui.grid.delegate import TileDelegate
from inphotos.gui.grid.model import GridModel
from inphotos.gui.grid.thumbnails import Thumbnails
from inphotos.search.ranking import Result

TILE_SIZES = (120, 160, 208, 264, 336)
DEFAULT_TILE_SIZE = 208

#: What is in sight is reported once it has been there for so long.
SIGHT_MS = 60


class GridView(QListView):
    """Photos in rows of equal squares that fill the width.

    List mode that wraps, with uniform items on a grid: laying out 100,000 rows takes 60 ms in one
    pass (icon mode 110 ms), so no batches are needed, whose growth would move the scroll bar.

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
        super().__init__(parent)
        self.thumbnails = thumbnails
        self._results = model
        self._tile_size = DEFAULT_TILE_SIZE
        self._pressed: int | None = None
        self._delegate = TileDelegate(thumbnails, self)
        self.setObjectName("grid")
        self.setAccessibleName(self.tr("Photos"))
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setUniformItemSizes(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: a bar that comes and goes would change the width and with it the grid.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
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
        self._fit_cells()

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
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._results.index(0))

    @contextmanager
    def keep_place(self) -> Iterator[None]:
        """Keep the photos in sight where they are while rows come and go around them."""
        bar = self._scroll_bar
        # More than one, because some may be gone afterwards.
        anchors = [
            (QPersistentModelIndex(index), self.visualRect(index).top())
            for index in map(self._results.index, self._rows_in_sight())
        ]
        at_top = bar.value() == 0
        yield
        # At the top the user watches new photos come in; further down nothing may move.
        left = [(QModelIndex(anchor), before) for anchor, before in anchors if anchor.isValid()]
        if left and not at_top:
            anchor, before = left[0]
            bar.setValue(bar.value() + self.visualRect(anchor).top() - before)

    @property
    def _scroll_bar(self) -> QScrollBar:
        bar = self.verticalScrollBar()
        assert bar is not None
        return bar

    def _rows_in_sight(self) -> range:
        """Return the rows that can be seen, if only in part."""
        viewport = self.viewport()
        first = self.indexAt(QPoint(self.gridSize().width() // 2, 1)).row()
        if viewport is None or first < 0 or self.gridSize().isEmpty():
            return range(0)
        cell = self.gridSize()
        columns = max(1, (viewport.width() - 1) // cell.width())
        lines = viewport.height() // cell.height() + 2
        return range(first, min(first + columns * lines, len(self._results.results)))

    def _look_soon(self) -> None:
        if not self._look.isActive():
            self._look.start()

    def _on_look_due(self) -> None:
        in_sight = tuple(self._results.results[row].photo_id for row in self._rows_in_sight())
        if in_sight != self._in_sight:
            self._in_sight = in_sight
            self.sight_changed.emit(in_sight)

    def _on_current_changed(self) -> None:
        self.current_changed.emit(self.current_result())

    def _fit_cells(self) -> None:
        """Divide the width among as many cells as fit, and keep the current photo in sight."""
        viewport = self.viewport()
        width = viewport.width() if viewport is not None else 0
        # One pixel less than the width: QListView wraps a row that touches the edge.
        columns = max(1, (width - 1) // self._tile_size)
        edge = max(self._tile_size, (width - 1) // columns)
        if self.gridSize() != QSize(edge, edge):
            self.setGridSize(QSize(edge, edge))
            self._scroll_bar.setSingleStep(edge // 3)
            if self.currentIndex().isValid():
                self.scrollTo(self.currentIndex())

    def _on_thumbnail_loaded(self) -> None:
        viewport = self.viewport()
        if viewport is not None:
            viewport.update()

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit_cells()
        self._look_soon()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        self._on_current_changed()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        key, current = event.key(), self.current_result()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None:
            self.photo_opened.emit(current)
        elif key == Qt.Key.Key_Up and self._in_first_row():
            self.left_upwards.emit()
        elif event.text().isprintable() and event.text().strip():
            event.ignore()  # Words belong to the search field; the window hands them over.
        else:
            super().keyPressEvent(event)

    def _in_first_row(self) -> bool:
        current = self.currentIndex()
        return (
            not current.isValid()
            or self.visualRect(current).top() == self.visualRect(self._results.index(0)).top()
        )

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        super().mousePressEvent(event)
        assert event is not None
        result = self._results.result(self.indexAt(event.position().toPoint()))
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = result.photo_id if left and result is not None else None

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        super().mouseReleaseEvent(event)
        assert event is not None
        result = self._results.result(self.indexAt(event.position().toPoint()))
        # By photo, not by place: rows may have come in between while the button was down.
        if result is not None and result.photo_id == self._pressed:
            on_count = self._is_on_count(event.position().toPoint(), result)
            (self.alike_wanted if on_count else self.photo_opened).emit(result)
        self._pressed = None

    def _is_on_count(self, place: QPoint, result: Result) -> bool:
        """Tell whether a place is on the number of photos that are alike to one."""
        cell = self.visualRect(self.indexAt(place))
        badge = self._delegate.count_badge(cell, result, self.devicePixelRatioF())
        return badge is not None and badge.contains(place.toPointF())

    def contextMenuEvent(self, event: QContextMenuEvent | None) -> None:
        assert event is not None
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index: QModelIndex = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        result = self._results.result(index)
        viewport = self.viewport()
        if result is not None and viewport is not None:
            local = event.pos() if by_mouse else self.visualRect(index).center()
            self.menu_wanted.emit(result, viewport.mapToGlobal(local))
