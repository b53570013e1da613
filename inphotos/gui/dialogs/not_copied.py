"""The photos that could not be copied, and why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from inphotos.errors import display_path
from inphotos.gui.dialogs.path_list import PathList
from inphotos.gui.sentences import said


class NotCopiedDialog(QDialog):
    """Lists photos with the reasons why they were not copied.

    Attributes:
        list: one row for each photo.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Photos That Could Not Be Copied"))
        self.resize(760, 340)
        intro = QLabel(self.tr("These photos could not be copied:"))
        intro.setWordWrap(True)
        self.list = PathList(
            self.tr("Photos that could not be copied"),
            [self.tr("Photo"), self.tr("Reason"), self.tr("Folder")],
        )
        self.list.columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.list.columns.resizeSection(0, 190)
        self.list.columns.resizeSection(1, 280)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 18, 18, 16)
        layout.setSpacing(12)
        layout.addWidget(intro)
        layout.addWidget(self.list)
        layout.addWidget(buttons)

    def show_failures(self, failed: Sequence[tuple[Path, str]]) -> None:
        """Show these photos, each with its reason."""
        self.list.clear()
        for path, reason in failed:
            self.list.add(path, [display_path(path.name), said(reason), display_path(path.parent)])
        self.show()
        self.raise_()
        self.activateWindow()
