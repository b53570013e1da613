"""What runs on rails and flies."""

from __future__ import annotations

from PyQt6.QtGui import QColor, QPainterPath

from . import nature
from .canvas import Canvas, across, down, round_light, smooth
from .palette import Light, darker, light, lighter, mix, named, rgb
from .registry import Facts, Words, scene, spread


def _glass(lamp: Light) -> tuple[QColor, QColor]:
    return (lamp.on("#e2f3fa", 0.6), lamp.on("#6f9fbc", 0.8))


@scene(
    "train",
    Words(
        names=("a train", "a train on the rails", "a railway train", "a locomotive"),
        nouns=(
            "train",
            "railway train",
        ),
        settings=("on the rails", "in the mountains", "on a railway"),
        tags=("vehicle", "railway", "mountains"),
    ),
)
def train(c: Canvas) -> Facts:
    lamp = light(c.rng, "day", "sunset", "night")
    nature.sky(c, lamp, 0.62)
    peaks = lamp.on(mix("#7f93b4", lamp.sky[-1], 0.3))
    c.ridge(0.42, 0.26, down(lamp.on("#eef3f8"), peaks), jagged=True, waves=1.6)
    hill = c.ridge(0.6, 0.07, down(lamp.on("#79a85a"), lamp.on("#4f7f42")), waves=1.4)
    nature.pines(c, hill, 22, 0.14, lamp.on("#2f5f45"))
    c.backdrop(lamp.on("#a3937c"), lamp.on("#6b5f52"), top=0.79)
    for k in range(34):
        x = c.w * (k + 0.5) / 34
        c.rect(x, 0.825, 0.018, 0.03, lamp.on("#5a4030"))
    c.rect(-0.01, 0.822, c.w + 0.02, 0.012, down("#d0d4da", "#5f646c"))
    nature.grass(c, 0.9, lamp.on("#6f9a4a"), 110, 0.05)
    colour = c.rng.choice(("red", "yellow", "green", "blue"))
    paint = lamp.on(named(colour, c.rng), 0.35)
    flip = c.rng.random() < 0.5
    nose = c.cx + (0.42 * c.u if not flip else -0.42 * c.u)
    c.shadow(c.cx, 0.84, c.w * 0.6, 0.03, 0.6)
    with c.at(nose, 0.815, c.rng.uniform(0.34, 0.4), flip=flip):
        body = QPainterPath()
        body.moveTo(0, -0.12)
        body.cubicTo(0.02, -0.5, -0.22, -0.86, -0.55, -0.9)
        body.lineTo(-5, -0.9)
        body.lineTo(-5, -0.12)
        body.closeSubpath()
        c.shape(body, down(lighter(paint, 0.4), paint, darker(paint, 0.32)))
        with c.clipped(body):
            c.rect(-5, -0.34, 5, 0.09, lamp.on("#f8f2e4", 0.6))
            c.rect(-5, -0.92, 5, 0.08, lamp.on("#d9dde4", 0.7))
        glass = down(*_glass(lamp)) if lamp.name == "day" else down("#fff2c0", "#ffcf70")
        c.poly([(-0.08, -0.5), (-0.3, -0.76), (-0.5, -0.76), (-0.5, -0.5)], glass)
        for k in range(12):
            x = -0.92 - 0.34 * k
            if k % 5 == 4:
                c.rect(x + 0.07, -0.9, 0.09, 0.8, darker(paint, 0.75))
            else:
                c.rect(x, -0.76, 0.24, 0.27, glass, 0.04)
        c.rect(-5, -0.14, 4.9, 0.08, "#2d2f36")
        for k in range(9):
            if k % 3 != 2:
                c.dot(-0.4 - 0.42 * k, -0.04, 0.1, round_light("#3a3c44", 0.4))
        c.dot(-0.09, -0.29, 0.05, "#fff6cc")
        if lamp.name != "day":
            c.glow(-0.07, -0.29, 0.5, "#fff0b0", 0.9)
    return Facts(colour, light=lamp.name)


@scene(
    "hot-air-balloons",
    Words(
        names=("a hot-air balloon", "a hot air balloon", "a balloon flight"),
        nouns=(
            "hot-air balloon",
            "hot air balloon",
        ),
        plurals=("hot-air balloons", "hot air balloons"),
        settings=("in the sky", "over the hills", "over the valley"),
        tags=(
            "flying",
            "vehicle",
        ),
    ),
)
def hot_air_balloons(c: Canvas) -> Facts:
    lamp = light(c.rng, "day", "sunset")
    nature.sky(c, lamp, 0.85)
    for k, y in enumerate((0.8, 0.87, 0.94)):
        c.ridge(y, 0.09, lamp.on(mix("#5f8f5a", lamp.sky[-1], 0.6 - 0.26 * k)), waves=1.5)
    colour = c.rng.choice(("red", "yellow", "blue", "purple", "green"))
    count = c.rng.randint(1, 4)
    for i, (x, room) in enumerate(spread(c, count, 0.98)):
        r = min(room * 0.45, 0.25) * c.rng.uniform(0.92, 1.02)
        y = 0.37 + (0.13 if i % 2 else -0.07) * (count > 1) + c.rng.uniform(-0.04, 0.04)
        paint = lamp.on(named(colour, c.rng), 0.3)
        with c.at(x, y, r):
            for dx in (-0.3, 0.3):
                c.stroke([(dx, 0.95), (dx * 0.5, 1.45)], 0.03, "#6a5442")
            skin = QPainterPath()
            skin.moveTo(0, -1)
            skin.cubicTo(1.3, -1, 1.2, 0.3, 0.3, 1.05)
            skin.lineTo(-0.3, 1.05)
            skin.cubicTo(-1.2, 0.3, -1.3, -1, 0, -1)
            c.shape(skin, round_light(paint, 0.4))
            with c.clipped(skin):
                for half in (0.82, 0.34):
                    for way in (-1, 1):
                        rib = QPainterPath()
                        rib.moveTo(0, -1)
                        rib.cubicTo(
                            way * half * 1.1, -0.7, way * half * 1.1, 0.3, way * half * 0.3, 1.05
                        )
                        rib.lineTo(way * (half - 0.26) * 0.3, 1.05)
                        rib.cubicTo(
                            way * (half - 0.26) * 1.1, 0.3, way * (half - 0.26) * 1.1, -0.7, 0, -1
                        )
                        c.shape(rib, rgb("#fff6dc", 0.72))
            c.rect(-0.22, 1.4, 0.44, 0.32, down("#b8814a", "#6f4624"), 0.06)
    return Facts(colour, count, lamp.name)


@scene(
    "rocket",
    Words(
        names=("a rocket", "a rocket launch", "a space rocket", "a spaceship taking off"),
        settings=("in the sky", "taking off", "with flames"),
        tags=(
            "flying",
            "vehicle",
            "fire",
        ),
        coloured=(
            "a {colour} rocket",
            "a white and {colour} rocket",
            "a rocket with {colour} fins",
        ),
    ),
)
def rocket(c: Canvas) -> Facts:
    c.backdrop(
        *c.rng.choice(
            (
                ("#060a26", "#1c2a6a", "#6a4f9a"),
                ("#071026", "#123a6a", "#4f8fb4"),
                ("#0c0622", "#3a1c5a", "#b45a7a"),
            )
        )
    )
    nature.stars(c, 80, 0, 0.8)
    colour = c.rng.choice(("red", "blue", "green", "purple"))
    paint = named(colour, c.rng)
    angle = c.rng.uniform(-22, 22)
    size = c.rng.uniform(0.42, 0.5) * (0.75 + 0.25 * c.u)
    for _ in range(18):
        c.glow(
            c.cx + c.rng.gauss(-angle * 0.004, 0.24),
            c.rng.uniform(0.92, 1.03),
            c.rng.uniform(0.08, 0.16),
            mix("#ffffff", "#c8a0b8", c.rng.random()),
            0.75,
        )
    with c.at(c.cx, 0.46, size, angle):
        c.glow(0, 0.75, 0.8, "#ff9a3a", 0.85)
        for flame, s in (("#ff6a1f", 1.0), ("#ffc23a", 0.7), ("#fff8d8", 0.38)):
            c.blob(
                [
                    (-0.17 * s, 0.45),
                    (0.17 * s, 0.45),
                    (0.2 * s, 0.66),
                    (0, 0.52 + 0.72 * s),
                    (-0.2 * s, 0.66),
                ],
                flame,
            )
        for way in (-1, 1):
            c.blob(
                [(way * 0.17, 0.1), (way * 0.42, 0.34), (way * 0.44, 0.62), (way * 0.16, 0.44)],
                across(lighter(paint, 0.2), darker(paint, 0.25)),
            )
        hull = QPainterPath()
        hull.moveTo(0, -0.9)
        hull.cubicTo(0.34, -0.55, 0.3, 0.1, 0.19, 0.48)
        hull.lineTo(-0.19, 0.48)
        hull.cubicTo(-0.3, 0.1, -0.34, -0.55, 0, -0.9)
        c.shape(hull, across("#ffffff", "#eef0f4", "#9aa4b8"))
        with c.clipped(hull):
            c.rect(-0.5, -1, 1, 0.42, across(lighter(paint, 0.25), paint, darker(paint, 0.35)))
            c.rect(-0.5, 0.26, 1, 0.13, across(lighter(paint, 0.25), paint, darker(paint, 0.35)))
        c.dot(0, -0.28, 0.135, darker(paint, 0.1))
        c.dot(0, -0.28, 0.1, round_light("#6fc0e8", 0.4))
        c.rect(-0.15, 0.47, 0.3, 0.06, "#4a4d58", 0.02)
    return Facts(colour)


@scene(
    "airplane",
    Words(
        names=("an airplane", "a plane", "an aeroplane in the sky", "an aircraft"),
        settings=("in the sky", "above the clouds", "in flight"),
        tags=(
            "flying",
            "vehicle",
        ),
        coloured=(
            "a {colour} plane",
            "a white and {colour} airplane",
            "an airplane with a {colour} tail",
        ),
    ),
)
def airplane(c: Canvas) -> Facts:
    lamp = light(c.rng, "day", "sunset")
    nature.sky(c, lamp, 1.0, clouds=2)
    for layer in range(2):
        for _ in range(9):
            puff = lighter(lamp.sky[-2], 0.7 - 0.15 * layer)
            nature.cloud(
                c,
                c.rng.uniform(0, c.w),
                0.88 + 0.09 * layer,
                c.rng.uniform(0.14, 0.22),
                puff.name(),
            )
    colour = c.rng.choice(("red", "blue", "green", "yellow"))
    paint = lamp.on(named(colour, c.rng), 0.25)
    white = lamp.on("#f6f8fb", 0.5)
    with c.at(
        c.cx,
        c.rng.uniform(0.42, 0.5),
        c.rng.uniform(0.84, 0.94) * c.u,
        c.rng.uniform(-18, -4),
        c.rng.random() < 0.5,
    ):
        c.poly([(0.02, -0.04), (-0.13, -0.25), (-0.06, -0.25), (0.16, -0.04)], darker(white, 0.25))
        c.poly(
            [(-0.4, -0.03), (-0.53, -0.28), (-0.4, -0.28), (-0.22, -0.04)],
            down(lighter(paint, 0.15), darker(paint, 0.12)),
        )
        hull = smooth(
            [
                (-0.5, -0.06),
                (-0.3, -0.085),
                (0.3, -0.085),
                (0.46, -0.03),
                (0.48, 0.01),
                (0.36, 0.06),
                (-0.15, 0.075),
                (-0.42, 0.0),
            ]
        )
        c.shape(hull, down(white, white, darker(white, 0.35)))
        with c.clipped(hull):
            c.rect(-0.6, 0.005, 1.2, 0.032, paint)
        for k in range(11):
            c.rect(-0.28 + 0.052 * k, -0.042, 0.022, 0.028, lamp.on("#3a5a7c"), 0.01)
        c.poly([(0.38, -0.06), (0.43, -0.04), (0.45, -0.018), (0.38, -0.018)], lamp.on("#2a4460"))
        c.oval(0.04, 0.12, 0.07, 0.034, down(lighter(paint, 0.2), darker(paint, 0.4)))
        c.poly(
            [(0.12, 0.02), (-0.2, 0.28), (-0.3, 0.28), (-0.08, 0.02)],
            down(lighter(paint, 0.1), darker(paint, 0.2)),
        )
        c.poly([(-0.34, -0.01), (-0.52, 0.1), (-0.57, 0.1), (-0.46, -0.01)], darker(white, 0.12))
    return Facts(colour, light=lamp.name)
