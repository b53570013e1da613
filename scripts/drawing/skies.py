"""The night sky, space, and kites."""

from __future__ import annotations

from PyQt6.QtGui import QPainterPath

from . import nature
from .canvas import Canvas, across, round_light
from .palette import darker, light, lighter, mix, named, rgb
from .registry import Facts, Words, scene, spread


@scene(
    "night-sky-with-a-moon",
    Words(
        names=("a night sky with a moon", "the moon", "the moon in the night sky", "moonlight"),
        settings=("among the stars", "above the hills", "in the dark"),
        tags=(
            "moon",
            "stars",
        ),
    ),
)
def moonlit(c: Canvas) -> Facts:
    lamp = light(c.rng, "night")
    nature.sky(c, lamp)
    nature.stars(c, 60, 0, 0.8)
    crescent = c.rng.random() < 0.5
    r = c.rng.uniform(0.11, 0.18) * (0.6 + 0.4 * c.u)
    x, y = c.cx + c.rng.uniform(-0.22, 0.22) * c.u, c.rng.uniform(0.26, 0.42)
    nature.moon(c, x, y, r, crescent, lamp.sky[1])
    for _ in range(c.rng.randint(0, 3)):
        nature.streak(c, c.rng.uniform(0, c.w), c.rng.uniform(0.3, 0.6), 0.3, rgb("#6f7fb8", 0.4))
    for k, level in enumerate((0.78, 0.86, 0.93)):
        line = c.ridge(level, 0.11, mix(lamp.sky[2], "#04060f", 0.45 + 0.25 * k), waves=1.6)
    nature.pines(c, line, 26, 0.13, darker(lamp.sky[0], 0.5))
    return Facts(light="night", tags=("crescent moon",) if crescent else ("full moon",))


@scene(
    "planets-in-space",
    Words(
        names=("a planet in space", "a planet with rings", "outer space", "a planet"),
        nouns=("planet",),
        settings=("in space", "among the stars", "in the universe"),
        tags=(
            "space",
            "stars",
        ),
    ),
)
def planets(c: Canvas) -> Facts:
    c.backdrop("#04040f", c.rng.choice(("#0c0a2a", "#10061f", "#04121f")), "#04040f")
    nebula = c.rng.choice((("#7a3fc0", "#c03f8a"), ("#2f6fc0", "#3fc0b0"), ("#c05a3f", "#7a3fa0")))
    for _ in range(16):
        c.glow(
            c.cx + c.rng.gauss(0, 0.4),
            0.5 + c.rng.gauss(0, 0.22),
            c.rng.uniform(0.1, 0.3),
            c.rng.choice(nebula),
            0.17,
        )
    nature.stars(c, 130, 0, 1)
    colour = c.rng.choice(("red", "blue", "green", "yellow", "purple"))
    tint = named(colour, c.rng)
    x, y = c.cx + c.rng.uniform(-0.1, 0.1) * c.u, c.rng.uniform(0.44, 0.56)
    r = c.rng.uniform(0.22, 0.28) * c.u
    mx, my = (
        c.cx + c.rng.choice((-1, 1)) * c.rng.uniform(0.34, 0.42) * c.u,
        c.rng.choice((0.16, 0.84)),
    )
    c.dot(mx, my, 0.045, round_light("#b8b4b0", 0.6))
    c.glow(x, y, r * 1.7, tint, 0.4)
    tilt = c.rng.uniform(-28, 28)
    ringed = c.rng.random() < 0.7

    def rings(front: bool) -> None:
        with c.at(x, y, r, tilt):
            half = QPainterPath()
            half.addRect(-3, 0 if front else -3, 6, 3)
            with c.clipped(half):
                for rx, width in ((1.95, 0.16), (1.66, 0.2), (1.4, 0.1)):
                    band = QPainterPath()  # Two ellipses, filled odd-even: a ring.
                    for edge in (rx, rx - width):
                        band.addEllipse(-edge, -edge * 0.26, 2 * edge, edge * 0.52)
                    c.shape(band, rgb(lighter("#d8c4a0", 0.2), 0.75))

    if ringed:
        rings(front=False)
    globe = QPainterPath()
    globe.addEllipse(x - r, y - r, 2 * r, 2 * r)
    c.shape(globe, tint)
    with c.clipped(globe):
        with c.at(x, y, r, tilt):
            for _ in range(6):
                yy, h = c.rng.uniform(-0.95, 0.85), c.rng.uniform(0.05, 0.2)
                c.rect(
                    -1.2,
                    yy,
                    2.4,
                    h,
                    rgb(c.rng.choice((lighter(tint, 0.4), darker(tint, 0.35))), 0.42),
                )
            if c.rng.random() < 0.5:
                c.oval(0.25, 0.35, 0.24, 0.12, rgb(lighter(tint, 0.5), 0.6))
        c.shape(globe, across(rgb("#ffffff", 0.22), rgb("#000010", 0.05), rgb("#000010", 0.8)))
    if ringed:
        rings(front=True)
    return Facts(colour, tags=("rings",) if ringed else ())


@scene(
    "kites",
    Words(
        names=("a kite", "a flying kite", "a kite in the wind"),
        nouns=("kite",),
        plurals=("kites", "flying kites"),
        settings=("in the sky", "in the wind", "over a meadow"),
        tags=("flying",),
    ),
)
def kites(c: Canvas) -> Facts:
    lamp = light(c.rng, "day", "sunset")
    nature.sky(c, lamp, 0.85)
    nature.meadow(c, lamp, 0.85)
    colour = c.rng.choice(("red", "yellow", "green", "blue", "purple"))
    count = c.rng.randint(1, 3)
    for i, (x, room) in enumerate(spread(c, count, 0.94)):
        size = min(room * 0.44, 0.24)
        y = 0.34 + (0.12 if i % 2 else -0.03) * (count > 1)
        paint = lamp.on(named(colour, c.rng), 0.25)
        angle = c.rng.uniform(12, 38)
        with c.at(x, y, size, angle):
            c.stroke(
                [(0, 1.1), (0.18, 1.4), (-0.12, 1.7), (0.15, 2.0)],
                0.035,
                darker(paint, 0.25),
                curved=True,
            )
            for dx, dy in ((0.12, 1.33), (-0.04, 1.64), (0.1, 1.93)):
                c.poly(
                    [(dx, dy), (dx - 0.17, dy - 0.1), (dx - 0.17, dy + 0.1)], lighter(paint, 0.2)
                )
                c.poly(
                    [(dx, dy), (dx + 0.17, dy - 0.1), (dx + 0.17, dy + 0.1)], lighter(paint, 0.2)
                )
            top, low, left, right = (0, -1), (0, 1.1), (-0.72, -0.2), (0.72, -0.2)
            middle = (0, -0.2)
            for points, shade in (
                ((top, left, middle), lighter(paint, 0.32)),
                ((top, right, middle), paint),
                ((low, left, middle), paint),
                ((low, right, middle), darker(paint, 0.24)),
            ):
                c.poly(points, shade)
            c.stroke([left, right], 0.03, rgb("#fff8e8", 0.8))
            c.stroke([top, low], 0.03, rgb("#fff8e8", 0.8))
        c.stroke(
            [(x, y), (x - 0.1, 0.7), (x - 0.28, 1.02)], 0.0025, rgb("#ffffff", 0.75), curved=True
        )
    return Facts(colour, count, lamp.name)
