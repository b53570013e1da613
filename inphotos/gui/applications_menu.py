"""Puts InPhotos into the applications menu, where the desktop leaves that to the application."""

from __future__ import annotations

import sys
from functools import partial

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QAction

from inphotos import desktop_files
from inphotos.gui.icons import application_png
from inphotos.gui.notice import NoticeBar
from inphotos.gui.tasks import Tasks


class ApplicationsMenu(QObject):
    """Adds InPhotos to the desktop's menu and to "Open with", when the user asks for it.

    Attributes:
        action: asks for it; not to be seen on other systems than Linux.
    """

    def __init__(self, tasks: Tasks, notice: NoticeBar, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._notice = notice
        self.action = QAction(self.tr("Add to the Applications Menu"), self)
        self.action.setVisible(sys.platform == "linux")
        self.action.triggered.connect(self._on_triggered)

    def _on_triggered(self) -> None:
        # Drawn here, as icons are; only writing them is left to a thread.
        icons = {edge: application_png(edge) for edge in desktop_files.ICON_EDGES}
        self._tasks.run(
            partial(desktop_files.install, icons.__getitem__), lambda _: self._on_installed()
        )

    def _on_installed(self) -> None:
        self._notice.tell(
            self.tr(
                "InPhotos is in the applications menu now, and under “Open With” for photos: "
                "there it searches for photos like that one."
            ),
            self.tr("Undo"),
            self._take_out,
            sign="info",
        )

    def _take_out(self) -> None:
        self._tasks.run(desktop_files.remove, lambda _: self._notice.dismiss())
