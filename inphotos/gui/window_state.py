"""How the user left the window, kept beside the library."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PyQt6.QtCore import QByteArray, QSettings

from inphotos.gui.grid.view import DEFAULT_TILE_SIZE
from inphotos.gui.sidebar.view import DEFAULT_WIDTH

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
    """

    geometry: QByteArray
    query: str = ""
    appearance: str = "system"
    tile_size: int = DEFAULT_TILE_SIZE
    browsing: bool = False
    sidebar: bool = True
    sidebar_width: int = DEFAULT_WIDTH

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
        stored.sync()


def _number(stored: QSettings, key: str, default: int) -> int:
    try:
        return int(stored.value(key, default))
    except (TypeError, ValueError):
        return default


def _settings(library_directory: Path) -> QSettings:
    return QSettings(str(library_directory / FILE_NAME), QSettings.Format.IniFormat)
