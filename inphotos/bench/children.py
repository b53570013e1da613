"""Processes of their own for what can only be measured in them: starts, and memory."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from inphotos.errors import BenchmarkError
from inphotos.events import Control

_ROOT = Path(__file__).parents[2]
_POLL_SECONDS = 0.02
#: On a slow machine with cold caches, torch and transformers take a minute.
_PATIENCE_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of a process.

    Attributes:
        began: when it was started, seconds since 1970.
        seconds: from then until it had ended.
        said: its output.
    """

    began: float
    seconds: float
    said: str


def python(*words: str) -> list[str]:
    """Return the command line of a Python that has this InPhotos, and nothing from here."""
    return [sys.executable, "-P", *words]


def environment() -> dict[str, str]:
    """Return the environment as users have it: Python keeps what it has compiled."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    before = [kept["PYTHONPATH"]] if kept.get("PYTHONPATH") else []
    return {**kept, "PYTHONPATH": os.pathsep.join([str(_ROOT), *before])}


def run(command: Sequence[str], control: Control, more: dict[str, str] | None = None) -> Ended:
    """Run a process to its end.

    Args:
        command: what to run.
        control: lets the user cancel; the process is ended then.
        more: what to set in its environment.

    Raises:
        CancelledError: by way of ``control``.
        BenchmarkError: it failed, or took forever.
    """
    began, started = time.time(), time.perf_counter()
    with child(command, more) as process:
        while True:
            try:
                said, error = process.communicate(timeout=_POLL_SECONDS)
            except subprocess.TimeoutExpired:
                control.checkpoint()
                if time.perf_counter() - started > _PATIENCE_SECONDS:
                    raise failed(command[-1], "it did not end") from None
            else:
                break
        seconds = time.perf_counter() - started
    if process.returncode:
        lines = error.strip().splitlines() or ["it said nothing"]
        raise failed(command[-1], lines[-1])
    return Ended(began, seconds, said)


@contextlib.contextmanager
def child(
    command: Sequence[str], more: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Start a process with pipes; it and those that it started are gone after the block."""
    process = subprocess.Popen(
        command,
        env={**environment(), **(more or {})},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        # Ctrl-C reaches every process of a terminal's session; stopping is our decision.
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        yield process
    finally:
        for running in tree(process.pid):
            with contextlib.suppress(psutil.Error):
                running.kill()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        process.wait()


def tree(pid: int) -> list[psutil.Process]:
    """Return a process and all that it has started, as far as they still run."""
    with contextlib.suppress(psutil.Error):
        first = psutil.Process(pid)
        return [first, *first.children(recursive=True)]
    return []


def failed(what: str, why: str) -> BenchmarkError:
    """Return the error for a process that did not do what it was started for."""
    return BenchmarkError(f"A process that was to be measured failed ({what}): {why}")
