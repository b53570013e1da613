"""The menu bar and the keys of the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtGui import QAction, QActionGroup, QKeySequence, QShortcut
from PyQt6.QtWidgets import QMenu

if TYPE_CHECKING:
    from inphotos.gui.main_window import MainWindow


def add_menus(window: MainWindow) -> None:
    """Fill the window's menu bar."""
    key = QKeySequence.StandardKey
    library = _add_menu(window, window.tr("&Library"))
    _add(library, window.tr("Add Folder…"), window.folders.choose, key.Open)
    _add(library, window.tr("Folders…"), window.dialogs.show_folders)
    _add(library, window.tr("Look for New Photos"), window.session.index, key.Refresh)
    library.addSeparator()
    library.addAction(window.mains_action)
    _add(library, window.tr("Compact Library"), window.session.runs.compact)
    library.addSeparator()
    _add(library, window.tr("Quit"), window.close, "Ctrl+Q")
    memory = window.memory
    go = _add_menu(window, window.tr("&Go"))
    go.addActions([memory.back_forward.back, memory.back_forward.forward])
    _add(go, window.tr("All Photos"), window.show_everything)
    go.addSeparator()
    go.addAction(memory.saved.save_action)
    go.addMenu(memory.recent_menu)
    view = _add_menu(window, window.tr("&View"))
    view.addAction(memory.sidebar_action)
    view.addSeparator()
    view.addMenu(window.arranging.menu(window.tr("Sort By"), window.arranging.sorts))
    view.addMenu(window.arranging.menu(window.tr("Group By"), window.arranging.groups))
    view.addSeparator()
    _add_appearance(window, view)
    view.addSeparator()
    grid = window.grid
    _add(view, window.tr("Larger Thumbnails"), partial(grid.zoom, 1), key.ZoomIn, "Ctrl+=")
    _add(view, window.tr("Smaller Thumbnails"), partial(grid.zoom, -1), key.ZoomOut)
    view.addSeparator()
    view.addAction(window.alike.fold_action)
    _add(view, window.tr("Alike Photos…"), window.alike.show_dialog)
    _add_photo_menu(window)
    bar = window.menuBar()
    assert bar is not None
    bar.addMenu(window.models.menu)
    help_menu = _add_menu(window, window.tr("&Help"))
    _add(help_menu, window.tr("Photos That Could Not Be Read…"), window.dialogs.show_failures)
    help_menu.addAction(window.applications_menu.action)
    _add(help_menu, window.tr("About InPhotos"), window.dialogs.show_about)


def _add_photo_menu(window: MainWindow) -> None:
    menu = _add_menu(window, window.tr("&Photo"))
    menu.addActions([window.undo.undo_action, window.undo.redo_action])
    menu.addSeparator()
    window.commands.fill(menu)
    menu.addSeparator()
    _add(
        menu,
        window.tr("Search with the Clipboard"),
        window.examples.paste,
        QKeySequence.StandardKey.Paste,
    )


def add_shortcuts(window: MainWindow) -> None:
    """Add the keys that are in no menu."""
    for sequence, action in (
        (QKeySequence(QKeySequence.StandardKey.Find), window.focus_search),
        (QKeySequence("/"), window.focus_search),
        (QKeySequence("Esc"), window.show_everything),
    ):
        QShortcut(sequence, window).activated.connect(action)


def _add_menu(window: MainWindow, title: str) -> QMenu:
    bar = window.menuBar()
    assert bar is not None
    menu = bar.addMenu(title)
    assert menu is not None
    return menu


def _add(
    menu: QMenu,
    text: str,
    on_triggered: Callable[[], object],
    *shortcuts: QKeySequence.StandardKey | str,
) -> QAction:
    action = menu.addAction(text)
    assert action is not None
    action.setShortcuts([QKeySequence(shortcut) for shortcut in shortcuts])
    # Not the function itself: the signal brings whether the action is checked.
    action.triggered.connect(lambda: on_triggered())
    return action


def _add_appearance(window: MainWindow, view: QMenu) -> None:
    menu = view.addMenu(window.tr("Appearance"))
    assert menu is not None
    group = QActionGroup(menu)
    preferences = window.preferences
    for choice, text in (
        ("system", window.tr("Like the System")),
        ("light", window.tr("Light")),
        ("dark", window.tr("Dark")),
    ):
        action = _add(menu, text, partial(preferences.change, appearance=choice))
        action.setCheckable(True)
        action.setData(choice)
        group.addAction(action)

    def check() -> None:
        for action in group.actions():
            action.setChecked(action.data() == preferences.values.appearance)

    preferences.changed.connect(check)
    check()
