"""Kills this process at the n-th change that it makes to the library, by a library of C.

``points.c`` is compiled with the system's compiler and preloaded, so that it sees every change that
Python or ObjectBox makes to a file. What ObjectBox is given inside of a transaction is in memory
only; that is counted here, so that there are kills between any two of them too.
"""

from __future__ import annotations

import ctypes
import functools
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

_SOURCE = Path(__file__).with_name("points.c")

#: Where in a change the process ends; halfway where bytes are written, else after it.
MOMENTS = ("before", "half", "after")

#: What changes are called, as far as each kind is aimed at by itself, because some are few. For
#: those in memory there is only the moment before.
IN_MEMORY = ("begin", "put", "remove", "commit")
CHANGES = (*IN_MEMORY, "writev", "pwrite", "write", "rename", "unlink")


def missing() -> str:
    """Return what this machine lacks for it, "" for nothing."""
    if sys.platform != "linux":
        return "it works on Linux only"
    return "" if shutil.which("cc") else "there is no C compiler called cc"


def preload() -> None:
    """Start this program anew with the library, unless it has it; returns when it has.

    Raises:
        subprocess.CalledProcessError: it cannot be compiled.
    """
    if os.environ.get("INPHOTOS_CRASH_POINTS"):
        return
    directory = tempfile.mkdtemp(prefix="inphotos-crash-points-")
    target = Path(directory, "points.so")
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-O1", "-o", target, str(_SOURCE), "-ldl"], check=True
    )
    os.environ |= {"LD_PRELOAD": str(target), "INPHOTOS_CRASH_POINTS": directory}
    os.execv(sys.executable, [sys.executable, *sys.argv])


def remove() -> None:
    """Remove the compiled library, at the end of the program."""
    shutil.rmtree(os.environ["INPHOTOS_CRASH_POINTS"], ignore_errors=True)


@functools.cache
def _library() -> Any:
    library = ctypes.CDLL(None)
    text, number = ctypes.c_char_p, ctypes.c_int
    library.crash_arm.argtypes = [text, number, ctypes.c_long, number, text]
    library.crash_count.restype = ctypes.c_long
    library.crash_note.argtypes = [ctypes.c_char_p]
    return library


def arm(directory: Path, report: int, nth: int, moment: str, only: str = "") -> None:
    """Count changes from now on.

    Args:
        directory: those below it.
        report: file descriptor that is told where the process ends.
        nth: the change at which it does; 0 for none.
        moment: one of ``MOMENTS``.
        only: count those whose name begins so, such as one of ``CHANGES``.
    """
    _library().crash_arm(os.fsencode(directory), report, nth, MOMENTS.index(moment), only.encode())
    _wrap_store()


def count() -> int:
    """Return how many changes there were so far."""
    return int(_library().crash_count())


def _wrap_store() -> None:
    """Count what ObjectBox is told: rows put and removed, transactions begun and committed."""
    from objectbox import Box, c, transaction

    for name in ("put", "remove", "remove_many", "remove_all"):
        setattr(Box, name, _noted(getattr(Box, name), name))
    for module in (c, transaction):
        module.obx_txn_write = _noted(module.obx_txn_write, "begin")
        module.obx_txn_success = _noted(module.obx_txn_success, "commit")


def _noted(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    @functools.wraps(function)
    def noted(*args: Any, **kwargs: Any) -> Any:
        entity = getattr(getattr(args[0], "_entity", None), "_name", "") if args else ""
        _library().crash_note(f"{name} {entity.partition('_')[0]}".strip().encode())
        return function(*args, **kwargs)

    return noted


def kill_decoder(nth: int, report: int) -> None:
    """Kill a decoder process when it is given its n-th photo, as a system short of memory would.

    Args:
        nth: of all photos of this process, the first is 1.
        report: file descriptor that is told so.
    """
    from inphotos.photos.decoder_process import DecoderProcess

    plain = DecoderProcess.decode
    given = itertools.count(1)

    def decode(decoder: DecoderProcess, *args: Any, **kwargs: Any) -> Any:
        if next(given) == nth:
            decoder._process.kill()
            decoder._process.wait()
            os.write(report, f"{nth}\tbefore\tdecode\t\n".encode())
        return plain(decoder, *args, **kwargs)

    DecoderProcess.decode = decode  # type: ignore[method-assign]
