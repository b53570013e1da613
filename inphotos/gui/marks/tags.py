"""Tags as chips, with a field for another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PyQt6.QtCore import QStringListModel, Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QKeyEvent
from PyQt6.QtWidgets import QCompleter, QLabel, QLineEdit, QVBoxLayout, QWidget

from inphotos.errors import display_path
from inphotos.gui.chip_lines import ChipLines
from inphotos.gui.chips import RemovableChip
from inphotos.gui.tool_tips import as_plain
from inphotos.metadata import MAX_KEYWORD

_SPACING = 6
#: Further ones are scrolled to.
_MOST_LINES = 6
_MAX_LABEL_WIDTH = 220


class TagChip(RemovableChip):
    """A tag that the user has given.

    Attributes:
        tag: the tag.
    """

    def __init__(self, tag: str, parent: QWidget | None = None) -> None:
        super().__init__(display_path(tag), "filter", parent)
        self.tag = tag
        is_cut = self.show_label(display_path(tag), _MAX_LABEL_WIDTH)
        self.setToolTip(as_plain(display_path(tag)) if is_cut else "")
        self.setAccessibleName(self.tr("Tag: {tag}").format(tag=display_path(tag)))
        self.setAccessibleDescription(self.tr("Delete removes it"))


class TagEditor(QWidget):
    """Chips that can be removed, the keywords of files, which cannot, and a field.

    It changes nothing by itself; whoever listens shows it the tags as they are then.

    Attributes:
        field: for another tag.
        chips: one for each tag, in order.
        keyword_labels: one for each keyword.

    Signals:
        added(str), removed(str): the user wants it so.
        clicked(str): the user has clicked a tag.
        known_wanted(): the field could do with the tags that there are.
    """

    added = pyqtSignal(str)
    removed = pyqtSignal(str)
    clicked = pyqtSignal(str)
    known_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips: list[TagChip] = []
        self.keyword_labels: list[QLabel] = []
        self._shown: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self.field = _TagField()
        self.field.setObjectName("name")
        self.field.setPlaceholderText(self.tr("Add a tag"))
        self.field.setAccessibleName(self.tr("Add a tag"))
        self.field.setMaxLength(MAX_KEYWORD)
        self.field.entered.connect(self.added)
        self.field.focused.connect(self.known_wanted)
        self._lines = ChipLines(_SPACING, _MOST_LINES)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.field)
        layout.addWidget(self._lines)
        self._lines.hide()

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags that are shown."""
        return self._shown[0]

    def show_tags(self, tags: Sequence[str], keywords: Sequence[str] = ()) -> None:
        """Show tags, and those keywords of the file that are none of them."""
        known = {tag.casefold() for tag in tags}
        shown = (tuple(tags), tuple(word for word in keywords if word.casefold() not in known))
        if shown == self._shown:
            return
        self._shown = shown
        window = self.window()
        holder = None if window is None else window.focusWidget()
        focused = next((at for at, chip in enumerate(self.chips) if chip is holder), None)
        for widget in (*self.chips, *self.keyword_labels):
            self._lines.remove(widget)
        self.chips = [self._chip(tag) for tag in shown[0]]
        self.keyword_labels = [self._keyword(word) for word in shown[1]]
        self._lines.setVisible(bool(self.chips or self.keyword_labels))
        self.updateGeometry()
        before: QWidget = self.field
        for chip in self.chips:
            QWidget.setTabOrder(before, chip)
            before = chip
        if focused is not None:
            heir = self.chips[min(focused, len(self.chips) - 1)] if self.chips else self.field
            heir.setFocus(Qt.FocusReason.TabFocusReason)

    def set_known(self, counts: Mapping[str, int]) -> None:
        """Offer these tags while the user types, the most frequent first."""
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        self.field.known.setStringList([tag for tag, _ in ordered])

    def take_typed(self) -> str:
        """Return what stands in the field, and empty it."""
        text = self.field.text().strip()
        self.field.clear()
        return text

    def _chip(self, tag: str) -> TagChip:
        chip = TagChip(tag)
        chip.removed.connect(partial(self.removed.emit, tag))
        chip.clicked.connect(partial(self.clicked.emit, tag))
        self._lines.add(chip)
        return chip

    def _keyword(self, word: str) -> QLabel:
        text, kind = display_path(word), self.tr("A keyword in the photo's file")
        label = QLabel()
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("kind", "keyword")
        label.ensurePolished()
        right = Qt.TextElideMode.ElideRight
        label.setText(label.fontMetrics().elidedText(text, right, _MAX_LABEL_WIDTH))
        label.setToolTip(kind if label.text() == text else as_plain(f"{text}\n{kind}"))
        label.setAccessibleName(text)
        self._lines.add(label)
        return label


class _TagField(QLineEdit):
    """Enter, or a comma, ends a tag; an empty field leaves Enter to others."""

    entered = pyqtSignal(str)
    focused = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.known = QStringListModel(self)
        completer = QCompleter(self.known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(8)
        popup = completer.popup()
        assert popup is not None
        popup.setObjectName("completions")
        # Queued: the completer puts the text into the field after it has told of it.
        completer.activated[str].connect(  # type: ignore[call-arg]
            self._enter, type=Qt.ConnectionType.QueuedConnection
        )
        self.setCompleter(completer)

    def _enter(self, text: str) -> None:
        self.clear()
        if text.strip():
            self.entered.emit(text.strip())

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        ends = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.text() in (",", ";")
        completer = self.completer()
        popup = None if completer is None else completer.popup()
        if ends and popup is not None and popup.isVisible() and popup.currentIndex().isValid():
            event.ignore()  # the completer takes what is chosen there
        elif ends and self.text().strip():
            if popup is not None:
                popup.hide()
            self._enter(self.text())
            event.accept()
        elif not (ends and event.text() in (",", ";")):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        super().focusInEvent(event)
        self.focused.emit()
