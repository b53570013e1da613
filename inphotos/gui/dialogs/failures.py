"""The photos that could not be read, why, and another try."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

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
from inphotos.gui.sentences import said

if TYPE_CHECKING:
    from inphotos.library import PhotoFailure


class FailuresDialog(QDialog):
    """Lists unreadable photos with their reasons.

    Attributes:
        list: one row for each photo.
        retry_button, show_button, copy_button: the actions.

    Signals:
        retry_wanted(list[Path]): the user wants these photos to be read again.
        show_wanted(Path): the user wants to see where the photo is.
    """

    retry_wanted = pyqtSignal(object)
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
            many=True,
        )
        self.list.columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.list.columns.resizeSection(0, 190)
        self.list.columns.resizeSection(1, 330)
        self.list.itemSelectionChanged.connect(self._on_selection_changed)
        self.retry_button = QPushButton()
        self.retry_button.clicked.connect(self._on_retry_clicked)
        self.show_button = QPushButton(self.tr("Show in File Manager"))
        self.show_button.setEnabled(False)
        self.show_button.clicked.connect(self._on_show_clicked)
        self.copy_button = QPushButton(self.tr("Copy List"))
        self.copy_button.clicked.connect(self._on_copy_clicked)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addWidget(self.retry_button)
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
        self._shown: tuple[PhotoFailure, ...] = ()
        self.show_failures(())

    def show_failures(self, failures: Sequence[PhotoFailure]) -> None:
        """Show these photos; what was selected stays so."""
        if self._shown and tuple(failures) == self._shown:
            return
        self._shown = tuple(failures)
        selected = set(self.list.all_selected())
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
            item = self.list.add(failure.path, [name, said(failure.reason), folder])
            item.setSelected(failure.path in selected)
        self.copy_button.setEnabled(bool(failures))
        self._on_selection_changed()

    def _wanted(self) -> list[Path]:
        """Return the selected photos; none selected means all."""
        return self.list.all_selected() or [failure.path for failure in self._shown]

    def _on_selection_changed(self) -> None:
        selected = len(self.list.all_selected())
        self.show_button.setEnabled(selected == 1)
        self.retry_button.setEnabled(bool(self._shown))
        if selected and selected < len(self._shown):
            self.retry_button.setText(self.tr("Try Selected Again"))
        else:
            self.retry_button.setText(self.tr("Try All Again"))

    def _on_retry_clicked(self) -> None:
        self.retry_wanted.emit(self._wanted())

    def _on_show_clicked(self) -> None:
        path = self.list.selected()
        if path is not None:
            self.show_wanted.emit(path)

    def _on_copy_clicked(self) -> None:
        lines = [f"{display_path(path)}\t{item.text(1)}" for path, item in self.list.rows()]
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText("\n".join(lines))
