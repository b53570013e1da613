"""What can be done with photos: one list, from which menus, keys and buttons are made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeAlias, get_args

from PyQt6.QtCore import QObject, Qt
from PyQt6.QtGui import QAction, QKeySequence, QPalette
from PyQt6.QtWidgets import QMenu, QWidget

from inphotos.gui.icons import icon
from inphotos.gui.keyboard.table import FILLED
from inphotos.search.ranking import Result

#: What a command is about; menus have a line between one and the next.
Topic = Literal["open", "search", "mark", "file", "info"]

#: In which order commands stand in menus, whoever adds them; others follow in that of adding.
ORDER = (
    *("open", "quick_look", "open_with", "open_system", "compare", "slideshow", "alike"),
    *("similar", "more", "less", "part"),
    *("favorite", "rating", "tags"),
    *("copy_image", "copy", "export", "folder", "trash"),
    "info",
)

Photos: TypeAlias = Sequence[Result]


def _always(photos: Photos) -> bool:  # noqa: ARG001 - as the others of its kind
    return True


@dataclass(frozen=True, slots=True)
class Reverse:
    """What a command does to photos to which it has been done.

    Attributes:
        holds: tells whether it has been done to all of these photos.
        text: what the user reads then.
        icon: name of its icon then.
    """

    holds: Callable[[Photos], bool]
    text: str
    icon: str


@dataclass(frozen=True, slots=True)
class PhotoCommand:
    """Something that can be done with photos.

    Attributes:
        key: tells it from the others.
        text: what the user reads in a menu.
        icon: name of its icon.
        topic: what it is about.
        run: does it to one photo or more.
        keys: its shortcuts; menus show the first.
        needs_focus: its keys work only while what shows photos has the keyboard, because they
            mean something else elsewhere.
        several: it makes sense for more than one photo.
        offered: tells whether it makes sense for these photos.
        fill: puts what there is to choose from into the submenu that the command is then.
        in_menu_bar: it is in the menu of the window too, not only in that of a photo.
        reverse: it takes back what it has done.
    """

    key: str
    text: str
    icon: str
    topic: Topic
    run: Callable[[Photos], object]
    keys: tuple[str, ...] = ()
    needs_focus: bool = False
    several: bool = False
    offered: Callable[[Photos], bool] = _always
    fill: Callable[[QMenu, Photos], None] | None = None
    in_menu_bar: bool = True
    reverse: Reverse | None = None

    def sign(self, photos: Photos) -> tuple[str, str]:
        """Return what the user reads for these photos, and the name of the icon."""
        if self.reverse is not None and photos and self.reverse.holds(photos):
            return self.reverse.text, self.reverse.icon
        return self.text, self.icon

    def is_for(self, photos: Photos) -> bool:
        """Tell whether it makes sense for these photos."""
        return bool(photos) and (self.several or len(photos) == 1) and self.offered(photos)


class PhotoCommands(QObject):
    """The commands there are, and the photos that the user means when giving one.

    Attributes:
        actions: the action in the window's menu of each command that has one, by its key.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.actions: dict[str, QAction] = {}
        self._window = window
        self._commands: dict[str, PhotoCommand] = {}
        self._sources: list[tuple[QWidget, Callable[[], Photos]]] = []

    def add(self, *commands: PhotoCommand) -> None:
        """Add commands; in menus they stand by topic, and there as in :data:`ORDER`."""
        self._commands.update((command.key, command) for command in commands)

    def add_source(self, widget: QWidget, chosen: Callable[[], Photos]) -> None:
        """Let the photos that a widget shows be meant while it is in sight.

        Args:
            widget: shows photos; it goes before those that were added earlier.
            chosen: returns the photos that the user means there.
        """
        self._sources.insert(0, (widget, chosen))
        for key, action in self.actions.items():
            if self._commands[key].needs_focus:
                widget.addAction(action)

    def chosen(self) -> Photos:
        """Return the photos that a command would be given for now."""
        for widget, chosen in self._sources:
            if widget.isVisible():
                return chosen()
        return ()

    def command(self, key: str) -> PhotoCommand:
        """Return the command with this key."""
        return self._commands[key]

    def offered(self, keys: Sequence[str], photos: Photos) -> list[PhotoCommand]:
        """Return those of some commands that there are and that make sense for these photos."""
        known = (self._commands[key] for key in keys if key in self._commands)
        return [command for command in known if command.is_for(photos)]

    def run(self, key: str, photos: Photos) -> None:
        """Give a command, if it makes sense for these photos."""
        command = self._commands[key]
        if command.is_for(photos):
            command.run(photos)

    def menu(self, photos: Photos) -> QMenu:
        """Return the menu for photos."""
        menu = QMenu(self._window)
        for topic in get_args(Topic):
            commands = [command for command in self._of(topic) if command.is_for(photos)]
            if commands and menu.actions():
                menu.addSeparator()
            for command in commands:
                added = self._add_to(menu, command, lambda: photos)
                _show_sign(added, command, photos)
                added.setShortcut(self._shortcut(command))
                added.setShortcutVisibleInContextMenu(True)
        return menu

    def fill(self, menu: QMenu) -> None:
        """Put all commands into a menu of the window, for the photos that are chosen by then.

        Their keys work from then on, also while the menu bar is hidden.
        """
        for topic in get_args(Topic):
            commands = [command for command in self._of(topic) if command.in_menu_bar]
            if commands and menu.actions():
                menu.addSeparator()
            for command in commands:
                added = self._add_to(menu, command, self.chosen)
                added.setShortcuts([QKeySequence(keys) for keys in command.keys])
                self.actions[command.key] = added
                if command.needs_focus:
                    added.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                    for widget, _ in self._sources:
                        widget.addAction(added)
                else:
                    self._window.addAction(added)
        menu.aboutToShow.connect(self._on_about_to_show)
        # A key must do its work although the menu was last seen when there was none to do.
        menu.aboutToHide.connect(self._on_about_to_hide)

    def _shortcut(self, command: PhotoCommand) -> QKeySequence:
        """Return the first of a command's keys, which the user may have changed."""
        if command.key in self.actions:
            return self.actions[command.key].shortcut()
        return QKeySequence(command.keys[0] if command.keys else "")

    def _of(self, topic: Topic) -> list[PhotoCommand]:
        commands = [command for command in self._commands.values() if command.topic == topic]
        return sorted(
            commands, key=lambda it: ORDER.index(it.key) if it.key in ORDER else len(ORDER)
        )

    def _add_to(self, menu: QMenu, command: PhotoCommand, photos: Callable[[], Photos]) -> QAction:
        sign = icon(command.icon, QPalette.ColorRole.Text)
        if command.fill is None:
            added = menu.addAction(sign, command.text)
            assert added is not None
            added.triggered.connect(lambda: self.run(command.key, photos()))
            return added
        submenu = menu.addMenu(sign, command.text)
        assert submenu is not None
        submenu.setProperty(FILLED, True)
        submenu.aboutToShow.connect(partial(self._fill_submenu, submenu, command, photos))
        action = submenu.menuAction()
        assert action is not None
        return action

    def _fill_submenu(
        self, submenu: QMenu, command: PhotoCommand, photos: Callable[[], Photos]
    ) -> None:
        submenu.clear()
        meant = photos()
        if command.fill is not None and command.is_for(meant):
            command.fill(submenu, meant)

    def _on_about_to_show(self) -> None:
        photos = self.chosen()
        self._enable(lambda command: command.is_for(photos))
        for key, action in self.actions.items():
            _show_sign(action, self._commands[key], photos)

    def _on_about_to_hide(self) -> None:
        self._enable(lambda _: True)
        for key, action in self.actions.items():
            _show_sign(action, self._commands[key], ())

    def _enable(self, enabled: Callable[[PhotoCommand], bool]) -> None:
        for key, action in self.actions.items():
            action.setEnabled(enabled(self._commands[key]))


def _show_sign(action: QAction, command: PhotoCommand, photos: Photos) -> None:
    if command.reverse is not None:
        text, sign = command.sign(photos)
        action.setText(text)
        action.setIcon(icon(sign, QPalette.ColorRole.Text))
