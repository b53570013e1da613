"""From a scene's name and a seed to a finished picture with its captions."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from PIL import Image

# Importing a scene module registers what it paints.
from . import (  # noqa: F401
    animals,
    at_sea,
    buildings,
    festive,
    holidays,
    landscapes,
    outdoors,
    portraits,
    skies,
    streets,
    things,
    vehicles,
    waters,
)
from .canvas import Canvas
from .captions import claims_of, describe
from .registry import SCENES, Facts

SCENE_NAMES = tuple(sorted(SCENES))

# Which seeds serve what: the bundled pictures and the ones that judge the model are never drawn
# for its training.
DEMO_SEEDS = range(0, 1_000)
HELD_OUT_SEEDS = range(10_000, 20_000)
TRAINING_SEEDS = range(100_000, 100_000_000)


@dataclass(frozen=True)
class Drawing:
    """A picture and what is true of it.

    Attributes:
        image: RGB, of the size that was asked for.
        scene: one of SCENE_NAMES.
        facts: colour, count, light and further tags.
        claims: the same as strings that captions are judged by (see captions).
        captions: up to five different English captions.
    """

    image: Image.Image
    scene: str
    facts: Facts
    claims: frozenset[str]
    captions: tuple[str, ...]


def draw(scene: str, seed: int, size: tuple[int, int] = (640, 480)) -> Drawing:
    """Draw the scene; the same arguments always give the same picture.

    Args:
        scene: one of SCENE_NAMES.
        seed: any integer.
        size: width and height in pixels. Only the shape of the frame changes the layout.

    Raises:
        KeyError: no such scene.
    """
    painter = SCENES[scene].paint
    rng = Random(f"{scene}/{seed}")
    canvas = Canvas(size, rng)
    facts = painter(canvas)
    image = canvas.finish()
    captions = describe(scene, facts, Random(f"captions/{scene}/{seed}"))
    return Drawing(image, scene, facts, claims_of(scene, facts), captions)
