"""What stands above the grid while photos are selected: how many, and what to do with them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeySequence, QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from inphotos.gui import wording
from inphotos.gui.grid.view import GridView
from inphotos.gui.icons import icon
from inphotos.gui.photo_commands import PhotoCommand, PhotoCommands, Photos
from inphotos.gui.timers import single_shot

#: The commands that are offered, where they are there and make sense for the photos.
OFFERED = ("favorite", "tags", "compare", "similar", "export", "copy_image", "copy", "trash")

#: While the selection changes, the buttons follow at most this often.
_REST_MS = 40


class SelectionBar(QWidget):
    """A line with the number of selected photos and buttons for them.

    Attributes:
        clear_button, all_button: select nothing, and everything.
        buttons: the buttons of the commands that are offered now, by key.
        more_button: shows the menu with everything that can be done with the photos.

    Signals:
        needed(bool): there is something to show, or not any more.
    """

    needed = pyqtSignal(bool)

    def __init__(self, grid: GridView, commands: PhotoCommands) -> None:
        super().__init__()
        self._grid = grid
        self._commands = commands
        self.buttons: dict[str, QToolButton] = {}
        self.setAccessibleName(self.tr("Selected photos"))
        self.clear_button = _button(
            "close", self.tr("Clear the selection"), "Esc", grid.clear_selection
        )
        self._label = QLabel()
        self._label.setProperty("kind", "title")
        self.all_button = _button("select-all", self.tr("Select all"), "Ctrl+A", grid.selectAll)
        self.more_button = _button("menu", self.tr("More"), "", self._show_menu)
        self.more_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._rest = single_shot(self, _REST_MS, self._offer)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 20, 0)
        row.setSpacing(2)
        row.addWidget(self.clear_button)
        row.addSpacing(4)
        row.addWidget(self._label)
        row.addSpacing(10)
        row.addWidget(self.all_button)
        row.addStretch(1)
        row.addWidget(self.more_button)
        grid.selection_changed.connect(self._on_selection_changed)

    @property
    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def offer_soon(self) -> None:
        """Look again at what makes sense for the photos: something about them has changed."""
        if self._grid.selection.count and not self._rest.isActive():
            self._rest.start()

    def _on_selection_changed(self, count: int) -> None:
        selection = self._grid.selection
        text = self.tr("{count} selected")
        if selection.gathering and selection.expected > count:
            text = self.tr("Selecting all… {count} of {total}")
        elif selection.gathering:
            text = self.tr("Selecting all… {count} so far")
        total = wording.number(selection.expected)
        self._label.setText(text.format(count=wording.number(count), total=total))
        self.needed.emit(count > 0)
        self.offer_soon()

    def _offer(self) -> None:
        """Show the commands that make sense for what is selected."""
        photos = self._grid.chosen_results() if self._grid.selection.count else ()
        offered = {command.key: command for command in self._commands.offered(OFFERED, photos)}
        if list(offered) != list(self.buttons):
            self._replace_buttons(offered)
        for key, command in offered.items():
            _show_sign(self.buttons[key], command, photos)
        self._fit()

    def _replace_buttons(self, commands: dict[str, PhotoCommand]) -> None:
        had_focus = any(button.hasFocus() for button in self.buttons.values())
        for button in self.buttons.values():
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for key, command in commands.items():
            button = _button(command.icon, command.text, "", partial(self._run, key))
            self._row.insertWidget(self._row.count() - 1, button)
            button.show()  # at once: what is hidden takes no room where it is measured
            self.buttons[key] = button
        if had_focus:
            self.clear_button.setFocus()

    def _run(self, key: str) -> None:
        self._commands.run(key, self._grid.chosen_results())

    def _show_menu(self) -> None:
        photos = self._grid.chosen_results()
        if photos:
            menu = self._commands.menu(photos)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def _fit(self) -> None:
        """Leave out words where there is no room for them, and buttons that the menu has too."""
        shown = (self.all_button, *self.buttons.values())
        for button in shown:
            button.show()
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        # From the right, so that what is used most keeps its words longest.
        for button in reversed(shown):
            if self._fits():
                return
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        for button in (self.all_button, *reversed(self.buttons.values())):
            if self._fits():
                return
            button.hide()

    def _fits(self) -> bool:
        self._row.invalidate()
        return self._row.sizeHint().width() <= self.width()

    # Qt overrides

    def minimumSizeHint(self) -> QSize:
        # It does not keep the window from getting narrow.
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit()


def _show_sign(button: QToolButton, command: PhotoCommand, photos: Photos) -> None:
    text, sign = command.sign(photos)
    button.setIcon(icon(sign))
    _name(button, text, command.keys[0] if command.keys else "")


def _button(sign: str, text: str, keys: str, on_clicked: Callable[[], object]) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(sign))
    button.setIconSize(QSize(16, 16))
    _name(button, text, keys)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    # Not the function itself: the signal brings whether the button is checked.
    button.clicked.connect(lambda: on_clicked())
    return button


def _name(button: QToolButton, text: str, keys: str) -> None:
    name = text.rstrip("…")
    button.setText(text)
    button.setAccessibleName(name)
    shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    button.setToolTip(f"{name} ({shown})" if shown else name)
