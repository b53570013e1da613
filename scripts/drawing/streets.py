"""What is seen on roads and fields."""

from __future__ import annotations

import math

from PyQt6.QtGui import QColor

from . import nature
from .canvas import Canvas, across, down, polygon, round_light, smooth
from .palette import Light, darker, light, lighter, mix, named, rgb
from .registry import Facts, Words, scene


def _wheel(c: Canvas, x: float, y: float, r: float) -> None:
    c.dot(x, y, r, "#1d1e24")
    c.dot(x, y, r * 0.62, round_light("#c4c8d0", 0.35))
    for k in range(5):
        a = math.tau * k / 5
        c.stroke(
            [(x, y), (x + r * 0.5 * math.cos(a), y + r * 0.5 * math.sin(a))], r * 0.1, "#6f747e"
        )
    c.dot(x, y, r * 0.14, "#3f434c")


def _glass(lamp: Light) -> tuple[QColor, QColor]:
    return (lamp.on("#e2f3fa", 0.6), lamp.on("#6f9fbc", 0.8))


@scene(
    "traffic-lights",
    Words(
        names=("traffic lights", "a traffic light", "a stop light", "traffic signals"),
        settings=("on the street", "at a crossing", "in the city"),
        tags=("city",),
        coloured=(
            "a {colour} traffic light",
            "{colour} traffic lights",
            "a traffic light on {colour}",
            "a {colour} light at the crossing",
        ),
    ),
)
def traffic_lights(c: Canvas) -> Facts:
    lamp = light(c.rng, "day", "sunset", "night")
    nature.sky(c, lamp, 0.9)
    x = -0.03
    while x < c.w:
        w, h = c.rng.uniform(0.14, 0.26), c.rng.uniform(0.25, 0.5)
        wall = lamp.on(mix(c.rng.choice(("#b08f7c", "#9aa4b0", "#c4b49c")), lamp.sky[-1], 0.35))
        c.rect(x, 0.86 - h, w, h, across(lighter(wall, 0.1), darker(wall, 0.15)))
        for row in range(int(h / 0.09)):
            for col in range(int(w / 0.06)):
                pane = (
                    "#ffdf94" if lamp.name != "day" and c.rng.random() < 0.5 else darker(wall, 0.3)
                )
                c.rect(x + 0.018 + col * 0.06, 0.88 - h + row * 0.09, 0.03, 0.045, rgb(pane, 0.75))
        x += w
    for _ in range(10):
        c.glow(
            c.rng.uniform(0, c.w),
            c.rng.uniform(0.6, 0.85),
            c.rng.uniform(0.03, 0.06),
            c.rng.choice(("#ffd28a", "#ffffff")),
            0.4,
        )
    c.backdrop(lamp.on("#6a6c74"), lamp.on("#45474f"), top=0.86)
    colour = c.rng.choice(("red", "yellow", "green"))
    bulbs = {"red": "#ff3a2a", "yellow": "#ffd02a", "green": "#35e06a"}
    px, size = c.cx + c.rng.uniform(-0.14, 0.14) * c.u, c.rng.uniform(0.2, 0.25)
    c.rect(px - 0.014, 0.5, 0.028, 0.5, across("#7a7d86", "#3a3c44"))
    with c.at(px, 0.4, size):
        c.rect(-0.6, -1.5, 1.2, 3.0, across("#3f434c", "#2a2d34", "#17191f"), 0.24)
        for k, name in enumerate(bulbs):
            y = (k - 1) * 0.94
            c.dot(0, y, 0.43, "#101216")
            if name == colour:
                c.dot(0, y, 0.4, round_light(bulbs[name], 0.2))
                c.glow(0, y, 1.7, bulbs[name], 0.85)
                c.dot(0, y, 0.28, lighter(bulbs[name], 0.35))
            else:
                c.dot(0, y, 0.38, round_light(mix(bulbs[name], "#14161c", 0.84), 0.3))
            c.arc(0, y, 0.45, 15, 150, 0.08, "#4d525c")
    return Facts(colour, light=lamp.name)


@scene(
    "farm-tractor",
    Words(
        names=("a tractor", "a tractor on a farm", "a farm tractor"),
        nouns=(
            "tractor",
            "farm tractor",
        ),
        settings=("on a field", "on a farm", "in front of a barn"),
        tags=(
            "vehicle",
            "farm",
        ),
    ),
)
def tractor(c: Canvas) -> Facts:
    lamp = light(c.rng, "day", "sunset")
    nature.sky(c, lamp, 0.62)
    c.ridge(0.58, 0.09, lamp.on(mix("#8fae6a", lamp.sky[-1], 0.35)), waves=1.4)
    soil = lamp.on(c.rng.choice(("#d8b45a", "#b98a52", "#9fb04f")))
    c.backdrop(lighter(soil, 0.2), soil, darker(soil, 0.35), top=0.62)
    for k in range(-7, 8):
        c.stroke(
            [(c.cx + k * 0.07, 0.625), (c.cx + k * 0.36, 1.05)], 0.008, rgb(darker(soil, 0.4), 0.35)
        )
    bx = c.cx + c.rng.choice((-1, 1)) * c.rng.uniform(0.34, 0.48)
    barn = lamp.on("#8f4a3c")
    c.rect(bx - 0.09, 0.53, 0.18, 0.11, barn)
    c.poly(
        [(bx - 0.11, 0.53), (bx - 0.06, 0.47), (bx + 0.06, 0.47), (bx + 0.11, 0.53)],
        darker(barn, 0.35),
    )
    colour = c.rng.choice(("red", "green", "blue", "yellow"))
    paint = lamp.on(named(colour, c.rng), 0.4)
    x, size = c.cx, c.rng.uniform(0.52, 0.6) * c.u
    c.shadow(x, 0.875, size * 0.8, 0.05, 0.65)
    with c.at(x, 0.87, size, flip=c.rng.random() < 0.5):
        c.rect(0.05, -0.86, 0.035, 0.32, "#3a3a42")
        c.rect(-0.58, -1.04, 0.6, 0.06, down(lighter(paint, 0.2), darker(paint, 0.2)), 0.03)
        c.rect(-0.53, -0.99, 0.5, 0.42, rgb("#cfe8f2", 0.55))
        for dx in (-0.55, -0.06):
            c.rect(dx, -1.0, 0.045, 0.5, darker(paint, 0.35))
        c.blob(
            [
                (-0.6, -0.55),
                (-0.1, -0.62),
                (0.6, -0.6),
                (0.72, -0.5),
                (0.72, -0.22),
                (-0.55, -0.22),
            ],
            down(lighter(paint, 0.25), paint, darker(paint, 0.3)),
        )
        for k in range(4):
            c.rect(0.34 + 0.075 * k, -0.49, 0.04, 0.18, darker(paint, 0.5), 0.015)
        c.dot(0.7, -0.46, 0.05, "#fff2b8")
        c.shape(
            polygon([(-0.78, -0.45), (-0.6, -0.68), (-0.2, -0.68), (-0.02, -0.42)]),
            down(lighter(paint, 0.15), darker(paint, 0.15)),
        )
        for wx, r in ((-0.4, 0.36), (0.52, 0.22)):
            c.dot(wx, -r, r, "#23242a")
            c.dot(wx, -r, r * 0.88, round_light("#33353c", 0.3))
            c.dot(wx, -r, r * 0.55, round_light(lamp.on("#f2d46a"), 0.35))
            c.dot(wx, -r, r * 0.16, "#4a4030")
    return Facts(colour, light=lamp.name)


@scene(
    "car-on-a-road",
    Words(
        names=("a car", "a car on a road", "an automobile", "a car driving"),
        nouns=(
            "car",
            "automobile",
        ),
        settings=("on a road", "on the street", "in the countryside"),
        tags=(
            "vehicle",
            "road",
            "trees",
        ),
    ),
)
def car(c: Canvas) -> Facts:
    lamp = light(c.rng, "day", "sunset", "night")
    nature.sky(c, lamp, 0.6)
    c.ridge(0.48, 0.2, lamp.on(mix("#7f9fb8", lamp.sky[-1], 0.4)), waves=1.7)
    field = lamp.on(c.rng.choice(("#7fae52", "#c4b060", "#6fa060")))
    c.ridge(0.6, 0.06, down(lighter(field, 0.15), darker(field, 0.25)))
    for _ in range(4):
        nature.tree(
            c,
            c.rng.uniform(0, c.w),
            c.rng.uniform(0.62, 0.68),
            c.rng.uniform(0.14, 0.24),
            lamp.on("#4a8046"),
            lamp.on("#5b3f2d"),
        )
    c.backdrop(lamp.on("#7c7e88"), lamp.on("#4d4f58"), top=0.74)
    c.rect(-0.01, 0.74, c.w + 0.02, 0.012, lamp.on("#e8e4da"))
    dash = c.rng.uniform(0, 0.2)
    for k in range(-1, 8):
        c.rect(dash + k * 0.24, 0.93, 0.13, 0.018, lamp.on("#f4f0e4", 0.7))
    colour = c.rng.choice(("red", "yellow", "green", "blue", "white", "black"))
    paint = lamp.on(named(colour, c.rng), 0.35)
    style = c.rng.randint(0, 2)
    size, y = c.rng.uniform(0.72, 0.82) * c.u, c.rng.uniform(0.84, 0.88)
    c.shadow(c.cx, y, size * 0.6, 0.04, 0.75)
    with c.at(c.cx + c.rng.uniform(-0.04, 0.04) * c.u, y, size, flip=c.rng.random() < 0.5):
        roof = {
            0: [(-0.3, -0.26), (-0.2, -0.41), (0.0, -0.45), (0.14, -0.41), (0.27, -0.26)],
            1: [(-0.42, -0.24), (-0.385, -0.42), (0.0, -0.46), (0.13, -0.42), (0.26, -0.26)],
            2: [(-0.25, -0.25), (-0.1, -0.37), (0.04, -0.39), (0.14, -0.36), (0.3, -0.25)],
        }[style]
        c.shape(smooth([*roof, (0, -0.2)]), down(lighter(paint, 0.3), paint))
        window = polygon(
            [(x * 0.86 + 0.005, y * 0.9 - 0.012 if y < -0.3 else -0.262) for x, y in roof]
        )
        c.shape(window, down(*_glass(lamp)))
        c.rect(-0.05, -0.43, 0.03, 0.2, paint)
        body = smooth(
            [
                (-0.5, -0.1),
                (-0.49, -0.23),
                (-0.3, -0.27),
                (0.25, -0.27),
                (0.46, -0.21),
                (0.51, -0.12),
                (0.46, -0.07),
                (-0.46, -0.07),
            ]
        )
        c.shape(body, down(lighter(paint, 0.35), paint, darker(paint, 0.4)))
        c.stroke([(-0.46, -0.185), (0.45, -0.175)], 0.008, rgb(lighter(paint, 0.6), 0.7))
        c.stroke([(-0.035, -0.26), (-0.035, -0.09)], 0.006, rgb(darker(paint, 0.6), 0.6))
        c.rect(-0.01, -0.205, 0.06, 0.014, lighter(paint, 0.5), 0.006)
        c.oval(0.465, -0.165, 0.028, 0.026, "#fff4c4")
        c.rect(-0.5, -0.2, 0.03, 0.05, "#d9302a", 0.01)
        for wx in (-0.29, 0.29):
            c.dot(wx, -0.08, 0.108, darker(paint, 0.75))
            _wheel(c, wx, -0.08, 0.092)
        if lamp.name != "day":
            c.poly(
                [(0.48, -0.18), (1.1, -0.26), (1.1, 0.05), (0.48, -0.13)],
                across(rgb("#fff0b0", 0.65), rgb("#fff0b0", 0.0)),
            )
            c.glow(0.47, -0.16, 0.14, "#fff4c4", 0.9)
    return Facts(colour, light=lamp.name)


@scene(
    "bicycle",
    Words(
        names=("a bicycle", "a bike", "a parked bicycle"),
        nouns=(
            "bicycle",
            "bike",
        ),
        settings=("against a wall", "on the pavement", "in the street"),
        tags=("vehicle",),
    ),
)
def bicycle(c: Canvas) -> Facts:
    wall = c.rng.choice(("#e9d3b4", "#d9c0b0", "#c8d2d4", "#efe4d0"))
    c.backdrop(lighter(wall, 0.25), wall, darker(wall, 0.1), bottom=0.78)
    for row in range(9):
        for col in range(-1, int(c.w / 0.18) + 1):
            if c.rng.random() < 0.3:
                c.rect(
                    col * 0.18 + (row % 2) * 0.09,
                    row * 0.087,
                    0.172,
                    0.08,
                    rgb(darker(wall, 0.2), c.rng.uniform(0.1, 0.3)),
                    0.006,
                )
    c.backdrop("#a59c94", "#7c746e", top=0.78)
    c.rect(-0.01, 0.775, c.w + 0.02, 0.016, rgb("#3a342e", 0.35))
    for side in (-1, 1):
        px = c.cx + side * c.rng.uniform(0.5, 0.62)
        c.poly(
            [(px - 0.07, 0.7), (px + 0.07, 0.7), (px + 0.05, 0.83), (px - 0.05, 0.83)],
            across("#c8734a", "#8a4628"),
        )
        for _ in range(12):
            c.dot(
                px + c.rng.gauss(0, 0.05),
                0.66 + c.rng.gauss(0, 0.035),
                0.03,
                rgb(mix("#3f8a45", "#7fb05a", c.rng.random()), 0.9),
            )
    colour = c.rng.choice(("red", "yellow", "green", "blue", "black"))
    paint = named(colour, c.rng)
    size = c.rng.uniform(0.94, 1.04) * c.u
    c.shadow(c.cx, 0.895, size * 0.5, 0.026, 0.6)
    with c.at(c.cx, 0.89, size, flip=c.rng.random() < 0.5):
        for wx in (-0.25, 0.25):
            for k in range(12):
                a = math.tau * k / 12
                c.stroke(
                    [(wx, -0.18), (wx + 0.165 * math.cos(a), -0.18 + 0.165 * math.sin(a))],
                    0.003,
                    rgb("#5f646c", 0.8),
                )
            c.ring(wx, -0.18, 0.17, 0.02, "#22232a")
            c.ring(wx, -0.18, 0.156, 0.007, "#cfd3da")
            c.dot(wx, -0.18, 0.016, "#8a8f98")
        back, front, pedal = (-0.25, -0.18), (0.25, -0.18), (-0.03, -0.17)
        seat, head = (-0.1, -0.42), (0.17, -0.44)
        for tube in ((back, pedal, head, seat, back), (seat, pedal), (head, front)):
            c.stroke(list(tube), 0.03, darker(paint, 0.18))
            c.stroke([(x - 0.003, y - 0.004) for x, y in tube], 0.018, lighter(paint, 0.1))
        c.stroke([seat, (-0.12, -0.49)], 0.016, "#b4b8c0")
        c.blob([(-0.2, -0.5), (-0.13, -0.525), (-0.04, -0.505), (-0.12, -0.48)], "#5a3622")
        c.stroke(
            [head, (0.155, -0.53), (0.22, -0.56), (0.27, -0.53)], 0.016, "#b4b8c0", curved=True
        )
        c.stroke([(0.235, -0.555), (0.28, -0.525)], 0.026, "#5a3622")
        c.ring(*pedal, 0.045, 0.012, "#4a4d55")
        c.stroke([pedal, (0.0, -0.1)], 0.012, "#4a4d55")
        c.stroke([(-0.035, -0.098), (0.035, -0.098)], 0.016, "#22232a")
    return Facts(colour)
