"""One open library, as the command line and the window use it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from inphotos.encoders import registry
from inphotos.encoders.base import Encoder
from inphotos.encoders.tuning import kept
from inphotos.errors import CancelledError, LibraryError, ModelError
from inphotos.events import Control, IndexEvent, IndexSummary, Progress
from inphotos.indexing.order import Order
from inphotos.library.backups import Backups
from inphotos.library.choices import Choices
from inphotos.library.folder_book import FolderBook
from inphotos.library.history import SearchHistory
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
from inphotos.library.runtimes import ModelRuntimes, evenly
from inphotos.library.searches import SavedSearches
from inphotos.library.searching import Searching
from inphotos.library.upkeep import Upkeep
from inphotos.photos.decoder_service import DecoderService
from inphotos.photos.exclusions import NO_MEDIA
from inphotos.photos.places import Places
from inphotos.photos.thumbnail_maker import ThumbnailMaker
from inphotos.photos.thumbnails import ThumbnailCache
from inphotos.photos.view_reader import ViewReader
from inphotos.search.calibration import LEAST_PHOTOS, Calibration
from inphotos.search.engine import SearchEngine
from inphotos.search.listing import Listing
from inphotos.settings import Settings, models_directory
from inphotos.store.catalog import Catalog
from inphotos.store.database import Database
from inphotos.store.details import DetailsTable
from inphotos.store.folders import Folder
from inphotos.store.index import EmbeddingIndex
from inphotos.store.marks import MarkBook
from inphotos.store.snapshot import open_to_read
from inphotos.store.trouble import translated_os_errors

if TYPE_CHECKING:
    from inphotos.photos.watch import FolderWatcher


class Library(Searching):
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
        runtimes: what runs the model, None without one; any thread may use it.
    """

    def __init__(self, database: Database, settings: Settings, model_name: str) -> None:
        """Wire an open database; use :meth:`open`."""
        catalog = Catalog(database)
        details = DetailsTable(database)
        read_only = database.is_read_only
        book = MarkBook(database.directory, read_only=read_only)
        listing = Listing(database, catalog, lambda: self._book.offline, book)
        marks = Marks(book, listing, details, lambda: self.choices.write_sidecars)
        super().__init__(catalog, listing, marks)
        self.directory = database.directory
        self.choices = Choices(database.directory, settings, self._listing)
        self.pasted = PastedPhotos(database.directory)
        self._database = database
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
        self._decoders = DecoderService(workers=1)
        self.runtimes: ModelRuntimes | None = None
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
            settings = Settings.load(directory / "settings.json", keep=not database.is_read_only)
            with translated_os_errors(directory):
                # Thumbnails are no photos, should a folder be added that this is in.
                if not database.is_read_only:
                    (directory / NO_MEDIA).touch(mode=0o600)
            return cls(database, settings, model or settings.model)
        except BaseException:
            database.close()
            raise

    def close(self) -> None:
        """Close the library; closing again does nothing."""
        self.stop_decoding()
        if self.runtimes is not None:
            self.runtimes.close()
        self.searches.close()
        self.history.close()
        self.marks.close()
        self.backups.close()
        if self._engine is not None:
            self._engine.close()
        self._listing.close()
        self._database.close()

    def stop_decoding(self) -> None:
        """End what nobody waits for any more at once, ahead of :meth:`close`.

        That is what is being decoded for queries and the screen, and what measures the model.

        May be called from any thread, so that closing need not wait for a photo.
        """
        self.thumbnails.close()
        self.views.close()
        if self.runtimes is not None:
            self.runtimes.stop()
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

        Without a model the photos are read and can be browsed, but not searched.

        Args:
            control: lets the user pause and cancel.
            folders: which of the library's folders, by default all.
            order: what else is asked for.

        Raises:
            FolderError: a folder is not in the library.
            CancelledError, LibraryError, ModelError: see ``Indexer.run``.
        """
        # What reads photos is no part of a start or of a query, and takes as long to load.
        from inphotos.indexing.indexer import Indexer
        from inphotos.indexing.records import Records

        records = Records(
            self._database,
            self._catalog,
            self._details,
            self._thumbnails,
            self._places,
            self._index() if self.model else None,
            self._marks_book,
        )
        indexer = Indexer(self._database, self._catalog, records, self.model, self._encoder)
        chosen, control = self._book.chosen(folders), control or Control()
        for event in indexer.run(chosen, self.model_name, control, order or Order()):
            if isinstance(event, IndexSummary):
                self.backups.settle_marks()
                yield from self._calibrate(control)
            elif isinstance(event, Progress) and event.phase == "loading" and self.runtimes:
                self.runtimes.expect(event.total or 0)
            yield event

    def _calibrate(self, control: Control) -> Iterator[Progress]:
        """Derive what reading the model's scores takes, once there are photos to read them by."""
        calibration, engine = self._calibration, self._engine
        if calibration is None or engine is None or calibration.is_derived:
            return
        if engine.searchable() < LEAST_PHOTOS:
            return
        # The photos are indexed, whatever becomes of this; the next run tries again.
        with contextlib.suppress(CancelledError, ModelError, LibraryError):
            yield from calibration.derive(self._encoder, self._decoders, control)

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

    # The model

    def use_model(self, name: str) -> None:
        """Switch to another model and remember the choice.

        Nothing else may be using the library at that moment.

        Raises:
            ModelError: the model cannot be used; the library keeps the one it has.
        """
        model = registry.resolve(name, models_directory())
        # A path is remembered in full: the next start may be in another directory.
        remembered = name if name == model.name else str(model.directory.absolute())
        self._choose(remembered)
        self.choices.use_model(remembered)

    def load_encoder(self) -> None:
        """Load the model's tower for words, or for pictures where it has no other."""
        encoder = self._encoder()
        if encoder.model.has_text:
            encoder.load_texts()
        else:
            encoder.load_images()

    def _choose(self, name: str) -> None:
        self.model_name = name
        if self._engine is not None:
            self._engine.close()
        self.model = self.model_error = self._engine = None
        self._listing.alike.compare_with(None, 1.0)
        self._calibration: Calibration | None = None
        self._is_ready_for_words = False
        if self.runtimes is not None:
            self.runtimes.close()
        self.runtimes = None
        try:
            self.model = registry.resolve(name, models_directory())
        except ModelError as error:
            self.model_error = error
            return
        self.model_name = self.model.name
        self.runtimes = ModelRuntimes(self.model, self._decoders, self._readable)
        self._calibration = Calibration(self.model, self.directory / "calibration")
        self._engine = SearchEngine(
            self.model,
            self._listing,
            self._index(),
            self._decoders,
            self._encoder,
            self._calibration,
            self.choices.read,
        )

    def _index(self) -> EmbeddingIndex:
        model = self._usable_model()
        return EmbeddingIndex(self._database, model.fingerprint, model.dimension)

    def _encoder(self) -> Encoder:
        if self.runtimes is None:
            self._usable_model()
        assert self.runtimes is not None
        return self.runtimes.encoder

    def _readable(self, count: int) -> list[Path]:
        """Return the paths of at most so many photos whose files can be read, evenly chosen."""
        ids = evenly(sorted(self._catalog.all_ids()), 4 * count)
        photos = self._catalog.by_ids(ids).values()
        return evenly([p.path for p in photos if p.width and p.path.is_file()], count)
