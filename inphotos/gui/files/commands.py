"""The commands on the files of photos."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QWidget

from inphotos.errors import display_path
from inphotos.gui import desktop
from inphotos.gui.files.exporting import Exporting
from inphotos.gui.files.open_with import OpenWith
from inphotos.gui.files.trashing import Trashing
from inphotos.gui.footer import Footer
from inphotos.gui.notice import NoticeBar
from inphotos.gui.photo_commands import PhotoCommand, PhotoCommands, Photos
from inphotos.gui.session import Session
from inphotos.gui.tasks import Tasks
from inphotos.gui.undo import UndoHistory

if TYPE_CHECKING:
    from inphotos.photos.thumbnail_maker import ThumbnailMaker
    from inphotos.pixels import Pixels

COPY_IMAGE_KEYS = "Ctrl+Shift+C"
EXPORT_KEYS = "Ctrl+E"
#: Keyboards of Apple have no key that deletes forwards, and the Finder wants another one.
TRASH_KEYS = ("Del", "Ctrl+Backspace") if sys.platform == "darwin" else ("Del",)

#: Long edge of a picture on the clipboard, in pixels: more than 45 megapixels are for files.
COPY_EDGE = 8192


class FileCommands(QObject):
    """Adds the commands to the list of what can be done with photos, and carries them out.

    Attributes:
        exporting, trashing, open_with: do some of it.
    """

    def __init__(
        self,
        commands: PhotoCommands,
        session: Session,
        tasks: Tasks,
        undo: UndoHistory,
        notice: NoticeBar,
        footer: Footer,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._tasks = tasks
        self._footer = footer
        self.exporting = Exporting(session, notice, window)
        self.trashing = Trashing(session, tasks, undo, notice, self)
        self.trashing.restored.connect(footer.show_outcome)
        self.open_with = OpenWith(tasks, window)
        self.open_with.told.connect(notice.tell)
        commands.add(
            PhotoCommand(
                "open_with",
                self.tr("Open With"),
                "open-with",
                "open",
                lambda _: None,
                several=True,
                offered=_are_here,
                fill=self.open_with.fill,
            ),
            PhotoCommand(
                "copy_image",
                self.tr("Copy Picture"),
                "copy-image",
                "file",
                self._copy_image,
                (COPY_IMAGE_KEYS,),
                offered=_are_here,
            ),
            PhotoCommand(
                "export",
                self.tr("Copy to Folder…"),
                "export",
                "file",
                self.exporting.choose,
                (EXPORT_KEYS,),
                several=True,
            ),
            PhotoCommand(
                "trash",
                self.tr("Move to Trash"),
                "trash",
                "file",
                self.trashing.trash,
                TRASH_KEYS,
                needs_focus=True,
                several=True,
                offered=_are_here,
            ),
        )

    def close(self) -> None:
        """End what is going on."""
        self.exporting.close()

    def _copy_image(self, photos: Photos) -> None:
        library, path = self._session.library, photos[0].path
        if library is None:
            return
        maker = library.thumbnails

        def on_read(picture: tuple[Pixels, bytes]) -> None:
            desktop.copy_picture(path, *picture)
            said = self.tr("{name} is on the clipboard").format(name=display_path(path.name))
            self._footer.show_outcome(said)

        self._tasks.run(lambda: _read_picture(maker, path), on_read)


def _are_here(photos: Photos) -> bool:
    return any(photo.presence == "here" for photo in photos)


def _read_picture(maker: ThumbnailMaker, path: Path) -> tuple[Pixels, bytes]:
    """Return a photo's pixels, and the same as a PNG."""
    from PIL import Image

    pixels = maker.picture(path, COPY_EDGE)
    png = io.BytesIO()
    # The least compression: it is for another program on this machine.
    Image.fromarray(pixels).save(png, "PNG", compress_level=1)
    return pixels, png.getvalue()
