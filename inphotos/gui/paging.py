"""Which page the window shows."""

from __future__ import annotations

from PyQt6.QtWidgets import QStackedWidget, QWidget

from inphotos.errors import InPhotosError, LibraryDamagedError
from inphotos.gui.footer import Footer
from inphotos.gui.memory import SearchMemory
from inphotos.gui.pages.error import ErrorPage
from inphotos.gui.pages.photos import PhotosPage
from inphotos.gui.pages.repair import RepairPage
from inphotos.gui.pages.start import StartPage
from inphotos.gui.search_bar import SearchBar
from inphotos.gui.workers.search import Snapshot


class Paging(QStackedWidget):
    """The pages of the window, and what stands around them on some."""

    def __init__(
        self, start: StartPage, photos: PhotosPage, error: ErrorPage, repair: RepairPage
    ) -> None:
        super().__init__()
        self._blank = QWidget()
        self._start, self._photos, self._error, self._repair = start, photos, error, repair
        for page in (self._blank, start, photos, error, repair):
            self.addWidget(page)

    def serve(self, search_bar: SearchBar, memory: SearchMemory, footer: Footer) -> None:
        """Show these where there are photos, and only there."""
        self._search_bar, self._memory, self._footer = search_bar, memory, footer

    @property
    def shows_photos(self) -> bool:
        """Whether the photos are in sight."""
        return self.currentWidget() is self._photos

    def show_blank(self) -> None:
        """Show nothing, for a moment."""
        self._show(self._blank)

    def show_photos(self) -> None:
        """Show the photos, which may yet have to come."""
        self._show(self._photos)

    def show_error(self, error: InPhotosError) -> None:
        """Say why there is no library to show."""
        if isinstance(error, LibraryDamagedError):
            self._repair.offer()
            self._show(self._repair)
            return
        self._error.show_error(error)
        self._show(self._error)

    def show_library(self, snapshot: Snapshot, *, folders_come: bool) -> None:
        """Show what a library as it is now calls for.

        Args:
            snapshot: the library.
            folders_come: some are about to be added, so that the user is not to be asked for one.
        """
        if not snapshot.folders:
            self._show(self._blank if folders_come else self._start)
        else:
            self._show(self._photos)

    def _show(self, page: QWidget) -> None:
        searchable = page is self._photos
        came = searchable and not self.shows_photos
        self.setCurrentWidget(page)
        self._search_bar.setVisible(searchable)
        self._memory.set_searchable(searchable)
        self._footer.setVisible(searchable)
        if came:
            self._search_bar.setFocus()
        elif page is self._start:
            self._start.main_button.setFocus()
