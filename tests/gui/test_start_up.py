"""What is loaded before the window can be seen, and what the scripts that measure it say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import bench_start
import watch_start

#: What takes long to load, and the window can be painted without.
HEAVY = ("PIL", "dateutil", "email", "numpy", "objectbox", "psutil", "torch", "transformers")


def test_the_window_is_built_without_what_takes_long_to_load(tmp_path: Path) -> None:
    program = (
        "import sys, traceback\n"
        "from pathlib import Path\n"
        "class Watch:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name in {HEAVY}:\n"
        "            stack = [f for f in traceback.extract_stack() if 'inphotos' in f.filename]\n"
        "            print(name, 'is loaded by', stack[-1].filename, stack[-1].lineno)\n"
        "sys.meta_path.insert(0, Watch())\n"
        "from inphotos.cli.arguments import parse_arguments\n"
        "from inphotos.gui import app\n"
        "parse_arguments([])\n"
        "application, appearance = app.create_application()\n"
        "window = app.MainWindow(Path(sys.argv[1]), appearance)\n"
        "window.show()\n"
        "application.processEvents()\n"
        "window.close()\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "library")],
        env={**bench_start.without_habits(), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == ""


def test_the_stages_of_a_start_are_measured(tmp_path: Path) -> None:
    bench_start.fill(tmp_path / "library", 60)
    with bench_start.screen() as (environment, _):
        seconds = bench_start.started(bench_start.product(tmp_path / "library"), environment)
    assert set(seconds) == set(watch_start.STAGES)
    paint, thumbnails, search = (seconds[stage] for stage in watch_start.STAGES)
    assert 0 < paint < thumbnails < search
