"""What can be done with one photo: open it, find others like it, see where it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PyQt6.QtCore import QObject, QPoint, pyqtSignal
from PyQt6.QtGui import QPalette
from PyQt6.QtWidgets import QMenu, QWidget

from inphotos.errors import display_path
from inphotos.gui import desktop
from inphotos.gui.icons import icon
from inphotos.gui.tasks import Tasks
from inphotos.search.ranking import Result


class PhotoActions(QObject):
    """Carries out what the user wants with a photo, once it is known to be there.

    Signals:
        similar_wanted(Path): find photos like this one.
        told(str): something that the user should know.
    """

    similar_wanted = pyqtSignal(object)
    told = pyqtSignal(str)

    def __init__(self, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._window = parent

    def open(self, photo: Path) -> None:
        """Open a photo in the program that the user has chosen for photos."""
        self._if_there(photo, desktop.open_file)

    def show_in_file_manager(self, photo: Path) -> None:
        """Show a photo in its folder."""
        self._if_there(photo, desktop.show_in_file_manager)

    def menu(self, result: Result) -> QMenu:
        """Return the menu for a photo."""
        menu = QMenu(self._window)
        entries = (
            ("open", self.tr("Open"), partial(self.open, result.path)),
            (
                "similar",
                self.tr("Find Similar Photos"),
                partial(self.similar_wanted.emit, result.path),
            ),
            None,
            (
                "folder",
                self.tr("Show in File Manager"),
                partial(self.show_in_file_manager, result.path),
            ),
            ("copy", self.tr("Copy Path"), partial(desktop.copy_path, result.path)),
        )
        for entry in entries:
            if entry is None:
                menu.addSeparator()
                continue
            name, text, action = entry
            added = menu.addAction(icon(name, QPalette.ColorRole.Text), text)
            assert added is not None
            added.triggered.connect(action)
        return menu

    def show_menu(self, result: Result, place: QPoint) -> None:
        """Show the menu for a photo at a place on the screen."""
        menu = self.menu(result)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _if_there(self, photo: Path, action: Callable[[Path], bool]) -> None:
        # The check is a task: on a drive that sleeps it takes seconds.
        def act(there: bool) -> None:
            name = display_path(photo.name)
            if not there:
                self.told.emit(
                    self.tr(
                        "{name} is not there any more, or its drive is away; it was in {folder}."
                    ).format(name=name, folder=display_path(photo.parent))
                )
            elif not action(photo):
                self.told.emit(
                    self.tr("No program on this computer wanted to open {name}.").format(name=name)
                )

        self._tasks.run(photo.is_file, act)
