"""The parts of the viewer, made and put in their places."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QMouseEvent, QResizeEvent
from PyQt6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from inphotos.gui.viewer.bar import Bar
from inphotos.gui.viewer.canvas import Canvas
from inphotos.gui.viewer.compare import Compare
from inphotos.gui.viewer.hiding import Hiding
from inphotos.gui.viewer.pictures import Pictures
from inphotos.gui.viewer.walk import Walk


class ViewerParts(QWidget):
    """What the viewer is made of; :class:`Viewer` makes it work together.

    Attributes:
        canvas: shows one photo.
        compare: shows several photos, beside each other.
        bar: what is shown and what can be done.
        column: bar and photo, one above the other.
        hiding: lets the bar, and arrows beside the photo, come and go with the mouse.
    """

    def __init__(self, pictures: Pictures, walk: Walk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Viewer"))
        self.setObjectName("viewer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stage = QStackedWidget()
        self.canvas = Canvas(pictures)
        self.compare = Compare(pictures, self)
        self.bar = Bar(self)
        self._lay_out()
        self.hiding = Hiding(self.bar, walk, self)

    @property
    def is_comparing(self) -> bool:
        """Whether several photos are shown."""
        return self._stage.currentWidget() is self.compare

    def set_immersed(self, immersed: bool) -> None:
        """Let the photo have all the room; the bar lies over it while the mouse is moved."""
        self.hiding.immersed = immersed
        sign = "window" if immersed else "full-screen"
        text = self.tr("Leave Full Screen") if immersed else self.tr("Full Screen")
        self.bar.set_sign("full-screen", sign, text, "F11")
        if immersed:
            self.column.removeWidget(self.bar)
            self.hiding.lay_out()
        else:
            self.column.insertWidget(0, self.bar)
        self.hiding.wake()

    def _lay_out(self) -> None:
        self._stage.addWidget(self.canvas)
        self._stage.addWidget(self.compare)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self.bar)
        self.column.addWidget(self._stage, 1)
        self._stage.setMouseTracking(True)
        self.canvas.setMouseTracking(True)
        self.setMouseTracking(True)

    # Qt overrides

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:  # noqa: ARG002
        self.hiding.wake()

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: ARG002
        self.hiding.lay_out()
