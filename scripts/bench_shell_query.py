#!/usr/bin/env python3
"""Measure how long one query from the shell takes: a new process, model and index on disk.

    python scripts/bench_shell_query.py --library /tmp/bench-start --model NAME|PATH \
        [--photos 100000] [--runs 9] [--rclip PATH --rclip-folder DIR]

Fills a library with drawn photos as ``bench_start.py`` does (one that is in DIR already is used
again), then lets ``inphotos search`` answer a query in a new process, by turns with

- ``status`` of the same library;
- rclip (``--rclip``: its program; ``--rclip-folder``: a folder that it has indexed);
- a process that only imports torch and transformers, which this way of a query does without;
- a process that does nothing.

Prints the best and the median of the seconds that each took, by the clock and of computing, and
where the time of a query goes when its steps are taken one after the other (a query takes some of
them at the same time).
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench_start import fill, without_habits

_QUERIES = ("a dog on the beach", "two people in the snow")
_PATIENCE_S = 300


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the library, measure and print; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--library", type=Path, required=True, metavar="DIR", help="where to keep")
    parser.add_argument("--model", default="demo", help="of the CLIP family (default demo)")
    parser.add_argument("--photos", type=int, default=100_000, help="default 100000")
    parser.add_argument("--runs", type=int, default=9, help="of each (default 9)")
    parser.add_argument("--rclip", metavar="PATH", help="rclip's program")
    parser.add_argument("--rclip-folder", type=Path, metavar="DIR", help="that it has indexed")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    library = options.library / "library"
    if options.inside:
        print(json.dumps(take_steps(library, options.model)))
        return 0
    fill(library, options.photos, options.model)
    print(f"{options.photos:,} photos, texts by {text_runtime(options.model)}")
    report(measure(commands(options, library), options.runs))
    report_steps(library.parent, options.model, options.runs)
    return 0


def commands(options: argparse.Namespace, library: Path) -> dict[str, tuple[list[str], Path]]:
    """Return what is compared: each a command, and the directory to start it in."""
    here = Path.cwd()
    ours = [sys.executable, "-m", "inphotos", "--library", str(library), "--model", options.model]
    compared = {
        "inphotos search": ([*ours, "search", _QUERIES[0]], here),
        "inphotos status": ([*ours, "status"], here),
    }
    if options.rclip:
        folder = options.rclip_folder or here
        compared["rclip"] = ([options.rclip, "--no-indexing", _QUERIES[0]], folder)
    torch = [sys.executable, "-c", "import torch, transformers; transformers.CLIPModel"]
    compared["import torch, transformers"] = (torch, here)
    compared["nothing"] = ([sys.executable, "-c", ""], here)
    return compared


def measure(
    compared: dict[str, tuple[list[str], Path]], runs: int
) -> dict[str, list[tuple[float, float]]]:
    """Run the commands by turns; return the seconds of each by the clock and of computing.

    The first turn, uncounted, reads the disk.
    """
    seconds: dict[str, list[tuple[float, float]]] = {name: [] for name in compared}
    for turn in range(runs + 1):
        for name, (command, place) in compared.items():
            taken = timed(command, place)
            if turn:
                seconds[name].append(taken)
    return seconds


def timed(command: Sequence[str], place: Path) -> tuple[float, float]:
    """Run a command; return the seconds that it took by the clock and of computing."""
    before, started = _computing(), time.perf_counter()
    subprocess.run(
        command,
        cwd=place,
        env=without_habits(),
        stdout=subprocess.DEVNULL,
        check=True,
        timeout=_PATIENCE_S,
    )
    return time.perf_counter() - started, _computing() - before


def _computing() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def report(seconds: dict[str, list[tuple[float, float]]]) -> None:
    """Print a line for each command."""
    print(f"  {'seconds (best, median)':28}{'by the clock':>16}{'computing':>16}")
    for name, turns in seconds.items():
        line = f"  {name:28}"
        for values in zip(*turns, strict=True):
            line += f"{min(values):9.2f}{statistics.median(values):7.2f}"
        print(line)


def take_steps(library: Path, model: str) -> list[tuple[str, float, float]]:
    """Answer two queries step by step; return for each step when it ended, and the computing."""
    moments = [("the interpreter", time.time(), time.process_time())]

    def note(step: str) -> None:
        moments.append((step, time.time(), time.process_time()))

    import inphotos.cli.search  # noqa: F401 - as the command does
    from inphotos.library import Library

    note("loading the program")
    with Library.open(library, model=model) as opened:
        note("opening the library")
        opened.load_encoder()
        note("loading the text tower")
        for number, query in enumerate(_QUERIES):
            opened.search(query)
            note("another query" if number else "the query")
    note("closing the library")
    return moments


def report_steps(place: Path, model: str, runs: int) -> None:
    """Print how long each step of a query took, the median of several processes."""
    command = [sys.executable, __file__, "--inside", "--library", str(place), "--model", model]
    clock: dict[str, list[float]] = {}
    computing: dict[str, list[float]] = {}
    for _ in range(runs):
        started, used = time.time(), 0.0
        told = subprocess.run(
            command, env=without_habits(), stdout=subprocess.PIPE, check=True, timeout=_PATIENCE_S
        ).stdout
        for step, moment, computed in json.loads(told):
            clock.setdefault(step, []).append(moment - started)
            computing.setdefault(step, []).append(computed - used)
            started, used = moment, computed
        clock.setdefault("ending the process", []).append(time.time() - started)
    print("One after the other, median:")
    for step, values in clock.items():
        line = f"  {step:28}{statistics.median(values):16.3f}"
        if step in computing:
            line += f"{statistics.median(computing[step]):16.3f}"
        print(line)


def text_runtime(model: str) -> str:
    """Return the name of what runs a model's text tower here."""
    from inphotos.encoders import registry
    from inphotos.encoders.chosen import chosen
    from inphotos.settings import models_directory

    runtime = chosen(registry.resolve(model, models_directory())).text
    return "torch" if runtime is None else runtime.name


if __name__ == "__main__":
    raise SystemExit(main())
