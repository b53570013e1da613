#!/usr/bin/env python3
"""Start InPhotos from this checkout: python3 scripts/run.py [arguments of inphotos].

The first start installs it into .venv, which takes some minutes and a network; every later start
uses what is there. Without arguments the window opens; `demo` opens it on the bundled pictures.
"""

import os
import signal
import subprocess
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - a sentence instead of an old Python's SyntaxError
    sys.exit(
        "InPhotos needs Python 3.11 or newer, and this is Python %d.%d: start it with a newer "  # noqa: UP031
        "one, such as python3.12." % sys.version_info[:2]
    )

from setup_env import LOG, PYTHON, VENV, ensure_environment
from system_packages import SetupError, ensure_window_libraries

# The options of inphotos that are followed by a value of their own.
OPTIONS_WITH_VALUE = ("--library", "--model")


def main(arguments: list[str]) -> int:
    """Set up what is missing, then become inphotos."""
    try:
        ensure_environment()
        # Searching from a terminal works on a server that has no libraries for windows.
        if opens_window(arguments):
            ensure_window_libraries(VENV, LOG)
    except SetupError as error:
        print(f"InPhotos cannot start: {error}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrupted; the next start goes on from here.", file=sys.stderr)
        return 130

    # -P: a file of the user's current folder must not stand in for a module of the application.
    command = [str(PYTHON), "-P", "-m", "inphotos", *arguments]
    if os.name != "nt":
        os.execv(command[0], command)
    # Windows has no exec. Ctrl-C reaches the child as well, and the child decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return subprocess.call(command)


def opens_window(arguments: list[str]) -> bool:
    """Whether inphotos opens a window for these: no command at all, folders, or `demo`."""
    waiting = list(arguments)
    while waiting:
        argument = waiting.pop(0)
        if argument in ("-h", "--help", "--version"):
            return False
        if argument in OPTIONS_WITH_VALUE:
            waiting[:1] = []
        elif not argument.startswith("-"):
            return argument == "demo" or os.path.isdir(argument)  # noqa: PTH112 - no error for long text
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
