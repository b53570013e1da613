"""What the user does to mark photos: favourites, stars and tags."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import QMenu, QWidget

from inphotos.errors import InPhotosError, display_path
from inphotos.gui import wording
from inphotos.gui.grid.view import GridView
from inphotos.gui.keyboard.table import KeyHint
from inphotos.gui.notice import NoticeBar
from inphotos.gui.photo_commands import PhotoCommand, PhotoCommands, Photos, Reverse
from inphotos.gui.photo_search import PhotoSearch
from inphotos.gui.sentences import said
from inphotos.gui.session import Session
from inphotos.gui.tasks import Tasks
from inphotos.gui.undo import UndoHistory
from inphotos.search.query import Flag
from inphotos.store.marks import HIGHEST_RATING, UNMARKED, clean_tags

if TYPE_CHECKING:
    from inphotos.library import Library, Mark
    from inphotos.library.sidecars import SidecarProblem

    Marks = Mapping[int, Mark]

log = logging.getLogger(__name__)

FAVORITE_KEYS, TAGS_KEYS = "Ctrl+D", "Ctrl+T"
#: With a digit, 0 to 5.
RATING_KEYS = "Ctrl+{stars}"

#: The files of more photos are not asked for the keywords that all of them have.
_MOST_ASKED = 100


class MarkActions(QObject):
    """Marks photos as the user wishes: in sight at once, on disk a moment later.

    Signals:
        changed(): what :meth:`mark_of` says is another for some photos.
        tags_known(dict[str, int]): the tags that there are, after :meth:`ask_tags`.
        keywords_known(tuple[int, ...], tuple[str, ...]): of which photos (by id) the files have
            these keywords in common, after :meth:`ask_keywords`.
    """

    changed = pyqtSignal()
    tags_known = pyqtSignal(object)
    keywords_known = pyqtSignal(object, object)

    def __init__(
        self,
        session: Session,
        commands: PhotoCommands,
        search: PhotoSearch,
        notice: NoticeBar,
        undo: UndoHistory,
        tasks: Tasks,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._commands = commands
        self._search = search
        self._notice = notice
        self._undo = undo
        self._tasks = tasks
        self._window = window
        # Marks that are on their way to the library, and how many changes have not arrived there.
        self._coming: dict[int, Mark] = {}
        self._under_way = 0
        self._told = ""
        self._sidecar_trouble: set[str] = set()
        self._add_commands()
        session.library_opened.connect(self.changed)
        search.answered.connect(self.changed)  # stars of files may have been read since
        session.closing.connect(self._on_closing)

    def serve(self, grid: GridView) -> None:
        """Show in a grid what is marked."""
        grid.set_marks(self.marks_of)
        grid.favorite_toggled.connect(lambda result: self.toggle_favorite((result,)))
        viewport = grid.viewport()
        assert viewport is not None
        self.changed.connect(viewport.update)

    def marks_of(self, photo_id: int) -> tuple[bool, int]:
        """Return whether a photo is a favourite, and its stars, 0 to 5."""
        return self.mark_of(photo_id).favorite, self.rating_of(photo_id)

    def mark_of(self, photo_id: int) -> Mark:
        """Return what the user thinks of a photo."""
        coming, library = self._coming.get(photo_id), self._session.library
        if coming is not None or library is None:
            return coming or UNMARKED
        return library.marks.of(photo_id)

    def rating_of(self, photo_id: int) -> int:
        """Return the stars of a photo, 0 to 5: the user's, or else its file's."""
        given = self.mark_of(photo_id).rating
        return self._own_rating(photo_id) if given is None else given

    def toggle_favorite(self, photos: Photos) -> None:
        """Make photos favourites; if all of them are, they are none any more."""
        wanted = not self._are_favorites(photos)
        told = (
            self.tr("{photos} are favourites now.")
            if wanted
            else self.tr("{photos} are no favourites any more.")
        )
        self._change(
            photos,
            self.tr("Favourite"),
            lambda _, mark: replace(mark, favorite=wanted),
            told,
        )

    def rate(self, photos: Photos, stars: int) -> None:
        """Give photos stars, 0 to 5.

        Without stars, the user's rating is taken away; where the file has stars of its own, which
        would come to light then, it is 0.
        """

        def rated(photo_id: int, mark: Mark) -> Mark:
            return replace(mark, rating=stars or (0 if self._own_rating(photo_id) else None))

        told = {
            0: self.tr("{photos} are not rated any more."),
            1: self.tr("{photos} have 1 star now."),
        }.get(stars, self.tr("{photos} have {stars} stars now."))
        self._change(photos, self.tr("Rating"), rated, told.replace("{stars}", str(stars)))

    def rate_as_files(self, photos: Photos) -> None:
        """Take the user's rating away, so that what the files say counts again."""
        told = self.tr("{photos} are rated as their files say.")
        self._change(photos, self.tr("Rating"), lambda _, mark: replace(mark, rating=None), told)

    def change_tags(self, photos: Photos, added: Iterable[str], removed: Iterable[str]) -> None:
        """Give photos tags, and take others away."""
        added, gone = tuple(added), {tag.casefold() for tag in removed}

        def tagged(_: int, mark: Mark) -> Mark:
            kept = [tag for tag in mark.tags if tag.casefold() not in gone]
            return replace(mark, tags=clean_tags((*kept, *added)))

        self._change(photos, self.tr("Tags"), tagged, self.tr("{photos} have other tags now."))

    def edit_tags(self, photos: Photos) -> None:
        """Let the user change the tags of photos in a dialog."""
        from inphotos.gui.marks.dialog import TagDialog

        photos = tuple(photos)
        subject = (
            display_path(photos[0].path.name)
            if len(photos) == 1
            else self.tr("{photos}: the tags that all of them have").format(
                photos=wording.photos(len(photos))
            )
        )
        tags = common_tags([self.mark_of(photo.photo_id) for photo in photos])
        dialog = TagDialog(subject, photos, tags, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.chosen.connect(lambda added, removed: self.change_tags(photos, added, removed))
        # Answers may come after it is closed, and then go nowhere.
        self.tags_known.connect(dialog.editor.set_known)
        self.keywords_known.connect(dialog.show_keywords)
        dialog.editor.known_wanted.connect(self.ask_tags)
        self.ask_keywords(photos)
        dialog.open()

    def ask_tags(self) -> None:
        """Have the tags told that there are, with how many photos have each at least."""
        self._session.ask(lambda library: library.marks.tags(), self.tags_known.emit)

    def ask_keywords(self, photos: Photos) -> None:
        """Have the keywords told that the files of all these photos have."""
        ids = tuple(photo.photo_id for photo in photos)
        if not 0 < len(ids) <= _MOST_ASKED:
            return

        def common(library: Library) -> tuple[str, ...]:
            first, *others = library.marks.keywords(ids).values()
            return tuple(word for word in first if all(word in other for other in others))

        self._session.ask(common, lambda words: self.keywords_known.emit(ids, words))

    def key_hints(self) -> tuple[str, tuple[KeyHint, ...]]:
        """Return the keys of which no menu tells, because they are in a submenu."""
        given = tuple(RATING_KEYS.format(stars=stars) for stars in range(1, HIGHEST_RATING + 1))
        return self.tr("Photo"), (
            KeyHint(self.tr("Give 1, 2, 3 … stars"), given),
            KeyHint(self.tr("Take the stars away"), (RATING_KEYS.format(stars=0),)),
        )

    def _add_commands(self) -> None:
        self._commands.add(
            PhotoCommand(
                "favorite",
                self.tr("Favourite"),
                "heart",
                "mark",
                self.toggle_favorite,
                (FAVORITE_KEYS,),
                several=True,
                reverse=Reverse(
                    self._are_favorites, self.tr("Remove from Favourites"), "heart-full"
                ),
            ),
            PhotoCommand(
                "rating",
                self.tr("Rating"),
                "star",
                "mark",
                lambda _: None,
                several=True,
                fill=self._fill_ratings,
            ),
            PhotoCommand(
                "tags",
                self.tr("Tags…"),
                "tag",
                "mark",
                self.edit_tags,
                (TAGS_KEYS,),
                several=True,
            ),
        )
        # The entries of the submenu are made anew each time, so they cannot have the keys.
        for stars in range(HIGHEST_RATING + 1):
            keys = QKeySequence(RATING_KEYS.format(stars=stars))
            shortcut = QShortcut(keys, self._window)
            shortcut.activated.connect(partial(self._rate_chosen, stars))

    def _are_favorites(self, photos: Photos) -> bool:
        return all(self.mark_of(photo.photo_id).favorite for photo in photos)

    def _rate_chosen(self, stars: int) -> None:
        photos = self._commands.chosen()
        if photos:
            self.rate(photos, stars)

    def _fill_ratings(self, menu: QMenu, photos: Photos) -> None:
        ratings = {self.rating_of(photo.photo_id) for photo in photos}
        for stars in range(HIGHEST_RATING, -1, -1):
            text = "★" * stars or self.tr("No Stars")
            keys = QKeySequence(RATING_KEYS.format(stars=stars))
            # As Qt shows keys beside an entry, but without listening to them.
            shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
            action = menu.addAction(f"{text}\t{shown}")
            assert action is not None
            action.setCheckable(True)
            action.setChecked(ratings == {stars})
            action.triggered.connect(partial(self._on_rating_chosen, photos, stars))
        given = [p for p in photos if self.mark_of(p.photo_id).rating is not None]
        if any(self._own_rating(photo.photo_id) for photo in given):
            menu.addSeparator()
            action = menu.addAction(self.tr("As the File Says"))
            assert action is not None
            action.triggered.connect(lambda: self.rate_as_files(given))

    def _on_rating_chosen(self, photos: Photos, stars: int) -> None:
        self.rate(photos, stars)

    def _own_rating(self, photo_id: int) -> int:
        library = self._session.library
        return 0 if library is None else library.marks.own_rating(photo_id)

    def _change(
        self, photos: Photos, step: str, changed: Callable[[int, Mark], Mark], told: str
    ) -> None:
        """Change marks, so that it can be undone.

        Args:
            photos: which photos may be concerned.
            step: what it is, for the history.
            changed: returns what the mark of a photo is to be.
            told: what to tell of several photos, with their number as ``{photos}``.
        """
        if self._session.library is None:
            return
        before = {photo.photo_id: self.mark_of(photo.photo_id) for photo in photos}
        after = {id_: changed(id_, mark) for id_, mark in before.items()}
        after = {id_: mark for id_, mark in after.items() if mark != before[id_]}
        if not after:
            return
        before = {id_: before[id_] for id_ in after}
        self._put(after)
        undo = self._undo.push(step, partial(self._put, before), partial(self._put, after))
        if len(after) > 1:
            self._told = told.format(photos=wording.photos(len(after)))
            self._notice.tell(self._told, self.tr("Undo"), undo, sign="info")

    def _put(self, marks: Marks) -> None:
        """Let photos have these marks."""
        # What it says is so no more, or not the last that was changed.
        self._notice.withdraw(self._told)
        self._coming |= marks
        self._under_way += 1
        self._session.ask(
            lambda library: library.marks.restore(marks),
            lambda _: self._on_kept(),
            on_error=self._on_failed,
        )
        self.changed.emit()

    def _on_kept(self) -> None:
        self._arrived()
        self._session.marks_changed.emit()
        if self._depends_on_marks():
            self._search.refresh_soon()
        library = self._session.library
        if library is not None and library.choices.write_sidecars:
            self._tasks.run(library.marks.write_sidecars, self._on_sidecars_written)

    def _on_failed(self, error: InPhotosError) -> None:
        self._arrived()
        self.changed.emit()
        self._notice.tell(said(error))

    def _arrived(self) -> None:
        self._under_way -= 1
        if not self._under_way:
            # The library says the same by now, or what it says is what could be kept.
            self._coming.clear()

    def _on_sidecars_written(self, problems: Sequence[SidecarProblem]) -> None:
        from inphotos.library.sidecars import problems_in_words

        if not problems:
            return
        # Whoever marks many photos on a disk that may not be written is told of it once.
        trouble = {f"{problem.path.parent}: {problem.reason}" for problem in problems}
        if trouble - self._sidecar_trouble:
            self._sidecar_trouble |= trouble
            self._notice.tell(said(problems_in_words(problems)))

    def _depends_on_marks(self) -> bool:
        """Tell whether what the grid shows depends on marks."""
        parsed = self._search.parsed
        return parsed is not None and any(
            filter_.name in ("rating", "tag") or filter_.condition == Flag("favorite")
            for filter_ in parsed.filters
        )

    def _on_closing(self, library: Library) -> None:
        """Keep what was still on its way as the window was closed."""
        if self._coming:
            try:
                library.marks.restore(self._coming)
            except InPhotosError as error:
                log.warning("%s", error)


def common_tags(marks: Sequence[Mark]) -> tuple[str, ...]:
    """Return the tags that all marks have, as the first one has them."""
    if not marks:
        return ()
    others = [{tag.casefold() for tag in mark.tags} for mark in marks[1:]]
    return tuple(tag for tag in marks[0].tags if all(tag.casefold() in tags for tags in others))
