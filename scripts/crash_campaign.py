#!/usr/bin/env python3
"""Kill InPhotos at work, again and again, and see each time that nothing is lost.

    python scripts/crash_campaign.py --runs 500 [--seed 1] [--jobs 2] [--keep DIR]

Each run forks a process that works on a library as the application does: it indexes photos that
were added, edited, moved and deleted, also while it searches, forgets and adds folders, compacts,
converts a library of an earlier version, switches models, and takes favourites, ratings, tags,
saved searches and settings. It is killed by SIGKILL, at a random moment or at the n-th change that
it makes to the library: before, halfway or after a write, between two rows of a transaction, before
or after its commit. Sometimes one of its decoder processes is killed instead. Then another process
looks at what is left: the library opens, catalog and indexes agree, everything that was
acknowledged is there, and once; originals are untouched. It indexes once more, and then the library
equals the disk and no unfinished file is left.

Prints at which changes the processes were killed, and each violation; the exit status is 1 when
there was one. Needs Linux and a C compiler, and nothing but the packages of the tests.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from crash import points  # noqa: E402 - found by the path above

if TYPE_CHECKING:
    from crash.lane import Result
    from crash.models import Models


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the campaign; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=500, help="kills and looks (default 500)")
    parser.add_argument("--seed", type=int, default=1, help="for what is drawn (default 1)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="runs at a time")
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="where the libraries of violations are kept"
    )
    options = parser.parse_args(arguments)
    if lacking := points.missing():
        print(f"The campaign cannot be run here: {lacking}.", file=sys.stderr)
        return 2
    points.preload()
    base = options.keep or Path(tempfile.mkdtemp(prefix="inphotos-crash-"))
    base.mkdir(parents=True, exist_ok=True)
    try:
        results = list(campaign(base, options.runs, options.seed, max(1, options.jobs)))
    finally:
        points.remove()
        if options.keep is None:
            shutil.rmtree(base, ignore_errors=True)
    print(report(results))
    return 1 if any(result["violations"] for result in results) else 0


def campaign(base: Path, runs: int, seed: int, jobs: int) -> Iterator[dict[str, Any]]:
    """Do all runs, several at a time; yield what came of each."""
    _enter_own_world(base)
    started = time.monotonic()
    from crash.models import Models

    models = Models(base / "models")
    _make_small_libraries_do_what_large_ones_do()
    lanes = [_start_lane(base, seed, lane, jobs, runs, models) for lane in range(jobs)]
    for done, line in enumerate(_lines([answers for _, answers in lanes]), 1):
        result = json.loads(line)
        for violation in result["violations"]:
            _tell(f"run {result['number']}: {violation}\n  {_story(result)}")
        if done % 10 == 0 or result["violations"]:
            _tell(f"{done} of {runs} runs, {time.monotonic() - started:.0f} s")
        yield result
    for pid, _ in lanes:
        _, status = os.waitpid(pid, 0)
        if status:
            raise RuntimeError("a lane of the campaign has ended early")


def report(results: Sequence[dict[str, Any]]) -> str:
    """Say where the processes were killed, and what was found."""
    killed = [result for result in results if result["where"]]
    where = Counter(_place(result["where"]) for result in killed)
    steps = Counter(re.sub(r"\(.*", "", step) for result in killed for step in result["steps"])
    bad = [result for result in results if result["violations"]]
    lines = [
        f"{len(results)} runs: {len(killed)} kills, {len(results) - len(killed)} finished before.",
        "Killed at:",
        *(f"  {count:4} {what}" for what, count in sorted(where.items())),
        "In processes that were to:",
        *(f"  {count:4} {what}" for what, count in steps.most_common()),
        f"{len(bad)} runs with a violation.",
    ]
    return "\n".join(lines)


def _place(where: str) -> str:
    """Return what kind of change it was, and in what kind of file."""
    _, moment, what, path = (*where.splitlines()[0].split("\t"), "", "")[:4]
    name = re.sub(r"[0-9a-f]{16,}(_\d+)?", "*", Path(path).name if path else "")
    name = re.sub(r"\.tmp-.*", ".tmp-*", name)
    if "/thumbnails" in path and "." not in name:
        name = "thumbnails"
    return f"{what} {name}, {moment}"


def _story(result: dict[str, Any]) -> str:
    return f"{result['kill']} at {result['where']!r} in {result['steps']}"


def _start_lane(
    base: Path, seed: int, lane: int, jobs: int, runs: int, models: Models
) -> tuple[int, int]:
    """Fork the process of a lane; return its id and where it writes its results."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    status = 1
    try:
        from crash.lane import Lane

        os.close(reading)
        work = Lane(base / f"lane {lane}", 1000 * seed + lane, models)
        for number in range(lane, runs, jobs):
            os.write(writing, json.dumps(_as_json(work.run(number))).encode() + b"\n")
        status = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(status)


def _as_json(result: Result) -> dict[str, Any]:
    return asdict(result)


def _lines(pipes: Sequence[int]) -> Iterator[bytes]:
    """Yield the lines of several pipes as they come."""
    import selectors

    with selectors.DefaultSelector() as selector:
        rest = dict.fromkeys(pipes, b"")
        for pipe in pipes:
            selector.register(pipe, selectors.EVENT_READ)
        while selector.get_map():
            for key, _ in selector.select():
                data = os.read(key.fd, 1 << 20)
                if not data:
                    selector.unregister(key.fd)
                    continue
                *whole, rest[key.fd] = (rest[key.fd] + data).split(b"\n")
                yield from whole


def _enter_own_world(base: Path) -> None:
    """Keep away from the user's own library and models."""
    os.environ |= {
        "HOME": str(base),
        "XDG_DATA_HOME": str(base / "data"),
        "INPHOTOS_MODELS": str(base / "models"),
        "OMP_NUM_THREADS": "1",
    }
    os.environ.pop("INPHOTOS_LIBRARY", None)
    os.environ.pop("INPHOTOS_RUNTIME", None)


def _make_small_libraries_do_what_large_ones_do() -> None:
    """Lower the numbers of photos from which on work is done in pieces, or put aside on disk."""
    from inphotos.indexing import hashing, reading
    from inphotos.search import alike, finder
    from inphotos.store import compaction, marks

    reading.BATCH, reading._RECORDS, hashing._CHUNK = 4, 6, 5
    alike.AT_ONCE = finder.EXACT_UP_TO = 5
    compaction._CHUNK, compaction._REBUILD_CHUNK = 3, 6
    marks._MOST_SPENT = 10


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
