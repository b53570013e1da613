"""How the user left the window, kept beside the library."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PyQt6.QtCore import QByteArray

from inphotos.gui.grid.view import DEFAULT_TILE_SIZE
from inphotos.gui.info.panel import DEFAULT_WIDTH as INFO_WIDTH
from inphotos.gui.kept_values import load_values, save_values
from inphotos.gui.queries import ALL_PHOTOS, FOUND_PHOTOS, Arrangement
from inphotos.gui.sidebar.view import DEFAULT_WIDTH


@dataclass(frozen=True, slots=True)
class WindowState:
    """What the window takes up again at the next start.

    Attributes:
        geometry: place and size, as Qt writes them; empty at the first start.
        query: the words in the search field.
        tile_size: of the grid, in pixels.
        browsing: the user looks at the photos without a model.
        sidebar: it is shown.
        sidebar_width: in pixels.
        info: the information panel is shown.
        info_width: in pixels.
        all_photos, found_photos: order and groups, when browsing through all and after a search.
    """

    geometry: QByteArray = QByteArray()  # noqa: RUF009 - never changed in place
    query: str = ""
    tile_size: int = DEFAULT_TILE_SIZE
    browsing: bool = False
    sidebar: bool = True
    sidebar_width: int = DEFAULT_WIDTH
    info: bool = False
    info_width: int = INFO_WIDTH
    all_photos: Arrangement = ALL_PHOTOS
    found_photos: Arrangement = FOUND_PHOTOS

    @classmethod
    def load(cls, library_directory: Path) -> WindowState:
        """Read the state; what is missing or makes no sense gets its default."""
        return load_values(cls, library_directory)

    def save(self, library_directory: Path) -> None:
        """Write the state."""
        save_values(self, library_directory)
