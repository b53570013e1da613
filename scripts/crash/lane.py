"""One run after the other on one library after the other, each ended by a kill and a look."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from crash import points
from crash.check import Checker, Known, Seen
from crash.disk import Disk
from crash.former import turn_back
from crash.models import Models
from crash.plans import Planner
from crash.promises import State, Step, broken_promises
from crash.work import Journal, Work, read_journal

#: Runs with one library; its history is part of what is tried.
LIFE = 10

#: What any step may take; on a machine that does much else, minutes.
_MOST_SECONDS = 300.0

_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER in <sys/prctl.h>


@dataclass
class Kill:
    """How a process is to end.

    Attributes:
        kind: "change" at the n-th change of the library, "time" after a while, "decoder" where
            not it is killed but one of its decoder processes.
        nth: which change, or which photo of the decoder.
        moment: one of ``points.MOMENTS``.
        only: kind of change that is counted, one of ``points.CHANGES``; "" for all.
        seconds: after which it is killed.
    """

    kind: str
    nth: int = 0
    moment: str = "before"
    only: str = ""
    seconds: float = 0.0


@dataclass
class Result:
    """What came of a run.

    Attributes:
        number: of the run.
        steps: what the process did.
        kill: how it was to end.
        where: what it was doing then; "" where it finished before.
        violations: what does not hold.
        seconds: how long the run took.
    """

    number: int
    steps: list[str]
    kill: Kill
    where: str = ""
    violations: list[str] = field(default_factory=list)
    seconds: float = 0.0


class Lane:
    """Runs that follow one another. Nothing is opened, and no thread is started, in its process."""

    def __init__(self, base: Path, seed: int, models: Models) -> None:
        """Take a directory for the libraries, and the models."""
        self._base = base
        self._seed = seed
        self._models = models
        self._chance = random.Random(seed)
        self._lives = 0
        self._disk: Disk
        self._state = State()
        self._photos: dict[int, Known] = {}
        self._left = 0
        # What has been learned of how many changes steps make, and how long they take.
        self._most: dict[str, int] = {}
        self._longest: dict[str, float] = {}
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)

    def run(self, number: int) -> Result:
        """Do one run."""
        started = time.monotonic()
        if not self._left:
            self._begin_life()
        self._left -= 1
        planner = Planner(self._chance, self._disk.roots, self._models.places)
        if self._is_new:
            steps = planner.first()
        else:
            for _ in range(self._chance.choice((0, 1, 3, 8))):
                self._disk.change()
            self._turn_back()
            steps = planner.draw(self._state, self._photos)
        kill = self._draw_kill(steps)
        result = Result(number, [str(step) for step in steps], kill)
        traces = self._disk.traces()
        result.where = self._work(steps, kill)
        if self._disk.traces() != traces:
            result.violations.append("the originals are not as they were")
        result.violations += self._look(steps, kill)
        if self._disk.traces() != traces:
            result.violations.append("the originals are not as they were after the next run")
        if result.violations:
            self._keep(number)
            self._left = 0
        self._is_new = False
        result.seconds = time.monotonic() - started
        return result

    def _begin_life(self) -> None:
        self._lives += 1
        if self._lives > 1:
            shutil.rmtree(self._place, ignore_errors=True)
        self._place = self._base / f"life {self._lives}"
        self._place.mkdir(parents=True)
        self._disk = Disk(self._place, self._chance)
        self._disk.fill(self._chance.randrange(12, 30))
        self._state, self._photos = State.of_new_library(), {}
        self._left, self._is_new = LIFE, True

    def _keep(self, number: int) -> None:
        """Keep what a violation was found in, as it was found."""
        kept = self._base / f"violation {number}"
        with contextlib.suppress(shutil.Error):  # sockets and the like
            shutil.copytree(self._place, kept, symlinks=True)

    def _turn_back(self) -> None:
        """Now and then, let the library be one of an earlier version."""
        version = self._chance.choice((0, 0, 0, 0, 0, 1, 2))
        if not version or (version == 1 and any(self._state.folders.values())):
            return
        trouble, _ = self._forked(lambda: turn_back(self._library, version), None)
        if trouble:
            raise RuntimeError(trouble)
        if version == 1:  # which knew no missing photos
            self._photos = {i: p for i, p in self._photos.items() if p.state == "here"}

    def _draw_kill(self, steps: Sequence[Step]) -> Kill:
        name = _names(steps)
        kinds = ("change", "change", "change", "change", "change", "time", "time", "decoder")
        kind = self._chance.choice(kinds)
        if kind == "decoder" and any("index" in step.what for step in steps):
            return Kill(kind, nth=self._chance.randrange(1, 7))
        if kind == "time":
            return Kill(
                kind, seconds=self._chance.uniform(0.0, self._longest.get(f": {name}", 1.0))
            )
        only = self._chance.choice(("", "", "", *points.CHANGES))
        most = self._most.get(f"{only}: {name}", 5 if only else 80)
        nth = self._chance.randrange(1, most + 2)
        is_atomic = only in points.IN_MEMORY
        moment = "before" if is_atomic else self._chance.choice(points.MOMENTS)
        return Kill("change", nth, moment, only)

    def _work(self, steps: Sequence[Step], kill: Kill) -> str:
        """Let a process work until it is killed; return where that was."""
        report = self._place / "report"
        report.unlink(missing_ok=True)
        journal = self._place / "journal"
        journal.write_bytes(b"")

        def work() -> None:
            written = Journal(journal)
            fd = os.open(report, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            nth = kill.nth if kill.kind == "change" else 0
            points.arm(self._library, fd, nth, kill.moment, kill.only)
            if kill.kind == "decoder":
                points.kill_decoder(kill.nth, fd)
            Work(self._library, written).do(steps)
            written.note("count", points.count())

        started = time.monotonic()
        seconds = kill.seconds if kill.kind == "time" else None
        self._trouble, was_killed = self._forked(work, seconds)
        name = f"{kill.only}: {_names(steps)}"
        counts = [entry[1] for entry in read_journal(journal) if entry[0] == "count"]
        if counts:
            self._most[name] = max(self._most.get(name, 0), counts[0])
            self._longest[name] = max(self._longest.get(name, 0.0), time.monotonic() - started)
        where = report.read_text(errors="replace").strip() if report.exists() else ""
        if was_killed and not where:
            where = f"{kill.seconds:.3f}\tafter\ttime\t"
        elif "change" in kill.kind and where:
            self._most[name] = max(self._most.get(name, 0), 2 * kill.nth)
        return where

    def _look(self, steps: Sequence[Step], kill: Kill) -> list[str]:
        """Look at the library in a process of its own; take over what it says."""
        violations = []
        # A run without a decoder ends with a sentence; that of any other reason is a violation.
        if self._trouble and not (kill.kind == "decoder" and "DecoderError: " in self._trouble):
            violations.append(self._trouble)
        entries = read_journal(self._place / "journal")
        was, may_be = self._promised(steps, entries)
        begun = [steps[entry[1]].what for entry in entries if entry[0] == "begun"]
        indexed = [(entry[1], entry[2]) for entry in entries if entry[0] == "indexed"]
        forgets = bool({"forget", "exclude"} & set(begun))
        answer = self._place / "answer"
        answer.unlink(missing_ok=True)

        def look() -> None:
            checker = Checker(self._library, self._models.expected)
            checker.after_the_kill(self._photos, indexed, forgets)
            found = checker.seen.state
            checker.seen.violations += broken_promises(was, may_be, found)
            model = found.settings["model"]
            if model not in map(str, self._models.places):
                model = str(self._models.places[0])
            if not found.folders:
                _add_folders(self._library, self._disk.roots, model)
            checker.after_the_next_run(self._models.encoder(model), model)
            answer.write_text(json.dumps(asdict(checker.seen)))

        trouble, _ = self._forked(look, None)
        if trouble:
            return [*violations, f"the library cannot be looked at: {trouble}"]
        seen = _seen(json.loads(answer.read_text()))
        self._state, self._photos = seen.state, seen.photos
        return violations + seen.violations

    def _promised(self, steps: Sequence[Step], entries: Sequence[Any]) -> tuple[State, State]:
        """Return what was acknowledged, and that with the step that was under way."""
        state = self._state
        under_way = None
        for entry in entries:
            if entry[0] == "begun":
                under_way = steps[entry[1]]
            elif entry[0] == "done":
                state, under_way = state.after(steps[entry[1]], entry[2]), None
        return state, state if under_way is None else state.after(under_way)

    def _forked(self, work: Callable[[], None], seconds: float | None) -> tuple[str, bool]:
        """Do something in a process of its own.

        Args:
            work: what.
            seconds: after how long it is killed.

        Returns:
            What went wrong in it, and whether it was killed.
        """
        output = self._place / "output"
        sys.stdout.flush()
        pid = os.fork()
        if not pid:
            status = 1
            try:
                fd = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
                os.dup2(fd, 1)
                os.dup2(fd, 2)
                work()
                status = 0
            except BaseException:
                traceback.print_exc()
                sys.stderr.flush()
            finally:
                os._exit(status)
        status = _wait(pid, seconds)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) != signal.SIGKILL:
            return f"it crashed by signal {os.WTERMSIG(status)}", False
        survivors = _reap_orphans()
        trouble = output.read_text(errors="replace") if os.WIFEXITED(status) and status else ""
        if survivors:
            trouble += f"{survivors} processes outlive it"
        return trouble, os.WIFSIGNALED(status)

    @property
    def _library(self) -> Path:
        return self._place / "library"


def _names(steps: Sequence[Step]) -> str:
    return " ".join(step.what for step in steps if step.what != "mark")


def _wait(pid: int, seconds: float | None) -> int:
    """Wait for a process, and kill it when its time is over."""
    started = time.monotonic()
    while True:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return status
        passed = time.monotonic() - started
        if passed > (_MOST_SECONDS if seconds is None else seconds):
            os.kill(pid, signal.SIGKILL)
            if seconds is None:
                os.waitpid(pid, 0)
                raise TimeoutError(f"a process has not ended after {_MOST_SECONDS:.0f} seconds")
        time.sleep(0.002)


def _reap_orphans() -> int:
    """Wait for the decoders that a process has left; return how many do not end by themselves."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            if not os.waitpid(-1, os.WNOHANG)[0]:
                time.sleep(0.005)
        except ChildProcessError:
            return 0
    return len(list(Path("/proc/self/task").glob("*/children")))


def _add_folders(directory: Path, roots: Sequence[Path], model: str) -> None:
    """Give a library that was killed before it had any folders those that it was to get."""
    from inphotos.library import Library

    with Library.open(directory, model=model) as library:
        for root in roots:
            library.add_folder(root)


def _seen(values: Mapping[str, Any]) -> Seen:
    return Seen(
        values["violations"],
        State(**values["state"]),
        {int(id_): Known(**known) for id_, known in values["photos"].items()},
    )
