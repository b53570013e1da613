"""How soon the window is there, and the answer to a query from the shell."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from functools import partial
from pathlib import Path

from inphotos.bench import children
from inphotos.bench.results import Doing, Row, Spread, Table
from inphotos.bench.turns import Way, by_turns, times_as_fast
from inphotos.encoders.base import Model
from inphotos.errors import BenchmarkError
from inphotos.events import Control

_QT = "import PyQt6.QtWidgets, whole process"
_WINDOW = "the window painted"
_TORCH = "import torch and transformers, whole process"
_QUERY = "one query from the shell, whole process"


def measure(
    place: Path, searched: Path | None, model: Model, seconds: float, control: Control
) -> Generator[Doing, None, Table]:
    """Start processes by turns, each beside what it is compared with.

    Args:
        place: where to make a library for the window.
        searched: the library that the query is put to; None to leave it out.
        model, seconds, control: as for the other parts.

    Raises:
        CancelledError: by way of ``control``.
        BenchmarkError: a process failed, because Qt cannot be loaded for one.
    """
    ways: dict[str, Way] = {
        _QT: partial(_whole, children.python("-c", "import PyQt6.QtWidgets"), control),
        _WINDOW: partial(_painted, place / "window", control),
    }
    notes = []
    if not model.has_text:
        notes.append(f"The model {model.name} reads no words, so there is no query to measure.")
    elif searched is not None:
        words = ["-m", "inphotos", "--library", str(searched), "--model", model.name, "--json"]
        ways[_TORCH] = partial(_whole, children.python("-c", "import torch, transformers"), control)
        ways[_QUERY] = partial(
            _whole, children.python(*words, "search", "a dog on the beach"), control
        )
    taken = yield from by_turns(ways, seconds, control)
    rows = []
    for name, beside in ((_QT, _QT), (_WINDOW, _QT), (_TORCH, _TORCH), (_QUERY, _TORCH)):
        if name in taken:
            spread = Spread.of(taken[name])
            more = {"seconds later": spread.median - Spread.of(taken[beside]).median}
            rows.append(
                Row(
                    name,
                    "s",
                    spread,
                    times_as_fast(taken[beside], taken[name]),
                    {} if name == beside else more,
                )
            )
    return Table("start", "Starting", tuple(rows), tuple(notes))


def _whole(command: list[str], control: Control) -> float:
    return children.run(command, control).seconds


def _painted(library: Path, control: Control) -> float:
    command = children.python("-m", "inphotos.cli.first_paint", str(library))
    ended = children.run(command, control, _screen())
    try:
        moment = float(ended.said.split()[-1])
    except (ValueError, IndexError) as error:
        raise BenchmarkError("The window did not say when it was painted.") from error
    return moment - ended.began


def _screen() -> dict[str, str]:
    """Return what lets Qt do without a screen where there is none."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in names):
        return {"QT_QPA_PLATFORM": "offscreen"}
    return {}
