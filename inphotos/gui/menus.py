"""The menu bar and the keys of the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtGui import QAction, QActionGroup, QKeySequence
from PyQt6.QtWidgets import QMenu

if TYPE_CHECKING:
    from inphotos.gui.main_window import MainWindow


def add_menus(window: MainWindow) -> None:
    """Fill the window's menu bar."""
    key = QKeySequence.StandardKey
    library = _add_menu(window, window.tr("&Library"))
    _add(library, window.tr("Add Folder…"), window.folders.choose, key.Open)
    _add(library, window.tr("Folders…"), partial(window.settings.show, "folders"))
    _add(library, window.tr("Look for New Photos"), window.session.index, "Ctrl+R")
    _add(library, window.tr("Photos That Could Not Be Read…"), window.dialogs.show_failures)
    library.addSeparator()
    library.addActions([window.backing_up.backup_action, window.backing_up.restore_action])
    library.addSeparator()
    settings = _add(library, window.tr("Settings…"), window.settings.show, "Ctrl+,")
    settings.setMenuRole(QAction.MenuRole.PreferencesRole)
    library.addAction(window.mains_action)
    _add(library, window.tr("Compact Library"), window.session.runs.compact)
    library.addSeparator()
    leave = _add(library, window.tr("Quit"), window.close, "Ctrl+Q")
    leave.setMenuRole(QAction.MenuRole.QuitRole)
    memory = window.memory
    go = _add_menu(window, window.tr("&Go"))
    go.addActions([memory.back_forward.back, memory.back_forward.forward])
    _add(go, window.tr("All Photos"), window.show_everything)
    go.addSeparator()
    go.addAction(memory.saved.save_action)
    go.addMenu(memory.recent_menu)
    view = _add_menu(window, window.tr("&View"))
    view.addActions([memory.sidebar_action, window.info.action, window.viewing.full_screen_action])
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
    _add(view, window.tr("Alike Photos…"), partial(window.settings.show, "thumbnails"))
    _add_photo_menu(window)
    bar = window.menuBar()
    assert bar is not None
    bar.addMenu(window.models.menu)
    help_menu = _add_menu(window, window.tr("&Help"))
    show_sheet = partial(window.keyboard.show_sheet, partial(window.settings.show, "keyboard"))
    _add(help_menu, window.tr("Keyboard Shortcuts"), show_sheet, "?", "F1")
    about = _add(help_menu, window.tr("About InPhotos"), window.dialogs.show_about)
    about.setMenuRole(QAction.MenuRole.AboutRole)
    help_menu.addAction(window.applications_menu.action)
    _add(help_menu, window.tr("About InPhotos"), window.dialogs.show_about)


def _add_photo_menu(window: MainWindow) -> None:
    menu = _add_menu(window, window.tr("&Photo"))
    menu.addActions([window.undo.undo_action, window.undo.redo_action])
    menu.addSeparator()
    _add(menu, window.tr("Select All"), window.grid.selectAll, QKeySequence.StandardKey.SelectAll)
    _add(menu, window.tr("Clear Selection"), window.grid.clear_selection, "Ctrl+Shift+A")
    window.commands.fill(menu)
    menu.addSeparator()
    _add(
        menu,
        window.tr("Search with the Clipboard"),
        window.examples.paste,
        QKeySequence.StandardKey.Paste,
    )


def add_shortcuts(window: MainWindow) -> None:
    """Add the keys that are in no menu; with a text, so that the cheat sheet can tell of them."""
    for text, sequences, function in (
        (window.tr("Go to the search field"), ("Ctrl+F", "/", "Ctrl+K"), window.focus_search),
        (window.tr("Clear the selection, or leave the search"), ("Esc",), window.step_back),
    ):
        action = QAction(text, window)
        action.setShortcuts([QKeySequence(sequence) for sequence in sequences])
        action.triggered.connect(lambda _, function=function: function())
        window.addAction(action)


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
