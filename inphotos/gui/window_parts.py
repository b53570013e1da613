"""The parts of the window, made and put in their places."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QMainWindow, QVBoxLayout

from inphotos.gui.alike_actions import AlikeActions
from inphotos.gui.applications_menu import ApplicationsMenu
from inphotos.gui.arranging import Arranging
from inphotos.gui.backing_up import BackupActions
from inphotos.gui.busy_sign import BusySign
from inphotos.gui.crash.notices import CrashNotices
from inphotos.gui.drop_hint import DropHint
from inphotos.gui.files.commands import FileCommands
from inphotos.gui.first_steps import FirstSteps
from inphotos.gui.folder_actions import FolderActions
from inphotos.gui.footer import Footer
from inphotos.gui.footer_news import FooterNews
from inphotos.gui.grid.model import GridModel
from inphotos.gui.grid.thumbnails import Thumbnails
from inphotos.gui.grid.view import GridView
from inphotos.gui.info.information import Information
from inphotos.gui.keyboard.actions import KeyboardHelp
from inphotos.gui.library_notices import LibraryNotices
from inphotos.gui.marks.actions import MarkActions
from inphotos.gui.marks.box import MarksBox
from inphotos.gui.memory import SearchMemory
from inphotos.gui.model_choice import ModelChoice
from inphotos.gui.notice import NoticeBar
from inphotos.gui.pages.error import ErrorPage
from inphotos.gui.pages.photos import PhotosPage
from inphotos.gui.pages.start import StartPage
from inphotos.gui.paging import Paging
from inphotos.gui.photo_actions import PhotoActions
from inphotos.gui.photo_commands import PhotoCommands
from inphotos.gui.photo_search import PhotoSearch
from inphotos.gui.preferences import PreferenceBook
from inphotos.gui.repairing import Repairing
from inphotos.gui.search_bar import SearchBar
from inphotos.gui.selection_bar import SelectionBar
from inphotos.gui.session import Session
from inphotos.gui.settings_dialog.actions import SettingsActions
from inphotos.gui.strictness import Strictness
from inphotos.gui.tasks import Tasks
from inphotos.gui.undo import UndoHistory
from inphotos.gui.viewer.viewing import Viewing
from inphotos.gui.window_dialogs import WindowDialogs
from inphotos.gui.window_state import WindowState
from inphotos.gui.zoom_slider import ZoomSlider


class WindowParts(QMainWindow):
    """What a window for one library is made of; :class:`MainWindow` makes it work together.

    Attributes:
        session: the library and the threads that work on it.
        search_bar, notice, footer, grid: the parts around and in the pages.
        crashes: tells of what went wrong in InPhotos itself.
        search: what the grid shows.
        busy_sign: tells that the answer is still to come.
        first_steps: what helps a new user.
        arranging: in which order and groups.
        models: the choice of the model.
        preferences: what the user has chosen for the window.
        commands: what can be done with photos; ``photo_actions`` carries some of it out.
        selection_bar: what stands above the grid while photos are selected.
        undo: what can be taken back.
        files: copies, the trash, other programs.
        marks: favourites, ratings and tags; ``marks_box`` shows them in the panel ``info``.
        keyboard: every key, and the cheat sheet.
        settings: the dialog with all that can be chosen.
        start_page, photos_page, error_page: the pages.
        pages: shows one of them.
        repairing: repairs a damaged library.
        folders: what can be done with folders.
        viewing: opens photos in the ``viewer``, and fills the screen.
        applications_menu: puts InPhotos into the desktop's menu.
        alike: what can be done about photos that are alike.
        dialogs: what stays open beside the window.
        info: the panel with what is known of the chosen photos.
        backing_up: backups of what nobody could make again.
        memory: history, saved searches in the sidebar, back and forward.
    """

    def __init__(self, library_directory: Path) -> None:
        """Make the parts for the library in a directory, which is not opened here."""
        super().__init__()
        self._state = WindowState.load(library_directory)
        self.preferences = PreferenceBook(library_directory, self)
        self.commands = PhotoCommands(self)
        self.undo = UndoHistory(self)
        self.keyboard = KeyboardHelp(self, self.commands, self.preferences)
        self.session = Session(self)
        self._tasks = Tasks(self)
        self._thumbnails = Thumbnails(self)
        self.notice = NoticeBar()
        self.crashes = CrashNotices(self.notice, self._tasks, self)
        self.search_bar = SearchBar()
        self.footer = Footer()
        grid_model = GridModel(self)
        self.grid = GridView(grid_model, self._thumbnails)
        self.photo_actions = PhotoActions(self.commands, self._tasks, self)
        self.files = FileCommands(
            self.commands, self.session, self._tasks, self.undo, self.notice, self.footer, self
        )
        self.files.exporting.folder = self._state.export_folder
        self.models = ModelChoice(self.session, self._tasks, self.notice, self)
        self.start_page = StartPage()
        self.photos_page = PhotosPage(self.grid)
        self.selection_bar = SelectionBar(self.grid, self.commands)
        self.photos_page.set_selection_bar(self.selection_bar)
        self.footer.set_zoom(ZoomSlider(self.grid))
        self.photos_page.add_banner(self.models.card)
        self.error_page = ErrorPage()
        self.repairing = Repairing(library_directory, self.notice, self)
        self.pages = Paging(self.start_page, self.photos_page, self.error_page, self.repairing.page)
        self.search = PhotoSearch(self.session, self.photos_page, self.grid, grid_model)
        self.search.browsing = self._state.all_photos
        self.search.searching = self._state.found_photos
        self.busy_sign = BusySign(self.session, self.search, self.search_bar)
        self.first_steps = FirstSteps(
            self.session, self._tasks, self.start_page, self.photos_page, self.search
        )
        self.arranging = Arranging(self.search, self.photos_page)
        self.marks = MarkActions(
            self.session, self.commands, self.search, self.notice, self.undo, self._tasks, self
        )
        self._strictness = Strictness(self.session, self.search, self.photos_page.match_line)
        self.folders = FolderActions(self.session, self)
        self.dialogs = WindowDialogs(self.session, self._tasks, self.photo_actions, self)
        self.info = Information(
            self.session, self.search, self._thumbnails, self.photo_actions, self
        )
        self.marks_box = MarksBox(self.marks)
        self.info.add_section(self.marks_box)
        self.memory = SearchMemory(
            self.session,
            self.search,
            self.search_bar,
            self.grid,
            self.notice,
            self._tasks,
            self.folders,
            self,
        )
        self.alike = AlikeActions(
            self.session, self.search, self.search_bar, self.grid, self.photo_actions, self
        )
        self.backing_up = BackupActions(self.session, self._tasks, self.notice, self.undo, self)
        self.memory.saved.changed.connect(self.backing_up.keep_soon)
        self._footer_news = FooterNews(self.session, self.footer)
        self._notices = LibraryNotices(self.session, self.notice, self)
        self._drop_hint = DropHint(self, self._tasks, self.search_bar)
        self.applications_menu = ApplicationsMenu(self._tasks, self.notice, self)
        self.mains_action = QAction(self.tr("Index Only on Mains Power"), self)
        self.mains_action.setCheckable(True)
        self.mains_action.triggered.connect(self.session.index_only_on_mains)
        self.settings = SettingsActions(self, self._tasks)
        self.viewing = Viewing(
            self.grid,
            grid_model,
            self.search,
            self.commands,
            self.photo_actions,
            self.preferences,
            self.notice,
            self,
        )
        self.viewer = self.viewing.viewer
        self.viewer.marks_of = self.marks.marks_of
        self._lay_out()

    def _lay_out(self) -> None:
        self.pages.serve(self.search_bar, self.memory, self.footer)
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.search_bar)
        layout.addWidget(self.notice)
        layout.addWidget(self.memory.beside(self.pages), 1)
        self.info.beside(self.memory.splitter, self.pages)
        self.viewing.set_information(self.info)
        self.search_bar.add_button_behind(self.info.button())
        layout.addWidget(self.files.exporting.bar)
        layout.addWidget(self.footer)
        self.setCentralWidget(self.viewing.over(layout))
