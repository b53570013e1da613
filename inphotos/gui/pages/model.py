"""The page that is shown while the chosen model is not on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QPalette
from PyQt6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from inphotos.errors import InPhotosError
from inphotos.events import Progress
from inphotos.gui import wording
from inphotos.gui.icons import IconView
from inphotos.gui.pages.card import centred, text_label

if TYPE_CHECKING:
    from inphotos.encoders.specs import ModelSpec


class ModelPage(QWidget):
    """Says what a model is for, offers the ways to get one, and shows a download.

    Attributes:
        download_button, demo_button, folder_button, stop_button, browse_button: the choices.

    Signals:
        download_wanted(ModelSpec): fetch this model, or go on fetching it.
        stop_wanted(): stop fetching.
        demo_wanted(): use the bundled model.
        folder_wanted(): use a model from a folder of the user's.
        browse_wanted(): show the photos without a model.
    """

    download_wanted = pyqtSignal(object)
    stop_wanted = pyqtSignal()
    demo_wanted = pyqtSignal()
    folder_wanted = pyqtSignal()
    browse_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec: ModelSpec | None = None
        card = QFrame()
        card.setObjectName("card")
        card.setMaximumSize(640, 510)
        card.setMinimumWidth(460)
        self._headline = text_label("", "headline")
        self._body = text_label("", "body")
        self._trouble = text_label("", "title")
        self._trouble.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._demo_hint = text_label(
            self.tr(
                "The small demo model is ready at once, but it knows drawn scenes only, "
                "not photographs."
            ),
            "muted",
        )
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Download"))
        self._amount = text_label("", "muted")
        self.download_button = QPushButton()
        self.download_button.setProperty("kind", "main")
        self.download_button.clicked.connect(self._on_download_clicked)
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.clicked.connect(self.stop_wanted)
        self.demo_button = QPushButton(self.tr("Use the Small Demo Model"))
        self.demo_button.clicked.connect(self.demo_wanted)
        self.folder_button = QPushButton(self.tr("Choose a Model Folder…"))
        self.folder_button.clicked.connect(self.folder_wanted)
        self.browse_button = QPushButton(self.tr("Browse Without Searching"))
        self.browse_button.setProperty("kind", "link")
        self.browse_button.clicked.connect(self.browse_wanted)
        self._lay_out(card)
        centred(self, card)
        self._show_download(False)

    @property
    def text(self) -> str:
        """What the page explains."""
        return self._body.text()

    @property
    def trouble(self) -> str:
        """What went wrong with the last download, empty if nothing did."""
        return self._trouble.text()

    def offer(self, spec: ModelSpec | None, reason: str) -> None:
        """Offer a model that is not on this machine.

        Args:
            spec: the model, None when it cannot be downloaded.
            reason: why the chosen model cannot be used; said only where there is no download.
        """
        self._spec = spec
        self._trouble.hide()
        self._trouble.clear()
        self._show_download(False)
        if spec is None:
            self._headline.setText(self.tr("The chosen model cannot be used"))
            self._body.setText(reason)
            return
        self._headline.setText(self.tr("One download, then you can search"))
        self._body.setText(self._explanation(spec))
        self.download_button.setText(self._download_label(spec))

    def show_download(self, spec: ModelSpec) -> None:
        """Show that a download has begun."""
        self._spec = spec
        self._headline.setText(self.tr("Fetching the model"))
        self._body.setText(
            self.tr("It is fetched once and then works offline. You can stop and go on later.")
        )
        self._trouble.hide()
        self._trouble.clear()
        self._bar.setRange(0, 0)
        self._amount.setText(self.tr("Connecting…"))
        self.stop_button.setEnabled(True)
        self._show_download(True)

    def show_progress(self, progress: Progress) -> None:
        """Show how far the download is."""
        if progress.total:
            # In thousandths: a progress bar counts with 32 bits, a large model is beyond them.
            self._bar.setRange(0, 1000)
            self._bar.setValue(progress.done * 1000 // progress.total)
        self._amount.setText(wording.progress(progress))

    def show_stopped(self, spec: ModelSpec) -> None:
        """Offer to go on with a download that the user has stopped."""
        self.offer(spec, "")
        self._headline.setText(self.tr("The download is stopped"))
        self.download_button.setText(self.tr("Go On Downloading"))

    def show_failure(self, spec: ModelSpec, error: InPhotosError) -> None:
        """Say why a download failed and offer to try again."""
        self.offer(spec, "")
        self._headline.setText(self.tr("The model could not be fetched"))
        self._trouble.setText(str(error))
        self._trouble.show()
        self.download_button.setText(self.tr("Try Again"))

    def _lay_out(self, card: QFrame) -> None:
        middle = Qt.AlignmentFlag.AlignHCenter
        others = QHBoxLayout()
        others.setSpacing(10)
        others.addStretch(1)
        others.addWidget(self.demo_button)
        others.addWidget(self.folder_button)
        others.addStretch(1)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(44, 32, 44, 28)
        layout.setSpacing(12)
        layout.addStretch(1)
        layout.addWidget(IconView("model", 52, QPalette.ColorRole.Link), 0, middle)
        layout.addSpacing(2)
        for label in (self._headline, self._trouble, self._body):
            layout.addWidget(label)
        layout.addSpacing(6)
        layout.addWidget(self._bar)
        layout.addWidget(self._amount)
        layout.addWidget(self.download_button, 0, middle)
        layout.addWidget(self.stop_button, 0, middle)
        layout.addSpacing(8)
        layout.addLayout(others)
        layout.addWidget(self._demo_hint)
        layout.addWidget(self.browse_button, 0, middle)
        layout.addStretch(1)

    def _show_download(self, running: bool) -> None:
        for widget in (self._bar, self._amount, self.stop_button):
            widget.setVisible(running)
        self.download_button.setVisible(not running and self._spec is not None)
        for widget in (self.demo_button, self.folder_button, self._demo_hint):
            widget.setVisible(not running)

    def _explanation(self, spec: ModelSpec) -> str:
        fetched = (
            self.tr("The model {name} is {size} and is fetched once, from huggingface.co.").format(
                name=spec.name, size=wording.size(spec.bytes)
            )
            if spec.bytes
            else self.tr("The model {name} is fetched once, from huggingface.co.").format(
                name=spec.name
            )
        )
        return self.tr(
            "To find photos by words, InPhotos needs a model that understands pictures. {fetched} "
            "Nothing about your photos is sent."
        ).format(fetched=fetched)

    def _download_label(self, spec: ModelSpec) -> str:
        if spec.bytes is None:
            return self.tr("Download")
        return self.tr("Download ({size})").format(size=wording.size(spec.bytes))

    def _on_download_clicked(self) -> None:
        if self._spec is not None:
            self.download_wanted.emit(self._spec)
