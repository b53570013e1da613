#!/usr/bin/env python3
"""Prove that nothing leaves this machine: python3 scripts/prove_isolation.py.

Runs the commands and the window, each in a process of its own, under a filter of the Linux kernel
that sees every socket which the command, its libraries or its children ask for, and refuses all
that lead out of it. Each must do its whole work like that, and none may have asked. At last the
same is done with a command that does open a connection, to show that it would be seen. Needs
Linux and no rights. To be run with the Python of the checkout's .venv.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from isolation import tour, watcher

_LEAKY = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"


def main(arguments: list[str] | None = None) -> int:
    """Run the steps; return 1 when one of them is not right."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", choices=tour.STEPS, metavar="STEP", help="these only")
    parser.add_argument("--seconds", type=float, default=600.0, help="the limit of each")
    chosen = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory(prefix="inphotos-proof-") as place:
            faults = _prove(Path(place), chosen.only or list(tour.STEPS), chosen.seconds)
    except watcher.WatchingError as error:
        print(f"Nothing is proved, because this machine cannot watch sockets: {error}.")
        return 1
    print("PROVED: none opened a socket that leads out of it." if not faults else "NOT PROVED.")
    return 1 if faults else 0


def _prove(place: Path, steps: list[str], seconds: float) -> int:
    faults = 0
    environment = tour.environment(place)
    own = Path(environment["XDG_RUNTIME_DIR"])
    for step in steps:
        print(f"{step} ...", file=sys.stderr, flush=True)
        command = [sys.executable, "-m", "isolation.tour", str(place), step]
        try:
            ran = watcher.watched(command, environment, own, seconds)
        except subprocess.TimeoutExpired:
            print(f"{step:12} did not end within {seconds:.0f} s")
            faults += 1
            continue
        wanted = [f"{attempt.program}: {attempt.what}" for attempt in ran.attempts]
        work = "did its work" if ran.status == 0 else f"FAILED: {ran.out}{ran.err[-2000:]}"
        print(f"{step:12} {work}; {'; '.join(wanted) or 'asked for no socket'}")
        faults += ran.status != 0 or bool(wanted)
    leaky = watcher.watched([sys.executable, "-I", "-c", _LEAKY], environment, own, seconds)
    print(f"{'to compare':12} a connection is {'seen' if leaky.attempts else 'NOT SEEN'}")
    return faults + (not leaky.attempts)


if __name__ == "__main__":
    sys.exit(main())
