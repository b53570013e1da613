"""Why the photo matches what was searched for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QPalette
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inphotos.gui import reason_words as words
from inphotos.gui import wording
from inphotos.gui.icons import IconView
from inphotos.gui.info.meter import Meter
from inphotos.gui.info.parts import Section
from inphotos.gui.tool_tips import as_plain
from inphotos.gui.value import Value

if TYPE_CHECKING:
    from inphotos.search.why import ConceptReason, FilterReason, Why

#: A query of so many parts fills the panel; further ones are counted only.
MOST_ROWS = 12


class WhyView(Section):
    """A row for each part of the query, with what it finds in the photo.

    Attributes:
        rows: what the rows say: the part of the query, and how the photo fits.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.rows: list[tuple[str, str]] = []
        self.body.setSpacing(10)
        self._content: QWidget | None = None
        self._shown: Why | None = None
        self.hide()

    def show_why(self, why: Why | None) -> None:
        """Show the reasons; nothing at all where nothing was searched for."""
        if why == self._shown:
            return
        self._shown = why
        if self._content is not None:
            self.body.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
            self._content = None
        self.rows = []
        if why is not None and (why.query.concepts or why.filters):
            self._fill(why)
        self.setVisible(self._content is not None)

    def _fill(self, why: Why) -> None:
        matches = why.match != "none" and all(_is_met(why, each) for each in why.filters)
        self.header.setText(self.tr("Why it matched") if matches else self.tr("How it fits"))
        self.header.show()
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        if why.query.concepts and not why.concepts:
            told = self.tr("InPhotos has not looked at this photo yet.")
            column.addWidget(_text(told, "muted", content))
            self.rows.append((told, ""))
        overall = words.overall(why)
        if overall:
            column.addWidget(_text(overall, "", content))
            self.rows.append((overall, ""))
        rows = [self._concept_row(reason) for reason in why.concepts]
        # Alternatives that do not hold say nothing where another one does.
        filters = [each for each in why.filters if each.holds or not _is_met(why, each)]
        rows += map(self._filter_row, filters)
        for row in rows[:MOST_ROWS]:
            column.addWidget(row)
        if len(rows) > MOST_ROWS:
            more = self.tr("and {count} more").format(count=wording.number(len(rows) - MOST_ROWS))
            column.addWidget(_text(more, "muted", content))
        self._content = content
        self.body.addWidget(content)

    def _concept_row(self, reason: ConceptReason) -> QWidget:
        subject, verdict = words.subject(reason.concept), words.verdict(reason)
        self.rows.append((subject, verdict))
        row = _Row(subject, verdict)
        row.setToolTip(as_plain(words.numbers(reason)))
        if reason.concept.weight < 0:
            seen = reason.match != "none"
            row.put_sign(IconView("close" if seen else "tick", 16, QPalette.ColorRole.WindowText))
        else:
            row.put_meter(Meter(reason.match))
        return row

    def _filter_row(self, reason: FilterReason) -> QWidget:
        demand, finding = words.demand(reason.filter), words.finding(reason)
        if not reason.holds:
            finding = finding or self.tr("No")
        self.rows.append((demand, finding))
        row = _Row(demand, finding)
        sign = "tick" if reason.holds else "close"
        row.put_sign(IconView(sign, 16, QPalette.ColorRole.WindowText))
        return row


class _Row(QWidget):
    """A part of the query above what it finds."""

    def __init__(self, part: str, found: str) -> None:
        super().__init__()
        self._line = QHBoxLayout()
        self._line.setSpacing(8)
        self._part = _text(part, "", self)
        self._found = _text(found, "muted", self)
        # Heard as one: the part says what the words below it are about.
        self._found.setAccessibleName(f"{part}: {found}" if found else part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        self._head = QHBoxLayout()
        self._head.setSpacing(6)
        self._head.addWidget(self._part, 1)
        layout.addLayout(self._head)
        self._line.addWidget(self._found, 1)
        layout.addLayout(self._line)
        self._found.setVisible(bool(found))

    def put_meter(self, meter: Meter) -> None:
        """Put a meter before what was found."""
        self._line.insertWidget(0, meter, 0, Qt.AlignmentFlag.AlignVCenter)

    def put_sign(self, sign: IconView) -> None:
        """Put an icon before the part."""
        self._head.insertWidget(0, sign, 0, Qt.AlignmentFlag.AlignTop)
        self._line.insertSpacing(0, sign.width() + self._head.spacing())


def _text(text: str, kind: str, parent: QWidget) -> Value:
    # Without a parent it would be a window of its own for a moment, and take the keys away.
    label = Value(kind, parent=parent)
    label.show_value(text)
    return label


def _is_met(why: Why, reason: FilterReason) -> bool:
    """Tell whether a filter holds, or one that is as good."""
    group = reason.filter.group
    return any(other.holds for other in why.filters if other.filter.group == group)
