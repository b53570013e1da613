#!/usr/bin/env python3
"""Damage a library at random and have it repaired: scripts/damage_campaign.py --runs N.

Each run takes a copy of a library, with marks, a saved search and backups, and overwrites, cuts
short, empties, exchanges or removes some of its files, most often the store. Then it runs
``search``, ``doctor``, ``doctor --repair``, ``index`` and ``search``, each in a process of its own.
A violation is: a process that ends by a signal or with a traceback, or takes too long; a library
that the doctor still finds damaged after the repair; photos, folders, saved searches or marks that
are not there in the end.

The exit status is 1 if there was a violation. To be run with the Python of the checkout's .venv.
"""

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
# Before torch is loaded: a forked process lacks the threads that share its work, and would wait
# for them for ever.
os.environ["OMP_NUM_THREADS"] = "1"

from inphotos.cli import main as inphotos
from inphotos.library import Library
from inphotos.library.searches import SavedSearch

PHOTOS, FAVORITES = 150, 20
PAGE = 4096
LONGEST_S = 120

#: Commands exit with these: done, nothing found (or something wrong, for the doctor), bad input.
USUAL = (0, 1, 2)


@dataclass
class Ended:
    """How a process ended.

    Attributes:
        status: its exit status; negative for the signal that ended it.
        out, err: what it printed.
    """

    status: int
    out: str
    err: str


@dataclass
class Tally:
    """What came of all runs."""

    violations: int = 0
    first_search: Counter[str] = field(default_factory=Counter)
    mended: Counter[str] = field(default_factory=Counter)
    encoded_again: int = 0


def main() -> int:
    """Run the campaign."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--runs", type=int, default=100, help="damaged libraries (about 5 s each)")
    parser.add_argument("--seed", type=int, default=1, help="of the first run; each has its own")
    chosen = parser.parse_args()
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        os.environ["XDG_DATA_HOME"] = os.environ["INPHOTOS_MODELS"] = str(place / "data")
        make_library(place)
        expected = look(place / "library")
        say(f"A library is made: {expected}.")
        for seed in range(chosen.seed, chosen.seed + chosen.runs):
            found = one_run(place, seed, expected, tally)
            for each in found:
                say(f"seed {seed}: {each}")
            tally.violations += len(found)
            say(f"{seed - chosen.seed + 1} of {chosen.runs}, {tally.violations} violations")
    print(f"{chosen.runs} runs, {tally.violations} violations")
    print(f"the first search: {dict(tally.first_search)}")
    print(f"mended: {dict(tally.mended.most_common())}")
    print(f"photos read again: {tally.encoded_again} of {PHOTOS * chosen.runs}")
    return 1 if tally.violations else 0


def make_library(place: Path) -> None:
    """Make photos and a library of them, with all that a user could lose."""
    from PIL import Image

    for number in range(PHOTOS):
        chance = random.Random(number)
        photo = place / "photos" / f"d{number % 7}" / f"p{number}.jpg"
        photo.parent.mkdir(parents=True, exist_ok=True)
        small = Image.frombytes("RGB", (6, 4), chance.randbytes(72))
        small.resize((96, 64)).save(photo)
    (place / "more").mkdir()
    shutil.copy(place / "photos" / "d0" / "p0.jpg", place / "more" / "copy.jpg")
    for _ in range(2):  # the second time, ObjectBox's file of ids has a backup
        with Library.open(place / "library", model="demo") as library:
            for name in ("photos", "more"):
                library.add_folder(place / name)
            for _ in library.index():
                pass
            ids = [result.photo_id for result in library.browse(top=FAVORITES).results]
            library.marks.set_favorite(ids, True)
            library.marks.add_tags(ids[:5], ["kept"])
            library.searches.save(SavedSearch("Red things", "red"))


def one_run(
    place: Path, seed: int, expected: tuple[int, int, list[str], int, int] | str, tally: Tally
) -> list[str]:
    """Damage a copy of the library, have it repaired, and return what went wrong."""
    chance = random.Random(seed)
    directory = place / "damaged"
    shutil.rmtree(directory, ignore_errors=True)
    shutil.copytree(place / "library", directory)
    done = " and ".join(damage(directory, chance) for _ in range(chance.choice((1, 1, 1, 2))))
    wrong: list[str] = []

    def run(*words: str, expected: Sequence[int] = USUAL) -> Ended:
        ended = command(directory, words)
        if ended.status not in expected or "Traceback" in ended.err:
            wrong.append(f"{done}: {' '.join(words)} ended with {ended.status}: {ended.err[-600:]}")
        return ended

    first = run("search", "red")
    tally.first_search["refused" if first.status == 2 else "answered"] += 1
    run("doctor", expected=(0, 1))
    repair = run("doctor", "--repair", expected=(0,))
    with contextlib.suppress(ValueError):
        tally.mended.update(json.loads(repair.out)["repair"]["mended"])
    indexed = run("index", expected=(0,))
    with contextlib.suppress(ValueError):
        tally.encoded_again += json.loads(indexed.out)["indexed"]
    run("search", "red", expected=(0,))
    after = run("doctor", expected=(0,))
    state = look(directory)
    if state != expected:
        wrong.append(f"{done}: in the end {state}; {repair.out[:1500]}; {after.out[-300:]}")
    return wrong


def damage(directory: Path, chance: random.Random) -> str:
    """Do something to one of a library's files; return what."""
    files = sorted(
        path
        for path in directory.rglob("*")
        if path.is_file() and path.stat().st_size and "backups" not in path.parts
    )
    data = directory / "store" / "data.mdb"
    beside = [path for path in files if "thumbnails" not in path.parts]
    path = chance.choice((data, data, data, chance.choice(beside), chance.choice(files)))
    if not path.exists():
        return "nothing"
    content = bytearray(path.read_bytes())
    what = chance.choice(sorted(CHANGES))
    CHANGES[what](content, chance)
    name = str(path.relative_to(directory))
    if what == "remove":
        path.unlink()
    elif what == "exchange":
        other = chance.choice(beside)
        other_content = other.read_bytes()
        other.write_bytes(content)
        path.write_bytes(other_content)
        return f"exchange {name} and {other.relative_to(directory)}"
    else:
        path.write_bytes(content)
    return f"{what} {name}"


def _overwrite(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content) or 1)
    count = min(chance.randrange(1, 300), len(content) - at)
    content[at : at + count] = chance.randbytes(count)


def _flip(content: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 1, 5, 50))):
        if content:
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def _zero_page(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content) // PAGE + 1) * PAGE
    content[at : at + PAGE] = bytes(len(content[at : at + PAGE]))


def _swap_pages(content: bytearray, chance: random.Random) -> None:
    one, other = (chance.randrange(max(1, len(content) // PAGE)) * PAGE for _ in range(2))
    if len(content) >= 2 * PAGE:
        kept = content[one : one + PAGE]
        content[one : one + PAGE] = content[other : other + PAGE]
        content[other : other + PAGE] = kept


def _block(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content) or 1)
    count = min(chance.randrange(1, 100_000), len(content) - at)
    content[at : at + count] = bytes(count) if chance.random() < 0.5 else chance.randbytes(count)


def _truncate(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(len(content) or 1) :]


def _nothing(content: bytearray, chance: random.Random) -> None:
    del content, chance


CHANGES: dict[str, Callable[[bytearray, random.Random], None]] = {
    "block": _block,
    "empty": lambda content, _: content.clear(),
    "exchange": _nothing,
    "flip": _flip,
    "overwrite": _overwrite,
    "remove": _nothing,
    "swap": _swap_pages,
    "truncate": _truncate,
    "zero": _zero_page,
}


def command(directory: Path, words: Sequence[str]) -> Ended:
    """Run a command in a process of its own, forked off this one, which has everything loaded."""
    streams = [tempfile.TemporaryFile("w+") for _ in range(2)]  # noqa: SIM115
    process = os.fork()
    if not process:
        for number, stream in enumerate(streams, 1):
            os.dup2(stream.fileno(), number)
        signal.alarm(LONGEST_S)
        status = 99
        try:
            status = inphotos(["--library", str(directory), "--model", "demo", "--json", *words])
        except BaseException:
            traceback.print_exc()
        finally:
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
            os._exit(status)
    _, ended = os.waitpid(process, 0)
    printed = []
    for stream in streams:
        stream.seek(0)
        printed.append(stream.read())
        stream.close()
    return Ended(os.waitstatus_to_exitcode(ended), *printed)


def look(directory: Path) -> tuple[int, int, list[str], int, int] | str:
    """Return how many photos, folders, favourites and tagged photos there are, and the searches."""
    reader, writer = os.pipe()
    process = os.fork()
    if not process:
        signal.alarm(LONGEST_S)
        try:
            with Library.open(directory, model="demo") as library:
                marks = library.marks.tags()
                state = (
                    library.status().photos,
                    len(library.folders()),
                    [search.name for search in library.searches.all],
                    library.search("is:favorite", top=1000).total,
                    marks.get("kept", 0),
                )
            os.write(writer, json.dumps(state).encode())
        except BaseException:
            os.write(writer, json.dumps(traceback.format_exc()).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as answer:
        content = answer.read()
    os.waitpid(process, 0)
    value = json.loads(content or b'"nothing"')
    return tuple(value) if isinstance(value, list) else value


def say(line: str) -> None:
    """Tell how far the campaign is."""
    print(f"{time.strftime('%H:%M:%S')} {line}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
