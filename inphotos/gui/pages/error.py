"""The page that is shown when the library cannot be opened."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QWidget

from inphotos.errors import InPhotosError, LibraryBusyError, LibraryNewerError
from inphotos.gui.pages.card import breakable
from inphotos.gui.pages.message import MessagePage
from inphotos.gui.sentences import said


class ErrorPage(MessagePage):
    """Says what is wrong with the library and lets the user try again.

    Signals:
        retry_wanted(), quit_wanted(): the choices.
    """

    retry_wanted = pyqtSignal()
    quit_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("warning", parent)
        self.add_button(self.tr("Try Again"), self.retry_wanted.emit)
        self.add_button(self.tr("Quit"), self.quit_wanted.emit)

    def show_error(self, error: InPhotosError) -> None:
        """Say why the library cannot be opened."""
        titles = (
            (LibraryBusyError, self.tr("The library is in use")),
            (LibraryNewerError, self.tr("The library is from a newer InPhotos")),
        )
        fallback = self.tr("The library cannot be opened")
        title = next((text for kind, text in titles if isinstance(error, kind)), fallback)
        self.say(title, breakable(said(error)))
