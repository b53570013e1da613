"""How the user left the window, kept beside the library."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QByteArray

from inphotos.gui.grid.view import DEFAULT_TILE_SIZE
from inphotos.gui.info.panel import DEFAULT_WIDTH as INFO_WIDTH
from inphotos.gui.kept_values import load_values, save_values
from inphotos.gui.queries import ALL_PHOTOS, FOUND_PHOTOS, Arrangement
from inphotos.gui.sidebar.view import DEFAULT_WIDTH

if TYPE_CHECKING:
    from inphotos.search.query import Example


@dataclass(frozen=True, slots=True)
class WindowState:
    """What the window takes up again at the next start.

    Attributes:
        geometry: place and size, as Qt writes them; empty at the first start.
        query: the words in the search field.
        examples: the photos that were searched with, as :func:`written_examples` has them.
        photos: the library had folders.
        tile_size: of the grid, in pixels.
        model_put_off: the user looks at the photos without a model.
        model_wanted: the model that the built-in one is used in place of, empty for the default.
        sidebar: it is shown.
        sidebar_width: in pixels.
        info: the information panel is shown.
        info_in_viewer: and beside the photo in the viewer.
        info_width: in pixels.
        export_folder: where photos were copied last; empty for nowhere yet.
        folded_sections: those of the sidebar that show their titles only, by their keys.
        all_photos, found_photos: order and groups, when browsing through all and after a search.
    """

    geometry: QByteArray = QByteArray()  # noqa: RUF009 - never changed in place
    query: str = ""
    examples: str = ""
    photos: bool = False
    tile_size: int = DEFAULT_TILE_SIZE
    model_put_off: bool = False
    model_wanted: str = ""
    sidebar: bool = True
    sidebar_width: int = DEFAULT_WIDTH
    info: bool = False
    info_in_viewer: bool = False
    info_width: int = INFO_WIDTH
    export_folder: str = ""
    folded_sections: str = ""
    all_photos: Arrangement = ALL_PHOTOS
    found_photos: Arrangement = FOUND_PHOTOS

    @classmethod
    def load(cls, library_directory: Path) -> WindowState:
        """Read the state; what is missing or makes no sense gets its default."""
        return load_values(cls, library_directory)

    def save(self, library_directory: Path) -> None:
        """Write the state."""
        save_values(self, library_directory)


def written_examples(examples: Sequence[Example]) -> str:
    """Return the photos of a query as text."""
    from inphotos.library.searches import examples_as_json

    return json.dumps(examples_as_json(examples)) if examples else ""


def read_examples(text: str) -> tuple[Example, ...]:
    """Return the photos of a query from text; none where one of them makes no sense."""
    if not text:
        return ()
    from inphotos.library.searches import examples_from_json

    try:
        return examples_from_json(json.loads(text)) or ()
    except ValueError:
        return ()
