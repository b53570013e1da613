"""The page that is shown when the library cannot be opened."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QWidget

from inphotos.errors import InPhotosError, LibraryBusyError, LibraryNewerError
from inphotos.gui.breaks import breakable
from inphotos.gui.pages.message import MessagePage
from inphotos.gui.sentences import said
from inphotos.gui.timers import single_shot

#: How long to wait before looking again whether a library is free that another process has.
AGAIN_MS = 1000


class ErrorPage(MessagePage):
    """Says what is wrong with the library and lets the user try again.

    Signals:
        retry_wanted(), quit_wanted(): the choices.
        retry_due(): the library was in use, and may be free by now; comes once for each
            :meth:`show_error`, and not after the user's own choice.
    """

    retry_wanted = pyqtSignal()
    quit_wanted = pyqtSignal()
    retry_due = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("warning", parent)
        self._again = single_shot(self, AGAIN_MS, self.retry_due.emit)
        self.retry_wanted.connect(self._again.stop)
        self.add_button(self.tr("Try Again"), self.retry_wanted.emit)
        self.add_button(self.tr("Quit"), self.quit_wanted.emit)

    def show_error(self, error: InPhotosError) -> None:
        """Say why the library cannot be opened."""
        body = said(error)
        if isinstance(error, LibraryBusyError):
            body = f"{body}\n\n{self.tr('It opens here by itself as soon as it is free.')}"
            self._again.start()
        is_indexed = isinstance(error, LibraryBusyError) and error.work == "index"
        in_use = self.tr("The library is in use")
        indexing = self.tr("Another InPhotos is indexing this library")
        titles = (
            (LibraryBusyError, indexing if is_indexed else in_use),
            (LibraryNewerError, self.tr("The library is from a newer InPhotos")),
        )
        fallback = self.tr("The library cannot be opened")
        title = next((text for kind, text in titles if isinstance(error, kind)), fallback)
        self.say(title, breakable(body))
