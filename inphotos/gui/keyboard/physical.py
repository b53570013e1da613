"""Which Latin letter is on a key, for keyboards that have no Latin layout at all.

Qt finds the Latin letter of a key where the user has one Latin layout among others. On X11 and
Wayland, where Greek or Cyrillic is the only one, no shortcut with a letter would ever be heard.
"""

from __future__ import annotations

from PyQt6.QtCore import QKeyCombination, Qt
from PyQt6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

#: The rows of keys, by the number of their first key as X11 and Wayland count keys.
_ROWS = {24: "QWERTYUIOP", 38: "ASDFGHJKL", 52: "ZXCVBNM,."}
_LETTERS = {
    first + place: letter for first, row in _ROWS.items() for place, letter in enumerate(row)
}

_COUNTING_SO = ("xcb", "wayland", "offscreen")


def latin_shortcut(event: QKeyEvent) -> QKeySequence | None:
    """Return the shortcut that a key would be on a Latin keyboard.

    Returns:
        None where it is no shortcut with a letter, or where Qt has seen to it.
    """
    modifiers = event.modifiers()
    wanted = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    letter = _LETTERS.get(event.nativeScanCode())
    is_foreign = 0x7F < event.key() < Qt.Key.Key_Escape
    if letter is None or not is_foreign or not modifiers & wanted:
        return None
    if not QGuiApplication.platformName().startswith(_COUNTING_SO):
        return None
    return QKeySequence(QKeyCombination(modifiers, Qt.Key(ord(letter))))
