"""The window: which page it shows, and how its parts work together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QCloseEvent, QKeyEvent
from PyQt6.QtWidgets import QPushButton

from inphotos.errors import InPhotosError, ModelError
from inphotos.gui.ability import ability_of, can_answer, note_on
from inphotos.gui.examples import Examples
from inphotos.gui.menus import add_menus, add_shortcuts
from inphotos.gui.pages.photos import DEMO_QUERIES
from inphotos.gui.preferences import Preferences
from inphotos.gui.queries import Everything, Words, asked, examples_of
from inphotos.gui.sentences import said
from inphotos.gui.style import Appearance
from inphotos.gui.typing_ahead import TypingAhead
from inphotos.gui.visits import Visits
from inphotos.gui.window_parts import WindowParts
from inphotos.gui.window_state import WindowState, read_examples, written_examples
from inphotos.gui.workers.reporting import UnexpectedError
from inphotos.gui.workers.search import Snapshot
from inphotos.handover import Visit

if TYPE_CHECKING:
    from inphotos.library import Library


_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MainWindow(WindowParts):
    """One library in one window.

    Attributes:
        examples: the photos that are searched with.
        visits: what InPhotos was started with, also again while the window is open.
    """

    def __init__(
        self,
        library_directory: Path,
        appearance: Appearance,
        *,
        model: str | None = None,
        folders: Sequence[Path] = (),
        photos: Sequence[Path] = (),
        demo: bool = False,
    ) -> None:
        """Build the window; :meth:`open_library` sets it to work.

        Args:
            library_directory: the library's directory.
            appearance: the application's look.
            model: name or path of the model to use this time, None for the library's own.
            folders: folders to add once the library is open.
            photos: photos to search with as soon as that can be done.
            demo: the window shows the bundled pictures and offers queries to try.
        """
        super().__init__(library_directory)
        self._directory = library_directory
        self._appearance = appearance
        self._model = model
        self._folders_to_add = tuple(folders)
        self._demo = demo
        self._closed = False
        self._snapshot: Snapshot | None = None
        self._answered_before = False
        self._search_trouble = ""
        self.examples = Examples(
            self.search,
            self.search_bar,
            self.notice,
            self._tasks,
            self.undo,
            self._can_compare,
            self,
        )
        self.visits = Visits(
            library_directory, self.session, self.examples, self.notice, self._tasks, self
        )
        self.visits.begin(Visit(tuple(folders), tuple(photos)))
        self.setWindowTitle(self.tr("InPhotos demo") if demo else "InPhotos")
        if demo:
            self.first_steps.offer(DEMO_QUERIES)
        self.preferences.changed.connect(self._on_preferences_changed)
        self._on_preferences_changed(self.preferences.values)
        add_menus(self)
        self.viewing.take_up_menus()
        add_shortcuts(self)
        self.keyboard.book.take_up()
        self._connect_session()
        self._connect_parts()
        self._restore()

    def open_library(self) -> None:
        """Open the library; the window shows what it holds, or why it cannot be opened."""
        if not self.pages.shows_photos:
            self.pages.show_blank()
            self.first_steps.look_for_pictures()
        self.session.open(self._directory, self._model)

    def tell(self, error: InPhotosError) -> None:
        """Tell of something that went wrong."""
        if isinstance(error, UnexpectedError):
            self.crashes.tell(error)
        else:
            self.notice.tell(said(error))

    def _connect_session(self) -> None:
        session = self.session
        session.library_opened.connect(self._on_library_opened)
        session.opening_failed.connect(self._on_opening_failed)
        session.snapshot_read.connect(self._on_snapshot_read)
        session.runs.stopped.connect(session.read_snapshot)
        session.photos_changed.connect(self.search.refresh)
        session.failed.connect(self.tell)

    def _connect_parts(self) -> None:
        self._tasks.failed.connect(self.tell)
        self.backing_up.restored.connect(self._on_restored)
        self.error_page.retry_wanted.connect(self.open_library)
        self.error_page.retry_due.connect(self._on_retry_due)
        self.error_page.quit_wanted.connect(self.close)
        self.repairing.serve(self.open_library)
        self.repairing.page.quit_wanted.connect(self.close)
        self.visits.settled_elsewhere.connect(self.close)
        self.start_page.folder_wanted.connect(self.folders.choose)
        self.photos_page.folder_wanted.connect(self.folders.choose)
        self.models.card_toggled.connect(self._on_model_card_toggled)
        self.models.card.put_off.connect(self.focus_search)
        self.search_bar.model_wanted.connect(self.models.show_card)
        self.photos_page.everything_wanted.connect(self.show_everything)
        self.photos_page.example_chosen.connect(self.search_for)
        self.search_bar.left_downwards.connect(self.grid.enter)
        self.search.answered.connect(self._on_answered)
        self.search.understood.connect(self.search_bar.show_parts)
        self.search.failed.connect(self._on_search_failed)
        self.search.recovered.connect(self._on_search_recovered)
        self.grid.sight_changed.connect(self._on_sight_changed)
        self.photo_actions.serve(self.grid)
        self.commands.add_source(self.grid, self.grid.chosen_results)
        self.marks.serve(self.grid)
        self._typing = TypingAhead(self.grid, self.search_bar)
        own = (self.search_bar.key_hints, self.grid.key_hints, self.marks.key_hints)
        for hints in (*own, *self.viewing.key_hints()):
            self.keyboard.book.add_hints(hints)
        self.grid.left_upwards.connect(self.focus_search)
        self.grid.current_changed.connect(self._show_information)
        self.grid.selection_changed.connect(self._show_information)
        self.viewer.left.connect(self._show_information)
        self.marks.changed.connect(self.viewer.show_marks)
        self.marks.changed.connect(self.selection_bar.offer_soon)
        self.files.trashing.gone.connect(self.viewer.leave_out)
        self.files.trashing.back.connect(self.viewer.take_in)
        self.info.photos_shown.connect(self.marks_box.show_photos)
        for wanted in (self.info.query_wanted, self.marks_box.query_wanted):
            wanted.connect(self.search_for)
        self.photo_actions.told.connect(self.notice.tell)
        self.footer.failures_wanted.connect(self.dialogs.show_failures)
        self.memory.facets.failures_wanted.connect(self.dialogs.show_failures)
        self._drop_hint.folders_dropped.connect(self.session.add_folders)
        self.examples.serve(self.photo_actions, self._drop_hint)

    def _restore(self) -> None:
        self.resize(1080, 760)
        self.restoreGeometry(self._state.geometry)
        # Where it was closed so: desktops leave the full screen a moment after they are asked to.
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowFullScreen)
        self.grid.tile_size = self._state.tile_size
        state = self._state
        self.memory.restore_sidebar(state.sidebar, state.sidebar_width, state.folded_sections)
        self.info.place.restore(state.info, state.info_in_viewer, state.info_width)
        self.models.put_off, self.models.wanted = state.model_put_off, state.model_wanted
        if state.photos:
            self.pages.show_photos()  # the library is there in a moment, and had some
        else:
            self.pages.show_blank()

    def _save_state(self) -> None:
        query = self.search.query
        WindowState(
            geometry=self.saveGeometry(),
            query=query.text if isinstance(query, Words) else "",
            examples=written_examples(examples_of(query)),
            photos=self._snapshot is not None and bool(self._snapshot.folders),
            tile_size=self.grid.tile_size,
            model_put_off=self.models.put_off,
            model_wanted=self.models.wanted,
            sidebar=self.memory.sidebar_action.isChecked(),
            sidebar_width=self.memory.sidebar.preferred_width,
            info=self.info.place.wanted,
            info_in_viewer=self.info.place.wanted_in_viewer,
            info_width=self.info.place.width,
            export_folder=self.files.exporting.folder,
            folded_sections=" ".join(sorted(self.memory.sidebar.folded)),
            all_photos=self.search.browsing,
            found_photos=self.search.searching,
        ).save(self._directory)

    def signs_of_use(self) -> object:
        """Return a value that is another when the user has typed, scrolled or walked on."""
        bar = self.grid.verticalScrollBar()
        return (
            self.search_bar.field.text(),
            self.search_bar.field.cursorPosition(),
            0 if bar is None else bar.value(),
            self.grid.currentIndex().row(),
            self.viewer.chosen(),
        )

    # What the user can do

    def search_for(self, text: str) -> None:
        """Put words into the search field and show the photos that they describe."""
        self.search_bar.set_text(text)
        self.examples.show_text(text)

    def show_everything(self) -> None:
        """Leave a search and show all photos."""
        if self.search_bar.field.text() or not isinstance(self.search.query, Everything):
            self.examples.clear()

    def step_back(self) -> None:
        """Select nothing, or, where nothing was selected, leave a search."""
        if not self.grid.clear_selection():
            self.show_everything()

    def focus_search(self) -> None:
        """Put the cursor into the search field, ready to be typed over."""
        self.viewing.leave()
        self.search_bar.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search_bar.field.selectAll()

    def _show_information(self) -> None:
        self.info.show_photos(self.commands.chosen())

    def _can_compare(self) -> bool:
        if self._snapshot is None or self._snapshot.model is not None:
            return True
        self._ask_for_model(
            self.tr("Finding similar photos needs a model that understands pictures.")
        )
        return False

    def _on_preferences_changed(self, preferences: Preferences) -> None:
        self._appearance.choose(preferences.appearance)
        self.grid.set_show_scores(preferences.show_scores)

    # Pages

    def _show_library(self, snapshot: Snapshot) -> None:
        # Folders of the command line are about to be added: no invitation to choose one.
        self.pages.show_library(snapshot, folders_come=bool(self._folders_to_add))

    # The session

    def _on_library_opened(self, library: Library) -> None:
        self._thumbnails.set_source(library.thumbnails)
        self.viewing.set_library(library)
        self.examples.set_library(library)
        self.mains_action.setChecked(library.choices.only_on_mains)
        self.session.read_snapshot()
        self.crashes.look_back()
        # What the user has typed by now, if anything.
        self.search.show(self.search.query)

    def _on_restored(self, library: Library) -> None:
        choices, runs = library.choices, self.session.runs
        runs.only_on_mains, runs.gentle = choices.only_on_mains, choices.gentle
        self.mains_action.setChecked(choices.only_on_mains)
        self.alike.show_choice(library)
        self.memory.saved.changed.emit()
        self.session.marks_changed.emit()
        self.marks.changed.emit()
        self.search.show(self.search.query)

    def _on_retry_due(self) -> None:
        if not self._closed:
            self.session.open(self._directory, self._model)  # the page stays until that went well

    def _on_opening_failed(self, error: InPhotosError) -> None:
        self.visits.yield_to_other(error, partial(self.pages.show_error, error))

    def _on_snapshot_read(self, snapshot: Snapshot) -> None:
        before, self._snapshot = self._snapshot, snapshot
        self._show_library(snapshot)
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
        self.footer.set_note(note_on(model))
        if not can_answer(self.search.query, model):
            self.search_bar.set_text("")
            self.search.query = asked("", examples_of(self.search.query))

    def _on_model_card_toggled(self, shown: bool) -> None:
        lacking = self._snapshot is not None and self._snapshot.model is None
        self.search_bar.model_button.setVisible(lacking and not shown)

    def _on_sight_changed(self, photo_ids: tuple[int, ...]) -> None:
        self.session.runs.looked_at = photo_ids

    # Searching

    def _on_answered(self) -> None:
        if self._answered_before or self._snapshot is None or not self._snapshot.photos:
            return
        self._answered_before = True
        model = self._snapshot.model
        self._restore_query(self._snapshot)
        if model is not None and model.has_text:
            # Photos first, which is quick; the model, which takes seconds, after them.
            self.session.load_encoder()

    def _restore_query(self, snapshot: Snapshot) -> None:
        """Search again for what was searched for last, unless the user has gone on."""
        former = asked(self._state.query, read_examples(self._state.examples))
        gone_on = self.search_bar.text() or self.visits.has_photos or self.examples.examples
        if former != Everything() and not gone_on and can_answer(former, snapshot.model):
            self.search_bar.set_text(self._state.query)
            self.search.show(former)

    def _on_search_failed(self, error: InPhotosError) -> None:
        if isinstance(error, ModelError) and self._snapshot and self._snapshot.model is None:
            self._ask_for_model(self.tr("Words need a model that understands pictures."))
        else:
            self.tell(error)
        self._search_trouble = self.notice.text

    def _on_search_recovered(self) -> None:
        self.notice.withdraw(self._search_trouble)

    def _ask_for_model(self, why: str) -> None:
        choose = self.tr("Choose a Model…")
        self.notice.tell(why, choose, self.models.show_card, sign="info")

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        text = event.text()
        command = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier
        )
        if text.strip() and text.isprintable() and not command and self.search_bar.isVisible():
            self.search_bar.type(text)
        elif event.key() in _ENTER and isinstance(focused := self.focusWidget(), QPushButton):
            focused.click()  # of itself Qt does so in dialogs only
        elif not self.keyboard.book.answer(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent | None) -> None:
        if not self._closed:
            self._closed = True
            self.viewing.set_full_screen(False)
            if self.session.library is not None:
                self._save_state()
            # Gone for the user at once; the photos in hand are finished behind the curtain.
            self.hide()
            self.files.close()
            self.visits.close()
            self.repairing.close()
            self.session.close()
            self._tasks.close()
            self._thumbnails.close()
            self.viewing.close()
        super().closeEvent(event)
