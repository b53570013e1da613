"""How the user left the window, kept beside the library."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PyQt6.QtCore import QByteArray, QSettings

from inphotos.gui.grid.view import DEFAULT_TILE_SIZE
from inphotos.gui.queries import ALL_PHOTOS, FOUND_PHOTOS, Arrangement
from inphotos.gui.sidebar.view import DEFAULT_WIDTH
from inphotos.search.order import GROUPS, SORTS

FILE_NAME = "window.ini"


@dataclass(frozen=True, slots=True)
class WindowState:
    """What the window takes up again at the next start.

    Attributes:
        geometry: place and size, as Qt writes them; empty at the first start.
        query: the words in the search field.
        appearance: system, light or dark.
        tile_size: of the grid, in pixels.
        browsing: the user looks at the photos without a model.
        sidebar: it is shown.
        sidebar_width: in pixels.
        all_photos, found_photos: order and groups, when browsing through all and after a search.
    """

    geometry: QByteArray
    query: str = ""
    appearance: str = "system"
    tile_size: int = DEFAULT_TILE_SIZE
    browsing: bool = False
    sidebar: bool = True
    sidebar_width: int = DEFAULT_WIDTH
    all_photos: Arrangement = ALL_PHOTOS
    found_photos: Arrangement = FOUND_PHOTOS

    @classmethod
    def load(cls, library_directory: Path) -> WindowState:
        """Read the state; what is missing or makes no sense gets its default."""
        stored = _settings(library_directory)
        geometry = stored.value("geometry")
        return cls(
            geometry if isinstance(geometry, QByteArray) else QByteArray(),
            str(stored.value("query", "")),
            str(stored.value("appearance", "system")),
            _number(stored, "tile_size", DEFAULT_TILE_SIZE),
            str(stored.value("browsing", "")).lower() == "true",
            str(stored.value("sidebar", "")).lower() != "false",
            _number(stored, "sidebar_width", DEFAULT_WIDTH),
            _arrangement(stored.value("all_photos"), ALL_PHOTOS),
            _arrangement(stored.value("found_photos"), FOUND_PHOTOS),
        )

    def save(self, library_directory: Path) -> None:
        """Write the state."""
        stored = _settings(library_directory)
        stored.setValue("geometry", self.geometry)
        stored.setValue("query", self.query)
        stored.setValue("appearance", self.appearance)
        stored.setValue("tile_size", self.tile_size)
        stored.setValue("browsing", self.browsing)
        stored.setValue("sidebar", self.sidebar)
        stored.setValue("sidebar_width", self.sidebar_width)
        stored.setValue("all_photos", f"{self.all_photos.sort} {self.all_photos.group}")
        stored.setValue("found_photos", f"{self.found_photos.sort} {self.found_photos.group}")
        stored.sync()


def _number(stored: QSettings, key: str, default: int) -> int:
    try:
        return int(stored.value(key, default))
    except (TypeError, ValueError):
        return default


def _arrangement(stored: object, default: Arrangement) -> Arrangement:
    """Read an order and groups, such as ``name day``."""
    known = {f"{sort} {group}": Arrangement(sort, group) for sort in SORTS for group in GROUPS}
    return known.get(str(stored), default)


def _settings(library_directory: Path) -> QSettings:
    return QSettings(str(library_directory / FILE_NAME), QSettings.Format.IniFormat)
