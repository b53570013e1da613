"""The folders of the library: what they hold, whether they are there, and how to remove one."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
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
from inphotos.library import FolderStatus


class FoldersDialog(QDialog):
    """Lists the folders; stays open beside the window and keeps up with it.

    Attributes:
        list: one row for each folder.
        add_button, remove_button: the actions.

    Signals:
        add_wanted(): the user wants to choose a folder to add.
        remove_wanted(Path): the user wants this folder out of the library.
    """

    add_wanted = pyqtSignal()
    remove_wanted = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Folders"))
        self.resize(620, 340)
        self.list = PathList(
            self.tr("Folders"), [self.tr("Folder"), self.tr("Photos"), self.tr("State")]
        )
        header = self.list.columns
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.list.itemSelectionChanged.connect(self._on_selection_changed)
        hint = QLabel(
            self.tr(
                "Removing a folder takes it out of the library only; the photos stay untouched."
            )
        )
        hint.setProperty("kind", "muted")
        hint.setWordWrap(True)
        self.add_button = QPushButton(self.tr("Add Folder…"))
        self.add_button.clicked.connect(self.add_wanted)
        self.remove_button = QPushButton(self.tr("Remove from Library"))
        self.remove_button.setEnabled(False)
        self.remove_button.clicked.connect(self._on_remove_clicked)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addWidget(self.remove_button)
        row.addStretch(1)
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 18, 18, 16)
        layout.setSpacing(12)
        layout.addWidget(self.list)
        layout.addWidget(hint)
        layout.addLayout(row)

    def show_folders(self, folders: Sequence[FolderStatus]) -> None:
        """Show these folders, keeping the selected one selected."""
        selected = self.list.selected()
        self.list.clear()
        for folder in folders:
            state = self.tr("Ready") if folder.online else self.tr("Not reachable now")
            path = display_path(folder.path)
            item = self.list.add(folder.path, [path, f"{folder.photos:,}", state])
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setData(
                0, Qt.ItemDataRole.AccessibleTextRole, f"{path}, {wording.photos(folder.photos)}"
            )
            item.setSelected(folder.path == selected)

    def _on_selection_changed(self) -> None:
        self.remove_button.setEnabled(self.list.selected() is not None)

    def _on_remove_clicked(self) -> None:
        path = self.list.selected()
        if path is not None:
            self.remove_wanted.emit(path)
