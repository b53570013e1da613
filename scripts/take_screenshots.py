"""Show the real window in each of its states and save pictures of it.

    python scripts/take_screenshots.py [DIRECTORY] [--only results] [--scale 1 2] [--list]

Takes every state in light and in dark, at 1x and 2x, on the bundled pictures with the bundled
model, in libraries that are thrown away. Ends with status 1 and names the state where Qt warned
of something meanwhile, or where the window did not get there.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtGui import QFont, QFontDatabase
from screenshots.states import all_states, states_with
from screenshots.studio import Plan, State, StateError, Studio

from inphotos.gui.app import create_application

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "inphotos" / "data" / "demo" / "pictures"
#: The platform without a desktop has no interface font of its own.
FONT = "Inter"


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the pictures that are asked for; return the exit status."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    options = _parse(given)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    wanted = {state.name for name in options.only or [""] for state in states_with(name)}
    states = [state for state in all_states() if state.name in wanted]
    if options.list:
        for state in states:
            print(f"{state.name:26} {', '.join(state.pictures)}")
        return 0
    if len(options.scale) > 1:
        # The scale is one for the whole life of an application, so each has its own.
        runs = [
            subprocess.run([sys.executable, __file__, *given, "--scale", f"{scale:g}"], check=False)
            for scale in options.scale
        ]
        return max(run.returncode for run in runs)
    os.environ["QT_SCALE_FACTOR"] = f"{options.scale[0]:g}"
    with tempfile.TemporaryDirectory(prefix="inphotos-") as place:
        # No library, model or setting of the user's appears in a picture.
        os.environ["HOME"] = os.environ["XDG_DATA_HOME"] = os.environ["XDG_CONFIG_HOME"] = place
        os.environ["INPHOTOS_MODELS"] = f"{place}/models"
        return _take(states, options, Path(place))


def _take(states: Sequence[State], options: argparse.Namespace, place: Path) -> int:
    application, appearance = create_application()
    if FONT in QFontDatabase.families():
        application.setFont(QFont(FONT, 10))
    plan = Plan(
        options.directory,
        options.pictures,
        options.model,
        options.query,
        tuple(options.theme),
        options.width,
    )
    studio = Studio(application, appearance, plan, place)
    troubles = 0
    for state in states:
        try:
            studio.take(state)
        except StateError as error:
            troubles += 1
            print(error, file=sys.stderr)
    for path in studio.taken:
        print(path)
    return int(troubles > 0)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    place = ROOT / "assets" / "screenshots"
    parser.add_argument("directory", nargs="?", type=Path, default=place)
    parser.add_argument("--list", action="store_true", help="list the states and their pictures")
    parser.add_argument(
        "--only", nargs="+", default=[], help="some states, by their names or a picture's"
    )
    parser.add_argument("--scale", nargs="+", type=float, default=[1, 2], help="default: 1 2")
    parser.add_argument("--theme", nargs="+", choices=("light", "dark"), default=["light", "dark"])
    parser.add_argument("--width", type=int, default=1080, help="of the window, default 1080")
    parser.add_argument("--pictures", type=Path, default=PICTURES)
    parser.add_argument("--model", default="demo")
    parser.add_argument("--query", default="sunset over the sea")
    options = parser.parse_args(arguments)
    for name in options.only:
        if not states_with(name):
            parser.error(f"there is no state or picture named {name}: see --list")
    return options


if __name__ == "__main__":
    sys.exit(main())
