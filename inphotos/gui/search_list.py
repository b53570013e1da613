"""The saved searches in the sidebar."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QModelIndex, QObject, QPoint, pyqtSignal
from PyQt6.QtGui import QKeySequence, QPalette
from PyQt6.QtWidgets import QMenu

from inphotos.gui import wording
from inphotos.gui.icons import icon
from inphotos.gui.photo_search import PhotoSearch
from inphotos.gui.queries import Everything, Query
from inphotos.gui.saved_searches import SavedSearchActions, words_of
from inphotos.gui.search_counts import SearchCounts
from inphotos.gui.session import Session
from inphotos.gui.sidebar.model import KEY_ROLE, Entry
from inphotos.gui.sidebar.view import Sidebar

#: The key of the entry with all photos, and that of the section.
ALL, SECTION = "all", "searches"


class SearchList(QObject):
    """Lists all photos and the saved searches, each with how many photos match.

    Signals:
        query_wanted(Everything | Words): show all photos, or what a saved search finds.
    """

    query_wanted = pyqtSignal(object)

    def __init__(
        self,
        session: Session,
        search: PhotoSearch,
        actions: SavedSearchActions,
        sidebar: Sidebar,
    ) -> None:
        super().__init__(sidebar)
        self._search = search
        self._actions = actions
        self._sidebar = sidebar
        self._counts = SearchCounts(session, search)
        sidebar.rows.add_entry(Entry(ALL, self.tr("All photos"), "photo"))
        sidebar.rows.add_section(
            SECTION, self.tr("Saved searches"), self.tr("Searches that you save appear here")
        )
        self._counts.changed.connect(self._show_counts)
        actions.changed.connect(self._show)
        search.answered.connect(self._mark)
        sidebar.chosen.connect(self._on_chosen)
        sidebar.menu_wanted.connect(self._on_menu_wanted)
        sidebar.rename_wanted.connect(self._on_rename_wanted)
        sidebar.remove_wanted.connect(self._on_remove_wanted)
        sidebar.step_wanted.connect(self._on_step_wanted)
        sidebar.rows.moved.connect(self._on_moved)
        self._show()

    def set_counting(self, counting: bool) -> None:
        """Keep the numbers up to date, or leave it while they are not in sight."""
        self._counts.set_active(counting)

    def menu(self, index: QModelIndex) -> QMenu:
        """Return the menu for a saved search."""
        menu, name = QMenu(self._sidebar), index.data(KEY_ROLE)
        row, rows = index.row(), len(self._actions.searches)
        self._add(menu, self.tr("Rename…"), lambda: self._actions.rename(name), "F2")
        self._add(menu, self.tr("Move Up"), lambda: self._step(name, row, -1), "Alt+Up", row > 0)
        self._add(
            menu,
            self.tr("Move Down"),
            lambda: self._step(name, row, 1),
            "Alt+Down",
            row < rows - 1,
        )
        menu.addSeparator()
        self._add(menu, self.tr("Remove"), lambda: self._actions.remove(name), "Del", sign="close")
        return menu

    def _show(self) -> None:
        current = self._sidebar.currentIndex()
        key = current.data(KEY_ROLE) if self._name(current) else None
        searches = self._actions.searches
        self._sidebar.rows.show_section(
            SECTION,
            [
                Entry(each.name, each.name, "search", each.text, self._count(words_of(each)))
                for each in searches
            ],
        )
        if key is not None:
            self._sidebar.setCurrentIndex(self._sidebar.rows.index_of(key, SECTION))
        self._counts.set_wanted([Everything(), *map(words_of, searches)])
        self._mark()

    def _show_counts(self) -> None:
        rows = self._sidebar.rows
        rows.set_count(rows.index_of(ALL), self._count(Everything()))
        for search in self._actions.searches:
            rows.set_count(rows.index_of(search.name, SECTION), self._count(words_of(search)))

    def _count(self, query: Query) -> str | None:
        count = self._counts.of(query)
        return None if count is None else wording.count(count)

    def _mark(self) -> None:
        """Mark the entry that the grid shows."""
        rows, shown = self._sidebar.rows, self._search.shown
        saved = self._actions.saved(shown)
        if isinstance(shown, Everything):
            rows.set_shown(rows.index_of(ALL))
        else:
            rows.set_shown(QModelIndex() if saved is None else rows.index_of(saved.name, SECTION))

    def _name(self, index: QModelIndex) -> str | None:
        """Return the name of the saved search in a row, None for another row."""
        if index.isValid() and self._sidebar.rows.section_of(index) == SECTION:
            return str(index.data(KEY_ROLE))
        return None

    def _step(self, name: str, row: int, rows: int) -> None:
        if 0 <= row + rows < len(self._actions.searches):
            self._actions.move(name, row + rows + (rows > 0))

    def _add(
        self,
        menu: QMenu,
        text: str,
        action: Callable[[], object],
        keys: str,
        enabled: bool = True,
        sign: str = "",
    ) -> None:
        added = menu.addAction(text)
        assert added is not None
        if sign:
            added.setIcon(icon(sign, QPalette.ColorRole.Text))
        added.setShortcut(QKeySequence(keys))
        added.setShortcutVisibleInContextMenu(True)
        added.setEnabled(enabled)
        added.triggered.connect(lambda: action())

    def _on_chosen(self, index: QModelIndex) -> None:
        name = self._name(index)
        search = next((each for each in self._actions.searches if each.name == name), None)
        if search is not None:
            self.query_wanted.emit(words_of(search))
        elif index.data(KEY_ROLE) == ALL:
            self.query_wanted.emit(Everything())

    def _on_menu_wanted(self, index: QModelIndex, place: QPoint) -> None:
        if self._name(index) is not None:
            menu = self.menu(index)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(place)

    def _on_rename_wanted(self, index: QModelIndex) -> None:
        name = self._name(index)
        if name is not None:
            self._actions.rename(name)

    def _on_remove_wanted(self, index: QModelIndex) -> None:
        name = self._name(index)
        if name is not None:
            self._actions.remove(name)

    def _on_step_wanted(self, index: QModelIndex, rows: int) -> None:
        name = self._name(index)
        if name is not None:
            self._step(name, index.row(), rows)

    def _on_moved(self, section: str, name: str, place: int) -> None:
        if section == SECTION:
            self._actions.move(name, place)
