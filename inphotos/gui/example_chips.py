"""The photos of a query as small buttons with a picture of each."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QSize, Qt
from PyQt6.QtGui import QIcon, QImage, QPalette, QPixmap
from PyQt6.QtWidgets import QWidget

from inphotos.gui import wording
from inphotos.gui.chips import RemovableChip
from inphotos.gui.icons import icon
from inphotos.gui.kept_pictures import read_jpeg, rounded
from inphotos.gui.tasks import Tasks
from inphotos.gui.tool_tips import as_plain

if TYPE_CHECKING:
    from inphotos.library import Library
    from inphotos.search.query import Example

log = logging.getLogger(__name__)

#: Edge of a chip's picture, in device-independent pixels, and of the thumbnail that it is cut from.
PICTURE = 26
_THUMBNAIL = 256
_RADIUS = 6.0
#: Names of photos say little, and several are to fit beside each other.
_MAX_LABEL_WIDTH = 130


class ExampleChip(RemovableChip):
    """A photo of the query; a click asks what is to be done with it.

    Attributes:
        example: the photo.
        has_picture: its picture has come.
    """

    def __init__(self, example: Example, parent: QWidget | None = None) -> None:
        name = wording.example_name(example)
        super().__init__(name, "example-photo", parent)
        self.example = example
        self.has_picture = False
        self.setIcon(icon("photo", QPalette.ColorRole.PlaceholderText))
        self.setIconSize(QSize(PICTURE, PICTURE))
        sign = " "
        if example.weight < 0:
            sign = " − "
        elif example.marked:
            sign = " + "
        self.show_label(name, _MAX_LABEL_WIDTH, sign)
        self.setToolTip(as_plain(wording.example(example)))
        self.setAccessibleName(wording.example(example))
        self.setAccessibleDescription(
            self.tr("Enter shows what can be done with it, Delete removes it")
        )

    def show_picture(self, pixmap: QPixmap) -> None:
        """Show the photo, or the part of it."""
        self.has_picture = True
        self.setIcon(QIcon(pixmap))


class ExamplePictures(QObject):
    """Brings the pictures of chips from the library's thumbnails.

    Attributes:
        library: where they come from, None before it is open.
    """

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.library: Library | None = None
        self._tasks = tasks

    def bring(self, example: Example, ratio: float, on_picture: Callable[[QPixmap], None]) -> None:
        """Read the picture of a photo in another thread; nothing comes of one without.

        Args:
            example: the photo.
            ratio: device pixels per pixel.
            on_picture: gets the picture, a square with round corners.
        """
        library = self.library
        if library is None:
            return

        def show(image: QImage | None) -> None:
            if image is not None:
                on_picture(QPixmap.fromImage(image))

        self._tasks.run(partial(_read, library, example, ratio), show)


def _read(library: Library, example: Example, ratio: float) -> QImage | None:
    path = library.thumbnails.get(example.photo, "", _THUMBNAIL if example.region is None else 512)
    return None if path is None else _square(path, example, ratio)


def _square(thumbnail: Path, example: Example, ratio: float) -> QImage | None:
    image = read_jpeg(thumbnail)
    if image is None:
        log.info("No thumbnail any more")
        return None
    if example.region is not None:
        left, top, right, bottom = example.region.box((image.width(), image.height()))
        image = image.copy(left, top, right - left, bottom - top)
    edge = round(PICTURE * ratio)
    image = image.scaled(
        edge,
        edge,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    middle = image.copy(-((edge - image.width()) // 2), -((edge - image.height()) // 2), edge, edge)
    return rounded(middle, _RADIUS, ratio)
