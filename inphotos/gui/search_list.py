"""The saved searches in the sidebar."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QModelIndex, QObject, QPoint, pyqtSignal
from PyQt6.QtGui import QKeySequence, QPalette
from PyQt6.QtWidgets import QMenu

from inphotos.gui import wording
from inphotos.gui.icons import icon
from inphotos.gui.photo_search import PhotoSearch
from inphotos.gui.queries import Everything, Query, Words
from inphotos.gui.saved_searches import SavedSearchActions, words_of
from inphotos.gui.search_counts import SearchCounts
from inphotos.gui.session import Session
from inphotos.gui.sidebar.model import KEY_ROLE, Entry
from inphotos.gui.sidebar.view import Sidebar

#: The keys of the entries with all photos and with favourites, and that of the section.
ALL, FAVORITES, SECTION = "all", "is:favorite", "searches"


class SearchList(QObject):
    """Lists all photos, favourites and the saved searches, each with how many photos match.

    Signals:
        query_wanted(Everything | Words): show all photos, or what a saved search finds.
        scope_wanted(str, bool): search there for the same words; True: there, and where they were
            searched for until now.
    """

    query_wanted = pyqtSignal(object)
    scope_wanted = pyqtSignal(str, bool)

    def __init__(
        self,
        session: Session,
        search: PhotoSearch,
        actions: SavedSearchActions,
        sidebar: Sidebar,
    ) -> None:
        super().__init__(sidebar)
        self._actions = actions
        self._sidebar = sidebar
        self._counts = SearchCounts(session, search)
        sidebar.rows.add_section(
            SECTION,
            self.tr("Saved searches"),
            self.tr("Searches that you save appear here"),
            movable=True,
        )
        self._counts.changed.connect(self._show_counts)
        actions.changed.connect(self._show)
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

    def entry_of(self, query: Query) -> tuple[str, str | None] | None:
        """Return the keys of the entry that shows what a query does, and of its section."""
        saved = self._actions.saved(query)
        if saved is not None:
            return saved.name, SECTION
        if isinstance(query, Everything):
            return ALL, None
        return (FAVORITES, None) if query == Words(FAVORITES) else None

    def _show_top(self) -> None:
        every, loved = self._count(Everything()), self._count(Words(FAVORITES))
        entries = [
            Entry(ALL, self.tr("All photos"), "photo", count=every),
            Entry(FAVORITES, self.tr("Favourites"), "heart", count=loved),
        ]
        self._sidebar.rows.show_entries(entries)
        self._want_counts()

    def _want_counts(self) -> None:
        saved = map(words_of, self._actions.searches)
        self._counts.set_wanted([Everything(), Words(FAVORITES), *saved])

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
        self._show_top()

    def _show_counts(self) -> None:
        rows = self._sidebar.rows
        rows.set_count(rows.index_of(ALL), self._count(Everything()))
        rows.set_count(rows.index_of(FAVORITES), self._count(Words(FAVORITES)))
        for search in self._actions.searches:
            rows.set_count(rows.index_of(search.name, SECTION), self._count(words_of(search)))

    def _count(self, query: Query) -> str | None:
        count = self._counts.of(query)
        return None if count is None else wording.count(count)

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

    def _on_chosen(self, index: QModelIndex, together: bool) -> None:
        name = self._name(index)
        search = next((each for each in self._actions.searches if each.name == name), None)
        if search is not None:
            self.query_wanted.emit(words_of(search))
        elif index.parent().isValid():
            return  # of another list
        elif index.data(KEY_ROLE) == ALL:
            self.query_wanted.emit(Everything())
        elif index.data(KEY_ROLE) == FAVORITES:
            self.scope_wanted.emit(FAVORITES, together)

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
