"""Houses, towers, bridges."""

from __future__ import annotations

from . import nature
from .canvas import Canvas, across, down, smooth
from .palette import darker, light, lighter, mix, named, rgb
from .registry import Facts, Words, scene


@scene(
    "city-at-night",
    Words(
        names=("a city at night", "a city skyline", "skyscrapers", "city lights"),
        settings=("by the river", "with lit windows", "in the dark"),
        tags=(
            "buildings",
            "city",
        ),
    ),
)
def city_night(c: Canvas) -> Facts:
    lamp = light(c.rng, "night")
    nature.sky(c, lamp, 0.8)
    base = c.rng.uniform(0.72, 0.78)
    warm = c.rng.choice(("#ffd27a", "#ffc46a", "#ffe2a0"))
    c.glow(c.cx, base, 0.9, mix(warm, "#c04f8a", c.rng.random()), 0.42)
    moonlit = c.rng.random() < 0.6
    if moonlit:
        nature.moon(c, c.cx + c.rng.uniform(-0.4, 0.4) * c.u, 0.14, 0.045)
    nature.water(c, base, "#070a1c", "#1a2350", warm)
    for layer in range(3):
        x = -0.02
        tone = mix(lighter(lamp.sky[2], 0.12), "#0a0d20", 0.12 + 0.34 * layer)
        while x < c.w:
            w = c.rng.uniform(0.06, 0.14)
            h = c.rng.uniform(0.2, 0.56 - 0.12 * layer) * (0.7 if abs(x - c.cx) > 0.45 else 1.0)
            top = base - h
            c.rect(x, top, w * 0.94, h, across(lighter(tone, 0.07), tone, darker(tone, 0.3)))
            if c.rng.random() < 0.25:
                c.stroke([(x + w * 0.47, top), (x + w * 0.47, top - 0.05)], 0.004, tone)
                c.dot(x + w * 0.47, top - 0.05, 0.005, "#ff4a4a")
            step = 0.024
            for row in range(int((h - 0.02) / step)):
                for col in range(int(w * 0.8 / 0.019)):
                    if c.rng.random() < 0.34:
                        lit = c.rng.choice((warm, warm, "#fff0c8", "#a8d0ff"))
                        c.rect(
                            x + 0.009 + col * 0.019,
                            top + 0.014 + row * step,
                            0.01,
                            0.013,
                            rgb(lit, 0.55 + 0.2 * layer),
                        )
            x += w
    for _ in range(26):
        x = c.rng.uniform(0, c.w)
        tint = c.rng.choice((warm, "#ff8f6a", "#8ac4ff"))
        c.rect(
            x, base + 0.004, 0.011, c.rng.uniform(0.06, 0.2), down(rgb(tint, 0.55), rgb(tint, 0.0))
        )
    c.rect(-0.01, base - 0.004, c.w + 0.02, 0.008, "#0a0c1a")
    return Facts(light="night", tags=("moon",) if moonlit else ())


@scene(
    "house-in-the-country",
    Words(
        names=("a house", "a cottage", "a house with a garden", "a home"),
        settings=("on a meadow", "in the country", "with trees"),
        tags=("building", "trees"),
        coloured=(
            "a house with a {colour} roof",
            "a {colour} roof",
            "a {colour}-roofed house",
            "a cottage with a {colour} roof",
        ),
    ),
)
def house(c: Canvas) -> Facts:
    lamp = light(c.rng, "day", "sunset", "night")
    nature.sky(c, lamp, 0.66)
    nature.meadow(c, lamp, 0.64)
    colour = c.rng.choice(("red", "blue", "green", "grey"))
    roof = lamp.on(named(colour, c.rng), 0.4)
    wall = lamp.on(c.rng.choice(("#f6ead2", "#f3f0ea", "#f0dcc0")), 0.6)
    x, size = c.cx + c.rng.uniform(-0.07, 0.07) * c.u, c.rng.uniform(0.5, 0.6) * c.u
    for side in (-1, 1):
        nature.tree(
            c,
            x + side * size * c.rng.uniform(0.92, 1.1),
            0.82,
            c.rng.uniform(0.34, 0.5),
            lamp.on("#4a8a3f", 0.8),
            lamp.on("#5b3f2d"),
        )
    c.shadow(x, 0.865, size * 0.75, 0.05, 0.6)
    glass = "#ffd977" if lamp.name != "day" else "#7fb4d0"
    with c.at(x, 0.87, size):
        c.rect(0.2, -1.2, 0.15, 0.5, across(lamp.on("#b06a50"), lamp.on("#7c4434")))
        c.rect(0.185, -1.22, 0.18, 0.045, lamp.on("#8a4e3c"), 0.01)
        c.rect(-0.52, -0.56, 1.04, 0.56, across(lighter(wall, 0.15), wall, darker(wall, 0.22)))
        c.rect(-0.52, -0.56, 1.04, 0.09, rgb("#15172b", 0.2))
        c.poly(
            [(-0.66, -0.5), (-0.42, -1.0), (0.42, -1.0), (0.66, -0.5)],
            down(lighter(roof, 0.22), roof, darker(roof, 0.3)),
        )
        for k in range(1, 5):
            y = -1.0 + 0.1 * k
            c.stroke(
                [(-0.42 - 0.048 * k, y), (0.42 + 0.048 * k, y)], 0.008, rgb(darker(roof, 0.5), 0.4)
            )
        for dx in (-0.34, 0.3):
            c.rect(dx - 0.125, -0.4, 0.25, 0.22, "#fdf8ee", 0.012)
            c.rect(dx - 0.1, -0.38, 0.2, 0.18, down(lighter(glass, 0.25), glass))
            c.rect(dx - 0.008, -0.38, 0.016, 0.18, "#fdf8ee")
            c.rect(dx - 0.1, -0.3, 0.2, 0.014, "#fdf8ee")
            if lamp.name != "day":
                c.glow(dx, -0.29, 0.3, "#ffcf6a", 0.5)
        c.rect(-0.115, -0.36, 0.19, 0.36, lamp.on("#6a4430", 0.6), 0.02)
        c.dot(0.045, -0.17, 0.014, "#e8c468")
    path = lamp.on("#d9c4a0", 0.9)
    c.shape(smooth([(x - 0.045, 0.87), (x + 0.03, 0.87), (x + 0.12, 1.05), (x - 0.12, 1.05)]), path)
    for _ in range(26):
        fx, fy = c.rng.uniform(0, c.w), c.rng.uniform(0.9, 0.99)
        c.dot(fx, fy, 0.007, lamp.on(c.rng.choice(("#f7e08a", "#ffffff", "#f0a0c0")), 0.7))
    if lamp.name == "night":
        nature.moon(c, x - c.u * 0.36, 0.16, 0.045)
    return Facts(colour, light=lamp.name, tags=("moon",) if lamp.name == "night" else ())


@scene(
    "bridge",
    Words(
        names=("a bridge", "a suspension bridge", "a bridge over the water"),
        nouns=(
            "bridge",
            "suspension bridge",
        ),
        settings=("over a river", "over the bay", "over the water"),
        tags=("water",),
    ),
)
def bridge(c: Canvas) -> Facts:
    lamp = light(c.rng, "day", "sunset", "night")
    horizon = 0.68
    nature.sky(c, lamp, horizon)
    if lamp.name == "sunset":
        nature.sun(c, c.cx + c.rng.uniform(-0.2, 0.2), 0.6, 0.05, lamp)
    c.ridge(0.64, 0.1, lamp.on(mix("#5f7f8f", lamp.sky[-1], 0.4)), waves=1.4)
    sea = lamp.on("#2f7f9e")
    nature.water(c, horizon, darker(sea, 0.45), lighter(sea, 0.25), lighter(lamp.sky[-1], 0.3))
    colour = c.rng.choice(("red", "grey", "white"))
    paint = lamp.on(named(colour, c.rng), 0.4)
    deck, top = c.rng.uniform(0.56, 0.6), c.rng.uniform(0.18, 0.26)
    half = c.rng.uniform(0.26, 0.32) * c.u
    left, right = c.cx - half, c.cx + half

    def sag(x: float) -> float:
        t = (x - c.cx) / half
        if abs(t) <= 1:
            return deck - 0.03 - (deck - 0.03 - top) * t * t
        return top + (deck - top) * min(1.0, (abs(t) - 1) / 1.1)

    for k in range(60):
        x = c.w * k / 60
        if sag(x) < deck - 0.012:
            c.stroke([(x, sag(x)), (x, deck)], 0.0035, rgb(paint, 0.75))
    c.stroke([(c.w * k / 60, sag(c.w * k / 60)) for k in range(61)], 0.013, paint)
    for x in (left, right):
        c.shadow(x, 0.83, 0.1, 0.014, 0.45)
        for dx in (-0.034, 0.016):
            c.rect(
                x + dx,
                top - 0.03,
                0.018,
                0.86 - top,
                across(lighter(paint, 0.25), darker(paint, 0.25)),
            )
        for k in range(4):
            c.rect(x - 0.034, top + 0.02 + 0.085 * k, 0.068, 0.018, paint)
        c.rect(x - 0.055, 0.8, 0.11, 0.035, lamp.on("#8a8578"), 0.008)
    c.rect(-0.01, deck, c.w + 0.02, 0.032, down(lighter(paint, 0.2), darker(paint, 0.35)))
    c.rect(-0.01, deck + 0.032, c.w + 0.02, 0.012, rgb("#10121c", 0.5))
    if lamp.name != "day":
        for k in range(14):
            c.glow(c.w * (k + 0.5) / 14, deck - 0.015, 0.026, "#ffe09a", 0.95)
    return Facts(colour, light=lamp.name)


@scene(
    "castle",
    Words(
        names=("a castle", "an old castle", "a castle on a hill", "a fortress with towers"),
        settings=("on a hill", "on a green hill"),
        tags=(
            "building",
            "trees",
        ),
        coloured=("a castle with {colour} roofs", "a castle with {colour} towers"),
    ),
)
def castle(c: Canvas) -> Facts:
    lamp = light(c.rng, "day", "sunset", "night")
    nature.sky(c, lamp, 0.8)
    if lamp.name == "night":
        nature.moon(c, c.cx + 0.3 * c.u, 0.15, 0.06)
    c.ridge(0.68, 0.16, lamp.on(mix("#7f9fb0", lamp.sky[-1], 0.45)), waves=1.6)
    hill = lamp.on("#5f9a48")
    c.blob(
        [
            (c.cx - 0.8, 1.1),
            (c.cx - 0.55, 0.88),
            (c.cx - 0.25, 0.765),
            (c.cx + 0.25, 0.765),
            (c.cx + 0.55, 0.88),
            (c.cx + 0.8, 1.1),
        ],
        down(lighter(hill, 0.15), darker(hill, 0.4)),
    )
    colour = c.rng.choice(("red", "blue", "green", "purple"))
    roof = lamp.on(named(colour, c.rng), 0.35)
    stone = lamp.on(c.rng.choice(("#d9cdb8", "#c8c4be", "#e4d4b4")), 0.75)
    glow = "#ffdc86" if lamp.name != "day" else "#3a3f52"
    body = across(lighter(stone, 0.22), stone, darker(stone, 0.32))

    def tower(x: float, w: float, top: float, low: float) -> None:
        c.rect(x - w / 2, top, w, low - top, body)
        c.poly(
            [(x - w * 0.68, top + 0.004), (x, top - w * 1.55), (x + w * 0.68, top + 0.004)],
            across(lighter(roof, 0.25), roof, darker(roof, 0.38)),
        )
        c.rect(x - w * 0.11, top + w * 0.45, w * 0.22, w * 0.42, glow, w * 0.1)
        c.stroke([(x, top - w * 1.55), (x, top - w * 1.95)], 0.005, "#5a4a40")
        c.poly(
            [(x, top - w * 1.95), (x + w * 0.42, top - w * 1.8), (x, top - w * 1.65)],
            lighter(roof, 0.15),
        )

    with c.at(
        c.cx + c.rng.uniform(-0.05, 0.05) * c.u,
        0.8,
        c.u * c.rng.uniform(0.95, 1.08),
        flip=c.rng.random() < 0.5,
    ):
        tower(-0.12, 0.1, -0.38, 0)
        tower(0.05, 0.13, -0.42, 0)
        tower(0.19, 0.09, -0.3, 0)
        c.rect(-0.28, -0.2, 0.56, 0.21, body)
        for k in range(10):
            c.rect(-0.28 + k * 0.058, -0.225, 0.034, 0.03, stone)
        for _ in range(16):
            c.rect(
                c.rng.uniform(-0.27, 0.23),
                c.rng.uniform(-0.18, -0.02),
                0.035,
                0.014,
                rgb(darker(stone, 0.3), 0.35),
                0.004,
            )
        tower(-0.29, 0.12, -0.26, 0.02)
        tower(0.29, 0.12, -0.26, 0.02)
        gate = smooth([(-0.06, 0.01), (-0.06, -0.09), (0, -0.15), (0.06, -0.09), (0.06, 0.01)])
        c.shape(gate, darker(stone, 0.7))
    for _ in range(8):
        x = c.cx + c.rng.choice((-1, 1)) * c.rng.uniform(0.26, 0.5)
        nature.tree(
            c, x, 0.86 + c.rng.uniform(0, 0.08), c.rng.uniform(0.07, 0.12), lamp.on("#3f7a3f")
        )
    return Facts(colour, light=lamp.name, tags=("moon",) if lamp.name == "night" else ())


@scene(
    "windmill",
    Words(
        names=("a windmill", "an old windmill", "a windmill in the fields"),
        settings=("in a field", "behind tulips", "in Holland"),
        tags=(
            "building",
            "flowers",
        ),
    ),
)
def windmill(c: Canvas) -> Facts:
    lamp = light(c.rng, "day", "sunset")
    nature.sky(c, lamp, 0.72)
    c.ridge(0.7, 0.03, lamp.on("#7f9f7a"), waves=1.5)
    field = lamp.on("#5f9f48")
    c.backdrop(lighter(field, 0.15), darker(field, 0.3), top=0.71)
    x, size = c.cx + c.rng.uniform(-0.12, 0.12) * c.u, c.rng.uniform(0.88, 1.0)
    brick = lamp.on(c.rng.choice(("#a85f44", "#d9d0bf", "#8a6a54")), 0.8)
    c.shadow(x, 0.8, 0.22, 0.03, 0.5)
    with c.at(x, 0.8, size):
        c.poly(
            [(-0.16, 0), (-0.085, -0.42), (0.085, -0.42), (0.16, 0)],
            across(lighter(brick, 0.25), brick, darker(brick, 0.4)),
        )
        c.blob(
            [(-0.1, -0.41), (-0.07, -0.5), (0, -0.53), (0.07, -0.5), (0.1, -0.41)],
            down(lamp.on("#6a4a3a"), lamp.on("#3a2820")),
        )
        c.rect(-0.14, -0.2, 0.28, 0.016, lamp.on("#f0e6d2"), 0.004)
        c.rect(-0.035, -0.11, 0.07, 0.11, lamp.on("#4a3020"), 0.02)
        for y in (-0.33, -0.27):
            c.rect(-0.02, y, 0.04, 0.04, lamp.on("#f7efdc"), 0.004)
        turn = c.rng.uniform(0, 90)
        for k in range(4):
            with c.at(0, -0.45, 1, turn + 90 * k):
                c.rect(-0.006, -0.37, 0.012, 0.37, lamp.on("#4f3626"))
                c.rect(0.004, -0.37, 0.062, 0.28, rgb(lamp.on("#f8f0de", 0.7), 0.9))
                for j in range(5):
                    c.rect(0.004, -0.37 + 0.066 * j, 0.062, 0.006, lamp.on("#6f4f38"))
                c.rect(0.034, -0.37, 0.005, 0.28, lamp.on("#6f4f38"))
        c.dot(0, -0.45, 0.02, lamp.on("#3a2820"))
    tulip = c.rng.choice(("#e0353a", "#f6c832", "#ee7fae", "#8f4fc0"))
    for row in range(7):
        t = row / 6
        y, r = 0.83 + 0.17 * t, 0.006 + 0.012 * t
        for k in range(int(c.w / (r * 2.6))):
            c.oval(
                (k + c.rng.random()) * r * 2.6,
                y + c.rng.uniform(-0.01, 0.01),
                r,
                r * 1.15,
                lamp.on(mix(tulip, "#ffffff", c.rng.uniform(0, 0.25)), 0.7),
            )
    return Facts(light=lamp.name)
