"""The photos that could not be read, and why."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from inphotos.errors import display_path
from inphotos.gui import wording
from inphotos.gui.dialogs.path_list import PathList
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
        self.list = PathList(
            self.tr("Photos that could not be read"),
            [self.tr("Photo"), self.tr("Reason"), self.tr("Folder")],
        )
        self.list.columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.list.columns.resizeSection(0, 190)
        self.list.columns.resizeSection(1, 330)
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
            self.list.add(failure.path, [name, failure.reason, folder])
        self.copy_button.setEnabled(bool(failures))

    def _on_selection_changed(self) -> None:
        self.show_button.setEnabled(self.list.selected() is not None)

    def _on_show_clicked(self) -> None:
        path = self.list.selected()
        if path is not None:
            self.show_wanted.emit(path)

    def _on_copy_clicked(self) -> None:
        lines = [f"{display_path(path)}\t{item.text(1)}" for path, item in self.list.rows()]
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText("\n".join(lines))
