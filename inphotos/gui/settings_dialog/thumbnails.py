"""The small pictures: how much room they take, and what they show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtWidgets import QPushButton

from inphotos.gui import wording
from inphotos.gui.alike_actions import AlikeActions
from inphotos.gui.preferences import PreferenceBook, Preferences
from inphotos.gui.session import Session
from inphotos.gui.settings_dialog.page import SettingsPage
from inphotos.gui.tasks import Tasks
from inphotos.settings import Settings

if TYPE_CHECKING:
    from inphotos.library import Library

#: How much room thumbnails may take, GiB.
SIZES = (1, 2, 4, 8, 16, 32)
_GIB = 1 << 30


class ThumbnailsPage(SettingsPage):
    """Room for thumbnails, and photos that are alike.

    Attributes:
        room: how much room they may take.
        clear_button: deletes them.
        scores, fold: what tiles show.
    """

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        preferences: PreferenceBook,
        alike: AlikeActions,
    ) -> None:
        super().__init__(self.tr("Thumbnails"), "thumbnails")
        self._session, self._tasks, self._preferences = session, tasks, preferences
        self._alike = alike
        self.room = self.add_choice(
            self.tr("Room on the disk"),
            self.tr("4 GB is enough for about 70,000 photos; beyond it, the oldest are made anew."),
            [(size * _GIB, self.tr("{count} GB").format(count=size)) for size in SIZES],
            self._limit,
        )
        self.clear_button = QPushButton(self.tr("Clear"))
        self.clear_button.setAccessibleName(self.tr("Clear thumbnails"))
        self.clear_button.clicked.connect(self._on_clear_clicked)
        self._in_use = self.add_row(self.tr("In use"), self.tr("Being counted…"), self.clear_button)
        self.scores = self.add_switch(
            self.tr("Show how well each photo matches"),
            self.tr("A number on every tile after a search; without it, it shows on hover."),
            lambda wanted: preferences.change(show_scores=wanted),
        )
        self.add_section(self.tr("Photos that are alike"))
        self.fold = self.add_switch(
            self.tr("Show them as one"),
            self.tr(
                "Copies, versions that were saved again or edited a little, and the shots of a "
                "burst share a tile with their number."
            ),
            self._on_fold_clicked,
        )
        self.fold.follow(alike.fold_action)
        self.box.addWidget(alike.panel)
        alike.panel.show()
        self.add_end(self._restore)
        preferences.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show what holds, and count what is in use."""
        library = self._session.library
        self.setEnabled(library is not None)
        self.scores.setChecked(self._preferences.values.show_scores)
        if library is None:
            return
        self.room.show_value(library.choices.thumbnail_cache_bytes)
        if self.isVisible():
            self._count(library)
            self._alike.count()

    def _count(self, library: Library) -> None:
        self._tasks.run(lambda: library.thumbnails.kept_bytes, self._show_bytes)

    def _show_bytes(self, kept: int) -> None:
        self._in_use.setText(
            self.tr(
                "{size} now. After clearing, thumbnails are made again as you scroll; those of "
                "drives that are away come back with the drive."
            ).format(size=wording.size(kept) if kept else self.tr("Nothing"))
        )
        self.clear_button.setEnabled(kept > 0)

    def _limit(self, limit_bytes: object) -> None:
        library = self._session.library
        if library is None or not isinstance(limit_bytes, int):
            return
        wanted = limit_bytes
        self._session.ask(lambda library: library.choices.limit_thumbnails(wanted))
        self._tasks.run(lambda: library.thumbnails.limit(wanted), lambda _: self._count(library))

    def _on_clear_clicked(self) -> None:
        library = self._session.library
        if library is not None:
            self._tasks.run(library.thumbnails.clear, lambda _: self._count(library))

    def _on_fold_clicked(self, wanted: bool) -> None:
        if wanted != self._alike.fold_action.isChecked():
            self._alike.fold_action.trigger()

    def _restore(self) -> None:
        self._preferences.change(show_scores=Preferences().show_scores)
        self.room.show_value(Settings().thumbnail_cache_bytes)
        self._limit(Settings().thumbnail_cache_bytes)
        self._on_fold_clicked(Settings().fold)
        self._alike.panel.restore()
