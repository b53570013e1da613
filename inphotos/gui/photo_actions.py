"""What can be done with one photo: open it, find others like it, see where it is, and more."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QPoint, pyqtSignal
from PyQt6.QtWidgets import QWidget

from inphotos.errors import display_path
from inphotos.gui import desktop, wording
from inphotos.gui.grid.view import GridView
from inphotos.gui.photo_commands import PhotoCommand, PhotoCommands, Photos
from inphotos.gui.tasks import Tasks

if TYPE_CHECKING:
    from inphotos.search.ranking import Presence, Result

#: The keys that show and hide the information panel; menus show the first.
INFO_KEYS = ("Ctrl+I", "Alt+Return")
MORE_KEYS, LESS_KEYS = "Ctrl+Shift+M", "Ctrl+Shift+L"
COPY_KEYS = "Ctrl+C"
SIMILAR_KEYS, PART_KEYS = "Ctrl+Shift+F", "Ctrl+Shift+P"


class PhotoActions(QObject):
    """Carries out what the user wants with a photo, once it is known to be there.

    Attributes:
        commands: the list that these are part of.
        can_compare: there is a model to find similar photos with.

    Signals:
        similar_wanted(Path): find photos like this one.
        marked(Path, float): this one is more (1), or less (-1), of what is wanted.
        part_wanted(Path): find photos like a part of this one.
        alike_wanted(Result): show the photos that are folded into this one.
        open_wanted(Result): show a photo as the user prefers.
        details_wanted(Result): show what is known of a photo.
        told(str): something that the user should know.
    """

    similar_wanted = pyqtSignal(object)
    marked = pyqtSignal(object, float)
    part_wanted = pyqtSignal(object)
    alike_wanted = pyqtSignal(object)
    open_wanted = pyqtSignal(object)
    details_wanted = pyqtSignal(object)
    told = pyqtSignal(str)

    def __init__(self, commands: PhotoCommands, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self.can_compare = True
        self.commands = commands
        self._tasks = tasks
        self._add_commands()

    def serve(self, grid: GridView) -> None:
        """Carry out what is wanted with the photos of a grid."""
        grid.photo_opened.connect(self.open_wanted)
        grid.menu_wanted.connect(
            lambda result, place: self.show_menu(result, place, grid.meant_with(result))
        )

    def open(self, photo: Path, presence: Presence = "here") -> None:
        """Open a photo in the program that the user has chosen for photos.

        Args:
            photo: its file.
            presence: what the library last knew of it; tells why, should it not be there.
        """
        self._if_there(photo, presence, desktop.open_file)

    def show_in_file_manager(self, photo: Path, presence: Presence = "here") -> None:
        """Show a photo in its folder; the arguments are those of :meth:`open`."""
        self._if_there(photo, presence, lambda there: desktop.show_in_file_manager([there]))

    def show_menu(self, result: Result, place: QPoint, photos: Photos = ()) -> None:
        """Show the menu for a photo, or for photos that it is one of, at a place on the screen."""
        menu = self.commands.menu(photos or (result,))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _add_commands(self) -> None:
        add = self.commands.add
        add(
            PhotoCommand("open", self.tr("Open"), "open", "open", self._on_open, in_menu_bar=False),
            PhotoCommand(
                "alike",
                self.tr("Show Alike Photos"),
                "alike",
                "open",
                lambda photos: self.alike_wanted.emit(photos[0]),
                offered=lambda photos: photos[0].alike > 1,
            ),
        )
        for key, text, keys, signal in (
            ("similar", self.tr("Find Similar Photos"), SIMILAR_KEYS, self.similar_wanted.emit),
            ("more", self.tr("More Like This"), MORE_KEYS, lambda it: self.marked.emit(it, 1.0)),
            ("less", self.tr("Less Like This"), LESS_KEYS, lambda it: self.marked.emit(it, -1.0)),
            ("part", self.tr("Search for a Part…"), PART_KEYS, self.part_wanted.emit),
        ):
            add(
                PhotoCommand(
                    key,
                    text,
                    key,
                    "search",
                    partial(_with_path, signal),
                    (keys,),
                    offered=self._on_comparable,
                )
            )
        add(
            PhotoCommand(
                "folder",
                self.tr("Show in File Manager"),
                "folder",
                "file",
                self._on_show,
                several=True,
                offered=_are_in_one_folder,
            ),
            PhotoCommand(
                "copy",
                self.tr("Copy File and Path"),
                "copy",
                "file",
                lambda photos: desktop.copy_files([photo.path for photo in photos]),
                (COPY_KEYS,),
                needs_focus=True,
                several=True,
            ),
            PhotoCommand(
                "info",
                self.tr("Information"),
                "info",
                "info",
                lambda photos: self.details_wanted.emit(photos[0]),
                INFO_KEYS,
                in_menu_bar=False,
            ),
        )

    def _on_open(self, photos: Photos) -> None:
        self.open_wanted.emit(photos[0])

    def _on_show(self, photos: Photos) -> None:
        paths = [photo.path for photo in photos]
        self._if_there(paths[0], photos[0].presence, lambda _: desktop.show_in_file_manager(paths))

    def _on_comparable(self, photos: Photos) -> bool:  # noqa: ARG002 - no photo is special here
        return self.can_compare

    def _if_there(self, photo: Path, presence: Presence, action: Callable[[Path], bool]) -> None:
        # The check is a task: on a drive that sleeps it takes seconds.
        def act(there: bool) -> None:
            if not there:
                self.told.emit(wording.cannot_open(photo, presence))
            elif not action(photo):
                told = self.tr("No program on this computer wanted to open {name}.")
                self.told.emit(told.format(name=display_path(photo.name)))

        self._tasks.run(photo.is_file, act)


def _are_in_one_folder(photos: Photos) -> bool:
    # Of several folders, file managers open as many windows.
    return len({photo.path.parent for photo in photos}) == 1


def _with_path(signal: Callable[[Path], object], photos: Photos) -> None:
    signal(photos[0].path)
