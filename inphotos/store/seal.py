"""Whether a store's file is as the last one to use it left it, and safe to open.

ObjectBox follows offsets in its file without a doubt, and a file that was cut short, or written
over, can end the process. A look at all of a large file takes minutes, so whoever closes a store
in order leaves a seal::

    store/sealed.json   {"size": …, "mtime_ns": …, "commit": …}

With a seal that fits, the file is opened at once. Without one (the process was killed, or somebody
else wrote the file) it is examined first.
"""

from __future__ import annotations

import contextlib
import json
import logging
import time
from pathlib import Path

from inphotos.settings import write_atomically
from inphotos.store.pages import longest_head, read_commits

#: How long a store is examined before it is opened: a library of 100,000 photos takes 3 seconds
#: where its file is in memory already. Of a larger one the rest is looked at by the doctor.
_SECONDS = 20.0

_log = logging.getLogger(__name__)


def is_safe(files: Path) -> bool:
    """Tell whether a store can be opened, as far as can be told in a short time.

    Args:
        files: the store's directory; it has a file.

    Raises:
        OSError: the file cannot be read.
    """
    state = _state(files / "data.mdb")
    if state is None:
        return False
    if state == _sealed(files):
        return True
    from inphotos.store.survey import survey

    start = time.monotonic()
    found = survey(files / "data.mdb", seconds=_SECONDS)
    _log.info("the store was not closed in order: %s (%.1f s)", found, time.monotonic() - start)
    return found.is_whole


def was_used(library: Path) -> bool:
    """Tell whether a library has been in use, so that its store should have a file."""
    files = library / "store"
    # The last one is made as soon as the store has been opened for the first time.
    traces = (_file(files), files / "model.json.bak", library / ".nomedia")
    return any(trace.exists() for trace in traces)


def break_seal(files: Path) -> None:
    """Note that the store is about to be opened.

    Raises:
        OSError: the directory cannot be written.
    """
    _file(files).unlink(missing_ok=True)


def seal(files: Path) -> None:
    """Note that the store has been closed in order; where that fails, it is examined next time."""
    with contextlib.suppress(OSError):
        state = _state(files / "data.mdb")
        if state is not None:
            content = json.dumps(state).encode()
            write_atomically(_file(files), content, durable=False)


def _state(data: Path) -> dict[str, int] | None:
    """Return what tells one state of a store's file from another; None where it is unusable."""
    with data.open("rb") as file:
        commits = read_commits(file.read(longest_head()))
    if len(commits) < 2:
        return None
    status = data.stat()
    return {
        "size": status.st_size,
        "mtime_ns": status.st_mtime_ns,
        "commit": commits[0].number,
    }


def _sealed(files: Path) -> object:
    try:
        return json.loads(_file(files).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def _file(files: Path) -> Path:
    return files / "sealed.json"
