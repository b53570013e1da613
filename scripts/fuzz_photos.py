#!/usr/bin/env python3
"""Feed the decoders hostile files: python scripts/fuzz_photos.py --files 20000 --keep /tmp/fuzz.

Makes small sound files of every format that is read, damages them in many ways (bits, bytes, parts,
sizes in headers, metadata without end, bombs), and takes each through what the product does with a
photo: thumbnails, the encoder's pixels, metadata and sidecar, the view for the screen, and writing
a mark to the sidecar, all in the product's own processes with its own limits. Nothing may come of
it but a decoded photo or a reason in the product's words.

The same --seed gives the same files; --only N repeats one of them. Prints how the files ended, by
format, and what must not be; the exit status is 1 if there is any such thing. To be run with the
Python of the checkout's .venv.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]  # the tests write files that no library does

from fuzz.cases import Case, make_case  # noqa: E402
from fuzz.checking import OUTCOMES, Checker, Findings  # noqa: E402
from fuzz.seeds import make_seeds  # noqa: E402

_LINE_EVERY_SECONDS = 15.0

#: Files that are made before they are needed; the largest are some megabytes.
_AHEAD = 8

_made: dict[str, Any] = {}


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the files, print what came of them and return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--files", type=int, default=1000, help="how many (default 1000)")
    parser.add_argument("--minutes", type=float, default=1e6, help="stop after so many")
    parser.add_argument("--seed", type=int, default=1, help="other files with each (default 1)")
    parser.add_argument("--first", type=int, default=0, help="number of the first (default 0)")
    parser.add_argument("--only", type=int, metavar="N", help="only the file with this number")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the files that fail there")
    parser.add_argument("--workers", type=int, default=2, help="at the same time (default 2)")
    options = parser.parse_args(arguments)
    numbers = range(options.first, options.first + options.files)
    if options.only is not None:
        numbers = range(options.only, options.only + 1)
    with tempfile.TemporaryDirectory() as folder:
        checker = Checker(Path(folder), options.workers, options.keep)
        started = time.monotonic()
        with made_apart(numbers, options.seed) as cases, checker.running():
            follow(checker.try_all(cases, started + 60 * options.minutes), len(numbers), checker)
        report(checker.findings, options.seed, time.monotonic() - started)
    return 1 if checker.findings.violations else 0


@contextmanager
def made_apart(numbers: range, seed: int) -> Iterator[Iterator[Case]]:
    """Give the files of these numbers, made in a process whose memory does not count."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context, set_up, (seed,)) as pool:
        pool.submit(int).result()  # it is there before anything is measured

        def cases() -> Iterator[Case]:
            ahead: deque[Future[Case]] = deque()
            for number in numbers:
                ahead.append(pool.submit(make_numbered, number))
                if len(ahead) == _AHEAD:
                    yield ahead.popleft().result()
            while ahead:
                yield ahead.popleft().result()

        yield cases()


def set_up(seed: int) -> None:
    """Make what all files are made of; in the process that makes them."""
    _made.update(seed=seed, seeds=make_seeds())


def make_numbered(number: int) -> Case:
    """Return the file with this number; in the process that makes them."""
    return make_case(number, _made["seed"], _made["seeds"])


def make_cases(numbers: range, seed: int) -> Iterator[Case]:
    """Yield the files of these numbers."""
    seeds = make_seeds()
    return (make_case(number, seed, seeds) for number in numbers)


def write_folder(folder: Path, files: int, seed: int) -> None:
    """Write hostile files with their sidecars into a folder, for the indexer."""
    folder.mkdir(parents=True)
    for case in make_cases(range(files), seed):
        photo = folder / f"{case.number:04}{case.suffix}"
        photo.write_bytes(case.data)
        if case.sidecar is not None:
            photo.with_name(f"{photo.name}.xmp").write_bytes(case.sidecar)


def follow(progress: Iterator[int], total: int, checker: Checker) -> None:
    """Say now and then how far the work is."""
    spoken = started = time.monotonic()
    for done in progress:
        now = time.monotonic()
        if now - spoken >= _LINE_EVERY_SECONDS:
            spoken = now
            rate = done / (now - started)
            wrong = len(checker.findings.violations)
            print(
                f"{done:,} of {total:,}, {rate:.0f}/s, {wrong} wrong", file=sys.stderr, flush=True
            )


def report(findings: Findings, seed: int, seconds: float) -> None:
    """Print a line for each format, the reasons, and everything that must not be."""
    kinds = sorted({kind for kind, _ in findings.outcomes})
    print(f"{'':10}" + "".join(f"{outcome:>17}" for outcome in OUTCOMES))
    totals: Counter[str] = Counter()
    for kind in kinds:
        counts = [findings.outcomes[kind, outcome] for outcome in OUTCOMES]
        totals.update(dict(zip(OUTCOMES, counts, strict=True)))
        print(f"{kind:10}" + "".join(f"{count:17,}" for count in counts))
    print(f"{'all':10}" + "".join(f"{totals[outcome]:17,}" for outcome in OUTCOMES))
    print("Reasons:")
    for reason, count in findings.reasons.most_common():
        print(f"  {count:7,}  {reason}")
    slowest, number = findings.slowest
    print(
        f"{sum(totals.values()):,} files in {seconds:.0f} s, seed {seed}; the slowest, {number}, "
        f"took {slowest:.1f} s; at most {findings.worker_bytes >> 20} MiB in a decoder and "
        f"{findings.parent_bytes >> 20} MiB more than at first in the parent"
    )
    for number, what in itertools.islice(sorted(findings.violations), 100):
        again = f"  (--seed {seed} --only {number})" if number >= 0 else ""
        print(f"WRONG: {what}{again}")
    print(f"{len(findings.violations):,} violations")


if __name__ == "__main__":
    raise SystemExit(main())
