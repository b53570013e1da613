"""What many scenes share: skies, clouds, stars, water, trees, grass."""

from __future__ import annotations

import math

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QColor, QGradient, QPainterPath, QRadialGradient

from .canvas import Canvas, Point, across, down, polygon, round_light
from .palette import Light, darker, lighter, mix, rgb


def sky(c: Canvas, light: Light, horizon: float = 1.0, clouds: int | None = None) -> None:
    """The whole sky with its stars or clouds; a sun is left to the scene."""
    c.backdrop(*light.sky, bottom=horizon + 0.01)
    if horizon < 1.0:
        c.rect(-0.01, horizon, c.w + 0.02, 1.01 - horizon, light.sky[-1])
    if light.name == "night":
        stars(c, 70, 0.0, horizon * 0.92)
        return
    number = c.rng.randint(2, 4) if clouds is None else clouds
    for _ in range(number):
        x, y = c.rng.uniform(0, c.w), c.rng.uniform(0.08, horizon * 0.62)
        size = c.rng.uniform(0.07, 0.14)
        if light.name == "sunset":
            streak(c, x, y, size * 2.2, rgb(lighter(light.sky[2], 0.25), 0.55))
        else:
            cloud(c, x, y, size)


def stars(c: Canvas, number: int, top: float, bottom: float) -> None:
    for _ in range(number):
        x, y = c.rng.uniform(0, c.w), c.rng.uniform(top, bottom)
        r = 0.0012 + 0.0034 * c.rng.random() ** 3
        c.dot(x, y, r, rgb("#fffbe8", c.rng.uniform(0.35, 0.95)))


def cloud(c: Canvas, x: float, y: float, size: float, colour: str = "#ffffff") -> None:
    """A heap of soft balls on a flat base."""
    for k in range(9):
        t = (k - 4) / 4
        r = size * (0.6 - 0.34 * abs(t)) * c.rng.uniform(0.75, 1.15)
        puff = QRadialGradient(0.5, 0.5, 0.5)
        puff.setCoordinateMode(QGradient.CoordinateMode.ObjectMode)
        for stop, alpha in ((0.0, 0.6), (0.6, 0.4), (1.0, 0.0)):
            puff.setColorAt(stop, rgb(colour, alpha))
        c.oval(x + t * size * 1.5, y - r * 0.55, r * 1.35, r * 1.05, puff)
    c.glow(x, y - size * 0.1, size * 1.1, colour, 0.35)


def streak(c: Canvas, x: float, y: float, length: float, colour: QColor) -> None:
    """A long thin cloud."""
    for k in range(3):
        half = length * c.rng.uniform(0.4, 0.75)
        dx, dy = c.rng.uniform(-0.3, 0.3) * length, (k - 1) * length * 0.06
        clear = rgb(colour, 0.0)
        c.oval(x + dx, y + dy, half, length * 0.035, across(clear, colour, clear))


def sun(c: Canvas, x: float, y: float, r: float, light: Light) -> None:
    c.glow(x, y, r * 6, light.sun, 0.55)
    c.glow(x, y, r * 2.6, light.sun, 0.8)
    c.dot(x, y, r, light.sun)


def moon(
    c: Canvas,
    x: float,
    y: float,
    r: float,
    crescent: bool = False,
    behind: str | QColor = "#0d1638",
) -> None:
    """A full moon with its seas, or a crescent (its dark side in the sky's colour `behind`)."""
    c.glow(x, y, r * 4.2, "#cdd8f4", 0.42)
    if crescent:
        c.dot(x, y, r, rgb(lighter(behind, 0.16), 0.6))
        sickle = QPainterPath()
        sickle.arcMoveTo(x - r, y - r, 2 * r, 2 * r, 120)
        sickle.arcTo(x - r, y - r, 2 * r, 2 * r, 120, -210)
        tip, start = sickle.currentPosition(), sickle.pointAtPercent(0)
        bulge = (x + r * 0.52, y - r * 0.3)
        sickle.cubicTo(tip.x() + r * 0.35, tip.y() - r * 0.55, *bulge, start.x(), start.y())
        c.shape(sickle, "#f6efd2")
        return
    c.dot(x, y, r, round_light("#f3ecd2", 0.22))
    for dx, dy, s in (
        (-0.3, -0.2, 0.24),
        (0.25, 0.15, 0.3),
        (-0.15, 0.42, 0.16),
        (0.4, -0.4, 0.13),
    ):
        c.dot(x + dx * r, y + dy * r, s * r, rgb("#c3b998", 0.5))


def water(
    c: Canvas,
    y: float,
    near: str | QColor,
    far: str | QColor,
    glint: str | QColor,
    bottom: float = 1.0,
    shine: float | None = None,
) -> None:
    """A surface of water from the horizon `y` down, with a path of light under x = `shine`."""
    c.backdrop(far, near, top=y, bottom=bottom + 0.01)
    for _ in range(60):
        t = c.rng.random() ** 1.5
        yy = y + 0.008 + t * (bottom - y)
        half = (0.008 + 0.05 * t) * c.rng.uniform(0.5, 1.3)
        colour = rgb(glint, c.rng.uniform(0.08, 0.3))
        c.oval(c.rng.uniform(0, c.w), yy, half, 0.0012 + 0.0035 * t, colour)
    if shine is None:
        return
    for i in range(46):
        t = (i + c.rng.random()) / 46
        yy = y + 0.004 + t * (bottom - y)
        spread = 0.012 + 0.075 * t
        x = shine + c.rng.gauss(0, spread * 0.55)
        half = (0.012 + 0.05 * t) * c.rng.uniform(0.5, 1.3)
        c.oval(x, yy, half, 0.002 + 0.004 * t, rgb(glint, c.rng.uniform(0.4, 0.85)))


def pine(c: Canvas, x: float, y: float, height: float, colour: str | QColor) -> None:
    """A fir standing on (x, y)."""
    c.rect(
        x - height * 0.025, y - height * 0.14, height * 0.05, height * 0.14, darker(colour, 0.55)
    )
    for k in range(4):
        top = y - height * (1.0 - 0.2 * k)
        low = y - height * (0.62 - 0.18 * k)
        half = height * (0.11 + 0.065 * k)
        edge = (low + top) / 2
        c.poly(
            [
                (x, top),
                (x + half * 0.42, edge),
                (x + half, low),
                (x - half, low),
                (x - half * 0.42, edge),
            ],
            across(lighter(colour, 0.14), colour, darker(colour, 0.3)),
        )


def pines(c: Canvas, skyline: list[Point], number: int, height: float, colour: QColor) -> None:
    """A far row of firs along a skyline, as one silhouette."""
    path = QPainterPath()
    for _ in range(number):
        x, y = c.rng.choice(skyline)
        x += c.rng.uniform(-0.02, 0.02)
        h = height * c.rng.uniform(0.6, 1.15)
        path.addPath(polygon([(x, y - h), (x + h * 0.2, y + 0.01), (x - h * 0.2, y + 0.01)]))
    path.setFillRule(Qt.FillRule.WindingFill)
    c.shape(path, colour)


def tree(
    c: Canvas,
    x: float,
    y: float,
    height: float,
    colour: str | QColor,
    trunk: str | QColor = "#5b3f2d",
) -> None:
    """A leafy tree standing on (x, y)."""
    c.shadow(x, y, height * 0.36, height * 0.06, 0.35)
    c.poly(
        [
            (x - height * 0.05, y),
            (x - height * 0.025, y - height * 0.5),
            (x + height * 0.025, y - height * 0.5),
            (x + height * 0.05, y),
        ],
        across(lighter(trunk, 0.1), darker(trunk, 0.3)),
    )
    crown = (
        (0, -0.5, 0.26),
        (-0.17, -0.55, 0.2),
        (0.17, -0.54, 0.2),
        (-0.08, -0.75, 0.21),
        (0.1, -0.74, 0.2),
    )
    for k, (dx, dy, r) in enumerate(crown):
        c.dot(x + dx * height, y + dy * height, r * height, darker(colour, 0.22 - 0.03 * k))
    for dx, dy, r in crown:
        lit = rgb(lighter(colour, 0.2), 0.5)
        c.dot(x + (dx - 0.05) * height, y + (dy - 0.06) * height, r * height * 0.62, lit)


def palm(
    c: Canvas, x: float, y: float, height: float, colour: QColor, trunk: QColor, lean: float
) -> None:
    """A palm standing on (x, y), its top `lean` to the right."""
    top = (x + lean, y - height)
    c.stroke([(x, y), (x + lean * 0.25, y - height * 0.5), top], height * 0.055, trunk, curved=True)
    for k, angle in enumerate((200, 165, 135, 100, 60, 25, -15, 225)):
        a = math.radians(angle + c.rng.uniform(-10, 10))
        length = height * c.rng.uniform(0.42, 0.52)
        tip = (top[0] + math.cos(a) * length, top[1] - math.sin(a) * length * 0.55 + length * 0.28)
        mid = (
            top[0] + math.cos(a) * length * 0.5,
            top[1] - math.sin(a) * length * 0.55 - length * 0.1,
        )
        leaf = QPainterPath()
        leaf.moveTo(*top)
        leaf.quadTo(mid[0], mid[1] - length * 0.12, *tip)
        leaf.quadTo(mid[0], mid[1] + length * 0.12, *top)
        c.shape(leaf, lighter(colour, 0.16) if k % 2 else darker(colour, 0.15))


def grass(
    c: Canvas, top: float, colour: str | QColor, number: int = 90, size: float = 0.035
) -> None:
    """Blades over the ground from `top` to the bottom edge, larger towards the viewer."""
    for shade in (darker(colour, 0.16), lighter(colour, 0.14)):
        path = QPainterPath()
        for _ in range(number // 2):
            t = c.rng.random()
            x, y = c.rng.uniform(0, c.w), top + t * (1.02 - top)
            h = size * (0.3 + t) * c.rng.uniform(0.6, 1.2)
            lean = c.rng.uniform(-0.4, 0.4) * h
            path.addPath(polygon([(x - h * 0.1, y), (x + lean, y - h), (x + h * 0.1, y)]))
        c.shape(path, rgb(shade, 0.75))


def meadow(c: Canvas, light: Light, horizon: float, colour: str = "#6fae4a") -> None:
    """Two rows of hills and a near field."""
    far = light.on(mix(colour, light.sky[-1], 0.55))
    c.ridge(horizon, 0.12, down(far, light.on(mix(colour, light.sky[-1], 0.25))), waves=1.4)
    near = light.on(colour)
    c.ridge(horizon + 0.1, 0.06, down(lighter(near, 0.12), darker(near, 0.25)), waves=1.0)
    grass(c, horizon + 0.16, near)


def room(c: Canvas, wall: str, table: str, edge: float) -> None:
    """A wall with window light on it, and a table top from `edge` down."""
    c.backdrop(darker(wall, 0.08), lighter(wall, 0.12), darker(wall, 0.05))
    c.glow(c.cx - 0.35 * c.w, 0.18, 0.85, "#fff4d6", 0.42)
    c.rect(-0.01, edge, c.w + 0.02, 1.01 - edge, down(lighter(table, 0.16), darker(table, 0.28)))
    c.rect(-0.01, edge, c.w + 0.02, 0.006, rgb(lighter(table, 0.5), 0.6))
