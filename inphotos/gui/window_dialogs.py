"""The dialogs that stay open beside the window and keep up with it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QDialog, QWidget

from inphotos.gui.photo_actions import PhotoActions
from inphotos.gui.session import Session
from inphotos.gui.tasks import Tasks
from inphotos.gui.workers.search import Snapshot

if TYPE_CHECKING:
    from inphotos.gui.about.dialog import AboutDialog
    from inphotos.gui.dialogs.failures import FailuresDialog


class WindowDialogs(QObject):
    """Shows the dialogs, made when they are wanted first, and lets happen what is wanted there."""

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        photo_actions: PhotoActions,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._tasks = tasks
        self._photo_actions = photo_actions
        self._window = window

    @cached_property
    def failures(self) -> FailuresDialog:
        """Lists the photos that could not be read."""
        from inphotos.gui.dialogs.failures import FailuresDialog

        dialog = FailuresDialog(self._window)
        dialog.retry_wanted.connect(self._session.retry)
        dialog.show_wanted.connect(self._photo_actions.show_in_file_manager)
        snapshot = self._session.snapshot
        if snapshot is not None:
            dialog.show_failures(snapshot.failures)
        self._session.snapshot_read.connect(self._on_snapshot_read)
        return dialog

    @cached_property
    def _about(self) -> AboutDialog:
        from inphotos.gui.about.dialog import AboutDialog

        return AboutDialog(self._tasks, self._window)

    def show_failures(self) -> None:
        """Show the photos that could not be read."""
        self._show(self.failures)

    def show_about(self) -> None:
        """Show versions and licences."""
        self._about.open()

    def _show(self, dialog: QDialog) -> None:
        self._session.read_snapshot()
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _on_snapshot_read(self, snapshot: Snapshot) -> None:
        self.failures.show_failures(snapshot.failures)
