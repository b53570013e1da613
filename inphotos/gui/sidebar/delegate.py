"""How one row of the sidebar is drawn."""

from __future__ import annotations

from PyQt6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QPen
from PyQt6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from inphotos.gui.icons import icon
from inphotos.gui.sidebar.model import COUNT_ROLE, ICON_ROLE, KIND_ROLE, SHOWN_ROLE

#: From the edge of the sidebar to a row's ground, and from there to what is in it.
MARGIN, PADDING = 8, 9
ROW, SECTION = 32, 42
_ICON = 17
_RADIUS = 7


class RowDelegate(QStyledItemDelegate):
    """Draws an entry with its icon and count, the title of a section, or a hint."""

    # Qt overrides

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        kind = index.data(KIND_ROLE)
        view = option.widget
        viewport = view.viewport() if isinstance(view, QAbstractItemView) else None
        width = viewport.width() if viewport is not None else 0
        if kind == "hint":
            area = _inner(QRect(0, 0, width, 10_000))
            text = QFontMetrics(option.font).boundingRect(area, _WRAPPED, _text(index))
            return QSize(width, text.height() + 8)
        return QSize(width, SECTION if kind == "section" else ROW)

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        assert painter is not None
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        kind = index.data(KIND_ROLE)
        if kind == "entry":
            _draw_entry(painter, option, index)
        elif kind == "section":
            _draw_section(painter, option, index)
        else:
            painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(_inner(option.rect), _WRAPPED, _text(index))
        painter.restore()


_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft


def _text(index: QModelIndex) -> str:
    return str(index.data(Qt.ItemDataRole.DisplayRole))


def _inner(row: QRect) -> QRect:
    return row.adjusted(MARGIN + PADDING, 0, -MARGIN - PADDING, 0)


def _draw_entry(painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
    palette = option.palette
    ground = QRectF(option.rect).adjusted(MARGIN, 1, -MARGIN, -1)
    shown = bool(index.data(SHOWN_ROLE))
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    painter.setPen(Qt.PenStyle.NoPen)
    if shown or hovered:
        colour = palette.color(QPalette.ColorRole.Highlight if shown else QPalette.ColorRole.Mid)
        colour.setAlpha(46 if shown else 90)
        painter.setBrush(colour)
        painter.drawRoundedRect(ground, _RADIUS, _RADIUS)
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2))
        painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
    area = _inner(option.rect)
    place = QRect(area.left(), area.center().y() - _ICON // 2, _ICON, _ICON)
    icon(index.data(ICON_ROLE), QPalette.ColorRole.WindowText).paint(painter, place)
    area.setLeft(place.right() + 9)
    count = index.data(COUNT_ROLE)
    if count is not None:
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        area.setRight(area.right() - QFontMetrics(option.font).horizontalAdvance(count) - 8)
    font = QFont(option.font)
    font.setWeight(QFont.Weight.DemiBold if shown else QFont.Weight.Normal)
    painter.setFont(font)
    painter.setPen(palette.color(QPalette.ColorRole.WindowText))
    text = QFontMetrics(font).elidedText(_text(index), Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def _draw_section(painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
    font = QFont(option.font)
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
    area = _inner(option.rect).adjusted(0, 0, 0, -6)
    painter.drawText(area, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, _text(index))
