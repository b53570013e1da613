"""The window: which page it shows, and how its parts work together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QAction, QCloseEvent, QKeyEvent
from PyQt6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from inphotos.errors import InPhotosError, ModelError
from inphotos.events import IndexSummary
from inphotos.gui import wording
from inphotos.gui.ability import ability_of, can_answer, note_on
from inphotos.gui.alike_actions import AlikeActions
from inphotos.gui.arranging import Arranging
from inphotos.gui.drop_hint import DropHint
from inphotos.gui.examples import Examples
from inphotos.gui.folder_actions import FolderActions
from inphotos.gui.footer import Footer
from inphotos.gui.grid.model import GridModel
from inphotos.gui.grid.thumbnails import Thumbnails
from inphotos.gui.grid.view import GridView
from inphotos.gui.jobs import Job
from inphotos.gui.library_notices import LibraryNotices
from inphotos.gui.memory import SearchMemory
from inphotos.gui.menus import add_menus, add_shortcuts
from inphotos.gui.model_choice import ModelChoice
from inphotos.gui.notice import NoticeBar
from inphotos.gui.pages.error import ErrorPage
from inphotos.gui.pages.photos import DEMO_QUERIES, PhotosPage
from inphotos.gui.pages.start import StartPage
from inphotos.gui.photo_actions import PhotoActions
from inphotos.gui.photo_search import PhotoSearch
from inphotos.gui.queries import Everything, Words, asked, examples_of
from inphotos.gui.search_bar import SearchBar
from inphotos.gui.session import Session
from inphotos.gui.strictness import Strictness
from inphotos.gui.style import Appearance
from inphotos.gui.tasks import Tasks
from inphotos.gui.window_dialogs import WindowDialogs
from inphotos.gui.window_state import WindowState
from inphotos.gui.workers.search import Snapshot
from inphotos.library import Library


class MainWindow(QMainWindow):
    """One library in one window.

    Attributes:
        session: the library and the threads that work on it.
        search_bar, notice, footer, grid: the parts around and in the pages.
        search: what the grid shows.
        arranging: in which order and groups.
        models: the choice of the model.
        photo_actions: what can be done with a photo.
        start_page, photos_page, error_page: the pages; ``models.page`` is one more.
        examples: the photos that are searched with.
        folders: what can be done with folders.
        alike: what can be done about photos that are alike.
        dialogs: what stays open beside the window.
        memory: history, saved searches in the sidebar, back and forward.
    """

    def __init__(
        self,
        library_directory: Path,
        appearance: Appearance,
        *,
        model: str | None = None,
        folders: Sequence[Path] = (),
        demo: bool = False,
    ) -> None:
        """Build the window; :meth:`open_library` sets it to work.

        Args:
            library_directory: the library's directory.
            appearance: the application's look.
            model: name or path of the model to use this time, None for the library's own.
            folders: folders to add once the library is open.
            demo: the window shows the bundled pictures and offers queries to try.
        """
        super().__init__()
        self._directory = library_directory
        self._appearance = appearance
        self._model = model
        self._folders_to_add = tuple(folders)
        self._demo = demo
        self._closed = False
        self._state = WindowState.load(library_directory)
        self._query_to_restore = self._state.query
        self._browsing = self._state.browsing
        self._snapshot: Snapshot | None = None
        self._failures_seen = 0
        self._answered_before = False
        self._search_trouble = False

        self.session = Session(self)
        self._tasks = Tasks(self)
        self._thumbnails = Thumbnails(self)
        self.notice = NoticeBar()
        self.search_bar = SearchBar()
        self.footer = Footer()
        grid_model = GridModel(self)
        self.grid = GridView(grid_model, self._thumbnails)
        self.photo_actions = PhotoActions(self._tasks, self)
        self.models = ModelChoice(self.session, self._tasks, self.notice, self)
        self.start_page = StartPage()
        self.photos_page = PhotosPage(self.grid)
        self.error_page = ErrorPage()
        self.search = PhotoSearch(self.session, self.photos_page, self.grid, grid_model)
        self.search.browsing = self._state.all_photos
        self.search.searching = self._state.found_photos
        self.arranging = Arranging(self.search, self.photos_page)
        self._strictness = Strictness(self.session, self.search, self.photos_page.match_line)
        self.examples = Examples(
            self.search, self.search_bar, self.notice, self._tasks, self._can_compare, self
        )
        self.folders = FolderActions(self.session, self)
        self.dialogs = WindowDialogs(
            self.session, self.grid, self._thumbnails, self.folders, self.photo_actions, self
        )
        self.memory = SearchMemory(
            self.session, self.search, self.search_bar, self.grid, self.notice, self._tasks, self
        )
        self.alike = AlikeActions(
            self.session, self.search, self.search_bar, self.grid, self.photo_actions, self
        )
        self._notices = LibraryNotices(self.session, self.notice, self)
        self._lay_out()
        self._drop_hint = DropHint(self, self._tasks)
        self.mains_action = QAction(self.tr("Index Only on Mains Power"), self)
        self.mains_action.setCheckable(True)
        self.mains_action.triggered.connect(self.session.index_only_on_mains)
        appearance.choose(self._state.appearance)
        add_menus(self, appearance)
        add_shortcuts(self)
        self._connect_session()
        self._connect_parts()
        self._restore()

    def open_library(self) -> None:
        """Open the library; the window shows what it holds, or why it cannot be opened."""
        self._show_page(self._blank_page)
        self.session.open(self._directory, self._model)

    def tell(self, error: InPhotosError) -> None:
        """Tell of something that went wrong."""
        self.notice.tell(str(error))

    # Building

    def _lay_out(self) -> None:
        self.setWindowTitle(self.tr("InPhotos demo") if self._demo else "InPhotos")
        self._blank_page = QWidget()
        self._pages = QStackedWidget()
        for page in (
            self._blank_page,
            self.start_page,
            self.models.page,
            self.photos_page,
            self.error_page,
        ):
            self._pages.addWidget(page)
        central = QWidget()
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.search_bar)
        layout.addWidget(self.notice)
        layout.addWidget(self.memory.beside(self._pages), 1)
        layout.addWidget(self.footer)
        self.setCentralWidget(central)
        if self._demo:
            self.photos_page.set_examples(DEMO_QUERIES)

    def _connect_session(self) -> None:
        session = self.session
        session.library_opened.connect(self._on_library_opened)
        session.opening_failed.connect(self._on_opening_failed)
        session.snapshot_read.connect(self._on_snapshot_read)
        session.runs.changed.connect(self.footer.set_indexing)
        session.runs.progressed.connect(self.footer.show_progress)
        session.runs.photo_failed.connect(self._on_photo_failed)
        session.runs.stopped.connect(session.read_snapshot)
        session.indexed.connect(self._on_indexed)
        session.failed.connect(self.tell)

    def _connect_parts(self) -> None:
        self._tasks.failed.connect(self.tell)
        self.error_page.retry_wanted.connect(self.open_library)
        self.error_page.quit_wanted.connect(self.close)
        self.start_page.folder_wanted.connect(self.folders.choose)
        self.photos_page.folder_wanted.connect(self.folders.choose)
        self.models.page.browse_wanted.connect(lambda: self._set_browsing(True))
        self.search_bar.model_wanted.connect(lambda: self._set_browsing(False))
        self.photos_page.everything_wanted.connect(self.show_everything)
        self.photos_page.example_chosen.connect(self.search_for)
        self.search_bar.left_downwards.connect(self.grid.enter)
        self.search.answered.connect(self._on_answered)
        self.search.understood.connect(self.search_bar.show_parts)
        self.search.failed.connect(self._on_search_failed)
        self.grid.sight_changed.connect(self._on_sight_changed)
        self.photo_actions.serve(self.grid)
        self.grid.left_upwards.connect(self.focus_search)
        self.photo_actions.told.connect(self.notice.tell)
        self.footer.serve(self.session.runs)
        self.footer.failures_wanted.connect(self.dialogs.show_failures)
        self._drop_hint.folders_dropped.connect(self.session.add_folders)
        self.examples.serve(self.photo_actions, self._drop_hint)

    def _restore(self) -> None:
        self.resize(1080, 760)
        self.restoreGeometry(self._state.geometry)
        self.grid.tile_size = self._state.tile_size
        self.memory.restore_sidebar(self._state.sidebar, self._state.sidebar_width)
        self._show_page(self._blank_page)

    def _save_state(self) -> None:
        query = self.search.query
        WindowState(
            geometry=self.saveGeometry(),
            query=query.text if isinstance(query, Words) else "",
            appearance=self._appearance.choice,
            tile_size=self.grid.tile_size,
            browsing=self._browsing,
            sidebar=self.memory.sidebar_action.isChecked(),
            sidebar_width=self.memory.sidebar.preferred_width,
            all_photos=self.search.browsing,
            found_photos=self.search.searching,
        ).save(self._directory)

    # What the user can do

    def search_for(self, text: str) -> None:
        """Put words into the search field and show the photos that they describe."""
        self.search_bar.set_text(text)
        self.examples.show_text(text)

    def show_everything(self) -> None:
        """Leave a search and show all photos."""
        if self.search_bar.field.text() or not isinstance(self.search.query, Everything):
            self.examples.clear()

    def focus_search(self) -> None:
        """Put the cursor into the search field, ready to be typed over."""
        self.search_bar.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search_bar.field.selectAll()

    def _can_compare(self) -> bool:
        if self._snapshot is None or self._snapshot.model is not None:
            return True
        self._ask_for_model(
            self.tr("Finding similar photos needs a model that understands pictures.")
        )
        return False

    # Pages

    def _show_page(self, page: QWidget) -> None:
        searchable = page is self.photos_page
        came = searchable and self._pages.currentWidget() is not page
        self._pages.setCurrentWidget(page)
        self.search_bar.setVisible(searchable)
        self.memory.set_searchable(searchable)
        self.footer.setVisible(searchable)
        if came:
            self.search_bar.setFocus()
        elif page is self.start_page:
            self.start_page.folder_button.setFocus()

    def _page_for(self, snapshot: Snapshot) -> QWidget:
        if not snapshot.folders:
            # Folders of the command line are about to be added: no invitation to choose one.
            return self._blank_page if self._folders_to_add else self.start_page
        without_model = snapshot.model is None and not self._browsing
        return self.models.page if without_model else self.photos_page

    def _set_browsing(self, browsing: bool) -> None:
        """Show the photos without a model, or let the user choose one."""
        self._browsing = browsing
        self.notice.dismiss()
        if self._snapshot is not None:
            self._show_page(self._page_for(self._snapshot))
        self.session.browse(browsing)

    # The session

    def _on_library_opened(self, library: Library) -> None:
        self._thumbnails.set_source(library.thumbnails)
        self.examples.set_library(library)
        self.session.runs.without_model = self._browsing
        self.mains_action.setChecked(library.choices.only_on_mains)
        self.session.read_snapshot()
        self.search.show(Everything())

    def _on_opening_failed(self, error: InPhotosError) -> None:
        self.error_page.show_error(error)
        self._show_page(self.error_page)

    def _on_snapshot_read(self, snapshot: Snapshot) -> None:
        before, self._snapshot = self._snapshot, snapshot
        self._failures_seen = 0
        self.footer.set_library(snapshot.photos, len(snapshot.folders))
        self.footer.set_failures(len(snapshot.failures))
        self._show_page(self._page_for(snapshot))
        if before is None:
            self._take_up_model(snapshot)
            self._begin_indexing()
        elif before.model != snapshot.model:
            self._take_up_model(snapshot)
            self.search.show(self.search.query)
        else:
            self.search.refresh_soon()

    def _begin_indexing(self) -> None:
        folders, self._folders_to_add = self._folders_to_add, ()
        if folders:
            self.session.add_folders(folders)
        else:
            self.session.index()

    def _take_up_model(self, snapshot: Snapshot) -> None:
        model = snapshot.model
        self.search_bar.set_ability(ability_of(model))
        self.photo_actions.can_compare = model is not None
        self.photos_page.set_examples_shown(self._demo and ability_of(model) == "words")
        self.footer.set_note(note_on(model))
        if not can_answer(self.search.query, model):
            self.search_bar.set_text("")
            self.search.query = asked("", examples_of(self.search.query))

    def _on_photo_failed(self) -> None:
        self._failures_seen += 1
        known = len(self._snapshot.failures) if self._snapshot else 0
        self.footer.set_failures(known + self._failures_seen)

    def _on_indexed(self, job: Job, summary: IndexSummary) -> None:
        self.footer.show_outcome(wording.outcome(summary, job.new, job.failed))

    def _on_sight_changed(self, photo_ids: tuple[int, ...]) -> None:
        self.session.runs.looked_at = photo_ids

    # Searching

    def _on_answered(self) -> None:
        if self._search_trouble:
            self._search_trouble = False
            self.notice.dismiss()
        if self._answered_before or self._snapshot is None or not self._snapshot.photos:
            return
        self._answered_before = True
        model = self._snapshot.model
        former = Words(self._query_to_restore)
        if former.text and not self.search_bar.text() and can_answer(former, model):
            self.search_for(former.text)
        if model is not None and model.has_text:
            # Photos first, which is quick; the model, which takes seconds, after them.
            self.session.load_encoder()

    def _on_search_failed(self, error: InPhotosError) -> None:
        self._search_trouble = True
        if isinstance(error, ModelError) and self._snapshot and self._snapshot.model is None:
            self._ask_for_model(self.tr("Words need a model that understands pictures."))
        else:
            self.tell(error)

    def _ask_for_model(self, why: str) -> None:
        choose = self.tr("Choose a Model…")
        self.notice.tell(why, choose, lambda: self._set_browsing(False), sign="info")

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        text = event.text()
        command = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier
        )
        if text.strip() and text.isprintable() and not command and self.search_bar.isVisible():
            self.search_bar.type(text)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent | None) -> None:
        if not self._closed:
            self._closed = True
            if self.session.library is not None:
                self._save_state()
            # Gone for the user at once; the photos in hand are finished behind the curtain.
            self.hide()
            self.session.close()
            self._tasks.close()
            self._thumbnails.close()
        super().closeEvent(event)
