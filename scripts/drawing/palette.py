"""Colours: the named ones that captions speak of, skies by time of day, and small arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from PyQt6.QtGui import QColor

# Centres far enough apart that a picture's colour is never a matter of taste; orange lies close to
# red and yellow, so scenes offer it only where no neighbour of it is on offer.
NAMED = {
    "red": "#d92b2b",
    "orange": "#f5841f",
    "yellow": "#f9cf3a",
    "green": "#3f9e4d",
    "blue": "#2a6bd4",
    "purple": "#7d3fb5",
    "pink": "#f285b5",
    "white": "#f6f3ec",
    "grey": "#8b909a",
    "black": "#2a2a31",
    "brown": "#7b4a2a",
}


def rgb(value: str | QColor, alpha: float = 1.0) -> QColor:
    """The colour with its opacity (0..1) multiplied by `alpha`."""
    colour = QColor(value)
    if alpha < 1.0:
        colour.setAlphaF(colour.alphaF() * alpha)
    return colour


def mix(a: str | QColor, b: str | QColor, t: float) -> QColor:
    """From `a` (t = 0) to `b` (t = 1), linear in sRGB."""
    p, q = QColor(a), QColor(b)
    return QColor(
        round(p.red() + (q.red() - p.red()) * t),
        round(p.green() + (q.green() - p.green()) * t),
        round(p.blue() + (q.blue() - p.blue()) * t),
        round(p.alpha() + (q.alpha() - p.alpha()) * t),
    )


def lighter(colour: str | QColor, t: float = 0.3) -> QColor:
    return mix(colour, "#fffaf0", t)


def darker(colour: str | QColor, t: float = 0.3) -> QColor:
    # Towards a deep blue rather than black: shadows outdoors are cool.
    return mix(colour, "#15172b", t)


def named(name: str, rng: Random) -> QColor:
    """A shade of the named colour, varied little enough to stay nameable."""
    base = QColor(NAMED[name])
    hue, saturation, value, _ = base.getHsvF()
    return QColor.fromHsvF(
        (hue + rng.uniform(-0.012, 0.012)) % 1.0 if hue >= 0 else 0.0,
        min(1.0, max(0.0, saturation * rng.uniform(0.9, 1.06))),
        min(1.0, max(0.0, value * rng.uniform(0.93, 1.05))),
    )


@dataclass(frozen=True)
class Light:
    """A time of day: the sky from the zenith to the horizon, and what it does to colours below."""

    name: str
    sky: tuple[str, ...]
    sun: str
    ambient: str
    strength: float

    def on(self, colour: str | QColor, share: float = 1.0) -> QColor:
        """The colour as this light shows it; `share` < 1 keeps more of the colour itself."""
        return mix(colour, self.ambient, self.strength * share)


DAY = (
    Light("day", ("#2f86d6", "#79bcec", "#d8eefa"), "#fff6d8", "#ffffff", 0.0),
    Light("day", ("#3f9fe0", "#92cff2", "#eaf6f4"), "#fff9e2", "#ffffff", 0.0),
    Light("day", ("#4a90c8", "#9cc9e4", "#f4ead6"), "#fff2cc", "#fff0d8", 0.06),
)
SUNSET = (
    Light("sunset", ("#3b2a6b", "#c2496f", "#f98b4b", "#ffd27a"), "#fff0b8", "#8a3b4a", 0.34),
    Light("sunset", ("#5a2f66", "#e0604f", "#ffa14a", "#ffdf94"), "#fff3c4", "#8f4038", 0.32),
    Light("sunset", ("#7a2f45", "#ec6a3c", "#ffb257", "#ffe7a6"), "#fff6d0", "#94452c", 0.32),
    Light("sunset", ("#2d3775", "#9a5a9c", "#f58a76", "#ffc98a"), "#ffe9bc", "#6f3d66", 0.34),
)
NIGHT = (
    Light("night", ("#050818", "#0d1638", "#1f2f5c"), "#f4f0dc", "#0c1534", 0.62),
    Light("night", ("#070620", "#171445", "#33306f"), "#f6f0e4", "#120f38", 0.62),
    Light("night", ("#031018", "#08263a", "#17485c"), "#eef4ec", "#071c2e", 0.62),
)
LIGHTS = {"day": DAY, "sunset": SUNSET, "night": NIGHT}


def light(rng: Random, *names: str) -> Light:
    """One light among the named times of day."""
    return rng.choice(LIGHTS[rng.choice(names)])
