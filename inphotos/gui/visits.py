"""What InPhotos was started with, also again: folders to add, photos to search with."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtWidgets import QWidget

from inphotos import handover
from inphotos.errors import InPhotosError, LibraryBusyError, display_path
from inphotos.gui import wording
from inphotos.gui.examples import Examples
from inphotos.gui.notice import NoticeBar
from inphotos.gui.queries import Words
from inphotos.gui.session import Session
from inphotos.gui.single_instance import SingleInstance
from inphotos.gui.tasks import Tasks
from inphotos.handover import Visit

if TYPE_CHECKING:
    from inphotos.gui.workers.search import Snapshot
    from inphotos.library import Library
    from inphotos.search.query import Example


class Visits(QObject):
    """Carries out what starts of InPhotos bring, as soon as the library is ready for it.

    Attributes:
        instance: listens for further starts.

    Signals:
        settled_elsewhere(): another window has the library and has taken over what this one was
            started with.
    """

    settled_elsewhere = pyqtSignal()

    def __init__(
        self,
        library_directory: Path,
        session: Session,
        examples: Examples,
        notice: NoticeBar,
        tasks: Tasks,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._directory = library_directory
        self._session = session
        self._examples = examples
        self._notice = notice
        self._tasks = tasks
        self._window = window
        self._first = Visit()
        self._photos: tuple[Path, ...] = ()
        self.instance = SingleInstance(self)
        self.instance.visited.connect(self._on_visited)
        session.library_opened.connect(self._on_library_opened)
        session.snapshot_read.connect(self._on_snapshot_read)

    @property
    def has_photos(self) -> bool:
        """Whether there are photos that are yet to be searched with."""
        return bool(self._photos)

    def begin(self, visit: Visit) -> None:
        """Take what the window was started with; the folders are added by the window itself."""
        self._first = visit
        self._photos = visit.photos

    def yield_to_other(self, error: InPhotosError, on_alone: Callable[[], None]) -> None:
        """Leave everything to another window that has the library.

        Two starts at the same time both find no window; then one of them finds the library held.

        Args:
            error: why the library cannot be opened.
            on_alone: is called where there is no such window.
        """
        if not isinstance(error, LibraryBusyError):
            on_alone()
            return
        self._tasks.run(
            partial(handover.give, self._directory, self._first),
            lambda taken: self.settled_elsewhere.emit() if taken else on_alone(),
        )

    def close(self) -> None:
        """Receive no more visits."""
        self.instance.close()

    def _on_library_opened(self, _library: Library) -> None:
        self.instance.listen(self._directory)

    def _on_visited(self, visit: Visit) -> None:
        self._bring_to_front(visit.token)
        if visit.folders:
            self._session.add_folders(visit.folders)
        if visit.photos:
            self._photos = visit.photos
            if self._session.snapshot is not None:
                self._on_snapshot_read(self._session.snapshot)

    def _on_snapshot_read(self, snapshot: Snapshot) -> None:
        if not self._photos:
            return
        if not snapshot.photos:
            names = wording.listed([display_path(photo.name) for photo in self._photos])
            told = self.tr("Add a folder with photos; then you see those that are like {names}.")
            self._notice.tell(told.format(names=names), sign="similar")
        elif snapshot.model is None:
            told = self.tr("Photos like this one are shown as soon as there is a model.")
            self._notice.tell(told, sign="similar")
        else:
            photos, self._photos = self._photos, ()
            self._examples.show_query(Words("", _examples_of(photos)))

    def _bring_to_front(self, token: str) -> None:
        if token:
            # Qt's plugin for Wayland takes it from there when the window is activated.
            os.environ["XDG_ACTIVATION_TOKEN"] = token
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()


def _examples_of(photos: Sequence[Path]) -> tuple[Example, ...]:
    from inphotos.search.query import Example

    return tuple(dict.fromkeys(map(Example, photos)))
