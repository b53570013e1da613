"""Text can be read in light and in dark, and icons follow."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
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


@dataclass(frozen=True)
class Rule:
    """One selector of the style sheet with its colours, as names of the theme.

    Attributes:
        selector: all of it, such as ``QPushButton[kind="link"]:hover``.
        text, ground, border: None where the rule does not set it.
    """

    selector: str
    text: str | None
    ground: str | None
    border: str | None


def rules() -> list[Rule]:
    """Return the rules of the style sheet, one for each selector."""
    source = (files("inphotos.gui") / "style.qss").read_text(encoding="utf-8")
    source = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    found = []
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", source):
        said = {
            name.strip(): value.strip()
            for name, _, value in (line.partition(":") for line in body.split(";"))
        }
        borders = [value for name, value in said.items() if name.startswith("border")]
        for selector in selectors.split(","):
            found.append(
                Rule(
                    selector.strip(),
                    _colour(said.get("color", "")),
                    _colour(said.get("background", "")),
                    next((each for each in map(_colour, borders) if each), None),
                )
            )
    return found


def _colour(value: str) -> str | None:
    names = re.findall(r"\$(\w+)|(transparent)", value)
    return (names[0][0] or names[0][1]) if names else None


def grounds_of(rule: Rule, all_rules: list[Rule]) -> list[str]:
    """Return the grounds that text of a rule can lie on; where it is clear, those of the window."""
    base = re.sub(r"((?<!:):(?!:)[a-z-]+)+$", "", rule.selector)
    kind = re.match(r"\w+(?:::?[a-z-]+)?", base)
    said = [rule.ground]
    for selector in (base, kind[0] if kind else ""):
        said += [other.ground for other in all_rules if other.selector == selector]
    ground = next((each for each in said if each), "transparent")
    return ["window", "surface"] if ground == "transparent" else [ground]


THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


@THEMES
def test_every_text_of_the_palette_can_be_read(theme: Theme) -> None:
    pairs = [
        (text, ground)
        for text in (theme.text, theme.muted, theme.accent)  # also placeholders, links and hints
        for ground in (theme.window, theme.surface)
    ]
    # Titles over photos and counts in the sidebar lie on tiles, notices on their own ground.
    pairs += [(text, theme.tile) for text in (theme.text, theme.muted)]
    pairs += [(theme.text, theme.notice), (theme.on_accent, theme.accent)]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


@THEMES
def test_every_text_of_the_style_sheet_can_be_read(theme: Theme) -> None:
    colours, all_rules, unreadable = asdict(theme), rules(), []
    assert len(all_rules) > 60
    for rule in all_rules:
        # What cannot be used at the moment may be pale.
        if "disabled" in rule.selector or not (rule.text or rule.ground):
            continue
        base = re.sub(r"((?<!:):(?!:)[a-z-]+)+$", "", rule.selector)
        texts = [rule.text, *(other.text for other in all_rules if other.selector == base)]
        text = next((each for each in texts if each), "text")
        is_picture = re.search(r"::(handle|chunk|groove|sub-page|separator|indicator)", base)
        if is_picture or "Scroll" in base or "Progress" in base:
            continue
        unreadable += [
            f"{rule.selector}: {text} on {ground}"
            for ground in grounds_of(rule, all_rules)
            if contrast(colours[text], colours[ground]) < 4.5
        ]
    assert unreadable == []


@THEMES
def test_where_the_focus_is_can_be_seen(theme: Theme) -> None:
    colours, by_selector = asdict(theme), {rule.selector: rule for rule in rules()}
    rings = [rule for rule in by_selector.values() if ":focus" in rule.selector]
    assert len(rings) > 15
    for rule in rings:
        # A special kind may leave it to the general one.
        general = by_selector.get(re.split(r"[\[#:]", rule.selector)[0] + ":focus", rule)
        ring = rule.border or general.border
        assert ring in ("accent", "text"), f"{rule.selector} has no ring"
        for ground in ("window", "surface", "notice"):
            assert contrast(colours[ring], colours[ground]) >= 3


@pytest.mark.parametrize(
    "kind",
    [
        "QPushButton",
        'QPushButton[kind="main"]',
        'QPushButton[kind="link"]',
        'QPushButton[kind="quiet"]',
        'QPushButton[kind="concept"]',
        "QToolButton",
        "QLineEdit#search",
        "QLineEdit#name",
        "QPlainTextEdit",
        "QCheckBox",
        "QComboBox",
        "QTreeWidget",
        "QListWidget#subjects",
        "QScrollArea#sheet",
        "QSlider::handle:horizontal",
        "QTabBar::tab:selected",
    ],
)
def test_every_kind_of_control_has_a_ring(kind: str) -> None:
    assert f"{kind}:focus" in {rule.selector for rule in rules()}


@THEMES
def test_icons_and_marks_stand_out_from_their_ground(theme: Theme) -> None:
    pairs = [
        (mark, ground)
        for mark in (theme.text, theme.muted, theme.accent)
        for ground in (theme.window, theme.surface, theme.tile, theme.notice)
    ]
    assert [pair for pair in pairs if contrast(*pair) < 3] == []


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
