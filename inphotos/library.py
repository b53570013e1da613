"""A library and all that works on it: the one place where the parts are wired together."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from inphotos.encoders import registry
from inphotos.encoders.base import Encoder, Model
from inphotos.errors import FolderError, ModelError, display_path
from inphotos.events import Control, IndexEvent
from inphotos.indexing.indexer import Indexer
from inphotos.photos.scan import check_folder
from inphotos.photos.thumbnails import ThumbnailCache
from inphotos.search.engine import SearchEngine
from inphotos.search.ranking import Distance, Result, Results
from inphotos.settings import Settings, models_directory
from inphotos.store.catalog import Catalog, Folder
from inphotos.store.database import Database, translated_os_errors
from inphotos.store.index import EmbeddingIndex


@dataclass(frozen=True, slots=True)
class FolderStatus:
    """A folder as it is now.

    Attributes:
        photos: readable photos of it in the catalog.
        online: whether it can be reached.
    """

    path: Path
    photos: int
    online: bool


@dataclass(frozen=True, slots=True)
class PhotoFailure:
    """A photo that cannot be read, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Status:
    """A library as it is now.

    Attributes:
        library: its directory.
        photos: readable photos.
        failed: photos that cannot be read.
        missing: photos whose files have gone.
        model: name of the model in use.
        dimensions: length of its embeddings, or None when it is not on this machine.
        indexed: photos that can be found with it.
        bytes: size of the library on disk.
    """

    library: Path
    photos: int
    failed: int
    missing: int
    model: str
    dimensions: int | None
    indexed: int
    folders: tuple[FolderStatus, ...]
    bytes: int


class Library:
    """One open library, shared by the threads of the process.

    Searching may go on in one thread while another one indexes. Whatever writes (adding and
    forgetting folders, indexing, changing the model) belongs into one thread.

    Attributes:
        directory: where it is kept.
        model_name: the chosen model, whether or not it is on this machine.
        model: the chosen model, or None when it cannot be used.
        model_error: why it cannot be used, or None.
    """

    def __init__(self, database: Database, settings: Settings, model_name: str) -> None:
        """Wire an open database; use :meth:`open`."""
        self.directory = database.directory
        self._database = database
        self._settings = settings
        self._catalog = Catalog(database)
        self._thumbnails = ThumbnailCache(database.directory)
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
            return cls(database, settings, model or settings.model)
        except BaseException:
            database.close()
            raise

    def close(self) -> None:
        """Close the library; closing again does nothing."""
        self._database.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Folders

    def folders(self) -> tuple[FolderStatus, ...]:
        """Return the folders in the order in which they were added."""
        return tuple(
            FolderStatus(folder.path, self._catalog.count(folder.id), folder.path.is_dir())
            for folder in self._catalog.folders()
        )

    def add_folder(self, path: Path) -> Folder:
        """Add a folder; its photos come in with the next :meth:`index`.

        A folder inside one that is there already is part of it, and that one is returned. A
        folder that contains others takes them over, with all that is known of their photos.

        Raises:
            FolderError: it is not there, not a folder, cannot be read, or holds the library.
        """
        path = check_folder(path)
        if path == self.directory or self.directory in path.parents:
            raise FolderError(
                f"{display_path(path)} is where InPhotos keeps its own data; "
                f"choose the folder that holds your photos."
            )
        inside: list[Folder] = []
        for folder in self._catalog.folders():
            if folder.path == path or folder.path in path.parents:
                return folder
            if path in folder.path.parents:
                inside.append(folder)
        with self._database.transaction():
            added = self._catalog.add_folder(path)
            for folder in inside:
                photos = self._catalog.photos(folder.id)
                self._catalog.put([replace(photo, folder_id=added.id) for photo in photos])
                self._catalog.remove_folder(folder.id)
        return added

    def forget_folder(self, path: Path) -> int:
        """Take a folder and all that is known of its photos out of the library.

        The photos on disk are not touched.

        Returns:
            How many photos were forgotten.

        Raises:
            FolderError: the folder is not in the library.
        """
        path = Path(os.path.abspath(path.expanduser()))  # noqa: PTH100 - need not exist any more
        folder = next((f for f in self._catalog.folders() if f.path == path), None)
        if folder is None:
            raise FolderError(
                f"The folder {display_path(path)} is not in the library; "
                f"'inphotos status' lists those that are."
            )
        photos = self._catalog.photos(folder.id)
        with self._database.transaction():
            self._catalog.remove([photo.id for photo in photos])
            self._catalog.remove_folder(folder.id)
            kept = self._catalog.contents()
            if not self._catalog.folders():
                # Taking photos out of the index one by one is slow; all at once is not.
                self._database.clear_embeddings()
        with translated_os_errors(self.directory):
            for content in {photo.content for photo in photos} - kept:
                self._thumbnails.remove(content)
        return len(photos)

    # Indexing

    def index(
        self, control: Control | None = None, folders: Sequence[Path] | None = None
    ) -> Iterator[IndexEvent]:
        """Bring the index up to date; see :meth:`Indexer.run`.

        Args:
            control: lets the user pause and cancel.
            folders: which of the library's folders, by default all.

        Raises:
            ModelError: the model cannot be used.
            FolderError: a folder is not in the library.
            CancelledError, LibraryError: see ``Indexer.run``.
        """
        chosen = self._catalog.folders()
        if folders is not None:
            by_path = {folder.path: folder for folder in chosen}
            unknown = [path for path in folders if path not in by_path]
            if unknown:
                raise FolderError(f"The folder {display_path(unknown[0])} is not in the library.")
            chosen = tuple(dict.fromkeys(by_path[path] for path in folders))
        indexer = Indexer(
            self._database, self._catalog, self._index(), self._thumbnails, self._encoder
        )
        yield from indexer.run(chosen, self.model_name, control or Control())

    def failures(self) -> tuple[PhotoFailure, ...]:
        """Return the photos that cannot be read."""
        return tuple(PhotoFailure(p.path, p.reason) for p in self._catalog.failures())

    def status(self) -> Status:
        """Describe the library as it is now."""
        folders = self.folders()
        return Status(
            library=self.directory,
            photos=self._catalog.count(),
            failed=len(self._catalog.failures()),
            missing=self._catalog.count_gone(),
            model=self.model_name,
            dimensions=self.model.dimension if self.model else None,
            indexed=len(self._engine.searchable()) if self._engine else 0,
            folders=folders,
            bytes=_disk_usage(self.directory),
        )

    # Searching

    def search(self, text: str, *, top: int = 20, min_score: float | None = None) -> Results:
        """Find photos by words; see :meth:`SearchEngine.search`."""
        return self._usable_engine().search(text, top=top, min_score=min_score)

    def similar(self, photo: Path, *, top: int = 20) -> Results:
        """Find photos like another one; see :meth:`SearchEngine.similar`."""
        return self._usable_engine().similar(photo, top=top)

    def distance(self, first: Path, second: Path) -> Distance:
        """Compare two photos; see :meth:`SearchEngine.distance`."""
        return self._usable_engine().distance(first, second)

    def browse(self, *, top: int, offset: int = 0) -> Results:
        """List photos, the newest first, without scores."""
        photos = self._catalog.newest(top, offset)
        listed = tuple(
            Result(rank, p.id, p.path, p.content, p.width, p.height, None, None)
            for rank, p in enumerate(photos, start=offset + 1)
        )
        return Results("", self.model_name, 0.0, self._catalog.count(), listed)

    def thumbnail_path(self, content: str) -> Path:
        """Return where the thumbnail of a photo with this digest is; it may not be there."""
        return self._thumbnails.path(content)

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
        self._settings = replace(self._settings, model=remembered)
        with translated_os_errors(self.directory):
            self._settings.save(self.directory / "settings.json")

    def load_encoder(self) -> None:
        """Load the model now (seconds) rather than at the first photo or query.

        Raises:
            ModelError: the model cannot be used.
        """
        self._encoder()

    def _choose(self, name: str) -> None:
        self.model_name = name
        self.model: Model | None = None
        self.model_error: ModelError | None = None
        self._engine: SearchEngine | None = None
        self._loaded: Encoder | None = None
        try:
            self.model = registry.resolve(name, models_directory())
        except ModelError as error:
            self.model_error = error
            return
        self.model_name = self.model.name
        self._engine = SearchEngine(self.model, self._catalog, self._index(), self._encoder)

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


def _disk_usage(directory: Path) -> int:
    """Return the bytes that the files below a directory take on disk."""
    total = 0
    for parent, _, names in os.walk(directory):
        for name in names:
            try:
                info = os.stat(os.path.join(parent, name))  # noqa: PTH116, PTH118 - many thumbnails
            except OSError:  # a temporary file that is already gone
                continue
            total += getattr(info, "st_blocks", 0) * 512 or info.st_size
    return total
