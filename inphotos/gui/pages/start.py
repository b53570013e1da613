"""The page of the very first start: there is no folder yet."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QPalette
from PyQt6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from inphotos.gui.icons import IconView
from inphotos.gui.pages.card import centred, text_label


class StartPage(QWidget):
    """A large zone to drop a folder on, and a button for those who do not drag.

    Attributes:
        folder_button: opens the choice of a folder.

    Signals:
        folder_wanted(): the user wants to choose a folder.
    """

    folder_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        zone = QFrame()
        zone.setObjectName("zone")
        zone.setMaximumSize(640, 420)
        zone.setMinimumSize(420, 340)
        self.folder_button = QPushButton(self.tr("Choose a Folder…"))
        self.folder_button.setProperty("kind", "main")
        self.folder_button.setDefault(True)
        self.folder_button.clicked.connect(self.folder_wanted)
        drop = QLabel(self.tr("or drop one here"))
        drop.setProperty("kind", "muted")
        privacy = text_label(
            self.tr("Everything happens on this computer: no photo is ever uploaded."), "muted"
        )
        layout = QVBoxLayout(zone)
        layout.setContentsMargins(48, 40, 48, 36)
        layout.setSpacing(12)
        layout.addStretch(1)
        layout.addWidget(
            IconView("photo", 64, QPalette.ColorRole.Link), 0, Qt.AlignmentFlag.AlignHCenter
        )
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
        layout.addWidget(self.folder_button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(drop, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        layout.addWidget(privacy)
        centred(self, zone)
