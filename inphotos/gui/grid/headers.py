"""The header above a section of the grid."""

from __future__ import annotations

from PyQt6.QtCore import QRect, Qt
from PyQt6.QtGui import QFont, QFontMetrics, QPainter, QPalette

from inphotos.gui.grid.delegate import MARGIN

#: Above the title, where the section before ends, and between the title and its photos.
SPACE_ABOVE = 13
SPACE_BELOW = 5
#: Between the title and the count.
GAP = 10
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def header_height(metrics: QFontMetrics) -> int:
    """Return how high a header is in a view with this font, pixels."""
    return SPACE_ABOVE + metrics.height() + SPACE_BELOW


def paint_header(
    painter: QPainter,
    place: QRect,
    title: str,
    count: str,
    palette: QPalette,
    *,
    over_photos: bool,
) -> None:
    """Draw a header, opaque, with its text at the left edge of the tiles.

    Args:
        painter: with the font of the view.
        place: all that the header covers.
        title: cut in its middle where it is too long, as paths are best recognised by their ends.
        count: how many photos there are, in words; empty while that is not known.
        palette: the colours.
        over_photos: photos scroll away under it, and a line shows where.
    """
    painter.save()
    painter.fillRect(place, palette.color(QPalette.ColorRole.Window))
    if over_photos:
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
    text = place.adjusted(MARGIN, SPACE_ABOVE, -MARGIN, -SPACE_BELOW)
    plain = painter.font()
    beside = QFontMetrics(plain).horizontalAdvance(count) + GAP if count else 0
    bold = QFont(plain)
    bold.setWeight(QFont.Weight.DemiBold)
    metrics = QFontMetrics(bold)
    shown = metrics.elidedText(title, Qt.TextElideMode.ElideMiddle, text.width() - beside)
    painter.setFont(bold)
    painter.setPen(palette.color(QPalette.ColorRole.WindowText))
    painter.drawText(text, _LEFT, shown)
    painter.setFont(plain)
    painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
    after = metrics.horizontalAdvance(shown) + GAP if shown else 0
    painter.drawText(text.adjusted(after, 0, 0, 0), _LEFT, count)
    painter.restore()
