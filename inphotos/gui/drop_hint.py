"""What happens when files are dragged onto the window."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QDragEnterEvent, QDropEvent
from PyQt6.QtWidgets import QLabel, QWidget

from inphotos.gui.tasks import Tasks

MARGIN = 16


class DropHint(QLabel):
    """Covers the window while files are dragged over it, and tells folders from photos.

    Signals:
        folders_dropped(list[Path]): folders to add.
        photo_dropped(Path): a photo to find others like it.
    """

    folders_dropped = pyqtSignal(list)
    photo_dropped = pyqtSignal(object)

    def __init__(self, window: QWidget, tasks: Tasks) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self.setObjectName("drop-hint")
        self.setText(self.tr("Drop a folder to add it, or a photo to find others like it"))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # The drag belongs to the window below.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def _begin(self, event: QDragEnterEvent) -> None:
        if _local_paths(event):
            event.acceptProposedAction()
            self.setGeometry(self._window.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN))
            self.raise_()
            self.show()

    def _drop(self, event: QDropEvent) -> None:
        self.hide()
        event.acceptProposedAction()
        self._tasks.run(partial(_sort, _local_paths(event)), self._on_sorted)

    def _on_sorted(self, sorted_paths: tuple[list[Path], list[Path]]) -> None:
        folders, files = sorted_paths
        if folders:
            self.folders_dropped.emit(folders)
        elif files:
            self.photo_dropped.emit(files[0])

    # Qt overrides

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if isinstance(event, QDragEnterEvent):
            self._begin(event)
        elif event is not None and event.type() == QEvent.Type.DragLeave:
            self.hide()
        elif isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._drop(event)
        else:
            return super().eventFilter(watched, event)
        return True


def _local_paths(event: QDropEvent) -> list[Path]:
    data = event.mimeData()
    urls = data.urls() if data is not None else []
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]


def _sort(paths: list[Path]) -> tuple[list[Path], list[Path]]:
    """Return the folders and the files among ``paths``."""
    return [path for path in paths if path.is_dir()], [path for path in paths if path.is_file()]
