"""The folders of the library: what they hold, how they are, and what can be done with one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt, pyqtBoundSignal, pyqtSignal
from PyQt6.QtWidgets import (
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
from inphotos.gui.tool_tips import as_lines

if TYPE_CHECKING:
    from inphotos.library import FolderStatus
    from inphotos.photos.watch import WatchProblem

#: Photos in the cloud that the tool tip names.
MOST_NAMED = 20


class FoldersPanel(QWidget):
    """Lists the folders and keeps up with them.

    Attributes:
        list: one row for each folder.
        add_button, exclude_button, remove_button: the actions.
        missing_button: takes photos that have vanished out of the library, where there are any.
        cloud_label: how many photos were not opened because they are in the cloud only.

    Signals:
        add_wanted(): the user wants to choose a folder to add.
        exclusions_wanted(Path): the user wants to leave a part of this folder out.
        remove_wanted(Path): the user wants this folder out of the library.
        removals_accepted(): the user wants photos that have vanished out of the library.
    """

    add_wanted = pyqtSignal()
    exclusions_wanted = pyqtSignal(object)
    remove_wanted = pyqtSignal(object)
    removals_accepted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = PathList(
            self.tr("Folders"), [self.tr("Folder"), self.tr("Photos"), self.tr("State")]
        )
        header = self.list.columns
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.list.itemSelectionChanged.connect(self._on_selection_changed)
        self.cloud_label = _hint("")
        hint = _hint(
            self.tr(
                "Removing a folder takes it out of the library only; the photos stay untouched."
            )
        )
        self.add_button = QPushButton(self.tr("Add Folder…"))
        self.add_button.clicked.connect(self.add_wanted)
        self.exclude_button = QPushButton(self.tr("Leave Out…"))
        self.exclude_button.setToolTip(self.tr("Choose what not to take from the folder"))
        self.exclude_button.clicked.connect(lambda: self._tell_selected(self.exclusions_wanted))
        self.remove_button = QPushButton(self.tr("Remove from Library"))
        self.remove_button.clicked.connect(lambda: self._tell_selected(self.remove_wanted))
        self.missing_button = QPushButton()
        self.missing_button.clicked.connect(self.removals_accepted)
        row = QHBoxLayout()
        for button in (
            self.add_button,
            self.exclude_button,
            self.remove_button,
            self.missing_button,
        ):
            row.addWidget(button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.list)
        layout.addWidget(self.cloud_label)
        layout.addWidget(hint)
        layout.addLayout(row)
        self.show_folders((), lambda _: False, (), ())
        self._on_selection_changed()

    def show_folders(
        self,
        folders: Sequence[FolderStatus],
        is_indexing: Callable[[Path], bool],
        problems: Sequence[WatchProblem],
        cloud_only: Collection[Path],
    ) -> None:
        """Show these folders, keeping the selected one selected.

        Args:
            folders: the folders.
            is_indexing: tells whether photos of a folder are being indexed.
            problems: folders that cannot be watched.
            cloud_only: photos that were not opened because they are in the cloud only.
        """
        reasons = {problem.root: said(problem.reason) for problem in problems}
        selected = self.list.selected()
        self.list.clear()
        for folder in folders:
            reason = reasons.get(folder.path, "")
            state = self._state(folder, is_indexing(folder.path), bool(reason))
            path = display_path(folder.path)
            item = self.list.add(folder.path, [path, wording.number(folder.photos), state])
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setToolTip(2, as_lines(reason or state))
            spoken = ", ".join([path, wording.photos(folder.photos), reason or state])
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken)
            item.setSelected(folder.path == selected)
        missing = sum(folder.missing for folder in folders)
        self.missing_button.setVisible(missing > 0)
        remove = self.tr("Remove {count} Missing").format(count=wording.number(missing))
        self.missing_button.setText(remove)
        self.missing_button.setToolTip(
            self.tr("Take the photos that have vanished out of the library")
        )
        self.cloud_label.setText(wording.cloud_only(len(cloud_only)))
        self.cloud_label.setVisible(bool(cloud_only))
        names = [display_path(path) for path in sorted(cloud_only)]
        if len(names) > MOST_NAMED:
            names[MOST_NAMED:] = ["…"]
        self.cloud_label.setToolTip(as_lines("\n".join(names)))

    def _state(self, folder: FolderStatus, indexing: bool, unwatched: bool) -> str:
        if not folder.online:
            return self.tr("Offline")
        parts = []
        if indexing:
            parts.append(self.tr("Indexing…"))
        if folder.missing:
            parts.append(self.tr("{count} missing").format(count=wording.number(folder.missing)))
        if unwatched:
            parts.append(self.tr("Watching not possible"))
        return " · ".join(parts) or self.tr("Ready")

    def _tell_selected(self, signal: pyqtBoundSignal) -> None:
        path = self.list.selected()
        if path is not None:
            signal.emit(path)

    def _on_selection_changed(self) -> None:
        for button in (self.exclude_button, self.remove_button):
            button.setEnabled(self.list.selected() is not None)


def _hint(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("kind", "muted")
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
