"""Folders, dates, places, and what there is to tidy up, in the sidebar."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtCore import QDir, QLocale, QModelIndex, QObject, QPoint, pyqtSignal
from PyQt6.QtWidgets import QMenu

from inphotos.errors import display_path
from inphotos.events import Progress
from inphotos.gui import wording
from inphotos.gui.date_reading import DateReading
from inphotos.gui.facet_book import FacetBook
from inphotos.gui.folder_actions import FolderActions
from inphotos.gui.icons import icon
from inphotos.gui.photo_search import PhotoSearch
from inphotos.gui.queries import Duplicates, Query, Words, asked, examples_of
from inphotos.gui.session import Session
from inphotos.gui.sidebar.facet_entries import (
    COUNTRIES,
    DIRECTORIES,
    YEARS,
    entries_of,
    inside_of,
)
from inphotos.gui.sidebar.model import KEY_ROLE, MOST, Entry
from inphotos.gui.sidebar.view import Sidebar
from inphotos.search.facet import UNDATED
from inphotos.search.query import Query as Parsed
from inphotos.search.query import scope_of, with_scope

if TYPE_CHECKING:
    from inphotos.library import FolderStatus

#: The keys of the sections, and those of entries that are no query.
FOLDERS, DATES, PLACES, TIDY = "folders", "dates", "places", "tidy"
ADD_FOLDER, DUPLICATES, FAILURES = "add-folder", "duplicates", "failures"

#: The sections by the filters that their entries are queries of.
_SECTIONS = {"folder": FOLDERS, "date": DATES, "is": DATES, "country": PLACES}


class FacetLists(QObject):
    """Lists what the library can be divided by; a click searches there for the same words.

    Signals:
        query_wanted(Query): show these photos.
        scope_wanted(Query): likewise; the user may go on typing.
        failures_wanted(): the user wants to see which photos could not be read.
    """

    query_wanted = pyqtSignal(object)
    scope_wanted = pyqtSignal(object)
    failures_wanted = pyqtSignal()

    def __init__(
        self,
        session: Session,
        search: PhotoSearch,
        book: FacetBook,
        folders: FolderActions,
        sidebar: Sidebar,
    ) -> None:
        super().__init__(sidebar)
        self._session = session
        self._search = search
        self._book = book
        self._actions = folders
        self._sidebar = sidebar
        self._dates = DateReading.of(QLocale.system())
        self._roots: dict[str, FolderStatus] = {}
        self._share = ""
        rows = sidebar.rows
        rows.add_section(FOLDERS, self.tr("Folders"), most=MOST)
        rows.add_section(DATES, self.tr("Dates"), most=MOST)
        rows.add_section(PLACES, self.tr("Places"), most=MOST)
        rows.add_section(TIDY, self.tr("Tidy up"))
        book.changed.connect(self._show)
        session.snapshot_read.connect(self._show)
        session.runs.changed.connect(self._show_folders)
        session.runs.progressed.connect(self._on_progressed)
        sidebar.chosen.connect(self._on_chosen)
        sidebar.menu_wanted.connect(self._on_menu_wanted)

    def entry_of(self, query: Query) -> tuple[str, str] | None:
        """Return the keys of the entry that shows what a query does, and of its section."""
        if isinstance(query, Duplicates):
            return DUPLICATES, TIDY
        scope = scope_of(self._parse(query.text)) if isinstance(query, Words) else ""
        section = _SECTIONS.get(scope.partition(":")[0])
        return None if section is None else (scope, section)

    def show_scope(self, scope: str, *, together: bool = False) -> None:
        """Search for the same words and photos elsewhere.

        Args:
            scope: where to search, as it would be typed.
            together: also where they were searched for until now.
        """
        query = self._search.query
        text = query.text if isinstance(query, Words) else ""
        text = with_scope(text, scope, self._parse, together=together)
        self.scope_wanted.emit(asked(text, examples_of(query)))

    def menu(self, index: QModelIndex) -> QMenu | None:
        """Return the menu for a folder of the library; None for other rows."""
        folder = self._roots.get(index.data(KEY_ROLE))
        if folder is None or self._sidebar.rows.section_of(index) != FOLDERS:
            return None
        menu, actions = QMenu(self._sidebar), self._actions
        for sign, text, action, enabled in (
            ("folder", self.tr("Show in File Manager"), actions.show, folder.online),
            ("refresh", self.tr("Look for New Photos"), actions.look_again, folder.online),
            ("close", self.tr("Remove from Library…"), actions.ask_to_forget, True),
        ):
            added = menu.addAction(icon(sign), text)
            assert added is not None
            added.setEnabled(enabled)
            added.triggered.connect(partial(action, folder.path))
        return menu

    def _parse(self, text: str) -> Parsed:
        if not text.strip():
            return Parsed("")
        from inphotos.search.query import parse  # the grammar, which the empty field does not need

        return parse(text, day_first=self._dates.day_first, southern=self._dates.southern)

    def _show(self) -> None:
        rows, facets = self._sidebar.rows, self._book.facets
        dates = entries_of(facets.dates, YEARS)
        if dates and facets.undated:
            tip = self.tr("Nothing says when these were taken")
            count = wording.number(facets.undated)
            dates.append(Entry(UNDATED, self.tr("Undated"), "calendar", tip, count))
        with self._sidebar.keep_place():
            rows.show_section(FOLDERS, self._folders())
            rows.show_section(DATES, dates)
            rows.show_section(PLACES, entries_of(facets.places, COUNTRIES))
            rows.show_section(TIDY, self._tidy())

    def _show_folders(self) -> None:
        with self._sidebar.keep_place():
            self._sidebar.rows.show_section(FOLDERS, self._folders())

    def _tidy(self) -> list[Entry]:
        entries = []
        snapshot, alike = self._session.snapshot, self._book.alike
        if alike:
            text, tip = self.tr("Near-duplicates"), self.tr("Copies, almost the same, and bursts")
            entries.append(Entry(DUPLICATES, text, "alike", tip, wording.number(alike)))
        failures = len(snapshot.failures) if snapshot is not None else 0
        if failures:
            text, tip = self.tr("Could not be read"), self.tr("Which photos, and why")
            entries.append(Entry(FAILURES, text, "warning", tip, wording.number(failures)))
        return entries

    def _folders(self) -> list[Entry]:
        snapshot = self._session.snapshot
        if snapshot is None or not snapshot.folders:
            return []
        often = Counter(folder.path.name for folder in snapshot.folders)
        read = [each for each in snapshot.folders if self._session.runs.is_indexing(each.path)]
        # How far a run is, it tells of all its folders together.
        share = self._share if len(read) == 1 else ""
        entries = [self._folder(each, often[each.path.name], share) for each in snapshot.folders]
        self._roots = dict(zip([entry.key for entry in entries], snapshot.folders, strict=True))
        add = Entry(ADD_FOLDER, self.tr("Add Folder…"), "folder-add", kind="action")
        return [*entries, add]

    def _folder(self, status: FolderStatus, often: int, share: str) -> Entry:
        """Return the row of a folder, whose name comes so often."""
        path = display_path(QDir.toNativeSeparators(str(status.path)))
        facet = self._book.facets.folders.get(status.path)
        photos = status.photos if facet is None else facet.photos
        tip, sign, count = [path, wording.photos(photos)], "folder", wording.number(photos)
        if not status.online:
            sign, count = "offline", self.tr("Offline")
            tip.append(wording.presence("offline", status.path))
        elif self._session.runs.is_indexing(status.path):
            sign, count = "refresh", share or count
            tip.append(self.tr("Indexing…"))
        return Entry(
            key=(facet.query if facet is not None else "") or path,
            text=display_path(status.path.name) if often == 1 and status.path.name else path,
            icon=sign,
            tip="\n".join(tip),
            count=count,
            inside=None if facet is None else inside_of(facet, DIRECTORIES),
        )

    def _on_progressed(self, progress: Progress) -> None:
        share = ""
        if progress.phase == "indexing" and progress.total:
            share = f"{100 * progress.done // progress.total} %"
        if share != self._share:
            self._share = share
            self._show_folders()

    def _on_chosen(self, index: QModelIndex, together: bool) -> None:
        key, section = index.data(KEY_ROLE), self._sidebar.rows.section_of(index)
        if section == TIDY and key == FAILURES:
            self.failures_wanted.emit()
        elif section == TIDY:
            self.query_wanted.emit(Duplicates())
        elif key == ADD_FOLDER:
            self._actions.choose()
        elif section in (FOLDERS, DATES, PLACES):
            self.show_scope(key, together=together)

    def _on_menu_wanted(self, index: QModelIndex, place: QPoint) -> None:
        menu = self.menu(index)
        if menu is not None:
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(place)
