"""The photos that could not be read, and why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from inphotos.errors import display_path
from inphotos.gui import wording
from inphotos.library import PhotoFailure


class FailuresDialog(QDialog):
    """Lists unreadable photos with their reasons.

    Attributes:
        list: one row for each photo.
        show_button, copy_button: the actions.

    Signals:
        show_wanted(Path): the user wants to see where the photo is.
    """

    show_wanted = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Photos That Could Not Be Read"))
        self.resize(860, 400)
        self._intro = QLabel()
        self._intro.setWordWrap(True)
        self.list = QTreeWidget()
        self.list.setAccessibleName(self.tr("Photos that could not be read"))
        self.list.setHeaderLabels([self.tr("Photo"), self.tr("Reason"), self.tr("Folder")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header = self.list.header()
        assert header is not None
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, 190)
        header.resizeSection(1, 330)
        self.list.itemSelectionChanged.connect(self._on_selection_changed)
        self.show_button = QPushButton(self.tr("Show in File Manager"))
        self.show_button.setEnabled(False)
        self.show_button.clicked.connect(self._on_show_clicked)
        self.copy_button = QPushButton(self.tr("Copy List"))
        self.copy_button.clicked.connect(self._on_copy_clicked)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addWidget(self.show_button)
        row.addWidget(self.copy_button)
        row.addStretch(1)
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 18, 18, 16)
        layout.setSpacing(12)
        layout.addWidget(self._intro)
        layout.addWidget(self.list)
        layout.addLayout(row)

    def show_failures(self, failures: Sequence[PhotoFailure]) -> None:
        """Show these photos."""
        self._intro.setText(
            self.tr("{sentence}. Everything else can be searched.").format(
                sentence=wording.unreadable(len(failures))
            )
            if failures
            else self.tr("Every photo could be read.")
        )
        self.list.clear()
        for failure in failures:
            name, folder = display_path(failure.path.name), display_path(failure.path.parent)
            item = QTreeWidgetItem([name, failure.reason, folder])
            item.setData(0, Qt.ItemDataRole.UserRole, failure.path)
            for column in range(3):
                item.setToolTip(column, item.text(column))
            self.list.addTopLevelItem(item)
        self.copy_button.setEnabled(bool(failures))

    def _selected(self) -> Path | None:
        items = self.list.selectedItems()
        return items[0].data(0, Qt.ItemDataRole.UserRole) if items else None

    def _on_selection_changed(self) -> None:
        self.show_button.setEnabled(self._selected() is not None)

    def _on_show_clicked(self) -> None:
        path = self._selected()
        if path is not None:
            self.show_wanted.emit(path)

    def _on_copy_clicked(self) -> None:
        lines = []
        for row in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(row)
            assert item is not None
            path = display_path(item.data(0, Qt.ItemDataRole.UserRole))
            lines.append(f"{path}\t{item.text(1)}")
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText("\n".join(lines))
