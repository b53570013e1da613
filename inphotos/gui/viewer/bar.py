"""The bar above a photo: what is shown, and what can be done."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPalette
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from inphotos.gui.icons import icon
from inphotos.gui.style import DARK
from inphotos.gui.tool_tips import as_lines
from inphotos.gui.viewer.keys import Deed

BAR_HEIGHT = 52

_SIGN = QSize(20, 20)


class Bar(QFrame):
    """Name and position, and a button for everything that the mouse is to do.

    Attributes:
        buttons: the buttons, by their names.
        zoom_button: tells the size, and opens the ``zoom_menu`` of others.

    Signals:
        deed_wanted(str): one of ``keys.Deed``.
        command_wanted(str): a command, by its key, is to be given for what is shown.
        full_screen_wanted(): have the whole screen, or a window again.
    """

    deed_wanted = pyqtSignal(str)
    command_wanted = pyqtSignal(str)
    full_screen_wanted = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("viewer-bar")
        self.setFixedHeight(BAR_HEIGHT)
        self.setMouseTracking(True)
        self.buttons: dict[str, QToolButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 0, 8, 0)
        self._row.setSpacing(2)
        self._name = Elided()
        self._name.setProperty("kind", "title")
        self._position = QLabel()
        self._position.setProperty("kind", "muted")
        self._stars = QLabel()
        self._stars.setProperty("kind", "muted")
        self._add_deed("back", "back", self.tr("Back to the Photos"), "Esc", "leave")
        self._row.addSpacing(6)
        self._row.addWidget(self._name)
        self._row.addSpacing(10)
        self._row.addWidget(self._position)
        self._row.addSpacing(10)
        self._row.addWidget(self._stars)
        self._row.addStretch(1)
        self._add_zoom()
        self._add_deed("left", "rotate-left", self.tr("Rotate Left"), "Shift+R", "turn back")
        self._add_deed("right", "rotate-right", self.tr("Rotate Right"), "R", "turn")
        self._add("favorite").clicked.connect(lambda: self.command_wanted.emit("favorite"))
        compare = self.tr("Compare with the Next Photo")
        self._add_deed("compare", "compare", compare, "C", "compare")
        self._add("slideshow").clicked.connect(lambda: self.command_wanted.emit("slideshow"))
        self._add("full-screen").clicked.connect(lambda: self.full_screen_wanted.emit())
        self._add("system").clicked.connect(lambda: self.command_wanted.emit("open_system"))
        self.set_sign("system", "open", self.tr("Open with the System's Viewer"), "Ctrl+Return")
        self._add("info").clicked.connect(lambda: self.command_wanted.emit("info"))
        self.buttons["info"].setCheckable(True)
        self.set_sign("info", "info", self.tr("Information"), "I")

    @property
    def title(self) -> tuple[str, str]:
        """Name and position, as they are shown."""
        return self._name.text(), self._position.text()

    def show_title(self, name: str, position: str) -> None:
        """Tell what is shown."""
        self._name.setText(name)
        self._name.setToolTip(as_lines(name))
        self._position.setText(position)

    @property
    def stars(self) -> str:
        """The rating, as it is shown; empty for none."""
        return self._stars.text()

    def show_rating(self, stars: int) -> None:
        """Tell how many stars the photo has, 0 to 5."""
        self._stars.setText("★" * stars)
        told = self.tr("Rating: {stars} of 5").format(stars=stars)
        self._stars.setAccessibleName(told if stars else "")
        self._stars.setToolTip(told if stars else "")

    def show_zoom(self, text: str) -> None:
        """Tell the size."""
        self.zoom_button.setText(text)
        self.zoom_button.setAccessibleName(self.tr("Size: {size}").format(size=text))

    def set_sign(self, name: str, sign: str, text: str, keys: str) -> None:
        """Let a button look otherwise.

        Args:
            name: of the button.
            sign: its icon.
            text: what it does.
            keys: what does the same.
        """
        button = self.buttons[name]
        button.setIcon(icon(sign, QColor(DARK.text)))
        button.setAccessibleName(text)
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{text} ({shown})")

    def _add(self, name: str) -> QToolButton:
        button = self.buttons[name] = QToolButton(self)
        button.setIconSize(_SIGN)
        button.setMinimumSize(38, 36)
        # A click leaves the keys with the photo.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._row.addWidget(button)
        return button

    def _add_deed(self, name: str, sign: str, text: str, keys: str, deed: Deed) -> None:
        self._add(name).clicked.connect(lambda: self.deed_wanted.emit(deed))
        self.set_sign(name, sign, text, keys)

    def _add_zoom(self) -> None:
        self.zoom_menu = QMenu(self)
        sizes: tuple[tuple[str, str, Deed], ...] = (
            (self.tr("Fit"), "0", "fit"),
            (self.tr("100 %"), "1", "100"),
            (self.tr("200 %"), "2", "200"),
        )
        for text, keys, deed in sizes:
            action = self.zoom_menu.addAction(f"{text}\t{keys}")
            assert action is not None
            action.triggered.connect(lambda _, deed=deed: self.deed_wanted.emit(deed))
        self.zoom_button = self._add("zoom")
        self.zoom_button.setMenu(self.zoom_menu)
        self.zoom_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.zoom_button.setToolTip(self.tr("Size"))
        self.zoom_button.setMinimumWidth(62)


class Elided(QLabel):
    """A line that is cut in its middle where it does not fit: names differ at their ends."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("viewer-name")
        self.setTextFormat(Qt.TextFormat.PlainText)

    # Qt overrides

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: ARG002
        painter, space = QPainter(self), self.contentsRect()
        middle = Qt.TextElideMode.ElideMiddle
        text = self.fontMetrics().elidedText(self.text(), middle, space.width())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(space, self.alignment() | Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()
