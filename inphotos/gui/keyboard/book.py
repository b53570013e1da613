"""The keys of the window: which there are, and those that the user has chosen instead."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtGui import QAction, QKeyEvent, QKeySequence
from PyQt6.QtWidgets import QMainWindow

from inphotos.gui.keyboard.physical import latin_shortcut
from inphotos.gui.keyboard.table import KeyHint, KeyRow, rows_of_actions, rows_of_menus
from inphotos.gui.photo_commands import PhotoCommands
from inphotos.gui.preferences import PreferenceBook

_PORTABLE = QKeySequence.SequenceFormat.PortableText

Hints = Callable[[], tuple[str, Sequence[KeyHint]]]


class ShortcutBook(QObject):
    """Knows every key of the window and lets the user change those of actions.

    What an action is called depends on the language, so a choice is kept by the key that the
    action has at first, or by the name of the command.

    Signals:
        changed(): some action has other keys.
    """

    changed = pyqtSignal()

    def __init__(
        self, window: QMainWindow, commands: PhotoCommands, preferences: PreferenceBook
    ) -> None:
        super().__init__(window)
        self._window = window
        self._commands = commands
        self._preferences = preferences
        self._hints: list[Hints] = []
        self._defaults: dict[str, tuple[QAction, tuple[QKeySequence, ...]]] = {}

    def add_hints(self, hints: Hints) -> None:
        """Add keys that a widget handles itself; ``hints`` returns the topic and the keys."""
        self._hints.append(hints)

    def take_up(self) -> None:
        """Note the keys that the actions have now as the usual ones, and set the user's own.

        Called once, when all actions are there.
        """
        commands = {id(action): key for key, action in self._commands.actions.items()}
        for row in (*self._rows_outside_menus(), *rows_of_menus(self._window)):
            assert row.action is not None
            name = commands.get(id(row.action), "")
            if not name and row.keys:
                name = row.keys[0].toString(_PORTABLE)
            if name and name not in self._defaults:
                self._defaults[name] = row.action, row.keys
        for name, keys in self._chosen().items():
            if name in self._defaults:
                self._defaults[name][0].setShortcuts([QKeySequence(keys)])

    def rows(self) -> list[KeyRow]:
        """Return all rows by topic, those of the menu bar last; also those without a key."""
        fixed = []
        for hints in self._hints:
            topic, found = hints()
            fixed += [
                KeyRow(topic, hint.text, tuple(QKeySequence(keys) for keys in hint.keys))
                for hint in found
            ]
        return [*self._rows_outside_menus(), *fixed, *rows_of_menus(self._window)]

    def can_change(self, row: KeyRow) -> bool:
        """Tell whether the user may choose another key."""
        return self._name(row) is not None

    def is_changed(self, row: KeyRow) -> bool:
        """Tell whether the keys are others than the usual ones."""
        name = self._name(row)
        return name is not None and tuple(row.keys) != self._defaults[name][1]

    def trouble(self, row: KeyRow, keys: QKeySequence) -> str:
        """Return why these keys cannot be had for an action, "" if they can."""
        if keys.isEmpty():
            return ""
        shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
        combination = keys[0]
        plain = not combination.keyboardModifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if plain and combination.key() < Qt.Key.Key_Escape and keys not in row.keys:
            return self.tr(
                "{keys} on its own is for typing a search; hold Ctrl or Alt with it."
            ).format(keys=shown)
        for other in self.rows():
            if other.action is not row.action and keys in other.keys:
                return self.tr("{keys} already means “{text}”; choose another key.").format(
                    keys=shown, text=other.text
                )
        return ""

    def change(self, row: KeyRow, keys: QKeySequence) -> str:
        """Give an action another key, or none; return why not, "" when it is done."""
        name, trouble = self._name(row), self.trouble(row, keys)
        if name is None or trouble:
            return trouble
        action, usual = self._defaults[name]
        chosen = self._chosen()
        if [keys] == list(usual[:1]):
            chosen.pop(name, None)
            action.setShortcuts(list(usual))
        else:
            chosen[name] = keys.toString(_PORTABLE)
            action.setShortcuts([keys])
        self._keep(chosen)
        return ""

    def answer(self, event: QKeyEvent) -> bool:
        """Do what a key means that Qt did not hear, for want of a Latin layout; tell if it did."""
        keys = latin_shortcut(event)
        if keys is None:
            return False
        for row in self.rows():
            if row.action is not None and keys in row.keys and row.action.isEnabled():
                row.action.trigger()
                return True
        return False

    def restore(self) -> None:
        """Give every action its usual keys."""
        for action, keys in self._defaults.values():
            action.setShortcuts(list(keys))
        self._keep({})

    def _rows_outside_menus(self) -> list[KeyRow]:
        in_menus = {id(row.action) for row in rows_of_menus(self._window)}
        others = rows_of_actions(self._window, self.tr("Everywhere"))
        return [row for row in others if id(row.action) not in in_menus]

    def _name(self, row: KeyRow) -> str | None:
        for name, (action, _) in self._defaults.items():
            if action is row.action:
                return name
        return None

    def _chosen(self) -> dict[str, str]:
        try:
            chosen = json.loads(self._preferences.values.keys or "{}")
        except ValueError:
            return {}
        if not isinstance(chosen, dict):
            return {}
        return {name: keys for name, keys in chosen.items() if isinstance(keys, str)}

    def _keep(self, chosen: dict[str, str]) -> None:
        kept = json.dumps(chosen, sort_keys=True) if chosen else ""
        self._preferences.change(keys=kept)
        self.changed.emit()
