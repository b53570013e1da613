"""Two to four photos side by side, looked at in step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, QObject, QRect, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from inphotos.errors import display_path
from inphotos.gui.icons import icon
from inphotos.gui.style import DARK
from inphotos.gui.tool_tips import as_lines
from inphotos.gui.viewer.bar import Elided
from inphotos.gui.viewer.canvas import Canvas
from inphotos.gui.viewer.pictures import Pictures, Wish

if TYPE_CHECKING:
    from inphotos.search.ranking import Result

FEWEST, MOST = 2, 4

_GAP = 6


class Compare(QWidget):
    """Shows photos beside each other; whatever part the user looks at of one, they all show.

    Attributes:
        panes: the photos, in order.

    Signals:
        removed(Result): the user takes a photo away.
        touched(Result): the user has touched another photo, which commands are for now.
        wish_changed(): other pictures are of use now.
        sight_changed(): the photos are looked at more closely, or elsewhere.
    """

    removed = pyqtSignal(object)
    touched = pyqtSignal(object)
    wish_changed = pyqtSignal()
    sight_changed = pyqtSignal()

    def __init__(self, pictures: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self.panes: list[Pane] = []
        self._chosen = 0

    @property
    def photos(self) -> tuple[Result, ...]:
        """The photos, in order."""
        return tuple(pane.photo for pane in self.panes)

    @property
    def chosen(self) -> Result | None:
        """The photo that the user has touched last."""
        return self.panes[self._chosen].photo if self._chosen < len(self.panes) else None

    @property
    def canvas(self) -> Canvas:
        """The canvas of that photo."""
        return self.panes[min(self._chosen, len(self.panes) - 1)].canvas

    def show_photos(self, photos: Sequence[Result]) -> None:
        """Show these photos, each where it fits."""
        for pane in self.panes:
            pane.hide()
            pane.deleteLater()
        self.panes = [Pane(self._pictures, photo, self) for photo in photos]
        for pane in self.panes:
            pane.canvas.installEventFilter(self)
            pane.canvas.sight_changed.connect(lambda pane=pane: self._on_sight_changed(pane))
            pane.canvas.wish_changed.connect(self.wish_changed)
            pane.remove_button.clicked.connect(lambda _, pane=pane: self.removed.emit(pane.photo))
            pane.show()
        self._choose(0)
        self._lay_out()
        self.wish_changed.emit()

    def wishes(self) -> list[Wish]:
        """Return the pictures that would be sharp."""
        wishes = (pane.canvas.wish() for pane in self.panes)
        return [wish for wish in wishes if wish is not None]

    def _choose(self, number: int) -> None:
        self._chosen = number
        for place, pane in enumerate(self.panes):
            pane.set_chosen(place == number)
        if self.chosen is not None:
            self.touched.emit(self.chosen)

    def _on_sight_changed(self, changed: Pane) -> None:
        self._choose(self.panes.index(changed))
        sight = changed.canvas.sight
        for pane in self.panes:
            if pane is not changed:
                pane.canvas.look(sight)
        self.sight_changed.emit()

    def _lay_out(self) -> None:
        """Beside each other; four in two rows."""
        count = len(self.panes)
        columns = 2 if count == MOST else max(1, count)
        rows = -(-count // columns) if count else 1
        width = (self.width() - _GAP * (columns - 1)) / columns
        height = (self.height() - _GAP * (rows - 1)) / rows
        for number, pane in enumerate(self.panes):
            row, column = divmod(number, columns)
            left, top = round(column * (width + _GAP)), round(row * (height + _GAP))
            pane.setGeometry(QRect(left, top, round(width), round(height)))

    # Qt overrides

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: ARG002
        # Dark between and below the photos, too, whatever the window's theme.
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(DARK.window))
        painter.end()

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: ARG002
        self._lay_out()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.MouseButtonPress:
            for number, pane in enumerate(self.panes):
                if pane.canvas is watched:
                    self._choose(number)
        return super().eventFilter(watched, event)


class Pane(QWidget):
    """One of the photos, with its name and a button that takes it away.

    Attributes:
        photo: what it shows.
        canvas: shows it.
        remove_button: takes it away.
    """

    def __init__(self, pictures: Pictures, photo: Result, parent: QWidget) -> None:
        super().__init__(parent)
        self.photo = photo
        name = display_path(photo.path.name)
        self.canvas = Canvas(pictures)
        self.canvas.setAccessibleDescription(name)
        self._name = Elided()
        self._name.setText(name)
        self._name.setToolTip(as_lines(name))
        self._name.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.remove_button = QToolButton()
        self.remove_button.setIcon(icon("close", QColor(DARK.text)))
        self.remove_button.setIconSize(QSize(16, 16))
        self.remove_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        text = self.tr("Take {name} Away").format(name=name)
        self.remove_button.setAccessibleName(text)
        self.remove_button.setToolTip(as_lines(text))
        below = QHBoxLayout()
        below.setContentsMargins(12, 4, 8, 6)
        below.addStretch(1)
        below.addWidget(self._name)
        below.addWidget(self.remove_button)
        below.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.canvas, 1)
        layout.addLayout(below)
        self.canvas.show_photo(photo)

    def set_chosen(self, chosen: bool) -> None:
        """Tell whether it is the one that the user has touched last, which commands are for."""
        self._name.setProperty("kind", "title" if chosen else "muted")
        style = self._name.style()
        assert style is not None
        style.unpolish(self._name)
        style.polish(self._name)
