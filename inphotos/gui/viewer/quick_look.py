"""A quick look at a photo, over the grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from inphotos.errors import display_path
from inphotos.gui import wording
from inphotos.gui.keyboard.table import KeyHint
from inphotos.gui.viewer.bar import Elided
from inphotos.gui.viewer.canvas import Canvas
from inphotos.gui.viewer.dark import be_dark
from inphotos.gui.viewer.pictures import Pictures, Wish
from inphotos.gui.viewer.walk import Walk

if TYPE_CHECKING:
    from inphotos.search.ranking import Result

#: Enough that nothing below is read by mistake.
_SHADE = QColor(10, 10, 12, 232)
_MARGIN = 48
_LINE_GAP = 12

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageDown: 1,
}


class QuickLook(QWidget):
    """Lies over another widget and shows a photo large, until the user has seen it.

    Attributes:
        canvas: shows the photo.
        walk: the way through the photos.

    Signals:
        moved(Result): another photo is shown.
        open_wanted(Result): the user wants the viewer.
        closed(): the user has seen enough.
    """

    moved = pyqtSignal(object)
    open_wanted = pyqtSignal(object)
    closed = pyqtSignal()

    def __init__(self, pictures: Pictures, walk: Walk, below: QWidget) -> None:
        super().__init__(below)
        self.walk = walk
        self._pictures = pictures
        self._below = below
        self.setObjectName("quick-look")
        self.setAccessibleName(self.tr("Quick look"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.canvas = Canvas(pictures, ground=None)
        self._name = Elided()
        self._name.setProperty("kind", "title")
        self._position = QLabel()
        self._position.setProperty("kind", "muted")
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addStretch(1)
        row.addWidget(self._name)
        row.addWidget(self._position)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, 14)
        layout.setSpacing(_LINE_GAP)
        layout.addWidget(self.canvas, 1)
        layout.addLayout(row)
        self.hide()
        below.installEventFilter(self)
        walk.changed.connect(self._on_walked)
        self.canvas.wish_changed.connect(self._want)

    def look_at(self, photo: Result) -> None:
        """Show a photo of the grid."""
        be_dark(self)
        self.setGeometry(self._below.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.walk.follow(photo)

    def key_hints(self) -> tuple[str, tuple[KeyHint, ...]]:
        """Return what the keys do that are handled here, and the one that leads here."""
        return self.tr("Quick look"), (
            KeyHint(self.tr("Have a quick look at the photo, or close it"), ("Space",)),
            KeyHint(self.tr("Go to the next photo or the one before"), ("Right", "Left")),
            KeyHint(self.tr("Open the photo in the viewer"), ("Return",)),
        )

    def close_look(self) -> None:
        """Go away."""
        if not self.isHidden():
            self.hide()
            self.walk.take((), 0)
            self.canvas.show_photo(None)
            self.closed.emit()

    def _on_walked(self) -> None:
        photo, before = self.walk.current, self.canvas.photo
        if self.isHidden():
            return
        if photo is None:
            self.close_look()
            return
        if before is None or Wish.of(photo, 0) != Wish.of(before, 0):
            self._pictures.try_again(photo)
            self.canvas.show_photo(photo)
            self.moved.emit(photo)
        name = display_path(photo.path.name)
        position = self.tr("{row} of {total}").format(
            row=wording.number(self.walk.row + 1), total=wording.number(self.walk.total)
        )
        self._name.setText(name)
        self._position.setText(position)
        self.canvas.setAccessibleDescription(f"{name}, {position}")

    def _want(self) -> None:
        if self.isHidden():
            return
        wish = self.canvas.wish()
        around = (self.walk.at(1), self.walk.at(-1))
        beside = [self.canvas.wish_for(photo) for photo in around if photo is not None]
        self._pictures.want([*([] if wish is None else [wish]), *beside])

    # Qt overrides

    def event(self, event: QEvent | None) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._below.rect())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        key, photo = Qt.Key(event.key()), self.walk.current
        if key in _STEPS:
            self.walk.step(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and photo is not None:
            self.close_look()
            self.open_wanted.emit(photo)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Escape):
            if not event.isAutoRepeat():
                self.close_look()
        else:
            # Words go to the search field: whoever types has seen enough.
            self.close_look()
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent | None) -> None:  # noqa: ARG002
        self.close_look()

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.fillRect(self.rect(), _SHADE)
        # Words would be hard to read over the words below.
        line = self.rect()
        line.setTop(self._name.y() - _LINE_GAP // 2)
        painter.fillRect(line, QColor(_SHADE.rgb()))
        painter.end()
