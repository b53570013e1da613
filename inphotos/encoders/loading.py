"""Loads runtimes and weights so that other threads go on meanwhile.

Two things keep all threads of the process from running Python, on a busy machine for seconds: the
loader of shared libraries, as long as torch's own are set up, and the cyclic garbage collector,
which goes through all objects again and again while modules make hundreds of thousands of them.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib.util
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

_RTLD_NOW = 2  # the same on Linux and macOS
_LIBRARIES = {"linux": "libtorch_cpu.so", "darwin": "libtorch_cpu.dylib"}

_loading = threading.Lock()
_loads = 0


@contextlib.contextmanager
def in_background(*, with_torch: bool) -> Iterator[None]:
    """Load inside this block; what is there afterwards is left alone by the garbage collector.

    Args:
        with_torch: torch is imported inside the block.
    """
    global _loads
    with _loading:
        _loads += 1
        gc.disable()
    try:
        if with_torch:
            _load_torch_library()
        yield
    finally:
        with _loading:
            _loads -= 1
            if not _loads:
                gc.enable()
                # Modules and weights stay: looking through them again would find nothing.
                gc.freeze()


def _load_torch_library() -> None:
    """Load torch's largest library ahead of torch, by a call during which Python is free.

    The import of torch finds it there. It has nothing to do with Python itself.
    """
    name = _LIBRARIES.get(sys.platform)
    if name is None or "torch" in sys.modules:
        return
    spec = importlib.util.find_spec("torch")
    for place in (spec.submodule_search_locations or []) if spec is not None else []:
        library = Path(place, "lib", name)
        if library.is_file():
            load = ctypes.CDLL(None).dlopen
            load.restype, load.argtypes = ctypes.c_void_p, (ctypes.c_char_p, ctypes.c_int)
            load(os.fsencode(library), _RTLD_NOW)  # should it fail, the import says why
