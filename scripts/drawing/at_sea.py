"""Scenes on the sea and on its shore."""

from __future__ import annotations

from PyQt6.QtGui import QPainterPath

from . import nature
from .canvas import Canvas, across, down, polygon, round_light, smooth
from .palette import SUNSET, darker, light, lighter, mix, named, rgb
from .registry import Facts, Words, scene, spread


@scene(
    "sunset-over-the-sea",
    Words(
        names=("a sunset over the sea", "a sunset", "the setting sun", "a sunset on the ocean"),
        settings=("by the sea", "over the water", "above the ocean"),
        tags=(
            "sea",
            "sun",
            "water",
        ),
        coloured=(
            "a {colour} sky at sunset",
            "a {colour} sunset",
            "a {colour} sunset over the sea",
        ),
    ),
)
def sunset_sea(c: Canvas) -> Facts:
    skies = {
        "orange": ("#a8431f", "#f0762a", "#ffad42", "#ffe089"),
        "pink": ("#8d4a86", "#e87fa6", "#ffa9b0", "#ffd8c0"),
        "purple": ("#22164f", "#5a2f8f", "#9a57b8", "#f0a6c0"),
    }
    colour = c.rng.choice(list(skies))
    sky, lamp = skies[colour], c.rng.choice(SUNSET)
    horizon = c.rng.uniform(0.5, 0.66)
    c.backdrop(*sky, bottom=horizon)
    for _ in range(c.rng.randint(3, 6)):
        x, y = c.rng.uniform(0, c.w), c.rng.uniform(0.06, horizon * 0.8)
        nature.streak(c, x, y, c.rng.uniform(0.2, 0.4), rgb(c.rng.choice(sky[1:]), 0.7))
    x, r = c.cx + c.rng.uniform(-0.25, 0.25) * c.u, c.rng.uniform(0.055, 0.09)
    nature.sun(c, x, horizon - r * c.rng.uniform(0.1, 1.6), r, lamp)
    nature.water(c, horizon, darker(sky[0], 0.45), mix(sky[2], sky[0], 0.35), sky[3], shine=x)
    if c.rng.random() < 0.5:
        side = c.rng.choice((0.0, c.w))
        rock = [(side + c.rng.uniform(-0.2, 0.2), horizon + 0.012) for _ in range(2)]
        c.blob(
            [
                (side - 0.35, horizon + 0.02),
                (side - 0.1, horizon - 0.05),
                *rock,
                (side + 0.35, horizon + 0.02),
            ],
            darker(sky[0], 0.5),
        )
    for _ in range(c.rng.randint(0, 4)):
        bx, by, s = (
            c.rng.uniform(0.1, 0.9) * c.w,
            c.rng.uniform(0.12, 0.4),
            c.rng.uniform(0.012, 0.022),
        )
        wings = [
            (bx - s, by - s * 0.5),
            (bx - s * 0.4, by - s * 0.55),
            (bx, by),
            (bx + s * 0.4, by - s * 0.55),
            (bx + s, by - s * 0.5),
        ]
        c.stroke(wings, 0.004, "#2a1830", curved=True)
    return Facts(colour=colour, light="sunset")


@scene(
    "sailing-boat",
    Words(
        names=("a sailing boat", "a sailboat", "a boat", "a yacht at sea"),
        nouns=(
            "boat",
            "sailing boat",
        ),
        plurals=("sailing boats", "boats", "sailboats"),
        settings=("on the sea", "on the water", "on a lake"),
        tags=(
            "sea",
            "water",
            "vehicle",
        ),
        coloured=("a boat with a {colour} sail", "a {colour} sail", "a {colour} sailing boat"),
    ),
)
def sailing_boat(c: Canvas) -> Facts:
    lamp = light(c.rng, "day", "day", "sunset")
    horizon = c.rng.uniform(0.52, 0.62)
    nature.sky(c, lamp, horizon)
    if lamp.name == "sunset":
        nature.sun(c, c.cx + c.rng.uniform(-0.4, 0.4) * c.w, horizon - 0.05, 0.05, lamp)
    c.ridge(
        horizon - 0.005, 0.06, mix(lamp.sky[-1], "#4a6a86", 0.45), waves=1.2, bottom=horizon + 0.01
    )
    sea = lamp.on("#1d6f9e")
    nature.water(c, horizon, darker(sea, 0.4), lighter(sea, 0.3), lighter(lamp.sky[-1], 0.5))
    colour = c.rng.choice(("red", "white", "yellow", "green", "blue"))
    count = c.rng.choice((1, 1, 2, 3))
    for x, room in spread(c, count):
        size = min(room * 0.85, 0.6) * c.rng.uniform(0.85, 1.0)
        sail = lamp.on(named(colour, c.rng), 0.4)
        flip = c.rng.random() < 0.5
        with c.at(x, horizon + 0.06 + 0.12 * size + c.rng.uniform(0, 0.12), size, flip=flip):
            c.shadow(0, 0.1, 0.5, 0.05, 0.5)
            c.poly([(-0.02, 0), (-0.2, 0.16), (0.1, 0.22), (0.22, 0.12)], rgb(sail, 0.22))
            hull = smooth([(-0.4, -0.03), (-0.3, 0.09), (0.25, 0.09), (0.44, -0.05), (0, -0.015)])
            c.shape(hull, down("#f7efe2", "#8a5a3a", "#4b2c1e"))
            c.rect(-0.012, -0.98, 0.022, 0.96, "#5a4030")
            main, jib = QPainterPath(), QPainterPath()
            main.moveTo(-0.03, -0.95)
            main.quadTo(-0.34, -0.5, -0.38, -0.1)
            main.lineTo(-0.03, -0.08)
            main.closeSubpath()
            jib.moveTo(0.03, -0.88)
            jib.quadTo(0.28, -0.5, 0.38, -0.1)
            jib.lineTo(0.03, -0.08)
            jib.closeSubpath()
            c.shape(main, across(lighter(sail, 0.25), sail, darker(sail, 0.18)))
            c.shape(jib, across(darker(sail, 0.1), lighter(sail, 0.3)))
    return Facts(colour, count, lamp.name)


@scene(
    "lighthouse",
    Words(
        names=("a lighthouse", "a lighthouse on a cliff"),
        settings=("by the sea", "on the coast", "on a rock"),
        tags=(
            "sea",
            "water",
            "building",
        ),
        coloured=(
            "a {colour} and white lighthouse",
            "a {colour} striped lighthouse",
            "a {colour} lighthouse",
        ),
    ),
)
def lighthouse(c: Canvas) -> Facts:
    lamp = light(c.rng, "day", "sunset", "night")
    horizon = c.rng.uniform(0.64, 0.72)
    nature.sky(c, lamp, horizon)
    sea = lamp.on("#23749c")
    nature.water(c, horizon, darker(sea, 0.4), lighter(sea, 0.18), lighter(lamp.sky[-1], 0.4))
    x = c.cx + c.rng.uniform(-0.16, 0.16) * c.u
    rock = lamp.on("#6b5a4e")
    side = 1 if x < c.cx else -1
    c.blob(
        [
            (x - side * 0.9, 1.1),
            (x - side * 0.5, 0.84),
            (x - side * 0.16, 0.79),
            (x + side * 0.15, 0.8),
            (x + side * 0.34, 0.93),
            (x + side * 0.4, 1.1),
        ],
        down(lighter(rock, 0.16), darker(rock, 0.5)),
    )
    c.blob(
        [
            (x - side * 0.7, 0.88),
            (x - side * 0.4, 0.815),
            (x, 0.785),
            (x + side * 0.15, 0.82),
            (x, 0.84),
            (x - side * 0.4, 0.86),
        ],
        lamp.on("#6f9a4a"),
    )
    colour = c.rng.choice(("red", "blue", "black", "green"))
    paint, white = lamp.on(named(colour, c.rng), 0.5), lamp.on("#f7f3ea", 0.55)
    top, low = c.rng.uniform(0.26, 0.32), 0.8

    def half(y: float) -> float:
        return 0.055 + 0.045 * (y - top) / (low - top)

    for k in range(6):
        y0, y1 = top + (low - top) * k / 6, top + (low - top) * (k + 1) / 6
        body = white if k % 2 else paint
        c.poly(
            [
                (x - half(y0), y0),
                (x + half(y0), y0),
                (x + half(y1), y1 + 0.002),
                (x - half(y1), y1 + 0.002),
            ],
            across(lighter(body, 0.15), body, darker(body, 0.4)),
        )
    c.rect(x - 0.075, top - 0.018, 0.15, 0.02, darker(paint, 0.5), 0.004)
    glass = "#fff0b0" if lamp.name != "day" else lamp.on("#cfe6ee")
    c.rect(x - 0.038, top - 0.085, 0.076, 0.068, glass)
    for k in (-0.038, 0, 0.034):
        c.rect(x + k, top - 0.085, 0.005, 0.068, darker(paint, 0.5))
    c.shape(smooth([(x - 0.056, top - 0.082), (x, top - 0.145), (x + 0.056, top - 0.082)]), paint)
    if lamp.name != "day":
        for way in (-1, 1):
            beam = polygon(
                [(x, top - 0.05), (x + way * 1.4, top - 0.2), (x + way * 1.4, top + 0.12)]
            )
            c.shape(
                beam, across(*(rgb("#fff2b8", a) for a in ((0.0, 0.5) if way < 0 else (0.5, 0.0))))
            )
        c.glow(x, top - 0.05, 0.2, "#fff0b0", 0.95)
    return Facts(colour, light=lamp.name)


@scene(
    "island-with-palm-trees",
    Words(
        names=(
            "an island with palm trees",
            "a tropical island",
            "a desert island",
            "palm trees on a beach",
        ),
        nouns=(
            "palm tree",
            "palm",
        ),
        plurals=("palm trees", "palms"),
        settings=("in the sea", "in the ocean"),
        tags=(
            "sea",
            "water",
            "beach",
            "palm trees",
        ),
        counted=("{count} {plural}", "an island with {count} palm trees"),
    ),
)
def island(c: Canvas) -> Facts:
    lamp = light(c.rng, "day", "sunset")
    horizon = c.rng.uniform(0.56, 0.64)
    nature.sky(c, lamp, horizon)
    if lamp.name == "sunset":
        nature.sun(c, c.cx + c.rng.uniform(-0.45, 0.45) * c.w, horizon - 0.06, 0.06, lamp)
    sea = lamp.on("#12a5b5")
    nature.water(c, horizon, darker(sea, 0.35), lighter(sea, 0.2), "#eafcff")
    c.oval(c.cx, 0.825, 0.52 * c.u, 0.09, rgb("#d8fbf3", 0.4))
    sand = lamp.on("#f1d79a", 0.7)
    c.blob(
        [
            (c.cx - 0.45 * c.u, 0.83),
            (c.cx - 0.2 * c.u, 0.75),
            (c.cx + 0.12 * c.u, 0.735),
            (c.cx + 0.44 * c.u, 0.83),
            (c.cx, 0.87),
        ],
        down(lighter(sand, 0.2), sand, darker(sand, 0.25)),
    )
    count = c.rng.randint(1, 3)
    for x, room in spread(c, count, 0.62):
        size = c.rng.uniform(0.4, 0.5) * (0.72 + 0.28 * c.u)
        c.shadow(x, 0.79, 0.13, 0.022, 0.5)
        nature.palm(
            c,
            x,
            0.79,
            size,
            lamp.on("#2f8f46", 0.6),
            lamp.on("#7b5636", 0.6),
            c.rng.uniform(-0.25, 0.25) * room,
        )
    return Facts(count=count, light=lamp.name)


@scene(
    "umbrella-on-a-beach",
    Words(
        names=("an umbrella on a beach", "a beach umbrella", "a parasol", "a sunshade on the sand"),
        nouns=(
            "umbrella",
            "beach umbrella",
            "parasol",
        ),
        plurals=("beach umbrellas", "umbrellas", "parasols"),
        settings=("by the sea", "on the sand", "on a sunny beach"),
        tags=(
            "sea",
            "water",
            "beach",
            "sand",
        ),
        coloured=(
            "a {colour} umbrella",
            "a {colour} beach umbrella",
            "a {colour} parasol on the beach",
        ),
    ),
)
def beach_umbrella(c: Canvas) -> Facts:
    lamp = light(c.rng, "day")
    horizon = c.rng.uniform(0.36, 0.44)
    nature.sky(c, lamp, horizon, clouds=2)
    nature.water(c, horizon, "#3cc0c4", "#1c82b4", "#ffffff", bottom=0.66)
    shore = 0.6
    sand = lamp.on("#f0d6a0")
    foam = c.ridge(shore, 0.03, rgb("#ffffff", 0.85), waves=1.5)
    c.poly(
        [*((x, y + 0.018) for x, y in foam), (c.w + 0.02, 1.02), (-0.02, 1.02)],
        down(darker(sand, 0.14), sand, lighter(sand, 0.25)),
    )
    for _ in range(40):
        c.dot(c.rng.uniform(0, c.w), c.rng.uniform(shore + 0.06, 1), 0.003, rgb("#b98f58", 0.45))
    colour = c.rng.choice(("red", "yellow", "green", "blue", "purple"))
    count = c.rng.choice((1, 1, 2, 3))
    for x, room in spread(c, count):
        size = min(room * 0.52, 0.34) * c.rng.uniform(0.9, 1.05)
        cloth = named(colour, c.rng)
        base = c.rng.uniform(0.8, 0.88)
        c.shadow(x + size * 0.5, base + 0.01, size * 0.95, size * 0.2, 0.5)
        c.rect(
            x + size * 0.25,
            base - size * 0.16,
            size * 0.7,
            size * 0.1,
            down("#ffffff", "#d8e4ea"),
            size * 0.04,
        )
        c.poly(
            [
                (x + size * 0.95, base - size * 0.1),
                (x + size * 1.15, base - size * 0.42),
                (x + size * 1.05, base - size * 0.44),
                (x + size * 0.85, base - size * 0.1),
            ],
            "#ffffff",
        )
        with c.at(x - size * 0.05, base, size, c.rng.uniform(-12, 4)):
            c.rect(-0.025, -1.25, 0.05, 1.27, across("#f4efe6", "#b7aca0"))
            dome = QPainterPath()
            dome.moveTo(-1, -0.98)
            dome.cubicTo(-0.85, -1.9, 0.85, -1.9, 1, -0.98)
            for k in range(5):
                right = 1 - 0.4 * k
                dome.quadTo(right - 0.2, -1.12, right - 0.4, -0.98)
            c.shape(dome, round_light(cloth, 0.32))
            with c.clipped(dome):
                for a, b in ((-0.62, -0.22), (0.22, 0.62)):
                    rib = QPainterPath()
                    rib.moveTo(0, -1.72)
                    rib.quadTo(a * 1.25, -1.5, a, -0.9)
                    rib.lineTo(b, -0.9)
                    rib.quadTo(b * 1.25, -1.5, 0, -1.72)
                    c.shape(rib, rgb("#fffdf6", 0.86))
            c.dot(0, -1.69, 0.05, cloth)
    return Facts(colour, count, lamp.name)
