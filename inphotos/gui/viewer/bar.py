"""The bar above a photo, and the arrows at its sides."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QPropertyAnimation, QSize, Qt
from PyQt6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPalette
from PyQt6.QtWidgets import (
    QFrame,
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QLabel,
    QMenu,
    QToolButton,
    QWidget,
)

from inphotos.gui.icons import icon
from inphotos.gui.style import DARK

BAR_HEIGHT = 52
ARROW_SIZE = 48
FADE_MS = 180

_SIGN = QSize(20, 20)


class Bar(QFrame):
    """What is shown, and what can be done with it.

    Attributes:
        buttons: the buttons, by their names.
        zoom_menu: the sizes to choose from, on the button that tells the size.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("viewer-bar")
        self.setFixedHeight(BAR_HEIGHT)
        self.setMouseTracking(True)
        self.buttons: dict[str, QToolButton] = {}
        self._name = Elided()
        self._name.setProperty("kind", "title")
        self._position = QLabel()
        self._position.setProperty("kind", "muted")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 0, 8, 0)
        self._row.setSpacing(2)
        self.zoom_menu = QMenu(self)
        self._zoom = _tool_button(self)
        self._zoom.setMenu(self.zoom_menu)
        self._zoom.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._zoom.setToolTip(self.tr("Size"))
        self._zoom.setMinimumWidth(62)

    def add_title(self) -> None:
        """Put name and position after the buttons so far; what is added then is at the right."""
        self._row.addSpacing(6)
        self._row.addWidget(self._name)
        self._row.addSpacing(10)
        self._row.addWidget(self._position)
        self._row.addStretch(1)

    def add_zoom(self) -> None:
        """Put the button that tells the size after the buttons so far."""
        self._row.addWidget(self._zoom)

    def add(
        self, name: str, sign: str, text: str, keys: str, on_clicked: Callable[[], object]
    ) -> QToolButton:
        """Add a button.

        Args:
            name: tells it from the others.
            sign: its icon.
            text: what it does.
            keys: what does the same, "" for nothing.
            on_clicked: does it.
        """
        button = _tool_button(self)
        button.clicked.connect(lambda: on_clicked())
        self.buttons[name] = button
        self._row.addWidget(button)
        self.set_sign(name, sign, text, keys)
        return button

    def set_sign(self, name: str, sign: str, text: str, keys: str) -> None:
        """Let a button look otherwise; the arguments are those of :meth:`add`."""
        button = self.buttons[name]
        button.setIcon(icon(sign, QColor(DARK.text)))
        button.setAccessibleName(text)
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{text} ({shown})" if shown else text)

    def show_title(self, name: str, position: str) -> None:
        """Tell what is shown."""
        self._name.setText(name)
        self._name.setToolTip(name)
        self._position.setText(position)

    @property
    def title(self) -> tuple[str, str]:
        """Name and position, as they are shown."""
        return self._name.text(), self._position.text()

    def show_zoom(self, text: str) -> None:
        """Tell the size."""
        self._zoom.setText(text)
        self._zoom.setAccessibleName(self.tr("Size: {size}").format(size=text))


class Elided(QLabel):
    """A line that is cut in its middle where it does not fit: names differ at their ends."""

    def __init__(self) -> None:
        super().__init__()
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


class Arrow(QToolButton):
    """A round button at the side of a photo, for the mouse; the keyboard has its arrows."""

    def __init__(self, sign: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("viewer-arrow")
        self.setIcon(icon(sign, QColor(DARK.text)))
        self.setIconSize(QSize(24, 24))
        self.setFixedSize(ARROW_SIZE, ARROW_SIZE)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(text)
        self.setToolTip(text)


class Fading:
    """Lets a widget come and go softly."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._effect = QGraphicsOpacityEffect(widget)
        self._effect.setEnabled(False)
        widget.setGraphicsEffect(self._effect)
        self._animation = QPropertyAnimation(self._effect, b"opacity", widget)
        self._animation.setDuration(FADE_MS)
        self._animation.finished.connect(self._on_finished)
        self._shown = not widget.isHidden()

    @property
    def shown(self) -> bool:
        """Whether it is there to stay."""
        return self._shown

    def show(self) -> None:
        """Let the widget come at once: whoever moves the mouse is looking for it."""
        self._shown = True
        self._animation.stop()
        self._effect.setEnabled(False)
        self._widget.show()

    def fade(self) -> None:
        """Let the widget go."""
        if self._shown:
            self._shown = False
            self._effect.setEnabled(True)
            self._animation.setStartValue(1.0)
            self._animation.setEndValue(0.0)
            self._animation.start()

    def hide(self) -> None:
        """Let the widget be away at once."""
        self._shown = False
        self._animation.stop()
        self._widget.hide()

    def _on_finished(self) -> None:
        if not self._shown:
            self._widget.hide()


def _tool_button(parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setIconSize(_SIGN)
    button.setMinimumSize(38, 36)
    # A click leaves the keys with the photo.
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
