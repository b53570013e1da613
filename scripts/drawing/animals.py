"""Animals in number."""

from __future__ import annotations

from PyQt6.QtGui import QPainterPath

from . import nature
from .canvas import Canvas, across, down, round_light
from .palette import darker, light, lighter, named, rgb
from .registry import Facts, Words, scene, spread


@scene(
    "penguins",
    Words(
        names=("a penguin", "a penguin on the ice"),
        nouns=("penguin",),
        plurals=("penguins", "penguins on the ice"),
        settings=("on the ice", "in the snow", "in Antarctica"),
        tags=("animal", "bird", "snow"),
    ),
)
def penguins(c: Canvas) -> Facts:
    lamp = light(c.rng, "day", "sunset")
    nature.sky(c, lamp, 0.5)
    for _ in range(3):
        x, h = c.rng.uniform(0, c.w), c.rng.uniform(0.1, 0.24)
        c.poly(
            [(x - h, 0.53), (x - h * 0.3, 0.53 - h), (x + h * 0.3, 0.53 - h * 0.7), (x + h, 0.53)],
            across(lamp.on("#f4fafe", 0.6), lamp.on("#9fc4e0")),
        )
    nature.water(c, 0.52, lamp.on("#1f6f9a"), lamp.on("#5fa8c8"), "#ffffff", bottom=0.7)
    ice = lamp.on("#eef6fc", 0.6)
    c.ridge(0.64, 0.04, down(ice, lamp.on("#b4d0e6", 0.7)), waves=1.4)
    count = c.rng.randint(1, 4)
    for i, (x, room) in enumerate(spread(c, count, 0.96)):
        size = min(room * 1.35, 0.62) * c.rng.uniform(0.92, 1.03)
        base = 0.9 + 0.03 * (i % 2)
        c.shadow(x + 0.02, base, size * 0.36, size * 0.07, 0.5)
        back = lamp.on("#20242e", 0.4)
        with c.at(x, base, size, c.rng.uniform(-4, 4), c.rng.random() < 0.5):
            for way in (-1, 1):
                c.oval(way * 0.1, -0.01, 0.11, 0.035, down("#ffb23f", "#d97a1c"))
                c.blob(
                    [
                        (way * 0.24, -0.62),
                        (way * 0.38, -0.34),
                        (way * 0.36, -0.22),
                        (way * 0.25, -0.38),
                    ],
                    darker(back, 0.2),
                )
            c.blob(
                [
                    (0, -1.0),
                    (0.15, -0.92),
                    (0.19, -0.72),
                    (0.29, -0.4),
                    (0.24, -0.08),
                    (0, 0),
                    (-0.24, -0.08),
                    (-0.29, -0.4),
                    (-0.19, -0.72),
                    (-0.15, -0.92),
                ],
                round_light(back, 0.3),
            )
            c.blob(
                [
                    (0, -0.72),
                    (0.14, -0.62),
                    (0.2, -0.36),
                    (0.16, -0.08),
                    (0, -0.03),
                    (-0.16, -0.08),
                    (-0.2, -0.36),
                    (-0.14, -0.62),
                ],
                across("#ffffff", "#f0f4f8", "#c4d0dc"),
            )
            c.oval(0.03, -0.68, 0.12, 0.05, rgb("#ffc24a", 0.9))
            c.oval(0.08, -0.86, 0.05, 0.045, "#ffffff")
            c.dot(0.09, -0.86, 0.024, "#0c0c12")
            c.poly([(0.13, -0.88), (0.29, -0.82), (0.13, -0.8)], down("#ffb23f", "#e07a1c"))
    return Facts(count=count, light=lamp.name)


@scene(
    "sheep",
    Words(
        names=("a sheep", "a sheep in a meadow"),
        nouns=("sheep",),
        plurals=("sheep", "sheep in a meadow", "woolly sheep"),
        settings=("in a meadow", "on the grass", "in a field"),
        tags=(
            "animal",
            "farm",
        ),
    ),
)
def sheep(c: Canvas) -> Facts:
    lamp = light(c.rng, "day", "sunset")
    nature.sky(c, lamp, 0.5)
    nature.meadow(c, lamp, 0.48, c.rng.choice(("#6fae4a", "#86b44f", "#5f9f4f")))
    for k in range(9):
        x = c.w * (k + 0.5) / 9
        c.rect(x, 0.53, 0.014, 0.11, lamp.on("#8a6a4a"))
    for y in (0.555, 0.595):
        c.rect(-0.01, y, c.w + 0.02, 0.01, lamp.on("#9c7a56"))
    count = c.rng.randint(1, 4)
    for i, (x, room) in enumerate(spread(c, count, 0.97)):
        size = min(room * 0.94, 0.5) * c.rng.uniform(0.93, 1.03)
        base = 0.84 + (0.07 if i % 2 else -0.03) * (count > 1)
        wool = lamp.on("#f6f1e6", 0.5)
        face = lamp.on("#33302f", 0.4)
        c.shadow(x, base, size * 0.5, size * 0.08, 0.55)
        with c.at(x, base, size, flip=c.rng.random() < 0.5):
            for dx in (-0.22, -0.1, 0.1, 0.2):
                c.rect(dx, -0.22, 0.055, 0.22, darker(face, 0.1), 0.02)
            puffs = [
                (-0.28, -0.34),
                (-0.2, -0.48),
                (0.0, -0.53),
                (0.18, -0.48),
                (0.26, -0.34),
                (0.14, -0.22),
                (-0.06, -0.2),
                (-0.22, -0.24),
            ]
            for px, py in puffs:
                c.dot(px, py, 0.15, round_light(wool, 0.2))
            c.oval(0, -0.36, 0.28, 0.19, wool)
            for px, py in puffs[:5]:
                c.arc(
                    px * 0.7, py * 0.75 - 0.08, 0.07, 20, 140, 0.014, rgb(darker(wool, 0.25), 0.6)
                )
            c.blob(
                [(0.26, -0.58), (0.42, -0.58), (0.5, -0.38), (0.42, -0.28), (0.3, -0.36)],
                round_light(face, 0.35),
            )
            c.blob([(0.28, -0.55), (0.16, -0.5), (0.18, -0.44), (0.3, -0.48)], face)
            for px, py in ((0.27, -0.62), (0.35, -0.66), (0.4, -0.61)):
                c.dot(px, py, 0.065, wool)
            c.dot(0.39, -0.5, 0.024, "#ffffff")
            c.dot(0.395, -0.5, 0.014, "#0c0c10")
    return Facts(count=count, light=lamp.name)


@scene(
    "ladybird",
    Words(
        names=("a ladybird", "a ladybug", "a ladybird on a leaf", "a beetle"),
        nouns=(
            "ladybird",
            "ladybug",
        ),
        plurals=("ladybirds", "ladybugs"),
        settings=("on a leaf", "in the garden"),
        tags=(
            "animal",
            "insect",
        ),
    ),
)
def ladybird(c: Canvas) -> Facts:
    tint = c.rng.choice(("#9fbf6a", "#7fae8a", "#b8c87a"))
    c.backdrop(lighter(tint, 0.4), tint, darker(tint, 0.3))
    for _ in range(18):
        c.glow(
            c.rng.uniform(0, c.w),
            c.rng.uniform(0, 1),
            c.rng.uniform(0.05, 0.14),
            lighter(tint, 0.7),
            0.35,
        )
    green = c.rng.choice(("#3f8f3f", "#4f9f3a", "#2f7f4f"))
    leaf = QPainterPath()
    leaf.moveTo(-0.1, 0.9)
    leaf.cubicTo(c.w * 0.2, 0.1, c.w * 0.8, 0.25, c.w + 0.1, 0.5)
    leaf.cubicTo(c.w * 0.85, 1.1, c.w * 0.3, 1.15, -0.1, 0.9)
    c.shape(leaf, down(lighter(green, 0.3), green, darker(green, 0.4)))
    with c.clipped(leaf):
        c.stroke(
            [(-0.1, 0.9), (c.cx, 0.72), (c.w + 0.1, 0.5)], 0.014, lighter(green, 0.4), curved=True
        )
        for k in range(7):
            x = c.w * (k + 0.6) / 7.5
            y = 0.9 - 0.4 * x / c.w
            c.stroke([(x, y), (x + 0.1, y - 0.22)], 0.005, rgb(lighter(green, 0.4), 0.7))
            c.stroke([(x, y), (x + 0.14, y + 0.2)], 0.005, rgb(lighter(green, 0.4), 0.7))
    count = c.rng.randint(1, 3)
    for i, (x, room) in enumerate(spread(c, count, 0.9)):
        r = min(room * 0.4, 0.24)
        y = 0.62 + (0.09 if i % 2 else -0.03) * (count > 1)
        c.shadow(x + 0.02, y + r * 0.65, r * 1.1, r * 0.45, 0.6)
        with c.at(x, y, r, c.rng.uniform(-40, 40)):
            for way in (-1, 1):
                for dy in (-0.35, 0.1, 0.5):
                    c.stroke([(way * 0.7, dy), (way * 1.08, dy + 0.12)], 0.08, "#16161a")
                c.stroke([(way * 0.15, -1.0), (way * 0.36, -1.3)], 0.05, "#16161a")
            c.oval(0, -0.82, 0.44, 0.36, round_light("#26262c", 0.4))
            for way in (-1, 1):
                c.oval(way * 0.26, -0.88, 0.11, 0.09, "#f6f4ee")
            c.oval(0, 0, 0.86, 0.92, round_light(named("red", c.rng), 0.42))
            c.stroke([(0, -0.9), (0, 0.9)], 0.05, "#1a1a1e")
            for sx, sy, s in ((0.36, -0.45, 0.16), (0.5, 0.1, 0.17), (0.28, 0.5, 0.14)):
                c.dot(sx, sy, s, "#16161a")
                c.dot(-sx, sy, s, "#16161a")
            c.oval(-0.3, -0.5, 0.18, 0.1, rgb("#ffffff", 0.4))
    return Facts("red", count)
