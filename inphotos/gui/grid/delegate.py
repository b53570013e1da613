"""How one tile of the grid is drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, TypeAlias

from PyQt6.QtCore import QModelIndex, QObject, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PyQt6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPen, QPixmap
from PyQt6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from inphotos.gui import wording
from inphotos.gui.grid import tile_marks
from inphotos.gui.grid.model import RESULT_ROLE
from inphotos.gui.grid.thumbnails import CORNER_RADIUS, Thumbnails, Wish
from inphotos.gui.icons import icon

if TYPE_CHECKING:
    from inphotos.search.ranking import Presence, Result

#: Half the space between two tiles; the current tile's ring is drawn in it.
MARGIN = 5
#: Ground that stays visible around a photo inside its tile.
PADDING = 8
#: A photo that does not match steps back, but can still be recognised.
FADED = 0.42
#: One that cannot be opened now is still looked at.
DIMMED = 0.62
#: How much of its size the photo of a selected tile keeps.
INSET = 0.84
#: How much of the accent the ground of a selected tile has.
TINT = 0.26

#: What of a tile answers to a click by itself.
Part = Literal["photo", "count", "check", "heart"]

#: Gives, for a photo id, whether it is a favourite, and its rating (0 to 5).
MarksOf: TypeAlias = Callable[[int], tuple[bool, int]]

_State = QStyle.StateFlag


class TileDelegate(QStyledItemDelegate):
    """Draws a photo whole, centred on a square ground, with a mark for its match.

    Of the states that an option brings, ``State_Selected`` stands for a photo that the user has
    selected, ``State_HasFocus`` for the current one (with ``State_KeyboardFocusChange`` if keys led
    to it) and ``State_MouseOver`` for the one under the pointer.

    Attributes:
        fade: photos that do not match are drawn paler than those that do.
        scores: every photo tells its score, not only the one under the pointer.
        selecting: some photo is selected, and every tile shows that it can be too.
        marks_of: gives favourites and ratings; None where there are none.
    """

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._placeholder = icon("photo", QPalette.ColorRole.PlaceholderText)
        self._badges: dict[Presence, QIcon] = {
            "offline": icon("offline", QPalette.ColorRole.Text),
            "missing": icon("missing", QPalette.ColorRole.Text),
        }
        self._drawn: dict[tuple[str, float], QPixmap] = {}
        self._stamps = tile_marks.Stamps()
        self.fade = False
        self.scores = False
        self.selecting = False
        self.marks_of: MarksOf | None = None

    def picture(self, cell: QRect, result: Result, ratio: float) -> QPixmap | None:
        """Return what there is of a photo's thumbnail, None while there is nothing.

        Args:
            cell: the tile's cell in the grid.
            result: what it shows.
            ratio: device pixels for each pixel.
        """
        return self._thumbnails.pixmap(_wish(result, tile_in(cell), ratio))

    def count_badge(self, cell: QRect, result: Result, ratio: float) -> QRectF | None:
        """Return where in a cell the number of photos that are alike is drawn, None for nowhere.

        The arguments are those of :meth:`picture`.
        """
        if result.alike < 2:
            return None
        pixmap = self.picture(cell, result, ratio)
        if pixmap is None:
            return None
        return tile_marks.count_badge_rect(_place_of(pixmap, tile_in(cell), 1.0), result.alike)

    def part_at(self, point: QPointF, cell: QRect, result: Result, ratio: float) -> Part | None:
        """Return what of a tile is at a point, None for the ground beside the tile.

        Args:
            point: in the coordinates of the cell's grid.
            cell, result, ratio: as for :meth:`picture`.
        """
        tile = tile_in(cell)
        if not QRectF(tile).contains(point):
            return None
        if tile_marks.is_on(tile_marks.check_rect(tile), point):
            return "check"
        if self.marks_of is not None and tile_marks.is_on(tile_marks.heart_rect(tile), point):
            return "heart"
        badge = self.count_badge(cell, result, ratio)
        return "count" if badge is not None and badge.contains(point) else "photo"

    # Qt overrides

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # noqa: ARG002
        return option.rect.size()

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        assert painter is not None
        result: Result = index.data(RESULT_ROLE)
        tile = tile_in(option.rect)
        selected = bool(option.state & _State.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_ground(option.palette, selected=selected))
        painter.drawRoundedRect(tile, CORNER_RADIUS + 3, CORNER_RADIUS + 3)
        device = painter.device()
        ratio = device.devicePixelRatio() if device is not None else 1.0
        pixmap = self._thumbnails.pixmap(_wish(result, tile, ratio))
        if pixmap is None:
            self._draw_placeholder(painter, tile, ratio)
        else:
            photo = _place_of(pixmap, tile, INSET if selected else 1.0)
            painter.setOpacity(self._opacity(result))
            _draw_pixmap(painter, photo, pixmap)
            painter.setOpacity(1.0)
            self._draw_facts(painter, photo, result, option)
        if result.presence != "here":
            self._draw_presence(painter, tile, result.presence)
        self._draw_handles(painter, tile, result, option)
        _draw_ring(painter, tile, option)
        painter.restore()

    def _opacity(self, result: Result) -> float:
        if self.fade and result.match == "none":
            return FADED
        return 1.0 if result.presence == "here" else DIMMED

    def _marks(self, result: Result) -> tuple[bool, int]:
        return (False, 0) if self.marks_of is None else self.marks_of(result.photo_id)

    def _draw_facts(
        self, painter: QPainter, photo: QRectF, result: Result, option: QStyleOptionViewItem
    ) -> None:
        """Draw what is known of a photo onto it."""
        put, matches = self._stamps.put, result.match in ("strong", "maybe")
        if matches:
            put(painter, tile_marks.match_rect(photo), tile_marks.draw_match, result.match)
        hovered = bool(option.state & _State.State_MouseOver)
        if result.score is not None and (self.scores or hovered):
            text = wording.number(result.score, 2)
            place = tile_marks.score_rect(photo, text, beside_match=matches)
            put(painter, place, tile_marks.draw_text, text)
        rating = self._marks(result)[1]
        if rating:
            raised = tile_marks.BADGE_HEIGHT + 4 if result.alike > 1 else 0
            place = tile_marks.stars_rect(photo, rating, raised)
            put(painter, place, tile_marks.draw_stars, rating)
        if result.alike > 1:
            place = tile_marks.count_badge_rect(photo, result.alike)
            put(painter, place, tile_marks.draw_count, result.alike)

    def _draw_handles(
        self, painter: QPainter, tile: QRect, result: Result, option: QStyleOptionViewItem
    ) -> None:
        """Draw what of a tile can be clicked, where the user may be about to."""
        colour, put = option.palette.color, self._stamps.put
        hovered = bool(option.state & _State.State_MouseOver)
        near = hovered or bool(option.state & _State.State_KeyboardFocusChange)
        checked = bool(option.state & _State.State_Selected)
        if checked or near or self.selecting:
            colours = (QPalette.ColorRole.Highlight, QPalette.ColorRole.HighlightedText)
            accent, on_accent = (colour(role).rgb() for role in colours)
            place = tile_marks.check_rect(tile)
            put(painter, place, tile_marks.draw_check, accent, on_accent, checked, near)
        favorite = self._marks(result)[0]
        if favorite or (hovered and self.marks_of is not None):
            put(painter, tile_marks.heart_rect(tile), tile_marks.draw_heart, favorite)

    def _draw_placeholder(self, painter: QPainter, tile: QRect, ratio: float) -> None:
        colour = QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText).name()
        drawn = self._drawn.get((colour, ratio))
        if drawn is None:
            drawn = self._placeholder.pixmap(QSize(32, 32), ratio)
            self._drawn[colour, ratio] = drawn
        painter.drawPixmap(_centred(tile, QSize(32, 32)).topLeft(), drawn)

    def _draw_presence(self, painter: QPainter, tile: QRect, presence: Presence) -> None:
        """Draw why a photo cannot be opened."""
        place = tile_marks.heart_rect(tile)
        if self.marks_of is not None:
            place = tile_marks.presence_rect(tile)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QGuiApplication.palette().color(QPalette.ColorRole.Base))
        painter.drawEllipse(place)
        self._badges[presence].paint(painter, place.toRect().adjusted(4, 4, -4, -4))


def tile_in(cell: QRect) -> QRect:
    """Return the largest square in a cell of the grid, at its centre, without its margin."""
    edge = min(cell.width(), cell.height()) - 2 * MARGIN
    return _centred(cell, QSize(edge, edge))


def _wish(result: Result, tile: QRect, ratio: float) -> Wish:
    edge = tile.width() - 2 * PADDING
    return Wish(result.photo_id, result.path, result.content, edge, ratio)


def _centred(area: QRect, size: QSize) -> QRect:
    left = area.left() + (area.width() - size.width()) // 2
    top = area.top() + (area.height() - size.height()) // 2
    return QRect(left, top, size.width(), size.height())


def _place_of(pixmap: QPixmap, tile: QRect, share: float) -> QRectF:
    """Return where a photo lies in its tile, of whose room it takes a share."""
    size = pixmap.deviceIndependentSize()
    edge = tile.width() - 2 * PADDING
    # One that is as large as it should be already stays so to the pixel.
    if share < 1.0 or abs(max(size.width(), size.height()) - edge) > 1:
        square = QSizeF(edge * share, edge * share)
        size = size.scaled(square, Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(QPointF(0, 0), size)
    place.moveCenter(QRectF(tile).center())
    return place


def _draw_pixmap(painter: QPainter, place: QRectF, pixmap: QPixmap) -> None:
    if place.size() == pixmap.deviceIndependentSize():
        painter.drawPixmap(place.topLeft(), pixmap)
    else:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))


def _ground(palette: QPalette, *, selected: bool) -> QColor:
    plain = palette.color(QPalette.ColorRole.AlternateBase)
    if not selected:
        return plain
    accent = palette.color(QPalette.ColorRole.Highlight)
    mixed = (
        round(a * TINT + b * (1 - TINT))
        for a, b in zip(accent.getRgb()[:3], plain.getRgb()[:3], strict=True)
    )
    return QColor(*mixed)


def _draw_ring(painter: QPainter, tile: QRect, option: QStyleOptionViewItem) -> None:
    """Draw the ring of the current photo (strong) or of the one under the pointer (pale)."""
    colour = option.palette.color(QPalette.ColorRole.Highlight)
    current = bool(option.state & _State.State_HasFocus)
    hovered = bool(option.state & _State.State_MouseOver)
    if not (current or hovered):
        return
    if not current:
        colour.setAlpha(120)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 3 if current else 2))
    ring = QRectF(tile).adjusted(-1, -1, 1, 1)
    painter.drawRoundedRect(ring, CORNER_RADIUS + 4, CORNER_RADIUS + 4)
