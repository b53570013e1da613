"""The page of the very first start: there is no folder yet."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QPalette
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from inphotos.gui import wording
from inphotos.gui.breaks import breakable
from inphotos.gui.icons import IconView
from inphotos.gui.pages.card import centred, text_label


class StartPage(QWidget):
    """A large zone to drop a folder on, and buttons for those who do not drag.

    Attributes:
        pictures_button: takes the user's folder for pictures; shown once there are photos in it.
        folder_button: opens the choice of a folder.

    Signals:
        pictures_wanted(Path): the user wants this folder for pictures.
        folder_wanted(): the user wants to choose a folder.
    """

    pictures_wanted = pyqtSignal(object)
    folder_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures: Path | None = None
        zone = QFrame()
        zone.setObjectName("zone")
        zone.setMaximumSize(640, 480)
        zone.setMinimumSize(420, 400)
        self.pictures_button = QPushButton(self.tr("Use My Pictures Folder"))
        self.pictures_button.setProperty("kind", "main")
        self.pictures_button.clicked.connect(self._on_pictures_clicked)
        self._place = text_label("", "muted")
        self.folder_button = QPushButton()
        self.folder_button.clicked.connect(self.folder_wanted)
        drop = QLabel(self.tr("or drop one here"))
        drop.setProperty("kind", "muted")
        middle = Qt.AlignmentFlag.AlignHCenter
        layout = QVBoxLayout(zone)
        layout.setContentsMargins(48, 36, 48, 28)
        layout.setSpacing(10)
        layout.addStretch(1)
        layout.addWidget(IconView("photo", 64, QPalette.ColorRole.Link), 0, middle)
        layout.addSpacing(4)
        layout.addWidget(text_label(self.tr("Find the photo you remember"), "headline"))
        layout.addWidget(
            text_label(
                self.tr(
                    "Choose the folder that holds your photos. "
                    "Then describe one in your own words, and there it is."
                ),
                "body",
            )
        )
        layout.addSpacing(10)
        layout.addWidget(self.pictures_button, 0, middle)
        layout.addWidget(self._place)
        layout.addSpacing(2)
        layout.addWidget(self.folder_button, 0, middle)
        layout.addWidget(drop, 0, middle)
        layout.addStretch(1)
        layout.addLayout(self._privacy())
        centred(self, zone)
        self.offer_pictures(None, 0, whole=True)

    @property
    def main_button(self) -> QPushButton:
        """The button that most users want."""
        return self.folder_button if self._pictures is None else self.pictures_button

    def offer_pictures(self, folder: Path | None, photos: int, *, whole: bool) -> None:
        """Offer the user's folder for pictures, if there are photos in it.

        Args:
            folder: the folder; None for no offer.
            photos: how many photos are in it.
            whole: there are no more than that.
        """
        had_focus = self.main_button.hasFocus()
        self._pictures = folder if photos else None
        offered = self._pictures is not None
        if offered and folder is not None:
            amount = wording.photos(photos)
            if not whole:
                amount = self.tr("more than {photos}").format(photos=amount)
            place = breakable(_short(folder))
            self._place.setText(self.tr("{place}: {photos}").format(place=place, photos=amount))
        self.pictures_button.setVisible(offered)
        self._place.setVisible(offered)
        self.folder_button.setText(
            self.tr("Choose Another Folder…") if offered else self.tr("Choose a Folder…")
        )
        self.folder_button.setProperty("kind", None if offered else "main")
        style = self.folder_button.style()
        if style is not None:  # it looks at the property only when told to
            style.polish(self.folder_button)
        self.main_button.setDefault(True)
        if had_focus:
            self.main_button.setFocus()

    def _privacy(self) -> QHBoxLayout:
        line = QLabel(self.tr("Nothing leaves this computer: no photo, no search, no file name."))
        line.setProperty("kind", "muted")
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addStretch(1)
        row.addWidget(IconView("lock", 16, QPalette.ColorRole.PlaceholderText))
        row.addWidget(line)
        row.addStretch(1)
        return row

    def _on_pictures_clicked(self) -> None:
        if self._pictures is not None:
            self.pictures_wanted.emit(self._pictures)


def _short(folder: Path) -> str:
    """Return a path as people write it, from their home on."""
    home = Path.home()
    return f"~/{folder.relative_to(home).as_posix()}" if home in folder.parents else str(folder)
