"""The sidebar on the screen."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from PyQt6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PyQt6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from inphotos.gui.sidebar.delegate import RowDelegate, chevron_area
from inphotos.gui.sidebar.model import KEY_ROLE, KIND_ROLE, SidebarModel

DEFAULT_WIDTH, LEAST_WIDTH = 216, 150


class Sidebar(QTreeView):
    """Lists what can be shown; a click or Enter shows it.

    Attributes:
        rows: its model.
        preferred_width: how wide it is to be when it comes up, pixels.

    Signals:
        chosen(QModelIndex, bool): show this entry, or do what it says; True: beside what is shown.
        menu_wanted(QModelIndex, QPoint): the user asks what can be done with it (global place).
        rename_wanted(QModelIndex), remove_wanted(QModelIndex): by F2 and Delete.
        step_wanted(QModelIndex, int): put it so many rows lower, or higher (below 0).
    """

    chosen = pyqtSignal(QModelIndex, bool)
    menu_wanted = pyqtSignal(QModelIndex, QPoint)
    rename_wanted = pyqtSignal(QModelIndex)
    remove_wanted = pyqtSignal(QModelIndex)
    step_wanted = pyqtSignal(QModelIndex, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = SidebarModel(self)
        self.preferred_width = DEFAULT_WIDTH
        self._folded: set[str] = set()
        self._pressed = QPoint()
        self._together = False
        self.setObjectName("sidebar")
        self.setAccessibleName(self.tr("Sidebar"))
        self.setModel(self.rows)
        self.setItemDelegate(RowDelegate(self))
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setMinimumWidth(LEAST_WIDTH)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        # What is shown is marked by the model: arrow keys may wander without showing anything.
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.clicked.connect(self._on_clicked)
        self.collapsed.connect(self._on_collapsed)
        self.expanded.connect(self._on_expanded)
        self.rows.rowsInserted.connect(self._on_rows_inserted)

    @property
    def folded(self) -> frozenset[str]:
        """The sections, by their keys, of which only the title is shown."""
        return frozenset(self._folded)

    def fold(self, keys: Collection[str]) -> None:
        """Show only the titles of these sections, and the others whole."""
        self._folded = set(keys)
        for row in range(self.rows.rowCount()):
            index = self.rows.index(row, 0)
            if index.data(KIND_ROLE) == "section":
                self.setExpanded(index, index.data(KEY_ROLE) not in self._folded)

    @contextmanager
    def keep_place(self) -> Iterator[None]:
        """Let the rows in sight stay where they are while others come and go."""
        anchor = QPersistentModelIndex(self.indexAt(QPoint(0, 0)))
        top = self.visualRect(QModelIndex(anchor)).top()
        yield
        bar = self.verticalScrollBar()
        if anchor.isValid() and bar is not None and bar.value() > 0:
            self.executeDelayedItemsLayout()
            bar.setValue(bar.value() + self.visualRect(QModelIndex(anchor)).top() - top)

    def _choose(self, index: QModelIndex, *, together: bool) -> None:
        kind = index.data(KIND_ROLE)
        if kind == "section":
            self.setExpanded(index, not self.isExpanded(index))
        elif kind == "more":
            parent, row = index.parent(), index.row()
            self.rows.show_all(index)
            self.setCurrentIndex(self.rows.index(row, 0, parent))
        elif kind in ("entry", "action"):
            self.chosen.emit(index, together)

    def _on_clicked(self, index: QModelIndex) -> None:
        if chevron_area(self.visualRect(index), index).contains(self._pressed):
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self._choose(index, together=self._together)

    def _on_collapsed(self, index: QModelIndex) -> None:
        if index.data(KIND_ROLE) == "section":
            self._folded.add(index.data(KEY_ROLE))

    def _on_expanded(self, index: QModelIndex) -> None:
        if index.data(KIND_ROLE) == "section":
            self._folded.discard(index.data(KEY_ROLE))

    def _on_rows_inserted(self, parent: QModelIndex, first: int, last: int) -> None:
        sections = [parent, *(self.rows.index(row, 0, parent) for row in range(first, last + 1))]
        for index in sections:
            if index.data(KIND_ROLE) == "section" and index.data(KEY_ROLE) not in self._folded:
                self.setExpanded(index, True)

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(self.preferred_width, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        # The height of a hint depends on the width.
        self.scheduleDelayedItemsLayout()

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        self._pressed = event.position().toPoint()
        self._together = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        index, key = self.currentIndex(), event.key()
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            together = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._choose(index, together=together)
        elif key == Qt.Key.Key_F2:
            self.rename_wanted.emit(index)
        elif key == Qt.Key.Key_Delete:
            self.remove_wanted.emit(index)
        elif alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step_wanted.emit(index, -1 if key == Qt.Key.Key_Up else 1)
        elif event.text().isprintable() and event.text().strip():
            event.ignore()  # Words belong to the search field; the window hands them over.
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent | None) -> None:
        assert event is not None
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index: QModelIndex = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        viewport = self.viewport()
        if index.data(KIND_ROLE) == "entry" and viewport is not None:
            local = event.pos() if by_mouse else self.visualRect(index).center()
            self.menu_wanted.emit(index, viewport.mapToGlobal(local))
