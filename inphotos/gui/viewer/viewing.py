"""The viewer in the window: how photos get there, and how the user gets back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, QObject, QPoint, Qt
from PyQt6.QtGui import QAction, QKeyEvent, QKeySequence
from PyQt6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from inphotos.gui.grid.model import GridModel
from inphotos.gui.grid.view import GridView
from inphotos.gui.info.information import Information
from inphotos.gui.keyboard.book import Hints
from inphotos.gui.notice import NoticeBar
from inphotos.gui.photo_actions import PhotoActions
from inphotos.gui.photo_commands import PhotoCommand, PhotoCommands, Photos
from inphotos.gui.photo_search import PhotoSearch
from inphotos.gui.preferences import PreferenceBook
from inphotos.gui.viewer.compare import FEWEST, MOST
from inphotos.gui.viewer.page import ViewerPage
from inphotos.gui.viewer.pictures import Pictures
from inphotos.gui.viewer.quick_look import QuickLook
from inphotos.gui.viewer.viewer import Viewer
from inphotos.gui.viewer.walk import Walk

if TYPE_CHECKING:
    from inphotos.library import Library
    from inphotos.search.ranking import Result


class Viewing(QObject):
    """Opens photos, in the window or elsewhere, and takes care of the full screen.

    Attributes:
        viewer, quick_look: show photos.
        full_screen_action: fills the screen with the window, or not.
    """

    def __init__(
        self,
        grid: GridView,
        model: GridModel,
        search: PhotoSearch,
        commands: PhotoCommands,
        photo_actions: PhotoActions,
        preferences: PreferenceBook,
        notice: NoticeBar,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._grid, self._model = grid, model
        self._commands = commands
        self._photo_actions = photo_actions
        self._preferences = preferences
        self._notice = notice
        self._window = window
        self._former_state = Qt.WindowState.WindowNoState
        self._full_in_viewer = self._full_for_slideshow = False
        self._pictures = Pictures(self)
        self._content = QWidget()
        self._stack = QStackedWidget()
        self._info: Information | None = None
        self.viewer = Viewer(self._pictures, Walk(model, lambda: search.length, self))
        self._page = ViewerPage(self.viewer)
        quick_walk = Walk(model, lambda: search.length, self)
        self.quick_look = QuickLook(self._pictures, quick_walk, self._content)
        self.full_screen_action = QAction(self.tr("Full Screen"), self)
        self.full_screen_action.setShortcut(QKeySequence("F11"))
        self.full_screen_action.setCheckable(True)
        self.full_screen_action.triggered.connect(self.set_full_screen)
        window.addAction(self.full_screen_action)
        window.installEventFilter(self)
        grid.installEventFilter(self)
        commands.add_source(self.viewer, self.viewer.chosen)
        self._add_commands()
        self._connect(search)

    def over(self, content: QVBoxLayout) -> QWidget:
        """Return a widget that shows what is in a layout, or the viewer in its place."""
        self._content.setLayout(content)
        self._column = content
        self._notice_row = content.indexOf(self._notice)
        self._stack.addWidget(self._content)
        self._stack.addWidget(self._page)
        return self._stack

    def set_information(self, info: Information) -> None:
        """Let the information panel be beside the photo too."""
        self._info = info
        info.place.serve(self._page)
        info.place.changed.connect(self._on_information_changed)
        self.viewer.photo_shown.connect(info.show_photo)
        info.panel.left.connect(self._take_keys)

    def key_hints(self) -> tuple[Hints, ...]:
        """Return what gives the keys that are handled where photos are looked at."""
        viewer = self.viewer
        return self.quick_look.key_hints, viewer.key_hints, viewer.slideshow.key_hints

    def set_library(self, library: Library) -> None:
        """Show photos of this library."""
        self._pictures.set_source(library.views, library.thumbnails)

    def leave(self) -> None:
        """Go back to the grid from wherever the user looks at a photo."""
        self.quick_look.close_look()
        self.viewer.leave()

    def set_full_screen(self, full: bool) -> None:
        """Fill the screen with the window, or give the window back its former state."""
        window = self._window
        if full == window.isFullScreen():
            return
        if full:
            self._former_state = window.windowState()
            window.setWindowState(self._former_state | Qt.WindowState.WindowFullScreen)
        else:
            window.setWindowState(self._former_state & ~Qt.WindowState.WindowFullScreen)

    def close(self) -> None:
        """End what is being read; the window is closed."""
        self._pictures.close()

    def _add_commands(self) -> None:
        tr = self.tr
        self._commands.add(
            # Where it is open already it makes no sense.
            replace(self._commands.command("open"), offered=lambda _: self._grid.isVisible()),
            PhotoCommand(
                "open_system",
                tr("Open with the System's Viewer"),
                "open",
                "open",
                self._on_open_system,
                ("Ctrl+Return", "Ctrl+Enter"),
            ),
            PhotoCommand(
                "quick_look",
                tr("Quick Look"),
                "view",
                "open",
                lambda photos: self.quick_look.look_at(photos[0]),
                offered=lambda _: self._grid.isVisible(),
            ),
            PhotoCommand(
                "compare",
                tr("Compare"),
                "compare",
                "open",
                self.viewer.compare_photos,
                several=True,
                offered=lambda photos: FEWEST <= len(photos) <= MOST,
            ),
            PhotoCommand(
                "slideshow",
                tr("Slideshow"),
                "slideshow",
                "open",
                self._on_slideshow,
                ("F5",),
                several=True,
            ),
        )

    def _connect(self, search: PhotoSearch) -> None:
        self._photo_actions.open_wanted.connect(self._on_open_wanted)
        self.viewer.shown.connect(self._on_shown)
        self.viewer.photo_shown.connect(self._make_current)
        self.viewer.left.connect(self._on_left)
        self.viewer.command_wanted.connect(self._on_command_wanted)
        self.viewer.menu_wanted.connect(self._on_menu_wanted)
        self.viewer.full_screen_wanted.connect(self.set_full_screen)
        self.viewer.slideshow.changed.connect(self._on_slideshow_changed)
        self.quick_look.moved.connect(self._go_to)
        self.quick_look.open_wanted.connect(self.viewer.follow)
        self.quick_look.closed.connect(self._grid.setFocus)
        # Whatever the user searches for is to be seen.
        search.asked.connect(self.leave)

    def take_up_menus(self) -> None:
        """Do what the window's menus lead to; they are there now."""
        slideshow = self._commands.actions["slideshow"]
        slideshow.triggered.connect(self._on_slideshow_triggered)

    def _on_open_wanted(self, photo: Result) -> None:
        if self._preferences.values.click_opens == "system":
            self._photo_actions.open(photo.path, photo.presence)
        elif self._model.row_of(photo.photo_id) is None:
            self.viewer.open((photo,), 0)
        else:
            self.viewer.follow(photo)

    def _on_open_system(self, photos: Photos) -> None:
        self._photo_actions.open(photos[0].path, photos[0].presence)

    def _on_slideshow(self, photos: Photos) -> None:
        if self.viewer.slideshow.running:
            self.viewer.slideshow.stop()
            return
        if self.viewer.isHidden() or self.viewer.is_comparing:
            if len(photos) > 1:
                self.viewer.open(photos, 0)
            else:
                self.viewer.follow(photos[0])
        self.viewer.slideshow.seconds = self._preferences.values.slideshow_seconds
        self.viewer.play()

    def _on_slideshow_triggered(self) -> None:
        """Begin with the first photo where none is the current one."""
        if not self._commands.chosen() and self._grid.isVisible() and self._model.results:
            self._on_slideshow(self._model.results[:1])

    def _on_command_wanted(self, key: str) -> None:
        if key == "info" and self._info is not None:
            self._info.action.trigger()
        else:
            self._commands.run(key, self.viewer.chosen())

    def _on_menu_wanted(self, place: QPoint) -> None:
        menu = self._commands.menu(self.viewer.chosen())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _on_shown(self) -> None:
        if self._stack.currentWidget() is self._page:
            return
        self.quick_look.close_look()
        self.viewer.set_immersed(self._window.isFullScreen())
        # What there is to be told is told where the user looks.
        self._page.take_notice(self._notice)
        self.viewer.show()
        self._stack.setCurrentWidget(self._page)
        self._place_information()
        self._show_menu_bar()

    def _on_left(self, photo: Result | None) -> None:
        self.viewer.hide()
        self._stack.setCurrentWidget(self._content)
        self._place_information()
        self._page.give_notice()
        self._column.insertWidget(self._notice_row, self._notice)
        if self._full_in_viewer:
            self.set_full_screen(False)
        self._show_menu_bar()
        if photo is not None:
            self._go_to(photo)
        self._grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_information(self) -> None:
        if self._info is not None:
            self._info.place.set_resting(self.viewer.slideshow.running)
            self._info.place.set_viewing(self._stack.currentWidget() is self._page)

    def _on_information_changed(self, shown: bool) -> None:
        self.viewer.bar.buttons["info"].setChecked(shown)

    def _take_keys(self) -> None:
        """Give the keys back to what shows photos."""
        viewing = self._stack.currentWidget() is self._page
        (self.viewer if viewing else self._grid).setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to(self, photo: Result) -> None:
        """Make a photo the grid's current one, and see to it that it is in sight."""
        self._grid.executeDelayedItemsLayout()
        if self._make_current(photo):
            self._grid.scrollTo(self._grid.currentIndex())

    def _make_current(self, photo: Result) -> bool:
        """Make a photo the grid's current one, which others follow; tell whether it is there."""
        row = self._model.row_of(photo.photo_id)
        if row is not None and row != self._grid.currentIndex().row():
            self._grid.setCurrentIndex(self._model.index(row))
        return row is not None

    def _on_slideshow_changed(self) -> None:
        running = self.viewer.slideshow.running
        self._place_information()
        if running and not self._window.isFullScreen():
            self._full_for_slideshow = True
            self.set_full_screen(True)
        elif not running and self._full_for_slideshow:
            self._full_for_slideshow = False
            self.set_full_screen(False)

    def _on_window_state_changed(self) -> None:
        full = self._window.isFullScreen()
        self.full_screen_action.setChecked(full)
        self._full_in_viewer = full and self.viewer.isVisible()
        self.viewer.set_immersed(full)
        self._show_menu_bar()

    def _show_menu_bar(self) -> None:
        bar = self._window.menuBar()
        assert bar is not None
        shown = not (self._window.isFullScreen() and self._stack.currentWidget() is self._page)
        if not shown:
            # The keys of a menu bar that is hidden do nothing, unless they are the window's.
            for menu in bar.findChildren(QMenu):
                for action in menu.actions():
                    if action.shortcuts():
                        self._window.addAction(action)
        bar.setVisible(shown)

    # Qt overrides

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.WindowStateChange:
            if watched is self._window:
                self._on_window_state_changed()
        elif (
            watched is self._grid
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Space
            and not event.modifiers()
        ):
            photo = self._grid.current_result()
            if photo is not None and not event.isAutoRepeat():
                self.quick_look.look_at(photo)
            return True
        return super().eventFilter(watched, event)
