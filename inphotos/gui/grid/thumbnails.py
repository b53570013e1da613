"""Thumbnails from disk to the screen: read by a pool of threads, newest wish first, cached."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PyQt6.QtCore import QObject, QRectF, QRunnable, QSize, Qt, QThreadPool, QTimer, pyqtSignal
from PyQt6.QtGui import QImage, QImageReader, QPainter, QPainterPath, QPixmap

#: Pixels are cheap to read again: this is about 500 tiles of 200 px on a screen of 2x.
CACHE_BYTES = 256 * 2**20
#: Wishes kept beyond those of the last paint; a tile that scrolls back asks again.
MAX_QUEUED = 400
#: Reading is short and mostly decoding; more threads would take the cores from the indexer.
THREADS = 2

CORNER_RADIUS = 7.0


@dataclass(frozen=True, slots=True)
class Wish:
    """One thumbnail at one size.

    Attributes:
        content: the photo's content key in the library.
        edge: the square that it has to fit, in device-independent pixels.
        ratio: device pixels per pixel.
    """

    content: str
    edge: int
    ratio: float


class Thumbnails(QObject):
    """Gives pixmaps of the thumbnails that the library keeps as files.

    Lives in the GUI thread; files are read to QImage by a pool of threads.

    Signals:
        loaded(str): a photo's thumbnail (by content key) can be had now.
    """

    loaded = pyqtSignal(str)
    _read = pyqtSignal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path: Callable[[str], Path] | None = None
        self._cache: OrderedDict[Wish, QPixmap | None] = OrderedDict()
        self._bytes = 0
        self._asked: dict[Wish, None] = {}
        self._queue = _Queue()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(THREADS)
        self._flush = QTimer(self)
        self._flush.setSingleShot(True)
        self._flush.setInterval(0)
        self._flush.timeout.connect(self._on_flush)
        self._read.connect(self._on_read)

    def set_source(self, path: Callable[[str], Path] | None) -> None:
        """Say where the files are: a function from content key to path, called in the pool."""
        self._path = path

    def pixmap(self, wish: Wish) -> QPixmap | None:
        """Return the thumbnail, None while it is being read or when there is none."""
        if wish in self._cache:
            self._cache.move_to_end(wish)
            return self._cache[wish]
        self._asked[wish] = None
        if not self._flush.isActive():
            self._flush.start()
        return None

    def forget_missing(self) -> None:
        """Look again for thumbnails that were not there: the indexer may have made them."""
        for wish in [wish for wish, pixmap in self._cache.items() if pixmap is None]:
            del self._cache[wish]

    def close(self) -> None:
        """Drop what is queued and wait for the threads; nothing is read from now on."""
        self._path = None
        self._queue.clear()
        self._pool.clear()
        self._pool.waitForDone()

    def _on_flush(self) -> None:
        if self._path is None:
            return
        # What the last paint asked for is what the user sees, in reading order.
        self._queue.put_first(list(self._asked))
        self._asked.clear()
        for _ in range(THREADS - self._pool.activeThreadCount()):
            self._pool.start(_Reader(self._queue, self._path, self._read.emit))

    def _on_read(self, wish: Wish, image: QImage | None) -> None:
        self._queue.finish(wish)
        pixmap = None if image is None else QPixmap.fromImage(image)
        self._cache[wish] = pixmap
        self._bytes += _cost(pixmap)
        while self._bytes > CACHE_BYTES:
            self._bytes -= _cost(self._cache.popitem(last=False)[1])
        self.loaded.emit(wish.content)
        # A reader may have ended between its last look at the queue and this wish.
        if self._queue and not self._flush.isActive():
            self._flush.start()


class _Queue:
    """Wishes still open, the most wanted first; shared by the GUI thread and the readers."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wishes: OrderedDict[Wish, None] = OrderedDict()
        self._taken: set[Wish] = set()

    def __bool__(self) -> bool:
        return bool(self._wishes)

    def put_first(self, wishes: list[Wish]) -> None:
        """Add wishes in front of the others, in their order; those being read stay out."""
        with self._lock:
            for wish in reversed(wishes):
                if wish not in self._taken:
                    self._wishes[wish] = None
                    self._wishes.move_to_end(wish, last=False)
            while len(self._wishes) > max(MAX_QUEUED, len(wishes)):
                self._wishes.popitem()

    def take(self) -> Wish | None:
        """Return the most wanted, which counts as being read until :meth:`finish`."""
        with self._lock:
            if not self._wishes:
                return None
            wish = self._wishes.popitem(last=False)[0]
            self._taken.add(wish)
            return wish

    def finish(self, wish: Wish) -> None:
        with self._lock:
            self._taken.discard(wish)

    def clear(self) -> None:
        with self._lock:
            self._wishes.clear()


class _Reader(QRunnable):
    """Reads one wish after the other until none is open."""

    def __init__(
        self,
        queue: _Queue,
        path: Callable[[str], Path],
        report: Callable[[Wish, QImage | None], None],
    ) -> None:
        super().__init__()
        self._queue = queue
        self._path = path
        self._report = report

    def run(self) -> None:
        while (wish := self._queue.take()) is not None:
            self._report(wish, _read_thumbnail(self._path(wish.content), wish))


def _read_thumbnail(path: Path, wish: Wish) -> QImage | None:
    """Read a thumbnail scaled to its tile, with round corners; None when it cannot be read."""
    reader = QImageReader(str(path))
    edge = round(wish.edge * wish.ratio)
    size = reader.size()
    if not size.isValid():
        return None
    reader.setScaledSize(size.scaled(QSize(edge, edge), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        return None
    rounded = QImage(image.size(), QImage.Format.Format_ARGB32_Premultiplied)
    rounded.fill(Qt.GlobalColor.transparent)
    shape = QPainterPath()
    radius = CORNER_RADIUS * wish.ratio
    shape.addRoundedRect(QRectF(rounded.rect()), radius, radius)
    painter = QPainter(rounded)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(shape)
    painter.drawImage(0, 0, image)
    painter.end()
    rounded.setDevicePixelRatio(wish.ratio)
    return rounded


def _cost(pixmap: QPixmap | None) -> int:
    return 0 if pixmap is None else pixmap.width() * pixmap.height() * 4
