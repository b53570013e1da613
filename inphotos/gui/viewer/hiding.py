"""What comes with the mouse and goes when it rests, so that nothing is beside the photo."""

from __future__ import annotations

from PyQt6.QtCore import QObject, QPropertyAnimation, QSize, Qt
from PyQt6.QtGui import QColor
from PyQt6.QtWidgets import QApplication, QGraphicsOpacityEffect, QToolButton, QWidget

from inphotos.gui.icons import icon
from inphotos.gui.style import DARK
from inphotos.gui.timers import single_shot
from inphotos.gui.viewer.bar import Bar
from inphotos.gui.viewer.walk import Walk

ARROW_SIZE = 48
FADE_MS = 180
#: Bar and arrows are there for so long after the mouse was last moved.
REST_MS = 2000

_EDGE = 16


class Hiding(QObject):
    """Shows bar, arrows and pointer while the mouse moves, and hides them when it rests.

    Attributes:
        back_arrow, forward_arrow: lead to the photos beside the one that is shown.
        immersed: the bar goes too; otherwise it stays.
        walk_is_shown: there is one photo, and arrows lead to others.
    """

    def __init__(self, bar: Bar, walk: Walk, viewer: QWidget) -> None:
        super().__init__(viewer)
        self.immersed = False
        self.walk_is_shown = True
        self._bar = bar
        self._walk = walk
        self._viewer = viewer
        self.back_arrow = Arrow("back", self.tr("Previous Photo"), viewer)
        self.forward_arrow = Arrow("forward", self.tr("Next Photo"), viewer)
        self._fading_bar = Fading(bar)
        self._fading_arrows = [Fading(arrow) for arrow in (self.back_arrow, self.forward_arrow)]
        for fading in self._fading_arrows:
            fading.hide()
        self._rest = single_shot(self, 0, self._on_rested)

    def wake(self) -> None:
        """Show everything: the mouse was moved."""
        self._fading_bar.show()
        self._viewer.unsetCursor()
        self.show_arrows()
        self._rest.start(REST_MS)

    def show_arrows(self) -> None:
        """Show the arrows that lead somewhere, while the mouse is there to use them."""
        wanted = self._viewer.underMouse() and self.walk_is_shown
        for fading, by in zip(self._fading_arrows, (-1, 1), strict=True):
            if wanted and self._walk.at(by) is not None:
                fading.show()
            elif fading.shown:
                fading.hide()

    def lay_out(self) -> None:
        """Put arrows and bar where they belong in the viewer."""
        width, height = self._viewer.width(), self._viewer.height()
        if self.immersed:
            self._bar.setGeometry(0, 0, width, self._bar.height())
            self._bar.raise_()
        middle = (height + self._bar.height() - ARROW_SIZE) // 2
        self.back_arrow.move(_EDGE, middle)
        self.forward_arrow.move(width - _EDGE - ARROW_SIZE, middle)

    def _on_rested(self) -> None:
        if any(one.underMouse() for one in (self._bar, self.back_arrow, self.forward_arrow)):
            self._rest.start(REST_MS)
            return
        for fading in self._fading_arrows:
            fading.fade()
        focus = QApplication.focusWidget()
        if self.immersed and (focus is None or not self._bar.isAncestorOf(focus)):
            self._fading_bar.fade()
            self._viewer.setCursor(Qt.CursorShape.BlankCursor)


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
    """Lets a widget come and go.

    Attributes:
        shown: it is there to stay.
    """

    def __init__(self, widget: QWidget) -> None:
        self.shown = True
        self._widget = widget
        self._effect = QGraphicsOpacityEffect(widget)
        self._effect.setEnabled(False)  # while it is there it costs nothing
        widget.setGraphicsEffect(self._effect)
        self._animation = QPropertyAnimation(self._effect, b"opacity", widget)
        self._animation.setDuration(FADE_MS)
        self._animation.setStartValue(1.0)
        self._animation.setEndValue(0.0)
        self._animation.finished.connect(self._on_finished)

    def show(self) -> None:
        """Let it come at once: whoever moves the mouse is looking for it."""
        self.shown = True
        self._animation.stop()
        self._effect.setEnabled(False)
        self._widget.show()

    def fade(self) -> None:
        """Let it go softly."""
        if self.shown:
            self.shown = False
            self._effect.setEnabled(True)
            self._animation.start()

    def hide(self) -> None:
        """Let it be away at once."""
        self.shown = False
        self._animation.stop()
        self._widget.hide()

    def _on_finished(self) -> None:
        if not self.shown:
            self._widget.hide()
