"""The list of suggestions below the search field."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QModelIndex, QPoint, QRect, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QStandardItem, QStandardItemModel
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from inphotos.gui import wording
from inphotos.gui.icons import icon
from inphotos.gui.suggestions.offers import Kind, Suggestion

ROW = 34
#: What the style sheet puts above and below the rows, pixels.
_FRAME = 12
_MARGIN, _PADDING, _ICON, _GAP = 6, 10, 17, 10
_RADIUS = 7

_ICONS: dict[Kind, str] = {
    "saved": "star",
    "history": "history",
    "folder": "folder",
    "place": "place",
    "camera": "camera",
    "date": "calendar",
    "filter": "filter",
}


class SuggestionList(QListView):
    """Suggestions over the window's content; never has the focus, which stays in the field.

    It is a part of the window, not a window of its own: it cannot be left behind, and whatever the
    user types with goes on to work.

    Signals:
        taken(Suggestion): the user has clicked one.
    """

    taken = pyqtSignal(object)

    def __init__(self, field: QWidget) -> None:
        """Make the list below a field; it comes up by :meth:`offer`."""
        super().__init__(field)
        self._field = field
        self._rows = QStandardItemModel(self)
        self.setObjectName("suggestions")
        self.setAccessibleName(self.tr("Suggestions"))
        self.setModel(self._rows)
        self.setItemDelegate(_RowDelegate(self))
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.entered.connect(self.setCurrentIndex)
        self.clicked.connect(self._on_clicked)
        self.hide()

    @property
    def offered(self) -> list[Suggestion]:
        """The suggestions, from the top; none while the list is hidden."""
        if not self.isVisible():
            return []
        return [self._rows.index(row, 0).data(_ROLE) for row in range(self._rows.rowCount())]

    @property
    def chosen(self) -> Suggestion | None:
        """The suggestion that is marked, None for none."""
        index = self.currentIndex()
        return index.data(_ROLE) if self.isVisible() and index.isValid() else None

    def offer(self, suggestions: Sequence[Suggestion]) -> None:
        """Show these below the field; hide where there are none."""
        self._rows.setRowCount(0)
        for suggestion in suggestions:
            item = QStandardItem(suggestion.text)
            item.setData(suggestion, _ROLE)
            spoken = ", ".join(part for part in (suggestion.text, suggestion.beside) if part)
            item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
            self._rows.appendRow(item)
        window = self._field.window()
        if not suggestions or window is None:
            self.hide()
            return
        if self.parentWidget() is not window:
            self.setParent(window)
        corner = self._field.mapTo(window, QPoint(0, self._field.height() + 4))
        space = window.height() - corner.y() - _MARGIN
        height = min(len(suggestions) * ROW + _FRAME, max(ROW + _FRAME, space))
        self.setGeometry(QRect(corner, QSize(self._field.width(), height)))
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())
        self.show()
        self.raise_()

    def step(self, rows: int) -> bool:
        """Mark the next suggestion, or the one before; return whether there is one.

        From none, the next is the first; before the first there is none, which is one too.
        """
        row = (self.currentIndex().row() if self.currentIndex().isValid() else -1) + rows
        if not -1 <= row < self._rows.rowCount():
            return False
        self.setCurrentIndex(self._rows.index(row, 0))
        return True

    def _on_clicked(self, index: QModelIndex) -> None:
        self.taken.emit(index.data(_ROLE))


_ROLE = Qt.ItemDataRole.UserRole


class _RowDelegate(QStyledItemDelegate):
    """Draws a suggestion with its icon, what was typed in it in bold, and the number of photos."""

    # Qt overrides

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # noqa: ARG002
        return QSize(0, ROW)

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        assert painter is not None
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, offer = option.palette, index.data(_ROLE)
        muted = palette.color(QPalette.ColorRole.PlaceholderText)
        row = option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
        if option.state & QStyle.StateFlag.State_Selected:
            colour = palette.color(QPalette.ColorRole.Highlight)
            colour.setAlpha(46)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(row).adjusted(0, 1, 0, -1), _RADIUS, _RADIUS)
        area = row.adjusted(_PADDING, 0, -_PADDING, 0)
        place = QRect(area.left(), area.center().y() - _ICON // 2, _ICON, _ICON)
        icon(_ICONS[offer.kind], QPalette.ColorRole.PlaceholderText).paint(painter, place)
        area.setLeft(place.right() + _GAP)
        if offer.photos is not None:
            painter.setPen(muted)
            count = wording.number(offer.photos)
            painter.drawText(area, _RIGHT, count)
            metrics = QFontMetrics(option.font)
            area.setRight(area.right() - metrics.horizontalAdvance(count) - _GAP)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        left = _draw_text(painter, option.font, area, offer)
        painter.setPen(muted)
        painter.setFont(option.font)
        area.setLeft(left + _GAP)
        if offer.beside and area.width() > 3 * _ICON:
            beside = QFontMetrics(option.font).elidedText(offer.beside, _CUT, area.width())
            painter.drawText(area, _LEFT, beside)
        painter.restore()


_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_CUT = Qt.TextElideMode.ElideRight


def _draw_text(painter: QPainter, font: QFont, area: QRect, offer: Suggestion) -> int:
    """Draw the text of a suggestion with what was typed in bold; return where it ends."""
    start, end = offer.bold or (0, 0)
    heavy = QFont(font)
    heavy.setWeight(QFont.Weight.Bold)
    left = area.left()
    for text, used in (
        (offer.text[:start], font),
        (offer.text[start:end], heavy),
        (offer.text[end:], font),
    ):
        metrics = QFontMetrics(used)
        shown = metrics.elidedText(text, _CUT, max(0, area.right() - left))
        painter.setFont(used)
        painter.drawText(QRect(left, area.top(), area.right() - left, area.height()), _LEFT, shown)
        left += metrics.horizontalAdvance(shown)
        if shown != text:
            break
    return left
