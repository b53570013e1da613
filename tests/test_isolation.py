"""The commands and the window ask for no socket that leads out of them, and keep all to themselves.

The kernel sees to that it is seen, in Python and in native code, in their own process and in those
that they start (see ``scripts/isolation``); ``scripts/prove_isolation.py`` does more of the same.
"""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import no_network
import pytest
from isolation import tour, watcher

#: One process for all of them, because loading torch takes most of the time. The demo is the window
#: with a search and the viewer; to measure runtimes takes a minute.
STEPS = [name for name in tour.STEPS if name not in ("tune", "window")]

SOCKETS = """
import socket, subprocess, sys
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK):
    try:
        socket.socket(family)
    except OSError as error:
        print(error.errno)
subprocess.run([sys.executable, "-c", "import socket; socket.socket()"], stderr=subprocess.DEVNULL)
own, other = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
own.bind(sys.argv[1] + "/own/s")
own.listen()
for path in (sys.argv[1] + "/own/s", sys.argv[1] + "/other", "\\0name"):
    try:
        socket.socket(socket.AF_UNIX).connect(path)
        print("reached")
    except OSError as error:
        print(error.errno)
"""


@dataclass(frozen=True)
class Went:
    """A tour that has ended.

    Attributes:
        place: where all was kept.
        watched: what was seen of its process.
    """

    place: Path
    watched: watcher.Watched


@pytest.fixture(scope="module", autouse=True)
def _can_be_watched() -> None:
    if reason := watcher.obstacle():
        pytest.skip(f"sockets cannot be watched here: {reason}")


@pytest.fixture(scope="module")
def went() -> Iterator[Went]:
    """The tour, gone by somebody who lets everybody read all that a program does not protect."""
    # The path of a socket may have 100 characters; in a longer one it would go somewhere else.
    with tempfile.TemporaryDirectory(prefix="inphotos-tour-") as place:
        yield _gone(Path(place).resolve())


def _gone(place: Path) -> Went:
    environment = tour.environment(place)
    # The kernel alone is to refuse here, and not what keeps the tests from the network.
    paths = environment["PYTHONPATH"].split(os.pathsep)
    environment["PYTHONPATH"] = os.pathsep.join(p for p in paths if p != str(no_network.START))
    command = [sys.executable, "-m", "isolation.tour", str(place), *STEPS]
    before = os.umask(0)
    try:
        watched = watcher.watched(command, environment, Path(environment["XDG_RUNTIME_DIR"]), 280)
    finally:
        os.umask(before)
    return Went(place, watched)


def test_every_command_does_its_work_without_a_network(went: Went) -> None:
    done = [json.loads(line) for line in went.watched.out.splitlines()]

    assert [(name, right) for name, right, _ in done] == [(name, True) for name in STEPS], done
    assert went.watched.status == 0, went.watched.err


def test_no_command_asks_for_a_socket_that_leads_out_of_it(went: Went) -> None:
    assert went.watched.attempts == ()


def test_all_that_is_kept_can_be_read_by_its_owner_only(went: Went) -> None:
    # Photos that are copied for somebody have the permissions that the originals have.
    given = {went.place / name for name in ("pictures", "copies")}
    kept = [path for path in went.place.rglob("*") if not given & {path, *path.parents}]
    names = {path.name for path in kept}

    assert {"library.json", "data.mdb", "256"} <= names
    open_to_others = [
        (oct(mode), str(path.relative_to(went.place)))
        for path in kept
        if (mode := stat.S_IMODE(path.lstat().st_mode)) & 0o077 and not path.is_symlink()
    ]
    assert open_to_others == []


def test_sockets_that_lead_elsewhere_are_seen_and_refused(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    command = [sys.executable, "-c", SOCKETS, str(tmp_path)]

    watched = watcher.watched(command, os.environ, tmp_path / "own")

    assert watched.out.split() == ["13", "13", "13", "reached", "13", "13"]
    assert [attempt.what for attempt in watched.attempts] == [
        "socket of family 2",
        "socket of family 10",
        "socket of family 16",
        "socket of family 2",
        f"connect to {tmp_path}/other",
        "connect to @name",
    ]


def test_the_script_that_proves_it_tells_what_it_saw() -> None:
    script = Path(watcher.__file__).parents[1] / "prove_isolation.py"

    done = subprocess.run(
        [sys.executable, str(script), "--only", "models"], capture_output=True, text=True
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines() == [
        "models       did its work; asked for no socket",
        "to compare   a connection is seen",
        "PROVED: none opened a socket that leads out of it.",
    ]
