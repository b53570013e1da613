"""Parties."""

from __future__ import annotations

import math

from PyQt6.QtGui import QPainterPath

from . import nature
from .canvas import Canvas, across, down, round_light
from .palette import darker, light, lighter, named, rgb
from .registry import Facts, Words, scene, spread
from .things import TABLES, WALLS


@scene(
    "birthday-cake",
    Words(
        names=("a birthday cake", "a cake", "a cake with candles"),
        settings=("on a table", "at a party"),
        tags=("food", "candles", "party"),
        coloured=("a {colour} birthday cake", "a cake with {colour} icing", "a {colour} cake"),
        counted=(
            "a cake with {count} candle{s}",
            "a birthday cake with {count} candle{s}",
            "{count} candle{s} on a cake",
        ),
    ),
)
def cake(c: Canvas) -> Facts:
    wall = c.rng.choice(("#5a4a78", "#3f5f7c", "#7a4a5f", "#3f6a62"))
    nature.room(c, wall, c.rng.choice(TABLES), 0.74)
    for _ in range(12):
        c.glow(
            c.rng.uniform(0, c.w),
            c.rng.uniform(0.05, 0.6),
            c.rng.uniform(0.04, 0.09),
            c.rng.choice(("#ffd98a", "#ffb0c4", "#a0e0ff")),
            0.45,
        )
    colour = c.rng.choice(("pink", "white", "brown", "green", "blue"))
    icing = named(colour, c.rng)
    sponge = "#e0b878" if colour != "brown" else "#a0683a"
    count = c.rng.randint(1, 5)
    size = c.rng.uniform(0.68, 0.76) * c.u
    c.shadow(c.cx, 0.88, size * 0.66, 0.05, 0.6)
    with c.at(c.cx, 0.87, size):
        c.oval(0, 0, 0.6, 0.09, down("#ffffff", "#b8bcc8"))
        c.rect(-0.47, -0.42, 0.94, 0.4, across(lighter(sponge, 0.2), sponge, darker(sponge, 0.35)))
        c.oval(0, -0.02, 0.47, 0.07, darker(sponge, 0.25))
        for y in (-0.27, -0.13):
            c.rect(-0.47, y, 0.94, 0.05, rgb(icing, 0.95))
        for k in range(9):
            x = -0.42 + 0.105 * k
            c.rect(
                x - 0.053,
                -0.42,
                0.106,
                c.rng.uniform(0.1, 0.2),
                across(lighter(icing, 0.1), darker(icing, 0.12)),
                0.05,
            )
        c.oval(0, -0.42, 0.475, 0.1, across(lighter(icing, 0.4), icing, darker(icing, 0.15)))
        for k in range(10):
            a = math.tau * k / 10
            c.dot(
                0.4 * math.cos(a),
                -0.42 + 0.07 * math.sin(a),
                0.034,
                round_light(lighter(icing, 0.45), 0.2),
            )
        for k in range(count):
            x = (k - (count - 1) / 2) * 0.155
            wax = ("#e8483f", "#3f8ae0", "#f4c53a", "#52b45f", "#9a5cc8")[k]
            c.rect(
                x - 0.024,
                -0.72,
                0.048,
                0.32,
                across(lighter(wax, 0.5), wax, darker(wax, 0.25)),
                0.012,
            )
            c.glow(x, -0.82, 0.17, "#ffc65a", 0.85)
            c.blob(
                [(x, -0.92), (x + 0.036, -0.8), (x, -0.74), (x - 0.036, -0.8)],
                down("#ffb23a", "#fff8d8"),
            )
    return Facts(colour, count)


@scene(
    "candles",
    Words(
        names=("a burning candle", "a candle", "candlelight"),
        nouns=(
            "candle",
            "burning candle",
        ),
        plurals=("candles", "burning candles"),
        settings=("in the dark", "on a table"),
        tags=("fire", "candles"),
    ),
)
def candles(c: Canvas) -> Facts:
    dark = c.rng.choice(("#2a1a22", "#1a2030", "#2a2018"))
    nature.room(c, dark, c.rng.choice(("#4a3020", "#3a2a26")), 0.8)
    c.backdrop(rgb("#0a0810", 0.55), rgb("#0a0810", 0.2), bottom=0.8)
    colour = c.rng.choice(("white", "red", "green", "blue"))
    count = c.rng.randint(1, 4)
    for x, room in spread(c, count, 0.88):
        half = min(room * 0.26, 0.1)
        wax = named(colour, c.rng)
        top = c.rng.uniform(0.38, 0.5)
        c.glow(x, top - 0.1, 0.5, "#ff9f3a", 0.34)
        c.oval(x, 0.89, half * 1.7, 0.03, down("#a8894a", "#4a3818"))
        c.rect(
            x - half,
            top,
            half * 2,
            0.885 - top,
            across(lighter(wax, 0.3), wax, darker(wax, 0.5)),
            half * 0.15,
        )
        c.rect(x - half, top, half * 2, 0.16, down(rgb("#ffd88a", 0.75), rgb("#ffd88a", 0.0)))
        c.oval(x, top, half, half * 0.22, lighter(wax, 0.5))
        c.stroke([(x, top), (x, top - 0.025)], 0.007, "#2a1a14")
        c.glow(x, top - 0.07, 0.17, "#ffd27a", 0.9)
        c.blob(
            [(x, top - 0.16), (x + 0.028, top - 0.06), (x, top - 0.015), (x - 0.028, top - 0.06)],
            down("#ff9a2a", "#ffe9a0", "#fffbe8"),
        )
    return Facts(colour, count)


@scene(
    "gift-boxes",
    Words(
        names=("a gift box", "a present", "a wrapped gift", "presents"),
        nouns=(
            "present",
            "gift box",
            "gift",
        ),
        plurals=("gift boxes", "presents", "gifts"),
        settings=("with a bow", "on the floor", "for a birthday"),
        tags=("party",),
        coloured=("a {colour} gift box", "a {colour} present", "a gift in {colour} paper"),
    ),
)
def gifts(c: Canvas) -> Facts:
    nature.room(c, c.rng.choice(WALLS), c.rng.choice(TABLES), 0.72)
    for _ in range(14):
        c.glow(
            c.rng.uniform(0, c.w),
            c.rng.uniform(0.05, 0.6),
            c.rng.uniform(0.03, 0.07),
            c.rng.choice(("#fff0b8", "#ffffff")),
            0.45,
        )
    colour = c.rng.choice(("red", "green", "blue", "purple", "yellow"))
    count = c.rng.randint(1, 3)
    bow = "#f6c945" if colour != "yellow" else "#d8322f"
    for i, (x, room) in enumerate(spread(c, count, 0.96)):
        half = min(room * 0.4, 0.25)
        tall = half * c.rng.uniform(1.3, 1.8)
        paper = named(colour, c.rng)
        base = 0.88 - 0.03 * (i % 2)
        c.shadow(x + half * 0.15, base, half * 1.4, half * 0.22, 0.6)
        with c.at(x, base):
            c.rect(
                -half,
                -tall,
                half * 2,
                tall,
                across(lighter(paper, 0.2), paper, darker(paper, 0.38)),
            )
            c.rect(
                -half * 0.17,
                -tall,
                half * 0.34,
                tall,
                across(lighter(bow, 0.4), bow, darker(bow, 0.2)),
            )
            c.rect(
                -half * 1.08,
                -tall - half * 0.1,
                half * 2.16,
                half * 0.4,
                down(lighter(paper, 0.28), darker(paper, 0.08)),
                half * 0.04,
            )
            c.rect(-half * 0.17, -tall - half * 0.1, half * 0.34, half * 0.4, lighter(bow, 0.2))
            y = -tall - half * 0.12
            for way in (-1, 1):
                c.blob(
                    [
                        (0, y),
                        (way * half * 0.35, y - half * 0.5),
                        (way * half * 0.78, y - half * 0.45),
                        (way * half * 0.62, y - half * 0.06),
                    ],
                    round_light(bow, 0.35),
                )
                c.blob(
                    [
                        (way * half * 0.12, y - half * 0.06),
                        (way * half * 0.36, y - half * 0.32),
                        (way * half * 0.56, y - half * 0.28),
                        (way * half * 0.42, y - half * 0.1),
                    ],
                    darker(bow, 0.38),
                )
            c.dot(0, y - half * 0.08, half * 0.15, round_light(bow, 0.3))
    return Facts(colour, count)


@scene(
    "balloons",
    Words(
        names=("a balloon", "a party balloon", "balloons in the air"),
        nouns=(
            "balloon",
            "party balloon",
        ),
        plurals=("balloons", "party balloons"),
        settings=("in the air", "on strings", "at a party"),
        tags=("party",),
    ),
)
def balloons(c: Canvas) -> Facts:
    lamp = light(c.rng, "day")
    if c.rng.random() < 0.5:
        nature.sky(c, lamp)
    else:
        tint = c.rng.choice(("#d8e4e8", "#f0e0d0", "#dcd4e8"))
        c.backdrop(lighter(tint, 0.5), tint, darker(tint, 0.12))
        c.glow(c.cx, 0.3, 0.7, "#ffffff", 0.6)
    colours = ("red", "yellow", "green", "blue", "purple")
    colour = c.rng.choice((*colours, "colourful"))
    count = c.rng.randint(2 if colour == "colourful" else 1, 5)
    tints = c.rng.sample(colours, count) if colour == "colourful" else [colour] * count
    spots = {
        1: ((0, 0.4),),
        2: ((-0.2, 0.36), (0.2, 0.42)),
        3: ((-0.28, 0.42), (0, 0.27), (0.28, 0.4)),
        4: ((-0.22, 0.24), (0.2, 0.22), (-0.2, 0.6), (0.22, 0.58)),
        5: ((-0.3, 0.26), (0, 0.22), (0.3, 0.27), (-0.17, 0.6), (0.17, 0.6)),
    }[count]
    r = {1: 0.2, 2: 0.16, 3: 0.14, 4: 0.125, 5: 0.115}[count] * c.u
    knot = (c.cx + c.rng.uniform(-0.05, 0.05), 1.05)
    for (dx, y), name in zip(spots, tints, strict=True):
        x, y = c.cx + dx * c.u + c.rng.uniform(-0.02, 0.02), y + c.rng.uniform(-0.03, 0.03)
        skin = named(name, c.rng)
        c.stroke(
            [
                (x, y + r * 1.25),
                ((x + knot[0]) / 2 + c.rng.uniform(-0.05, 0.05), (y + 1) / 2 + 0.1),
                knot,
            ],
            0.004,
            rgb("#6a6670", 0.8),
            curved=True,
        )
        c.poly(
            [(x, y + r * 1.12), (x - r * 0.14, y + r * 1.34), (x + r * 0.14, y + r * 1.34)],
            darker(skin, 0.25),
        )
        body = QPainterPath()
        body.moveTo(x, y - r * 1.1)
        body.cubicTo(x + r * 1.3, y - r * 1.1, x + r * 1.1, y + r * 0.7, x, y + r * 1.2)
        body.cubicTo(x - r * 1.1, y + r * 0.7, x - r * 1.3, y - r * 1.1, x, y - r * 1.1)
        c.shape(body, round_light(skin, 0.36))
        with c.at(x - r * 0.4, y - r * 0.5, r, 30):
            c.oval(0, 0, 0.12, 0.26, rgb("#ffffff", 0.6))
    return Facts(colour, count)
