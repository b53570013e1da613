"""The commands that open the window.

Where one of the same library is open already, it is given what this command was started with. What
takes long to load is loaded only after that.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from inphotos import handover
from inphotos.cli.output import Output
from inphotos.errors import FolderError, InPhotosError, LibraryError, display_path
from inphotos.handover import Visit
from inphotos.photos.formats import is_photo, kind_of
from inphotos.settings import demo_library_directory, library_directory

#: What PyQt6 loads and a bare Debian lacks. 'scripts/run.py' finds out exactly; a wheel cannot.
_QT_PACKAGES = (
    "libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon-x11-0 libxcb-cursor0 "
    "libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 "
    "libxcb-xkb1"
)

#: The pictures that ``inphotos demo`` shows.
DEMO_PICTURES = Path(__file__).parents[1] / "data" / "demo" / "pictures"


def window(options: argparse.Namespace, _out: Output) -> int:
    """Open the window, or give the one that is open what this one was asked for."""
    visit = visit_of(options.paths)
    directory = library_directory(options.library)
    if handover.give(directory, visit):
        return 0
    return _open_window(directory, options.model, visit)


def demo(options: argparse.Namespace, _out: Output) -> int:
    """Open the window on the bundled pictures, in a library of their own."""
    model = options.model or "demo"
    own = options.library is None
    directory = demo_library_directory() if own else library_directory(options.library)
    if handover.give(directory, Visit()):
        return 0
    if own:
        _forget_former_demo(directory, model)
    return _open_window(directory, model, Visit(folders=(DEMO_PICTURES,)), demo=True)


def visit_of(paths: Sequence[Path]) -> Visit:
    """Tell folders to add from photos to search with.

    Raises:
        FolderError: one of them is neither.
    """
    folders, photos = [], []
    for path in paths:
        if _is_photo(path.expanduser()):
            photos.append(path.expanduser().absolute())
        else:
            from inphotos.photos.scan import check_folder

            folders.append(check_folder(path))
    return Visit(tuple(folders), tuple(photos))


def _is_photo(path: Path) -> bool:
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except OSError as error:
        reason = error.strerror or str(error)
        raise FolderError(f"{display_path(path)} cannot be read ({reason}).") from error
    if kind_of(head) is None and not is_photo(path.name):
        raise FolderError(
            f"{display_path(path)} is neither a folder nor a photo that InPhotos can read."
        )
    return True


def _forget_former_demo(directory: Path, model: str) -> None:
    """Drop the bundled pictures of an installation that has moved, or they would show twice."""
    if not directory.exists():
        return
    from inphotos.library import Library

    # A library that cannot be opened is told of by the window, which opens it next.
    with contextlib.suppress(LibraryError), Library.open(directory, model=model) as library:
        for folder in library.folders():
            if folder.path != DEMO_PICTURES and not folder.online:
                library.forget_folder(folder.path)


def _open_window(directory: Path, model: str | None, visit: Visit, *, demo: bool = False) -> int:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in screens):
        raise InPhotosError(
            "There is no screen to open the window on; start InPhotos from a desktop session, or "
            "use its commands ('inphotos --help' lists them)."
        )
    try:
        from inphotos.gui import app
    except ImportError as error:
        if ".so" not in str(error):
            raise
        raise InPhotosError(
            f"The window needs libraries that this system lacks ({error}); on Debian or Ubuntu "
            f"run 'sudo apt-get install {_QT_PACKAGES}'."
        ) from error
    return int(
        app.run(directory, model=model, folders=visit.folders, photos=visit.photos, demo=demo)
    )
