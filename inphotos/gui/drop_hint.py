"""What happens when files are dragged onto the window."""

from __future__ import annotations

from functools import partial

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QDragEnterEvent, QDropEvent
from PyQt6.QtWidgets import QLabel, QWidget

from inphotos.gui.incoming import Incoming, image_in, local_paths, sort_paths
from inphotos.gui.tasks import Tasks

MARGIN = 16


class DropHint(QLabel):
    """Covers the window while files are dragged over it, and tells folders from photos.

    Signals:
        folders_dropped(list[Path]): folders to add.
        photos_dropped(list[Path]): photos to search with.
        image_dropped(QImage): pixels to search with.
        others_dropped(list[Path]): files that are neither.
    """

    folders_dropped = pyqtSignal(list)
    photos_dropped = pyqtSignal(list)
    image_dropped = pyqtSignal(object)
    others_dropped = pyqtSignal(list)

    def __init__(self, window: QWidget, tasks: Tasks) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self.setObjectName("drop-hint")
        self.setText(self.tr("Drop a folder to add it, or photos to find others like them"))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # The drag belongs to the window below.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def _begin(self, event: QDragEnterEvent) -> None:
        if local_paths(event.mimeData()) or image_in(event.mimeData()) is not None:
            event.acceptProposedAction()
            self.setGeometry(self._window.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN))
            self.raise_()
            self.show()

    def _drop(self, event: QDropEvent) -> None:
        self.hide()
        event.acceptProposedAction()
        paths, image = local_paths(event.mimeData()), image_in(event.mimeData())
        if paths:
            self._tasks.run(partial(sort_paths, paths), self._on_sorted)
        elif image is not None:
            self.image_dropped.emit(image)

    def _on_sorted(self, incoming: Incoming) -> None:
        if incoming.folders:
            self.folders_dropped.emit(incoming.folders)
            return
        if incoming.others:
            self.others_dropped.emit(incoming.others)
        if incoming.photos:
            self.photos_dropped.emit(incoming.photos)

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
