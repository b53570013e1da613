"""How one row of the sidebar is drawn."""

from __future__ import annotations

from PyQt6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QPen
from PyQt6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from inphotos.gui.icons import icon
from inphotos.gui.sidebar.model import COUNT_ROLE, ICON_ROLE, KIND_ROLE, SHOWN_ROLE

#: From the edge of the sidebar to a row's ground, and from there to what is in it: titles and
#: numbers, and chevrons, beside which icons are where the titles are.
MARGIN, PADDING, _LEFT = 8, 9, 3
ROW, SECTION = 32, 42
#: How much farther to the right a row is than the one that it is in.
INDENTATION = 16
_ICON, _CHEVRON = 17, 10
_RADIUS = 7
#: Between an icon and a text, and between a text and a number.
_GAP = 9


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
        if kind == "section":
            _draw_section(painter, option, index)
        elif kind == "hint":
            painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(_inner(option.rect), _WRAPPED, _text(index))
        else:
            _draw_entry(painter, option, index)
        painter.restore()


def chevron_area(row: QRect, index: QModelIndex) -> QRect:
    """Return where a click unfolds or folds a row; empty where there is nothing in it."""
    model = index.model()
    if model is None or not model.hasChildren(index):
        return QRect()
    if index.data(KIND_ROLE) == "section":
        return row
    left = row.left() + MARGIN + _depth(index) * INDENTATION
    return QRect(left, row.top(), _LEFT + _CHEVRON + _LEFT, row.height())


_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft


def _text(index: QModelIndex) -> str:
    return str(index.data(Qt.ItemDataRole.DisplayRole))


def _inner(row: QRect) -> QRect:
    return row.adjusted(MARGIN + PADDING, 0, -MARGIN - PADDING, 0)


def _depth(index: QModelIndex) -> int:
    """Return in how many entries a row is."""
    depth, parent = 0, index.parent()
    while parent.isValid() and parent.data(KIND_ROLE) == "entry":
        depth, parent = depth + 1, parent.parent()
    return depth


def _draw_entry(painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
    palette = option.palette
    shown = bool(index.data(SHOWN_ROLE))
    quiet = index.data(KIND_ROLE) != "entry"
    _draw_ground(painter, option, shown=shown)
    role = QPalette.ColorRole.PlaceholderText if quiet else QPalette.ColorRole.WindowText
    area = _inner(option.rect)
    area.setLeft(option.rect.left() + MARGIN + _LEFT + _depth(index) * INDENTATION)
    _draw_chevron(painter, option, index, area.left())
    # Also where there is none, so that icons are below each other; and texts below those of others.
    area.setLeft(area.left() + _CHEVRON + _LEFT)
    sign = index.data(ICON_ROLE)
    if sign:
        place = QRect(area.left(), area.center().y() - _ICON // 2, _ICON, _ICON)
        icon(sign, role).paint(painter, place)
    area.setLeft(area.left() + _text_offset(index))
    count = index.data(COUNT_ROLE)
    if count is not None:
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        area.setRight(area.right() - QFontMetrics(option.font).horizontalAdvance(count) - _GAP)
    font = QFont(option.font)
    font.setWeight(QFont.Weight.DemiBold if shown else QFont.Weight.Normal)
    painter.setFont(font)
    painter.setPen(palette.color(role))
    text = QFontMetrics(font).elidedText(_text(index), Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def _text_offset(index: QModelIndex) -> int:
    """Return how far to the right of where icons are a row has its text."""
    if index.data(ICON_ROLE):
        return _ICON + _GAP
    beside = index.siblingAtRow(0)
    if index.data(KIND_ROLE) == "more" and beside.data(ICON_ROLE):
        return _ICON + _GAP
    return _ICON + _GAP - INDENTATION if _depth(index) else 0


def _draw_section(painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
    area = _inner(option.rect).adjusted(0, 10, 0, 0)
    if option.state & QStyle.StateFlag.State_HasFocus:
        _draw_focus(painter, option, QRectF(area.adjusted(-PADDING, 2, PADDING, -2)))
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    unfolded = bool(option.state & QStyle.StateFlag.State_Open)
    if hovered or not unfolded:
        _draw_chevron(painter, option, index, area.right() - _CHEVRON + 1, area)
    font = QFont(option.font)
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, _text(index))


def _draw_ground(painter: QPainter, option: QStyleOptionViewItem, *, shown: bool) -> None:
    ground = QRectF(option.rect).adjusted(MARGIN, 1, -MARGIN, -1)
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    if shown or hovered:
        role = QPalette.ColorRole.Highlight if shown else QPalette.ColorRole.Mid
        colour = option.palette.color(role)
        colour.setAlpha(46 if shown else 90)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(ground, _RADIUS, _RADIUS)
    if option.state & QStyle.StateFlag.State_HasFocus:
        _draw_focus(painter, option, ground)


def _draw_focus(painter: QPainter, option: QStyleOptionViewItem, ground: QRectF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(option.palette.color(QPalette.ColorRole.Highlight), 2))
    painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)


def _draw_chevron(
    painter: QPainter,
    option: QStyleOptionViewItem,
    index: QModelIndex,
    left: int,
    row: QRect | None = None,
) -> None:
    """Draw what tells whether a row is unfolded, where there is something in it."""
    model = index.model()
    if model is None or not model.hasChildren(index):
        return
    painter.save()
    middle = (row or option.rect).center()
    painter.translate(left + _CHEVRON / 2, middle.y() + 0.5)
    if not option.state & QStyle.StateFlag.State_Open:
        painter.rotate(-90)
    half = _CHEVRON // 2
    place = QRect(-half, -half, _CHEVRON, _CHEVRON)
    icon("chevron", QPalette.ColorRole.PlaceholderText).paint(painter, place)
    painter.restore()
