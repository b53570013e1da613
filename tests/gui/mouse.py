"""The mouse over a grid, with a button down on the way."""

from __future__ import annotations

from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtGui import QMouseEvent
from PyQt6.QtWidgets import QApplication

from inphotos.gui.grid.view import GridView

LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


def move(
    grid: GridView, point: QPoint, *, held: bool = False, keys: Qt.KeyboardModifier = NO_KEYS
) -> None:
    """Move the mouse to a point of the grid's viewport; ``held``: with the left button down."""
    buttons = LEFT if held else Qt.MouseButton.NoButton
    viewport = grid.viewport()
    there, on_screen = QPointF(point), QPointF(viewport.mapToGlobal(point))
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(QMouseEvent.Type.MouseMove, there, on_screen, none, buttons, keys)
    QApplication.sendEvent(viewport, event)
