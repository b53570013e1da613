"""Giving a file a name that is free, and never one that is taken."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path

#: How file systems say that they know no hard links, or that this file may have none.
_NO_LINKS = frozenset(
    {errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
)


def move_to_free_name(source: Path, target: Path) -> None:
    """Rename a file within its file system; what stands in the way is never replaced.

    The plain call of POSIX replaces without a word what has come there since one last looked.

    Args:
        source: the file.
        target: its new path.

    Raises:
        FileExistsError: there is something at ``target``; ``source`` is where it was.
        OSError: it cannot be renamed, or is on another file system; likewise.
    """
    if sys.platform == "win32":
        source.rename(target)  # refuses by itself there
        return
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _replace_own(source, target)
        return
    try:
        source.unlink()
    except OSError:
        # Under both names it would be another photo.
        target.unlink()
        raise


def _replace_own(source: Path, target: Path) -> None:
    """Rename where there are no hard links: onto an empty file that nobody else has made."""
    target.touch(exist_ok=False)
    try:
        source.replace(target)
    except OSError:
        with contextlib.suppress(OSError):
            target.unlink()
        raise
