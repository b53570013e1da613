"""Bringing what a backup holds into a library.

What the library has already stays: folders and searches that it lacks are added, photos without
marks get those of the backup, and settings that are as they came are set. Where that is wanted,
the backup's take the place of the library's own instead; what the backup does not know of stays in
any case.

All of it is done, or nothing: what was wanted is on disk before the first change, and the next
opening of the library finishes what was interrupted.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from inphotos.encoders import registry
from inphotos.errors import FolderError, InPhotosError, ModelError
from inphotos.library.backup_file import Backup, MarkedPhoto, document, read
from inphotos.library.choices import Choices, first_settings
from inphotos.library.folder_book import FolderBook
from inphotos.library.marks import Marks
from inphotos.library.searches import SavedSearch, SavedSearches
from inphotos.library.waiting import WaitingMarks, come_in, edited
from inphotos.photos import volumes
from inphotos.settings import Settings, models_directory, write_atomically
from inphotos.store.catalog import Catalog
from inphotos.store.database import Database
from inphotos.store.folders import Folder
from inphotos.store.marks import UNMARKED, Mark, MarkBook
from inphotos.store.trouble import translated_os_errors
from inphotos.store.whereabouts import whereabouts

log = logging.getLogger(__name__)

#: What is being restored, and whether it takes the place of the library's own.
_JOURNALS = {False: "restoring.json", True: "restoring-over.json"}


@dataclass(frozen=True, slots=True)
class Former:
    """What was before a backup was restored.

    Attributes:
        marks: by content.
        searches: those that were replaced; by name, None for one that was not there.
        settings: by name.
        exclusions: of folders.
        waiting: contents that did not wait before.
    """

    marks: Mapping[str, Mark]
    searches: Mapping[str, SavedSearch | None]
    settings: Mapping[str, Any]
    exclusions: Mapping[Path, tuple[str, ...]]
    waiting: frozenset[str]


@dataclass(frozen=True, slots=True)
class Restored:
    """What has changed in a library, or would.

    Attributes:
        folders: those that were added.
        away: those among them that cannot be reached now.
        excluding: folders of which other parts are left out.
        searches: names of those that were added or replaced.
        settings: names of those that were set.
        photos: how many got other marks.
        waiting: how many of them are not in the library yet.
        kept: how many photos, searches and folders of the backup are otherwise in the library, and
            stay so.
        former: what was before.
        before: the automatic backup of how the library was before; None for a preview, and where
            nothing in it could be lost.
    """

    folders: tuple[Path, ...]
    away: tuple[Path, ...]
    excluding: tuple[Path, ...]
    searches: tuple[str, ...]
    settings: tuple[str, ...]
    photos: int
    waiting: int
    kept: int
    former: Former
    before: Path | None = None

    def __bool__(self) -> bool:
        """Whether anything changes."""
        lists = (self.folders, self.excluding, self.searches, self.settings)
        return bool(self.photos or any(lists) or self.former.waiting)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be changed."""

    folders: tuple[Folder, ...]
    exclusions: Mapping[Path, tuple[str, ...]]
    searches: tuple[SavedSearch, ...]
    settings: Mapping[str, Any]
    marks: Mapping[str, Mark]
    waiting: tuple[MarkedPhoto, ...]
    outcome: Restored


class Restoring:
    """Restores backups into one library; for the thread that writes, while nobody else reads."""

    def __init__(
        self,
        database: Database,
        catalog: Catalog,
        folders: FolderBook,
        searches: SavedSearches,
        choices: Choices,
        marks: Marks,
        book: MarkBook,
        waiting: WaitingMarks,
    ) -> None:
        """Wire the parts of a library."""
        self._database = database
        self._catalog = catalog
        self._folders = folders
        self._searches = searches
        self._choices = choices
        self._marks = marks
        self._book = book
        self._waiting = waiting

    def preview(self, backup: Backup, *, overwrite: bool = False) -> Restored:
        """Tell what :meth:`restore` would change.

        Raises:
            LibraryError: the library cannot be read.
        """
        return self._plan(backup, overwrite).outcome

    def restore(self, backup: Backup, *, overwrite: bool = False) -> Restored:
        """Bring what a backup holds into the library.

        Args:
            backup: what to restore.
            overwrite: what it holds takes the place of what the library has.

        Raises:
            LibraryError: the library cannot be read or written; nothing has changed, or what could
                not be taken back is finished at the next opening.
        """
        plan = self._plan(backup, overwrite)
        journal = self._database.directory / _JOURNALS[overwrite]
        with translated_os_errors(journal.parent):
            write_atomically(journal, document(backup))
        try:
            self._apply(plan)
        except BaseException:
            if self._go_back(plan.outcome):
                with suppress(OSError):
                    journal.unlink(missing_ok=True)
            raise
        with translated_os_errors(journal.parent):
            journal.unlink(missing_ok=True)
        return plan.outcome

    def undo(self, restored: Restored) -> None:
        """Let the library be as it was before a backup was restored.

        What the user has changed since then in other photos, searches and folders stays.

        Raises:
            LibraryError: the library cannot be written.
            FolderError: a folder that was added is busy.
        """
        former = restored.former
        self._marks.put(former.marks)
        self._waiting.remove(former.waiting)
        self._waiting.write()
        for name, search in former.searches.items():
            if search is not None:
                self._searches.save(search)
            elif self._searches.find(name) is not None:
                self._searches.remove(name)
        self._searches.write()
        self._choices.take(**former.settings)
        for path, patterns in former.exclusions.items():
            with suppress(FolderError):  # forgotten since then
                self._folders.exclude(path, patterns)
        for path in restored.folders:
            with suppress(FolderError):
                self._folders.forget(path)

    def finish(self) -> None:
        """Finish what was interrupted; what stands in the way is logged, and tried again later."""
        for overwrite, name in _JOURNALS.items():
            journal = self._database.directory / name
            if not journal.exists():
                continue
            try:
                self._apply(self._plan(read(journal), overwrite))
                journal.unlink()
            except (InPhotosError, OSError) as error:
                log.warning("a backup is not restored yet: %s", error)

    def _apply(self, plan: _Plan) -> None:
        for folder in plan.folders:
            self._folders.take_up(folder)
        for path, patterns in plan.exclusions.items():
            self._folders.exclude(path, patterns)
        for search in plan.searches:
            self._searches.save(search)
        self._searches.write()
        self._choices.take(**plan.settings)
        self._waiting.add(plan.waiting)
        self._waiting.write()
        self._marks.put(plan.marks)

    def _go_back(self, restored: Restored) -> bool:
        """Undo what was done of a restore; return whether that could be done."""
        try:
            self.undo(restored)
        except InPhotosError as error:
            log.warning("what was restored of a backup is left: %s", error)
            return False
        return True

    def _plan(self, backup: Backup, overwrite: bool) -> _Plan:
        folders, exclusions, other_folders = self._plan_folders(backup, overwrite)
        searches, other_searches = self._plan_searches(backup, overwrite)
        settings = self._plan_settings(backup, overwrite)
        marks, waiting, other_marks = self._plan_marks(backup, overwrite)
        former_settings = asdict(self._choices.all)
        known = {photo.content for photo in self._waiting.all}
        excluded = {folder.path: folder.exclusions for folder in self._catalog.folders.all()}
        outcome = Restored(
            folders=tuple(folder.path for folder in folders),
            away=tuple(f.path for f in folders if not volumes.is_reachable(f.path, False)),
            excluding=tuple(exclusions),
            searches=tuple(search.name for search in searches),
            settings=tuple(settings),
            photos=len(marks),
            waiting=sum(photo.content in marks for photo in waiting),
            kept=other_folders + other_searches + other_marks,
            former=Former(
                marks={content: self._book.of(content) for content in marks},
                searches={search.name: self._searches.find(search.name) for search in searches},
                settings={name: former_settings[name] for name in settings},
                exclusions={path: excluded[path] for path in exclusions},
                waiting=frozenset(photo.content for photo in waiting) - known,
            ),
        )
        return _Plan(folders, exclusions, searches, settings, marks, waiting, outcome)

    def _plan_folders(
        self, backup: Backup, overwrite: bool
    ) -> tuple[tuple[Folder, ...], dict[Path, tuple[str, ...]], int]:
        known = {folder.path: folder.exclusions for folder in self._catalog.folders.all()}
        library = self._database.directory
        new: list[Folder] = []
        for folder in backup.folders:
            path = folder.path
            # One that is around another would take that over, and undoing would forget both.
            is_apart = not any(
                path.is_relative_to(other) or other.is_relative_to(path)
                for other in (library, *known, *(folder.path for folder in new))
            )
            # A path of another system, such as C:\\Photos, is nowhere here.
            if path.is_absolute() and is_apart:
                new.append(folder)
        changed = {
            folder.path: folder.exclusions
            for folder in backup.folders
            if folder.path in known and known[folder.path] != folder.exclusions
        }
        return tuple(new), changed if overwrite else {}, 0 if overwrite else len(changed)

    def _plan_searches(
        self, backup: Backup, overwrite: bool
    ) -> tuple[tuple[SavedSearch, ...], int]:
        found = {search.name: self._searches.find(search.name) for search in backup.searches}
        new = [search for search in backup.searches if found[search.name] is None]
        other = [search for search in backup.searches if found[search.name] not in (None, search)]
        return (*new, *(other if overwrite else ())), 0 if overwrite else len(other)

    def _plan_settings(self, backup: Backup, overwrite: bool) -> dict[str, Any]:
        now, fresh = asdict(self._choices.all), asdict(first_settings())
        wanted = {
            name: value
            for name, value in Settings.valid(backup.settings).items()
            if value != now[name] and (overwrite or now[name] == fresh[name])
        }
        if "model" in wanted:
            try:
                registry.resolve(wanted["model"], models_directory())
            except ModelError:  # not on this machine, and the library would have none
                del wanted["model"]
        return wanted

    def _plan_marks(
        self, backup: Backup, overwrite: bool
    ) -> tuple[dict[str, Mark], tuple[MarkedPhoto, ...], int]:
        photos = {photo.content: photo for photo in backup.photos if photo.mark}
        here = whereabouts(self._database, self._catalog, photos)
        absent = [photo for content, photo in photos.items() if content not in here]
        found = edited(
            self._catalog,
            absent,
            come_in(self._catalog, absent) if absent else (),
            lambda content: content in photos or bool(self._book.of(content)),
        )
        wanted = {content: photo.mark for content, photo in photos.items()}
        wanted |= {content: photo.mark for content, photo in found.items()}
        other = {
            content: mark
            for content, mark in wanted.items()
            if self._book.of(content) not in (UNMARKED, mark)
        }
        marks = {
            content: mark
            for content, mark in wanted.items()
            if mark != self._book.of(content) and (overwrite or content not in other)
        }
        settled = {photo.content for photo in found.values()}
        waiting = (
            photo
            for photo in absent
            if photo.content not in settled and (overwrite or photo.content not in other)
        )
        return marks, tuple(waiting), 0 if overwrite else len(other)
