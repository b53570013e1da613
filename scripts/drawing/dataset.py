"""Drawings in the form the encoder is trained and judged on: small squares with their claims."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np
from PIL import Image

from .registry import Facts
from .studio import Drawing, draw

SHAPES = ((4, 3), (4, 3), (3, 2), (16, 9), (1, 1), (3, 4), (2, 3))


@dataclass(frozen=True)
class Sample:
    """A square picture, (size, size, 3) uint8, and what is true of it."""

    pixels: np.ndarray
    scene: str
    facts: Facts
    claims: frozenset[str]


def frame(seed: int, short: int) -> tuple[int, int]:
    """Width and height of the frame that goes with a seed; `short` is the shorter side."""
    wide, high = SHAPES[seed % len(SHAPES)]
    unit = short / min(wide, high)
    return round(wide * unit), round(high * unit)


def draw_sample(job: tuple[str, int, int]) -> Sample:
    """Draw (scene, seed, size) and cut it as CLIP's image processor would: shortest side to
    `size` with a bicubic filter, then the middle square."""
    scene, seed, size = job
    # Drawn larger than needed, because a large picture scaled down is what the encoder will meet.
    drawing = draw(scene, seed, frame(seed, size * 5 // 4))
    image = drawing.image.resize(frame(seed, size), Image.Resampling.BICUBIC)
    left, top = (image.width - size) // 2, (image.height - size) // 2
    square = image.crop((left, top, left + size, top + size))
    return Sample(np.asarray(square), scene, drawing.facts, drawing.claims)


def draw_all_held_out(jobs: Sequence[tuple[str, int]], workers: int) -> list[Drawing]:
    """Draw many (scene, seed), in so many processes."""
    if workers == 1:
        return [draw_held_out(job) for job in jobs]
    # Not by fork: a lock that another thread holds at that moment would never be let go.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return list(pool.map(draw_held_out, jobs, chunksize=16))


def draw_held_out(job: tuple[str, int]) -> Drawing:
    """Draw (scene, seed) at the size of a small photo."""
    scene, seed = job
    return draw(scene, seed, frame(seed, 240))
