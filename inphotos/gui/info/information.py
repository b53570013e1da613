"""Keeps the information panel up with the photos that are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PyQt6.QtCore import QLocale, QObject, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QAction, QGuiApplication, QKeySequence
from PyQt6.QtWidgets import QSplitter, QToolButton, QWidget

from inphotos.errors import InPhotosError
from inphotos.gui.date_reading import DateReading
from inphotos.gui.grid.thumbnails import Thumbnails
from inphotos.gui.icons import icon
from inphotos.gui.info.panel import InfoPanel
from inphotos.gui.info.place import PanelPlace
from inphotos.gui.info.similar import MOST
from inphotos.gui.paging import Paging
from inphotos.gui.photo_actions import INFO_KEYS, PhotoActions
from inphotos.gui.photo_facts import facts
from inphotos.gui.photo_search import PhotoSearch
from inphotos.gui.queries import Query, Words
from inphotos.gui.session import Session
from inphotos.gui.timers import single_shot

if TYPE_CHECKING:
    from inphotos.library import Library, PhotoDetails
    from inphotos.search.ranking import Result, Results
    from inphotos.search.summary import Summary
    from inphotos.search.why import Why

#: Who holds an arrow key down sees the first photo and the last.
_REST_MS = 90
#: Photos like one are looked for once the user stays with it.
_STAY_MS = 220
#: What is known of the former photo, and what was similar to it, stay for so long at most, so that
#: nothing flickers in between.
_LATE_MS, _STALE_MS = 160, 600


class Information(QObject):
    """Shows what is known of the current photo, and reads it when the panel is in sight.

    Everything is read in the search thread, one small question after the other, and only for the
    photo that is chosen by then: a search that comes in between waits for one at most.

    Attributes:
        panel: what is on the screen.
        action: shows and hides it.
        photos: those that it is about.

    Signals:
        photos_shown(tuple[Result, ...]): the panel is in sight and about other photos now.
        query_wanted(str): the user wants to see what this finds.
    """

    photos_shown = pyqtSignal(object)
    query_wanted = pyqtSignal(str)

    def __init__(
        self,
        session: Session,
        search: PhotoSearch,
        thumbnails: Thumbnails,
        actions: PhotoActions,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self.photos: tuple[Result, ...] = ()
        self._session = session
        self._search = search
        self._actions = actions
        self._dates = DateReading.of(QLocale.system())
        self._coordinates = ""
        self.panel = InfoPanel(thumbnails)
        self.action = QAction(icon("info"), self.tr("Information"), self)
        self.action.setCheckable(True)
        self.action.setShortcuts([QKeySequence(keys) for keys in INFO_KEYS])
        self.action.triggered.connect(self._on_triggered)
        self._rest = single_shot(self, _REST_MS, self._on_rested)
        self._stay = single_shot(self, _STAY_MS, self._ask_for_similar)
        self._late = single_shot(self, _LATE_MS, self._on_late)
        self._stale = single_shot(self, _STALE_MS, self._on_stale)
        self._shown: tuple[Result, ...] | None = None
        self._begun = True
        actions.details_wanted.connect(self.reveal)
        search.answered.connect(self._on_changed)
        session.snapshot_read.connect(self._on_changed)
        self._connect_panel()

    def beside(self, splitter: QSplitter, pages: Paging) -> None:
        """Put the panel at the right of the pages."""
        self.place = PanelPlace(self.panel, splitter, pages)
        self.place.changed.connect(self._on_place_changed)

    def button(self) -> QToolButton:
        """Return a button that shows and hides the panel."""
        button = QToolButton()
        button.setDefaultAction(self.action)
        button.setIconSize(QSize(18, 18))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(self.tr("Information"))
        button.setToolTip(self.tr("Information on the photo (Ctrl+I)"))
        return button

    def add_section(self, widget: QWidget) -> None:
        """Put a widget at the top of the panel, below the preview; see :attr:`photos_shown`."""
        self.panel.add_section(widget)

    def show_photo(self, result: Result | None) -> None:
        """Be about this photo, or none; the panel shows it if it is in sight."""
        self.show_photos(() if result is None else (result,))

    def show_photos(self, results: Sequence[Result]) -> None:
        """Be about these photos."""
        photos = tuple(results)
        if photos is self.photos or photos == self.photos:
            return  # the same ones: answers under way are still wanted
        self.photos = photos
        # What is under way is about the former photos, also if the user comes back to them.
        self._shown = None
        for timer in (self._stay, self._late, self._stale):
            timer.stop()
        at_once = not self._rest.isActive()
        self._rest.start()
        if at_once:
            self._show()

    def reveal(self, result: Result) -> None:
        """Show the panel, and this photo in it."""
        self.show_photo(result)
        self.place.show()

    # What is shown

    @property
    def _is_seen(self) -> bool:
        return self.panel.isVisible()

    def _show(self) -> None:
        """Show the photos that are chosen, unless they are shown already."""
        if not self._is_seen or self.photos == self._shown:
            return
        self._shown = self.photos
        self._coordinates = ""
        for timer in (self._stay, self._late, self._stale):
            timer.stop()
        if not self.photos:
            self.panel.show_nothing()
        elif len(self.photos) > 1:
            self._show_several()
        else:
            self._begun = False
            for timer in (self._stay, self._late, self._stale):
                timer.start()
            self._ask_for_details()
        self.photos_shown.emit(self.photos)

    def _show_several(self) -> None:
        photos = self.photos
        self.panel.show_several(photos, photos[0])
        ids = [photo.photo_id for photo in photos]
        self._session.ask(
            lambda library: library.sum_up(ids),
            lambda summary: self._show_summary(photos, summary),
            still_wanted=lambda: self.photos is photos,
        )

    def _show_summary(self, photos: tuple[Result, ...], summary: Summary) -> None:
        if self.photos is photos:
            self.panel.show_summary(summary)

    def _begin(self) -> None:
        """Show the photo with what is known of it already, in the place of the former one."""
        self._late.stop()
        if not self._begun:
            self._begun = True
            self.panel.show_photo(self.photos[0])

    def _ask_for_details(self) -> None:
        photos = self.photos
        result, query = photos[0], self._search.shown
        self._session.ask(
            lambda library: _looked_up(library, result, query, self._dates),
            lambda known: self._show_details(photos, *known),
            on_error=lambda error: self._show_trouble(photos, error),
            still_wanted=lambda: self.photos is photos,
        )

    def _show_details(
        self, photos: tuple[Result, ...], details: PhotoDetails, why: Why | None
    ) -> None:
        if self.photos is not photos:
            return
        self._begin()
        self._coordinates = facts(details).coordinates
        self.panel.show_details(details, photos[0].alike)
        self.panel.why.show_why(why)

    def _show_trouble(self, photos: tuple[Result, ...], error: InPhotosError) -> None:
        if self.photos is photos:
            self._begun = False
            self._on_late()
            self.panel.show_trouble(error)
            self.panel.similar.show_photos(())

    def _ask_for_similar(self) -> None:
        photos, snapshot = self.photos, self._session.snapshot
        if len(photos) != 1 or not self._is_seen:
            return
        if snapshot is None or snapshot.model is None:
            self._show_similar(photos, None)
            return
        photo_id = photos[0].photo_id
        self._session.ask(
            lambda library: library.neighbours(photo_id, top=MOST, fold=library.choices.fold),
            lambda found: self._show_similar(photos, found),
            on_error=lambda _: self._show_similar(photos, None),
            still_wanted=lambda: self.photos is photos,
        )

    def _show_similar(self, photos: tuple[Result, ...], found: Results | None) -> None:
        if self.photos is photos:
            self._stale.stop()
            self.panel.similar.show_photos(() if found is None else found.results)

    # What happens around it

    def _on_rested(self) -> None:
        self._show()

    def _on_late(self) -> None:
        self._begin()
        self.panel.why.show_why(None)

    def _on_stale(self) -> None:
        self.panel.similar.show_photos(())

    def _on_changed(self) -> None:
        """Look again: the library may know more, or something else has been searched for."""
        if self._is_seen and len(self.photos) == 1:
            self._ask_for_details()
            self._stay.start()

    def _on_triggered(self, wanted: bool) -> None:
        if wanted:
            self.place.show()
        else:
            self.place.hide()

    def _on_closed(self) -> None:
        self.place.hide()

    def _on_place_changed(self, shown: bool) -> None:
        self.action.setChecked(shown)
        if shown:
            self._shown = None
            self._show()

    def _connect_panel(self) -> None:
        panel = self.panel
        panel.closed.connect(self._on_closed)
        panel.preview.clicked.connect(self._on_preview_clicked)
        panel.similar.opened.connect(self._actions.open_wanted)
        panel.similar.all_wanted.connect(lambda: self._run("similar"))
        panel.facts.alike_wanted.connect(lambda: self._run("alike"))
        panel.facts.file_manager_wanted.connect(lambda: self._run("folder"))
        panel.facts.folder_wanted.connect(self._on_folder_wanted)
        panel.facts.coordinates_wanted.connect(self._on_coordinates_wanted)

    def _run(self, command: str) -> None:
        self._actions.commands.run(command, self.photos[:1])

    def _on_preview_clicked(self) -> None:
        if self.photos:
            self._actions.open_wanted.emit(self.photos[0])

    def _on_folder_wanted(self) -> None:
        if self.photos:
            self.query_wanted.emit(f'folder:"{self.photos[0].path.parent.as_posix()}"')

    def _on_coordinates_wanted(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(self._coordinates)


def _looked_up(
    library: Library, result: Result, query: Query, dates: DateReading
) -> tuple[PhotoDetails, Why | None]:
    """Return what a library knows of a photo, and why it matches a query of words and photos."""
    details = library.details(result.path)
    if not isinstance(query, Words):
        return details, None
    try:
        why = library.why(
            result.photo_id,
            query.text,
            examples=query.examples,
            day_first=dates.day_first,
            southern=dates.southern,
        )
    except InPhotosError:  # the answer to the search itself tells of it
        return details, None
    return details, why
