"""The year's holidays."""

from __future__ import annotations

import math

from . import nature
from .canvas import Canvas, across, down, round_light
from .palette import darker, light, lighter, named, rgb
from .registry import Facts, Words, scene, spread


@scene(
    "fireworks",
    Words(
        names=("fireworks", "fireworks in the night sky", "a firework display"),
        settings=("over the city", "at night", "on new year's eve"),
        tags=(
            "party",
            "city",
        ),
        coloured=("{colour} fireworks", "{colour} fireworks in the sky"),
    ),
)
def fireworks(c: Canvas) -> Facts:
    c.backdrop("#05061a", "#0d1236", "#2a2050")
    nature.stars(c, 40, 0, 0.6)
    colour = c.rng.choice(("red", "green", "blue", "purple", "yellow"))
    bright = {
        "red": "#ff4a3a",
        "green": "#4af07a",
        "blue": "#4a9aff",
        "purple": "#c86aff",
        "yellow": "#ffd84a",
    }[colour]
    places = [(c.cx - 0.2 * c.u, 0.28), (c.cx + 0.22 * c.u, 0.36), (c.cx - 0.02 * c.u, 0.5)]
    for x, y in places[: c.rng.randint(1, 3)]:
        x, y = x + c.rng.uniform(-0.05, 0.05), y + c.rng.uniform(-0.05, 0.05)
        r = c.rng.uniform(0.22, 0.3) * (0.6 + 0.4 * c.u)
        c.glow(x, y, r * 1.5, bright, 0.5)
        for ring, spokes in ((1.0, 22), (0.6, 14)):
            for k in range(spokes):
                a = math.tau * (k + c.rng.uniform(-0.2, 0.2)) / spokes
                d = r * ring * c.rng.uniform(0.85, 1.05)
                tip = (x + d * math.cos(a), y + d * math.sin(a) + d * 0.12)
                mid = (x + d * 0.55 * math.cos(a), y + d * 0.55 * math.sin(a))
                c.stroke(
                    [(x + d * 0.15 * math.cos(a), y + d * 0.15 * math.sin(a)), mid, tip],
                    0.006,
                    rgb(bright, 0.85),
                    curved=True,
                )
                c.dot(*tip, 0.008, lighter(bright, 0.5))
        c.glow(x, y, r * 0.4, "#ffffff", 0.8)
    base = 0.82
    c.glow(c.cx, base, 0.6, bright, 0.22)
    x = -0.02
    while x < c.w:
        w, h = c.rng.uniform(0.04, 0.1), c.rng.uniform(0.03, 0.16)
        c.rect(x, base - h, w * 0.97, h + 0.02, "#0a0b1e")
        for _ in range(4):
            c.rect(
                x + c.rng.uniform(0.1, 0.8) * w,
                base - c.rng.uniform(0.1, 0.9) * h,
                0.008,
                0.008,
                rgb("#ffd88a", 0.8),
            )
        x += w
    nature.water(c, base, "#050716", "#141a44", bright)
    return Facts(colour, light="night")


@scene(
    "christmas-tree",
    Words(
        names=("a christmas tree", "a decorated christmas tree", "a tree with christmas lights"),
        settings=("with a star on top", "at christmas", "in the snow"),
        tags=(
            "winter",
            "christmas",
        ),
    ),
)
def christmas_tree(c: Canvas) -> Facts:
    inside = c.rng.random() < 0.5
    if inside:
        nature.room(c, c.rng.choice(("#8f4a42", "#4f6a72", "#a88a6a")), "#8a5a3a", 0.84)
    else:
        nature.sky(c, light(c.rng, "night"), 0.8)
        c.ridge(0.84, 0.05, down("#c4d4ee", "#7f94c0"), waves=1.2)
    for _ in range(14):
        c.glow(
            c.rng.uniform(0, c.w),
            c.rng.uniform(0.05, 0.8),
            c.rng.uniform(0.03, 0.07),
            c.rng.choice(("#ffd27a", "#ff9a8a", "#9ad0ff")),
            0.4,
        )
    x, base, size = c.cx, 0.9, 0.8 * (0.5 + 0.5 * c.u)
    green = c.rng.choice(("#1f6f42", "#2a7a4a", "#1c5f4a"))
    c.glow(x, 0.5, 0.5, "#ffe2a0", 0.35)
    c.shadow(x, base, size * 0.4, 0.04, 0.6)
    c.rect(x - 0.03, base - 0.12, 0.06, 0.12, across("#7a5236", "#4a3020"))
    for k in range(4):
        top, low = base - size * (1.0 - 0.19 * k), base - size * (0.56 - 0.155 * k)
        half = size * (0.17 + 0.08 * k)
        c.blob(
            [
                (x, top),
                (x + half * 0.45, (top + low) / 2),
                (x + half, low),
                (x + half * 0.4, low + 0.015),
                (x, low + 0.03),
                (x - half * 0.4, low + 0.015),
                (x - half, low),
                (x - half * 0.45, (top + low) / 2),
            ],
            across(lighter(green, 0.18), green, darker(green, 0.4)),
        )
    tints = c.rng.sample(("#e8362f", "#f6c945", "#3f8ae0", "#e86aa8", "#f6f3ec", "#8f4fc0"), 3)
    for k in range(26):
        t = (k + 0.6) / 26
        y = base - size * 0.92 + t * size * 0.84
        bx = x + c.rng.uniform(-1, 1) * size * 0.36 * t
        tint = tints[k % 3]
        c.glow(bx, y, 0.04, tint, 0.6)
        c.dot(bx, y, 0.015, round_light(tint, 0.3))
    sy = base - size - 0.005
    c.glow(x, sy, 0.15, "#fff0a8", 0.95)
    star = [
        (
            x + (0.05 if k % 2 == 0 else 0.021) * math.sin(math.pi * k / 5),
            sy - (0.05 if k % 2 == 0 else 0.021) * math.cos(math.pi * k / 5),
        )
        for k in range(10)
    ]
    c.poly(star, down("#fff6c0", "#f6c030"))
    if not inside:
        for _ in range(60):
            c.dot(
                c.rng.uniform(0, c.w),
                c.rng.uniform(0, 1),
                c.rng.uniform(0.002, 0.005),
                rgb("#ffffff", 0.8),
            )
    return Facts(light=None if inside else "night", tags=() if inside else ("snow",))


@scene(
    "pumpkins",
    Words(
        names=("a pumpkin", "a halloween pumpkin"),
        nouns=("pumpkin",),
        plurals=("pumpkins", "halloween pumpkins"),
        settings=("at halloween", "in autumn", "on the ground"),
        tags=("halloween", "autumn"),
    ),
)
def pumpkins(c: Canvas) -> Facts:
    lamp = light(c.rng, "night", "day", "sunset")
    nature.sky(c, lamp, 0.7)
    if lamp.name == "night":
        nature.moon(c, c.cx + c.rng.choice((-1, 1)) * 0.3 * c.u, 0.18, 0.07)
    far = c.ridge(0.66, 0.08, lamp.on("#6a6a4a"), waves=1.6)
    nature.pines(c, far, 24, 0.22, lamp.on("#4a5038", 1.1))
    soil = lamp.on("#a87a48", 0.9)
    c.ridge(0.74, 0.03, down(lighter(soil, 0.1), darker(soil, 0.5)))
    for _ in range(30):
        x, y = c.rng.uniform(0, c.w), c.rng.uniform(0.78, 1)
        with c.at(x, y, 0.022, c.rng.uniform(0, 360)):
            c.blob(
                [(-1, 0), (0, -0.5), (1, 0), (0, 0.5)],
                lamp.on(c.rng.choice(("#d9701c", "#b8401c", "#e0a02c")), 0.7),
            )
    count = c.rng.randint(1, 3)
    for i, (x, room) in enumerate(spread(c, count, 0.97)):
        r = min(room * 0.46, 0.3) * c.rng.uniform(0.9, 1.02)
        y = 0.9 - r * 0.75 + 0.02 * (i % 2)
        skin = lamp.on(named("orange", c.rng), 0.22)
        c.shadow(x, y + r * 0.76, r * 1.15, r * 0.2, 0.65)
        with c.at(x, y, r):
            c.stroke(
                [(0, -0.6), (0.04, -0.9), (0.18, -1.02)],
                0.17,
                across("#7f8f3f", "#4a5a24"),
                curved=True,
            )
            for dx, rx in ((-0.62, 0.4), (0.62, 0.4), (-0.34, 0.42), (0.34, 0.42), (0, 0.4)):
                c.oval(dx, 0, rx, 0.78 - 0.12 * abs(dx), round_light(skin, 0.34))
            if lamp.name == "night":
                c.glow(0, 0.1, 1.3, "#ffb02a", 0.4)
                flame = down("#fff0a0", "#ffc02a")
                for way in (-1, 1):
                    c.poly([(way * 0.5, -0.08), (way * 0.34, -0.38), (way * 0.16, -0.08)], flame)
                c.poly([(0, -0.02), (0.1, 0.14), (-0.1, 0.14)], flame)
                c.poly(
                    [
                        (-0.58, 0.2),
                        (-0.3, 0.3),
                        (-0.2, 0.22),
                        (-0.08, 0.34),
                        (0.08, 0.34),
                        (0.2, 0.22),
                        (0.3, 0.3),
                        (0.58, 0.2),
                        (0.34, 0.52),
                        (0, 0.58),
                        (-0.34, 0.52),
                    ],
                    flame,
                )
    return Facts(
        "orange", count, lamp.name, ("jack-o'-lantern", "moon") if lamp.name == "night" else ()
    )
