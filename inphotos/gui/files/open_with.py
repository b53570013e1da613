"""Opening photos with a program that the user chooses."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PyQt6 import sip
from PyQt6.QtCore import QMimeDatabase, QObject, QProcess, pyqtSignal
from PyQt6.QtGui import QAction, QIcon
from PyQt6.QtWidgets import QFileDialog, QMenu, QWidget

from inphotos.errors import display_path
from inphotos.gui.files.desktop_entries import Program, programs_for
from inphotos.gui.photo_commands import Photos
from inphotos.gui.tasks import Tasks


class OpenWith(QObject):
    """Fills the menu of programs, and starts them beside this one, without a shell.

    The desktop's portal could ask the user in one call. But it is not everywhere, and what it
    offers is no menu; the entries of the programs are files that can be read in a millisecond.

    Signals:
        told(str): something that the user should know.
    """

    told = pyqtSignal(str)

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        super().__init__(window)
        self._tasks = tasks
        self._window = window

    def fill(self, menu: QMenu, photos: Photos) -> None:
        """Put the programs for photos into a menu; they come a moment later."""
        paths = [photo.path for photo in photos]
        if sys.platform == "linux":
            waiting = _add(menu, self.tr("Looking for programs…"))
            waiting.setEnabled(False)
            self._tasks.run(partial(_programs, paths), partial(self._show, menu, waiting, paths))
        elif sys.platform == "win32" and len(paths) == 1:
            choose = _add(menu, self.tr("Choose a Program…"))
            command = ["rundll32.exe", "shell32.dll,OpenAs_RunDLL", str(paths[0])]
            choose.triggered.connect(lambda: self._start([command]))
        other = _add(menu, self.tr("Other Program…"))
        other.triggered.connect(lambda: self._choose(paths))

    def _show(
        self, menu: QMenu, waiting: QAction, paths: Sequence[Path], programs: Sequence[Program]
    ) -> None:
        if sip.isdeleted(menu) or sip.isdeleted(waiting):
            return  # closed meanwhile, or filled anew
        for program in programs:
            action = QAction(_icon_of(program), program.name.replace("&", "&&"), menu)
            action.triggered.connect(partial(self._open, program, paths))
            menu.insertAction(waiting, action)
        if programs:
            menu.insertSeparator(waiting)
        menu.removeAction(waiting)
        if programs and menu.activeAction() is not None:
            # Whoever opens the menu by keys is on the first thing that there was to choose.
            menu.setActiveAction(menu.actions()[0])

    def _open(self, program: Program, paths: Sequence[Path]) -> None:
        self._start(list(program.starts(paths)), program.directory)

    def _choose(self, paths: Sequence[Path]) -> None:
        places = {"darwin": "/Applications", "win32": os.environ.get("PROGRAMFILES", "")}
        chosen, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Open with"), places.get(sys.platform, "/usr/bin")
        )
        if chosen:
            start = ["open", "-a", chosen] if sys.platform == "darwin" else [chosen]
            self._start([[*start, *map(str, paths)]])

    def _start(self, commands: Sequence[Sequence[str]], directory: str = "") -> None:
        def tell(started: bool) -> None:
            if not started:
                name = display_path(Path(commands[0][0]).name)
                self.told.emit(self.tr("{name} could not be started.").format(name=name))

        self._tasks.run(partial(_start_all, commands, directory), tell)


def _programs(paths: Sequence[Path]) -> list[Program]:
    """Return the programs that open all of some files."""
    types = {tuple(_types_of(path)): None for path in paths}
    answers = [programs_for(each, os.environ) for each in types]
    first = answers[0] if answers else []
    return [p for p in first if all(p in answer for answer in answers)]


def _types_of(path: Path) -> list[str]:
    """Return the MIME type of a file, its other names, and those that are more general."""
    database = QMimeDatabase()
    found = database.mimeTypeForFile(str(path))
    names = [found.name(), *found.aliases()]
    # Everything is a stream of bytes, but no program for those is meant.
    return names + [name for name in found.allAncestors() if name.startswith("image/")]


def _start_all(commands: Sequence[Sequence[str]], directory: str) -> bool:
    results = [QProcess.startDetached(c[0], list(c[1:]), directory) for c in commands]
    return all(started for started, _ in results)


def _icon_of(program: Program) -> QIcon:
    return (
        QIcon(program.icon) if Path(program.icon).is_absolute() else QIcon.fromTheme(program.icon)
    )


def _add(menu: QMenu, text: str) -> QAction:
    action = menu.addAction(text)
    assert action is not None
    return action
