"""Heart, stars and tags of the photos that the user looks at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PyQt6.QtCore import QSize, pyqtSignal
from PyQt6.QtGui import QPalette
from PyQt6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from inphotos.gui.icons import icon
from inphotos.gui.marks.actions import MarkActions, common_tags
from inphotos.gui.marks.stars import StarRating
from inphotos.gui.marks.tags import TagEditor

if TYPE_CHECKING:
    from inphotos.search.ranking import Result


class MarksBox(QWidget):
    """Shows what the user thinks of photos, and changes it.

    Of several photos it shows what they have in common, and changes all.

    Attributes:
        heart: makes them favourites.
        stars: rates them.
        editor: their tags.

    Signals:
        query_wanted(str): the user wants to see the photos with a tag.
    """

    query_wanted = pyqtSignal(str)

    def __init__(self, actions: MarkActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._photos: tuple[Result, ...] = ()
        self._keywords: tuple[str, ...] = ()
        self.setAccessibleName(self.tr("Favourite, rating and tags"))
        self.heart = QToolButton()
        self.heart.setCheckable(True)
        self.heart.setIconSize(QSize(22, 22))
        self.heart.setAccessibleName(self.tr("Favourite"))
        self.heart.clicked.connect(lambda: actions.toggle_favorite(self._photos))
        self.stars = StarRating()
        self.stars.rated.connect(lambda stars: actions.rate(self._photos, stars))
        self.editor = TagEditor()
        self.editor.added.connect(lambda tag: actions.change_tags(self._photos, (tag,), ()))
        self.editor.removed.connect(lambda tag: actions.change_tags(self._photos, (), (tag,)))
        self.editor.clicked.connect(lambda tag: self.query_wanted.emit(f'tag:"{tag}"'))
        self.editor.known_wanted.connect(actions.ask_tags)
        actions.tags_known.connect(self.editor.set_known)
        actions.keywords_known.connect(self._on_keywords_known)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.heart)
        row.addWidget(self.stars)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addWidget(self.editor)
        actions.changed.connect(self._show)
        self.show_photos(())

    def show_photos(self, results: Sequence[Result]) -> None:
        """Show these photos' marks from now on; nothing can be changed while there are none."""
        former, self._photos = self._ids, tuple(results)
        if self._ids != former:
            self._keywords = ()
            self.editor.field.clear()
        self.setEnabled(bool(self._photos))
        self._show()
        self._actions.ask_keywords(self._photos)

    @property
    def _ids(self) -> tuple[int, ...]:
        return tuple(photo.photo_id for photo in self._photos)

    def _on_keywords_known(self, photo_ids: tuple[int, ...], keywords: tuple[str, ...]) -> None:
        if photo_ids == self._ids:
            self._keywords = keywords
            self._show()

    def _show(self) -> None:
        photos, actions = self._photos, self._actions
        marks = [actions.mark_of(photo.photo_id) for photo in photos]
        favorite = bool(marks) and all(mark.favorite for mark in marks)
        self.heart.setChecked(favorite)
        role = QPalette.ColorRole.Highlight if favorite else QPalette.ColorRole.PlaceholderText
        self.heart.setIcon(icon("heart-full" if favorite else "heart", role))
        self.heart.setToolTip(
            self.tr("Remove from favourites (Ctrl+D)")
            if favorite
            else self.tr("Make a favourite (Ctrl+D)")
        )
        ratings = {actions.rating_of(photo.photo_id) for photo in photos}
        if len(ratings) > 1:
            self.stars.show_stars(0, self.tr("The photos have different ratings"))
        else:
            self.stars.show_stars(*ratings or (0,))
        self.editor.show_tags(common_tags(marks), self._keywords)
