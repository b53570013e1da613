"""What the keys mean in the viewer.

Plain keys belong to the photo here; ratings, which have digits too, go by Ctrl everywhere.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent

Deed: TypeAlias = Literal[
    "out",
    "leave",
    "left",
    "right",
    "up",
    "down",
    "next",
    "previous",
    "first",
    "last",
    "closer",
    "farther",
    "fit",
    "100",
    "200",
    "turn",
    "turn back",
    "compare",
    "favorite",
    "info",
    "pause",
]

#: The directions of the arrow keys.
ARROWS: dict[str, tuple[int, int]] = {
    "left": (-1, 0),
    "right": (1, 0),
    "up": (0, -1),
    "down": (0, 1),
}

_K = Qt.Key
_PLAIN: dict[int, Deed] = {
    _K.Key_Escape: "out",
    _K.Key_Backspace: "leave",
    _K.Key_Back: "leave",
    _K.Key_Left: "left",
    _K.Key_Right: "right",
    _K.Key_Up: "up",
    _K.Key_Down: "down",
    _K.Key_PageDown: "next",
    _K.Key_PageUp: "previous",
    _K.Key_Home: "first",
    _K.Key_End: "last",
    _K.Key_Minus: "farther",
    _K.Key_0: "fit",
    _K.Key_1: "100",
    _K.Key_2: "200",
    _K.Key_R: "turn",
    _K.Key_C: "compare",
    _K.Key_F: "favorite",
    _K.Key_I: "info",
    _K.Key_Space: "pause",
}
#: Wherever a keyboard has them, with Shift or without.
_CLOSER = (_K.Key_Plus, _K.Key_Equal)

_M = Qt.KeyboardModifier


def deed_of(event: QKeyEvent) -> Deed | None:
    """Return what a key is to do, None for keys that are not the viewer's."""
    key = event.key()
    held = event.modifiers() & ~_M.KeypadModifier
    if key in _CLOSER and not held & ~(_M.ShiftModifier | _M.ControlModifier):
        return "closer"
    if key == _K.Key_Minus and held == _M.ControlModifier:
        return "farther"
    if held == _M.AltModifier and key == _K.Key_Left:
        return "leave"
    if held == _M.ShiftModifier and key == _K.Key_R:
        return "turn back"
    return _PLAIN.get(key) if held == _M.NoModifier else None
