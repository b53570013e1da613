"""Thumbnails from disk to the screen: read by pools of threads, newest wish first, cached."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage, QPixmap

from inphotos.gui.grid.lane import Lane, Priority
from inphotos.gui.kept_pictures import read_jpeg, rounded
from inphotos.gui.timers import single_shot

#: While the size of the tiles changes, what they then need is asked for after so long a rest.
REST_MS = 120

#: Pixels are cheap to read again: this is about 500 tiles of 200 px on a screen of 2x.
CACHE_BYTES = 256 * 2**20

#: Wishes kept beyond those of the last paint; a tile that scrolls back asks again.
MAX_QUEUED = 400
#: Fewer of those that need a decode: what has scrolled away is not worth so much work.
MAX_QUEUED_DECODES = 100

#: Reading is short and mostly decoding; more threads would take the cores from the indexer.
READERS = 2
#: These wait for the decoder processes, of which the library has as many for this purpose.
DECODERS = 2

CORNER_RADIUS = 7.0


@dataclass(frozen=True, slots=True)
class Wish:
    """One thumbnail at one size.

    Attributes:
        photo_id: the photo.
        path: its file.
        content: its content key in the library, "" while it has not been read.
        edge: the square that it has to fit, in device-independent pixels.
        ratio: device pixels per pixel.
    """

    photo_id: int
    path: Path
    content: str
    edge: int
    ratio: float

    @property
    def device_edge(self) -> int:
        """The square in device pixels."""
        return round(self.edge * self.ratio)


class ThumbnailSource(Protocol):
    """Where the files come from; all methods are called from several threads."""

    def find(self, content: str, edge: int) -> Path | None:
        """Return a file that is there already."""

    def get(self, path: Path, content: str, edge: int) -> Path | None:
        """Return a file, made first where need be."""

    def close(self) -> None:
        """Let every :meth:`get` return at once."""


class Thumbnails(QObject):
    """Gives pixmaps of the thumbnails that the library keeps as files.

    Lives in the GUI thread. Files that are there are read by one pool of threads; photos that
    must be decoded first go to another one, so that they hold up nobody but themselves.

    Signals:
        loaded(int): a photo's thumbnail (by photo id) can be had now.
    """

    loaded = pyqtSignal(object)
    _read = pyqtSignal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source: ThumbnailSource | None = None
        self._cache: OrderedDict[Wish, QPixmap | None] = OrderedDict()
        self._bytes = 0
        self._latest: dict[int, Wish] = {}
        self._asked: dict[Wish, None] = {}
        self._paints = 0
        self._readers = Lane(READERS, MAX_QUEUED, self._read_kept)
        self._decoders = Lane(DECODERS, MAX_QUEUED_DECODES, self._read_made)
        self._flush = single_shot(self, 0, self._on_flush)
        self._read.connect(self._on_read)

    @property
    def is_busy(self) -> bool:
        """Whether a thumbnail that was asked for is still on its way."""
        return bool(self._asked) or self._readers.is_busy or self._decoders.is_busy

    def set_source(self, source: ThumbnailSource) -> None:
        """Say where the files come from; it is closed with this object."""
        self._source = source

    def pixmap(self, wish: Wish) -> QPixmap | None:
        """Return the thumbnail, None while it is being read or when there is none.

        One of another size stands in until it is there, and so does one from before the photo was
        indexed; one of another content does not.
        """
        if wish in self._cache:
            self._cache.move_to_end(wish)
            return self._cache[wish]
        self._asked[wish] = None
        if not self._flush.isActive():
            self._flush.start(0)
        before = self._latest.get(wish.photo_id)
        if before is None:
            return None
        if before.content in ("", wish.content):
            self._cache.move_to_end(before)
            return self._cache[before]
        self._drop(before)
        return None

    def put_off(self) -> None:
        """Ask for nothing until a moment after this was called last: sizes are changing."""
        self._asked.clear()
        self._flush.start(REST_MS)

    def forget_missing(self) -> None:
        """Look again for thumbnails that were not there: the photos may be there by now."""
        for wish in [wish for wish, pixmap in self._cache.items() if pixmap is None]:
            self._drop(wish)

    def close(self) -> None:
        """Drop what is queued and wait for the threads; nothing is read from now on."""
        if self._source is not None:
            self._source.close()
        self._source = None
        self._readers.close()
        self._decoders.close()

    def _drop(self, wish: Wish) -> None:
        self._bytes -= _cost(self._cache.pop(wish, None))
        if self._latest.get(wish.photo_id) == wish:
            del self._latest[wish.photo_id]

    def _on_flush(self) -> None:
        if self._source is None:
            return
        # What the last paint asked for is what the user sees, in reading order.
        self._paints += 1
        wishes = {wish: (-self._paints, place) for place, wish in enumerate(self._asked)}
        self._asked.clear()
        waiting = self._decoders.put_again(wishes)
        self._readers.put({w: priority for w, priority in wishes.items() if w not in waiting})

    def _on_read(self, wish: Wish, image: QImage | None) -> None:
        self._readers.finish(wish)
        self._decoders.finish(wish)
        pixmap = None if image is None else QPixmap.fromImage(image)
        for old in (wish, self._latest.get(wish.photo_id)):
            if old is not None and (old == wish or old.content != wish.content):
                self._drop(old)
        self._cache[wish] = pixmap
        self._latest[wish.photo_id] = wish
        self._bytes += _cost(pixmap)
        while self._bytes > CACHE_BYTES:
            self._drop(next(iter(self._cache)))
        self.loaded.emit(wish.photo_id)

    # In the threads of the pools

    def _read_kept(self, wish: Wish, priority: Priority) -> None:
        source = self._source
        path = source.find(wish.content, wish.device_edge) if source is not None else None
        image = None if path is None else _read_thumbnail(path, wish)
        if image is not None:
            self._read.emit(wish, image)
        else:
            self._decoders.put({wish: priority})
            self._readers.finish(wish)

    def _read_made(self, wish: Wish, _: Priority) -> None:
        source = self._source
        if source is not None:
            path = source.get(wish.path, wish.content, wish.device_edge)
            self._read.emit(wish, None if path is None else _read_thumbnail(path, wish))


def _read_thumbnail(path: Path, wish: Wish) -> QImage | None:
    """Read a thumbnail scaled to its tile, with round corners; None when it cannot be read."""
    image = read_jpeg(path, wish.device_edge)
    return None if image is None else rounded(image, CORNER_RADIUS, wish.ratio)


def _cost(pixmap: QPixmap | None) -> int:
    return 0 if pixmap is None else pixmap.width() * pixmap.height() * 4
