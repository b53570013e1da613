"""All that the library knows of one photo."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QPainter, QPaintEvent, QPalette
from PyQt6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from inphotos.errors import InPhotosError, display_path
from inphotos.gui.grid.thumbnails import Thumbnails, Wish
from inphotos.gui.icons import icon
from inphotos.gui.pages.card import breakable
from inphotos.gui.photo_facts import facts
from inphotos.gui.session import Session

if TYPE_CHECKING:
    from inphotos.library import PhotoDetails
    from inphotos.search.ranking import Result

#: The larger of the sizes at which thumbnails are kept, at 2x.
PREVIEW = 256


class DetailsDialog(QDialog):
    """Stays open beside the window and follows the current photo.

    Attributes:
        result_shown: the photo that is shown, None before the first.
    """

    def __init__(self, session: Session, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Details"))
        self.resize(700, 420)
        self.result_shown: Result | None = None
        self._session = session
        self._preview = _Preview(thumbnails)
        self._name = _selectable("", "title")
        self._facts = QScrollArea()
        self._facts.setObjectName("facts")
        self._facts.setWidgetResizable(True)
        self._facts.setFrameShape(QFrame.Shape.NoFrame)
        self._facts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows: dict[str, str] = {}
        column = QVBoxLayout()
        column.setSpacing(14)
        column.addWidget(self._name)
        column.addWidget(self._facts, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 20, 8, 16)
        layout.setSpacing(22)
        layout.addWidget(self._preview, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(column, 1)
        session.details_read.connect(self._on_details_read)
        session.snapshot_read.connect(self._on_snapshot_read)

    @property
    def name(self) -> str:
        """The name of the photo that is shown."""
        return self._name.text()

    @property
    def rows(self) -> dict[str, str]:
        """What is known of it, by the names that are shown."""
        return self._rows

    def show_photo(self, result: Result) -> None:
        """Show a photo; what is known of it is read in another thread and follows."""
        self.result_shown = result
        self._name.setText(display_path(result.path.name))
        self._preview.show_photo(result)
        self._session.read_details(result.path)

    def follow(self, result: Result | None) -> None:
        """Show another photo if the dialog is open."""
        if result is not None and self.isVisible() and result != self.result_shown:
            self.show_photo(result)

    def _on_details_read(
        self, photo: Path, details: PhotoDetails | None, error: InPhotosError | None
    ) -> None:
        if self.result_shown is None or photo != self.result_shown.path:
            return
        self._rows = {} if details is None else dict(facts(details))
        self._facts.setWidget(_selectable(str(error)) if details is None else _table(self._rows))

    def _on_snapshot_read(self) -> None:
        # After a run more may be known.
        if self.result_shown is not None and self.isVisible():
            self._session.read_details(self.result_shown.path)


class _Preview(QWidget):
    """A photo's thumbnail, at its own pace."""

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._thumbnails = thumbnails
        self._result: Result | None = None
        self._placeholder = icon("photo", QPalette.ColorRole.PlaceholderText)
        self.setFixedSize(QSize(PREVIEW, PREVIEW))
        thumbnails.loaded.connect(self._on_loaded)

    def show_photo(self, result: Result) -> None:
        """Show another photo."""
        self._result = result
        self.update()

    def _on_loaded(self, photo_id: int) -> None:
        if self._result is not None and photo_id == self._result.photo_id:
            self.update()

    # Qt overrides

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: ARG002
        if self._result is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.AlternateBase))
        painter.drawRoundedRect(self.rect(), 12, 12)
        result, ratio = self._result, self.devicePixelRatioF()
        edge = PREVIEW - 2 * 10
        wish = Wish(result.photo_id, result.path, result.content, edge, ratio)
        pixmap = self._thumbnails.pixmap(wish)
        if pixmap is None:
            place = self.rect().center()
            self._placeholder.paint(painter, place.x() - 20, place.y() - 20, 40, 40)
        else:
            size = pixmap.deviceIndependentSize()
            left, top = (PREVIEW - size.width()) / 2, (PREVIEW - size.height()) / 2
            painter.drawPixmap(round(left), round(top), pixmap)
        painter.end()


def _table(rows: Mapping[str, str]) -> QWidget:
    """Return names and texts beside each other."""
    table = QWidget()
    layout = QGridLayout(table)
    layout.setContentsMargins(0, 0, 12, 0)
    layout.setHorizontalSpacing(16)
    layout.setVerticalSpacing(9)
    layout.setColumnStretch(1, 1)
    for row, (name, text) in enumerate(rows.items()):
        label = QLabel(name)
        label.setProperty("kind", "muted")
        value = _selectable(breakable(text))
        value.setAccessibleName(name)
        layout.addWidget(label, row, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        layout.addWidget(value, row, 1)
    layout.setRowStretch(len(rows), 1)
    return table


def _selectable(text: str, kind: str = "") -> QLabel:
    label = QLabel(text)
    if kind:
        label.setProperty("kind", kind)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label
