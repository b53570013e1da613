"""Five stars that can be clicked."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QRect, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QEnterEvent, QIcon, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PyQt6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from inphotos.gui.icons import icon

STARS = 5
#: Edge of a star, what is between two, and room around them for the frame of the focus.
_EDGE, _GAP, _MARGIN = 20, 4, 4


class StarRating(QAbstractSlider):
    """A rating from 0 to 5, given by a click on a star, by digits or by the arrow keys.

    It is a slider for screen readers too, which know how to tell and change its value.

    Signals:
        rated(int): the user has given so many stars; 0 for a click on the last star there was.
    """

    rated = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, STARS)
        self.setSingleStep(1)
        self.setPageStep(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Rating"))
        self._under_pointer = 0
        self._icons: dict[str, QIcon] = {
            "full": icon("star-full", QPalette.ColorRole.Highlight),
            "empty": icon("star", QPalette.ColorRole.PlaceholderText),
        }
        self._showing = False
        self.valueChanged.connect(self._on_value_changed)
        self.show_stars(0)

    def show_stars(self, stars: int, remark: str = "") -> None:
        """Show a rating.

        Args:
            stars: 0 to 5.
            remark: what there is to say about it, such as that several photos differ.
        """
        self._showing = True
        self.setValue(stars)
        self._showing = False
        self.setAccessibleDescription(remark or self._in_words(stars))
        self.setToolTip(remark)
        self.update()

    def place_of(self, stars: int) -> QRect:
        """Return where the star is that gives so many, 1 to 5."""
        return QRect(_MARGIN + (stars - 1) * (_EDGE + _GAP), _MARGIN, _EDGE, _EDGE)

    def _in_words(self, stars: int) -> str:
        if not stars:
            return self.tr("Not rated")
        return self.tr("1 star") if stars == 1 else self.tr("{count} stars").format(count=stars)

    def _at(self, x: float) -> int:
        return max(1, min(STARS, int((x - _MARGIN + _GAP / 2) // (_EDGE + _GAP)) + 1))

    def _on_value_changed(self, stars: int) -> None:
        self.setAccessibleDescription(self._in_words(stars))
        self.update()
        if not self._showing:
            self.rated.emit(stars)

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(2 * _MARGIN + STARS * (_EDGE + _GAP) - _GAP, 2 * _MARGIN + _EDGE)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.text() in tuple("012345"):
            self.setValue(int(event.text()))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        if event.button() == Qt.MouseButton.LeftButton:
            stars = self._at(event.position().x())
            self.setValue(0 if stars == self.value() else stars)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        self._show_under_pointer(self._at(event.position().x()))

    def leaveEvent(self, event: QEvent | None) -> None:
        super().leaveEvent(event)
        self._show_under_pointer(0)

    def enterEvent(self, event: QEnterEvent | None) -> None:
        super().enterEvent(event)
        assert event is not None
        self._show_under_pointer(self._at(event.position().x()))

    def _show_under_pointer(self, stars: int) -> None:
        if stars != self._under_pointer:
            self._under_pointer = stars
            self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: ARG002
        painter = QPainter(self)
        shown = self._under_pointer or self.value()
        for stars in range(1, STARS + 1):
            painter.setOpacity(0.55 if self.value() < stars <= shown else 1.0)
            sign = self._icons["full" if stars <= shown else "empty"]
            sign.paint(painter, self.place_of(stars))
        if self.hasFocus():
            painter.setOpacity(1.0)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
        painter.end()
