"""A whole benchmark: the parts one after the other, in a directory that goes away."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from inphotos.bench import (
    decoding,
    encoding,
    machine,
    memory,
    sample,
    searching,
    starting,
    storing,
    world,
)
from inphotos.bench.results import PARTS, Doing, Part, Report, Table, estimate
from inphotos.bench.sample import Sample
from inphotos.encoders import registry
from inphotos.errors import LibraryBusyError, LibraryError, display_path
from inphotos.events import Control
from inphotos.library.choices import model_of
from inphotos.settings import models_directory

On = Literal["library", "drawn"]

#: What each part takes beside the measuring itself, roughly and in seconds: loading, drawing.
_ASIDE: dict[Part, float] = {
    "decode": 2.0,
    "encode": 20.0,
    "store": 1.0,
    "search": 15.0,
    "start": 15.0,
    "memory": 15.0,
}

_SAMPLE_SECONDS = 15.0

#: Made-up photos that a store takes in a second, at first.
_MADE_PER_SECOND = 700

#: Parts that need photos.
_WITH_PHOTOS: tuple[Part, ...] = ("decode", "store", "memory")

#: A start needs an index to ask, whose size matters little to it.
_PHOTOS_AT_START = 1_000


_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for.

    Attributes:
        library: the directory of the user's library; it need not be there.
        model: name or path of the model; None for the library's own.
        parts: what to measure; empty for everything.
        on: whose photos and embeddings; None for the library's where it has some.
        photos: how many photos are made up to search among, and estimated for.
        seconds: for how long each part is measured.
        megapixels: of drawn photos.
    """

    library: Path
    model: str | None = None
    parts: tuple[Part, ...] = ()
    on: On | None = None
    photos: int = 10_000
    seconds: float = 8.0
    megapixels: float = 12.0


class Bench:
    """One benchmark."""

    def __init__(self, order: Order) -> None:
        """Take what is asked for.

        Raises:
            LibraryError: the library's photos are asked for, and it is not there.
            ModelError: the model is not on this machine.
        """
        self._order = order
        self._parts = tuple(part for part in PARTS if not order.parts or part in order.parts)
        is_there = (order.library / "library.json").is_file()
        if order.on == "library" and not is_there:
            raise LibraryError(
                f"There is no library in {display_path(order.library)}; index a folder first, or "
                f"measure with drawn photos: 'inphotos bench --on drawn'."
            )
        self._library = order.library if is_there and order.on != "drawn" else None
        name = order.model or model_of(order.library)
        self._model = registry.resolve(name, models_directory())

    def run(self, control: Control) -> Iterator[Doing | Report]:
        """Measure, yielding what is going on; the last event is the report.

        Raises:
            CancelledError: by way of ``control``; nothing is left behind.
            LibraryBusyError: another process has the library; the sentence says what can be done.
            BenchmarkError, LibraryError, ModelError: something cannot be measured at all.
        """
        started = time.monotonic()
        yield Doing("looking at this machine")
        described = machine.describe()
        tables: list[Table] = []
        photos = ""
        with tempfile.TemporaryDirectory(prefix="inphotos-bench-") as directory:
            place = Path(directory)
            taken: Sample | None = None
            if any(part in _WITH_PHOTOS for part in self._parts):
                taken = yield from self._waiting(self._sample(place, control), None)
                photos = taken.in_words
            for part in self._parts:
                measuring = self._measure(part, place, taken, control)
                tables += yield from self._waiting(measuring, part)
        yield Report(
            machine=described,
            warnings=machine.warnings(described),
            model=self._model.name,
            photos=photos,
            tables=tuple(tables),
            estimate=estimate(self._order.photos, tables),
            seconds=time.monotonic() - started,
        )

    def _sample(self, place: Path, control: Control) -> Generator[Doing, None, Sample]:
        if self._library is not None:
            try:
                return (yield from sample.of_library(self._library, self._model, control))
            except LibraryBusyError as error:
                raise _busy(error) from error
            except sample.NoPhotosError:
                if self._order.on == "library":
                    raise
        folder = place / "drawn"
        folder.mkdir()
        return (yield from sample.drawn(folder, self._order.megapixels, self._model, control))

    def _measure(
        self, part: Part, place: Path, taken: Sample | None, control: Control
    ) -> Generator[Doing, None, list[Table]]:
        model, seconds = self._model, self._order.seconds
        if part == "encode":
            return [(yield from encoding.measure(model, seconds, control))]
        if part == "search":
            try:
                return (
                    yield from searching.measure(
                        place, self._library, model, self._order.photos, seconds, control
                    )
                )
            except LibraryBusyError as error:
                raise _busy(error) from error
        if part == "start":
            return [(yield from self._start(place, control))]
        assert taken is not None
        if part == "decode":
            return [(yield from decoding.measure(taken, model.pixels, seconds, control))]
        if part == "store":
            return [(yield from storing.measure(place, taken.decoded, model, seconds, control))]
        return [(yield from memory.measure(place, taken.paths, model, control))]

    def _start(self, place: Path, control: Control) -> Generator[Doing, None, Table]:
        """Measure starts; the query is put to the library that was searched, or a small one."""
        made = place / searching.MADE
        if self._model.has_text and not made.exists():
            for done in world.fill(made, self._model, _PHOTOS_AT_START, control):
                yield Doing(f"making up photos: {done:,} of {_PHOTOS_AT_START:,}")
        return (yield from starting.measure(place, made, self._model, self._order.seconds, control))

    def _waiting(
        self, work: Generator[Doing, None, _Made], part: Part | None
    ) -> Generator[Doing, None, _Made]:
        """Say of everything that is done how long all of it will still take, roughly."""
        begun = time.monotonic()
        at = 0 if part is None else self._parts.index(part) + 1
        after = sum(self._seconds(other) for other in self._parts[at:])
        own = _SAMPLE_SECONDS if part is None else self._seconds(part)
        name = "photos" if part is None else part
        while True:
            try:
                doing = next(work)
            except StopIteration as end:
                made: _Made = end.value
                return made
            left = after + max(0.0, own - (time.monotonic() - begun))
            yield Doing(f"{name}, {doing.what}", left)

    def _seconds(self, part: Part) -> float:
        own = self._order.photos / _MADE_PER_SECOND if part == "search" else 0.0
        return own + _ASIDE[part] + (0.0 if part == "memory" else self._order.seconds)


def _busy(error: LibraryBusyError) -> LibraryBusyError:
    """Add to who has the library what can be done without it."""
    said = str(error).rstrip(".")
    return LibraryBusyError(f"{said}, or measure without it: 'inphotos bench --on drawn'.")
