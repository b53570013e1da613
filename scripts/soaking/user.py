"""A user who never tires: scenes of what one does in the window, one small step after another."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TypeAlias

from PyQt6.QtCore import QObject, QPoint, QPointF, Qt, QTimer
from PyQt6.QtGui import QContextMenuEvent, QWheelEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QWidget

from inphotos.gui.main_window import MainWindow
from soaking.album import Album

#: Between one step and the next, milliseconds.
STEP_MS = 90

#: Each step of a scene ends with a number: so many steps' time is let pass before the next.
Scene: TypeAlias = Iterator[int]

_WORDS = (
    "sunset over the sea",
    "a red car",
    "mountains -snow",
    "date:2020..",
    "cat",
    "a boat on the water",
    "is:favorite",
    "rating:>=3",
    "(city OR village) at night",
    "name:moved",
)

_K, _M = Qt.Key, Qt.KeyboardModifier
_CTRL, _SHIFT, _NONE = _M.ControlModifier, _M.ShiftModifier, _M.NoModifier


class User(QObject):
    """Plays one scene after another, drawn by lot.

    Attributes:
        acts: how often each scene was begun.
    """

    def __init__(self, window: MainWindow, album: Album, chance: random.Random) -> None:
        """Prepare to use a window on a library that holds the album; :meth:`begin` begins."""
        super().__init__(window)
        self.acts: Counter[str] = Counter()
        self._window = window
        self._album = album
        self._chance = chance
        self._scene: Scene = iter(())
        self._pause = 0
        self._asked: Callable[[], object] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self._on_step)
        self._scenes: dict[str, Callable[[], Scene]] = {
            "searches": self._search,
            "scrolls": self._scroll,
            "looks at photos": self._look,
            "compares": self._compare,
            "shows slides": self._show_slides,
            "marks": self._mark,
            "finds similar": self._find_similar,
            "opens menus": self._open_menus,
            "changes the view": self._change_view,
            "opens dialogs": self._open_dialogs,
            "changes folders": self._change_folders,
            "changes photos": self._change_photos,
            "does nothing": self._rest,
        }
        self._weights = (6, 6, 6, 2, 1, 5, 2, 3, 3, 1, 1, 8, 2)

    def begin(self) -> None:
        """Begin, and go on until :meth:`end`."""
        self._timer.start()

    def end(self) -> None:
        """Do nothing any more."""
        self._timer.stop()

    def compact(self) -> None:
        """Give the command that idleness gives by itself: this user leaves no time for it."""
        self._window.session.runs.compact()

    def call_between_scenes(self, function: Callable[[], object]) -> None:
        """Call a function once, as soon as a scene is over and the window is as it was at first."""
        self._asked = function

    def _on_step(self) -> None:
        if self._pause:
            self._pause -= 1
            return
        self._pause = next(self._scene, -1)
        if self._pause >= 0:
            return
        self._pause = 0
        if self._asked is not None:
            function, self._asked = self._asked, None
            self._scene = self._come_to_rest(function)
            return
        (name,) = self._chance.choices(list(self._scenes), self._weights)
        self.acts[name] += 1
        self._scene = self._scenes[name]()

    # Scenes

    def _search(self) -> Scene:
        self._press(_K.Key_F, _CTRL)
        for letter in self._chance.choice(_WORDS):
            QTest.keyClicks(QApplication.focusWidget() or self._window, letter)
            yield 0
        self._press(_K.Key_Return)
        yield 6
        if self._chance.random() < 0.3:
            self._press(_K.Key_S, _CTRL)  # the same few names again and again
            yield 4
            self._press(_K.Key_Return)
        yield 2
        yield from self._back_to_all()

    def _scroll(self) -> Scene:
        down = self._chance.random() < 0.7
        for _ in range(self._chance.randrange(5, 25)):
            self._turn_wheel(-240 if down else 360)
            yield 0
        self._press(_K.Key_End if down else _K.Key_Home)
        yield 3

    def _look(self) -> Scene:
        if not self._enter_photo():
            return
        self._press(_K.Key_Return)
        yield 4
        keys = (_K.Key_Right, _K.Key_Right, _K.Key_Left, _K.Key_Plus, _K.Key_Minus, _K.Key_0)
        keys += (_K.Key_1, _K.Key_2, _K.Key_R, _K.Key_I, _K.Key_F, _K.Key_End, _K.Key_Home)
        for _ in range(self._chance.randrange(5, 30)):
            if not self._window.viewer.isVisible():
                return
            self._press(self._chance.choice(keys))
            yield 1
        yield from self._back_to_all()

    def _compare(self) -> Scene:
        photos = self._window.grid.model().results[: self._chance.randrange(2, 5)]
        self._window.commands.run("compare", photos)
        yield 6
        self._press(_K.Key_Plus)
        yield 3
        yield from self._back_to_all()

    def _show_slides(self) -> Scene:
        self._window.preferences.change(slideshow_seconds=1)
        if not self._enter_photo():
            return
        self._press(_K.Key_F5)
        yield 35
        yield from self._back_to_all()

    def _mark(self) -> Scene:
        if not self._enter_photo():
            return
        keys = (_K.Key_D, _K.Key_1, _K.Key_3, _K.Key_5, _K.Key_0)
        for _ in range(4):
            self._press(self._chance.choice(keys), _CTRL)
            yield 1
            self._press(_K.Key_Right, self._chance.choice((_NONE, _SHIFT)))
            yield 1
        self._press(_K.Key_Z, _CTRL)
        yield 2

    def _find_similar(self) -> Scene:
        if not self._enter_photo():
            return
        self._press(_K.Key_F, _CTRL | _SHIFT)
        yield 10
        yield from self._back_to_all()

    def _open_menus(self) -> Scene:
        bar = self._window.menuBar()
        for action in bar.actions():
            menu = action.menu()
            if menu is not None:
                menu.popup(self._window.mapToGlobal(QPoint(80, 80)))
                yield 1
                menu.close()
        if self._enter_photo():
            grid = self._window.grid
            place = grid.visualRect(grid.currentIndex()).center()
            viewport = grid.viewport()
            reason = QContextMenuEvent.Reason.Mouse
            QApplication.sendEvent(
                viewport, QContextMenuEvent(reason, place, viewport.mapToGlobal(place))
            )
            yield 2
            self._close_popup()
            yield 1

    def _change_view(self) -> Scene:
        for key in (_K.Key_Plus, _K.Key_Plus, _K.Key_Minus, _K.Key_Minus):
            self._press(key, _CTRL)
            yield 2
        self._window.memory.sidebar_action.trigger()
        yield 2
        self._window.memory.sidebar_action.trigger()
        self._press(_K.Key_I, _CTRL)
        for appearance in ("dark", "light"):
            self._window.preferences.change(appearance=appearance)
            yield 3

    def _open_dialogs(self) -> Scene:
        self._press(_K.Key_Comma, _CTRL)
        yield 8
        self._close_dialogs()
        yield 2
        self._press(_K.Key_F1)
        yield 5
        self._close_dialogs()
        self._window.dialogs.show_failures()
        yield 5
        self._close_dialogs()
        yield 2

    def _change_folders(self) -> Scene:
        """Take the folder out of the library and put it in again: everything is read anew."""
        session = self._window.session
        session.forget_folder(self._album.folder)
        yield 20
        session.add_folders([self._album.folder])
        yield 40

    def _change_photos(self) -> Scene:
        for _ in range(self._chance.randrange(1, 8)):
            self._album.change()
            yield 0
        yield 5

    def _rest(self) -> Scene:
        yield 70

    def _come_to_rest(self, function: Callable[[], object]) -> Scene:
        """Leave everything, and wait for what is under way, for half a minute at most."""
        yield from self._back_to_all()
        for _ in range(300):
            if self._window.session.runs.state == "idle" and self._window.search.is_answered:
                break
            yield 0
        yield 10
        function()

    # Steps

    def _press(self, key: Qt.Key, held: Qt.KeyboardModifier = _NONE) -> None:
        QTest.keyClick(QApplication.focusWidget() or self._window, key, held)

    def _enter_photo(self) -> bool:
        """Make a photo the current one in the grid; tell whether there is any."""
        rows = self._window.grid.model().rowCount()
        if not rows or not self._window.grid.isVisible():
            return False
        self._window.grid.setFocus()
        row = self._chance.randrange(min(rows, 200))
        self._window.grid.setCurrentIndex(self._window.grid.model().index(row, 0))
        return True

    def _back_to_all(self) -> Scene:
        """Leave what covers the grid, and the search."""
        self._close_popup()
        self._close_dialogs()
        for _ in range(6):
            self._window.activateWindow()
            self._press(_K.Key_Escape)
            yield 0
        self._window.viewing.leave()
        self._window.show_everything()
        yield 2

    def _close_popup(self) -> None:
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()

    def _close_dialogs(self) -> None:
        for widget in QApplication.topLevelWidgets():
            if widget is not self._window and widget.isVisible() and _is_dialog(widget):
                widget.close()
        sheet = self._window.keyboard.sheet
        if sheet is not None:
            sheet.close()

    def _turn_wheel(self, angle: int) -> None:
        viewport = self._window.grid.viewport()
        middle = QPointF(viewport.rect().center())
        event = QWheelEvent(
            middle,
            viewport.mapToGlobal(middle),
            QPoint(),
            QPoint(0, angle),
            Qt.MouseButton.NoButton,
            _NONE,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(viewport, event)


def _is_dialog(widget: QWidget) -> bool:
    return widget.windowType() in (Qt.WindowType.Dialog, Qt.WindowType.Sheet)
