"""What the user does with saved searches: saving, renaming, moving and removing them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtGui import QAction, QKeySequence, QPalette
from PyQt6.QtWidgets import QWidget

from inphotos.errors import InPhotosError
from inphotos.gui import wording
from inphotos.gui.icons import icon
from inphotos.gui.notice import NoticeBar
from inphotos.gui.photo_search import PhotoSearch
from inphotos.gui.queries import Query, Words, asked, examples_of
from inphotos.gui.search_bar import SearchBar
from inphotos.gui.sentences import said
from inphotos.gui.session import Session
from inphotos.gui.tasks import Tasks
from inphotos.gui.tool_tips import as_lines
from inphotos.library import SavedSearch
from inphotos.library.searches import SavedSearches, suggested_name

if TYPE_CHECKING:
    from inphotos.gui.dialogs.search_name import SearchNameDialog


def words_of(search: SavedSearch) -> Words:
    """Return the query of a saved search."""
    return Words(search.text, search.examples)


def saved_as(name: str, query: Words) -> SavedSearch:
    """Return a query as a search that can be saved."""
    return SavedSearch(name, query.text, query.examples)


class SavedSearchActions(QObject):
    """Changes the saved searches as the user wishes, and has them written.

    Attributes:
        save_action: saves the query in the search field; the star there does the same.

    Signals:
        changed(): there are others now.
    """

    changed = pyqtSignal()

    def __init__(
        self,
        session: Session,
        search: PhotoSearch,
        search_bar: SearchBar,
        notice: NoticeBar,
        tasks: Tasks,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._search = search
        self._search_bar = search_bar
        self._notice = notice
        self._tasks = tasks
        self._window = window
        self.save_action = QAction(self.tr("Save This Search…"), self)
        self.save_action.setShortcut(QKeySequence("Ctrl+S"))
        self.save_action.triggered.connect(self.save)
        session.library_opened.connect(self.changed)
        search_bar.star.triggered.connect(self._on_star_triggered)
        search_bar.field.textChanged.connect(self._show_star)
        search.query_changed.connect(self._show_star)
        self.changed.connect(self._show_star)
        self._show_star()

    @property
    def searches(self) -> Sequence[SavedSearch]:
        """The saved searches, in the user's order."""
        return () if self._kept is None else self._kept.all

    def saved(self, query: Query) -> SavedSearch | None:
        """Return the saved search that is this query, if there is one."""
        return next((search for search in self.searches if words_of(search) == query), None)

    def save(self) -> None:
        """Ask for a name, and save the query in the search field under it."""
        self._search_bar.report()
        query = self._search.query
        if self._kept is None or not isinstance(query, Words):
            return
        known = self.saved(query)
        dialog = self._dialog(
            self.tr("Save Search"),
            self._suggested(query) if known is None else known.name,
            but=known,
            may_replace=True,
        )
        dialog.chosen.connect(lambda name: self._put(saved_as(name, query)))
        dialog.open()

    def _suggested(self, query: Words) -> str:
        photos = [wording.example(example) for example in query.examples]
        return suggested_name(", ".join([*([query.text] if query.text else []), *photos]))

    def rename(self, name: str) -> None:
        """Ask for another name for a search."""
        kept = self._kept
        if kept is None:
            return
        dialog = self._dialog(
            self.tr("Rename Search"), name, but=kept.find(name), may_replace=False
        )
        dialog.chosen.connect(lambda new: self._change(lambda: kept.rename(name, new)))
        dialog.open()

    def remove(self, name: str) -> None:
        """Remove a search; the notice offers to take that back."""
        kept = self._kept
        if kept is None or kept.find(name) is None:
            return
        removed, place = kept.remove(name)
        self._take_in()
        self._notice.tell(
            self.tr("Removed the saved search “{name}”.").format(name=removed.name),
            self.tr("Undo"),
            lambda: self._put(removed, place),
            sign="info",
        )

    def move(self, name: str, place: int) -> None:
        """Put a search before the one that is at ``place`` now, or at the end."""
        kept = self._kept
        if kept is not None:
            self._change(lambda: kept.move(name, place))

    @property
    def _kept(self) -> SavedSearches | None:
        library = self._session.library
        return None if library is None else library.searches

    def _put(self, search: SavedSearch, place: int | None = None) -> None:
        kept = self._kept
        if kept is not None:
            self._change(lambda: kept.save(search, place))

    def _change(self, change: Callable[[], object]) -> None:
        try:
            change()
        except InPhotosError as error:
            self._notice.tell(said(error))
        self._take_in()

    def _take_in(self) -> None:
        if self._kept is not None:
            self._tasks.run(self._kept.write, lambda _: None)
        self.changed.emit()

    def _dialog(
        self, title: str, name: str, *, but: SavedSearch | None, may_replace: bool
    ) -> SearchNameDialog:
        """Return the dialog that asks for a name, which may be that of the search ``but``."""
        from inphotos.gui.dialogs.search_name import SearchNameDialog

        kept = self._kept
        dialog = SearchNameDialog(
            title,
            name,
            is_taken=lambda new: kept is not None and kept.find(new) not in (None, but),
            may_replace=may_replace,
            parent=self._window,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    def _in_field(self) -> SavedSearch | None:
        return self.saved(asked(self._search_bar.text(), examples_of(self._search.query)))

    def _show_star(self) -> None:
        star, known = self._search_bar.star, self._in_field()
        star.setVisible(bool(self._search_bar.text() or examples_of(self._search.query)))
        if known is None:
            star.setIcon(icon("star", QPalette.ColorRole.PlaceholderText))
            star.setToolTip(self.tr("Save this search (Ctrl+S)"))
        else:
            star.setIcon(icon("star-full", QPalette.ColorRole.Highlight))
            told = self.tr("Saved as “{name}”; click to remove it")
            star.setToolTip(as_lines(told.format(name=known.name)))

    def _on_star_triggered(self) -> None:
        known = self._in_field()
        if known is None:
            self.save()
        else:
            self.remove(known.name)
