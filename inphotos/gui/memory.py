"""What the window remembers of searches, wired together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QAction, QKeySequence
from PyQt6.QtWidgets import QMenu, QSplitter, QWidget

from inphotos.gui import wording
from inphotos.gui.back_forward import BackForward
from inphotos.gui.facet_book import FacetBook
from inphotos.gui.folder_actions import FolderActions
from inphotos.gui.grid.view import GridView
from inphotos.gui.keyboard.table import FILLED
from inphotos.gui.notice import NoticeBar
from inphotos.gui.photo_search import PhotoSearch
from inphotos.gui.queries import Query, Words
from inphotos.gui.saved_searches import SavedSearchActions
from inphotos.gui.search_bar import SearchBar
from inphotos.gui.search_list import SearchList
from inphotos.gui.session import Session
from inphotos.gui.settling import Settling
from inphotos.gui.sidebar.facet_lists import FacetLists
from inphotos.gui.sidebar.view import Sidebar
from inphotos.gui.suggestions.suggesting import Suggesting
from inphotos.gui.tasks import Tasks

if TYPE_CHECKING:
    from inphotos.library.history import SearchHistory

#: So many of the last searches are in the menu; the others are reached by the arrow keys.
RECENT = 12

#: What is left for the photos beside the sidebar, pixels.
LEAST_PAGE_WIDTH = 300


class SearchMemory(QObject):
    """Back and forward, the history, and the saved searches beside the photos.

    Attributes:
        back_forward: the way through what was shown.
        saved: what is done with saved searches.
        list: the saved searches in the sidebar.
        book: what the library can be divided by.
        facets: that, in the sidebar.
        sidebar, sidebar_action: the sidebar, and what shows and hides it.
        suggesting: what is offered below the search field.
        splitter: holds the sidebar and what is beside it.
        recent_menu: the last searches.
        clear_action: forgets the history; in that menu.
    """

    def __init__(
        self,
        session: Session,
        search: PhotoSearch,
        search_bar: SearchBar,
        grid: GridView,
        notice: NoticeBar,
        tasks: Tasks,
        folders: FolderActions,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._search = search
        self._search_bar = search_bar
        self._tasks = tasks
        self._searchable = False
        self.back_forward = BackForward(search, search_bar, grid, window)
        self.saved = SavedSearchActions(session, search, search_bar, notice, tasks, window)
        self.sidebar = Sidebar()
        self.book = FacetBook(session)
        self.list = SearchList(session, search, self.saved, self.sidebar)
        self.list.query_wanted.connect(self._show)
        self.facets = FacetLists(session, search, self.book, folders, self.sidebar)
        self.facets.query_wanted.connect(self._show)
        self.facets.scope_wanted.connect(self._on_scope_wanted)
        self.list.scope_wanted.connect(
            lambda scope, together: self.facets.show_scope(scope, together=together)
        )
        search.answered.connect(self._mark)
        self.saved.changed.connect(self._mark)
        self.splitter = QSplitter()
        self.splitter.splitterMoved.connect(self._on_splitter_moved)
        self.sidebar_action = QAction(self.tr("Sidebar"), self)
        self.sidebar_action.setCheckable(True)
        self.sidebar_action.setChecked(True)
        self.sidebar_action.setShortcut(QKeySequence("F9"))
        self.sidebar_action.toggled.connect(self._show_sidebar)
        self.clear_action = QAction(self.tr("Clear Search History"), self)
        self.clear_action.triggered.connect(self._on_clear)
        self.recent_menu = QMenu(self.tr("Recent Searches"), window)
        self.recent_menu.setProperty(FILLED, True)
        self.recent_menu.aboutToShow.connect(self._fill_recent_menu)
        search_bar.walk.texts = self._former
        self.suggesting = Suggesting(
            search_bar, self.book, self._former, lambda: self.saved.searches, window
        )
        self.suggesting.query_wanted.connect(self._show)
        settling = Settling(search, search_bar, grid)
        settling.settled.connect(self._on_settled)
        self.back_forward.watch_mouse(
            (window, grid.viewport(), search_bar.field, self.sidebar.viewport())
        )

    def beside(self, pages: QWidget) -> QSplitter:
        """Return the sidebar and the pages, with an edge between them that can be moved."""
        self.splitter.setObjectName("sides")
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.sidebar)
        self.splitter.addWidget(pages)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        return self.splitter

    def set_searchable(self, searchable: bool) -> None:
        """Show the sidebar only beside photos."""
        self._searchable = searchable
        self._show_sidebar()

    def restore_sidebar(self, shown: bool, width: int, folded: str) -> None:
        """Show or hide the sidebar as the user left it, with some of its sections folded."""
        self.sidebar.fold(folded.split())
        self.sidebar.preferred_width = width
        self.sidebar_action.setChecked(shown)

    @property
    def _history(self) -> SearchHistory | None:
        library = self._session.library
        return None if library is None else library.history

    def _former(self) -> Sequence[str]:
        return () if self._history is None else self._history.texts

    def _show_sidebar(self) -> None:
        shown = self._searchable and self.sidebar_action.isChecked()
        if shown and self.sidebar.isHidden():
            self.sidebar.show()
            width, (_, _, *others) = self.sidebar.preferred_width, self.splitter.sizes()
            rest = self.splitter.width() - width - sum(others)
            self.splitter.setSizes([width, max(0, rest), *others])
        self.sidebar.setVisible(shown)
        pages = self.splitter.widget(1)
        if pages is not None:
            # Of themselves they are as wide as the widest page, also while it is not in sight.
            pages.setMinimumWidth(LEAST_PAGE_WIDTH if self._searchable else 0)
        self.list.set_counting(shown)

    def _show(self, query: Query) -> None:
        self._search_bar.set_text(query.text if isinstance(query, Words) else "")
        self._search.show(query)

    def _on_scope_wanted(self, query: Query) -> None:
        self._show(query)
        if isinstance(query, Words) and query.text:
            # What the user types next is another word.
            self._search_bar.set_text(f"{query.text} ")

    def _mark(self) -> None:
        """Mark the entry of the sidebar that the grid shows."""
        shown = self._search.shown
        entry = self.list.entry_of(shown) or self.facets.entry_of(shown)
        self.sidebar.rows.set_shown(*(entry or (None,)))

    def _write_history(self, history: SearchHistory) -> None:
        self._tasks.run(history.write, lambda _: None)

    def _on_settled(self, query: Query) -> None:
        self.back_forward.settle()
        parsed, history = self._search.parsed, self._history
        means_something = parsed is not None and (parsed.concepts or parsed.filters)
        if history is not None and isinstance(query, Words) and means_something:
            history.add(query.text)
            self._write_history(history)

    def _on_clear(self) -> None:
        history = self._history
        if history is not None:
            history.clear()
            self._write_history(history)

    def _on_splitter_moved(self) -> None:
        self.sidebar.preferred_width = self.sidebar.width()

    def _fill_recent_menu(self) -> None:
        self.recent_menu.clear()
        texts = self._former()
        for text in reversed(texts[-RECENT:]):
            action = self.recent_menu.addAction(wording.shortened(text).replace("&", "&&"))
            assert action is not None
            action.triggered.connect(partial(self._on_recent_triggered, text))
        if not texts:
            nothing = self.recent_menu.addAction(self.tr("None yet"))
            assert nothing is not None
            nothing.setEnabled(False)
        self.clear_action.setEnabled(bool(texts))
        self.recent_menu.addSeparator()
        self.recent_menu.addAction(self.clear_action)

    def _on_recent_triggered(self, text: str) -> None:
        self._show(Words(text))
