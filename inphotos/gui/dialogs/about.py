"""What this program is, under which licence, and made of which parts."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from PyQt6.QtCore import PYQT_VERSION_STR, Qt, qVersion
from PyQt6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from inphotos import __version__
from inphotos.gui.icons import application_icon

_PARTS = ("torch", "transformers", "objectbox", "pillow", "numpy")


class AboutDialog(QDialog):
    """Name, version, licence and the versions of the parts, ready to be copied into a report."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About InPhotos"))
        picture = QLabel()
        picture.setPixmap(application_icon().pixmap(72, 72))
        name = QLabel(f"InPhotos {__version__}")
        name.setProperty("kind", "headline")
        about = QLabel(
            self.tr(
                "Find your own photos by describing them, on your own computer, "
                "with nothing uploaded."
            )
        )
        licence = QLabel(
            self.tr(
                "Free software under the GNU General Public License, version 3 or later "
                "(GPL-3.0-or-later). It comes without any warranty."
            )
        )
        parts = QLabel(" · ".join(_versions()))
        parts.setProperty("kind", "muted")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 20)
        layout.setSpacing(12)
        for widget in (picture, name):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (about, licence, parts):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setFixedWidth(400)
            layout.addWidget(label)
        layout.addSpacing(6)
        layout.addWidget(buttons)


def _versions() -> list[str]:
    """Return the versions of the parts, read from their metadata: importing torch takes seconds."""
    versions = [f"Python {platform.python_version()}", f"Qt {qVersion()}, PyQt {PYQT_VERSION_STR}"]
    for name in _PARTS:
        try:
            versions.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return versions
