"""What of this machine decides how quickly a network runs, found out without importing engines."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

#: Another number means that converted files are made in another way, or judged by other rules.
CONVERTER: Final = 1

#: The packages whose versions may make a difference.
ENGINES: Final = ("torch", "openvino", "nncf", "onnxruntime")

_CPUINFO = Path("/proc/cpuinfo")
_NVIDIA = Path("/proc/driver/nvidia/gpus")
_ASK_SECONDS: Final = 10.0

#: Instruction sets that make reduced precision quick, as Linux names them.
_INSTRUCTIONS: Final = (
    *("avx2", "fma", "avx_vnni", "avx512f", "avx512_vnni", "avx512_bf16", "avx512_fp16"),
    *("amx_tile", "amx_int8", "amx_bf16", "asimd", "asimddp", "bf16", "i8mm", "sve"),
)


@dataclass(frozen=True, slots=True)
class Machine:
    """What a measurement of speed holds for.

    Attributes:
        processor: its name.
        cores: how many of them the system counts.
        devices: names of graphics processors that networks could run on.
        engines: packages that run networks, with their versions, ``torch 2.13.0`` for example.
        converter: :data:`CONVERTER`.
    """

    processor: str
    cores: int
    devices: tuple[str, ...]
    engines: tuple[str, ...]
    converter: int = CONVERTER


@cache
def this_machine() -> Machine:
    """Describe this machine; asked once in a process."""
    return Machine(
        processor=_processor(),
        cores=os.cpu_count() or 1,
        devices=_devices(),
        engines=tuple(f"{name} {version}" for name in ENGINES if (version := version_of(name))),
    )


def version_of(package: str) -> str:
    """Return the version of an installed package, "" for one that is not installed."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def instructions() -> tuple[str, ...]:
    """Return which of the instruction sets that matter the processor has; () if it is not told."""
    flags = set(_cpuinfo("flags").split()) | set(_cpuinfo("Features").split())
    return tuple(name for name in _INSTRUCTIONS if name in flags)


def _processor() -> str:
    if sys.platform == "darwin":
        name = _answer("sysctl", "-n", "machdep.cpu.brand_string")
    else:
        name = _cpuinfo("model name")
    return name or platform.processor() or platform.machine()


def _devices() -> tuple[str, ...]:
    if sys.platform == "darwin":
        return ("Apple GPU",) if platform.machine() == "arm64" else ()
    if _NVIDIA.is_dir():
        return tuple(
            value
            for directory in sorted(_NVIDIA.iterdir())
            if (value := _field(directory / "information", "Model"))
        )
    if sys.platform == "win32" and shutil.which("nvidia-smi"):
        names = _answer("nvidia-smi", "--query-gpu=name", "--format=csv,noheader")
        return tuple(name.strip() for name in names.splitlines())
    return ()


def _cpuinfo(name: str) -> str:
    return _field(_CPUINFO, name)


def _field(file: Path, name: str) -> str:
    """Return the first value of a name in lines of ``name : value``."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    for line in text.splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return ""


def _answer(*command: str) -> str:
    """Return what a program of the system prints, "" where it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_ASK_SECONDS)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
