"""A program that starts InPhotos, prints when its window was painted first, and ends.

It loads nothing that ``inphotos`` does not: ``inphotos bench`` measures it, in a process of its
own. The argument is the directory of a library, which is not opened.
"""

from __future__ import annotations

import sys
import time

from inphotos.cli import main
from inphotos.gui import app
from inphotos.gui.main_window import MainWindow


class _Watched(MainWindow):
    def open_library(self) -> None:
        """Say what time it is: this is called as soon as the window is on the screen."""
        print(time.time(), flush=True)  # noqa: T201
        self.close()


if __name__ == "__main__":
    setattr(app, MainWindow.__name__, _Watched)
    sys.exit(main(["--library", sys.argv[1], "--model", "demo"]))
