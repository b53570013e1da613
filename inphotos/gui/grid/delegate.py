"""How one tile of the grid is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QModelIndex, QObject, QPointF, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPen,
    QPixmap,
)
from PyQt6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from inphotos.gui.grid.model import RESULT_ROLE
from inphotos.gui.grid.thumbnails import CORNER_RADIUS, Thumbnails, Wish
from inphotos.gui.icons import icon

if TYPE_CHECKING:
    from inphotos.search.ranking import Match, Presence, Result

#: Half the space between two tiles; the current tile's ring is drawn in it.
MARGIN = 5
#: Ground that stays visible around a photo inside its tile.
PADDING = 8
#: A photo that does not match steps back, but can still be recognised.
FADED = 0.42
#: One that cannot be opened now is still looked at.
DIMMED = 0.62
#: The width of the badge of such a photo.
BADGE = 24
#: The height of the badge with the number of photos that are alike.
COUNT_HEIGHT = 22


class TileDelegate(QStyledItemDelegate):
    """Draws a photo whole, centred on a square ground, with a mark for its match.

    Attributes:
        fade: photos that do not match are drawn paler than those that do.
    """

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._placeholder = icon("photo", QPalette.ColorRole.PlaceholderText)
        self._badges: dict[Presence, QIcon] = {
            "offline": icon("offline", QPalette.ColorRole.Text),
            "missing": icon("missing", QPalette.ColorRole.Text),
        }
        self.fade = False

    def count_badge(self, cell: QRect, result: Result, ratio: float) -> QRectF | None:
        """Return where in a cell the number of photos that are alike is drawn, None for nowhere.

        Args:
            cell: the tile's cell in the grid.
            result: what it shows.
            ratio: device pixels for each pixel.
        """
        if result.alike < 2:
            return None
        tile = _tile(cell)
        pixmap = self._thumbnails.pixmap(_wish(result, tile, ratio))
        return None if pixmap is None else count_badge_rect(_place_of(pixmap, tile), result.alike)

    # Qt overrides

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # noqa: ARG002
        return option.rect.size()

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        assert painter is not None
        result: Result = index.data(RESULT_ROLE)
        tile = _tile(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(option.palette.color(QPalette.ColorRole.AlternateBase))
        painter.drawRoundedRect(tile, CORNER_RADIUS + 3, CORNER_RADIUS + 3)
        device = painter.device()
        ratio = device.devicePixelRatio() if device is not None else 1.0
        pixmap = self._thumbnails.pixmap(_wish(result, tile, ratio))
        if pixmap is None:
            self._placeholder.paint(painter, _centred(tile, QSize(32, 32)))
        else:
            photo = _place_of(pixmap, tile)
            painter.setOpacity(self._opacity(result))
            painter.drawPixmap(photo.topLeft(), pixmap)
            painter.setOpacity(1.0)
            if result.match is not None:
                _draw_mark(painter, photo, result.match)
            if result.alike > 1:
                _draw_count(painter, photo, result.alike)
        if result.presence != "here":
            _draw_badge(painter, tile, self._badges[result.presence])
        _draw_ring(painter, tile, option)
        painter.restore()

    def _opacity(self, result: Result) -> float:
        if self.fade and result.match == "none":
            return FADED
        return 1.0 if result.presence == "here" else DIMMED


def _tile(cell: QRect) -> QRect:
    """Return the largest square in a cell of the grid, at its centre."""
    edge = min(cell.width(), cell.height()) - 2 * MARGIN
    return _centred(cell, QSize(edge, edge))


def _wish(result: Result, tile: QRect, ratio: float) -> Wish:
    edge = tile.width() - 2 * PADDING
    return Wish(result.photo_id, result.path, result.content, edge, ratio)


def _centred(area: QRect, size: QSize) -> QRect:
    left = area.left() + (area.width() - size.width()) // 2
    top = area.top() + (area.height() - size.height()) // 2
    return QRect(left, top, size.width(), size.height())


def _place_of(pixmap: QPixmap, tile: QRect) -> QRectF:
    """Return where a photo lies in its tile."""
    place = QRectF(QPointF(0, 0), pixmap.deviceIndependentSize())
    place.moveCenter(QRectF(tile).center())
    return place


def _draw_mark(painter: QPainter, photo: QRectF, match: Match) -> None:
    """Draw a full dot for a strong match and a ring for a possible one, at the lower left."""
    if match == "none":
        return
    dot = QRectF(photo.left() + 9, photo.bottom() - 20, 11, 11)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(255, 255, 255, 235))
    painter.drawEllipse(dot.adjusted(-2.5, -2.5, 2.5, 2.5))
    # The same blue in light and dark: the mark lies on the photo, not on the theme's ground.
    blue = QColor("#3257d6")
    if match == "strong":
        painter.setBrush(blue)
        painter.drawEllipse(dot)
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(blue, 2.5))
        painter.drawEllipse(dot.adjusted(1.25, 1.25, -1.25, -1.25))


def count_badge_rect(photo: QRectF, count: int) -> QRectF:
    """Return where the number of photos that are alike is drawn on a photo, at the lower right."""
    text = QFontMetricsF(_count_font()).horizontalAdvance(_count_text(count))
    width = COUNT_HEIGHT + text + 7
    # On a photo that is narrower than that, it may stick out at the left.
    return QRectF(photo.right() - width - 6, photo.bottom() - COUNT_HEIGHT - 6, width, COUNT_HEIGHT)


def _draw_count(painter: QPainter, photo: QRectF, count: int) -> None:
    """Draw a stack and how many photos are folded into one."""
    badge = count_badge_rect(photo, count)
    painter.setPen(Qt.PenStyle.NoPen)
    # The same colours in light and dark: the badge lies on the photo, not on the theme's ground.
    painter.setBrush(QColor(0, 0, 0, 185))
    painter.drawRoundedRect(badge, COUNT_HEIGHT / 2, COUNT_HEIGHT / 2)
    painter.setPen(QPen(QColor("white"), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    left, top = badge.left() + 7, badge.top() + 6
    painter.drawRoundedRect(QRectF(left, top + 4, 10, 7), 1.5, 1.5)
    painter.drawLine(QPointF(left + 1.5, top + 1), QPointF(left + 8.5, top + 1))
    painter.setFont(_count_font())
    text = badge.adjusted(COUNT_HEIGHT - 1, 0, 0, 0)
    painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, _count_text(count))


def _count_font() -> QFont:
    font = QFont(QGuiApplication.font())
    font.setPixelSize(12)
    font.setBold(True)
    return font


def _count_text(count: int) -> str:
    return f"{count:,}"


def _draw_badge(painter: QPainter, tile: QRect, badge: QIcon) -> None:
    """Draw why a photo cannot be opened, at the upper right of its tile."""
    place = QRect(tile.right() - BADGE - 4, tile.top() + 5, BADGE, BADGE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QGuiApplication.palette().color(QPalette.ColorRole.Base))
    painter.drawEllipse(place)
    badge.paint(painter, place.adjusted(4, 4, -4, -4))


def _draw_ring(painter: QPainter, tile: QRect, option: QStyleOptionViewItem) -> None:
    """Draw the ring of the current photo (strong) or of the one under the pointer (pale)."""
    colour = option.palette.color(QPalette.ColorRole.Highlight)
    flag = QStyle.StateFlag
    current = bool(option.state & (flag.State_Selected | flag.State_HasFocus))
    hovered = bool(option.state & flag.State_MouseOver)
    if not (current or hovered):
        return
    if not current:
        colour.setAlpha(120)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 3 if current else 2))
    ring = QRectF(tile).adjusted(-1, -1, 1, 1)
    painter.drawRoundedRect(ring, CORNER_RADIUS + 4, CORNER_RADIUS + 4)
