"""The sidebar on the screen."""

from __future__ import annotations

from PyQt6.QtCore import QModelIndex, QPoint, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from inphotos.gui.sidebar.delegate import RowDelegate
from inphotos.gui.sidebar.model import KIND_ROLE, SidebarModel

DEFAULT_WIDTH, LEAST_WIDTH = 216, 150


class Sidebar(QTreeView):
    """Lists what can be shown; a click or Enter shows it.

    Attributes:
        rows: its model.
        preferred_width: how wide it is to be when it comes up, pixels.

    Signals:
        chosen(QModelIndex): show this entry.
        menu_wanted(QModelIndex, QPoint): the user asks what can be done with it (global place).
        rename_wanted(QModelIndex), remove_wanted(QModelIndex): by F2 and Delete.
        step_wanted(QModelIndex, int): put it so many rows lower, or higher (below 0).
    """

    chosen = pyqtSignal(QModelIndex)
    menu_wanted = pyqtSignal(QModelIndex, QPoint)
    rename_wanted = pyqtSignal(QModelIndex)
    remove_wanted = pyqtSignal(QModelIndex)
    step_wanted = pyqtSignal(QModelIndex, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = SidebarModel(self)
        self.preferred_width = DEFAULT_WIDTH
        self.setObjectName("sidebar")
        self.setAccessibleName(self.tr("Sidebar"))
        self.setModel(self.rows)
        self.setItemDelegate(RowDelegate(self))
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
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
        self.rows.rowsInserted.connect(self.expandAll)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.data(KIND_ROLE) == "entry":
            self.chosen.emit(index)

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(self.preferred_width, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        # The height of a hint depends on the width.
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        index, key = self.currentIndex(), event.key()
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if not index.isValid() or index.data(KIND_ROLE) != "entry":
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(index)
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
