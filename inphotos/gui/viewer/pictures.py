"""Photos as large as the screen: decoded ahead of the user, the newest wish first, and kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from PyQt6.QtCore import QObject, QSize, pyqtSignal
from PyQt6.QtGui import QImage

from inphotos.errors import CancelledError, DecoderError, PhotoError
from inphotos.gui import wording
from inphotos.gui.grid.lane import Lane, Priority
from inphotos.gui.kept_pictures import PLAIN, read_jpeg
from inphotos.gui.sentences import said
from inphotos.settings import THUMBNAIL_EDGES

if TYPE_CHECKING:
    from inphotos.photos.view import View
    from inphotos.search.ranking import Result

#: On a screen of 1920 x 1080 a photo takes 8 MB or less: this is the way back through thirty of
#: them, or two of 24 megapixels in full. What is on the screen stays, whatever it takes.
CACHE_BYTES = 256 * 2**20

#: The photo that is looked at, and those around it.
SCREEN_READERS = 2
#: Wishes that may wait: those of the newest state only, which are a handful.
MAX_QUEUED = 12
#: What is longer than any screen is read by a thread of its own, for it takes its time.
LARGE_EDGE = 4000

#: A photo as it was: its id, file and content.
_Key: TypeAlias = tuple[int, Path, str]


@dataclass(frozen=True, slots=True)
class Wish:
    """One photo at one size.

    Attributes:
        photo_id, path, content: the photo, see :class:`~inphotos.search.ranking.Result`.
        edge: its long edge in pixels; 0 for the thumbnail.
    """

    photo_id: int
    path: Path
    content: str
    edge: int

    @classmethod
    def of(cls, photo: Result, edge: int) -> Wish:
        """Return the wish for a photo of the grid."""
        return cls(photo.photo_id, photo.path, photo.content, edge)

    @property
    def key(self) -> _Key:
        """The photo, whatever the size."""
        return self.photo_id, self.path, self.content


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A photo to be drawn.

    Attributes:
        image: upright. A QImage and no QPixmap: where it is drawn both are the same memory, so
            that the step from one to the other would only copy 96 MB of a large photo.
        full: size of the whole photo in pixels; empty for a thumbnail.
        pixels: the memory that the image lies in, where it is not its own.
        most: larger there is none, although the photo is.
    """

    image: QImage
    full: QSize
    pixels: bytes = b""
    most: bool = False

    @property
    def edge(self) -> int:
        """Its long edge in pixels."""
        return max(self.image.width(), self.image.height())

    @property
    def is_thumbnail(self) -> bool:
        """Whether it only stands in for the photo."""
        return self.full.isEmpty()

    @property
    def is_whole(self) -> bool:
        """Whether there is no more to be had of the photo."""
        return self.most or self.edge >= max(self.full.width(), self.full.height()) > 0

    def edge_is_at_least(self, edge: int) -> bool:
        """Tell whether it is the photo itself, and as large as that."""
        return not self.is_thumbnail and self.edge >= edge

    @property
    def bytes(self) -> int:
        """The memory that it takes."""
        return self.image.sizeInBytes()


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a photo cannot be seen as it is.

    Attributes:
        text: a sentence.
        gone: its file is not there.
        lasting: it will be the same the next time.
    """

    text: str
    gone: bool = False
    lasting: bool = False


class ThumbnailSource(Protocol):
    """Where thumbnails come from; called from a thread."""

    def find(self, content: str, edge: int) -> Path | None:
        """Return a thumbnail that is there already."""


class ViewSource(Protocol):
    """Where photos come from; called from several threads."""

    def read(self, path: Path, edge: int) -> View:
        """Return a photo, its long edge at most ``edge`` pixels."""


class Pictures(QObject):
    """Gives pictures of photos, in the GUI thread, and reads those that are wanted in others.

    Signals:
        loaded(int): there is more to be seen of a photo (by photo id), or to be told.
    """

    loaded = pyqtSignal(object)
    _read = pyqtSignal(object, object, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._views: ViewSource | None = None
        self._thumbnails: ThumbnailSource | None = None
        self._kept: OrderedDict[Wish, Picture] = OrderedDict()
        self._bytes = 0
        self._trouble: dict[_Key, Trouble] = {}
        self._wanted: frozenset[Wish] = frozenset()
        self._turn = 0
        self._small = Lane(1, MAX_QUEUED, self._read_thumbnail)
        self._screen = Lane(SCREEN_READERS, MAX_QUEUED, self._read_view)
        self._large = Lane(1, MAX_QUEUED, self._read_view)
        self._read.connect(self._on_read)

    def set_source(self, views: ViewSource, thumbnails: ThumbnailSource) -> None:
        """Say where the pictures come from."""
        self._views, self._thumbnails = views, thumbnails

    def want(self, wishes: Sequence[Wish]) -> None:
        """Read these, the first one first; what was wanted before and is not any more is dropped.

        Of photos that are not there yet the thumbnail is read too.
        """
        bare = [replace(wish, edge=0) for wish in wishes if wish.content and not self._best(wish)]
        self._wanted = frozenset((*wishes, *bare))
        self._turn += 1
        self._read_missing((*bare, *wishes))

    def best(self, photo: Result, edge: int) -> Picture | None:
        """Return what there is to show a photo at a size with: large enough, or the largest."""
        return self._best(Wish.of(photo, edge))

    def trouble(self, photo: Result) -> Trouble | None:
        """Return why a photo cannot be seen as it is, None while nothing is known against it."""
        return self._trouble.get(Wish.of(photo, 0).key)

    def is_settled(self, wish: Wish) -> bool:
        """Tell whether a wish is met, or cannot be."""
        if wish.key in self._trouble:
            return True
        best = self._best(wish)
        return best is not None and (best.is_whole or best.edge_is_at_least(wish.edge))

    def try_again(self, photo: Result) -> None:
        """Forget what kept a photo from being read, if that may have changed."""
        trouble = self.trouble(photo)
        if trouble is not None and not trouble.lasting:
            del self._trouble[Wish.of(photo, 0).key]

    def close(self) -> None:
        """Drop what is queued and wait for the threads, whose source has been closed before."""
        self._wanted = frozenset()
        self._views = self._thumbnails = None
        for lane in (self._small, self._screen, self._large):
            lane.close()

    def _read_missing(self, wishes: Sequence[Wish]) -> None:
        missing: dict[Lane, dict[Wish, Priority]] = {}
        for place, wish in enumerate(wishes):
            if wish.edge == 0 or not self.is_settled(wish):
                missing.setdefault(self._lane(wish), {})[wish] = (-self._turn, place)
        for lane, priorities in missing.items():
            lane.put(priorities)

    def _lane(self, wish: Wish) -> Lane:
        if wish.edge == 0:
            return self._small
        return self._screen if wish.edge <= LARGE_EDGE else self._large

    def _best(self, wish: Wish) -> Picture | None:
        found = [(kept, it) for kept, it in self._kept.items() if kept.key == wish.key]
        if not found:
            return None
        enough = [pair for pair in found if pair[1].edge_is_at_least(wish.edge)]
        if enough:
            kept, picture = min(enough, key=lambda pair: pair[1].edge)
        else:
            kept, picture = max(found, key=lambda pair: (not pair[1].is_thumbnail, pair[1].edge))
        self._kept.move_to_end(kept)
        return picture

    def _on_read(self, wish: Wish, outcome: Picture | Trouble | None, dropped: bool) -> None:
        self._lane(wish).finish(wish)
        if dropped and wish in self._wanted:  # anew, while it was being dropped
            self._read_missing((wish,))
        if isinstance(outcome, Trouble):
            self._trouble[wish.key] = outcome
        elif outcome is not None:
            self._keep(wish, outcome)
        if outcome is not None:
            self.loaded.emit(wish.photo_id)

    def _keep(self, wish: Wish, picture: Picture) -> None:
        self._drop(wish)
        self._kept[wish] = picture
        self._bytes += picture.bytes
        # Last of all what is wanted now, as nobody would ask for it again.
        for oldest in sorted(self._kept, key=lambda kept: kept in self._wanted):
            if self._bytes <= CACHE_BYTES:
                break
            if oldest != wish:
                self._drop(oldest)

    def _drop(self, wish: Wish) -> None:
        picture = self._kept.pop(wish, None)
        self._bytes -= 0 if picture is None else picture.bytes

    # In the threads of the lanes

    def _read_thumbnail(self, wish: Wish, _: Priority) -> None:
        source = self._thumbnails if wish in self._wanted else None
        picture = None if source is None else _thumbnail(source, wish)
        self._read.emit(wish, picture, source is None)

    def _read_view(self, wish: Wish, _: Priority) -> None:
        source = self._views if wish in self._wanted else None
        outcome = None if source is None else _view(source, wish)
        self._read.emit(wish, outcome, source is None)


def _view(source: ViewSource, wish: Wish) -> Picture | Trouble | None:
    try:
        view = source.read(wish.path, wish.edge)
    except CancelledError:
        return None
    except PhotoError as error:
        try:
            gone = not wish.path.exists()
        except OSError:
            gone = True
        return Trouble(wording.cannot_see(wish.path, said(error.reason)), gone, error.lasting)
    except DecoderError as error:
        return Trouble(said(error))
    image = QImage(view.pixels, view.width, view.height, 4 * view.width, PLAIN)
    full = QSize(view.full_width, view.full_height)
    return Picture(image, full, view.pixels, max(view.width, view.height) < wish.edge)


def _thumbnail(source: ThumbnailSource, wish: Wish) -> Picture | None:
    edges = reversed(THUMBNAIL_EDGES)
    path = next(filter(None, (source.find(wish.content, edge) for edge in edges)), None)
    image = None if path is None else read_jpeg(path)
    if image is None:
        return None
    return Picture(image.convertToFormat(PLAIN), QSize())
