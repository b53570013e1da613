"""Files and directories that nobody but their owner can read, whatever the process's umask is.

Windows has other permissions: there they are what those of the user's own directory are.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import IO

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def make_directory(path: Path) -> None:
    """Make a directory, and those above it that are missing, for their owner only.

    Raises:
        OSError: that is not possible.
    """
    if not path.parent.exists():
        make_directory(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)


def open_for_owner(path: Path, *, keep: bool = False, append: bool = False) -> IO[bytes]:
    """Open a file for writing, which only its owner can read if it is new.

    Args:
        path: the file.
        keep: what is in it stays, to be overwritten from the beginning on.
        append: what is in it stays, and what is written comes after it.

    Raises:
        OSError: that is not possible.
    """
    mode = "ab" if append else "r+b" if keep else "wb"
    return open(path, mode, opener=_opened)


def tighten(directory: Path) -> None:
    """Take from others what they may do with a directory and, if that was anything, with all in it.

    The directory itself comes first, since nobody reaches what is in it then. Where a file system
    has no permissions, or what is there is somebody else's, it stays as it is.
    """
    if _tightened(directory):
        tighten_contents(directory)


def tighten_contents(directory: Path) -> None:
    """Do that with all that is in a directory, such as files that a native library has made."""
    if os.name == "posix":
        for parent, directories, files in os.walk(directory):
            for name in (*directories, *files):
                _tightened(Path(parent, name))


def _tightened(path: Path) -> bool:
    """Take the permissions of others away; return whether they had any and have none now."""
    try:
        mode = path.lstat().st_mode
        if os.name != "posix" or stat.S_ISLNK(mode) or not mode & _OTHERS:
            return False
        path.chmod(stat.S_IMODE(mode) & ~_OTHERS)
        return not path.lstat().st_mode & _OTHERS
    except OSError:
        return False


def _opened(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
