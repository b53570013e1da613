"""Single animals, close up."""

from __future__ import annotations

from . import nature
from .canvas import Canvas, across, down, round_light, smooth
from .palette import darker, light, lighter, mix, named, rgb
from .registry import Facts, Words, scene

BACKDROPS = ("#7fa88a", "#8fa4c0", "#c4a08a", "#a894b8", "#6f98a8", "#c9b27c")


def _blurred_garden(c: Canvas) -> None:
    """An out-of-focus background, as a portrait lens gives."""
    tint = c.rng.choice(BACKDROPS)
    c.backdrop(lighter(tint, 0.3), tint, darker(tint, 0.3))
    for _ in range(16):
        c.glow(
            c.rng.uniform(0, c.w),
            c.rng.uniform(0, 1),
            c.rng.uniform(0.06, 0.16),
            lighter(tint, 0.55),
            0.32,
        )


@scene(
    "cat",
    Words(
        names=("a cat", "a cat's face", "a kitten", "a portrait of a cat"),
        nouns=(
            "cat",
            "kitten",
        ),
        settings=("looking at you", "close up"),
        tags=("animal", "pet"),
    ),
)
def cat(c: Canvas) -> Facts:
    _blurred_garden(c)
    colour = c.rng.choice(("orange", "black", "white", "grey"))
    fur = named(colour, c.rng)
    iris = c.rng.choice(("#8fc04a", "#e0b43a", "#6ab0dc"))
    inner = "#e8a0a0"
    with c.at(
        c.cx + c.rng.uniform(-0.05, 0.05) * c.u,
        0.55,
        c.rng.uniform(0.36, 0.41) * c.u,
        c.rng.uniform(-7, 7),
    ):
        c.blob(
            [(-0.75, 0.5), (0, 0.3), (0.75, 0.5), (1.05, 1.9), (-1.05, 1.9)],
            across(lighter(fur, 0.1), fur, darker(fur, 0.4)),
        )
        c.shadow(0, 0.85, 0.8, 0.25, 0.5)
        for way in (-1, 1):
            c.poly(
                [(way * 0.9, -0.22), (way * 0.86, -1.18), (way * 0.22, -0.66)],
                down(fur, darker(fur, 0.18)),
            )
            c.poly(
                [(way * 0.78, -0.4), (way * 0.79, -0.96), (way * 0.38, -0.6)], mix(inner, fur, 0.2)
            )
        head = smooth(
            [
                (-0.98, 0.1),
                (-0.82, -0.48),
                (-0.35, -0.78),
                (0, -0.8),
                (0.35, -0.78),
                (0.82, -0.48),
                (0.98, 0.1),
                (0.72, 0.58),
                (0, 0.8),
                (-0.72, 0.58),
            ]
        )
        c.shape(head, round_light(fur, 0.3))
        with c.clipped(head):
            stripe = darker(fur, 0.35 if colour != "black" else 0.6)
            if colour in ("orange", "grey"):
                for x in (-0.22, 0, 0.22):
                    c.stroke([(x, -0.85), (x * 0.7, -0.45)], 0.07, rgb(stripe, 0.7))
                for way in (-1, 1):
                    for y in (-0.02, 0.2):
                        c.stroke([(way * 1.0, y), (way * 0.68, y + 0.08)], 0.06, rgb(stripe, 0.6))
            c.oval(0, 0.5, 0.5, 0.34, rgb(lighter(fur, 0.7 if colour != "black" else 0.2), 0.8))
        for way in (-1, 1):
            x = way * 0.42
            c.oval(x, -0.1, 0.235, 0.21, darker(fur, 0.6))
            c.oval(x, -0.1, 0.21, 0.19, round_light(iris, 0.3))
            c.oval(x, -0.1, 0.075, 0.17, "#0c0c12")
            c.dot(x - 0.07, -0.17, 0.05, "#ffffff")
            for dy in (0.0, 0.1, 0.2):
                c.stroke(
                    [(way * 0.3, 0.42 + dy * 0.5), (way * 1.2, 0.28 + dy * 1.6)],
                    0.014,
                    rgb("#ffffff" if colour != "white" else "#8a8a90", 0.8),
                )
        c.blob([(-0.12, 0.22), (0.12, 0.22), (0.0, 0.36)], "#d87f86")
        mouth = "#4a2a30" if colour != "black" else "#c0909a"
        c.stroke([(0, 0.36), (-0.06, 0.48), (-0.22, 0.5)], 0.03, mouth, curved=True)
        c.stroke([(0, 0.36), (0.06, 0.48), (0.22, 0.5)], 0.03, mouth, curved=True)
    return Facts(colour)


@scene(
    "dog",
    Words(
        names=("a dog", "a dog's face", "a puppy", "a portrait of a dog"),
        nouns=(
            "dog",
            "puppy",
        ),
        settings=("looking at you", "close up"),
        tags=("animal", "pet"),
    ),
)
def dog(c: Canvas) -> Facts:
    _blurred_garden(c)
    colour = c.rng.choice(("brown", "black", "white"))
    fur = named(colour, c.rng)
    ear = darker(fur, 0.35) if colour != "white" else mix(fur, "#a8845c", 0.75)
    with c.at(
        c.cx + c.rng.uniform(-0.05, 0.05) * c.u,
        0.5,
        c.rng.uniform(0.37, 0.42) * c.u,
        c.rng.uniform(-8, 8),
    ):
        c.blob(
            [(-0.7, 0.6), (0, 0.4), (0.7, 0.6), (1.0, 2.0), (-1.0, 2.0)],
            across(lighter(fur, 0.1), fur, darker(fur, 0.4)),
        )
        c.blob(
            [(-0.62, 0.92), (0, 1.06), (0.62, 0.92), (0.6, 1.1), (0, 1.24), (-0.6, 1.1)],
            c.rng.choice(("#c8342c", "#2f6fc0")),
        )
        c.dot(0, 1.24, 0.1, round_light("#f0c040", 0.4))
        head = smooth(
            [
                (-0.72, -0.1),
                (-0.62, -0.62),
                (0, -0.86),
                (0.62, -0.62),
                (0.72, -0.1),
                (0.52, 0.52),
                (0.3, 0.88),
                (0, 0.96),
                (-0.3, 0.88),
                (-0.52, 0.52),
            ]
        )
        c.shape(head, round_light(fur, 0.32))
        pale = lighter(fur, 0.75 if colour == "brown" else 0.22)
        c.blob(
            [
                (-0.09, -0.8),
                (0.09, -0.8),
                (0.12, -0.1),
                (0.36, 0.34),
                (0.3, 0.84),
                (0, 0.92),
                (-0.3, 0.84),
                (-0.36, 0.34),
                (-0.12, -0.1),
            ],
            rgb(pale, 0.85),
        )
        for way in (-1, 1):
            c.blob(
                [
                    (way * 0.42, -0.74),
                    (way * 0.8, -0.66),
                    (way * 1.12, -0.02),
                    (way * 0.98, 0.44),
                    (way * 0.74, 0.3),
                    (way * 0.64, -0.24),
                ],
                round_light(ear, 0.35),
            )
            c.dot(way * 0.34, -0.16, 0.135, darker(fur, 0.7))
            c.dot(way * 0.34, -0.16, 0.115, round_light("#6a3f1f", 0.4))
            c.dot(way * 0.34, -0.16, 0.06, "#0c0a0c")
            c.dot(way * 0.34 - 0.035, -0.2, 0.032, "#ffffff")
        if c.rng.random() < 0.6:
            c.blob(
                [(-0.13, 0.66), (0.13, 0.66), (0.13, 0.98), (0, 1.06), (-0.13, 0.98)],
                across("#f58f9a", "#d8606e"),
            )
        c.stroke(
            [(-0.3, 0.58), (-0.12, 0.68), (0, 0.56), (0.12, 0.68), (0.3, 0.58)],
            0.035,
            "#2a1a1c",
            curved=True,
        )
        c.blob(
            [(-0.2, 0.26), (0, 0.2), (0.2, 0.26), (0.12, 0.43), (0, 0.5), (-0.12, 0.43)],
            round_light("#2c2428", 0.5),
        )
    return Facts(colour)


@scene(
    "butterfly",
    Words(
        names=("a butterfly", "a butterfly on a flower", "a butterfly with open wings"),
        nouns=("butterfly",),
        settings=("on a flower", "in the garden", "in a meadow"),
        tags=("animal", "insect", "flowers"),
    ),
)
def butterfly(c: Canvas) -> Facts:
    tint = c.rng.choice(("#6f9f52", "#8fae5a", "#5a8f6a"))
    c.backdrop(lighter(tint, 0.45), tint, darker(tint, 0.35))
    for _ in range(22):
        c.glow(
            c.rng.uniform(0, c.w),
            c.rng.uniform(0, 1),
            c.rng.uniform(0.05, 0.12),
            c.rng.choice((lighter(tint, 0.6).name(), "#f8d8e8", "#fff4b8")),
            0.35,
        )
    colour = c.rng.choice(("blue", "orange", "white", "purple"))
    wing = named(colour, c.rng)
    fx, fy = c.cx, 0.76
    c.stroke([(fx, fy), (fx + 0.03, 1.05)], 0.018, across("#6f9f4a", "#3f6f30"))
    petal = "#f7b4cc" if colour != "purple" else "#fbe08a"
    for k in range(12):
        with c.at(fx, fy, 0.15 * c.u, k * 30 + 10):
            c.blob(
                [(0, 0), (0.26, -0.6), (0, -1.05), (-0.26, -0.6)],
                down(lighter(petal, 0.4), darker(petal, 0.12)),
            )
    c.dot(fx, fy, 0.05 * c.u, round_light("#e8b030", 0.4))
    edge = mix(darker(wing, 0.8), "#1a1210", 0.5)
    with c.at(c.cx, 0.47, c.rng.uniform(0.4, 0.46) * c.u, c.rng.uniform(-24, 24)):
        for way in (-1, 1):
            upper = [
                (way * 0.05, -0.1),
                (way * 0.4, -0.75),
                (way * 0.98, -0.8),
                (way * 1.0, -0.3),
                (way * 0.55, 0.06),
            ]
            lower = [
                (way * 0.05, 0.0),
                (way * 0.6, 0.06),
                (way * 0.8, 0.42),
                (way * 0.5, 0.8),
                (way * 0.16, 0.5),
            ]
            for points in (lower, upper):
                c.blob(points, edge)
                mx = sum(p[0] for p in points) / 5
                my = sum(p[1] for p in points) / 5
                inner = smooth([(mx + (x - mx) * 0.84, my + (y - my) * 0.84) for x, y in points])
                c.shape(inner, round_light(wing, 0.25))
                with c.clipped(inner):
                    for px, py in points:
                        c.stroke([(way * 0.04, 0), (px, py)], 0.02, rgb(edge, 0.65))
                    c.dot(mx + way * 0.14, my, 0.1, rgb(lighter(wing, 0.65), 0.75))
            for x, y in ((0.92, -0.62), (0.94, -0.42), (0.72, 0.5), (0.6, 0.68)):
                c.dot(way * x, y, 0.035, "#fffaf0")
            c.stroke(
                [(way * 0.02, -0.32), (way * 0.12, -0.6), (way * 0.26, -0.74)],
                0.02,
                "#20161a",
                curved=True,
            )
            c.dot(way * 0.26, -0.74, 0.03, "#20161a")
        c.oval(0, 0.08, 0.06, 0.46, across("#5a4438", "#1c1412"))
        c.dot(0, -0.34, 0.075, "#2a1e1c")
    return Facts(colour)


@scene(
    "owl",
    Words(
        names=("an owl", "an owl on a branch", "an owl at night"),
        nouns=("owl",),
        settings=("on a branch", "in a tree", "in the moonlight"),
        tags=(
            "animal",
            "bird",
            "moon",
        ),
    ),
)
def owl(c: Canvas) -> Facts:
    lamp = light(c.rng, "night")
    nature.sky(c, lamp)
    nature.moon(c, c.cx + c.rng.uniform(-0.12, 0.12) * c.u, 0.4, c.rng.uniform(0.26, 0.34) * c.u)
    colour = c.rng.choice(("brown", "white"))
    fur = mix(named(colour, c.rng), "#1a2040", 0.1)
    c.ridge(0.97, 0.08, "#070a14", waves=2)
    c.stroke(
        [(-0.05, 0.9), (c.cx * 0.6, 0.84), (c.cx, 0.845), (c.w + 0.05, 0.76)],
        0.05,
        down("#5a4030", "#241812"),
        curved=True,
    )
    for _ in range(7):
        x = c.rng.uniform(0, c.w)
        if abs(x - c.cx) > 0.22:
            c.oval(x, 0.8 + c.rng.uniform(-0.05, 0.05), 0.05, 0.02, "#1f3a30")
    with c.at(c.cx, 0.85, c.rng.uniform(0.54, 0.62) * c.u):
        c.rect(-0.14, -0.06, 0.28, 0.26, darker(fur, 0.35), 0.04)
        c.blob(
            [
                (-0.36, -0.98),
                (-0.2, -0.88),
                (0.2, -0.88),
                (0.36, -0.98),
                (0.38, -0.6),
                (0.42, -0.3),
                (0.26, 0),
                (0, 0.05),
                (-0.26, 0),
                (-0.42, -0.3),
                (-0.38, -0.6),
            ],
            round_light(fur, 0.35),
        )
        c.oval(0, -0.28, 0.25, 0.3, lighter(fur, 0.45))
        for row in range(5):
            for k in range(5 - row % 2):
                c.arc(
                    -0.18 + 0.09 * k + 0.045 * (row % 2),
                    -0.48 + 0.1 * row,
                    0.035,
                    180,
                    180,
                    0.014,
                    rgb(darker(fur, 0.25), 0.8),
                )
        for way in (-1, 1):
            c.blob(
                [(way * 0.36, -0.56), (way * 0.46, -0.26), (way * 0.34, 0.0), (way * 0.27, -0.3)],
                darker(fur, 0.32),
            )
            c.dot(way * 0.17, -0.7, 0.17, lighter(fur, 0.5))
            c.dot(way * 0.17, -0.7, 0.125, round_light("#ffc52a", 0.25))
            c.dot(way * 0.17, -0.7, 0.065, "#0c0a10")
            c.dot(way * 0.17 - 0.03, -0.74, 0.025, "#ffffff")
            for k in range(3):
                c.oval(way * 0.13 + (k - 1) * 0.04, 0.02, 0.018, 0.045, "#d8a03a")
        c.poly([(-0.05, -0.64), (0.05, -0.64), (0, -0.5)], down("#f0b040", "#b8741c"))
    return Facts(colour, light="night")
