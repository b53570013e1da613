"""The card above the photos while the model that the user wants is not on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QPalette
from PyQt6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from inphotos.events import Progress
from inphotos.gui import wording
from inphotos.gui.flow_layout import FlowLayout
from inphotos.gui.icons import IconView, icon
from inphotos.gui.sentences import said

if TYPE_CHECKING:
    from inphotos.encoders.specs import ModelSpec
    from inphotos.errors import InPhotosError


class ModelCard(QWidget):
    """Says what a model is for, offers the ways to get one, and shows a download.

    The photos below it can be browsed meanwhile.

    Attributes:
        download_button, built_in_button, folder_button, stop_button: the choices.
        close_button: puts the choice off.

    Signals:
        download_wanted(ModelSpec): fetch this model, or go on fetching it.
        stop_wanted(): stop fetching.
        built_in_wanted(): use the bundled model.
        folder_wanted(): use a model from a folder of the user's.
        put_off(): the user does not want to choose now.
    """

    download_wanted = pyqtSignal(object)
    stop_wanted = pyqtSignal()
    built_in_wanted = pyqtSignal()
    folder_wanted = pyqtSignal()
    put_off = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec: ModelSpec | None = None
        self._on_trial = False
        self._running = False
        self._headline = _label("title")
        self._body = _label("muted")
        self._trouble = _label("body")
        self._trouble.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Download"))
        self._amount = _label("muted")
        self.download_button = QPushButton()
        self.download_button.setProperty("kind", "main")
        self.download_button.clicked.connect(self._on_download_clicked)
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.clicked.connect(self.stop_wanted)
        self.built_in_button = QPushButton()
        self.built_in_button.setToolTip(
            self.tr(
                "It is part of InPhotos and ready at once. It knows everyday things; the full "
                "model knows far more."
            )
        )
        self.built_in_button.clicked.connect(self.built_in_wanted)
        self.folder_button = QPushButton(self.tr("Choose a Model Folder…"))
        self.folder_button.setProperty("kind", "link")
        self.folder_button.setToolTip(self.tr("A model that was fetched elsewhere"))
        self.folder_button.clicked.connect(self.folder_wanted)
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("close", QPalette.ColorRole.WindowText))
        self.close_button.setToolTip(self.tr("Not now: browse without searching"))
        self.close_button.setAccessibleName(self.tr("Not now"))
        self.close_button.clicked.connect(self.put_off)
        self._lay_out()
        self._show_download(False)
        self.hide()

    @property
    def text(self) -> str:
        """What the card explains."""
        return self._body.text()

    @property
    def trouble(self) -> str:
        """What went wrong with the last download, empty if nothing did."""
        return self._trouble.text()

    @property
    def amount(self) -> str:
        """How far the download is, in words."""
        return self._amount.text()

    def offer(self, spec: ModelSpec | None, reason: str, *, on_trial: bool = False) -> None:
        """Offer a model that is not on this machine.

        Args:
            spec: the model, None when it cannot be downloaded.
            reason: why the chosen model cannot be used; said only where there is no download.
            on_trial: the bundled model is used meanwhile.
        """
        self._spec, self._on_trial = spec, on_trial
        self._trouble.hide()
        self._trouble.clear()
        self._show_download(False)
        if spec is None:
            self._headline.setText(self.tr("The chosen model cannot be used"))
            self._body.setText(said(reason))
            return
        self._headline.setText(
            self.tr("You are searching with the built-in model")
            if on_trial
            else self.tr("One download, then you can search by words")
        )
        self._body.setText(self._explanation(spec))
        self.download_button.setText(self._download_label(spec))

    def show_download(self, spec: ModelSpec) -> None:
        """Show that a download has begun."""
        self._spec = spec
        self._headline.setText(self.tr("Fetching the model"))
        self._body.setText(
            self.tr(
                "It is fetched once and then works offline. Look through your photos meanwhile; "
                "you can also stop and go on later."
            )
        )
        self._trouble.hide()
        self._trouble.clear()
        self._bar.setRange(0, 0)
        self._amount.setText(self.tr("Connecting…"))
        self._show_download(True)

    def set_on_trial(self, on_trial: bool) -> None:
        """Take note that the bundled model is used, or is not used any more."""
        self._on_trial = on_trial
        self._show_download(self._running)

    def show_progress(self, progress: Progress) -> None:
        """Show how far the download is."""
        if progress.total:
            # In thousandths: a progress bar counts with 32 bits, a large model is beyond them.
            self._bar.setRange(0, 1000)
            self._bar.setValue(progress.done * 1000 // progress.total)
        self._amount.setText(wording.progress(progress))

    def show_stopped(self, spec: ModelSpec) -> None:
        """Offer to go on with a download that the user has stopped."""
        self.offer(spec, "", on_trial=self._on_trial)
        self._headline.setText(self.tr("The download is stopped"))
        self._body.setText(self.tr("What has been fetched is kept: it goes on from there."))
        self.download_button.setText(self.tr("Go On Downloading"))

    def show_failure(self, spec: ModelSpec, error: InPhotosError) -> None:
        """Say why a download failed and offer to try again."""
        self.offer(spec, "", on_trial=self._on_trial)
        self._headline.setText(self.tr("The model could not be fetched"))
        self._body.setText(self.tr("What has been fetched is kept: it goes on from there."))
        self._trouble.setText(said(error))
        self._trouble.show()
        self.download_button.setText(self.tr("Try Again"))

    def _lay_out(self) -> None:
        card = QFrame()
        card.setObjectName("card")
        around = QVBoxLayout(self)
        around.setContentsMargins(20, 4, 20, 8)
        around.addWidget(card)
        buttons = QWidget()
        flow = FlowLayout(buttons, spacing=10)
        for button in (self.download_button, self.stop_button, self.built_in_button):
            flow.addWidget(button)
        flow.addWidget(self.folder_button)
        words = QVBoxLayout()
        words.setSpacing(6)
        for part in (self._headline, self._trouble, self._body, self._bar, self._amount):
            words.addWidget(part)
        words.addSpacing(4)
        words.addWidget(buttons)
        top = Qt.AlignmentFlag.AlignTop
        layout = QGridLayout(card)
        layout.setContentsMargins(18, 14, 10, 14)
        layout.setHorizontalSpacing(14)
        layout.addWidget(IconView("model", 36, QPalette.ColorRole.Link), 0, 0, top)
        layout.addLayout(words, 0, 1)
        layout.addWidget(self.close_button, 0, 2, top)
        layout.setColumnStretch(1, 1)

    def _show_download(self, running: bool) -> None:
        self._running = running
        for widget in (self._bar, self._amount, self.stop_button):
            widget.setVisible(running)
        self.download_button.setVisible(not running and self._spec is not None)
        self.folder_button.setVisible(not running)
        self.built_in_button.setVisible(not self._on_trial)
        self.built_in_button.setText(
            self.tr("Search with the Built-in Model Meanwhile")
            if running
            else self.tr("Search with the Built-in Model")
        )

    def _explanation(self, spec: ModelSpec) -> str:
        size = self.tr(" ({size})").format(size=wording.size(spec.bytes)) if spec.bytes else ""
        fetched = self.tr(
            "The model {name}{size} is fetched once, from huggingface.co, and then works offline. "
            "Nothing about your photos is sent."
        ).format(name=spec.name, size=size)
        if not self._on_trial:
            return " ".join(
                [self.tr("For that InPhotos needs a model that understands pictures."), fetched]
            )
        return " ".join(
            [
                self.tr("It knows everyday things; the full model knows far more."),
                fetched,
                self.tr("Searching goes on while your photos are prepared for it."),
            ]
        )

    def _download_label(self, spec: ModelSpec) -> str:
        if spec.bytes is None:
            return self.tr("Download")
        return self.tr("Download ({size})").format(size=wording.size(spec.bytes))

    def _on_download_clicked(self) -> None:
        if self._spec is not None:
            self.download_wanted.emit(self._spec)


def _label(kind: str) -> QLabel:
    label = QLabel()
    label.setProperty("kind", kind)
    label.setWordWrap(True)
    # Messages hold names of files and folders: never markup.
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
