"""Still lifes: what stands on a table."""

from __future__ import annotations

import math

from . import nature
from .canvas import Canvas, across, down, polygon, round_light, smooth
from .palette import darker, lighter, mix, named, rgb
from .registry import Facts, Words, scene, spread

WALLS = ("#d8cbb8", "#b8c4c4", "#c9b4a8", "#a9b4a0", "#c4b8cc", "#8f9cae")
TABLES = ("#a8764a", "#7a5236", "#c49a6a", "#d8d0c4")


def _room(c: Canvas, edge: float) -> None:
    nature.room(c, c.rng.choice(WALLS), c.rng.choice(TABLES), edge)


@scene(
    "fruit-bowl",
    Words(
        names=("a fruit bowl", "a bowl of fruit", "fruit in a bowl"),
        settings=("on a table", "in the kitchen"),
        tags=("fruit", "food"),
        coloured=("a {colour} bowl of fruit", "fruit in a {colour} bowl", "a {colour} fruit bowl"),
    ),
)
def fruit_bowl(c: Canvas) -> Facts:
    _room(c, 0.66)
    colour = c.rng.choice(("white", "blue", "green", "brown"))
    clay = named(colour, c.rng)
    size = c.rng.uniform(0.68, 0.78) * c.u
    c.shadow(c.cx + 0.03, 0.84, size * 0.5, 0.06, 0.6)
    with c.at(c.cx, 0.84, size):
        for k in range(9):
            x = (k % 5 - 2) * 0.17 + (0.08 if k > 4 else 0) + c.rng.uniform(-0.02, 0.02)
            y = -0.36 - (0.15 if k > 4 else 0) - 0.05 * (1 - abs(x) / 0.4)
            kind = c.rng.choice(("apple", "orange", "pear", "plum"))
            tint = {
                "apple": c.rng.choice(("#d8322f", "#8fbf3a")),
                "orange": "#f5921f",
                "pear": "#c9d04a",
                "plum": "#6f3a7c",
            }[kind]
            if kind == "pear":
                c.blob(
                    [
                        (x - 0.1, y + 0.04),
                        (x - 0.05, y - 0.13),
                        (x, y - 0.18),
                        (x + 0.05, y - 0.13),
                        (x + 0.1, y + 0.04),
                        (x, y + 0.11),
                    ],
                    round_light(tint, 0.38),
                )
            else:
                c.dot(x, y, 0.115 if kind != "plum" else 0.09, round_light(tint, 0.4))
            c.stroke([(x, y - 0.1), (x + 0.02, y - 0.15)], 0.012, "#5a3a20")
        if c.rng.random() < 0.6:
            bend = [(-0.4, -0.34), (-0.3, -0.5), (-0.08, -0.6), (0.1, -0.58)]
            c.stroke(bend, 0.085, darker("#f6cf3a", 0.25), curved=True)
            c.stroke([(x, y - 0.008) for x, y in bend], 0.066, "#fadb52", curved=True)
        bowl = smooth(
            [
                (-0.52, -0.36),
                (-0.4, -0.1),
                (-0.18, 0.0),
                (0.18, 0.0),
                (0.4, -0.1),
                (0.52, -0.36),
                (0, -0.3),
            ]
        )
        c.shape(bowl, across(lighter(clay, 0.35), clay, darker(clay, 0.45)))
        c.stroke(
            [(-0.52, -0.355), (0, -0.295), (0.52, -0.355)], 0.024, lighter(clay, 0.45), curved=True
        )
        c.stroke(
            [(-0.4, -0.18), (0, -0.1), (0.4, -0.18)],
            0.016,
            rgb(lighter(clay, 0.6), 0.7),
            curved=True,
        )
        c.rect(-0.16, -0.015, 0.32, 0.035, darker(clay, 0.4), 0.015)
    return Facts(colour)


@scene(
    "flowers-in-a-vase",
    Words(
        names=("flowers in a vase", "a flower in a vase", "a vase of flowers", "a bouquet"),
        nouns=("flower",),
        plurals=("flowers in a vase", "flowers"),
        settings=("on a table", "in a room"),
        tags=("flowers", "plants", "vase"),
        coloured=("{colour} flowers in a vase", "{colour} flowers", "a vase with {colour} flowers"),
    ),
)
def vase(c: Canvas) -> Facts:
    _room(c, 0.76)
    colour = c.rng.choice(("red", "yellow", "white", "purple", "pink"))
    count = c.rng.randint(1, 5)
    glaze = c.rng.choice(("#4f8a9c", "#5f7fb0", "#6f8f7a", "#8a8f98"))
    base = 0.88
    c.shadow(c.cx + 0.03, base, 0.16, 0.03, 0.6)
    places = {
        1: ((0, 0.33),),
        2: ((-0.16, 0.3), (0.16, 0.35)),
        3: ((-0.24, 0.38), (0, 0.2), (0.24, 0.36)),
        4: ((-0.29, 0.42), (-0.11, 0.19), (0.12, 0.22), (0.29, 0.42)),
        5: ((-0.31, 0.45), (-0.2, 0.19), (0.0, 0.4), (0.2, 0.18), (0.31, 0.44)),
    }[count]
    r0 = {1: 0.17, 2: 0.14, 3: 0.12, 4: 0.105, 5: 0.1}[count]
    scale = 0.35 + 0.65 * c.u
    heads = [
        (c.cx + x * scale + c.rng.uniform(-0.015, 0.015), y + c.rng.uniform(-0.02, 0.02))
        for x, y in places
    ]
    for x, y in heads:
        green = mix("#3f7f3f", "#6f9f4f", c.rng.random())
        stem = [
            (x, y),
            (c.cx + (x - c.cx) * 0.5, (y + 0.62) / 2 + 0.04),
            (c.cx + (x - c.cx) * 0.1, 0.66),
        ]
        c.stroke(stem, 0.012, green, curved=True)
        mx, my = stem[1]
        way = 1 if x > c.cx else -1
        c.blob(
            [
                (mx, my),
                (mx + way * 0.05, my - 0.045),
                (mx + way * 0.11, my - 0.03),
                (mx + way * 0.06, my + 0.01),
            ],
            lighter(green, 0.1),
        )
    body = smooth(
        [
            (c.cx - 0.055, 0.6),
            (c.cx - 0.06, 0.66),
            (c.cx - 0.12, 0.77),
            (c.cx - 0.075, base),
            (c.cx + 0.075, base),
            (c.cx + 0.12, 0.77),
            (c.cx + 0.06, 0.66),
            (c.cx + 0.055, 0.6),
        ]
    )
    c.shape(body, across(lighter(glaze, 0.4), glaze, darker(glaze, 0.45)))
    c.oval(c.cx, 0.6, 0.06, 0.012, darker(glaze, 0.5))
    c.stroke([(c.cx - 0.06, 0.7), (c.cx - 0.085, 0.77)], 0.012, rgb("#ffffff", 0.45))
    for x, y in heads:
        petal = named(colour, c.rng)
        r = r0 * scale * c.rng.uniform(0.93, 1.07)
        turn = c.rng.uniform(0, 60)
        for layer in range(2):
            for k in range(7):
                with c.at(x, y, r * (1 - 0.34 * layer), turn + k * 360 / 7 + layer * 26):
                    shade = darker(petal, 0.14) if layer == 0 else lighter(petal, 0.14)
                    c.blob(
                        [(0, 0), (0.36, -0.55), (0.15, -1), (-0.15, -1), (-0.36, -0.55)],
                        down(lighter(shade, 0.22), darker(shade, 0.15)),
                    )
        c.dot(x, y, r * 0.24, round_light("#f2b73a" if colour != "yellow" else "#9a5a24", 0.35))
    return Facts(colour, count)


@scene(
    "stack-of-books",
    Words(
        names=("a stack of books", "a pile of books", "books", "a book"),
        nouns=("book",),
        plurals=("books", "stacked books"),
        settings=("on a table", "on a desk"),
        tags=("reading",),
        counted=("{count} {plural}", "{count} {plural} on top of each other"),
    ),
)
def books(c: Canvas) -> Facts:
    _room(c, 0.78)
    count = c.rng.randint(1, 5)
    y = 0.88
    thick = min(0.15, 0.66 / count * c.rng.uniform(0.84, 0.95))
    c.shadow(c.cx, y, 0.36 * c.u, 0.045, 0.65)
    covers = c.rng.sample(
        ("#b83a34", "#2f5fa8", "#3a7f54", "#e0a53a", "#6f4a8f", "#2f7f8f", "#c9683a"), count
    )
    for k, tint in enumerate(covers):
        half = (0.35 - 0.012 * k) * c.u * c.rng.uniform(0.9, 1.05)
        x = c.cx + c.rng.uniform(-0.03, 0.03) * c.u
        spine = -1 if k % 2 else 1
        top = y - thick
        c.rect(
            x - half,
            top,
            half * 2,
            thick,
            down(lighter(tint, 0.18), tint, darker(tint, 0.4)),
            thick * 0.12,
        )
        px = x - half * (0.9 if spine > 0 else 1.0)
        c.rect(px, top + thick * 0.16, half * 1.9, thick * 0.66, down("#fbf4e2", "#d4c6a8"))
        for j in range(4):
            c.rect(
                px, top + thick * (0.27 + 0.13 * j), half * 1.9, thick * 0.03, rgb("#8f7f62", 0.4)
            )
        edge = x + spine * half * 0.9
        c.rect(
            min(edge, x + spine * half),
            top,
            half * 0.12,
            thick,
            down(lighter(tint, 0.1), darker(tint, 0.35)),
            thick * 0.1,
        )
        c.rect(x - half, y - thick * 0.1, half * 2, thick * 0.1, darker(tint, 0.45))
        y = top
    if c.rng.random() < 0.4:
        c.dot(c.cx + 0.05, y - 0.05, 0.055, round_light("#cf3a30", 0.4))
        c.stroke([(c.cx + 0.05, y - 0.09), (c.cx + 0.07, y - 0.125)], 0.008, "#4a3020")
    return Facts(count=count)


@scene(
    "coffee-cup",
    Words(
        names=("a coffee cup", "a cup of coffee", "a mug", "a cup"),
        nouns=(
            "cup",
            "mug",
            "coffee cup",
        ),
        plurals=("coffee cups", "cups", "mugs", "cups of coffee"),
        settings=("on a table", "with steam"),
        tags=("drink", "coffee"),
        coloured=("a {colour} cup", "a {colour} mug", "a {colour} coffee cup"),
    ),
)
def coffee(c: Canvas) -> Facts:
    _room(c, 0.6)
    colour = c.rng.choice(("white", "red", "blue", "green", "black"))
    count = c.rng.choice((1, 1, 2, 3))
    for x, room in spread(c, count, 0.96):
        size = min(room * 0.66, 0.46)
        glaze = named(colour, c.rng)
        base = 0.8 + c.rng.uniform(-0.02, 0.04)
        c.shadow(x + size * 0.08, base, size * 0.8, size * 0.16, 0.55)
        with c.at(x - size * 0.05, base, size, flip=c.rng.random() < 0.3):
            c.oval(0, -0.01, 0.68, 0.12, down("#fdfdfd", "#c4c6cc"))
            c.oval(0, -0.025, 0.4, 0.06, rgb("#20202c", 0.25))
            c.ring(0.44, -0.42, 0.17, 0.075, darker(glaze, 0.18))
            c.shape(
                smooth(
                    [
                        (-0.46, -0.76),
                        (-0.43, -0.3),
                        (-0.24, -0.02),
                        (0.24, -0.02),
                        (0.43, -0.3),
                        (0.46, -0.76),
                        (0, -0.7),
                    ]
                ),
                across(lighter(glaze, 0.4), glaze, darker(glaze, 0.45)),
            )
            c.oval(0, -0.75, 0.46, 0.1, lighter(glaze, 0.45))
            c.oval(0, -0.74, 0.41, 0.08, across("#7a4a2a", "#4a2814"))
            c.oval(-0.08, -0.745, 0.16, 0.03, rgb("#c9966a", 0.7))
            for dx in (-0.14, 0.04, 0.2):
                c.stroke(
                    [(dx, -0.86), (dx + 0.06, -1.0), (dx - 0.03, -1.14), (dx + 0.05, -1.3)],
                    0.05,
                    down(rgb("#ffffff", 0.0), rgb("#ffffff", 0.5)),
                    curved=True,
                )
    for _ in range(6):
        x, y = c.cx + c.rng.uniform(-0.6, 0.6), c.rng.uniform(0.88, 0.97)
        c.oval(x, y, 0.018, 0.012, round_light("#5a3219", 0.4))
    return Facts(colour, count)


@scene(
    "ice-cream",
    Words(
        names=("an ice cream", "an ice cream cone", "ice cream in a cone"),
        settings=("in summer", "on a sunny day"),
        tags=("food", "dessert"),
        coloured=(
            "a {colour} ice cream",
            "{colour} ice cream in a cone",
            "an ice cream cone with {colour} scoops",
        ),
        counted=("an ice cream with {count} scoop{s}", "{count} scoop{s} of ice cream"),
    ),
)
def ice_cream(c: Canvas) -> Facts:
    tint = c.rng.choice(("#7cc8d8", "#f4b8a8", "#a8d8b8", "#c4b4e0", "#f6d890"))
    c.backdrop(lighter(tint, 0.45), tint)
    for _ in range(16):
        c.glow(
            c.rng.uniform(0, c.w), c.rng.uniform(0, 1), c.rng.uniform(0.05, 0.13), "#ffffff", 0.35
        )
    colour = c.rng.choice(("pink", "white", "brown", "green", "yellow"))
    count = c.rng.randint(1, 3)
    r = {1: 0.2, 2: 0.155, 3: 0.118}[count]
    with c.at(c.cx, 0.97, c.rng.uniform(0.94, 1.02) * (0.7 + 0.3 * c.u), c.rng.uniform(-9, 9)):
        cone = polygon([(-r * 0.92, -0.42), (r * 0.92, -0.42), (0.015, 0), (-0.015, 0)])
        c.shape(cone, across("#f2c47c", "#d99a4a", "#9c6428"))
        with c.clipped(cone):
            for k in range(-9, 10):
                x = k * 0.05
                c.stroke([(x, -0.44), (x + 0.22, 0.02)], 0.006, rgb("#8a5420", 0.6))
                c.stroke([(x, -0.44), (x - 0.22, 0.02)], 0.006, rgb("#8a5420", 0.6))
        for k in range(count):
            y = -0.45 - r * 0.3 - k * r * 1.22
            cream = named(colour, c.rng)
            c.dot(0, y, r, round_light(cream, 0.32))
            for j in range(7):
                x = (j - 3) * r * 0.29
                c.dot(x, y + r * (0.78 - 0.06 * abs(j - 3)), r * 0.2, darker(cream, 0.08))
            for _ in range(8):
                c.dot(
                    c.rng.uniform(-0.6, 0.6) * r,
                    y + c.rng.uniform(-0.6, 0.5) * r,
                    r * 0.05,
                    rgb(darker(cream, 0.3), 0.5),
                )
        top = -0.45 - r * 0.3 - (count - 1) * r * 1.22 - r
        c.stroke([(0.01, top - 0.03), (0.04, top - 0.1)], 0.008, "#5a7a30")
        c.dot(0.0, top - 0.005, r * 0.24, round_light("#c8202c", 0.4))
    return Facts(colour, count)


@scene(
    "pizza",
    Words(
        names=("a pizza", "a pizza on a board", "a round pizza"),
        settings=("on a wooden table", "from above"),
        tags=("food",),
    ),
)
def pizza(c: Canvas) -> Facts:
    wood = c.rng.choice(("#8a5f3c", "#6a4630", "#a88258", "#4a4a50"))
    for k in range(8):
        plank = mix(wood, "#2a1a10", c.rng.uniform(0, 0.3))
        c.rect(-0.01, k / 8, c.w + 0.02, 0.124, down(lighter(plank, 0.08), darker(plank, 0.12)))
    for _ in range(40):
        x, y = c.rng.uniform(0, c.w), c.rng.uniform(0, 1)
        c.stroke([(x, y), (x + c.rng.uniform(0.05, 0.25), y)], 0.002, rgb(darker(wood, 0.5), 0.35))
    r = c.rng.uniform(0.4, 0.45) * c.u
    c.shadow(c.cx + 0.02, 0.53, r * 1.2, r * 1.2, 0.8)
    with c.at(c.cx, 0.5, r, c.rng.uniform(0, 90)):
        c.dot(0, 0, 1.0, round_light("#d99a52", 0.4))
        c.dot(0, 0, 0.88, "#c9442a")
        c.dot(0, 0, 0.84, round_light("#f6cf6a", 0.25))
        for _ in range(34):
            a, d = c.rng.uniform(0, math.tau), 0.78 * math.sqrt(c.rng.random())
            c.dot(
                d * math.cos(a),
                d * math.sin(a),
                c.rng.uniform(0.04, 0.12),
                rgb(c.rng.choice(("#fff0b4", "#f0b04a", "#d9642c")), 0.5),
            )
        for k in range(9):
            a, d = k * 2.4, 0.24 + 0.5 * math.sqrt(k / 9)
            x, y = d * math.cos(a), d * math.sin(a)
            c.dot(x + 0.01, y + 0.02, 0.135, rgb("#5a1a10", 0.4))
            c.dot(x, y, 0.13, round_light("#bf3a2c", 0.35))
            for _ in range(3):
                c.dot(
                    x + c.rng.uniform(-0.07, 0.07), y + c.rng.uniform(-0.07, 0.07), 0.014, "#e88a72"
                )
        for _ in range(7):
            a, d = c.rng.uniform(0, math.tau), 0.7 * math.sqrt(c.rng.random())
            with c.at(d * math.cos(a), d * math.sin(a), 0.16, c.rng.uniform(0, 360)):
                c.blob([(-0.6, 0), (0, -0.3), (0.7, 0), (0, 0.3)], down("#5fa84a", "#2f6f34"))
        for k in range(4):
            with c.at(0, 0, 1, 45 * k):
                c.rect(-0.98, -0.006, 1.96, 0.012, rgb("#8a5a2a", 0.6))
    return Facts()
