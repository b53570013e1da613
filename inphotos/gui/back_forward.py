"""Going back and forth between queries, with the photos where they were."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtGui import QAction, QKeySequence, QMouseEvent
from PyQt6.QtWidgets import QWidget

from inphotos.gui.grid.view import GridView
from inphotos.gui.icons import icon
from inphotos.gui.navigation import Navigation, Visit
from inphotos.gui.photo_search import PhotoSearch
from inphotos.gui.queries import Query, Words
from inphotos.gui.search_bar import SearchBar


class BackForward(QObject):
    """Remembers what was shown, and shows it again.

    Attributes:
        back, forward: the actions, for the menu and the buttons.
        navigation: the way so far.
    """

    def __init__(
        self,
        search: PhotoSearch,
        search_bar: SearchBar,
        grid: GridView,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._search = search
        self._search_bar = search_bar
        self._grid = grid
        self._stepping = False
        self.navigation = Navigation(search.query)
        keys = QKeySequence.StandardKey
        self.back = self._action("back", self.tr("Back"), keys.Back, "Alt+Left")
        self.back.triggered.connect(self._on_back)
        self.forward = self._action("forward", self.tr("Forward"), keys.Forward, "Alt+Right")
        self.forward.triggered.connect(self._on_forward)
        search_bar.add_buttons((self.back, self.forward))
        search.asked.connect(self._on_asked)
        search.answered.connect(self._on_answered)
        search.failed.connect(self._on_failed)
        self._show_ability()

    def watch_mouse(self, widgets: Sequence[QWidget | None]) -> None:
        """Let the mouse's own buttons for back and forward count over these widgets."""
        for widget in widgets:
            if widget is not None:
                widget.installEventFilter(self)

    def settle(self) -> None:
        """Keep the current query, whatever the user types next."""
        self.navigation.settle()

    def _action(
        self, sign: str, text: str, standard: QKeySequence.StandardKey, usual: str
    ) -> QAction:
        action = QAction(icon(sign), text, self)
        bindings = QKeySequence.keyBindings(standard)
        # Some systems also have Backspace, which deletes here.
        keys = [QKeySequence(usual), *(k for k in bindings if "Backspace" not in k.toString())]
        action.setShortcuts(list(dict.fromkeys(key.toString() for key in keys)))
        return action

    def _on_back(self) -> None:
        if self.navigation.can_go_back:
            self._note_place()
            self._show(self.navigation.back())

    def _on_forward(self) -> None:
        if self.navigation.can_go_forward:
            self._note_place()
            self._show(self.navigation.forward())

    def _show(self, visit: Visit) -> None:
        self._stepping = True
        self._put_into_field(visit.query)
        self._search.show_again(visit.query, visit.rows, visit.place)
        self._show_ability()

    def _put_into_field(self, query: Query) -> None:
        self._search_bar.set_text(query.text if isinstance(query, Words) else "")

    def _note_place(self) -> None:
        # What the grid shows may be an older query, while the answer to the current one is awaited.
        if self._search.shown == self.navigation.current.query and self._search.is_answered:
            self.navigation.leave(self._search.reached, self._grid.place())

    def _on_asked(self, query: Query, typed: bool) -> None:
        self._stepping = False
        if query != self.navigation.current.query:
            self._note_place()
        self.navigation.visit(query, typed=typed)
        self._show_ability()

    def _on_answered(self) -> None:
        self._stepping = False
        self.navigation.confirm()

    def _on_failed(self) -> None:
        self.navigation.revert()
        if self._stepping:
            self._stepping = False
            self._put_into_field(self.navigation.current.query)
        self._show_ability()

    def _show_ability(self) -> None:
        self.back.setEnabled(self.navigation.can_go_back)
        self.forward.setEnabled(self.navigation.can_go_forward)

    # Qt overrides

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if isinstance(event, QMouseEvent) and event.type() in (
            QEvent.Type.MouseButtonPress,
            QEvent.Type.MouseButtonDblClick,
        ):
            if event.button() == Qt.MouseButton.BackButton:
                self.back.trigger()
                return True
            if event.button() == Qt.MouseButton.ForwardButton:
                self.forward.trigger()
                return True
        return super().eventFilter(watched, event)
