"""Small versions of photos, kept below the library up to a limit of bytes."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from inphotos.owner_only import make_directory
from inphotos.settings import THUMBNAIL_CACHE_BYTES, THUMBNAIL_EDGES, write_atomically

#: Eviction goes this far below the limit, so that it is not due again at the next photo.
_EVICT_TO = 0.9

#: How exactly is known when a thumbnail was last used: finer would mean more writing.
_DAY = 24 * 60 * 60

_JPEG_START, _JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file of the cache.

    Attributes:
        age: what is greater goes earlier. Of those used on the same day the large ones: four times
            the bytes, and the small one is still there to be shown.
    """

    age: tuple[int, int, float]
    path: Path
    size: int


class ThumbnailCache:
    """Thumbnails by the content of their photo, so that none is ever shown for another photo.

    A thumbnail is a file, ``thumbnails/<edge>/<2 digits>/<30 digits>.jpg``; its modification time
    is the day of its last use. Safe to use from any thread; a thumbnail can go at any moment.
    """

    def __init__(self, directory: Path, limit_bytes: int = THUMBNAIL_CACHE_BYTES) -> None:
        """Use ``directory``/thumbnails, made when the first thumbnail is stored.

        Args:
            directory: the library's.
            limit_bytes: when there is more than that, what was not used for longest goes.
        """
        self._directory = directory / "thumbnails"
        self._limit_bytes = limit_bytes
        self._lock = threading.Lock()
        self._evicting = threading.Lock()
        self._bytes: int | None = None

    @property
    def total_bytes(self) -> int:
        """Bytes of all thumbnails; counted file by file once, kept up to date from then on."""
        if self._bytes is None:
            counted = sum(entry.size for entry in self._entries())
            with self._lock:
                if self._bytes is None:
                    self._bytes = counted
        return self._bytes

    def limit(self, limit_bytes: int) -> None:
        """Keep no more than ``limit_bytes`` from now on; what is beyond that goes at once."""
        self._limit_bytes = limit_bytes
        if self.total_bytes > limit_bytes:
            self.evict(limit_bytes)

    def path(self, content: str, edge: int) -> Path:
        """Return where the thumbnail of a photo with this digest is or would be."""
        return self._directory / str(edge) / content[:2] / f"{content[2:]}.jpg"

    def smallest_for(self, edge: int) -> int:
        """Return the size of thumbnails to show in a square of ``edge`` device pixels."""
        return min((size for size in THUMBNAIL_EDGES if size >= edge), default=THUMBNAIL_EDGES[-1])

    def find(self, content: str, edge: int) -> Path | None:
        """Return a thumbnail for a square of ``edge`` device pixels, None when there is none.

        It is the smallest one that is large enough. Early versions kept only the large one, which
        then serves for both uses: it is shown as quickly as the small one could be made of it.
        """
        if not content:
            return None
        least = self.smallest_for(edge)
        return self._first(content, [size for size in THUMBNAIL_EDGES if size >= least])

    def find_smaller(self, content: str, edge: int) -> Path | None:
        """Return a thumbnail that is too small for ``edge``, for when no other can be made."""
        least = self.smallest_for(edge)
        return self._first(content, [size for size in reversed(THUMBNAIL_EDGES) if size < least])

    def store(self, content: str, jpegs: Mapping[int, bytes]) -> None:
        """Keep the thumbnails of a photo; those that are there already stay as they are.

        Raises:
            OSError: they cannot be written.
        """
        written = 0
        for edge, jpeg in jpegs.items():
            path = self.path(content, edge)
            if not is_whole(path):
                make_directory(path.parent)
                # Not in one of hundreds of directories, where a crash would leave it for good.
                write_atomically(path, jpeg, durable=False, beside=self._directory)
                written += len(jpeg)
        self._count(written)
        if written and self.total_bytes > self._limit_bytes:
            self.evict(self._limit_bytes)

    def remove(self, content: str) -> None:
        """Forget the thumbnails of a photo, if they are there."""
        if content:
            for edge in THUMBNAIL_EDGES:
                path = self.path(content, edge)
                with contextlib.suppress(FileNotFoundError):
                    size = path.stat().st_size
                    path.unlink()
                    self._count(-size)

    def keep_only(self, contents: Collection[str]) -> tuple[int, int]:
        """Remove the thumbnails of all photos but those with these digests.

        Returns:
            How many files were removed, and their bytes.
        """
        removed = freed = 0
        for entry in self._entries():
            if entry.path.parent.name + entry.path.stem not in contents:
                with contextlib.suppress(OSError):  # on Windows, while it is being read
                    entry.path.unlink()
                    removed += 1
                    freed += entry.size
        self._count(-freed)
        return removed, freed

    def evict(self, limit_bytes: int) -> int:
        """Remove what was not used for longest where there is more than ``limit_bytes``.

        Returns:
            How many files were removed; 0 also while another thread is at it.
        """
        if not self._evicting.acquire(blocking=False):
            return 0
        try:
            counted = self._bytes or 0
            entries = sorted(self._entries(), key=lambda entry: entry.age, reverse=True)
            total = sum(entry.size for entry in entries)
            goal = limit_bytes if total <= limit_bytes else limit_bytes * _EVICT_TO
            removed = 0
            for entry in entries:
                if total <= goal:
                    break
                with contextlib.suppress(OSError):  # on Windows, while it is being read
                    entry.path.unlink()
                    total -= entry.size
                    removed += 1
            with self._lock:  # exact again, but for what was stored meanwhile
                self._bytes = total + (self._bytes or 0) - counted
            return removed
        finally:
            self._evicting.release()

    def _first(self, content: str, edges: list[int]) -> Path | None:
        for edge in edges:
            path = self.path(content, edge)
            if is_whole(path):
                with contextlib.suppress(OSError):  # then it only goes earlier
                    if time.time() - path.stat().st_mtime > _DAY:
                        os.utime(path)
                return path
        return None

    def _count(self, change: int) -> None:
        with self._lock:
            if self._bytes is not None:
                self._bytes += change

    def _entries(self) -> Iterator[_Entry]:
        """Walk all files, those included that a crash left half-written."""
        yesterday = time.time() - _DAY
        for edge in THUMBNAIL_EDGES:
            for parent, _, names in os.walk(self._directory / str(edge)):
                for name in names:
                    path = Path(parent, name)
                    with contextlib.suppress(OSError):  # gone already
                        info = path.stat()
                        if path.suffix != ".jpg" and info.st_mtime > yesterday:
                            continue  # it may be just being written
                        age = (-int(info.st_mtime // _DAY), edge, -info.st_mtime)
                        yield _Entry(age, path, info.st_size)


def is_whole(path: Path) -> bool:
    """Tell whether a thumbnail is there from its first byte to its last.

    They are not forced to disk when they are written, so a power cut can leave an empty file or
    one that ends in zeros.
    """
    try:
        with path.open("rb") as file:
            if file.read(len(_JPEG_START)) != _JPEG_START:
                return False
            file.seek(-len(_JPEG_END), os.SEEK_END)
            return file.read() == _JPEG_END
    except OSError:
        return False
