"""Wide views: mountains, hills, woods, deserts."""

from __future__ import annotations

from . import nature
from .canvas import Canvas, across, down, smooth
from .palette import darker, light, lighter, mix, rgb
from .registry import Facts, Words, scene, spread


@scene(
    "snowy-mountains",
    Words(
        names=("snowy mountains", "snow-covered mountains", "mountain peaks with snow", "the alps"),
        settings=("in winter", "above a lake", "above the pines"),
        tags=(
            "mountains",
            "snow",
            "winter",
            "trees",
        ),
    ),
)
def snowy_mountains(c: Canvas) -> Facts:
    lamp = light(c.rng, "day", "sunset", "night")
    nature.sky(c, lamp, 0.8, clouds=2)
    if lamp.name == "night":
        nature.moon(c, c.rng.uniform(0.2, 0.8) * c.w, 0.14, 0.045)
    c.ridge(
        0.52, 0.26, down(lamp.on(mix("#8ba6c4", lamp.sky[-1], 0.35)), lamp.sky[-1]), jagged=True
    )
    lit, shade = lamp.on("#f6f9fd", 0.65), lamp.on("#7f97b8", 0.9)
    peaks = sorted(
        (c.rng.uniform(0.3, 0.5), c.cx + dx * c.u + c.rng.uniform(-0.08, 0.08))
        for dx in (-0.5, -0.05, 0.42)
    )
    for top, x in reversed(peaks):
        top -= 0.14
        half = (0.86 - top) * c.rng.uniform(0.75, 0.95)
        c.poly([(x, top), (x + half, 0.86), (x - half, 0.86)], down(lit, mix(lit, shade, 0.55)))
        notch = half * c.rng.uniform(0.08, 0.2)
        c.poly(
            [
                (x, top),
                (x + half, 0.86),
                (x + half * 0.05, 0.86),
                (x + notch, 0.62),
                (x - notch * 0.3, 0.48),
                (x + notch * 0.5, 0.4),
            ],
            down(mix(lit, shade, 0.6), darker(shade, 0.2)),
        )
        for _ in range(7):
            t = c.rng.uniform(0.45, 0.95)
            dx, y = c.rng.uniform(-0.7, 0.7) * half * t, top + (0.86 - top) * t
            s, way = c.rng.uniform(0.05, 0.11), 1 if dx > 0 else -1
            crag = [
                (x + dx, y - s),
                (x + dx + way * s * 0.5, y),
                (x + dx + way * s * 0.3, y + s * 0.2),
            ]
            c.poly(crag, rgb(shade if dx < 0 else lit, 0.55))
    ground = c.ridge(0.84, 0.05, down(lit, shade), waves=1.2)
    green = lamp.on("#24473f")
    nature.pines(c, ground, 46, 0.11, mix(green, shade, 0.25))
    for _ in range(7):
        nature.pine(
            c, c.rng.uniform(0, c.w), c.rng.uniform(0.95, 1.03), c.rng.uniform(0.16, 0.26), green
        )
    return Facts(light=lamp.name, tags=("moon",) if lamp.name == "night" else ())


@scene(
    "rainbow-over-hills",
    Words(
        names=("a rainbow over hills", "a rainbow", "a rainbow in the sky"),
        settings=("over a meadow", "over green fields", "after the rain"),
        tags=(
            "trees",
            "landscape",
        ),
    ),
)
def rainbow(c: Canvas) -> Facts:
    grey = c.rng.uniform(0.0, 0.5)
    c.backdrop(
        mix("#4f96d6", "#6f8098", grey), mix("#a6d4f0", "#aebccb", grey), "#eef4ee", bottom=0.75
    )
    for _ in range(4):
        nature.cloud(c, c.rng.uniform(0, c.w), c.rng.uniform(0.06, 0.3), c.rng.uniform(0.09, 0.17))
    x, y = c.cx + c.rng.uniform(-0.15, 0.15) * c.u, c.rng.uniform(0.72, 0.8)
    r = c.rng.uniform(0.4, 0.52) * (0.6 + 0.4 * c.u)
    band = r * 0.046
    for k, colour in enumerate(
        ("#ef4b4b", "#f99a3c", "#fbe04e", "#5cc162", "#4a90e2", "#5d5bd0", "#9a5cc8")
    ):
        c.ring(x, y, r - k * band, band * 1.15, rgb(colour, 0.86))
    c.glow(x, y, r - 7 * band, "#ffffff", 0.25)
    lamp = light(c.rng, "day")
    far = c.rng.choice(("#8fc06a", "#a3bd62", "#79b58a"))
    c.ridge(0.68, 0.1, down(lighter(far, 0.2), far), waves=1.6)
    hills = c.ridge(0.76, 0.1, down(lamp.on("#78b24f"), "#4f8a3f"), waves=1.2)
    for _ in range(5):
        tx, ty = c.rng.choice(hills[3:-3])
        nature.tree(c, tx, ty + 0.02, c.rng.uniform(0.07, 0.13), "#3f7d3c")
    c.ridge(0.9, 0.06, down("#5f9f43", "#376f33"), waves=0.9)
    nature.grass(c, 0.92, "#5f9f43")
    return Facts(light="day")


@scene(
    "forest",
    Words(
        names=("a forest", "the woods", "trees in a forest", "a forest path"),
        settings=("in the woods", "with tall trees"),
        tags=("trees",),
        coloured=("a {colour} forest", "{colour} trees", "{colour} leaves in the forest"),
    ),
)
def forest(c: Canvas) -> Facts:
    colour = c.rng.choice(("green", "orange"))
    leaf = (
        mix("#3f7d3c", "#6f9f3c", c.rng.random())
        if colour == "green"
        else mix("#d9701c", "#e8942a", c.rng.random())
    )
    mist = mix("#e4f0dc" if colour == "green" else "#fbe6c4", leaf, 0.1)
    c.backdrop(lighter(mist, 0.4), mist, mix(mist, leaf, 0.5))
    c.glow(c.cx, 0.3, 0.6, "#fffbe6", 0.8)
    for layer in range(4):
        t = layer / 3
        bark = mix(mix(mist, leaf, 0.35), "#3a2a22", 0.12 + 0.8 * t)
        crown = mix(mist, leaf, 0.45 + 0.5 * t)
        base = 0.72 + 0.09 * layer
        for _ in range(9 - layer):
            x = c.rng.uniform(-0.05, c.w + 0.05)
            if layer > 1 and abs(x - c.cx) < 0.17:
                x += 0.3 if x > c.cx else -0.3
            half = 0.008 + 0.016 * t
            c.poly(
                [(x - half, base), (x - half * 0.6, 0), (x + half * 0.6, 0), (x + half, base)],
                across(lighter(bark, 0.15), darker(bark, 0.25)),
            )
            for _ in range(3):
                y = c.rng.uniform(-0.02, 0.3 + 0.05 * (3 - layer))
                r = c.rng.uniform(0.06, 0.12)
                c.oval(
                    x + c.rng.uniform(-0.1, 0.1),
                    y,
                    r * 1.4,
                    r,
                    rgb(mix(crown, darker(crown, 0.3), c.rng.random()), 0.8),
                )
        c.ridge(
            base,
            0.03,
            down(mix(crown, mist, 0.3 - 0.1 * layer), darker(crown, 0.12 * layer)),
            waves=1.4,
        )
    path = mix("#c9a878", leaf, 0.15)
    c.shape(
        smooth(
            [
                (c.cx - 0.05, 0.78),
                (c.cx + 0.02, 0.775),
                (c.cx + 0.09, 0.86),
                (c.cx + 0.32, 1.12),
                (c.cx - 0.3, 1.12),
                (c.cx - 0.08, 0.88),
            ]
        ),
        down(lighter(path, 0.35), darker(path, 0.25)),
    )
    for k in range(4):
        x = c.cx + (k - 1.5) * 0.2
        c.poly(
            [(x, 0), (x + 0.06, 0), (x - 0.12, 0.9), (x - 0.26, 0.9)],
            down(rgb("#fffbe0", 0.28), rgb("#fffbe0", 0.0)),
        )
    return Facts(colour, light="day")


@scene(
    "desert-with-cacti",
    Words(
        names=("a desert with cacti", "a cactus", "a cactus in the desert", "a desert"),
        nouns=("cactus",),
        plurals=("cacti", "cactuses", "cacti in the desert"),
        settings=("in the desert", "on the dunes", "in the sand"),
        tags=(
            "sand",
            "landscape",
        ),
    ),
)
def desert(c: Canvas) -> Facts:
    lamp = light(c.rng, "day", "sunset", "night")
    nature.sky(c, lamp, 0.62, clouds=1)
    if lamp.name == "night":
        nature.moon(c, c.rng.uniform(0.15, 0.85) * c.w, 0.16, 0.05, True, lamp.sky[0])
    else:
        nature.sun(c, c.rng.uniform(0.1, 0.9) * c.w, 0.2 if lamp.name == "day" else 0.5, 0.05, lamp)
    mesa = lamp.on(mix("#c2704a", lamp.sky[-1], 0.35))
    for _ in range(2):
        x, half, top = c.rng.uniform(0, c.w), c.rng.uniform(0.1, 0.2), c.rng.uniform(0.44, 0.54)
        c.poly(
            [(x - half, top), (x + half, top), (x + half * 1.4, 0.66), (x - half * 1.4, 0.66)],
            across(lighter(mesa, 0.15), darker(mesa, 0.25)),
        )
    sand = lamp.on(c.rng.choice(("#eebf7a", "#e5a766", "#efcf94")), 0.9)
    for k, y in enumerate((0.64, 0.73, 0.86)):
        c.ridge(
            y, 0.07, down(lighter(sand, 0.2 - 0.06 * k), darker(sand, 0.22 + 0.06 * k)), waves=1.1
        )
    count = c.rng.randint(1, 4)
    for i, (x, room) in enumerate(spread(c, count, 0.94)):
        size = min(room * 1.25, 0.52) * c.rng.uniform(0.9, 1.05)
        base = 0.86 + 0.05 * (i % 2)
        green = lamp.on(mix("#2f8a4a", "#4f9a4a", c.rng.random()), 0.62)
        skin = across(lighter(green, 0.3), green, darker(green, 0.45))
        c.shadow(x + size * 0.15, base, size * 0.3, size * 0.05, 0.5)
        with c.at(x, base, size, flip=c.rng.random() < 0.5):
            c.stroke([(-0.02, -0.35), (-0.28, -0.38), (-0.29, -0.66)], 0.12, darker(green, 0.08))
            c.stroke([(0.02, -0.24), (0.26, -0.27), (0.27, -0.5)], 0.11, darker(green, 0.2))
            c.rect(-0.1, -1, 0.2, 1.02, skin, 0.1)
            for dx in (-0.045, 0.01, 0.06):
                c.rect(dx, -0.94, 0.01, 0.93, rgb(darker(green, 0.5), 0.5))
            c.dot(0, -1.0, 0.045, "#f26a9a")
    return Facts(count=count, light=lamp.name, tags=("moon",) if lamp.name == "night" else ())


@scene(
    "volcano",
    Words(
        names=("an erupting volcano", "a volcano", "a volcano with lava", "a volcanic eruption"),
        settings=("with glowing lava", "with a column of fire"),
        tags=(
            "mountains",
            "fire",
            "lava",
        ),
    ),
)
def volcano(c: Canvas) -> Facts:
    lamp = light(c.rng, "sunset", "night")
    nature.sky(c, lamp, 0.85, clouds=1)
    x, top = c.cx + c.rng.uniform(-0.1, 0.1) * c.u, c.rng.uniform(0.36, 0.44)
    half = c.rng.uniform(0.075, 0.1)
    c.glow(x, top, 0.6, "#ff5a1f", 0.85)
    for _ in range(16):
        t = c.rng.random()
        c.glow(
            x + c.rng.gauss(0, 0.04 + 0.12 * t),
            top - 0.08 - 0.36 * t,
            0.06 + 0.1 * t,
            mix("#7a3a30", "#33303c", t),
            0.7,
        )
    for _ in range(34):
        t, a = c.rng.random(), c.rng.gauss(0, 1)
        x0, y0 = x + a * 0.02, top - 0.02
        c.stroke(
            [(x0, y0), (x + a * 0.06 * (0.4 + t), top - 0.34 * t)],
            0.004 + 0.004 * t,
            rgb(c.rng.choice(("#ffd25a", "#ff8a2a", "#ff5a1c")), 0.8),
        )
    rock = mix("#3a2a30", "#4a3630", c.rng.random())
    c.poly(
        [
            (x - half, top),
            (x + half, top),
            (x + half + 0.2, 0.62),
            (x + 0.7, 1.0),
            (x - 0.7, 1.0),
            (x - half - 0.2, 0.62),
        ],
        across(lighter(rock, 0.2), rock, darker(rock, 0.55)),
    )
    c.oval(x, top, half, 0.018, "#ffdf6a")
    for dx in (-0.5, 0.1, 0.65):
        path = [(x + half * dx, top)]
        for k in range(1, 6):
            path.append(
                (
                    path[-1][0] + (dx * 0.055 + c.rng.uniform(-0.03, 0.03)),
                    top + 0.1 * k * c.rng.uniform(0.85, 1),
                )
            )
        c.stroke(path, 0.034, rgb("#ff4a14", 0.5), curved=True)
        c.stroke(path, 0.016, down("#ffe27a", "#ff6a1c", "#d92a10"), curved=True)
    c.ridge(0.86, 0.06, down("#2a2026", "#0f0c12"), waves=2)
    return Facts(light=lamp.name)
