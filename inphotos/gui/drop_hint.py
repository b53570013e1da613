"""What happens when files are dragged onto the window."""

from __future__ import annotations

from functools import partial

from PyQt6.QtCore import QEvent, QObject, QPoint, QRect, Qt, pyqtSignal
from PyQt6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PyQt6.QtWidgets import QLabel, QWidget

from inphotos.gui.incoming import Incoming, image_in, local_paths, sort_paths
from inphotos.gui.tasks import Tasks

MARGIN = 16


class DropHint(QLabel):
    """Covers the window while files are dragged over it, and tells folders from photos.

    Photos that are dragged out of the window itself are only taken where it is meant: on the search
    bar, to search with them.

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

    def __init__(self, window: QWidget, tasks: Tasks, search_bar: QWidget) -> None:
        """Prepare the hint.

        Args:
            window: what files are dropped on.
            tasks: looks at the files.
            search_bar: the part of the window that takes the window's own photos.
        """
        super().__init__(window)
        self._window = window
        self._search_bar = search_bar
        self._tasks = tasks
        self.setObjectName("drop-hint")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # The drag belongs to the window below.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def _begin(self, event: QDragEnterEvent) -> None:
        if self._is_own(event):
            # Wherever it comes in: Qt does not tell of the further way of one that is refused.
            event.acceptProposedAction()
        elif local_paths(event.mimeData()) or image_in(event.mimeData()) is not None:
            event.acceptProposedAction()
            self._cover(
                self._window.rect(),
                self.tr("Drop a folder to add it, or photos to find others like them"),
            )

    def _follow(self, event: QDropEvent) -> None:
        """Take the window's own photos over the search bar, and nowhere else."""
        if not self._is_own(event):
            event.acceptProposedAction()
        elif self._bar_place().contains(event.position().toPoint()):
            event.acceptProposedAction()
            self._cover(self._bar_place(), self.tr("Drop here to find photos like these"))
        else:
            event.ignore()
            self.hide()

    def _cover(self, place: QRect, text: str) -> None:
        if self.isVisible():
            return
        margin = min(MARGIN, place.height() // 12)
        self.setText(text)
        self.setGeometry(place.adjusted(MARGIN, margin, -MARGIN, -margin))
        self.raise_()
        self.show()

    def _is_own(self, event: QDropEvent) -> bool:
        source = event.source()
        return isinstance(source, QWidget) and self._window.isAncestorOf(source)

    def _bar_place(self) -> QRect:
        bar = self._search_bar
        place = QRect(bar.mapTo(self._window, QPoint(0, 0)), bar.size())
        return place if bar.isVisible() else QRect()

    def _drop(self, event: QDropEvent) -> None:
        self._follow(event)
        self.hide()
        if not event.isAccepted():
            return
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
        elif isinstance(event, QDragMoveEvent) and event.type() == QEvent.Type.DragMove:
            self._follow(event)
        elif event is not None and event.type() == QEvent.Type.DragLeave:
            self.hide()
        elif isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._drop(event)
        else:
            return super().eventFilter(watched, event)
        return True
