"""What is known of a photo, in sections."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from inphotos.errors import display_path
from inphotos.gui import wording
from inphotos.gui.icons import icon
from inphotos.gui.info.parts import LinkButton, Section
from inphotos.gui.photo_facts import Facts, pixels
from inphotos.gui.value import Value

if TYPE_CHECKING:
    from inphotos.search.ranking import Result

#: Between sections, pixels.
SPACING = 18


class FactsView(QWidget):
    """Sections with a line for each thing that is known; what is not known takes no room.

    Attributes:
        folder_link: the folder that the photo is in; shows what is in it.
        place_button: shows the photo in the file manager.
        copy_link: copies the coordinates.
        alike_link: how many photos are alike to it; shows them.

    Signals:
        folder_wanted(), file_manager_wanted(), coordinates_wanted(), alike_wanted(): of these.
    """

    folder_wanted = pyqtSignal()
    file_manager_wanted = pyqtSignal()
    coordinates_wanted = pyqtSignal()
    alike_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values = {
            "title": Value("", self.tr("Title")),
            "description": Value("", self.tr("Description")),
            "camera": Value("", self.tr("Camera")),
            "lens": Value("muted", self.tr("Lens")),
            "exposure": Value("muted", self.tr("Exposure")),
            "place": Value("", self.tr("Place")),
            "position": Value("muted", self.tr("Position")),
            "pixels": Value("", self.tr("Size")),
            "file": Value("", self.tr("File")),
            "copies": Value("muted", self.tr("Copies")),
        }
        self.copy_link = self._link(self.tr("Copy coordinates"))
        self.copy_link.clicked.connect(self.coordinates_wanted)
        self.alike_link = self._link("")
        self.alike_link.clicked.connect(self.alike_wanted)
        self.folder_link = self._link("")
        self.folder_link.clicked.connect(self.folder_wanted)
        self.place_button = QToolButton()
        self.place_button.setIcon(icon("folder"))
        self.place_button.setIconSize(QSize(16, 16))
        self.place_button.setFixedSize(28, 28)
        self.place_button.setToolTip(self.tr("Show in File Manager"))
        self.place_button.setAccessibleName(self.tr("Show in File Manager"))
        self.place_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.place_button.clicked.connect(self.file_manager_wanted)
        self._sections = self._made_sections()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        for section in self._sections:
            layout.addWidget(section)

    @property
    def rows(self) -> dict[str, str]:
        """What is shown, by the names of :class:`Facts`."""
        return {name: value.value for name, value in self._values.items() if value.value}

    def begin(self, result: Result) -> None:
        """Show what the grid knows of a photo, in the place of all that was shown."""
        folder = display_path(result.path.parent)
        tip = self.tr("Show the photos in {folder}").format(folder=folder)
        self.folder_link.set_words(folder, tip)
        known = {"pixels": pixels(result.width, result.height)}
        self._show(known, result.alike)

    def show_facts(self, facts: Facts, alike: int) -> None:
        """Show what is known of the photo that was begun with, and that so many are alike to it."""
        self._show(asdict(facts), alike)

    def _show(self, texts: dict[str, str], alike: int) -> None:
        for name, value in self._values.items():
            value.show_value(texts.get(name, ""))
        self.copy_link.setVisible(bool(texts.get("position")))
        self.alike_link.set_words(wording.alike(alike))
        self.alike_link.setVisible(alike > 1)
        for section, names in self._sections.items():
            section.setVisible(not names or any(texts.get(name) for name in names))

    def _made_sections(self) -> dict[Section, tuple[str, ...]]:
        """Return the sections, each with the values without which it is not shown."""
        about = self._section(self.tr("Description"), "title", "description")
        camera = self._section(self.tr("Camera"), "camera", "lens", "exposure")
        place = self._section(self.tr("Place"), "place", "position")
        place.body.addWidget(self.copy_link, 0, Qt.AlignmentFlag.AlignLeft)
        file = self._section(self.tr("File"), "pixels", "file")
        folder = QHBoxLayout()
        folder.setSpacing(2)
        folder.addWidget(self.folder_link, 1)
        folder.addStretch()
        folder.addWidget(self.place_button)
        file.body.addLayout(folder)
        file.body.addWidget(self.alike_link, 0, Qt.AlignmentFlag.AlignLeft)
        copies = self._section(self.tr("The same file also at"), "copies")
        return {
            about: ("title", "description"),
            camera: ("camera", "lens", "exposure"),
            place: ("place", "position"),
            file: (),
            copies: ("copies",),
        }

    def _section(self, title: str, *names: str) -> Section:
        section = Section(title)
        for name in names:
            section.body.addWidget(self._values[name])
        return section

    def _link(self, words: str) -> LinkButton:
        link = LinkButton()
        link.set_words(words)
        return link
