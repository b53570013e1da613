"""Shows the settings, which are made when they are wanted first."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject

from inphotos.gui.tasks import Tasks

if TYPE_CHECKING:
    from inphotos.gui.settings_dialog.dialog import SettingsDialog
    from inphotos.gui.window_parts import WindowParts


class SettingsActions(QObject):
    """Opens the settings of a window, at the page that is wanted."""

    def __init__(self, window: WindowParts, tasks: Tasks) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks

    @cached_property
    def dialog(self) -> SettingsDialog:
        """The dialog, made now if it is not there yet."""
        from inphotos.gui.settings_dialog.appearance import AppearancePage
        from inphotos.gui.settings_dialog.dialog import SettingsDialog
        from inphotos.gui.settings_dialog.folders import FoldersPage
        from inphotos.gui.settings_dialog.keys import KeyboardPage
        from inphotos.gui.settings_dialog.model import ModelPage
        from inphotos.gui.settings_dialog.privacy import PrivacyPage
        from inphotos.gui.settings_dialog.speed import SpeedPage
        from inphotos.gui.settings_dialog.thumbnails import ThumbnailsPage
        from inphotos.gui.settings_dialog.viewing import ViewingPage

        window, tasks = self._window, self._tasks
        return SettingsDialog(
            {
                "folders": FoldersPage(window.folders),
                "model": ModelPage(window.models, window.session.downloads),
                "speed": SpeedPage(window.session, window.mains_action),
                "thumbnails": ThumbnailsPage(
                    window.session, tasks, window.preferences, window.alike
                ),
                "viewing": ViewingPage(window.preferences),
                "appearance": AppearancePage(window.preferences),
                "privacy": PrivacyPage(window.session, tasks, window.memory, window.crashes),
                "keyboard": KeyboardPage(window.keyboard.book),
            },
            window,
        )

    def show(self, page: str = "") -> None:
        """Show the settings, at a page by its name; "" the one that was shown last."""
        self._window.session.read_snapshot()
        self.dialog.show_page(page)
