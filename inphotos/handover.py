"""How a second start of InPhotos gives what it was started with to the window that is open.

There is one window for a library and a user. It listens at an address of their own (a socket on
Unix, a named pipe on Windows); who is answered there need not open another window. Plain Python,
because the second start is to be over before Qt would be loaded.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import socket
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

#: The window answers in milliseconds, unless the machine is very busy.
_PATIENCE_S: Final = 5.0

#: The path of a socket can be 103 bytes long on macOS, 107 on Linux.
_LONGEST_ADDRESS: Final = 103

#: What the window answers to a visit that it has understood.
TAKEN: Final = b"taken\n"

#: What a desktop hands to a program that it starts, so that its window may come to the front.
_TOKENS = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")


@dataclass(frozen=True, slots=True)
class Visit:
    """What a start of InPhotos brings with it.

    Attributes:
        folders: to be added to the library, absolute.
        photos: to search with, absolute.
        token: the desktop's leave to bring the window to the front, empty where there is none.
    """

    folders: tuple[Path, ...] = ()
    photos: tuple[Path, ...] = ()
    token: str = ""

    def written(self) -> bytes:
        """Return it as one line."""
        values = {
            "folders": list(map(str, self.folders)),
            "photos": list(map(str, self.photos)),
            "token": self.token,
        }
        # Names that are no UTF-8 are escaped, and come back as they were.
        return json.dumps(values).encode("ascii") + b"\n"

    @classmethod
    def read(cls, line: bytes) -> Visit | None:
        """Return what a line says, None where it makes no sense."""
        try:
            values = json.loads(line)
        except (ValueError, RecursionError):
            return None
        match values:
            case {"folders": list(folders), "photos": list(photos), "token": str(token)}:
                if all(isinstance(path, str) for path in (*folders, *photos)):
                    return cls(tuple(map(Path, folders)), tuple(map(Path, photos)), token)
        return None


def address(library_directory: Path) -> str | None:
    """Return where the window of a library listens, None where there is no safe place for it.

    On Unix it is a path in a directory that is made if need be and is this user's alone, on
    Windows the name of a pipe.
    """
    library = os.path.realpath(library_directory)
    name = hashlib.sha256(f"{getpass.getuser()}\0{library}".encode(errors="surrogateescape"))
    short = f"inphotos-{name.hexdigest()[:24]}"
    if sys.platform == "win32":
        return short
    paths = (str(place / short) for place in _places() if _is_own(place))
    return next((path for path in paths if len(os.fsencode(path)) <= _LONGEST_ADDRESS), None)


def give(library_directory: Path, visit: Visit) -> bool:
    """Give a visit to the window of a library; return whether there is one that has taken it."""
    at = address(library_directory)
    if at is None:
        return False
    token = next((os.environ[name] for name in _TOKENS if os.environ.get(name)), "")
    line = Visit(visit.folders, visit.photos, token).written()
    try:
        return _exchanged(at, line) == TAKEN
    except OSError:  # nobody listens: what a window left that was killed is of no consequence
        return False


def _exchanged(at: str, line: bytes) -> bytes:
    if sys.platform == "win32":
        with Path(rf"\\.\pipe\{at}").open("r+b", buffering=0) as pipe:
            pipe.write(line)
            return pipe.read(len(TAKEN)) or b""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(_PATIENCE_S)
        connection.connect(at)
        connection.sendall(line)
        return connection.makefile("rb").readline()


def _places() -> list[Path]:
    """Return the directories where sockets may go, the best first."""
    if sys.platform == "win32":
        return []
    given = os.environ.get("XDG_RUNTIME_DIR")
    own = Path(f"/tmp/inphotos-{os.getuid()}")
    return [Path(given) / "inphotos", own] if given else [own]


def _is_own(place: Path) -> bool:
    """Make a directory if need be; tell whether it is one that nobody else can reach."""
    if sys.platform == "win32":
        return False
    try:
        place.mkdir(mode=0o700, exist_ok=True)
        found = place.lstat()
    except OSError:
        return False
    mine = found.st_uid == os.getuid() and stat.S_ISDIR(found.st_mode)
    return mine and not stat.S_IMODE(found.st_mode) & 0o077
