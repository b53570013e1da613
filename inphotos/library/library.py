"""One open library, as the command line and the window use it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from inphotos.encoders import registry
from inphotos.encoders.base import Encoder, Model
from inphotos.errors import ModelError, PhotoError
from inphotos.events import Control, IndexEvent
from inphotos.indexing.indexer import Indexer, Order
from inphotos.indexing.records import Records
from inphotos.library.folder_book import FolderBook
from inphotos.library.reports import (
    FolderStatus,
    PhotoDetails,
    PhotoFailure,
    Status,
    disk_usage,
)
from inphotos.library.upkeep import Upkeep
from inphotos.photos.decoder_service import DecoderService
from inphotos.photos.exclusions import NO_MEDIA
from inphotos.photos.places import Places
from inphotos.photos.thumbnail_maker import ThumbnailMaker
from inphotos.photos.thumbnails import ThumbnailCache
from inphotos.photos.watch import FolderWatcher
from inphotos.search.alike import KINDS, AlikeGroup, Kind
from inphotos.search.engine import SearchEngine
from inphotos.search.listing import Listing
from inphotos.search.order import Sort
from inphotos.search.query import parse
from inphotos.search.ranking import Distance, Results, result_of
from inphotos.settings import Settings, models_directory
from inphotos.store.catalog import Catalog
from inphotos.store.database import Database
from inphotos.store.details import DetailsTable
from inphotos.store.folders import Folder
from inphotos.store.index import EmbeddingIndex
from inphotos.store.trouble import translated_os_errors


class Library:
    """One open library, shared by the threads of the process.

    Searching may go on in one thread while another one indexes. Whatever writes (adding and
    forgetting folders, indexing, changing the model) belongs into one thread.

    Attributes:
        directory: where it is kept.
        model_name: the chosen model, whether or not it is on this machine.
        model: the chosen model, or None when it cannot be used.
        model_error: why it cannot be used, or None.
        thumbnails: gives the photos' thumbnails; may be used by any thread.
        upkeep: what the user decides about photos that vanished or could not be read, and
            compaction.
    """

    def __init__(self, database: Database, settings: Settings, model_name: str) -> None:
        """Wire an open database; use :meth:`open`."""
        self.directory = database.directory
        self._database = database
        self._settings = settings
        self._catalog = Catalog(database)
        self._details = DetailsTable(database)
        self._book = FolderBook(database, self._catalog, self._details)
        self._places = Places()
        self._listing = Listing(database, self._catalog, lambda: self._book.offline)
        self._listing.alike.bits = settings.near_duplicate_bits
        self._thumbnails = ThumbnailCache(database.directory, settings.thumbnail_cache_bytes)
        self.upkeep = Upkeep(database, self._catalog, self._details, self._thumbnails)
        self.thumbnails = ThumbnailMaker(self._thumbnails)
        self._decoders = DecoderService(workers=1)
        self._loading = threading.Lock()
        self._choose(model_name)

    @classmethod
    def open(cls, directory: Path, *, model: str | None = None) -> Library:
        """Open the library at ``directory``, making it when it is not there.

        Args:
            directory: the library's directory.
            model: name or path of the model to use this time; by default the library's own.

        Raises:
            LibraryError: it cannot be opened; the message says why and what to do.
        """
        database = Database(directory)
        settings = Settings.load(directory / "settings.json")
        try:
            with translated_os_errors(directory):
                # Thumbnails are no photos, should a folder be added that this is in.
                (directory / NO_MEDIA).touch(mode=0o600)
            return cls(database, settings, model or settings.model)
        except BaseException:
            database.close()
            raise

    def close(self) -> None:
        """Close the library; closing again does nothing."""
        self.stop_decoding()
        self._database.close()

    def stop_decoding(self) -> None:
        """End what is being decoded for queries and thumbnails at once, ahead of :meth:`close`.

        May be called from any thread, so that closing need not wait for a photo.
        """
        self.thumbnails.close()
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
        records = Records(
            self._database,
            self._catalog,
            self._details,
            self._thumbnails,
            self._places,
            self._index() if self.model else None,
        )
        indexer = Indexer(self._database, self._catalog, records, self.model, self._encoder)
        chosen = self._book.chosen(folders)
        yield from indexer.run(chosen, self.model_name, control or Control(), order or Order())

    def watch(self, on_disturbance: Callable[[Order], None]) -> FolderWatcher:
        """Watch the folders while the application runs.

        Args:
            on_disturbance: is called, on a thread of the watcher, with the order to give to
                :meth:`index` for what has changed.

        Returns:
            the watcher, to be told of other folders by :meth:`watch_folders`, and to be closed.
        """
        watcher = FolderWatcher(
            lambda disturbance: on_disturbance(
                Order(
                    scope={
                        **disturbance.directories,
                        **dict.fromkeys(disturbance.roots, None),
                    }
                )
            )
        )
        self.watch_folders(watcher)
        return watcher

    def watch_folders(self, watcher: FolderWatcher) -> None:
        """Let a watcher watch the folders that are in the library now."""
        wanted = self._book.wanted()
        watcher.watch(list(wanted.exclusions), wanted)

    def failures(self) -> tuple[PhotoFailure, ...]:
        """Return the photos that cannot be read."""
        return tuple(PhotoFailure(p.path, p.reason) for p in self._catalog.failures())

    def details(self, path: Path) -> PhotoDetails:
        """Return all that the library knows of a photo.

        Raises:
            PhotoError: it is not in the library.
        """
        path = Path(os.path.abspath(path.expanduser()))  # noqa: PTH100 - need not exist any more
        photo = self._catalog.by_path(path)
        if photo is None:
            raise PhotoError(path, "it is not in the library")
        metadata, place = self._details.of(photo.id, photo.taken_ms) or (None, None)
        copies = [
            other.path
            for other in self._catalog.of_content(photo.content)
            if other.id != photo.id and other.state != "gone"
        ]
        return PhotoDetails(
            path=photo.path,
            size=photo.size,
            width=photo.width,
            height=photo.height,
            state=photo.state,
            online=photo.folder_id not in self._book.offline,
            metadata=metadata,
            place=place,
            copies=tuple(sorted(copies)),
        )

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
        )

    # Searching

    def search(
        self,
        text: str,
        *,
        top: int = 20,
        offset: int = 0,
        min_score: float | None = None,
        sort: Sort = "relevance",
        explain: bool = False,
        day_first: bool = False,
        fold: bool = False,
    ) -> Results:
        """Find photos by a query; see :meth:`SearchEngine.search`.

        Filters alone need no model.

        Args:
            text: the query, in the language of :mod:`inphotos.search.query`.
            top, offset, min_score, sort, explain, fold: as the engine says.
            day_first: whether 1/2/2023 is in February.
        """
        query = parse(text, day_first=day_first)
        if self._engine is None and not query.concepts:
            order: Sort = "date" if sort == "relevance" else sort
            return self._listing.list(
                query, self.model_name, top=top, offset=offset, sort=order, fold=fold
            )
        return self._usable_engine().search(
            query,
            top=top,
            offset=offset,
            min_score=min_score,
            sort=sort,
            explain=explain,
            fold=fold,
        )

    def similar(
        self, photo: Path, *, top: int = 20, offset: int = 0, fold: bool = False
    ) -> Results:
        """Find photos like another one; see :meth:`SearchEngine.similar`."""
        return self._usable_engine().similar(photo, top=top, offset=offset, fold=fold)

    def distance(self, first: Path, second: Path) -> Distance:
        """Compare two photos; see :meth:`SearchEngine.distance`."""
        return self._usable_engine().distance(first, second)

    def alike(self, photo_id: int, *, top: int, offset: int = 0) -> Results:
        """List the photos that are alike to one, which is among them, the best first."""
        return self._listing.alike_to(photo_id, self.model_name, top=top, offset=offset)

    def duplicates(self, kinds: Collection[Kind] = KINDS) -> tuple[AlikeGroup, ...]:
        """Return the groups of photos that are alike, of some kinds."""
        return self._listing.groups(kinds)

    def count_alike(self) -> tuple[int, int]:
        """Return how many groups of photos that are alike there are, and how many photos in them.

        Raises:
            LibraryError: the store cannot be read.
        """
        return self._listing.count_alike()

    def browse(self, *, top: int, offset: int = 0, fold: bool = False) -> Results:
        """List photos, the newest first, without scores.

        Args:
            top, offset: as in :meth:`search`.
            fold: of photos that are alike, leave only the newest.
        """
        if fold:
            return self._listing.browse(self.model_name, top=top, offset=offset)
        photos = self._catalog.newest(top, offset)
        listed = tuple(
            result_of(photo, rank, self._book.offline)
            for rank, photo in enumerate(photos, start=offset + 1)
        )
        return Results("", self.model_name, 0.0, self._catalog.count(), listed)

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
        self._remember(replace(self._settings, model=remembered))

    @property
    def only_on_mains(self) -> bool:
        """Whether photos are to be indexed only while the machine is not on battery.

        It is up to the caller of :meth:`index` to see to that, with a ``Control``.
        """
        return self._settings.only_on_mains

    def index_only_on_mains(self, wanted: bool) -> None:
        """Change and remember :attr:`only_on_mains`.

        Raises:
            LibraryError: it cannot be written.
        """
        self._remember(replace(self._settings, only_on_mains=wanted))

    @property
    def fold(self) -> bool:
        """Whether photos that are alike are to be shown as one."""
        return self._settings.fold

    def fold_alike(self, wanted: bool) -> None:
        """Change and remember :attr:`fold`.

        Raises:
            LibraryError: it cannot be written.
        """
        self._remember(replace(self._settings, fold=wanted))

    @property
    def near_duplicate_bits(self) -> int:
        """In how many bits of 64 the perceptual hashes of near-duplicates may differ."""
        return self._listing.alike.bits

    def allow_near_duplicate_bits(self, bits: int) -> None:
        """Change and remember :attr:`near_duplicate_bits`.

        Nothing else may be searching at that moment.

        Args:
            bits: 0 to ``MOST_BITS``.

        Raises:
            LibraryError: it cannot be written.
        """
        self._listing.alike.bits = bits
        self._remember(replace(self._settings, near_duplicate_bits=self.near_duplicate_bits))

    def load_encoder(self) -> None:
        """Load the model now (seconds) rather than at the first photo or query.

        Raises:
            ModelError: the model cannot be used.
        """
        self._encoder()

    def _remember(self, settings: Settings) -> None:
        self._settings = settings
        with translated_os_errors(self.directory):
            settings.save(self.directory / "settings.json")

    def _choose(self, name: str) -> None:
        self.model_name = name
        self.model: Model | None = None
        self.model_error: ModelError | None = None
        self._engine: SearchEngine | None = None
        self._loaded: Encoder | None = None
        self._listing.alike.compare_with(None, 1.0)
        try:
            self.model = registry.resolve(name, models_directory())
        except ModelError as error:
            self.model_error = error
            return
        self.model_name = self.model.name
        self._engine = SearchEngine(
            self.model,
            self._listing,
            self._index(),
            self._decoders,
            self._encoder,
        )

    def _usable_model(self) -> Model:
        if self.model is None:
            assert self.model_error is not None
            raise self.model_error
        return self.model

    def _usable_engine(self) -> SearchEngine:
        self._usable_model()
        assert self._engine is not None
        return self._engine

    def _index(self) -> EmbeddingIndex:
        model = self._usable_model()
        return EmbeddingIndex(self._database, model.fingerprint, model.dimension)

    def _encoder(self) -> Encoder:
        with self._loading:
            if self._loaded is None:
                self._loaded = registry.load(self._usable_model())
            return self._loaded
