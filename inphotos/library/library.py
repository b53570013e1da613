"""One open library, as the command line and the window use it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from inphotos.encoders.tuning import kept
from inphotos.events import Control, IndexEvent, IndexSummary
from inphotos.indexing.order import Order
from inphotos.library.backups import Backups
from inphotos.library.choices import Choices, read_settings
from inphotos.library.folder_book import FolderBook
from inphotos.library.history import SearchHistory
from inphotos.library.index_runs import IndexRuns
from inphotos.library.marks import Marks
from inphotos.library.pasted import PastedPhotos
from inphotos.library.reports import (
    FolderStatus,
    PhotoDetails,
    PhotoFailure,
    Status,
    details_of,
    disk_usage,
)
from inphotos.library.searches import SavedSearches
from inphotos.library.upkeep import Upkeep
from inphotos.library.using_models import UsingModels
from inphotos.photos.exclusions import NO_MEDIA
from inphotos.photos.places import Places
from inphotos.photos.thumbnail_maker import ThumbnailMaker
from inphotos.photos.thumbnails import ThumbnailCache
from inphotos.photos.view_reader import ViewReader
from inphotos.search.listing import Listing
from inphotos.settings import Settings
from inphotos.store.catalog import Catalog
from inphotos.store.database import Database
from inphotos.store.details import DetailsTable
from inphotos.store.folders import Folder
from inphotos.store.marks import MarkBook
from inphotos.store.snapshot import open_to_read
from inphotos.store.trouble import translated_os_errors

if TYPE_CHECKING:
    from inphotos.photos.watch import FolderWatcher


class Library(UsingModels):
    """One open library, shared by the threads of the process.

    Searching may go on in one thread while another one indexes. Whatever writes (adding and
    forgetting folders, indexing, changing the model) belongs into one thread.

    Attributes:
        directory: where it is kept.
        choices: what the user has chosen.
        thumbnails: gives the photos' thumbnails; may be used by any thread.
        views: gives the photos as large as the screen; may be used by any thread.
        upkeep: what the user decides about photos that vanished or could not be read, and
            compaction.
        pasted: keeps photos that were pasted; may be used by any thread.
        searches, history: what the user has saved and searched for; any thread may use them.
        marks: favourites, ratings and tags, see :class:`Marks`.
        backups: of what could not be made again, see :class:`Backups`.
    """

    def __init__(self, database: Database, settings: Settings, model_name: str) -> None:
        """Wire an open database; use :meth:`open`."""
        catalog = Catalog(database)
        details = DetailsTable(database)
        read_only = database.is_read_only
        book = MarkBook(database.directory, read_only=read_only)
        listing = Listing(database, catalog, lambda: self._book.offline, book)
        marks = Marks(book, listing, details, lambda: self.choices.write_sidecars)
        choices = Choices(database.directory, settings, listing)
        super().__init__(database, catalog, listing, marks, choices)
        self.directory = database.directory
        self.pasted = PastedPhotos(database.directory)
        self.searches = SavedSearches(database.directory, read_only=read_only)
        self.history = SearchHistory(database.directory, read_only=read_only)
        self._details = details
        self._marks_book = book
        self._book = FolderBook(database, self._catalog, self._details)
        self.backups = Backups(
            database, catalog, self._book, self.searches, self.choices, self.marks, book
        )
        self._places = Places()
        self._thumbnails = ThumbnailCache(database.directory, settings.thumbnail_cache_bytes)
        self.upkeep = Upkeep(database, self._catalog, self._details, self._thumbnails)
        self.thumbnails = ThumbnailMaker(self._thumbnails)
        self.views = ViewReader()
        self._runs = IndexRuns(database, catalog, details, book, self._thumbnails, self._places)
        self._choose(model_name)

    @classmethod
    def open(
        cls, directory: Path, *, model: str | None = None, work: str = "", reading: bool = False
    ) -> Library:
        """Open the library at ``directory``, making it when it is not there.

        Args:
            directory: the library's directory.
            model: name or path of the model to use this time; by default the library's own.
            work: what this process does with it, see :class:`Database`.
            reading: it is only to be asked, so that where another process has it, it is read as
                that one has committed it, see :mod:`inphotos.store.snapshot`.

        Raises:
            LibraryError: it cannot be opened; the message says why and what to do.
        """
        database = open_to_read(directory, work) if reading else Database(directory, work)
        try:
            settings = read_settings(
                directory,
                is_empty=lambda: not Catalog(database).count(),
                keep=not database.is_read_only,
            )
            with translated_os_errors(directory):
                # Thumbnails are no photos, should a folder be added that this is in.
                if not database.is_read_only:
                    (directory / NO_MEDIA).touch(mode=0o600)
            library = cls(database, settings, model or settings.model)
            if settings.next_model and not model and not database.is_read_only:
                library._take_up(settings.next_model)
            return library
        except BaseException:
            database.close()
            raise

    def close(self) -> None:
        """Close the library; closing again does nothing."""
        self.stop_decoding()
        self.searches.close()
        self.history.close()
        self.marks.close()
        self.backups.close()
        self._close_models()
        self._listing.close()
        self._database.close()

    def stop_decoding(self) -> None:
        """End what nobody waits for any more at once, ahead of :meth:`close`.

        That is what is being decoded for queries and the screen, and what measures the model.

        May be called from any thread, so that closing need not wait for a photo.
        """
        self.thumbnails.close()
        self.views.close()
        for equipped in (self._used, self._following):
            if equipped is not None:
                equipped.runtimes.stop()
        self._decoders.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Folders

    def folders(self) -> tuple[FolderStatus, ...]:
        """Return the folders as they are now, in the order in which they were added."""
        return self._book.statuses()

    def add_folder(self, path: Path) -> Folder:
        """Add a folder; its photos come in with the next :meth:`index`.

        A folder inside one that is there already is part of it, and that one is returned. A
        folder that contains others takes them over, with all that is known of their photos.

        Raises:
            FolderError: it is not there, not a folder, cannot be read, or holds the library.
        """
        return self._book.add(path)

    def forget_folder(self, path: Path) -> int:
        """Take a folder and all that is known of its photos out of the library.

        The photos on disk are not touched.

        Returns:
            How many photos were forgotten.

        Raises:
            FolderError: the folder is not in the library.
        """
        photos, unused = self._book.forget(path)
        with translated_os_errors(self.directory):
            for content in unused:
                self._thumbnails.remove(content)
        return photos

    def exclude(self, folder: Path, patterns: Sequence[str]) -> None:
        """Replace a folder's patterns of what not to take; they hold from the next :meth:`index`.

        Args:
            folder: one of the library's folders.
            patterns: as in a ``.gitignore`` file, relative to the folder.

        Raises:
            FolderError: the folder is not in the library, or a pattern makes no sense.
        """
        self._book.exclude(folder, patterns)

    # Indexing

    def index(
        self,
        control: Control | None = None,
        folders: Sequence[Path] | None = None,
        order: Order | None = None,
    ) -> Iterator[IndexEvent]:
        """Bring the library up to date; see :meth:`Indexer.run`.

        Without a model the photos are read and can be browsed, but not searched. A run over all
        folders also encodes the photos for the model that :meth:`prepare_model` asked for, and
        yields ``ModelReady`` when :meth:`use_model` can be called with it.

        Args:
            control: lets the user pause and cancel.
            folders: which of the library's folders, by default all.
            order: what else is asked for.

        Raises:
            FolderError: a folder is not in the library.
            CancelledError, LibraryError, ModelError: see ``Indexer.run``.
        """
        chosen, control, order = self._book.chosen(folders), control or Control(), order or Order()
        # Parts of the folders are looked at for what has changed in them, nothing else.
        following = self._following if folders is None and order.scope is None else None
        self.choices.settle()
        for event in self._runs.run(self._used, self.model_name, chosen, control, order):
            if not isinstance(event, IndexSummary):
                yield event
                continue
            self.backups.settle_marks()
            if following is None:
                yield event
            else:
                yield from self._runs.prepare(following, chosen, control, order, event)

    def watch(self, on_disturbance: Callable[[Order], None]) -> FolderWatcher:
        """Watch the folders while the application runs.

        Args:
            on_disturbance: is called, on a thread of the watcher, with the order to give to
                :meth:`index` for what has changed.

        Returns:
            the watcher, to be told of other folders by :meth:`watch_folders`, and to be closed.
        """
        from inphotos.library import watching  # no part of a start

        watcher = watching.watcher(on_disturbance)
        self.watch_folders(watcher)
        return watcher

    def watch_folders(self, watcher: FolderWatcher) -> None:
        """Let a watcher watch the folders that are in the library now."""
        from inphotos.library import watching

        watching.follow(watcher, self._catalog.folders.all(), self.directory)

    def failures(self) -> tuple[PhotoFailure, ...]:
        """Return the photos that cannot be read."""
        return tuple(PhotoFailure(p.path, p.reason) for p in self._catalog.failures())

    def details(self, path: Path) -> PhotoDetails:
        """Return all that the library knows of a photo.

        Raises:
            PhotoError: it is not in the library.
        """
        return details_of(path, self._catalog, self._details, self._book.offline, self._marks_book)

    def status(self) -> Status:
        """Describe the library as it is now."""
        folders = self.folders()
        return Status(
            library=self.directory,
            photos=self._catalog.count(),
            failed=len(self._catalog.failures()),
            missing=self._catalog.count_missing(),
            model=self.model_name,
            dimensions=self.model.dimension if self.model else None,
            indexed=self._engine.searchable() if self._engine else 0,
            folders=folders,
            bytes=disk_usage(self.directory),
            converted_bytes=kept.bytes_used(),
        )
