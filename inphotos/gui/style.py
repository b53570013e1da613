"""How the window looks: its colours, light and dark, and the small style sheet over Fusion."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from importlib.resources import files
from string import Template
from typing import Literal, get_args

from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QGuiApplication, QPalette
from PyQt6.QtWidgets import QApplication

Choice = Literal["system", "light", "dark"]


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one appearance; every text has a contrast of 4.5:1 or more on its ground.

    Attributes:
        window: ground of the window.
        surface: ground of fields, menus and cards.
        tile: ground behind a thumbnail.
        text: ordinary text.
        muted: text of second importance.
        border: lines and the edges of controls.
        accent: the one colour that draws the eye: focus, main button, progress, links.
        accent_hover: the accent under the pointer.
        on_accent: text on the accent.
        notice: ground of the notice bar.
    """

    window: str
    surface: str
    tile: str
    text: str
    muted: str
    border: str
    accent: str
    accent_hover: str
    on_accent: str
    notice: str


LIGHT = Theme(
    window="#f6f6f8",
    surface="#ffffff",
    tile="#e9eaee",
    text="#1a1c21",
    muted="#5a5f6a",
    border="#cfd2d9",
    accent="#3257d6",
    accent_hover="#2848b8",
    on_accent="#ffffff",
    notice="#fdf3d8",
)
DARK = Theme(
    window="#17181b",
    surface="#232529",
    tile="#25272b",
    text="#eceef2",
    muted="#a6abb6",
    border="#41454d",
    accent="#8fabff",
    accent_hover="#abc0ff",
    on_accent="#10142a",
    notice="#3a3220",
)


class Appearance(QObject):
    """Keeps the application's look in step with the user's choice and with the system.

    Signals:
        theme_changed(Theme): the application has other colours from now on.
    """

    theme_changed = pyqtSignal(object)

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._choice: Choice = "system"
        self._theme: Theme | None = None
        application.setStyle("Fusion")
        hints = QGuiApplication.styleHints()
        assert hints is not None
        self._hints = hints
        hints.colorSchemeChanged.connect(self._on_color_scheme_changed)
        self._apply()

    @property
    def choice(self) -> Choice:
        """What the user has chosen."""
        return self._choice

    @property
    def theme(self) -> Theme:
        """The colours in use."""
        wanted = self._choice
        if wanted == "system":
            dark = self._hints.colorScheme() == Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if wanted == "dark" else LIGHT

    def choose(self, choice: str) -> None:
        """Follow the system, or stay light or dark; anything else counts as the system."""
        self._choice = choice if choice in get_args(Choice) else "system"  # type: ignore[assignment]
        # Title bar and native dialogs are drawn by the system: they follow this hint.
        if hasattr(self._hints, "setColorScheme"):  # Qt 6.8
            schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
            self._hints.setColorScheme(schemes.get(self._choice, Qt.ColorScheme.Unknown))
        self._apply()

    def _on_color_scheme_changed(self) -> None:
        self._apply()

    def _apply(self) -> None:
        theme = self.theme
        if theme == self._theme:
            return
        self._theme = theme
        self._application.setPalette(palette(theme))
        self._application.setStyleSheet(style_sheet(theme))
        self.theme_changed.emit(theme)


def palette(theme: Theme) -> QPalette:
    """Return the palette that Fusion and the grid's delegate draw with."""
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.surface,
        role.AlternateBase: theme.tile,
        role.Text: theme.text,
        role.PlaceholderText: theme.muted,
        role.Button: theme.surface,
        role.ButtonText: theme.text,
        role.BrightText: theme.on_accent,
        role.Mid: theme.border,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.ToolTipBase: theme.surface,
        role.ToolTipText: theme.text,
    }
    result = QPalette()
    for key, colour in colours.items():
        result.setColor(key, QColor(colour))
    faded = QColor(theme.muted)
    faded.setAlpha(150)
    for key in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, key, faded)
    return result


def style_sheet(theme: Theme) -> str:
    """Return the style sheet in the colours of a theme."""
    template = (files("inphotos.gui") / "style.qss").read_text(encoding="utf-8")
    return Template(template).substitute(asdict(theme))
