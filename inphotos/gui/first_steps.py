"""What helps a new user from the first start to the first result."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QStandardPaths

from inphotos.gui.ability import ability_of
from inphotos.gui.pages.photos import PhotosPage
from inphotos.gui.pages.start import StartPage
from inphotos.gui.photo_search import PhotoSearch
from inphotos.gui.queries import Everything
from inphotos.gui.session import Session
from inphotos.gui.tasks import Tasks
from inphotos.photos.counting import count_photos

if TYPE_CHECKING:
    from inphotos.encoders.base import Model
    from inphotos.gui.workers.search import Snapshot
    from inphotos.library import Library

#: Photos in the folder for pictures that are counted, and how long that may take.
MOST_COUNTED = 10_000
_SECONDS = 2.0

#: So many queries are offered, until the user has searched so often.
QUERIES = 3
SEARCHES = 3


class FirstSteps(QObject):
    """Offers the folder for pictures, and queries to click that find something in these photos."""

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        start: StartPage,
        photos: PhotosPage,
        search: PhotoSearch,
    ) -> None:
        super().__init__(start)
        self._session = session
        self._tasks = tasks
        self._start = start
        self._photos = photos
        self._search = search
        self._fixed = False
        self._chosen_for: tuple[Model | None, bool] = None, False
        start.pictures_wanted.connect(lambda folder: session.add_folders([folder]))
        session.snapshot_read.connect(self._on_snapshot_read)
        session.indexed.connect(self._choose)
        search.answered.connect(self._update)

    def look_for_pictures(self) -> None:
        """Look whether there is something to offer in the user's folder for pictures."""
        location = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        folder = Path(location)
        # Where a desktop has no such folder, it names the home directory.
        if location and folder != Path.home():
            self._tasks.run(
                partial(count_photos, folder, MOST_COUNTED, _SECONDS),
                lambda counted: self._start.offer_pictures(folder, counted[0], whole=counted[1]),
            )

    def offer(self, queries: tuple[str, ...]) -> None:
        """Offer these queries from now on, however often the user searches."""
        self._fixed = True
        self._photos.set_examples(queries)

    def _on_snapshot_read(self, snapshot: Snapshot) -> None:
        before, now = self._chosen_for, (snapshot.model, bool(snapshot.photos))
        if before != now:
            self._chosen_for = now
            self._choose()
        self._update()

    def _choose(self) -> None:
        """Choose queries by what is known of the photos now."""
        if self._is_wanted and not self._fixed:
            self._session.ask(_queries, self._on_queries, on_error=lambda _: None)

    def _on_queries(self, queries: tuple[str, ...]) -> None:
        if not self._fixed:
            self._photos.set_examples(queries)
        self._update()

    @property
    def _is_wanted(self) -> bool:
        """Whether there is a model that understands words, and a user who has hardly searched."""
        library, snapshot = self._session.library, self._session.snapshot
        if library is None or snapshot is None or not snapshot.photos:
            return False
        new = self._fixed or len(library.history.texts) < SEARCHES
        return new and ability_of(snapshot.model) == "words"

    def _update(self) -> None:
        searching = not self._fixed and not isinstance(self._search.query, Everything)
        self._photos.set_examples_shown(self._is_wanted and not searching)


def _queries(library: Library) -> tuple[str, ...]:
    return library.suggestions(QUERIES)
