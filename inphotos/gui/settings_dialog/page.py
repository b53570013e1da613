"""What every page of the settings is made of: choices, each with a line that explains it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QRect, Qt, pyqtSignal
from PyQt6.QtGui import QAction, QIcon, QPainter, QPaintEvent, QPalette, QWheelEvent
from PyQt6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from inphotos.gui.icons import icon

#: How far an explanation stands in below a check box, so that it begins below the words, pixels.
INDENT = 28


class SettingsPage(QScrollArea):
    """A page of choices that hold at once.

    Attributes:
        title: what the page is called in the list of pages.
        icon_name: its icon there.
        box: where the rows are.
        restore_button: brings the page back to how it was at first, on pages that have it.
    """

    def __init__(self, title: str, icon_name: str) -> None:
        """Make an empty page."""
        super().__init__()
        self.title, self.icon_name = title, icon_name
        self.setObjectName("settings-page")
        self.setAccessibleName(title)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Its controls take the focus; the area itself would be one stop more.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QWidget()
        self.box = QVBoxLayout(content)
        self.box.setContentsMargins(26, 22, 26, 18)
        self.box.setSpacing(4)
        headline = QLabel(title)
        headline.setProperty("kind", "headline")
        self.box.addWidget(headline)
        self.box.addSpacing(12)
        self.setWidget(content)

    def refresh(self) -> None:
        """Show how things are now; called whenever the page comes into sight."""

    def add_switch(
        self, text: str, explanation: str, on_toggled: Callable[[bool], object]
    ) -> Switch:
        """Add something that is on or off; ``on_toggled`` is called when the user changes it."""
        switch = Switch(text)
        switch.setAccessibleDescription(explanation)
        switch.clicked.connect(on_toggled)
        self.box.addWidget(switch, 0, Qt.AlignmentFlag.AlignLeft)
        self.box.addWidget(hint(explanation, INDENT))
        self.box.addSpacing(16)
        return switch

    def add_choice(
        self,
        text: str,
        explanation: str,
        options: Sequence[tuple[object, str]],
        on_chosen: Callable[[object], object],
    ) -> Choice:
        """Add a choice between values; ``on_chosen`` is called with the one that the user wants."""
        choice = Choice(options)
        choice.chosen.connect(on_chosen)
        self.add_row(text, explanation, choice)
        return choice

    def add_row(self, text: str, explanation: str, *controls: QWidget) -> QLabel:
        """Add controls beside what they are for; return the label of the explanation."""
        row = QHBoxLayout()
        row.setSpacing(8)
        label = QLabel(text)
        row.addWidget(label, 1)
        for control in controls:
            row.addWidget(control)
            control.setAccessibleDescription(explanation)
        if len(controls) == 1 and not controls[0].accessibleName():
            label.setBuddy(controls[0])
            controls[0].setAccessibleName(text)
        self.box.addLayout(row)
        below = hint(explanation)
        self.box.addWidget(below)
        self.box.addSpacing(16)
        return below

    def add_section(self, title: str) -> None:
        """Add a title over the rows that follow."""
        label = QLabel(title)
        label.setProperty("kind", "title")
        self.box.addSpacing(6)
        self.box.addWidget(label)
        self.box.addSpacing(6)

    def add_end(self, on_restore: Callable[[], object] | None = None) -> None:
        """Fill the rest; with a button that brings the page back to how it was at first."""
        self.box.addStretch(1)
        if on_restore is not None:
            self.box.addWidget(self.add_restore(on_restore), 0, Qt.AlignmentFlag.AlignLeft)

    def add_restore(self, on_restore: Callable[[], object]) -> QPushButton:
        """Return the button that brings the page back to how it was at first."""
        self.restore_button = QPushButton(self.tr("Restore Defaults"))
        self.restore_button.clicked.connect(lambda: on_restore())
        return self.restore_button


class Switch(QCheckBox):
    """Something that is on or off."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setProperty("kind", "switch")

    def follow(self, action: QAction) -> None:
        """Show and do what an action of a menu does."""
        self.setChecked(action.isChecked())
        action.toggled.connect(self.setChecked)

    # Qt overrides

    def paintEvent(self, event: QPaintEvent | None) -> None:
        super().paintEvent(event)
        if not self.isChecked():
            return
        # A style sheet can draw a mark from a file only, which has one colour for all themes.
        option, style = QStyleOptionButton(), self.style()
        self.initStyleOption(option)
        assert style is not None
        box = style.subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QPainter(self)
        icon("tick", QPalette.ColorRole.HighlightedText).paint(painter, box.adjusted(2, 2, -2, -2))
        painter.end()


class Choice(QComboBox):
    """A choice between values.

    Signals:
        chosen(object): the user wants this value.
    """

    chosen = pyqtSignal(object)

    def __init__(self, options: Sequence[tuple[object, str]]) -> None:
        """Offer values, each with its text."""
        super().__init__()
        for value, text in options:
            self.addItem(text, value)
        self.setMinimumWidth(210)
        self.activated.connect(lambda row: self.chosen.emit(self.itemData(row)))

    def show_value(self, value: object) -> None:
        """Show a value without telling of it."""
        self.setCurrentIndex(max(0, self.findData(value)))

    # Qt overrides

    def paintEvent(self, event: QPaintEvent | None) -> None:
        super().paintEvent(event)
        # A style sheet can draw an arrow from a file only, which has one colour for all themes.
        edge = 12
        place = QRect(self.width() - edge - 11, (self.height() - edge) // 2, edge, edge)
        painter = QPainter(self)
        mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
        icon("chevron", QPalette.ColorRole.PlaceholderText).paint(painter, place, mode=mode)
        painter.end()

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        # Whoever scrolls the page does not mean to choose something else on the way.
        if event is not None:
            event.ignore()


def hint(text: str, indent: int = 0) -> QLabel:
    """Return a line of explanation in quieter text."""
    label = QLabel(text)
    label.setProperty("kind", "muted")
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setContentsMargins(indent, 0, 0, 0)
    return label
