"""The field in which the user says what is in the photo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from PyQt6.QtCore import Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QAction, QKeyEvent, QKeySequence, QPalette
from PyQt6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStyle,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from inphotos.gui.history_walk import HistoryWalk
from inphotos.gui.icons import icon
from inphotos.gui.incoming import are_photos_copied
from inphotos.gui.keyboard.table import KeyHint
from inphotos.gui.query_parts import QueryParts
from inphotos.gui.timers import single_shot
from inphotos.gui.tool_tips import as_lines

if TYPE_CHECKING:
    from inphotos.search.query import Problem, Query, Span

#: What can be searched with: words and photos, photos only, or nothing for want of a model.
Ability = Literal["words", "photos", "nothing"]

#: Long enough to spare the encoder half-typed words, short enough to feel immediate.
DEBOUNCE_MS = 250

#: Between two positions of the sign that turns, of which there are twelve.
_TICK_MS = 80
_MOTION = QStyle.StyleHint.SH_Widget_Animation_Duration

#: Lines of text are hard to read when they are wider, and so are queries.
MAX_WIDTH = 760


class SearchBar(QWidget):
    """A search field that reports a query once the user rests, or at once on Enter.

    Attributes:
        field: the line edit.
        parts: how the query was understood, below the field.
        model_button: leads to the choice of a model, while there is none.
        walk: what Up and Down in the field go through.
        star: saves the query, or tells that it is saved.

    Signals:
        searched(str): what to search for; an empty text means everything.
        entered(): Enter was pressed; what to search for has been reported.
        model_wanted(): the user wants to choose a model.
        left_downwards(): the user wants to go on to the results.
        photos_pasted(): the user pastes, and there are photos on the clipboard.
    """

    searched = pyqtSignal(str)
    entered = pyqtSignal()
    model_wanted = pyqtSignal()
    left_downwards = pyqtSignal()
    photos_pasted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reported = ""
        self._understood = ""
        self.walk = HistoryWalk()
        self.field = _Field(self)
        self.star = self.field.star
        self.field.textChanged.connect(self._on_text_changed)
        self.field.textEdited.connect(self.walk.end)
        self.field.returnPressed.connect(self._on_return_pressed)
        self.field.left_upwards.connect(self._on_left_upwards)
        self.field.left_downwards.connect(self._on_left_downwards)
        self.field.photos_pasted.connect(self.photos_pasted)
        self.parts = QueryParts(self.field)
        self.parts.setMaximumWidth(MAX_WIDTH)
        self.parts.text_wanted.connect(self._on_text_wanted)
        self.parts.edit_wanted.connect(self._on_edit_wanted)
        self.model_button = QPushButton(self.tr("Choose a Model…"))
        self.model_button.setProperty("kind", "link")
        self.model_button.clicked.connect(self.model_wanted)
        self._rest = single_shot(self, DEBOUNCE_MS, self._on_rested)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 10, 20, 6)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.field)
        column.addWidget(self.parts)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(2)
        layout.addLayout(self._buttons)
        # Beside the field, also while parts are shown below it.
        layout.setAlignment(self._buttons, Qt.AlignmentFlag.AlignTop)
        layout.addStretch(1)
        # In a narrow window the field has all the room; beyond its greatest width it is centred.
        layout.addLayout(column, 100)
        layout.addWidget(self.model_button)
        layout.addStretch(1)
        self._buttons_behind = QHBoxLayout()
        layout.addLayout(self._buttons_behind)
        layout.setAlignment(self._buttons_behind, Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(self.field)
        self.set_ability("words")

    def text(self) -> str:
        """Return the query, without spaces around it."""
        return self.field.text().strip()

    def set_text(self, text: str) -> None:
        """Show a query without reporting it."""
        self.walk.end()
        self._reported = text.strip()
        self.field.setText(text)
        self._rest.stop()

    def show_parts(self, text: str, query: Query | None, problems: Sequence[Problem]) -> None:
        """Show how a query was understood, if it is the one in the field.

        Args:
            text: the query as it was reported.
            query: its parts; None for none.
            problems: what the user is to be told of it.
        """
        self._understood = text
        if text == self._reported:
            self.parts.show_query(query, problems)
        else:
            self.parts.show_query(None)

    def type(self, text: str) -> None:
        """Take keys that were typed elsewhere, and the focus with them.

        They take the place of the query, unless that ends in a space: then they go on with it.
        """
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.field.text().endswith(" "):
            self.field.end(False)
        self.field.insert(text)

    def clear(self) -> None:
        """Empty the field and report it."""
        self.field.clear()
        self.report()

    def set_ability(self, ability: Ability) -> None:
        """Say what can be searched with; filters can always be."""
        self.model_button.setVisible(ability == "nothing")
        self.field.setPlaceholderText(
            {
                "words": self.tr("Describe the photo you remember"),
                "photos": self.tr(
                    "This model compares photos only: drop one here, or filter: date:2023 camera:…"
                ),
                "nothing": self.tr("Words need a model; filters do not: date:2023 camera:canon"),
            }[ability]
        )

    def key_hints(self) -> tuple[str, tuple[KeyHint, ...]]:
        """Return what the keys do that the field handles itself."""
        return self.tr("Search field"), (
            KeyHint(self.tr("Search at once"), ("Return",)),
            KeyHint(self.tr("Take up an earlier search"), ("Up",)),
            KeyHint(self.tr("Go on to the photos"), ("Down",)),
            KeyHint(self.tr("Remove a part of the search, on its chip"), ("Del",)),
        )

    def add_buttons(self, actions: Sequence[QAction]) -> None:
        """Add buttons before the field."""
        for action in actions:
            button = QToolButton()
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setFixedHeight(self.field.sizeHint().height())
            self._buttons.addWidget(button)

    def add_button_behind(self, button: QToolButton) -> None:
        """Add a button at the right end."""
        button.setFixedHeight(self.field.sizeHint().height())
        self._buttons_behind.addWidget(button)

    def report(self) -> None:
        """Report what is in the field now, unless it has been."""
        self._rest.stop()
        if self.text() != self._reported:
            self._reported = self.text()
            self.searched.emit(self._reported)

    def _on_text_changed(self) -> None:
        if self.field.text():
            self._rest.start()
        else:
            self.report()

    def _on_return_pressed(self) -> None:
        self.report()
        self.entered.emit()

    def _on_left_upwards(self) -> None:
        text = self.walk.older(self.field.text())
        if text is not None:
            self.field.setText(text)

    def _on_left_downwards(self) -> None:
        if self.walk.is_under_way:
            self.field.setText(self.walk.newer())
        else:
            self.left_downwards.emit()

    def _on_rested(self) -> None:
        self.report()

    def _on_text_wanted(self, text: str) -> None:
        if self.text() != self._understood:
            return  # the parts of what has been typed since come in a moment
        # As if it were typed, so that it can be undone.
        self.field.selectAll()
        self.field.insert(text)
        self.report()

    def _on_edit_wanted(self, span: Span) -> None:
        if self.text() != self._understood:
            return
        before = self.field.text().partition(self._understood)[0]
        start = _in_qt(before + self._understood[: span.start])
        length = _in_qt(self._understood[span.start : span.end])
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.setSelection(start, length)


def _in_qt(text: str) -> int:
    """Return how long a text is for Qt, which counts some characters (emoji) as two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class _Field(QLineEdit):
    """A line edit with a magnifier, a star and a clear button; Up and Down lead out of it."""

    left_upwards = pyqtSignal()
    left_downwards = pyqtSignal()
    photos_pasted = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self.setAccessibleName(self.tr("Search"))
        self.setMaximumWidth(MAX_WIDTH)
        # Files dropped here mean the window, which adds folders and searches with photos.
        self.setAcceptDrops(False)
        self._turn = 0
        self._busy = ""
        self._sign = QAction(self.tr("Search"), self)
        self._sign.setIcon(icon("search", QPalette.ColorRole.PlaceholderText))
        self.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        self._clear = QAction(
            icon("close", QPalette.ColorRole.PlaceholderText), self.tr("Clear"), self
        )
        self._clear.setToolTip(self.tr("Clear (Esc)"))
        self._clear.triggered.connect(self.clear)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setVisible(False)
        # Screen readers say the text; what is shown is the icon.
        star = icon("star", QPalette.ColorRole.PlaceholderText)
        self.star = QAction(star, self.tr("Save this search"), self)
        self.addAction(self.star, QLineEdit.ActionPosition.TrailingPosition)
        self.star.setVisible(False)
        self.textChanged.connect(self._on_text_changed)

    @property
    def busy(self) -> str:
        """What the field tells that it waits for; empty for nothing."""
        return self._busy

    def show_busy(self, words: str) -> None:
        """Tell in the place of the magnifier what is waited for; nothing for empty words."""
        if words == self._busy:
            return
        self._busy = words
        self._sign.setToolTip(as_lines(words))
        style = self.style()
        # Who has asked the system for no motion sees the sign stand still.
        moves = style is not None and style.styleHint(_MOTION, None, self) > 0
        if not words:
            self._tick.stop()
            self._sign.setIcon(icon("search", QPalette.ColorRole.PlaceholderText))
        else:
            self._on_tick()
            if moves:
                self._tick.start()

    def _on_tick(self) -> None:
        self._turn = (self._turn + 30) % 360
        self._sign.setIcon(icon("spinner", QPalette.ColorRole.Highlight, self._turn))

    def _on_text_changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        # Of a keypad too, and with nothing held: Shift+Up is another key.
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Down and plain:
            self.left_downwards.emit()
        elif event.key() == Qt.Key.Key_Up and plain:
            self.left_upwards.emit()
        elif event.matches(QKeySequence.StandardKey.Paste) and are_photos_copied():
            self.photos_pasted.emit()
        else:
            super().keyPressEvent(event)
