"""Shows the cheat sheet, and knows the keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, Qt
from PyQt6.QtWidgets import QMainWindow

from inphotos.gui.keyboard.book import ShortcutBook
from inphotos.gui.photo_commands import PhotoCommands
from inphotos.gui.preferences import PreferenceBook

if TYPE_CHECKING:
    from inphotos.gui.keyboard.cheat_sheet import CheatSheet


class KeyboardHelp(QObject):
    """What the user can learn about the keys.

    Attributes:
        book: every key of the window.
        sheet: the cheat sheet while it is shown.
    """

    def __init__(
        self, window: QMainWindow, commands: PhotoCommands, preferences: PreferenceBook
    ) -> None:
        super().__init__(window)
        self.book = ShortcutBook(window, commands, preferences)
        self._window = window
        self.sheet: CheatSheet | None = None

    def show_sheet(self, on_change: Callable[[], object]) -> None:
        """Show all keys; a second time, take them away again.

        Args:
            on_change: is called when the user wants other keys.
        """
        from inphotos.gui.keyboard.cheat_sheet import CheatSheet

        if self.sheet is not None:
            self.sheet.close()
            return
        self.sheet = sheet = CheatSheet(self.book.rows(), self._window)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.change_button.clicked.connect(sheet.close)
        sheet.change_button.clicked.connect(lambda: on_change())
        sheet.destroyed.connect(self._on_sheet_gone)
        sheet.show()

    def _on_sheet_gone(self) -> None:
        self.sheet = None
