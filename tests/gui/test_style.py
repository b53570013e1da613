"""Text can be read in light and in dark, and icons follow."""

from __future__ import annotations

from importlib.resources import files

import pytest
from PyQt6.QtCore import QSize
from PyQt6.QtGui import QColor, QGuiApplication, QPalette

from inphotos.gui.icons import application_icon, icon
from inphotos.gui.style import DARK, LIGHT, Appearance, Theme


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, 1 to 21, by WCAG 2."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(name: str) -> float:
    colour = QColor(name)
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read_on_its_ground(theme: Theme) -> None:
    pairs = [
        (text, ground)
        for text in (theme.text, theme.muted, theme.accent)
        for ground in (theme.window, theme.surface)
    ]
    pairs += [
        (theme.text, theme.tile),
        (theme.text, theme.notice),
        (theme.on_accent, theme.accent),
        (theme.on_accent, theme.accent_hover),
    ]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


def test_the_choice_of_light_or_dark_changes_the_application(appearance: Appearance) -> None:
    themes: list[Theme] = []
    appearance.theme_changed.connect(themes.append)
    for choice, theme in (("dark", DARK), ("light", LIGHT)):
        appearance.choose(choice)
        assert QGuiApplication.palette().color(QPalette.ColorRole.Window).name() == theme.window
    assert themes[-2:] == [DARK, LIGHT]


def test_an_unknown_choice_follows_the_system(appearance: Appearance) -> None:
    appearance.choose("purple")
    assert appearance.choice == "system"


def names() -> list[str]:
    folder = files("inphotos.gui") / "icons"
    return sorted(entry.name.removesuffix(".svg") for entry in folder.iterdir())


@pytest.mark.parametrize("name", [name for name in names() if name != "inphotos"])
def test_icons_are_drawn_in_the_colour_of_the_theme(appearance: Appearance, name: str) -> None:
    for choice, theme in (("light", LIGHT), ("dark", DARK)):
        appearance.choose(choice)
        image = icon(name).pixmap(QSize(64, 64)).toImage()
        pixels = [image.pixelColor(x, y) for x in range(64) for y in range(64)]
        drawn = {pixel.name() for pixel in pixels if pixel.alpha() == 255}
        assert drawn == {theme.text}


def test_the_application_has_an_icon(qapp: object) -> None:
    assert application_icon().availableSizes()
