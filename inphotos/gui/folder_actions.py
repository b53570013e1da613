"""The folders of the library: choosing them, and the dialogs about them."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, Qt
from PyQt6.QtWidgets import QFileDialog, QMessageBox, QWidget

from inphotos.errors import display_path
from inphotos.gui import desktop
from inphotos.gui.breaks import breakable
from inphotos.gui.session import Session

if TYPE_CHECKING:
    from inphotos.gui.settings_dialog.folders_panel import FoldersPanel


class FolderActions(QObject):
    """Lets the user say which folders are in the library."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window

    @cached_property
    def panel(self) -> FoldersPanel:
        """Lists the folders; a part of the settings, made when it is wanted first."""
        from inphotos.gui.settings_dialog.folders_panel import FoldersPanel

        panel, session = FoldersPanel(self._window), self._session
        panel.hide()  # until it is in the settings
        panel.add_wanted.connect(self.choose)
        panel.exclusions_wanted.connect(self._on_exclusions_wanted)
        panel.remove_wanted.connect(session.forget_folder)
        panel.removals_accepted.connect(session.accept_removals)
        session.snapshot_read.connect(lambda _: self._show_state(panel))
        session.runs.changed.connect(lambda: self._show_state(panel))
        self._show_state(panel)
        return panel

    def choose(self) -> None:
        """Let the user choose a folder and add it to the library."""
        if self._session.library is None:
            return
        chosen = QFileDialog.getExistingDirectory(
            self._window, self.tr("Choose a folder with photos"), str(Path.home())
        )
        if chosen:
            self._session.add_folders([Path(chosen)])

    def show(self, path: Path) -> None:
        """Show a folder in the file manager."""
        desktop.open_file(path)

    def look_again(self, path: Path) -> None:
        """Look for new photos in a folder."""
        self._session.runs.index({path: None})

    def ask_to_forget(self, path: Path) -> None:
        """Remove a folder from the library, if the user really wants that."""
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self.tr("Remove Folder"))
        box.setTextFormat(Qt.TextFormat.PlainText)  # a name may look like HTML
        name = display_path(path.name or path)
        box.setText(self.tr("Remove “{name}” from the library?").format(name=breakable(name)))
        box.setInformativeText(
            self.tr("The photos stay where they are, untouched. They are no longer found.")
        )
        remove = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        assert remove is not None
        remove.clicked.connect(lambda: self._session.forget_folder(path))
        box.open()

    def _show_state(self, panel: FoldersPanel) -> None:
        session = self._session
        if session.snapshot is not None:
            panel.show_folders(
                session.snapshot.folders,
                session.runs.is_indexing,
                session.watching.problems,
                session.cloud_only,
            )

    def _on_exclusions_wanted(self, folder: Path) -> None:
        from inphotos.gui.dialogs.exclusions import ExclusionsDialog

        snapshot = self._session.snapshot
        known = {status.path: status.exclusions for status in snapshot.folders} if snapshot else {}
        dialog = ExclusionsDialog(folder, known.get(folder, ()), self.panel)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._session.exclude)
        dialog.open()
