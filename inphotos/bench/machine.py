"""What a benchmark ran on: figures mean nothing without it."""

from __future__ import annotations

import contextlib
import importlib.metadata
import os
import platform
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import psutil

from inphotos import __version__
from inphotos.manners import on_mains

#: Instruction sets that change how fast a network runs, as Linux names them.
_INSTRUCTION_SETS: Final = (
    "avx",
    "avx2",
    "fma",
    "f16c",
    "avx_vnni",
    "avx512f",
    "avx512_vnni",
    "avx512_bf16",
    "avx512_fp16",
    "amx_int8",
    "amx_bf16",
    "asimd",
    "asimdhp",
    "asimddp",
    "i8mm",
    "bf16",
    "sve",
)
_PACKAGES: Final = (
    "numpy",
    "pillow",
    "objectbox",
    "PyQt6",
    "torch",
    "transformers",
    "openvino",
    "onnxruntime",
)
#: How long the load of the machine is looked at.
_LOOK_SECONDS: Final = 0.5
#: Other programs may have so much of the processor before it is worth a word.
_MOST_BUSY_PERCENT: Final = 20.0
_LITTLE_MEMORY: Final = 2 << 30


def describe() -> dict[str, Any]:
    """Return what matters of this machine for speed, as JSON has it; takes half a second.

    What the system does not tell is None, or left out of a list.
    """
    memory = psutil.virtual_memory()
    busy = psutil.cpu_percent(_LOOK_SECONDS)
    return {
        "system": platform.platform(),
        "processor": _processor(),
        "cores": psutil.cpu_count(logical=False),
        "threads": psutil.cpu_count(),
        "usable_threads": usable_threads(),
        "instruction_sets": list(_instruction_sets()),
        "governor": _governor(),
        "memory_bytes": memory.total,
        "memory_available_bytes": memory.available,
        "busy_percent": busy,
        "load": round(psutil.getloadavg()[0], 2),
        "on_mains": on_mains(0),
        "versions": {
            "inphotos": __version__,
            "python": platform.python_version(),
            **_versions(),
        },
    }


def usable_threads() -> int:
    """Return how many of the processor's threads this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def warnings(machine: Mapping[str, Any]) -> tuple[str, ...]:
    """Return why this machine may be slower now than it can be, a sentence each."""
    found = []
    if machine["busy_percent"] > _MOST_BUSY_PERCENT:
        found.append(
            f"Other programs keep {machine['busy_percent']:.0f} % of the processor busy: what uses "
            f"all cores is slower than it could be, in figures and in ratios."
        )
    if not machine["on_mains"]:
        found.append("The computer runs on its battery, which may slow it down.")
    if machine["governor"] == "powersave" and "intel_pstate" not in _driver():
        found.append("The processor is set to save power.")
    if machine["memory_available_bytes"] < _LITTLE_MEMORY:
        found.append(
            f"Only {machine['memory_available_bytes'] / 2**30:.1f} GiB of memory are free, "
            f"which may slow everything down."
        )
    return tuple(found)


def in_words(machine: Mapping[str, Any]) -> str:
    """Return the machine in one line."""
    cores = machine["usable_threads"]
    parts = [
        machine["processor"] or "unknown processor",
        f"{cores} thread" + ("s" if cores != 1 else ""),
        f"{machine['memory_bytes'] / 2**30:.0f} GiB",
        machine["system"],
        f"Python {machine['versions']['python']}",
    ]
    return ", ".join(parts)


def _processor() -> str | None:
    if sys.platform == "linux":
        return _cpuinfo().get("model name") or platform.processor() or platform.machine() or None
    if sys.platform == "darwin":
        return _sysctl("machdep.cpu.brand_string") or platform.machine()
    return platform.processor() or None


def _instruction_sets() -> tuple[str, ...]:
    """Return those that this processor has; only Linux is asked, which names them all."""
    info = _cpuinfo()
    flags = set((info.get("flags") or info.get("Features") or "").split())
    return tuple(name for name in _INSTRUCTION_SETS if name in flags)


def _cpuinfo() -> dict[str, str]:
    """Return what Linux says of the first core, nothing elsewhere."""
    found: dict[str, str] = {}
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").split("\n"):
            name, _, value = line.partition(":")
            found.setdefault(name.strip(), value.strip())
    return found


def _governor() -> str | None:
    return _frequency("scaling_governor") or None


def _driver() -> str:
    # Intel's driver calls its ordinary way of working "powersave".
    return _frequency("scaling_driver")


def _frequency(name: str) -> str:
    with contextlib.suppress(OSError):
        return Path("/sys/devices/system/cpu/cpu0/cpufreq", name).read_text().strip()
    return ""


def _sysctl(name: str) -> str:
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        done = subprocess.run(["sysctl", "-n", name], capture_output=True, text=True, timeout=5)
        return done.stdout.strip()
    return ""


def _versions() -> dict[str, str]:
    found = {}
    for name in _PACKAGES:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            found[name] = importlib.metadata.version(name)
    return found
