"""The folders of the library: choosing them, and the dialogs about them."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QObject, Qt
from PyQt6.QtWidgets import QFileDialog, QWidget

from inphotos.gui.dialogs.exclusions import ExclusionsDialog
from inphotos.gui.session import Session
from inphotos.gui.settings_dialog.folders_panel import FoldersPanel


class FolderActions(QObject):
    """Lets the user say which folders are in the library.

    Attributes:
        panel: lists the folders; a part of the settings.
    """

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self.panel = FoldersPanel(window)
        self.panel.hide()  # until it is in the settings
        self.panel.add_wanted.connect(self.choose)
        self.panel.exclusions_wanted.connect(self._on_exclusions_wanted)
        self.panel.remove_wanted.connect(session.forget_folder)
        self.panel.removals_accepted.connect(session.accept_removals)
        session.snapshot_read.connect(self._show_state)
        session.runs.changed.connect(self._show_state)

    def choose(self) -> None:
        """Let the user choose a folder and add it to the library."""
        if self._session.library is None:
            return
        chosen = QFileDialog.getExistingDirectory(
            self._window, self.tr("Choose a folder with photos"), str(Path.home())
        )
        if chosen:
            self._session.add_folders([Path(chosen)])

    def _show_state(self) -> None:
        session = self._session
        if session.snapshot is not None:
            self.panel.show_folders(
                session.snapshot.folders,
                session.runs.is_indexing,
                session.watch_problems,
                session.cloud_only,
            )

    def _on_exclusions_wanted(self, folder: Path) -> None:
        snapshot = self._session.snapshot
        known = {status.path: status.exclusions for status in snapshot.folders} if snapshot else {}
        dialog = ExclusionsDialog(folder, known.get(folder, ()), self.panel)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._session.exclude)
        dialog.open()
