"""Choosing the part of a photo to search with."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from inphotos.errors import InPhotosError
from inphotos.gui.dialogs.answer_row import AnswerRow
from inphotos.gui.part_view import PartView
from inphotos.gui.tasks import Tasks
from inphotos.gui.wording import example_name
from inphotos.search.query import Example

if TYPE_CHECKING:
    from inphotos.library import Library
    from inphotos.region import Region

#: Pixels of the long edge: more than most screens have room for.
_EDGE = 2000


class PartDialog(QDialog):
    """Shows a photo large, with a rectangle to be drawn, moved and resized.

    Attributes:
        view: the photo with the rectangle.
        search_button: searches for what is in it.

    Signals:
        chosen(Region): search for this part of the photo.
    """

    chosen = pyqtSignal(object)

    def __init__(
        self,
        library: Library,
        photo: Path,
        tasks: Tasks,
        parent: QWidget | None,
        region: Region | None = None,
    ) -> None:
        """Show ``photo``, which is read in another thread, with ``region`` to begin from."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = example_name(Example(photo))
        self.setWindowTitle(self.tr("Search for a Part of {name}").format(name=name))
        if parent is not None:
            self.resize(parent.size() * 0.86)
        self.view = PartView(region)
        hint = QLabel(
            self.tr(
                "Draw a rectangle around what you are looking for. "
                "The arrow keys move it, with Shift they resize it."
            )
        )
        hint.setProperty("kind", "muted")
        hint.setWordWrap(True)
        self.search_button = QPushButton(self.tr("Search"))
        self.search_button.setDefault(True)
        self.search_button.setEnabled(False)
        self.search_button.clicked.connect(self.accept)
        row = AnswerRow(self, self.search_button, hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 16, 16)
        layout.addWidget(self.view, 1)
        layout.addLayout(row)
        self.view.setFocus()
        self._closed = False
        self.finished.connect(self._on_finished)
        tasks.run(partial(_read, library, photo), self._on_read)

    def accept(self) -> None:
        """Search for the part, if the photo is there to see."""
        if self.view.has_picture:
            region = self.view.region
            super().accept()
            self.chosen.emit(region)

    def _on_finished(self) -> None:
        self._closed = True

    def _on_read(self, outcome: QImage | InPhotosError) -> None:
        if self._closed:
            return
        if isinstance(outcome, InPhotosError):
            self.view.show_trouble(str(outcome))
        else:
            self.view.show_picture(outcome)
            self.search_button.setEnabled(True)


def _read(library: Library, photo: Path) -> QImage | InPhotosError:
    try:
        pixels = library.thumbnails.picture(photo, _EDGE)
    except InPhotosError as error:  # told in the place of the photo
        return error
    height, width, _ = pixels.shape
    image = QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
    return image.copy()  # the pixels are gone after this
