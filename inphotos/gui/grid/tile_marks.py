"""The small marks on a tile: where they are, and how they are drawn.

They lie on photos, whose colours nobody knows, so most have the same colours in light and dark.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cache
from math import ceil
from typing import TYPE_CHECKING

from PyQt6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PyQt6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
)

from inphotos.gui import wording

if TYPE_CHECKING:
    from inphotos.search.ranking import Match

#: The width of the discs for the check mark and the heart, and of the badge for the presence.
DISC = 24
#: From the edge of the tile to a disc.
DISC_GAP = 5
#: A click so far beside a disc still means it.
REACH = 5
#: The height of the badges with the number of photos that are alike, and with the score.
BADGE_HEIGHT = 22
#: The width of one star of a rating.
STAR = 12
#: How far a mark may stick out of its place, pixels.
_OUT = 3
#: Far more than there are kinds of marks; scores and counts are many.
_MOST_STAMPS = 1000

_VEIL = QColor(0, 0, 0, 120)
_THIN_VEIL = QColor(0, 0, 0, 60)
_DARK = QColor(0, 0, 0, 185)
_WHITE = QColor("white")
_BLUE = QColor("#3257d6")
_RED = QColor("#ff5470")
_GOLD = QColor("#ffd257")


def check_rect(tile: QRect) -> QRectF:
    """Return where the check mark is, at the upper left of a tile."""
    return QRectF(tile.left() + DISC_GAP, tile.top() + DISC_GAP, DISC, DISC)


def heart_rect(tile: QRect) -> QRectF:
    """Return where the heart is, at the upper right of a tile."""
    return QRectF(tile.right() + 1 - DISC_GAP - DISC, tile.top() + DISC_GAP, DISC, DISC)


def presence_rect(tile: QRect) -> QRectF:
    """Return where it is told why a photo cannot be opened, beside the heart."""
    return heart_rect(tile).translated(-DISC - 4, 0)


def is_on(disc: QRectF, point: QPointF) -> bool:
    """Tell whether a click at a point means a disc."""
    return disc.adjusted(-REACH, -REACH, REACH, REACH).contains(point)


def match_rect(photo: QRectF) -> QRectF:
    """Return where the mark for the match is, at the lower left of a photo."""
    # Smaller on small photos, of which it would hide too much.
    edge = 11 if photo.width() > 100 else 7
    return QRectF(photo.left() + 9, photo.bottom() - 9 - edge, edge, edge)


def score_rect(photo: QRectF, text: str, *, beside_match: bool) -> QRectF:
    """Return where a score is, at the lower left of a photo."""
    width = QFontMetricsF(_font()).horizontalAdvance(text) + 14
    left = photo.left() + (28 if beside_match else 6)
    return QRectF(left, photo.bottom() - 4 - BADGE_HEIGHT, width, BADGE_HEIGHT)


def stars_rect(photo: QRectF, rating: int, raised: float) -> QRectF:
    """Return where a rating is, at the lower right of a photo.

    Args:
        photo: where the photo is.
        rating: 1 to 5.
        raised: how much of the photo's lower edge is taken already, pixels.
    """
    width, height = rating * STAR + 8, STAR + 6
    right, bottom = photo.right() - 6, photo.bottom() - 6 - raised
    return QRectF(right - width, bottom - height, width, height)


def count_badge_rect(photo: QRectF, count: int) -> QRectF:
    """Return where the number of photos that are alike is drawn on a photo, at the lower right."""
    text = QFontMetricsF(_font()).horizontalAdvance(wording.number(count))
    width = BADGE_HEIGHT + text + 7
    # On a photo that is narrower than that, it may stick out at the left.
    return QRectF(photo.right() - width - 6, photo.bottom() - BADGE_HEIGHT - 6, width, BADGE_HEIGHT)


class Stamps:
    """Marks that are drawn once and then put onto many tiles: drawing takes ten times as long."""

    def __init__(self) -> None:
        self._drawn: dict[tuple[object, ...], QPixmap] = {}

    def put(
        self,
        painter: QPainter,
        place: QRectF,
        draw: Callable[..., None],
        *arguments: Hashable,
    ) -> None:
        """Put a mark onto a tile.

        Args:
            painter: of the tile.
            place: where the mark is; it may stick out by :data:`_OUT` pixels.
            draw: draws it with an antialiased painter into a place, and what else it takes.
            arguments: that.
        """
        device = painter.device()
        ratio = 1.0 if device is None else device.devicePixelRatio()
        key = (draw, arguments, place.width(), place.height(), ratio)
        stamp = self._drawn.get(key)
        if stamp is None:
            if len(self._drawn) >= _MOST_STAMPS:
                self._drawn.clear()
            inner = QRectF(_OUT, _OUT, place.width(), place.height())
            size = inner.adjusted(0, 0, 2 * _OUT, 2 * _OUT).size() * ratio
            stamp = QPixmap(ceil(size.width()), ceil(size.height()))
            stamp.setDevicePixelRatio(ratio)
            stamp.fill(Qt.GlobalColor.transparent)
            own = QPainter(stamp)
            own.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw(own, inner, *arguments)
            own.end()
            self._drawn[key] = stamp
        # On whole pixels, where it is as sharp as it was drawn.
        painter.drawPixmap(QPoint(round(place.left()) - _OUT, round(place.top()) - _OUT), stamp)


def draw_check(
    painter: QPainter, disc: QRectF, accent: int, on_accent: int, checked: bool, near: bool
) -> None:
    """Draw the mark by which a photo is selected.

    Args:
        painter: antialiased.
        disc: where.
        accent, on_accent: colours of the mark of a selected photo, as RGB numbers.
        checked: the photo is selected.
        near: the pointer is on the tile, or keys led to it: it can be selected at once.
    """
    line = QColor(on_accent) if checked else _WHITE
    painter.setPen(QPen(line, 1.75))
    painter.setBrush(QColor(accent) if checked else (_VEIL if near else _THIN_VEIL))
    painter.drawEllipse(disc.adjusted(1.5, 1.5, -1.5, -1.5))
    if checked or near:
        centre = disc.center()
        tick = QPolygonF([centre + QPointF(x, y) for x, y in ((-5, 0.4), (-1.5, 3.9), (5, -3.3))])
        pen = QPen(line, 2.25)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(tick)


def draw_heart(painter: QPainter, disc: QRectF, favorite: bool) -> None:
    """Draw the heart of a favourite, or a hollow one that makes a photo one."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_VEIL)
    painter.drawEllipse(disc)
    painter.setPen(QPen(_WHITE, 1.5))
    painter.setBrush(_RED if favorite else Qt.BrushStyle.NoBrush)
    painter.drawPath(_heart().translated(disc.center() + QPointF(0, 0.5)))


def draw_stars(painter: QPainter, badge: QRectF, rating: int) -> None:
    """Draw a rating."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_DARK)
    painter.drawRoundedRect(badge, badge.height() / 2, badge.height() / 2)
    painter.setBrush(_GOLD)
    for number in range(rating):
        centre = QPointF(badge.left() + 4 + (number + 0.5) * STAR, badge.center().y())
        painter.drawPath(_star().translated(centre))


def draw_match(painter: QPainter, dot: QRectF, match: Match) -> None:
    """Draw a full dot for a strong match and a ring for a possible one."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(255, 255, 255, 235))
    painter.drawEllipse(dot.adjusted(-2.5, -2.5, 2.5, 2.5))
    if match == "strong":
        painter.setBrush(_BLUE)
        painter.drawEllipse(dot)
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(_BLUE, dot.width() / 4.4))
        painter.drawEllipse(dot.adjusted(1.25, 1.25, -1.25, -1.25))


def draw_text(painter: QPainter, badge: QRectF, text: str) -> None:
    """Draw a word on a dark ground, such as a score."""
    _draw_ground(painter, badge)
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)


def draw_count(painter: QPainter, badge: QRectF, count: int) -> None:
    """Draw a stack and how many photos are folded into one."""
    _draw_ground(painter, badge)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    left, top = badge.left() + 7, badge.top() + 6
    painter.drawRoundedRect(QRectF(left, top + 4, 10, 7), 1.5, 1.5)
    painter.drawLine(QPointF(left + 1.5, top + 1), QPointF(left + 8.5, top + 1))
    text = badge.adjusted(BADGE_HEIGHT - 1, 0, 0, 0)
    painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, wording.number(count))


def _draw_ground(painter: QPainter, badge: QRectF) -> None:
    """Draw the ground of a badge, and take up the pen and the font for what is on it."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_DARK)
    painter.drawRoundedRect(badge, BADGE_HEIGHT / 2, BADGE_HEIGHT / 2)
    painter.setPen(QPen(_WHITE, 1.5))
    painter.setFont(_font())


def _font() -> QFont:
    font = QFont(QGuiApplication.font())
    font.setPixelSize(12)
    font.setBold(True)
    return font


@cache
def _heart() -> QPainterPath:
    """Return a heart around the origin, 13 pixels wide."""
    path = QPainterPath(QPointF(0, 5.6))
    path.cubicTo(QPointF(-4.6, 2.4), QPointF(-6.4, -0.2), QPointF(-6.4, -2.4))
    path.cubicTo(QPointF(-6.4, -4.4), QPointF(-4.9, -5.8), QPointF(-3.1, -5.8))
    path.cubicTo(QPointF(-1.8, -5.8), QPointF(-0.6, -5.1), QPointF(0, -3.9))
    path.cubicTo(QPointF(0.6, -5.1), QPointF(1.8, -5.8), QPointF(3.1, -5.8))
    path.cubicTo(QPointF(4.9, -5.8), QPointF(6.4, -4.4), QPointF(6.4, -2.4))
    path.cubicTo(QPointF(6.4, -0.2), QPointF(4.6, 2.4), QPointF(0, 5.6))
    return path


@cache
def _star() -> QPainterPath:
    """Return a star around the origin, which fits into :data:`STAR` pixels."""
    points = ((0, -5), (1.4, -1.8), (4.8, -1.5), (2.2, 0.7), (3, 4), (0, 2.3))
    left = [(-x, y) for x, y in reversed(points[1:-1])]
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in (*points, *left)]))
    path.closeSubpath()
    return path
