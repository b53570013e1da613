"""A list view that lays its items out as squares in sections, by arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from PyQt6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PyQt6.QtGui import QPainter, QPaintEvent, QPalette, QRegion, QResizeEvent, QSinglePointEvent
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QScrollBar,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from inphotos.gui import wording
from inphotos.gui.grid.geometry import GridGeometry
from inphotos.gui.grid.headers import header_height, paint_header
from inphotos.gui.grid.model import GridModel
from inphotos.gui.grid.sections import Section
from inphotos.gui.grid.walk import Walk
from inphotos.gui.timers import single_shot

#: Items that the unseen layout of QListView visits at a time, in about half a millisecond.
BATCH = 500

_Hint = QAbstractItemView.ScrollHint
_State = QStyle.StateFlag


class SectionedView(QListView):
    """Items in lines of equal squares that fill the width, with a header above each section.

    All that a list view knows of places is answered here from a :class:`GridGeometry`; the layout
    of QListView, which visits every item and has no room between lines, is never looked at. It
    stays the base because Qt tells assistive technologies of the items of a QListView, and not of
    those of a view that derives from QAbstractItemView itself.

    The header of the section in sight stays at the top until the next one pushes it out.
    """

    def __init__(self, model: GridModel, least_edge: int, parent: QWidget | None = None) -> None:
        """Prepare a view.

        Args:
            model: the items, and the sections that they form.
            least_edge: the least edge of a square, pixels.
            parent: the parent.
        """
        super().__init__(parent)
        self._results = model
        self._least_edge = least_edge
        self._laid_out: Sequence[Section] = ()
        self._measures: tuple[int, ...] = ()
        self._places = GridGeometry(0, (), width=1, least=1, header=0)
        self._hovered = QPersistentModelIndex()
        self._pointer: QPoint | None = None
        # The user went to the current item by keys, and not with the mouse since.
        self._by_keys = False
        self._walk = Walk()
        # What a change of size last kept in its place, and which share of its height from its top.
        self._kept = (QPersistentModelIndex(), 0.0)
        self._ask = single_shot(self, 0, self._on_ask_due)
        # Its own layout cannot be turned off, and is what it numbers the items by when it tells
        # assistive technologies of the current one. So it runs when nothing else does.
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(BATCH)
        self.setGridSize(QSize(1, 1))  # Any: with a grid it does not ask for the size of items.
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: a bar that comes and goes would change the width and with it the squares.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        # All of the ground is painted here. So scrolling moves what is on the screen already, and
        # only what comes in is painted.
        self._area.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._scroll_bar.valueChanged.connect(self._on_scrolled)
        self.setModel(model)
        model.sections_changed.connect(self.scheduleDelayedItemsLayout)
        # Qt's own handler runs before, while the rows are still there.
        model.rowsRemoved.connect(self.scheduleDelayedItemsLayout)

    @property
    def places(self) -> GridGeometry:
        """Where everything lies, for the rows, the sections and the width of this moment."""
        sections = self._results.sections
        header = header_height(self.fontMetrics())
        rows = len(self._results.results)
        # A pixel stays free at the right, so that there always is a place beside the items.
        width = self._area.width() - 1
        measures = (rows, width, self._least_edge, header)
        if measures != self._measures or sections is not self._laid_out:
            self._measures, self._laid_out = measures, sections
            self._places = GridGeometry(
                rows,
                [section.first for section in sections],
                width=width,
                least=self._least_edge,
                header=header,
            )
        return self._places

    def gridSize(self) -> QSize:
        """Return the size of a square; QListView's own means its unseen layout."""
        return QSize(self.places.edge, self.places.edge)

    def rows_in_sight(self) -> range:
        """Return the rows that can be seen, if only in part; those under a header cannot."""
        top = self.verticalOffset()
        return self.places.rows_within(top + self.places.header, top + self._area.height())

    def set_least_edge(self, edge: int, at: QPoint | None = None) -> None:
        """Make the squares at least so wide; what is in sight stays there.

        Args:
            edge: pixels.
            at: what is at this point of the viewport stays at it; None: the current item, if it
                can be seen, and the first line otherwise.
        """
        current = self.currentIndex()
        follow = at is None and current.isValid() and current.row() in self.rows_in_sight()
        if follow:
            at = self.visualRect(current).center()
        with self._keep_in_sight() if at is None else self._keep_under(at):
            self._least_edge = edge
            self.updateGeometries()
        if follow:
            self.scrollTo(current)
        self._hover_at(self._pointer)
        self._area.update()

    @property
    def _area(self) -> QWidget:
        viewport = self.viewport()
        assert viewport is not None
        return viewport

    @property
    def _scroll_bar(self) -> QScrollBar:
        bar = self.verticalScrollBar()
        assert bar is not None
        return bar

    @contextmanager
    def _keep_in_sight(self) -> Iterator[None]:
        """Keep the first line in sight where it is, and the current item in sight if it is."""
        # Not self.places: the width may be another one already.
        before, top = self._places, self.verticalOffset() + self._places.header
        seen = before.rows_within(top, top + self._area.height())
        below = before.place(seen.start)[1] - top if seen else 0
        share = below / before.edge
        current = self.currentIndex()
        yield
        after = self.places
        if seen and seen.start < after.rows:
            below = below if below > 0 else round(share * after.edge)
            self._scroll_bar.setValue(after.place(seen.start)[1] - after.header - below)
        if current.isValid() and current.row() in seen:
            self.scrollTo(current)

    @contextmanager
    def _keep_under(self, point: QPoint) -> Iterator[None]:
        """Keep what is under a point of the viewport there."""
        kept, share = self._kept
        # Over several steps it is the first one's item, although others come under the pointer.
        if not kept.isValid() or abs(self._y_in(kept.row(), share) - point.y()) > 2:
            below = self.verticalOffset() + point.y()
            row = self.places.row_at(point.x(), below)
            if row is None:  # the ground beside the items
                with self._keep_in_sight():
                    yield
                return
            kept = QPersistentModelIndex(self._results.index(row))
            share = (below - self.places.place(row)[1]) / self.places.edge
            self._kept = (kept, share)
        yield
        bar = self._scroll_bar
        bar.setValue(bar.value() + round(self._y_in(kept.row(), share)) - point.y())

    def _y_in(self, row: int, share: float) -> float:
        """Return where in the viewport a share of a row's square from its top is."""
        return self.places.place(row)[1] + share * self.places.edge - self.verticalOffset()

    def _paint_items(self, painter: QPainter, seen: QRegion) -> None:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        # Nobody but this view says in which state a tile is; Qt says of all of them that keys moved
        # the focus, once they did anywhere in the window.
        plain = option.state & ~(
            _State.State_HasFocus | _State.State_MouseOver | _State.State_KeyboardFocusChange
        )
        marked = _State.State_HasFocus
        if self._by_keys and self.hasFocus():
            marked |= _State.State_KeyboardFocusChange
        selection, current = self.selectionModel(), self.currentIndex()
        top, around = self.verticalOffset(), seen.boundingRect()
        for row in self.places.rows_within(top + around.top(), top + around.bottom() + 1):
            index = self._results.index(row)
            option.rect = self.visualRect(index)
            if not seen.intersects(option.rect):
                continue
            option.state = plain
            if selection is not None and selection.isSelected(index):
                option.state |= _State.State_Selected
            if index == current:
                option.state |= marked
            if row == self._hovered.row():
                option.state |= _State.State_MouseOver
            delegate = self.itemDelegateForIndex(index)
            assert delegate is not None
            delegate.paint(painter, option, index)

    def _paint_headers(self, painter: QPainter, seen: QRect) -> None:
        places, top, sections = self.places, self.verticalOffset(), self._results.sections
        for number in range(max(0, places.section_at(top)), places.sections):
            begin = places.section_top(number) - top
            if begin > seen.bottom():
                break
            pushed = places.section_top(number + 1) - top - places.header
            y = max(begin, min(0, pushed))
            section = sections[number]
            # Rows that are still to come may belong to the last section.
            counted = self._results.complete or number + 1 < places.sections
            paint_header(
                painter,
                QRect(0, y, places.columns * places.edge, places.header),
                section.title,
                wording.photos(section.count) if counted else "",
                self.palette(),
                over_photos=y == 0 and begin < 0,
            )

    def _hover_at(self, point: QPoint | None) -> None:
        """Take note of where in the viewport the pointer is, None for elsewhere."""
        self._pointer = point
        under = QModelIndex() if point is None else self.indexAt(point)
        if under.row() != self._hovered.row():
            before, self._hovered = QModelIndex(self._hovered), QPersistentModelIndex(under)
            for index in (before, under):
                self._area.update(self.visualRect(index))

    def _paint_over(self, painter: QPainter) -> None:
        """Paint what lies over the items and the headers."""

    def _on_scrolled(self) -> None:
        self._ask.start()
        self._hover_at(self._pointer)

    def _on_ask_due(self) -> None:
        """Ask for more rows before the end, where Qt asks: scrolling meets rows that are there."""
        root, left = self.rootIndex(), self._scroll_bar.maximum() - self.verticalOffset()
        if left <= self._area.height() and self._results.canFetchMore(root):
            self._results.fetchMore(root)

    # Qt overrides

    def visualRect(self, index: QModelIndex) -> QRect:
        places = self.places
        if not index.isValid() or index.row() >= places.rows:
            return QRect()
        left, top = places.place(index.row())
        return QRect(left, top - self.verticalOffset(), places.edge, places.edge)

    def indexAt(self, point: QPoint) -> QModelIndex:
        places, top = self.places, self.verticalOffset()
        if point.y() < places.header and places.section_at(top) >= 0:
            return QModelIndex()  # The header at the top covers what lies there.
        row = places.row_at(point.x(), top + point.y())
        return QModelIndex() if row is None else self._results.index(row)

    def scrollTo(
        self,
        index: QModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        places, bar = self.places, self._scroll_bar
        if not index.isValid() or index.row() >= places.rows:
            return
        self.executeDelayedItemsLayout()
        top = places.place(index.row())[1]
        at_top, at_bottom = top - places.header, top + places.edge - self._area.height()
        if hint == _Hint.PositionAtTop:
            bar.setValue(at_top)
        elif hint == _Hint.PositionAtBottom:
            bar.setValue(at_bottom)
        elif hint == _Hint.PositionAtCenter:
            bar.setValue((at_top + at_bottom) // 2)
        else:  # where both cannot be seen, the top
            bar.setValue(min(at_top, max(at_bottom, bar.value())))

    def moveCursor(
        self,
        action: QAbstractItemView.CursorAction,
        modifiers: Qt.KeyboardModifier,  # noqa: ARG002 - whoever moves says what they mean
    ) -> QModelIndex:
        if self.places.rows == 0:
            return QModelIndex()
        current = self.currentIndex()
        page = self._area.height() - self.places.header
        row = current.row() if current.isValid() else None
        return self._results.index(self._walk.row_after(self.places, row, action, page))

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self._scroll_bar.value()

    def selectionCommand(
        self,
        index: QModelIndex,  # noqa: ARG002
        event: QEvent | None = None,  # noqa: ARG002
    ) -> QItemSelectionModel.SelectionFlag:
        # To become the current item is not to be selected.
        return QItemSelectionModel.SelectionFlag.NoUpdate

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        within, top = rect.normalized(), self.verticalOffset()
        selection = QItemSelection()
        for rows in self.places.rows_inside(
            within.left(), top + within.top(), within.right() + 1, top + within.bottom() + 1
        ):
            selection.select(self._results.index(rows[0]), self._results.index(rows[-1]))
        model = self.selectionModel()
        if model is not None:
            model.select(selection, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        seen = self.rows_in_sight()
        region = QRegion()
        for number in range(selection.count()):
            span = selection[number]
            for row in range(max(span.top(), seen.start), min(span.bottom() + 1, seen.stop)):
                region = region.united(self.visualRect(self._results.index(row)))
        return region

    def updateGeometries(self) -> None:
        places, height = self.places, self._area.height()
        self._scroll_bar.setSingleStep(max(1, places.edge // 3))
        self._scroll_bar.setPageStep(max(1, height - places.header))
        self._scroll_bar.setRange(0, max(0, places.height - height))
        self._ask.start()
        QAbstractItemView.updateGeometries(self)

    def reset(self) -> None:
        super().reset()
        self._walk = Walk()
        self._scroll_bar.setValue(0)

    def dataChanged(
        self,
        top_left: QModelIndex,
        bottom_right: QModelIndex,
        roles: Iterable[int] = (),
    ) -> None:
        super().dataChanged(top_left, bottom_right, roles)
        if self._places.sections:  # Titles may be others.
            self.scheduleDelayedItemsLayout()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        # By nothing: it ends the scrolling to the pressed item that Qt has put off, as whoever
        # scrolls wants to be elsewhere.
        super().scrollContentsBy(0, 0)
        self.scrollDirtyRegion(dx, dy)
        self._area.scroll(dx, dy)
        if self.places.sections:  # The header at the top stays while all else moves.
            self._area.update(0, 0, self._area.width(), self.places.header + max(0, dy))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        with self._keep_in_sight():
            QAbstractItemView.resizeEvent(self, event)

    def viewportEvent(self, event: QEvent | None) -> bool:
        assert event is not None
        if event.type() == QEvent.Type.Leave:
            self._hover_at(None)
        elif isinstance(event, QSinglePointEvent) and event.type() in (
            QEvent.Type.MouseMove,
            QEvent.Type.HoverMove,
            QEvent.Type.Enter,
        ):
            self._hover_at(event.position().toPoint())
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        assert event is not None
        painter = QPainter(self._area)
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Window))
        self._paint_items(painter, event.region())
        self._paint_headers(painter, event.rect())
        self._paint_over(painter)
        painter.end()
