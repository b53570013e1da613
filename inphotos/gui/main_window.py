"""The window: which page it shows, and how its parts work together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QCloseEvent, QKeyEvent
from PyQt6.QtWidgets import (
    QDialog,
    QFileDialog,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from inphotos.encoders.specs import DEMO
from inphotos.errors import InPhotosError, display_path
from inphotos.events import IndexSummary
from inphotos.gui.dialogs.about import AboutDialog
from inphotos.gui.dialogs.failures import FailuresDialog
from inphotos.gui.dialogs.folders import FoldersDialog
from inphotos.gui.drop_hint import DropHint
from inphotos.gui.footer import Footer
from inphotos.gui.grid.model import GridModel
from inphotos.gui.grid.thumbnails import Thumbnails
from inphotos.gui.grid.view import GridView
from inphotos.gui.menus import add_menus, add_shortcuts
from inphotos.gui.model_choice import ModelChoice
from inphotos.gui.notice import NoticeBar
from inphotos.gui.pages.error import ErrorPage
from inphotos.gui.pages.photos import DEMO_QUERIES, PhotosPage
from inphotos.gui.pages.start import StartPage
from inphotos.gui.photo_actions import PhotoActions
from inphotos.gui.photo_search import PhotoSearch
from inphotos.gui.queries import Everything, Like, Words
from inphotos.gui.search_bar import SearchBar
from inphotos.gui.session import Session
from inphotos.gui.style import Appearance
from inphotos.gui.tasks import Tasks
from inphotos.gui.window_state import WindowState
from inphotos.gui.workers.search import Snapshot
from inphotos.library import Library


class MainWindow(QMainWindow):
    """One library in one window.

    Attributes:
        session: the library and the threads that work on it.
        search_bar, notice, footer, grid: the parts around and in the pages.
        search: what the grid shows.
        models: the choice of the model.
        photo_actions: what can be done with a photo.
        start_page, photos_page, error_page: the pages; ``models.page`` is one more.
        folders_dialog, failures_dialog: made once, shown when wanted.
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
        self.folders_dialog = FoldersDialog(self)
        self.failures_dialog = FailuresDialog(self)
        self._lay_out()
        self._drop_hint = DropHint(self, self._tasks)
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
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.footer)
        self.setCentralWidget(central)
        if self._demo:
            self.photos_page.set_examples(DEMO_QUERIES)

    def _connect_session(self) -> None:
        session = self.session
        session.library_opened.connect(self._on_library_opened)
        session.opening_failed.connect(self._on_opening_failed)
        session.snapshot_read.connect(self._on_snapshot_read)
        session.indexing_changed.connect(self.footer.set_indexing)
        session.progressed.connect(self.footer.show_progress)
        session.photo_failed.connect(self._on_photo_failed)
        session.indexing_finished.connect(self._on_indexing_finished)
        session.indexing_stopped.connect(self._on_indexing_stopped)
        session.failed.connect(self.tell)

    def _connect_parts(self) -> None:
        self._tasks.failed.connect(self.tell)
        self.error_page.retry_wanted.connect(self.open_library)
        self.error_page.quit_wanted.connect(self.close)
        self.start_page.folder_wanted.connect(self.choose_folder)
        self.photos_page.folder_wanted.connect(self.choose_folder)
        self.photos_page.everything_wanted.connect(self.show_everything)
        self.photos_page.example_chosen.connect(self.search_for)
        self.search_bar.searched.connect(self._on_searched)
        self.search_bar.left_downwards.connect(self.grid.enter)
        self.search.answered.connect(self._on_answered)
        self.search.failed.connect(self._on_search_failed)
        self.grid.photo_opened.connect(lambda result: self.photo_actions.open(result.path))
        self.grid.menu_wanted.connect(self.photo_actions.show_menu)
        self.grid.left_upwards.connect(self.focus_search)
        self.photo_actions.similar_wanted.connect(self.find_similar)
        self.photo_actions.told.connect(self.notice.tell)
        self.footer.paused.connect(self.session.pause_indexing)
        self.footer.resumed.connect(self.session.resume_indexing)
        self.footer.stopped.connect(self.session.stop_indexing)
        self.footer.failures_wanted.connect(self.show_failures)
        self.folders_dialog.add_wanted.connect(self.choose_folder)
        self.folders_dialog.remove_wanted.connect(self.session.forget_folder)
        self.failures_dialog.show_wanted.connect(self.photo_actions.show_in_file_manager)
        self._drop_hint.folders_dropped.connect(self.session.add_folders)
        self._drop_hint.photo_dropped.connect(self.find_similar)

    def _restore(self) -> None:
        self.resize(1080, 760)
        self.restoreGeometry(self._state.geometry)
        self.grid.tile_size = self._state.tile_size
        self._show_page(self._blank_page)

    def _save_state(self) -> None:
        query = self.search.query
        WindowState(
            geometry=self.saveGeometry(),
            query=query.text if isinstance(query, Words) else "",
            appearance=self._appearance.choice,
            tile_size=self.grid.tile_size,
        ).save(self._directory)

    # What the user can do

    def choose_folder(self) -> None:
        """Let the user choose a folder and add it to the library."""
        if self.session.library is None:
            return
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Choose a folder with photos"), str(Path.home())
        )
        if chosen:
            self.session.add_folders([Path(chosen)])

    def find_similar(self, photo: Path) -> None:
        """Show photos like this one, which need not be in the library."""
        self.search_bar.set_text("")
        self.search.show(Like(photo))

    def search_for(self, text: str) -> None:
        """Put words into the search field and show the photos that they describe."""
        self.search_bar.set_text(text)
        self._on_searched(text)

    def show_everything(self) -> None:
        """Leave a search and show all photos."""
        if self.search_bar.field.text() or not isinstance(self.search.query, Everything):
            self.search_for("")

    def focus_search(self) -> None:
        """Put the cursor into the search field, ready to be typed over."""
        self.search_bar.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search_bar.field.selectAll()

    def show_folders(self) -> None:
        """Show the folders of the library."""
        self._show_dialog(self.folders_dialog)

    def show_failures(self) -> None:
        """Show the photos that could not be read."""
        self._show_dialog(self.failures_dialog)

    def show_about(self) -> None:
        """Show version and licence."""
        dialog = AboutDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _show_dialog(self, dialog: QDialog) -> None:
        self.session.read_snapshot()
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    # Pages

    def _show_page(self, page: QWidget) -> None:
        searchable = page is self.photos_page
        came = searchable and self._pages.currentWidget() is not page
        self._pages.setCurrentWidget(page)
        self.search_bar.setVisible(searchable)
        self.footer.setVisible(searchable)
        if came:
            self.search_bar.setFocus()
        elif page is self.start_page:
            self.start_page.folder_button.setFocus()

    def _page_for(self, snapshot: Snapshot) -> QWidget:
        if not snapshot.folders:
            # Folders of the command line are about to be added: no invitation to choose one.
            return self._blank_page if self._folders_to_add else self.start_page
        return self.models.page if snapshot.model is None else self.photos_page

    # The session

    def _on_library_opened(self, library: Library) -> None:
        self._thumbnails.set_source(library.thumbnail_path)
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
        self.failures_dialog.show_failures(snapshot.failures)
        self.folders_dialog.show_folders(snapshot.folders)
        self._show_page(self._page_for(snapshot))
        if before is None:
            self._take_up_model(snapshot)
            self._begin_indexing()
        elif before.model != snapshot.model:
            self._take_up_model(snapshot)
            words = isinstance(self.search.query, Words)
            self.search.show(Words(self.search_bar.text()) if words else self.search.query)
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
        understands_words = model is None or model.has_text
        self.search_bar.set_text_support(understands_words)
        self.photos_page.set_examples_shown(self._demo and understands_words)
        note = ""
        if model is not None and model.name == DEMO:
            note = self.tr("Demo model: knows drawn scenes only")
        elif model is not None and not model.has_text:
            note = self.tr("{name} compares photos only").format(name=Path(model.name).name)
        self.footer.set_note(note)
        if not understands_words and isinstance(self.search.query, Words):
            self.search_bar.set_text("")
            self.search.query = Everything()

    def _on_photo_failed(self) -> None:
        self._failures_seen += 1
        known = len(self._snapshot.failures) if self._snapshot else 0
        self.footer.set_failures(known + self._failures_seen)

    def _on_indexing_finished(self, summary: IndexSummary) -> None:
        self.session.read_snapshot()
        if summary.offline:
            names = ", ".join(display_path(path) for path in summary.offline)
            told = self.tr("Not reachable now: {names}. Its photos stay in the library.")
            self.notice.tell(told.format(names=names), self.tr("Try Again"), self.session.index)

    def _on_indexing_stopped(self) -> None:
        self.session.read_snapshot()
        self.notice.tell(
            self.tr("Indexing is stopped. The photos read so far can be searched."),
            self.tr("Go On"),
            self.session.index,
            sign="info",
        )

    # Searching

    def _on_searched(self, text: str) -> None:
        self.search.show(Words(text) if text else Everything())

    def _on_answered(self) -> None:
        if self._search_trouble:
            self._search_trouble = False
            self.notice.dismiss()
        if self._answered_before or self._snapshot is None or not self._snapshot.photos:
            return
        self._answered_before = True
        model = self._snapshot.model
        if model is not None and model.has_text:
            # Photos first, which is quick; the model, which takes seconds, after them.
            if self._query_to_restore and not self.search_bar.text():
                self.search_for(self._query_to_restore)
            else:
                self.session.load_encoder()

    def _on_search_failed(self, error: InPhotosError) -> None:
        self._search_trouble = True
        self.tell(error)

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
