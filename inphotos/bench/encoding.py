"""How fast the model's towers run, in each way that there is here."""

from __future__ import annotations

from collections.abc import Generator
from functools import partial

import numpy as np

from inphotos.bench.results import Doing, Row, Spread, Table
from inphotos.bench.turns import by_turns, timed
from inphotos.encoders import registry
from inphotos.encoders.base import Model
from inphotos.events import Control
from inphotos.indexing.reading import BATCH
from inphotos.pixels import Pixels

#: As long as people's queries are.
_QUERY = "a dog on the beach"


def measure(model: Model, seconds: float, control: Control) -> Generator[Doing, None, Table]:
    """Encode batches of pictures and one query at a time.

    Raises:
        CancelledError: by way of ``control``.
        ModelError: the model cannot be loaded.
    """
    yield Doing("loading the model")
    encoder = registry.load(model)
    ways = {"images": timed(partial(encoder.encode_images, _noise(model)))}
    if model.has_text:
        ways["text"] = timed(lambda: encoder.encode_texts([_QUERY]))
    taken = yield from by_turns(ways, seconds, control)
    rows = [_images("torch-fp32", taken["images"])]
    if model.has_text:
        rows.append(_text("torch-fp32", taken["text"]))
    cost = Spread.of(taken["images"]).median / BATCH
    return Table("encode", f"Encoding with {model.name}", tuple(rows), (), cost)


def _noise(model: Model) -> list[Pixels]:
    """Return a batch of pictures; what is on them changes no network's speed."""
    chance = np.random.default_rng(1)
    return list(chance.integers(0, 256, (BATCH, *model.pixels.shape), np.uint8))


def _images(name: str, seconds: list[float], ratio: float | None = None) -> Row:
    figures = [BATCH / value for value in seconds]
    return Row(f"{name}, photos in batches of {BATCH}", "photos/s", Spread.of(figures), ratio)


def _text(name: str, seconds: list[float], ratio: float | None = None) -> Row:
    return Row(f"{name}, one query", "ms", Spread.of([s * 1000 for s in seconds]), ratio)
