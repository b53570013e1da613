"""What one meets on a walk: a tent, a fire, mushrooms, flowers, a snowman."""

from __future__ import annotations

from . import nature
from .canvas import Canvas, across, down, polygon, round_light
from .palette import darker, light, lighter, mix, named, rgb
from .registry import Facts, Words, scene, spread


@scene(
    "campfire",
    Words(
        names=("a campfire", "a bonfire", "a fire at night", "a camp fire burning"),
        settings=("in the dark", "in the woods", "at a camp"),
        tags=(
            "fire",
            "flames",
            "trees",
        ),
    ),
)
def campfire(c: Canvas) -> Facts:
    lamp = light(c.rng, "night")
    nature.sky(c, lamp, 0.68)
    far = c.ridge(0.62, 0.08, lamp.on("#24344a"), waves=1.4)
    nature.pines(c, far, 60, 0.2, darker(lamp.on("#1c3a34"), 0.4))
    c.backdrop("#3a2c22", "#120d0e", top=0.68)
    x, y = c.cx + c.rng.uniform(-0.1, 0.1) * c.u, c.rng.uniform(0.8, 0.85)
    size = c.rng.uniform(0.42, 0.56)
    c.glow(x, y - size * 0.25, 0.75, "#ff8a2a", 0.75)
    for k in range(9):
        sx = x + (k - 4) * 0.058
        c.oval(
            sx,
            y + 0.035 + 0.012 * (1 - abs(k - 4) / 4),
            0.034,
            0.026,
            round_light(c.rng.choice(("#7c6a60", "#5f5652", "#8a7464"))),
        )
    with c.at(x, y, size):
        for angle in (-24, 20, -8):
            with c.at(0, 0.0, 1, angle):
                c.rect(-0.34, -0.05, 0.68, 0.09, down("#a0683a", "#3a2012"), 0.045)
        for colour, s in (
            ("#e8451c", 1.0),
            ("#ff8a1f", 0.78),
            ("#ffc93a", 0.54),
            ("#fff4b8", 0.28),
        ):
            a, b = c.rng.uniform(-0.08, 0.08), c.rng.uniform(0.75, 1.0)
            c.blob(
                [
                    (a, -b * s),
                    (0.12 * s, -0.5 * s),
                    (0.27 * s, -0.42 * s),
                    (0.25 * s, -0.1),
                    (0, 0.02),
                    (-0.25 * s, -0.1),
                    (-0.24 * s, -0.36 * s),
                    (-0.1 * s, -0.48 * s),
                ],
                rgb(colour, 0.92),
            )
    for _ in range(26):
        c.dot(
            x + c.rng.gauss(0, 0.1),
            y - c.rng.uniform(0.3, 0.75),
            c.rng.uniform(0.002, 0.005),
            rgb("#ffc46a", c.rng.uniform(0.4, 1)),
        )
    return Facts(light="night")


@scene(
    "tent",
    Words(
        names=("a tent", "a tent at a campsite", "a camping tent"),
        nouns=(
            "tent",
            "camping tent",
        ),
        settings=("in the mountains", "under the trees", "on a meadow"),
        tags=("camping", "trees"),
    ),
)
def tent(c: Canvas) -> Facts:
    lamp = light(c.rng, "day", "night", "sunset")
    nature.sky(c, lamp, 0.7)
    c.ridge(
        0.5, 0.22, down(lamp.on(mix("#6f8fae", lamp.sky[-1], 0.3)), lamp.on("#9fb8c4")), jagged=True
    )
    far = c.ridge(0.68, 0.05, lamp.on("#4f7f4f"), waves=1.5)
    nature.pines(c, far, 36, 0.2, lamp.on("#2f5a45", 0.9))
    ground = lamp.on("#6f9a4a", 0.9)
    c.ridge(0.74, 0.03, down(lighter(ground, 0.1), darker(ground, 0.45)))
    nature.grass(c, 0.78, ground)
    colour = c.rng.choice(("red", "yellow", "green", "blue", "orange"))
    cloth = lamp.on(named(colour, c.rng), 0.28)
    x, size = c.cx + c.rng.uniform(-0.08, 0.08) * c.u, c.rng.uniform(0.36, 0.44) * c.u
    c.shadow(x, 0.88, size * 1.4, 0.07, 0.6)
    with c.at(x, 0.88, size, flip=c.rng.random() < 0.5):
        c.poly(
            [(-0.15, -1.05), (0.62, -0.92), (1.15, -0.04), (0.62, 0.0)],
            down(darker(cloth, 0.25), darker(cloth, 0.45)),
        )
        front = polygon([(-0.15, -1.05), (0.62, 0.02), (-0.95, 0.02)])
        c.shape(front, across(lighter(cloth, 0.3), cloth))
        inside = "#ffd98a" if lamp.name != "day" else darker(cloth, 0.75)
        c.poly([(-0.15, -0.82), (0.16, 0.02), (-0.46, 0.02)], inside)
        c.poly([(-0.15, -0.82), (0.16, 0.02), (0.3, 0.02)], lighter(cloth, 0.5))
        c.stroke([(-0.95, 0.02), (-1.25, 0.1)], 0.02, "#e8e0d0")
        c.stroke([(1.15, -0.04), (1.4, 0.06)], 0.02, "#e8e0d0")
        if lamp.name != "day":
            c.glow(-0.15, -0.3, 1.0, "#ffcf7a", 0.55)
    nature.pine(c, x - size * 1.75, 0.9, 0.46, lamp.on("#2a5f48", 0.85))
    nature.pine(c, x + size * 1.85, 0.92, 0.52, lamp.on("#2a5f48", 0.85))
    return Facts(colour, light=lamp.name)


@scene(
    "mushrooms",
    Words(
        names=("a mushroom", "mushrooms in the forest", "a toadstool"),
        nouns=(
            "mushroom",
            "toadstool",
        ),
        plurals=("mushrooms", "toadstools"),
        settings=("in the forest", "in the moss", "on the forest floor"),
        tags=("nature",),
    ),
)
def mushrooms(c: Canvas) -> Facts:
    tint = c.rng.choice(("#3f6a3f", "#5a6a34", "#2f5f52"))
    c.backdrop(darker(tint, 0.45), tint, darker(tint, 0.2))
    for _ in range(22):
        c.glow(
            c.rng.uniform(0, c.w),
            c.rng.uniform(0, 0.6),
            c.rng.uniform(0.04, 0.11),
            lighter(tint, 0.5),
            0.3,
        )
    c.ridge(0.82, 0.06, down(lighter(tint, 0.16), darker(tint, 0.5)), waves=1.6)
    nature.grass(c, 0.84, lighter(tint, 0.1), 120, 0.07)
    colour = c.rng.choice(("red", "brown", "white", "yellow"))
    count = c.rng.randint(1, 4)
    for i, (x, room) in enumerate(spread(c, count, 0.96)):
        size = min(room * 0.5, 0.28) * c.rng.uniform(0.92, 1.05)
        base = 0.9 + 0.03 * (i % 2)
        tall = c.rng.uniform(1.3, 1.75)
        cap = named(colour, c.rng)
        c.shadow(x, base, size * 0.8, size * 0.18, 0.6)
        with c.at(x, base, size, c.rng.uniform(-7, 7)):
            c.blob(
                [
                    (-0.2, -tall),
                    (0.2, -tall),
                    (0.24, -0.3),
                    (0.34, 0),
                    (0, 0.06),
                    (-0.34, 0),
                    (-0.24, -0.3),
                ],
                across("#fffaf0", "#e9ddc4", "#a8977c"),
            )
            c.oval(0, -tall + 0.08, 0.62, 0.12, "#d8c8a8")
            c.blob(
                [
                    (-0.98, -tall + 0.08),
                    (-0.8, -tall - 0.42),
                    (0, -tall - 0.8),
                    (0.8, -tall - 0.42),
                    (0.98, -tall + 0.08),
                    (0, -tall + 0.16),
                ],
                round_light(cap, 0.38),
            )
            spots = (
                (-0.5, -0.2, 0.13),
                (0.05, -0.5, 0.15),
                (0.5, -0.22, 0.12),
                (0.0, -0.1, 0.1),
                (-0.3, -0.45, 0.08),
                (0.32, -0.48, 0.07),
            )
            if colour == "red":
                for dx, dy, r in spots:
                    c.oval(dx, -tall + dy, r, r * 0.8, "#fff8ee")
    nature.grass(c, 0.95, lighter(tint, 0.2), 70, 0.09)
    return Facts(colour, count)


@scene(
    "sunflowers",
    Words(
        names=("a sunflower", "sunflowers in a field", "a field of sunflowers"),
        nouns=("sunflower",),
        plurals=("sunflowers",),
        settings=("in a field", "under a blue sky", "in summer"),
        tags=("flowers",),
    ),
)
def sunflowers(c: Canvas) -> Facts:
    lamp = light(c.rng, "day", "sunset")
    nature.sky(c, lamp, 0.7)
    c.ridge(0.6, 0.06, lamp.on(mix("#7fae6a", lamp.sky[-1], 0.4)), waves=1.4)
    field = lamp.on("#4f8f3c")
    c.backdrop(lamp.on("#d8b63a"), field, darker(field, 0.35), top=0.63)
    for _ in range(70):
        t = c.rng.random() ** 1.6
        c.oval(
            c.rng.uniform(0, c.w),
            0.64 + 0.1 * t,
            0.008 + 0.014 * t,
            0.006 + 0.01 * t,
            lamp.on(c.rng.choice(("#f6c52e", "#e8b020", "#5f8f3a"))),
        )
    nature.grass(c, 0.8, field, 100, 0.07)
    count = c.rng.randint(1, 4)
    for i, (x, room) in enumerate(spread(c, count, 0.98)):
        r = min(room * 0.44, 0.23)
        y = 0.44 + (0.1 if i % 2 else -0.03) * (count > 1) + c.rng.uniform(-0.03, 0.03)
        green = lamp.on("#3f8a38", 0.7)
        c.stroke(
            [(x, y), (x + 0.02, 0.75), (x, 1.05)],
            r * 0.16,
            across(lighter(green, 0.2), darker(green, 0.2)),
            curved=True,
        )
        for side, dy in ((-1, 0.28), (1, 0.4)):
            tip = (x + side * r * 1.15, y + dy + 0.02)
            c.blob(
                [
                    (x, y + dy + 0.06),
                    (x + side * r * 0.5, y + dy - r * 0.3),
                    tip,
                    (x + side * r * 0.5, y + dy + r * 0.32),
                ],
                round_light(green, 0.3),
            )
        petal = lamp.on("#fbc62c", 0.5)
        for ring, shade in ((0, darker(petal, 0.16)), (1, petal)):
            for k in range(14):
                with c.at(x, y, r, k * 360 / 14 + ring * 13):
                    c.blob(
                        [(0, -0.3), (0.17, -0.7), (0, -1.02 + 0.06 * ring), (-0.17, -0.7)],
                        down(lighter(shade, 0.25), darker(shade, 0.12)),
                    )
        c.dot(x, y, r * 0.46, round_light("#5a3418", 0.35))
        for k in range(18):
            a = c.rng.uniform(0, 0.36) * r
            with c.at(x, y, 1, k * 137.5):
                c.dot(a, 0, r * 0.03, "#8f5f2c")
    return Facts("yellow", count, lamp.name)


@scene(
    "snowman",
    Words(
        names=("a snowman", "a snowman in winter", "a man made of snow"),
        settings=("in the snow", "in winter"),
        tags=("snow", "winter", "trees"),
        coloured=(
            "a snowman with a {colour} scarf",
            "a {colour} scarf on a snowman",
            "a {colour} hat and scarf on a snowman",
        ),
    ),
)
def snowman(c: Canvas) -> Facts:
    lamp = light(c.rng, "day", "night")
    nature.sky(c, lamp, 0.7)
    far = c.ridge(0.66, 0.08, lamp.on("#dbe8f4", 0.7), waves=1.3)
    nature.pines(c, far, 30, 0.2, lamp.on("#6f94a0"))
    snow = lamp.on("#f4f8fd", 0.6)
    for side in (-1, 1):
        nature.pine(
            c,
            c.cx + side * c.rng.uniform(0.36, 0.55),
            0.85,
            c.rng.uniform(0.38, 0.55),
            lamp.on("#3f7568", 0.8),
        )
    c.ridge(0.78, 0.05, down(snow, lamp.on("#b4c9e2", 0.8)), waves=1.0)
    colour = c.rng.choice(("red", "green", "blue", "purple", "yellow"))
    wool = lamp.on(named(colour, c.rng), 0.28)
    x = c.cx + c.rng.uniform(-0.1, 0.1) * c.u
    size = c.rng.uniform(0.9, 1.0) * (0.6 + 0.4 * c.u)
    body = round_light(lamp.on("#f3f6fb", 0.35), 0.28)
    c.shadow(x + 0.05, 0.93, 0.3 * size, 0.05, 0.45)
    with c.at(x, 0.92, size):
        for side in (-1, 1):
            c.stroke([(side * 0.12, -0.42), (side * 0.3, -0.52)], 0.016, "#5a3a26")
            c.stroke([(side * 0.25, -0.495), (side * 0.3, -0.58)], 0.011, "#5a3a26")
        c.oval(0, -0.17, 0.225, 0.19, body)
        c.oval(0, -0.42, 0.165, 0.15, body)
        for y in (-0.36, -0.43, -0.24):
            c.dot(0, y, 0.014, "#26262e")
        c.dot(0, -0.63, 0.122, body)
        for dx in (-0.042, 0.042):
            c.dot(dx, -0.66, 0.015, "#20202a")
        c.poly([(-0.01, -0.64), (-0.012, -0.6), (0.1, -0.61)], down("#ff9f3f", "#d9661c"))
        c.stroke([(-0.05, -0.575), (0, -0.555), (0.05, -0.575)], 0.008, "#20202a", curved=True)
        c.blob(
            [
                (-0.135, -0.56),
                (0, -0.505),
                (0.135, -0.56),
                (0.125, -0.49),
                (0, -0.455),
                (-0.125, -0.49),
            ],
            across(lighter(wool, 0.15), wool, darker(wool, 0.3)),
        )
        c.poly(
            [(0.05, -0.5), (0.12, -0.5), (0.135, -0.27), (0.065, -0.26)],
            down(wool, darker(wool, 0.25)),
        )
        c.blob(
            [(-0.125, -0.71), (-0.1, -0.82), (0, -0.87), (0.1, -0.82), (0.125, -0.71)],
            round_light(wool, 0.3),
        )
        c.rect(-0.135, -0.745, 0.27, 0.05, lighter(wool, 0.35), 0.024)
        c.dot(0, -0.885, 0.036, lighter(wool, 0.55))
    for _ in range(70):
        c.dot(
            c.rng.uniform(0, c.w),
            c.rng.uniform(0, 1),
            c.rng.uniform(0.002, 0.006),
            rgb("#ffffff", 0.85),
        )
    return Facts(colour, light=lamp.name)
