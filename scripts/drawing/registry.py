"""The scenes that can be drawn: each a painter with the words that describe what it paints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .canvas import Canvas


@dataclass(frozen=True)
class Facts:
    """What is true of one painted picture, beyond its scene.

    Attributes:
        colour: of the main object, a name in palette.NAMED or "colourful".
        count: how many main objects there are.
        light: "day", "sunset" or "night" outdoors.
        tags: what else is to be seen, in words.
    """

    colour: str | None = None
    count: int | None = None
    light: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Words:
    """How a scene is spoken of.

    Attributes:
        names: noun phrases with their article, the plainest first.
        nouns: the counted and coloured thing itself in the singular, without article; by default
            the first name.
        plurals: the same in number, the plainest first.
        settings: where it usually is.
        tags: what every picture of the scene shows or is.
        coloured: phrases with {colour}; by default the colour goes before the name.
        counted: phrases with {count}; by default the count goes before the plural.
    """

    names: tuple[str, ...]
    nouns: tuple[str, ...] = ()
    plurals: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    coloured: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scene:
    """One kind of picture."""

    name: str
    words: Words
    paint: Callable[[Canvas], Facts]


SCENES: dict[str, Scene] = {}


def scene(
    name: str, words: Words
) -> Callable[[Callable[[Canvas], Facts]], Callable[[Canvas], Facts]]:
    """Register a painter under the scene's name (which file names use too)."""

    def register(paint: Callable[[Canvas], Facts]) -> Callable[[Canvas], Facts]:
        SCENES[name] = Scene(name, words, paint)
        return paint

    return register


def spread(c: Canvas, count: int, room: float = 0.9) -> list[tuple[float, float]]:
    """Slots side by side in the middle square for `count` things.

    Returns (x, size) pairs: the centre of each slot and the width that is free there.
    """
    width = c.u * room / count
    left = c.cx - c.u * room / 2
    return [
        (left + width * (i + 0.5) + c.rng.uniform(-0.08, 0.08) * width, width) for i in range(count)
    ]
