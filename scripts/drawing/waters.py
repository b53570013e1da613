"""Fresh water and what lives in it."""

from __future__ import annotations

import math

from . import nature
from .canvas import Canvas, across, down, round_light, smooth
from .palette import darker, light, lighter, mix, named, rgb
from .registry import Facts, Words, scene, spread


@scene(
    "waterfall",
    Words(
        names=("a waterfall", "a waterfall between rocks", "falling water"),
        settings=("in the mountains", "in a green valley", "in the rocks"),
        tags=(
            "water",
            "rocks",
            "trees",
        ),
    ),
)
def waterfall(c: Canvas) -> Facts:
    lamp = light(c.rng, "day")
    nature.sky(c, lamp, 0.5, clouds=2)
    c.ridge(0.3, 0.2, mix("#6f9f83", lamp.sky[-1], 0.4), waves=1.3)
    rock = mix("#6d6a68", "#7f6a54", c.rng.random())
    top = c.rng.uniform(0.2, 0.27)
    half = c.rng.uniform(0.1, 0.16) * c.u
    green = mix("#3f7f46", "#6a9440", c.rng.random())
    back = c.ridge(top + 0.01, 0.05, down(lighter(rock, 0.1), darker(rock, 0.5)), waves=1.4)
    nature.pines(c, back, 34, 0.13, mix(darker(green, 0.15), lamp.sky[-1], 0.2))
    fall = [
        (c.cx - half, top + 0.02),
        (c.cx, top),
        (c.cx + half, top + 0.02),
        (c.cx + half * 1.35, 0.84),
        (c.cx - half * 1.35, 0.84),
    ]
    c.poly(fall, across("#9fcbdc", "#eefaff", "#c9e8f2", "#f6fdff", "#8fbfd4"))
    for _ in range(30):
        t = c.rng.uniform(-1, 1)
        y = c.rng.uniform(top + 0.02, 0.65)
        low = y + c.rng.uniform(0.08, 0.2)
        line = [(c.cx + t * half * (1 + 0.35 * (k - top) / 0.6), k) for k in (y, low)]
        c.stroke(line, c.rng.uniform(0.003, 0.009), rgb(c.rng.choice(("#ffffff", "#8cc0d6")), 0.6))
    for side in (-1, 1):
        for depth in range(3):
            edge = c.cx + side * half * (0.95 + 0.5 * depth)
            crest = top + 0.015 + 0.17 * depth + c.rng.uniform(-0.03, 0.03)
            tone = darker(mix(rock, lamp.sky[-1], 0.3 - 0.15 * depth), 0.1 * depth)
            cliff = [
                (
                    edge + side * c.rng.uniform(0.0, 0.03) * (1 + k * 0.3),
                    crest + (0.86 - crest) * k / 6,
                )
                for k in range(7)
            ]
            far = c.cx + side * (c.w / 2 + 0.1)
            c.poly(
                [*cliff, (far, 0.88), (far, crest - 0.08)],
                down(lighter(tone, 0.12), darker(tone, 0.5)),
            )
            for _ in range(9):
                x, y = edge + side * c.rng.uniform(0.02, 0.5), c.rng.uniform(crest + 0.06, 0.78)
                tone_2 = c.rng.choice((lighter(tone, 0.2), darker(tone, 0.45)))
                c.stroke(
                    [(x, y), (x + c.rng.uniform(-0.01, 0.02), y + c.rng.uniform(0.04, 0.12))],
                    0.005,
                    rgb(tone_2, 0.5),
                )
            for _ in range(22):
                reach = c.rng.uniform(0.01, abs(far - edge))
                y = crest - 0.08 * reach / abs(far - edge) + c.rng.uniform(-0.005, 0.02)
                leaf = mix(
                    mix(green, "#2f5f3a", c.rng.random() * 0.6), lamp.sky[-1], 0.2 - 0.1 * depth
                )
                r = c.rng.uniform(0.014, 0.045)
                c.oval(edge + side * reach, y, r * 1.3, r, round_light(leaf, 0.35))
    nature.water(c, 0.8, "#1d5a6c", "#5fb0c0", "#f4ffff")
    for _ in range(12):
        c.glow(
            c.cx + c.rng.uniform(-1.5, 1.5) * half,
            c.rng.uniform(0.78, 0.85),
            c.rng.uniform(0.06, 0.14),
            "#ffffff",
            0.5,
        )
    for side in (-1, 1):
        for k in range(5):
            x = c.cx + side * (half * 1.7 + 0.1 * k + c.rng.uniform(0, 0.06))
            r = c.rng.uniform(0.05, 0.1)
            c.oval(x, 0.9 + 0.02 * k, r * 1.3, r, round_light(rock if k % 2 else green, 0.4))
    return Facts(light="day")


@scene(
    "fish-in-an-aquarium",
    Words(
        names=("a fish in an aquarium", "a fish", "a fish tank", "a fish under water"),
        nouns=("fish",),
        plurals=("fish", "fishes"),
        settings=("under water", "in an aquarium", "among the plants"),
        tags=(
            "animal",
            "water",
            "underwater",
        ),
    ),
)
def aquarium(c: Canvas) -> Facts:
    deep = c.rng.choice(
        (
            ("#2fb4c8", "#0f6f96", "#0a3a5c"),
            ("#3f9ad8", "#1c5ca8", "#0c2a60"),
            ("#3fb8a8", "#147a80", "#083f50"),
        )
    )
    c.backdrop(*deep)
    for _ in range(5):
        x, s = c.rng.uniform(0, c.w), c.rng.uniform(0.04, 0.1)
        c.poly(
            [(x, 0), (x + s, 0), (x + s * 2 - 0.2, 1), (x - s - 0.2, 1)],
            down(rgb("#ffffff", 0.22), rgb("#ffffff", 0.0)),
        )
    c.ridge(0.9, 0.05, down("#e8cf98", "#a07f52"))
    for _ in range(9):
        x, h = c.rng.uniform(0, c.w), c.rng.uniform(0.15, 0.42)
        green = mix("#2f8f4a", "#1c6a58", c.rng.random())
        sway = c.rng.uniform(0.02, 0.05)
        c.stroke(
            [(x + sway * math.sin(k * 1.3), 0.94 - h * k / 5) for k in range(6)],
            c.rng.uniform(0.012, 0.024),
            down(lighter(green, 0.2), darker(green, 0.2)),
            curved=True,
        )
    for _ in range(5):
        x, r = c.rng.uniform(0, c.w), c.rng.uniform(0.03, 0.07)
        c.oval(x, 0.95, r * 1.4, r, round_light(c.rng.choice(("#8a7f86", "#a0705c", "#5f6f86"))))
    colour = c.rng.choice(("orange", "yellow", "red", "white", "purple"))
    count = c.rng.randint(1, 5)
    columns = {1: 1, 2: 1, 3: 2, 4: 2, 5: 2}[count]
    rows = math.ceil(count / columns)
    size = {1: 0.5, 2: 0.36, 3: 0.29, 4: 0.29, 5: 0.25}[count] * c.u
    for i in range(count):
        row, col = divmod(i, columns)
        here = min(columns, count - row * columns)
        x = c.cx + (col - (here - 1) / 2) * 0.46 * c.u + c.rng.uniform(-0.05, 0.05) * c.u
        y = 0.44 + (row - (rows - 1) / 2) * (0.62 / rows) + c.rng.uniform(-0.03, 0.03)
        with c.at(x, y, size, c.rng.uniform(-10, 10), c.rng.random() < 0.5):
            body = named(colour, c.rng)
            tail = smooth([(0.3, 0), (0.62, -0.3), (0.54, 0), (0.62, 0.3)])
            c.shape(tail, across(body, lighter(body, 0.35)))
            c.blob([(-0.12, -0.2), (0.1, -0.42), (0.28, -0.1)], lighter(body, 0.2))
            c.blob([(-0.02, 0.2), (0.16, 0.36), (0.2, 0.12)], lighter(body, 0.2))
            shape = smooth(
                [(-0.5, 0.02), (-0.22, -0.25), (0.16, -0.2), (0.4, 0), (0.16, 0.2), (-0.22, 0.25)]
            )
            c.shape(shape, round_light(body, 0.35))
            with c.clipped(shape):
                for dx in (-0.16, 0.12):
                    c.rect(
                        dx,
                        -0.4,
                        0.07,
                        0.8,
                        rgb("#ffffff" if colour != "white" else "#f0a04a", 0.75),
                    )
            c.dot(-0.33, -0.05, 0.06, "#ffffff")
            c.dot(-0.345, -0.05, 0.034, "#16161e")
    for _ in range(9):
        x, y, r = c.rng.uniform(0, c.w), c.rng.uniform(0.05, 0.7), c.rng.uniform(0.006, 0.014)
        c.ring(x, y, r, 0.003, rgb("#ffffff", 0.7))
    return Facts(colour, count)


@scene(
    "duck-on-a-pond",
    Words(
        names=("a duck on a pond", "a duck", "a duck swimming"),
        nouns=("duck",),
        plurals=("ducks", "ducks on a pond"),
        settings=("on the water", "on a pond", "on a lake"),
        tags=(
            "animal",
            "bird",
            "water",
        ),
    ),
)
def duck(c: Canvas) -> Facts:
    lamp = light(c.rng, "day", "sunset")
    c.backdrop(lamp.on("#8fb36a"), lamp.on("#4f7f4a"), bottom=0.34)
    for _ in range(36):
        x, h = c.rng.uniform(0, c.w), c.rng.uniform(0.08, 0.2)
        c.stroke(
            [(x, 0.36), (x + c.rng.uniform(-0.03, 0.03), 0.36 - h)],
            0.007,
            lamp.on(c.rng.choice(("#5f8f3f", "#7fa24a", "#3f6f3a"))),
        )
    pond = lamp.on(c.rng.choice(("#3f8fae", "#4a9a9a")))
    nature.water(c, 0.33, darker(pond, 0.35), lighter(pond, 0.25), lighter(lamp.sky[-1], 0.3))
    for _ in range(4):
        x, y = c.rng.uniform(0, c.w), c.rng.uniform(0.42, 0.95)
        c.oval(x, y, 0.05, 0.018, lamp.on("#5fa04a"))
        c.oval(x, y - 0.012, 0.014, 0.012, lamp.on("#f7c8da"))
    colour = c.rng.choice(("yellow", "white", "brown"))
    count = c.rng.randint(1, 4)
    for i, (x, room) in enumerate(spread(c, count, 0.96)):
        size = min(room * 0.86, 0.5)
        y = 0.66 + (0.09 if i % 2 else -0.05) * (count > 1)
        body = lamp.on(named(colour, c.rng), 0.4)
        with c.at(x, y, size, flip=c.rng.random() < 0.5):
            for k in (0.62, 0.5):
                c.oval(0, 0.14, k, 0.1, rgb("#ffffff", 0.16))
            c.blob(
                [
                    (-0.42, -0.02),
                    (-0.1, -0.1),
                    (0.25, -0.06),
                    (0.5, -0.2),
                    (0.4, 0.12),
                    (0.05, 0.2),
                    (-0.3, 0.16),
                ],
                round_light(body, 0.35),
            )
            c.blob([(-0.08, 0), (0.2, -0.06), (0.38, -0.02), (0.2, 0.1)], darker(body, 0.14))
            c.poly([(-0.4, 0.0), (-0.38, -0.2), (-0.2, -0.2), (-0.08, 0.0)], body)
            c.dot(-0.3, -0.28, 0.16, round_light(body, 0.3))
            c.blob(
                [(-0.43, -0.3), (-0.6, -0.24), (-0.58, -0.19), (-0.42, -0.2)],
                down("#ffad3a", "#d9761c"),
            )
            c.dot(-0.35, -0.32, 0.03, "#1a1820")
    return Facts(colour, count, lamp.name)
