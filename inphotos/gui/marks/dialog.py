"""The tags of one photo or several."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from inphotos.gui.dialogs.answer_row import AnswerRow
from inphotos.gui.marks.tags import TagEditor
from inphotos.gui.photo_commands import Photos
from inphotos.store.marks import clean_tags

WIDTH = 420


class TagDialog(QDialog):
    """Lets the user add and remove tags; nothing changes before it is closed.

    Attributes:
        editor: the tags.
        save_button, cancel_button: the choices.

    Signals:
        chosen(tuple[str, ...], tuple[str, ...]): tags to add, and tags to take away.
    """

    chosen = pyqtSignal(object, object)

    def __init__(
        self,
        subject: str,
        photos: Photos,
        tags: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        """Build the dialog.

        Args:
            subject: says whose tags these are.
            photos, tags: the photos, and the tags that they have in common.
            parent: the window.
        """
        super().__init__(parent)
        self._ids = tuple(photo.photo_id for photo in photos)
        self._before = tuple(tags)
        self._keywords: tuple[str, ...] = ()
        self.setWindowTitle(self.tr("Tags"))
        self.setMinimumWidth(WIDTH)
        title = QLabel(subject)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setProperty("kind", "title")
        self.editor = TagEditor()
        self.editor.show_tags(tags)
        self.editor.added.connect(self._on_added)
        self.editor.removed.connect(self._on_removed)
        self.save_button = QPushButton(self.tr("Save"))
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self._on_save_clicked)
        row = AnswerRow(self, self.save_button)
        self.cancel_button = row.cancel_button
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 18, 18, 16)
        layout.setSpacing(12)
        layout.addWidget(title)
        layout.addWidget(self.editor)
        layout.addStretch(1)
        layout.addLayout(row)
        self.editor.field.setFocus()

    def show_keywords(self, photo_ids: Sequence[int], keywords: Sequence[str]) -> None:
        """Show the keywords that the files of photos have in common, if they are these photos."""
        if tuple(photo_ids) == self._ids:
            self._show(self.editor.tags, keywords)

    def _on_added(self, tag: str) -> None:
        self._show(clean_tags((*self.editor.tags, tag)), self._keywords)

    def _on_removed(self, tag: str) -> None:
        self._show([other for other in self.editor.tags if other != tag], self._keywords)

    def _show(self, tags: Sequence[str], keywords: Sequence[str]) -> None:
        self._keywords = tuple(keywords)
        self.editor.show_tags(tags, keywords)
        # Of itself a window stays as high as it is when there are more lines in it.
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), max(self.height(), layout.heightForWidth(self.width())))

    def _on_save_clicked(self) -> None:
        now = clean_tags((*self.editor.tags, self.editor.take_typed()))
        added = tuple(tag for tag in now if tag not in self._before)
        removed = tuple(tag for tag in self._before if tag not in now)
        self.accept()
        self.chosen.emit(added, removed)
