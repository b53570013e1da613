"""What the user has chosen for the window, apart from the library's own settings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PyQt6.QtCore import QObject, pyqtSignal

from inphotos.gui.kept_values import load_values, save_values


@dataclass(frozen=True, slots=True)
class Preferences:
    """Choices that hold from the moment they are made.

    Attributes:
        appearance: system, light or dark.
        language: system, or a language's code, such as ``de``; holds from the next start on.
        click_opens: a click on a photo opens it in the window's ``viewer``, or in the program of
            the ``system``.
        show_scores: every tile tells how well its photo matches.
        slideshow_seconds: how long a slideshow stays with a photo.
        keys: the shortcuts that the user has chosen, see ``keyboard/book.py``.
    """

    appearance: str = "system"
    language: str = "system"
    click_opens: str = "viewer"
    show_scores: bool = False
    slideshow_seconds: int = 5
    keys: str = ""


class PreferenceBook(QObject):
    """The preferences as they are now; every change is written at once.

    Attributes:
        values: the preferences.

    Signals:
        changed(Preferences): there are others.
    """

    changed = pyqtSignal(object)

    def __init__(self, library_directory: Path, parent: QObject | None = None) -> None:
        """Read the preferences that are kept beside a library."""
        super().__init__(parent)
        self._directory = library_directory
        self.values = load_values(Preferences, library_directory)

    def change(self, **changes: Any) -> None:
        """Change some of the preferences, by name."""
        values = replace(self.values, **changes)
        if values != self.values:
            self.values = values
            save_values(values, self._directory)
            self.changed.emit(values)
