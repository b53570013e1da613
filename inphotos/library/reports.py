"""What a library tells about itself."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from inphotos.errors import PhotoError
from inphotos.metadata import Metadata, Place
from inphotos.store.catalog import Catalog, State
from inphotos.store.details import DetailsTable
from inphotos.store.marks import UNMARKED, Mark, MarkBook, clean_tags


@dataclass(frozen=True, slots=True)
class FolderStatus:
    """A folder as it is now.

    Attributes:
        photos: readable photos of it in the catalog.
        missing: those among them whose files have vanished, and which wait for the user's word.
        online: whether it can be reached.
        exclusions: the user's own patterns of what not to take from it.
    """

    path: Path
    photos: int
    missing: int
    online: bool
    exclusions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhotoFailure:
    """A photo that cannot be read, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class PhotoDetails:
    """All that the library knows of one photo.

    Attributes:
        photo_id: its id in the library.
        size: of the file, bytes.
        width, height: pixels, upright; 0 while it has not been read.
        reason: why it cannot be read; empty when it can.
        state: whether its file is there.
        online: whether its folder can be reached.
        metadata: what the file says of itself, None while it has not been read.
        place: the nearest place to where it was taken, None when that is not known.
        copies: other photos of the library with the same content.
        mark: what the user thinks of it.
    """

    photo_id: int
    path: Path
    size: int
    width: int
    height: int
    reason: str
    state: State
    online: bool
    metadata: Metadata | None
    place: Place | None
    copies: tuple[Path, ...]
    mark: Mark = UNMARKED

    @property
    def rating(self) -> int | None:
        """Stars, the user's before the file's, which may also be ``REJECTED``; None for none."""
        if self.mark.rating is not None or self.metadata is None:
            return self.mark.rating
        return self.metadata.rating

    @property
    def tags(self) -> tuple[str, ...]:
        """The file's keywords and the user's tags."""
        keywords = () if self.metadata is None else self.metadata.keywords
        return clean_tags((*keywords, *self.mark.tags))


@dataclass(frozen=True, slots=True)
class Compacted:
    """What compaction removed, and what it freed.

    Attributes:
        photos: photos that had left the library.
        embeddings: embeddings in all indexes that belonged to no photo any more.
        thumbnails: thumbnail files of no photo.
        bytes: freed on disk.
    """

    photos: int
    embeddings: int
    thumbnails: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Status:
    """A library as it is now.

    Attributes:
        library: its directory.
        photos: photos that can be shown.
        failed: photos that cannot be read.
        missing: photos whose files have vanished, and which wait for the user's word.
        model: name of the model in use.
        dimensions: length of its embeddings, or None when it is not on this machine.
        indexed: photos that can be found with it.
        bytes: size of the library on disk.
        converted_bytes: what models take that were converted for this machine; for all libraries.
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
    converted_bytes: int


def details_of(
    path: Path,
    catalog: Catalog,
    details: DetailsTable,
    offline: Collection[int],
    marks: MarkBook,
) -> PhotoDetails:
    """Return all that a library knows of a photo.

    Args:
        path: of the photo.
        catalog, details, marks: of the library.
        offline: ids of the folders that cannot be reached.

    Raises:
        PhotoError: it is not in the library.
    """
    path = Path(os.path.abspath(path.expanduser()))  # noqa: PTH100 - need not exist any more
    photo = catalog.by_path(path)
    if photo is None:
        raise PhotoError(path, "it is not in the library")
    metadata, place = details.of(photo.id, photo.taken_ms) or (None, None)
    copies = [
        other.path
        for other in catalog.of_content(photo.content)
        if other.id != photo.id and other.state != "gone"
    ]
    return PhotoDetails(
        photo_id=photo.id,
        path=photo.path,
        size=photo.size,
        width=photo.width,
        height=photo.height,
        reason=photo.reason,
        state=photo.state,
        online=photo.folder_id not in offline,
        metadata=metadata,
        place=place,
        copies=tuple(sorted(copies)),
        mark=marks.of(photo.content),
    )


def disk_usage(directory: Path) -> int:
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
