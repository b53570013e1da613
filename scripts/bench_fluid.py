#!/usr/bin/env python3
"""Measure for how long the window does not answer while a lot goes on.

    python scripts/bench_fluid.py [--photos 10000] [--model NAME|PATH] [--seconds 120]

Opens the window on an empty library, adds a folder of drawn photos and lets a scripted user scroll,
type, zoom and open menus while the model is loaded and the photos are indexed. A timer in the GUI
thread beats every 5 ms; what is late is a pause of the event loop. Prints the longest one, the
99.9th percentile, and where the GUI thread and the others were during the long ones. On a machine
that others use too, some of the pauses are theirs: the same timer beats in an idle Qt process
beside it, for comparison, and of each long pause it is told for how long the GUI thread computed,
for how long it could have and had no processor (on Linux), and for how long all threads of the
window's process computed. The screen is Xvfb's where there is one, else none at all.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

from bench_start import screen, without_habits

PICTURES = Path(__file__).parents[1] / "inphotos" / "data" / "demo" / "pictures"

BEAT_MS = 5
#: A pause that a user can notice.
LONG_MS = 50
#: The watch looks at what the threads do this often, once a beat is late.
_LOOK_S = 0.01
_ACT_MS = 90
#: How the names of functions end in which threads wait.
_WAITING = (" wait", " _read", " thread.py:18 run", " accept", " select")
_WORDS = ("sunset over the sea", "a red car", "mountains -snow", "date:2020..", "cat")

_IDLE = """
import sys, threading
sys.path[:0] = [{scripts!r}]
from PyQt6.QtCore import QCoreApplication
from bench_fluid import Pulse, told
application = QCoreApplication([])
pulse = Pulse(watching=False)
threading.Thread(target=lambda: (sys.stdin.read(), application.quit()), daemon=True).start()
application.exec()
print(told("an idle process", pulse.pauses))
print(told("  while there was a processor", pulse.own))
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--photos", type=int, default=400, help="default 400")
    parser.add_argument("--model", default="demo", help="name or path (default demo)")
    parser.add_argument("--seconds", type=float, default=120, help="at most (default 120)")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.inside:
        return use_window(options)
    with tempfile.TemporaryDirectory(prefix="inphotos-") as place, screen() as (extra, name):
        draw(Path(place) / "photos", options.photos)
        environment = {**without_habits(), **extra}
        print(f"{options.photos:,} photos, model {options.model}, {name}", flush=True)
        command = [sys.executable, str(Path(__file__).absolute()), "--inside", place]
        command += ["--model", options.model, "--seconds", str(options.seconds)]
        idle = _IDLE.format(scripts=str(Path(__file__).parent))
        with subprocess.Popen(
            [sys.executable, "-c", idle], stdin=subprocess.PIPE, env=environment
        ) as beside:
            status = subprocess.run(command, env=environment, check=False).returncode
            assert beside.stdin is not None
            beside.stdin.close()
            beside.wait()
    return status


def draw(folder: Path, photos: int) -> None:
    """Make a folder of photos that differ: a JPEG's decoder stops before what is added here."""
    pictures = sorted(PICTURES.glob("*.jpg"))
    for number in range(photos):
        directory = folder / f"{number // 500:03}"
        directory.mkdir(parents=True, exist_ok=True)
        target = directory / f"IMG_{number:06}.jpg"
        shutil.copyfile(pictures[number % len(pictures)], target)
        with target.open("ab") as file:
            file.write(f"{number}".encode())


class Pulse:
    """Beats in the GUI thread, and notes what goes on while no beat comes.

    Attributes:
        pauses: by how much each beat was late, seconds.
        own: the same without the time for which this thread had no processor to run on.
        seen: the long ones, with what the threads did and where the GUI thread was, if that could
            be seen.
        held: for how long no thread could run Python, and where the others were right after that.
        stacks: how often the GUI thread, and then the others, were seen at a place in long pauses.
    """

    def __init__(self, *, watching: bool = True) -> None:
        from PyQt6.QtCore import Qt, QTimer

        self.pauses: list[float] = []
        self.own: list[float] = []
        self.stacks: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
        self.seen: list[tuple[float, str]] = []
        self.held: list[tuple[float, str]] = []
        self._gui = threading.get_ident()
        self._begun = self._last = time.perf_counter()
        self._doing = ""
        self._queue = _open_queue()
        self._spent = self._clocks()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._on_beat)
        self._timer.start()
        self._ended = threading.Event()
        if watching:
            threading.Thread(target=self._watch, daemon=True).start()

    @property
    def tells_of_queue(self) -> bool:
        """Whether the system tells how long the thread waited for a processor."""
        return self._queue > 0

    def end(self) -> None:
        """Beat no more."""
        self._timer.stop()
        self._ended.set()

    def _on_beat(self) -> None:
        now = time.perf_counter()
        late = now - self._last - BEAT_MS / 1000
        self._last = now
        self.pauses.append(max(0.0, late))
        before, self._spent = self._spent, self._clocks()
        self.own.append(max(0.0, late - self._spent[1] + before[1]))
        if late > LONG_MS / 1000:
            own, waited, process = (
                round((b - a) * 1000) for a, b in zip(before, self._spent, strict=True)
            )
            at = f"after {now - self._begun:.1f} s"
            told = f"{at}: GUI thread computed {own} and queued {waited}, all {process} ms"
            self.seen.append((late, f"{told}: {self._doing}"))
        self._doing = ""

    def _clocks(self) -> tuple[float, float, float]:
        """Return for how long this thread computed and queued, and the process computed; s."""
        waited = int(os.pread(self._queue, 99, 0).split()[1]) / 1e9 if self._queue else 0.0
        return time.thread_time(), waited, time.process_time()

    def _watch(self) -> None:
        looked = time.perf_counter()
        while not self._ended.wait(_LOOK_S):
            now = time.perf_counter()
            # Where one thread keeps Python to itself, this one comes too late, too; but that
            # thread is hardly further then.
            waited, looked = now - looked, now
            held = waited > LONG_MS / 1000
            if not held and now - self._last < (BEAT_MS + LONG_MS) / 1000:
                continue
            frames = sys._current_frames()
            at = place_of(frames.pop(self._gui))
            frames.pop(threading.get_ident())
            others = [place_of(frame) for frame in frames.values()]
            self.stacks[0][at] += 1
            self.stacks[1].update(others)
            busy = [other for other in others if not other.endswith(_WAITING)]
            self._doing = at
            if held:
                self.held.append((waited, "; ".join(busy)))


def _open_queue() -> int:
    """Open what Linux tells of the time that this thread had to wait for a processor; 0: none."""
    try:
        return os.open("/proc/thread-self/schedstat", os.O_RDONLY)
    except OSError:
        return 0


def place_of(frame: FrameType) -> str:
    """Return where a thread is: the innermost lines, those of this project at least."""
    stack = traceback.extract_stack(frame)
    ours = [line for line in stack if "inphotos" in line.filename][-2:]
    inner = stack[-1:] if stack[-1] not in ours else []
    return " > ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in [*ours, *inner])


class User:
    """Scrolls, types, zooms and opens menus, one step at a time.

    Attributes:
        step: how many there were.
    """

    def __init__(self, window) -> None:
        from PyQt6.QtCore import QTimer

        self._window = window
        self._text = ""
        self.step = 0
        self._timer = QTimer()
        self._timer.setInterval(_ACT_MS)
        self._timer.timeout.connect(self._act)
        self._timer.start()

    def end(self) -> None:
        """Do nothing any more."""
        self._timer.stop()

    def _act(self) -> None:
        self.step += 1
        acts: tuple[Callable[[], None], ...] = (self._scroll, self._type, self._scroll)
        acts[self.step % len(acts)]()
        if self.step % 40 == 0:
            self._window.grid.zoom(1 if self.step % 80 else -1)
        if self.step % 50 == 0:
            self._open_menu()

    def _scroll(self) -> None:
        from PyQt6.QtCore import QPoint, QPointF, Qt
        from PyQt6.QtGui import QWheelEvent
        from PyQt6.QtWidgets import QApplication

        viewport = self._window.grid.viewport()
        down = self.step % 60 < 40
        middle = QPointF(viewport.rect().center())
        event = QWheelEvent(
            middle,
            viewport.mapToGlobal(middle),
            QPoint(),
            QPoint(0, -240 if down else 480),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(viewport, event)

    def _type(self) -> None:
        from PyQt6.QtTest import QTest

        field = self._window.search_bar.field
        if not self._text:
            field.clear()
            self._text = _WORDS[self.step // 40 % len(_WORDS)]
        QTest.keyClicks(field, self._text[0])
        self._text = self._text[1:]

    def _open_menu(self) -> None:
        from PyQt6.QtCore import QTimer

        menus = [action.menu() for action in self._window.menuBar().actions()]
        menu = menus[self.step // 50 % len(menus)]
        menu.popup(self._window.mapToGlobal(self._window.rect().center()))
        QTimer.singleShot(60, menu.close)


def use_window(options: argparse.Namespace) -> int:
    """Open the window and use it until all is indexed; print what was measured."""
    from PyQt6.QtCore import QTimer

    from inphotos.gui import app
    from inphotos.gui.tidying import tidied_in_between

    sys.setswitchinterval(app.TURN_S)
    application, appearance = app.create_application()
    place: Path = options.inside
    window = app.MainWindow(
        place / "library", appearance, model=options.model, folders=[place / "photos"]
    )
    pulse, user = Pulse(), User(window)
    outcome: list[object] = []

    def end() -> None:
        user.end()
        pulse.end()
        window.close()
        application.quit()

    window.session.indexed.connect(lambda *_: (outcome.append("all indexed"), end()))
    QTimer.singleShot(round(options.seconds * 1000), end)
    app.once_painted(window, window.open_library)
    with app.uncaught_exceptions(window), tidied_in_between(window.signs_of_use):
        window.show()
        application.exec()
    print(told("the window", pulse.pauses))
    if pulse.tells_of_queue:
        print(told("  while there was a processor", pulse.own))
    print(f"  {'; '.join(map(str, outcome)) or 'not all indexed'}, {user.step:,} acts of the user")
    for late, doing in sorted(pulse.seen, reverse=True)[:8]:
        print(f"  {late * 1000:6.0f} ms  {doing}")
    for late, doing in sorted(pulse.held, reverse=True)[:12]:
        print(f"  {late * 1000:6.0f} ms  Python was held: {doing}")
    for name, stacks in zip(("GUI thread", "other threads"), pulse.stacks, strict=True):
        print(f"  in long pauses, the {name}:")
        for where, times in stacks.most_common(8):
            print(f"    {times:4} x {where}")
    return 0


def told(name: str, pauses: Sequence[float]) -> str:
    """Return in words how long the pauses were."""
    ordered = sorted(pauses)
    last = len(ordered) - 1
    share = {p: ordered[round(p / 100 * last)] * 1000 for p in (50, 99, 99.9)}
    long = sum(pause * 1000 > LONG_MS for pause in ordered)
    return (
        f"{name}: {len(ordered):,} beats, p50 {share[50]:.1f} ms, p99 {share[99]:.1f} ms, "
        f"p99.9 {share[99.9]:.1f} ms, longest {ordered[-1] * 1000:.1f} ms, "
        f"{long} longer than {LONG_MS} ms"
    )


if __name__ == "__main__":
    sys.exit(main())
