"""Backups: those that InPhotos writes by itself, those that the user wants, and restoring them."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QStandardPaths, pyqtSignal
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QFileDialog, QWidget

from inphotos.errors import LibraryError, display_path
from inphotos.gui import desktop, wording
from inphotos.gui.notice import NoticeBar
from inphotos.gui.sentences import said
from inphotos.gui.session import Session
from inphotos.gui.tasks import Tasks
from inphotos.gui.timers import single_shot
from inphotos.gui.undo import UndoHistory

if TYPE_CHECKING:
    from inphotos.library import Library
    from inphotos.library.backups import Backup, Restored

#: After a change it is waited for so long for others, which go into the same backup.
SETTLE_MS = 20_000


class BackupActions(QObject):
    """Has the library backed up while it changes, and lets the user write and restore backups.

    Attributes:
        backup_action, restore_action: for a menu.

    Signals:
        restored(Library): much may be another in it now: marks, searches, folders and settings.
    """

    restored = pyqtSignal(object)

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        notice: NoticeBar,
        undo: UndoHistory,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._tasks = tasks
        self._notice = notice
        self._undo = undo
        self._window = window
        self._is_trouble_told = False
        self._told = ""
        self.backup_action = QAction(self.tr("Back Up Marks and Searches…"), self)
        self.backup_action.triggered.connect(self.choose_backup)
        self.restore_action = QAction(self.tr("Restore from a Backup…"), self)
        self.restore_action.triggered.connect(self.choose_restore)
        for action in (self.backup_action, self.restore_action):
            action.setEnabled(False)  # until there is a library
        self._timer = single_shot(self, SETTLE_MS, self.keep)
        session.library_opened.connect(self._on_library_opened)
        session.marks_changed.connect(self.keep_soon)
        session.snapshot_read.connect(self.keep_soon)

    def keep_soon(self) -> None:
        """Have what has changed backed up in a moment, with what else changes until then."""
        # Not put off by further changes: in a busy library they never end.
        if not 0 <= self._timer.remainingTime() <= SETTLE_MS:
            self._timer.start(SETTLE_MS)

    def keep(self) -> None:
        """Write an automatic backup if something has changed and the last one is old enough."""
        library = self._session.library
        if library is not None:
            self._tasks.run(partial(_keep, library), self._on_kept)

    def choose_backup(self) -> None:
        """Let the user choose a file, and write a backup to it."""
        library = self._session.library
        if library is None:
            return
        name = self.tr("InPhotos backup {day}").format(day=f"{library.backups.clock():%Y-%m-%d}")
        chosen, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Back up marks and searches"),
            str(_documents() / f"{name}.json"),
            self._files(),
        )
        if chosen:
            self.write(_named(Path(chosen)))

    def write(self, path: Path) -> None:
        """Write a backup to a file."""
        library = self._session.library
        if library is not None:
            self._tasks.run(partial(library.backups.write, path), partial(self._on_written, path))

    def choose_restore(self) -> None:
        """Let the user choose a backup, and restore it."""
        from inphotos.library.backups import read, shelf

        library = self._session.library
        if library is None:
            return
        own = shelf(library.directory)
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Restore from a backup"),
            str(own if own.is_dir() else _documents()),
            self._files(),
        )
        if chosen:
            self._tasks.run(partial(read, Path(chosen)), self.restore)

    def restore(self, backup: Backup, *, again: bool = False) -> None:
        """Restore a backup.

        Args:
            backup: what to restore.
            again: it was undone before, so that the history of steps knows of it.
        """
        self._session.rewrite(
            lambda library: library.backups.restore(backup),
            partial(self._on_restored, backup, again=again),
        )

    def _files(self) -> str:
        return self.tr("Backups") + " (*.json)"

    def _take_back(self, restored: Restored) -> None:
        self._notice.withdraw(self._told)
        self._session.rewrite(
            lambda library: library.backups.undo(restored), lambda _: self._take_in()
        )

    def _on_restored(self, backup: Backup, restored: Restored, *, again: bool) -> None:
        self._take_in()
        if not restored:
            self._told = self.tr("All that is in the backup is in the library already.")
            self._told = _and(self._told, self._about_rest(restored))
            self._notice.tell(self._told, sign="info")
            return
        told = self.tr("Restored: {parts}.").format(
            parts=self._parts(
                len(restored.folders),
                len(restored.searches),
                restored.photos,
                len(restored.settings) + len(restored.excluding),
            )
        )
        self._told = _and(told, self._about_rest(restored))
        if again:
            self._notice.tell(self._told, sign="info")
            return
        undo = self._undo.push(
            self.tr("restoring a backup"),
            partial(self._take_back, restored),
            partial(self.restore, backup, again=True),
        )
        self._notice.tell(self._told, self.tr("Undo"), undo, sign="info")

    def _parts(self, folders: int, searches: int, photos: int, settings: int) -> str:
        """Return such as ``1 folder, 2 saved searches and marks of 3 photos``."""
        parts = []
        if folders:
            one, more = self.tr("1 folder"), self.tr("{count} folders")
            parts.append(_counted(folders, one, more))
        if searches:
            one, more = self.tr("1 saved search"), self.tr("{count} saved searches")
            parts.append(_counted(searches, one, more))
        if photos:
            one, more = self.tr("the marks of 1 photo"), self.tr("the marks of {count} photos")
            parts.append(_counted(photos, one, more))
        if settings:
            one, more = self.tr("1 setting"), self.tr("{count} settings")
            parts.append(_counted(settings, one, more))
        return wording.listed(parts, most=4)

    def _about_rest(self, restored: Restored) -> str:
        told = []
        if restored.waiting == 1:
            told.append(self.tr("1 photo shows its marks once it has been read."))
        elif restored.waiting:
            waiting = self.tr("{count} photos show their marks once they have been read.")
            told.append(waiting.format(count=wording.number(restored.waiting)))
        if restored.kept:
            kept = self.tr("What is different in the library stayed as it is: {count}.")
            told.append(kept.format(count=wording.number(restored.kept)))
        return " ".join(told)

    def _take_in(self) -> None:
        library = self._session.library
        if library is not None:
            self.restored.emit(library)
            self.keep_soon()

    def _on_written(self, path: Path, backup: Backup) -> None:
        holds, settings = backup.holds, len(backup.settings)
        parts = self._parts(holds.folders, holds.searches, holds.photos, settings)
        told = self.tr("Backed up in {name}: {parts}.")
        self._notice.tell(
            told.format(name=display_path(path.name), parts=parts),
            self.tr("Show in File Manager"),
            partial(_show, path),
            sign="export",
        )

    def _on_library_opened(self) -> None:
        for action in (self.backup_action, self.restore_action):
            action.setEnabled(True)
        self.keep_soon()

    def _on_kept(self, outcome: float | LibraryError | None) -> None:
        if isinstance(outcome, LibraryError):
            # Once, and not in the place of something else: the change itself is kept.
            if not self._is_trouble_told and not self._notice.text:
                self._is_trouble_told = True
                told = self.tr("There is no backup of the last changes yet. {reason}")
                self._notice.tell(told.format(reason=said(outcome)))
            return
        self._is_trouble_told = False
        if outcome is not None and not self._timer.isActive():
            self._timer.start(round(outcome * 1000) + 1)


def _keep(library: Library) -> float | LibraryError | None:
    try:
        return library.backups.keep()
    except LibraryError as error:
        return error


def _named(chosen: Path) -> Path:
    """Return where to write the backup for which a name was chosen."""
    if chosen.suffix.lower() == ".json":
        return chosen
    # Whether it may take the place of a file was asked of the name without the suffix.
    others = (f"{chosen.name} {number}.json" for number in count(2))
    paths = (chosen.with_name(name) for name in chain([f"{chosen.name}.json"], others))
    return next(path for path in paths if not os.path.lexists(path))


def _show(path: Path) -> None:
    desktop.show_in_file_manager([path])


def _documents() -> Path:
    places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.DocumentsLocation)
    with suppress(OSError):
        return next((Path(place) for place in places if Path(place).is_dir()), Path.home())
    return Path.home()


def _counted(count: int, one: str, more: str) -> str:
    return one if count == 1 else more.format(count=wording.number(count))


def _and(first: str, second: str) -> str:
    return f"{first} {second}" if second else first
