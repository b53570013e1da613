"""The photos most like the one that the panel is about, in small."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtCore import QRect, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from inphotos.errors import display_path
from inphotos.gui.grid.thumbnails import Thumbnails
from inphotos.gui.info.parts import LinkButton, Section
from inphotos.gui.info.pictures import Tile
from inphotos.gui.tool_tips import as_plain

if TYPE_CHECKING:
    from inphotos.search.ranking import Result

#: So many are shown at most: three rows of four, or six of two.
MOST = 12

_LEAST_EDGE, _GAP = 56, 6


class SimilarStrip(Section):
    """Small squares; a click opens the photo, the arrow keys go from one to the next.

    Attributes:
        more_link: shows all that are similar among the photos.

    Signals:
        opened(Result): the user wants to see one of them.
        all_wanted(): the user wants to see all of them.
    """

    opened = pyqtSignal(object)
    all_wanted = pyqtSignal()

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent)
        self._tiles = _Tiles(thumbnails)
        self._tiles.opened.connect(self.opened)
        self.body.addWidget(self._tiles)
        self.more_link = LinkButton()
        self.more_link.set_words(self.tr("Find Similar Photos"))
        self.more_link.clicked.connect(self.all_wanted)
        self.body.addSpacing(3)
        self.body.addWidget(self.more_link, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    @property
    def tiles(self) -> list[Tile]:
        """The photos that are shown, the most similar first."""
        return self._tiles.shown

    def show_photos(self, results: Sequence[Result]) -> None:
        """Show photos; nothing at all for none."""
        alike = any(result.match == "strong" for result in results)
        self.header.setText(self.tr("Similar photos") if alike else self.tr("Closest photos"))
        self._tiles.show_photos(results)
        self.setVisible(bool(results))


class _Tiles(QWidget):
    """Squares that share the width evenly, made once."""

    opened = pyqtSignal(object)

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: list[Tile] = []
        self._made = [Tile(thumbnails, self) for _ in range(MOST)]
        for tile in self._made:
            tile.clicked.connect(partial(self._on_clicked, tile))
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_photos(self, results: Sequence[Result]) -> None:
        """Show photos in the place of others."""
        self.shown = self._made[: len(results)]
        for tile, result in zip(self.shown, results, strict=False):
            name = display_path(result.path.name)
            tile.setToolTip(as_plain(name))
            tile.setAccessibleName(name)
        for number, tile in enumerate(self._made):
            tile.show_photo(results[number] if number < len(results) else None)
            tile.setVisible(number < len(results))
        self._place()
        self.updateGeometry()

    def _columns(self, width: int) -> int:
        return max(2, (width + _GAP) // (_LEAST_EDGE + _GAP))

    def _edge(self, width: int) -> int:
        columns = self._columns(width)
        return max(1, (width - (columns - 1) * _GAP) // columns)

    def _place(self) -> None:
        columns, edge = self._columns(self.width()), self._edge(self.width())
        for number, tile in enumerate(self._made):
            row, column = divmod(number, columns)
            step = edge + _GAP
            tile.setGeometry(QRect(column * step, row * step, edge, edge))

    def _on_clicked(self, tile: Tile) -> None:
        if tile.result is not None:
            self.opened.emit(tile.result)

    # Qt overrides

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = -(-len(self.shown) // self._columns(width))
        return max(0, rows * (self._edge(width) + _GAP) - _GAP)

    def sizeHint(self) -> QSize:
        return QSize(256, self.heightForWidth(256))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._place()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        columns = self._columns(self.width())
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -columns,
            Qt.Key.Key_Down: columns,
        }
        at = next((n for n, tile in enumerate(self.shown) if tile.hasFocus()), None)
        step = steps.get(Qt.Key(event.key()))
        if at is None or step is None:
            super().keyPressEvent(event)
        elif 0 <= at + step < len(self.shown):
            self.shown[at + step].setFocus(Qt.FocusReason.TabFocusReason)
