#!/usr/bin/env python3
"""Use the window for an hour without a break, and find out whether anything grows.

    python scripts/soak.py --minutes 60 [--report FILE] [--photos N] [--model NAME|PATH] [--seed N]

Opens the window, with its indexer and its watch over the folder, on an album that it draws.
Photos are added, changed, moved and deleted meanwhile; a scripted user searches by keys, scrolls,
looks at photos, compares, marks, opens menus and dialogs, and forgets and adds the folder. Every
minute (oftener in a run of few) everything is counted that could grow: memory, handles, threads,
processes, temporary files, the library, Qt's objects, Python's objects. A line is fitted through
the second half of the run. Prints a table, and ends with status 1 where something grew by more
than it may. The screen is Xvfb's where there is one, else none at all.

What the window keeps of pictures is held to a small part of what it may take, 512 MB: it would
still be filling up long after the middle of a run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bench_start import screen, without_habits

if TYPE_CHECKING:
    from soaking.album import Album
    from soaking.counting import Sample
    from soaking.trends import Trend
    from soaking.user import User

    from inphotos.gui.main_window import MainWindow

#: No fewer samples than that, however short the run is.
_LEAST_SAMPLES = 8
_COMPACT_S = 300
_CACHE_BYTES = 24 << 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print and judge; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=60, help="default 60")
    parser.add_argument("--photos", type=int, default=300, help="in the album (default 300)")
    parser.add_argument("--model", default="demo", help="name or path (default demo)")
    parser.add_argument("--seed", type=int, default=1, help="of everything that is drawn by lot")
    parser.add_argument("--report", type=Path, metavar="FILE", help="also write all counts, JSON")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.inside:
        return use_window(options)
    with tempfile.TemporaryDirectory(prefix="inphotos-soak-") as place, screen() as (extra, name):
        (Path(place) / "temporary").mkdir()
        own = {
            "HOME": f"{place}/home",
            "XDG_DATA_HOME": f"{place}/home/data",
            "XDG_CONFIG_HOME": f"{place}/home/config",
            "INPHOTOS_MODELS": f"{place}/models",
            "TMPDIR": f"{place}/temporary",
        }
        if options.report:
            options.report = options.report.absolute()
        print(f"{options.photos:,} photos, {options.minutes:g} minutes, {name}", flush=True)
        command = [sys.executable, str(Path(__file__).absolute()), "--inside", place]
        for key in ("minutes", "photos", "model", "seed", "report"):
            value = getattr(options, key)
            command += [f"--{key}", str(value)] if value is not None else []
        environment = {**without_habits(), **extra, **own}
        return subprocess.run(command, env=environment, check=False).returncode


def use_window(options: argparse.Namespace) -> int:
    """Open the window, let the user use it, and judge what was counted."""
    from PyQt6.QtCore import QEventLoop
    from soaking.album import Album

    from inphotos.gui import app
    from inphotos.gui.grid import thumbnails
    from inphotos.gui.tidying import tidied_in_between
    from inphotos.gui.viewer import pictures

    thumbnails.CACHE_BYTES = pictures.CACHE_BYTES = _CACHE_BYTES
    sys.setswitchinterval(app.TURN_S)
    _, appearance = app.create_application()
    place: Path = options.inside
    chance = random.Random(options.seed)
    album = Album(place / "photos", options.photos, chance)
    window = app.MainWindow(
        place / "library", appearance, model=options.model, folders=[album.folder]
    )
    troubles: list[str] = []
    for signal in (window.session.failed, window.session.opening_failed):
        signal.connect(lambda error: troubles.append(str(error)))
    with app.uncaught_exceptions(window), tidied_in_between(window.signs_of_use):
        app.once_painted(window, window.open_library)
        window.show()
        first = QEventLoop()
        window.session.indexed.connect(first.quit)
        window.session.opening_failed.connect(first.quit)
        first.exec()
        samples, user = soak(
            window,
            album,
            chance,
            seconds=options.minutes * 60,
            library=place / "library",
            temporary=Path(os.environ["TMPDIR"]),
        )
        window.close()
    trends = judge(samples)
    report(samples, trends, user, album)
    if options.report:
        write(options.report, samples, trends, user, album)
    print("\n".join(f"The window told of: {trouble}" for trouble in troubles), end="")
    return int(bool(troubles) or any(trend.grows for trend in trends))


def soak(
    window: MainWindow,
    album: Album,
    chance: random.Random,
    *,
    seconds: float,
    library: Path,
    temporary: Path,
) -> tuple[list[Sample], User]:
    """Use a window for so long, and count now and then.

    Args:
        window: is shown, and its library is open.
        album: is in its library, and has been read.
        chance: draws the lots.
        seconds: how long.
        library, temporary: directories of which the files are counted.

    Returns:
        What was counted, and who used the window.
    """
    from PyQt6.QtCore import QEventLoop, QTimer
    from soaking import counting
    from soaking.user import User

    begun = time.monotonic()
    samples: list[Sample] = []
    user = User(window, album, chance)
    timer, compaction, over = QTimer(window), QTimer(window), QEventLoop()

    def count() -> None:
        passed = time.monotonic() - begun
        samples.append(counting.take(passed, window, library, temporary))
        told = f"{passed / 60:6.1f} min  {samples[-1].values[0]:7.1f} MB"
        print(f"{told}  {user.acts.total():,} scenes", file=sys.stderr, flush=True)
        if passed >= seconds:
            user.end()
            timer.stop()
            compaction.stop()
            over.quit()

    timer.timeout.connect(lambda: user.call_between_scenes(count))
    timer.start(round(1000 * min(60.0, seconds / _LEAST_SAMPLES)))
    compaction.timeout.connect(user.compact)
    compaction.start(_COMPACT_S * 1000)
    user.begin()
    over.exec()
    return samples, user


def judge(samples: Sequence[Sample]) -> list[Trend]:
    """Fit a line through each of the measures."""
    from soaking.counting import MEASURES
    from soaking.trends import trend

    seconds = [sample.seconds for sample in samples]
    return [
        trend(measure, seconds, [sample.values[at] for sample in samples])
        for at, measure in enumerate(MEASURES)
    ]


def report(samples: Sequence[Sample], trends: Sequence[Trend], user: User, album: Album) -> None:
    """Print what was done, the table, and the types of which there are more."""
    from soaking.counting import grown

    done = {**user.acts, **{f"photos {name}": count for name, count in album.done.items()}}
    print(", ".join(f"{name} {count:,}" for name, count in sorted(done.items())))
    print(f"{'second half of the run':26}{'first':>10}{'last':>10}{'most':>10}", end="")
    print(f"{'grew by':>10}{'allowed':>10}{'per hour':>12}")
    for it in trends:
        row = (it.first, it.last, it.most, it.growth, it.allowed)
        told = "".join(f"{value:10,.1f}" for value in row)
        verdict = "  GROWS" if it.grows else ""
        print(f"{it.measure.name:26}{told}{it.per_hour:12,.1f}{verdict}")
    before, after = samples[len(samples) // 2], samples[-1]
    print("Python objects that became more, from the middle to the end:")
    for name, first, last in grown(before, after):
        print(f"  {name:30}{first:10,} {last:10,}")


def write(
    file: Path, samples: Sequence[Sample], trends: Sequence[Trend], user: User, album: Album
) -> None:
    """Write everything that was counted, as JSON."""
    document = {
        "measures": [it.measure.name for it in trends],
        "samples": [{"seconds": s.seconds, "values": s.values} for s in samples],
        "per_hour": {it.measure.name: it.per_hour for it in trends},
        "grows": [it.measure.name for it in trends if it.grows],
        "acts": dict(user.acts),
        "photos": dict(album.done),
        "types": {"middle": samples[len(samples) // 2].types, "end": samples[-1].types},
    }
    file.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
