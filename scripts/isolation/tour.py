"""Goes through the commands and the window, each as the ``inphotos`` command runs it.

    python -m isolation.tour PLACE STEP [STEP ...]

PLACE is a directory for the library and all else, STEP a name of :data:`STEPS`. What came of each
is printed as a line of JSON: its name, the exit status and what stands in the answer. The model and
the photos are those that come with InPhotos.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from inphotos.cli import main as inphotos
from inphotos.cli.window import DEMO_PICTURES

#: What is searched for, and how the photos that show it are called.
QUERY: Final = "a sailing boat"
_FOUND: Final = "sailing-boat"

_PATIENCE_S: Final = 180.0
_LOOK_MS: Final = 20


class TourError(Exception):
    """A step did not lead where it should."""


def environment(place: Path) -> dict[str, str]:
    """Return an environment in which everything is kept below a directory."""
    names = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")
    own = {name: str(place / name.lower()) for name in (*names, "TMPDIR")}
    for directory in own.values():
        Path(directory).mkdir(mode=0o700, parents=True, exist_ok=True)
    strange = {
        *("INPHOTOS_LIBRARY", "INPHOTOS_MODELS", "INPHOTOS_RUNTIME"),
        *("DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY"),
    }
    kept = {name: value for name, value in os.environ.items() if name not in strange}
    return {**kept, **own, "QT_QPA_PLATFORM": "offscreen"}


def pictures(place: Path) -> Path:
    """Return a folder with some of the bundled photos."""
    folder = place / "pictures"
    if not folder.is_dir():
        folder.mkdir(parents=True)
        for path in sorted(DEMO_PICTURES.glob("*-0[12].jpg"))[:24]:
            shutil.copy(path, folder)
        for path in DEMO_PICTURES.glob(f"{_FOUND}-0?.jpg"):
            shutil.copy(path, folder)
        shutil.copy(folder / f"{_FOUND}-01.jpg", folder / f"{_FOUND}-again.jpg")
    return folder


def _command(*words: str | Path) -> tuple[int, Any]:
    """Run a command; return its exit status and its JSON document."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        status = inphotos(["--json", *map(str, words)])
    return status, json.loads(out.getvalue() or "null")


def _on(place: Path, *words: str | Path) -> tuple[int, Any]:
    return _command("--library", place / "library", "--model", "demo", *words)


def _photo(place: Path) -> Path:
    return pictures(place) / f"{_FOUND}-01.jpg"


def _index(place: Path) -> object:
    _, summary = _on(place, "index", pictures(place))
    return {"indexed": summary["indexed"], "failed": summary["failed"]}


def _search(place: Path) -> object:
    _, answer = _on(place, "search", QUERY, "--top", "1")
    return Path(answer["results"][0]["path"]).stem.rpartition("-")[0]


def _similar(place: Path) -> object:
    _, answer = _on(place, "similar", _photo(place), "--top", "3")
    return Path(answer["results"][-1]["path"]).stem.rpartition("-")[0]


def _export(place: Path) -> object:
    _on(place, "export", place / "copies", QUERY)
    return sum(path.name.startswith(_FOUND) for path in (place / "copies").iterdir()) > 0


def _status_of(*words: str) -> Callable[[Path], object]:
    return lambda place: _on(place, *words)[0]


def _bench(place: Path) -> object:
    words = ("--seconds", "0.2", "--photos", "300", "--size", "0.3", "--on", "drawn")
    _, report = _on(place, "bench", "decode", "search", *words)
    return sorted(part["part"] for part in report["parts"])


def _window(place: Path) -> object:
    return _in_a_window(lambda: inphotos(_window_words(place, str(pictures(place)))))


def _demo(place: Path) -> object:
    return _in_a_window(lambda: inphotos(_window_words(place, "demo")))


def _window_words(place: Path, what: str) -> list[str]:
    return ["--library", str(place / "library"), "--model", "demo", what]


def _in_a_window(start: Callable[[], int]) -> object:
    """Search in the window that a command opens, look at a photo, and close it."""
    from PyQt6.QtCore import QTimer

    from inphotos.gui import app
    from inphotos.gui.main_window import MainWindow

    seen: list[str] = []
    painted = app.once_painted

    def once_painted(window: MainWindow, then: Callable[[], object]) -> None:
        painted(window, then)
        visit = _visit(window, seen)
        timer = QTimer(window)
        end = time.monotonic() + _PATIENCE_S

        def step() -> None:
            if next(visit, None) is None or time.monotonic() > end:
                timer.stop()
                window.close()

        timer.timeout.connect(step)
        timer.start(_LOOK_MS)

    app.once_painted = once_painted  # type: ignore[assignment]
    try:
        status = start()
    finally:
        app.once_painted = painted
    return [status, *seen]


def _visit(window: Any, seen: list[str]) -> Iterator[str]:
    """Do what somebody does who looks for a photo; yields while there is something to wait for."""

    def until(what: str, reached: Callable[[], object]) -> Iterator[str]:
        while not reached():
            yield what
        seen.append(what)

    model = window.grid.model()
    yield from until("photos", lambda: model.rowCount() > 0)
    window.search_for(QUERY)
    yield from until(
        "found",
        lambda: (
            window.search.is_answered
            and QUERY in window.photos_page.heading.text()
            and model.results[0].path.name.startswith(_FOUND)
        ),
    )
    yield from until("thumbnails", lambda: not window.grid.thumbnails.is_busy)
    window.grid.enter()
    window.viewer.follow(model.results[0])
    yield from until("viewer", lambda: window.viewer.canvas.is_sharp)


#: The steps in the order in which they need each other, and what has to come of each.
STEPS: Final[Mapping[str, tuple[Callable[[Path], object], object]]] = {
    "models": (lambda _: _command("models", "list")[0], 0),
    "index": (_index, {"indexed": 31, "failed": []}),
    "search": (_search, _FOUND),
    "similar": (_similar, _FOUND),
    "duplicates": (_status_of("duplicates"), 0),
    "export": (_export, True),
    "doctor": (_status_of("doctor"), 0),
    "bench": (_bench, ["decode", "search"]),
    "tune": (_status_of("models", "tune"), 0),
    "window": (_window, [0, "photos", "found", "thumbnails", "viewer"]),
    "demo": (_demo, [0, "photos", "found", "thumbnails", "viewer"]),
}


def main(place: Path, names: list[str]) -> int:
    """Do the steps; return 1 when one of them does not end as it should."""
    right = True
    for name in names:
        step, expected = STEPS[name]
        found = step(place)
        right = right and found == expected
        print(json.dumps([name, found == expected, found]), flush=True)
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
