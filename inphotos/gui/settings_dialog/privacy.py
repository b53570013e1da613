"""What is kept where, what is never sent, and what can be deleted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel, QPushButton

from inphotos.errors import display_path
from inphotos.gui import desktop, wording
from inphotos.gui.crash.notices import CrashNotices
from inphotos.gui.memory import SearchMemory
from inphotos.gui.session import Session
from inphotos.gui.settings_dialog.page import SettingsPage, hint
from inphotos.gui.tasks import Tasks
from inphotos.library.backup_shelf import shelf
from inphotos.library.reports import disk_usage
from inphotos.settings import models_directory


def _open(directory: Path, there: bool) -> None:
    if there:
        desktop.open_file(directory)


@dataclass(frozen=True, slots=True)
class _Kept:
    """Bytes on the disk, and how many crash reports there are."""

    library: int
    backups: int
    models: int
    reports: int


class PrivacyPage(SettingsPage):
    """Everything stays on this machine; this page says where.

    Attributes:
        clear_button: forgets the history of searches.
        show_button, delete_button: for crash reports.
    """

    def __init__(
        self, session: Session, tasks: Tasks, memory: SearchMemory, crashes: CrashNotices
    ) -> None:
        super().__init__(self.tr("Privacy"), "privacy")
        self._session, self._tasks = session, tasks
        self._memory, self._crashes = memory, crashes
        self.box.addWidget(
            hint(
                self.tr(
                    "Photos, their names, what you search for, ratings and reports never leave "
                    "this computer. InPhotos connects to the internet only when you download a "
                    "model, and sends nothing but the name of that model then."
                )
            )
        )
        self.box.addSpacing(14)
        self._library = self._add_place(
            self.tr("Library"),
            self.tr("Catalog, index and thumbnails; your photos stay where they are."),
            self._library_directory,
        )
        self._backups = self._add_place(
            self.tr("Backups"),
            self.tr("Made automatically: favourites, ratings, tags, saved searches, folders."),
            self._backup_directory,
        )
        self._models = self._add_place(
            self.tr("Models"), self.tr("Shared by all libraries."), models_directory
        )
        self.clear_button = QPushButton(self.tr("Clear"))
        self.clear_button.setAccessibleName(memory.clear_action.text())
        self.clear_button.clicked.connect(self._on_clear_clicked)
        self._history = self.add_row(self.tr("Search history"), "", self.clear_button)
        self.show_button = QPushButton(self.tr("Show"))
        self.show_button.setAccessibleName(self.tr("Show the newest crash report"))
        self.show_button.clicked.connect(crashes.show_newest)
        self.delete_button = QPushButton(self.tr("Delete"))
        self.delete_button.setAccessibleName(self.tr("Delete all crash reports"))
        self.delete_button.clicked.connect(self._on_delete_clicked)
        self._reports = self.add_row(
            self.tr("Crash reports"), "", self.show_button, self.delete_button
        )
        self.sidecars = self.add_switch(
            self.tr("Write favourites, ratings and tags beside the photos"),
            self.tr("Into small XMP files that other programs read; never into the photos."),
            lambda wanted: session.ask(
                lambda library: library.choices.write_sidecars_beside(wanted)
            ),
        )
        self.add_end()

    def refresh(self) -> None:
        """Show where things are, and count what they take."""
        library = self._session.library
        texts = library.history.texts if library is not None else ()
        self._history.setText(self._about_history(len(texts)))
        self.clear_button.setEnabled(bool(texts))
        self.sidecars.setChecked(library is not None and library.choices.write_sidecars)
        directory, models = library.directory if library is not None else None, models_directory()
        backups = self._backup_directory()

        def count() -> _Kept:
            return _Kept(
                disk_usage(directory) if directory is not None else 0,
                disk_usage(backups) if backups is not None else 0,
                disk_usage(models),
                len(self._crashes.reports.all()),
            )

        self._tasks.run(count, self._show)

    def _about_history(self, count: int) -> str:
        if count == 0:
            return self.tr("Empty. Searches that led to something are remembered here.")
        if count == 1:
            return self.tr("One search, for the Up key and for suggestions.")
        return self.tr("The last {count} searches, for the Up key and for suggestions.").format(
            count=count
        )

    def _show(self, kept: _Kept) -> None:
        for label, directory, size in (
            (self._library, self._library_directory(), kept.library),
            (self._backups, self._backup_directory(), kept.backups),
            (self._models, models_directory(), kept.models),
        ):
            if directory is not None:
                of_size = wording.size(size) if size else self.tr("nothing yet")
                label.setText(f"{display_path(directory)} · {of_size}")
        self._reports.setText(
            self.tr("Kept on this computer: {count}. They name no photo and no search.").format(
                count=kept.reports
            )
            if kept.reports
            else self.tr("None. Should InPhotos crash, a report stays on this computer.")
        )
        for button in (self.show_button, self.delete_button):
            button.setEnabled(kept.reports > 0)

    def _add_place(
        self, text: str, explanation: str, directory: Callable[[], Path | None]
    ) -> QLabel:
        button = QPushButton(self.tr("Show"))
        button.setAccessibleName(self.tr("Show the folder: {name}").format(name=text))

        def show() -> None:
            wanted = directory()
            if wanted is not None:
                self._tasks.run(wanted.is_dir, partial(_open, wanted))

        button.clicked.connect(show)
        self.add_row(text, explanation, button)
        place = hint("")
        place.setAccessibleName(self.tr("Where it is: {name}").format(name=text))
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        # Close below the explanation, before the space that sets the next row apart.
        self.box.insertWidget(self.box.count() - 1, place)
        return place

    def _library_directory(self) -> Path | None:
        library = self._session.library
        return None if library is None else library.directory

    def _backup_directory(self) -> Path | None:
        library = self._session.library
        return None if library is None else shelf(library.directory)

    def _on_clear_clicked(self) -> None:
        self._memory.clear_action.trigger()
        self.refresh()

    def _on_delete_clicked(self) -> None:
        self._tasks.run(self._crashes.reports.delete_all, lambda _: self.refresh())
