"""How fast the model's towers run, in each way that there is here."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from inphotos.bench.results import Doing, Row, Spread, Table
from inphotos.bench.turns import by_turns, timed, times_as_fast
from inphotos.encoders import converted, runtimes
from inphotos.encoders.base import Model
from inphotos.encoders.chosen import chosen
from inphotos.encoders.converted import Tower
from inphotos.encoders.runtimes import KNOWN, REFERENCE, Runtime
from inphotos.encoders.tokenizing import TextReader
from inphotos.errors import RuntimeUnavailableError
from inphotos.events import Control
from inphotos.indexing.reading import BATCH

#: As long as people's queries are.
_QUERY: Final = "a dog on the beach"


@dataclass(frozen=True, slots=True)
class _Kind:
    """A tower, and how one turn of it goes.

    Attributes:
        load: loads it into a runtime and returns what encodes once.
        in_use: the runtime that InPhotos uses for it; None where torch decides.
        count: how many things one turn encodes.
    """

    tower: Tower
    load: Callable[[Runtime], Callable[[], object]]
    in_use: Runtime | None
    count: int


def measure(model: Model, seconds: float, control: Control) -> Generator[Doing, None, Table]:
    """Encode batches of pictures and one query at a time, beside torch in full precision.

    Two runtimes are loaded at a time, so that a large model needs no more memory than that.

    Raises:
        CancelledError: by way of ``control``.
        ModelError: the model cannot be loaded.
    """
    in_use = chosen(model)
    kinds = [_Kind("image", partial(_images, model), in_use.image, BATCH)]
    if model.has_text:
        kinds.append(_Kind("text", partial(_text, model), in_use.text, 1))
    rows: list[Row] = []
    notes: list[str] = []
    cost = None
    for kind in kinds:
        share = seconds / len(kinds)
        measured = yield from _race(model, kind, share, notes, control)
        rows += (_row(kind, name, values, ratio) for name, (values, ratio) in measured.items())
        if kind.tower == "image":
            name = REFERENCE.name if kind.in_use is None else kind.in_use.name
            cost = Spread.of(measured.get(name, measured[REFERENCE.name])[0]).median / kind.count
    # What holds for both towers is to be said once.
    once = tuple(dict.fromkeys(notes))
    return Table("encode", f"Encoding with {model.name}", tuple(rows), once, cost)


def _race(
    model: Model, kind: _Kind, seconds: float, notes: list[str], control: Control
) -> Generator[Doing, None, dict[str, tuple[list[float], float]]]:
    """Measure each runtime in turns with the reference.

    Returns:
        The seconds of each turn and how many times as fast as the reference it is, by name.
    """
    here = [r for r in KNOWN if r != REFERENCE and _is_ready(model, kind.tower, r, notes)]
    yield Doing(f"loading {REFERENCE.name}")
    control.checkpoint()
    beside = timed(kind.load(REFERENCE))
    reference: list[float] = []
    measured: dict[str, tuple[list[float], float]] = {REFERENCE.name: (reference, 1.0)}
    for runtime in here:
        yield Doing(f"loading {runtime.name}")
        control.checkpoint()
        try:
            ways = {REFERENCE.name: beside, runtime.name: timed(kind.load(runtime))}
        except RuntimeUnavailableError:
            if runtime.device == "cpu":  # few machines have the other devices
                notes.append(f"{runtime.name} cannot be used on this machine.")
            continue
        taken = yield from by_turns(ways, seconds / len(here), control)
        ratio = times_as_fast(taken[REFERENCE.name], taken[runtime.name])
        measured[runtime.name] = (taken[runtime.name], ratio)
        reference += taken[REFERENCE.name]
    if not reference:
        reference += (yield from by_turns({REFERENCE.name: beside}, seconds, control))[
            REFERENCE.name
        ]
    return measured


def _is_ready(model: Model, tower: Tower, runtime: Runtime, notes: list[str]) -> bool:
    """Tell whether a runtime can be loaded; what would have to be done first is noted."""
    if not runtimes.is_installed(runtime):
        notes.append(f"{runtime.name} is left out: it is not installed.")
    elif not converted.is_there(model, tower, runtime):
        notes.append(f"{runtime.name} is left out: the model has not been converted for it.")
    else:
        return True
    return False


def _images(model: Model, runtime: Runtime) -> Callable[[], object]:
    # What is on the pictures changes no network's speed.
    chance = np.random.default_rng(1)
    batch = list(chance.integers(0, 256, (BATCH, *model.pixels.shape), np.uint8))
    return partial(runtimes.image_tower(model, runtime), batch)


def _text(model: Model, runtime: Runtime) -> Callable[[], object]:
    return partial(runtimes.text_tower(model, runtime), TextReader(model)([_QUERY]))


def _row(kind: _Kind, name: str, seconds: list[float], ratio: float) -> Row:
    note = "in use" if kind.in_use is not None and kind.in_use.name == name else ""
    if kind.tower == "text":
        milliseconds = [value * 1000 for value in seconds]
        return Row(f"{name}, one query", "ms", Spread.of(milliseconds), ratio, note=note)
    figures = [kind.count / value for value in seconds]
    what = f"{name}, photos in batches of {kind.count}"
    return Row(what, "photos/s", Spread.of(figures), ratio, note=note)
