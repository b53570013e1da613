"""Files that a library has mapped into memory and does not read again."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from pathlib import Path

_DONT_NEED = 4  # MADV_DONTNEED


def let_go(file: Path) -> None:
    """Take a mapped file's pages out of this process; what is read of it later comes back.

    The system keeps them in its cache of files, and they no longer count as this process's memory.
    Only Linux tells where a file is mapped.
    """
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError):
        wanted = os.path.realpath(file)
        advise = ctypes.CDLL(None).madvise
        advise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
        for line in Path("/proc/self/maps").read_text(errors="surrogateescape").splitlines():
            fields = line.split(maxsplit=5)
            # Pages that may be written to could hold something that is not in the file.
            if len(fields) == 6 and fields[5] == wanted and "w" not in fields[1]:
                start, end = (int(address, 16) for address in fields[0].split("-"))
                advise(start, end - start, _DONT_NEED)
