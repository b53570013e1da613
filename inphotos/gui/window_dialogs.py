"""The dialogs that stay open beside the window and keep up with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, Qt
from PyQt6.QtWidgets import QDialog, QWidget

from inphotos.gui.dialogs.details import DetailsDialog
from inphotos.gui.dialogs.failures import FailuresDialog
from inphotos.gui.folder_actions import FolderActions
from inphotos.gui.grid.thumbnails import Thumbnails
from inphotos.gui.grid.view import GridView
from inphotos.gui.photo_actions import PhotoActions
from inphotos.gui.session import Session
from inphotos.gui.workers.search import Snapshot

if TYPE_CHECKING:
    from inphotos.search.ranking import Result


class WindowDialogs(QObject):
    """Shows the dialogs and lets what the user wants there happen.

    Attributes:
        failures, details: made once, shown when wanted.
    """

    def __init__(
        self,
        session: Session,
        grid: GridView,
        thumbnails: Thumbnails,
        folders: FolderActions,
        photo_actions: PhotoActions,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._grid = grid
        self._folders = folders
        self._window = window
        self.failures = FailuresDialog(window)
        self.failures.retry_wanted.connect(session.retry)
        self.failures.show_wanted.connect(photo_actions.show_in_file_manager)
        self.details = DetailsDialog(session, thumbnails, window)
        photo_actions.details_wanted.connect(self._show_details_of)
        grid.current_changed.connect(self.details.follow)
        session.snapshot_read.connect(self._on_snapshot_read)

    def show_folders(self) -> None:
        """Show the folders of the library."""
        self._show(self._folders.dialog)

    def show_failures(self) -> None:
        """Show the photos that could not be read."""
        self._show(self.failures)

    def show_about(self) -> None:
        """Show version and licence."""
        from inphotos.gui.dialogs.about import AboutDialog  # takes its time, and is seldom used

        dialog = AboutDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _show_details_of(self, result: Result) -> None:
        self.details.show_photo(result)
        self.details.show()
        self.details.raise_()

    def _show(self, dialog: QDialog) -> None:
        self._session.read_snapshot()
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _on_snapshot_read(self, snapshot: Snapshot) -> None:
        self.failures.show_failures(snapshot.failures)
