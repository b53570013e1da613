"""The viewer in the window, and beside it what is told of the photo that it shows."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, QSize
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QWidget

from inphotos.gui.viewer.viewer import Viewer

#: How wide a notice over the photo is at most, and how far above the lower edge, pixels.
NOTICE_WIDTH = 640
_ABOVE_EDGE = 14


class ViewerPage(QWidget):
    """Gives the photo the room that is left beside a widget at the right.

    The widget is no part of the viewer, so that the keys of the viewer mean nothing there. Where
    there is no room for both, it lies over the viewer: it never makes the window wider.
    """

    def __init__(self, viewer: Viewer) -> None:
        super().__init__()
        self._viewer = viewer
        self._side: QWidget | None = None
        self._side_width = 0
        self._notice: QWidget | None = None
        viewer.setParent(self)
        # Of itself it would count as shown while only the page is hidden.
        viewer.hide()

    def set_side(self, widget: QWidget | None, width: int = 0) -> None:
        """Put a widget at the right; None for none.

        Args:
            widget: the widget; the former one is left to itself.
            width: how wide it is to be, pixels.
        """
        self._side, self._side_width = widget, width
        if widget is not None and widget.parentWidget() is not self:
            widget.setParent(self)
        if widget is not None:
            widget.show()
            widget.raise_()
        self._lay_out()

    def take_notice(self, notice: QWidget) -> None:
        """Let notices lie over the photo, which does not move for them."""
        shown = not notice.isHidden()
        self._notice = notice
        notice.setParent(self)
        notice.setVisible(shown)
        notice.installEventFilter(self)
        self._lay_out()

    def give_notice(self) -> None:
        """Let notices be put elsewhere."""
        if self._notice is not None:
            self._notice.removeEventFilter(self)
            self._notice = None

    def _lay_out(self) -> None:
        width, height = self.width(), self.height()
        side = 0 if self._side is None else min(self._side_width, width)
        least = min(width, self._viewer.minimumSizeHint().width())
        self._viewer.setGeometry(0, 0, max(least, width - side), height)
        if self._side is not None:
            self._side.setGeometry(width - side, 0, side, height)
        if self._notice is not None:
            room = width - side
            wide = min(NOTICE_WIDTH, room)
            layout = self._notice.layout()
            high = self._notice.sizeHint().height()
            if layout is not None and layout.hasHeightForWidth():
                high = layout.heightForWidth(wide)
            left, top = (room - wide) // 2, height - high - _ABOVE_EDGE
            self._notice.setGeometry(left, top, wide, high)
            self._notice.raise_()

    # Qt overrides

    def minimumSizeHint(self) -> QSize:
        return self._viewer.minimumSizeHint()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() in (QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self._lay_out()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: ARG002
        self._lay_out()
