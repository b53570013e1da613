#!/usr/bin/env python3
"""Measure how soon the window of a large library is there.

    python scripts/bench_start.py [--photos 100000] [--runs 5] [--library DIR] [--model NAME|PATH]

Makes a library of drawn photos (about 8 minutes for 100,000; one that is in DIR already is used
again), all of them there as empty files of the right size, so that looking for new ones has as much
to do as for real. Then starts ``inphotos`` on it in a new process, again and again, and prints the
seconds from the start of the process to

- the first paint of the window, beside a process that imports PyQt6.QtWidgets and ends, and one
  that paints an empty window;
- the first screen of thumbnails;
- the first search: words are typed as soon as thumbnails are seen, and answered, beside a process
  that imports torch and transformers and loads the model's weights.

All take turns, as others may use the machine too: medians, and how much more than what is beside.
The screen is Xvfb's where there is one, else none at all.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

_DEMO = Path(__file__).parents[1] / "inphotos" / "data" / "demo"
_BATCH = 5_000
_IN_DIRECTORY = 500
#: More than the window shows at once.
_WITH_THUMBNAILS = 200
_PATIENCE_S = 300

_IMPORT = """
import json, time
import PyQt6.QtWidgets
print(json.dumps({"import PyQt6.QtWidgets": time.time()}))
"""

_EMPTY_WINDOW = """
import json, sys, time
from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
class Window(QMainWindow):
    def paintEvent(self, event):
        QTimer.singleShot(0, application.quit)
window = Window()
window.resize(1080, 760)
window.show()
application.exec()
print(json.dumps({"empty window": time.time()}))
"""

_WEIGHTS = """
import json, sys, time
import torch, transformers
transformers.CLIPModel.from_pretrained(sys.argv[1], local_files_only=True)
print(json.dumps({"torch and weights": time.time()}))
"""

#: What each stage is beside.
_BESIDE = {"first paint": "import PyQt6.QtWidgets", "first search": "torch and weights"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the library, measure and print; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--photos", type=int, default=100_000, help="default 100000")
    parser.add_argument("--runs", type=int, default=5, help="starts measured (default 5)")
    parser.add_argument("--library", type=Path, metavar="DIR", help="where to keep the library")
    parser.add_argument("--model", default="demo", help="of the CLIP family (default demo)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="inphotos-") as place:
        library = (options.library or Path(place)) / "library"
        fill(library, options.photos, options.model)
        with screen() as (environment, name):
            print(f"{options.photos:,} photos, {options.runs} starts, {name}")
            measure(library, options.model, options.runs, environment)
    return 0


def measure(library: Path, model: str, runs: int, environment: dict[str, str]) -> None:
    """Start the window and what it is compared with by turns, and print."""
    from inphotos.encoders import registry
    from inphotos.settings import models_directory

    weights = registry.resolve(model, models_directory()).directory
    commands = [
        [sys.executable, "-c", _IMPORT],
        [sys.executable, "-c", _EMPTY_WINDOW],
        product(library, model),
        [sys.executable, "-c", _WEIGHTS, str(weights)],
    ]
    started(commands[2], environment)  # reads the disk, and derives what takes long
    seconds: defaultdict[str, list[float]] = defaultdict(list)
    for _ in range(runs):
        for command in commands:
            for stage, value in started(command, environment).items():
                seconds[stage].append(value)
    medians = {stage: statistics.median(values) for stage, values in seconds.items()}
    for stage, values in seconds.items():
        line = f"  {stage:24}{medians[stage]:6.2f} s  ({min(values):.2f} to {max(values):.2f})"
        beside = _BESIDE.get(stage)
        if beside is not None:
            more, times = medians[stage] - medians[beside], medians[stage] / medians[beside]
            line += f"  {more:+.2f} s, x{times:.2f} beside {beside}"
        print(line)


def product(library: Path, model: str = "demo") -> list[str]:
    """Return the command that starts InPhotos on a library and prints the moments."""
    watch = Path(__file__).with_name("watch_start.py")
    return [sys.executable, str(watch), str(library), model]


def started(command: Sequence[str], environment: dict[str, str]) -> dict[str, float]:
    """Run a command that prints moments; return the seconds from its start to each of them."""
    begun = time.time()
    told = subprocess.run(
        command,
        env={**without_habits(), **environment},
        stdout=subprocess.PIPE,
        check=True,
        timeout=_PATIENCE_S,
    ).stdout
    return {stage: moment - begun for stage, moment in json.loads(told).items()}


def without_habits() -> dict[str, str]:
    """Return the environment as users have it: Python keeps what it has compiled."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def fill(library: Path, photos: int, model_name: str = "demo") -> None:
    """Make a library of photos that were taken evenly over the days, unless it is there.

    Args:
        library: its directory; the photos' files come to lie beside it.
        photos: how many.
        model_name: name or path of the model that the drawn embeddings are to be of.
    """
    from drawn_library import World, drawn_details, drawn_photo

    from inphotos.encoders import registry
    from inphotos.photos.decode import DECODER_VERSION
    from inphotos.photos.metadata import READER_VERSION
    from inphotos.photos.thumbnails import ThumbnailCache
    from inphotos.settings import models_directory
    from inphotos.store.catalog import Catalog
    from inphotos.store.database import Database
    from inphotos.store.details import DetailsTable
    from inphotos.store.folders import Directory
    from inphotos.store.index import EmbeddingIndex

    if library.exists():
        return
    folder, model = library.parent / "photos", registry.resolve(model_name, models_directory())
    make_folder(library, folder)
    chance = random.Random(1)
    world, database = World(model.dimension), Database(library)
    catalog, details = Catalog(database), DetailsTable(database)
    index = EmbeddingIndex(database, model.fingerprint, model.dimension)
    [stored] = catalog.folders.all()
    names = [f"{at:05}" for at in range(-(-photos // _IN_DIRECTORY))]
    with database.transaction():
        catalog.folders.put_directories([Directory(0, stored.id, name) for name in names])
    by_name = {d.path: d.id for d in catalog.folders.directories_by_id().values()}
    for start in range(0, photos, _BATCH):
        rows = []
        for number in range(start, min(start + _BATCH, photos)):
            name = names[number // _IN_DIRECTORY]
            photo = drawn_photo(number, [by_name[name]])
            path = folder / name / photo.path.name
            info = empty_file(path, photo.size)
            versions = {
                "decoder": DECODER_VERSION,
                "reader": READER_VERSION,
            }
            rows.append(
                replace(
                    photo,
                    folder_id=stored.id,
                    path=path,
                    mtime_ns=info.st_mtime_ns,
                    inode=info.st_ino,
                    phash=chance.getrandbits(63),
                    **versions,
                )
            )
        with database.transaction():
            ids = catalog.put(rows)
            details.put([(id_, *drawn_details(id_)) for id_ in ids])
            index.put(ids, world.photos(len(ids)))
        print(f"\rstoring, {start + len(rows):,} of {photos:,} ", end="", file=sys.stderr)
    print(file=sys.stderr)
    database.close()
    cache = ThumbnailCache(library)
    pictures = sorted((_DEMO / "pictures").glob("*.jpg"))
    newest = sorted(range(photos), key=lambda n: drawn_photo(n, [0]).taken_ms)[-_WITH_THUMBNAILS:]
    for number in newest:
        jpeg = pictures[number % len(pictures)].read_bytes()
        cache.store(f"{number:032x}", {256: jpeg, 512: jpeg})


def make_folder(library: Path, folder: Path) -> None:
    """Make an empty library with an empty folder."""
    from inphotos.library import Library

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with Library.open(library, model="demo") as opened:
        opened.add_folder(folder)


def empty_file(path: Path, size: int) -> os.stat_result:
    """Make a file of zeros that takes no room on the disk."""
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        file.truncate(size)
    return path.stat()


@contextmanager
def screen() -> Iterator[tuple[dict[str, str], str]]:
    """Provide a screen; yields the environment that leads to it, and its name."""
    if shutil.which("Xvfb") is None:
        yield {"QT_QPA_PLATFORM": "offscreen"}, "without a screen (there is no Xvfb)"
        return
    reader, writer = os.pipe()
    with subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1400x900x24"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    ) as server:
        os.close(writer)
        with os.fdopen(reader) as told:
            display = f":{told.readline().strip()}"
        try:
            yield {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display}, "under Xvfb"
        finally:
            server.terminate()


if __name__ == "__main__":
    sys.exit(main())
