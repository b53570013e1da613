"""The table of keys, read from the actions of the window and from the widgets that handle keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PyQt6.QtGui import QAction, QKeySequence
from PyQt6.QtWidgets import QMainWindow, QMenu

#: Texts of menus have a mark before the letter that opens them.
_MARK = "&"
#: A property of menus whose entries are made anew each time: none of them can have a key.
FILLED = "filled"


@dataclass(frozen=True, slots=True)
class KeyHint:
    """Keys that a widget handles itself, with no action behind them.

    Attributes:
        text: what they do.
        keys: each in the form of ``QKeySequence``, such as ``Shift+Left``.
    """

    text: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class KeyRow:
    """What one or more keys do.

    Attributes:
        topic: what it belongs to, such as the menu that it is in.
        text: what the user reads.
        keys: the keys, the usual one first.
        action: what they trigger; None where a widget handles them.
    """

    topic: str
    text: str
    keys: tuple[QKeySequence, ...]
    action: QAction | None = None


def rows_of_menus(window: QMainWindow) -> Iterator[KeyRow]:
    """Return what is in the menu bar, by menu; entries of submenus count as of the outer one."""
    bar = window.menuBar()
    assert bar is not None
    for action in bar.actions():
        menu = action.menu()
        if menu is not None:
            for entry in _entries(menu):
                yield KeyRow(plain(action.text()), plain(entry.text()), _keys(entry), entry)


def rows_of_actions(window: QMainWindow, topic: str) -> Iterator[KeyRow]:
    """Return the actions of the window itself, which need not be in a menu."""
    for action in window.actions():
        if action.text() and action.menu() is None:
            yield KeyRow(topic, plain(action.text()), _keys(action), action)


def caps(keys: QKeySequence) -> list[str]:
    """Return the names of the keys to press together, as they stand on the keyboard."""
    names = keys.toString(QKeySequence.SequenceFormat.NativeText)
    # The plus key itself stands at the end.
    body, last = (names[:-1], ["+"]) if names.endswith("+") else (names, [])
    return [*(name for name in body.split("+") if name), *last]


def plain(text: str) -> str:
    """Return the text of an action without the mark of its letter and without dots."""
    return text.replace(_MARK * 2, "\0").replace(_MARK, "").replace("\0", _MARK).rstrip("…")


def _entries(menu: QMenu) -> Iterator[QAction]:
    for action in menu.actions():
        submenu = action.menu()
        if submenu is not None and submenu.property(FILLED):
            continue
        if submenu is not None:
            yield from _entries(submenu)
        elif not action.isSeparator():
            yield action


def _keys(action: QAction) -> tuple[QKeySequence, ...]:
    return tuple(keys for keys in action.shortcuts() if not keys.isEmpty())
