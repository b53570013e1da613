"""Calls of the system that fail in the product's processes, without a word of it in the product.

A small library in C stands before the C library (``LD_PRELOAD``); see ``injected.c``. It takes
effect in every process that inherits the environment, and does nothing without rules.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

RULES = "INPHOTOS_FAULTS"

_SOURCE = Path(__file__).with_name("injected.c")
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 1, 2
_PR_CAPBSET_DROP = 24
_CAPABILITY_VERSION = 0x20080522


def build(directory: Path) -> Path | None:
    """Compile the library; None where that is not possible."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    made = directory / "injected.so"
    command = [compiler, "-shared", "-fPIC", "-O1", "-o", str(made), str(_SOURCE), "-ldl"]
    done = subprocess.run(command, capture_output=True, check=False)
    return made if done.returncode == 0 else None


def is_loaded() -> bool:
    """Tell whether rules take effect in this process and in those that it starts."""
    return "injected.so" in os.environ.get("LD_PRELOAD", "")


def set_rules(rules: str) -> None:
    """Let calls fail from now on, in this process and in those that it starts."""
    os.environ[RULES] = rules


def obey_permissions() -> None:
    """Let files' permissions hold for this process and those that it starts, also for root's."""
    if os.geteuid() != 0:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    for right in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH):
        libc.prctl(_PR_CAPBSET_DROP, right, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable; then their upper halves
    libc.capget(header, sets)
    for number in range(3):
        sets[number] &= ~(1 << _CAP_DAC_OVERRIDE | 1 << _CAP_DAC_READ_SEARCH)
    if libc.capset(header, sets) != 0:
        raise OSError(ctypes.get_errno(), "the rights of root cannot be given up")
