"""A small library on real photos, commands run on it in processes of their own, and its state."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from PIL import Image

#: Photos that are indexed before anything breaks, and those that come in while it does.
KNOWN, NEW = 12, 40

#: A command that takes longer than that hangs.
PATIENCE_SECONDS = 60.0

_LEFT_BEHIND = (".tmp-*", "*.new", "tmp*", ".making-*", ".*.inphotos", "store.converting")


@dataclass(frozen=True)
class Run:
    """What a command came to.

    Attributes:
        status: its exit status; None when it hung and was killed, below 0 when a signal ended it.
        out, err: what it printed.
    """

    status: int | None
    out: str
    err: str


@dataclass(frozen=True)
class State:
    """What is in a library.

    Attributes:
        problem: why it cannot be opened, "" where it can.
        photos: that are shown.
        indexed: that can be found by the model.
        failed: that cannot be read.
        missing: whose files have vanished.
        twice: paths that are there more than once.
        unequal: photos with an embedding that are not in the catalog, or the other way round.
        marked: paths of the favourites.
        searches: names of the saved searches.
    """

    problem: str = ""
    photos: int = 0
    indexed: int = 0
    failed: int = 0
    missing: int = 0
    twice: int = 0
    unequal: int = 0
    marked: tuple[str, ...] = ()
    searches: tuple[str, ...] = ()


class World:
    """One directory with photos, a library and models, which a trial may break."""

    def __init__(self, place: Path) -> None:
        """Use ``place``/trial, made anew by :meth:`renew`."""
        self.place = place
        self.trial = place / "trial"
        self._template = place / "template"
        self.photos = self.trial / "photos"
        self.library = self.trial / "library"
        self.target = self.trial / "target"

    def prepare(self) -> None:
        """Make the library that each trial begins with, with marks and a saved search."""
        for number in range(KNOWN):
            draw(self.photos / "known" / f"{number:02}.jpg", number)
        self._expect(self.run("index", self.photos))
        self._expect(self.run("mark", self.favourite, "--favorite"))
        self._expect(self.run("searches", "save", "boats", "a boat"))
        for number in range(NEW):
            draw(self.photos / "new" / f"{number:02}.jpg", 1_000 + number)
        self.target.mkdir()
        shutil.copytree(self.trial, self._template, symlinks=True)

    @property
    def favourite(self) -> Path:
        """The photo that the user has marked."""
        return self.photos / "known" / "03.jpg"

    def renew(self) -> None:
        """Let everything be as it was before the first trial."""
        if self.trial.exists():
            _unmount(self.trial)
            _permit(self.trial)
            shutil.rmtree(self.trial)
        shutil.copytree(self._template, self.trial, symlinks=True)

    def run(self, *arguments: object, inside: Callable[[], None] = lambda: None) -> Run:
        """Run a command of the product in a process of its own.

        Args:
            arguments: of the command line, but for the library.
            inside: is called in that process before.
        """
        line = ["--library", str(self.library), "--model", "demo", *map(str, arguments)]
        return self._forked(lambda: _command(line), inside)

    def state(self) -> State:
        """Look into the library."""
        file = self.place / "state.json"

        def look() -> int:
            file.write_text(json.dumps(asdict(_state(self.library))), encoding="utf-8")
            return 0

        run = self._forked(look, lambda: None)
        if run.status != 0:
            return State(problem=f"looking into it ended with {run.status}: {run.err[-300:]}")
        values = json.loads(file.read_text(encoding="utf-8"))
        return State(**{k: tuple(v) if isinstance(v, list) else v for k, v in values.items()})

    def left_behind(self) -> list[str]:
        """Return files that nobody will ever look at again."""
        found = (path for part in _LEFT_BEHIND for path in self.trial.rglob(part))
        return sorted(str(path.relative_to(self.trial)) for path in found)

    def _expect(self, run: Run) -> None:
        if run.status != 0:
            raise RuntimeError(f"the first library cannot be made: {run}")

    def _forked(self, action: Callable[[], int], inside: Callable[[], None]) -> Run:
        files = [self.place / "stdout", self.place / "stderr"]
        sys.stdout.flush()
        sys.stderr.flush()
        child = os.fork()
        if child == 0:
            _become(action, inside, files)
        status = _awaited(child)
        out, err = (file.read_text(encoding="utf-8", errors="replace") for file in files)
        return Run(status, out, err)


def draw(path: Path, seed: int) -> None:
    """Write a photo that differs from those of other seeds."""
    chance = random.Random(seed)
    image = Image.new("RGB", (96, 64), tuple(chance.randrange(256) for _ in range(3)))
    for _ in range(8):
        left, top = chance.randrange(80), chance.randrange(50)
        colour = tuple(chance.randrange(256) for _ in range(3))
        image.paste(colour, (left, top, left + 4 + chance.randrange(30), top + 14))
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, quality=90)


def _become(action: Callable[[], int], inside: Callable[[], None], files: list[Path]) -> None:
    """Be the process of a command; does not return."""
    status = 70
    try:
        os.setsid()
        for number, file in enumerate(files, 1):
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(handle, number)
        inside()
        status = action()
        sys.stdout.flush()
        sys.stderr.flush()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(status)


def _awaited(child: int) -> int | None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.killpg(child, 9)
    os.waitpid(child, 0)
    return None


def _command(line: list[str]) -> int:
    from inphotos.cli import main

    return main(line)


def _state(library: Path) -> State:
    from inphotos.errors import InPhotosError
    from inphotos.library import Library

    try:
        with Library.open(library, model="demo") as opened:
            catalog = opened._catalog
            results = opened.browse(top=10_000).results
            paths = [str(result.path) for result in results]
            readable = {r.photo_id for r in results if r.width}
            embedded = opened._used.index.ids()
            gone = {p.id for p in catalog.by_ids(sorted(catalog.all_ids())).values()}
            return State(
                photos=len(paths),
                indexed=opened.status().indexed,
                failed=len(opened.failures()),
                missing=opened.status().missing,
                twice=len(paths) - len(set(paths)),
                unequal=len(readable - embedded) + len(embedded - gone),
                marked=tuple(
                    p for p, r in zip(paths, results, strict=True) if _is_loved(opened, r)
                ),
                searches=tuple(saved.name for saved in opened.searches.all),
            )
    except InPhotosError as error:
        return State(problem=str(error))


def _is_loved(library: object, result: object) -> bool:
    return library.marks.of(result.photo_id).favorite  # type: ignore[attr-defined]


def _unmount(directory: Path) -> None:
    """Take away what a trial has mounted, and nothing else can be below its directory."""
    table = Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()
    places = [line.split(" ")[1] for line in table]
    for place in reversed([p for p in places if p.startswith(f"{directory}/")]):
        subprocess.run(["umount", "-l", place], check=True)


def _permit(directory: Path) -> None:
    """Let a trial's directory be deleted, whatever permissions were taken away."""
    for path in (directory, *directory.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o700)
