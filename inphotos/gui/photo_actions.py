"""What can be done with one photo: open it, find others like it, see where it is, and more."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PyQt6.QtCore import QObject, QPoint, pyqtSignal
from PyQt6.QtGui import QKeySequence, QPalette
from PyQt6.QtWidgets import QMenu, QWidget

from inphotos.errors import display_path
from inphotos.gui import desktop, wording
from inphotos.gui.grid.view import GridView
from inphotos.gui.icons import icon
from inphotos.gui.tasks import Tasks
from inphotos.search.ranking import Presence, Result

#: The keys for the details of a photo; the menu shows the first.
DETAILS_KEYS = ("Alt+Return", "Ctrl+I")
MORE_KEYS, LESS_KEYS = "Ctrl+Shift+M", "Ctrl+Shift+L"
SIMILAR_KEYS, PART_KEYS = "Ctrl+Shift+F", "Ctrl+Shift+P"


class PhotoActions(QObject):
    """Carries out what the user wants with a photo, once it is known to be there.

    Attributes:
        can_compare: there is a model to find similar photos with.

    Signals:
        similar_wanted(Path): find photos like this one.
        marked(Path, float): this one is more (1), or less (-1), of what is wanted.
        part_wanted(Path): find photos like a part of this one.
        alike_wanted(Result): show the photos that are folded into this one.
        details_wanted(Result): show what is known of a photo.
        told(str): something that the user should know.
    """

    similar_wanted = pyqtSignal(object)
    marked = pyqtSignal(object, float)
    part_wanted = pyqtSignal(object)
    alike_wanted = pyqtSignal(object)
    details_wanted = pyqtSignal(object)
    told = pyqtSignal(str)

    def __init__(self, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self.can_compare = True
        self._tasks = tasks
        self._window = parent

    def serve(self, grid: GridView) -> None:
        """Carry out what is wanted with the photos of a grid."""
        grid.photo_opened.connect(lambda result: self.open(result.path, result.presence))
        grid.menu_wanted.connect(self.show_menu)

    def open(self, photo: Path, presence: Presence = "here") -> None:
        """Open a photo in the program that the user has chosen for photos.

        Args:
            photo: its file.
            presence: what the library last knew of it; tells why, should it not be there.
        """
        self._if_there(photo, presence, desktop.open_file)

    def show_in_file_manager(self, photo: Path, presence: Presence = "here") -> None:
        """Show a photo in its folder; the arguments are those of :meth:`open`."""
        self._if_there(photo, presence, desktop.show_in_file_manager)

    def menu(self, result: Result) -> QMenu:
        """Return the menu for a photo."""
        menu = QMenu(self._window)
        self._add(menu, "open", self.tr("Open"), partial(self.open, result.path, result.presence))
        if self.can_compare:
            for sign, text, keys, action in self.searches(result):
                self._add(menu, sign, text, action, keys)
        if result.alike > 1:
            text = self.tr("Show the {count:,} Alike").format(count=result.alike)
            self._add(menu, "alike", text, partial(self.alike_wanted.emit, result))
        menu.addSeparator()
        show = partial(self.show_in_file_manager, result.path, result.presence)
        self._add(menu, "folder", self.tr("Show in File Manager"), show)
        copy = partial(desktop.copy_path, result.path)
        self._add(menu, "copy", self.tr("Copy Path"), copy)
        menu.addSeparator()
        details = partial(self.details_wanted.emit, result)
        self._add(menu, "info", self.tr("Details…"), details, DETAILS_KEYS[0])
        return menu

    def searches(self, result: Result) -> list[tuple[str, str, str, Callable[[], None]]]:
        """Return the ways to search with a photo: icon, name, keys and function of each."""
        photo = result.path
        return [
            (
                "similar",
                self.tr("Find Similar Photos"),
                SIMILAR_KEYS,
                partial(self.similar_wanted.emit, photo),
            ),
            ("more", self.tr("More Like This"), MORE_KEYS, partial(self.marked.emit, photo, 1.0)),
            ("less", self.tr("Less Like This"), LESS_KEYS, partial(self.marked.emit, photo, -1.0)),
            (
                "part",
                self.tr("Search for a Part…"),
                PART_KEYS,
                partial(self.part_wanted.emit, photo),
            ),
        ]

    def show_menu(self, result: Result, place: QPoint) -> None:
        """Show the menu for a photo at a place on the screen."""
        menu = self.menu(result)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _add(
        self, menu: QMenu, sign: str, text: str, action: Callable[[], object], keys: str = ""
    ) -> None:
        added = menu.addAction(icon(sign, QPalette.ColorRole.Text), text)
        assert added is not None
        added.setShortcut(QKeySequence(keys))
        added.setShortcutVisibleInContextMenu(True)
        # Not the function itself: the signal brings whether the action is checked.
        added.triggered.connect(lambda: action())

    def _if_there(self, photo: Path, presence: Presence, action: Callable[[Path], bool]) -> None:
        # The check is a task: on a drive that sleeps it takes seconds.
        def act(there: bool) -> None:
            if not there:
                self.told.emit(wording.cannot_open(photo, presence))
            elif not action(photo):
                told = self.tr("No program on this computer wanted to open {name}.")
                self.told.emit(told.format(name=display_path(photo.name)))

        self._tasks.run(photo.is_file, act)
