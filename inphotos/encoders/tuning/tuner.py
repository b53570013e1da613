"""Runs the process that measures a model's runtimes, and takes over what comes of it.

All files are made in a workplace of their own and moved to their places once there is a verdict, so
whatever happens on the way, the choice that was made before stays as it is.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from inphotos.encoders import converted, directory, verdict
from inphotos.encoders.base import Model
from inphotos.encoders.machine import this_machine
from inphotos.encoders.runtimes import Runtime
from inphotos.encoders.tuning import kept
from inphotos.encoders.verdict import Verdict
from inphotos.errors import CancelledError, TuningError
from inphotos.events import Control, Progress
from inphotos.owner_only import make_directory
from inphotos.pixels import Pixels

#: Pictures by which closeness is judged, and how many more are wanted to take ranges from: ranges
#: that were taken from the very pictures that are judged by would flatter.
CHECKED: Final = 64
RANGES: Final = 32

PICTURES: Final = "pictures.npy"
VERDICT: Final = "verdict.json"
OWN: Final = "own"
BACKGROUND: Final = "background"
_ERRORS: Final = "errors.txt"

#: Converted weights of all precisions together take so many times what the model's own take.
_ROOM: Final = 4

_POLL_SECONDS: Final = 0.2
_PACKAGE_ROOT: Final = Path(__file__).parents[3]
_log = logging.getLogger(__name__)


def is_due(model: Model) -> bool:
    """Tell whether nothing was measured yet on this machine as it is now."""
    found = verdict.load(model)
    return found is None or found.machine != this_machine()


class Tuner:
    """Measures one model, once."""

    def __init__(
        self,
        model: Model,
        pictures: Sequence[Pixels],
        *,
        own: bool,
        background: bool = False,
        wanted: Runtime | None = None,
    ) -> None:
        """Prepare.

        Args:
            model: whose runtimes are measured.
            pictures: as the model wants them, at least two; see ``measuring.measure``.
            own: they are the user's own photos.
            background: let the process stand back for whatever else the machine does.
            wanted: a runtime whose files are kept in any case.
        """
        self._model = model
        self._pictures = pictures
        self._words = [*([OWN] if own else []), *([BACKGROUND] if background else [])]
        self._wanted = wanted

    def run(self, control: Control) -> Iterator[Progress]:
        """Measure, and take over what comes of it; takes about a minute.

        Raises:
            CancelledError: by way of ``control``; nothing has changed then.
            TuningError: it could not be measured; that is remembered.
        """
        try:
            yield from self._run(control)
        except OSError as error:
            raise self._failed(error.strerror or str(error)) from error

    def _run(self, control: Control) -> Iterator[Progress]:
        place = converted.root()
        make_directory(place)
        kept.remove_workplaces()
        self._check_room(place)
        workplace = Path(tempfile.mkdtemp(dir=place, prefix=kept.WORKPLACE))
        try:
            np.save(workplace / PICTURES, np.stack(self._pictures))
            yield from self._measure(workplace, control)
            found = verdict.read(workplace / VERDICT)
            if found is None:
                raise self._failed("there is no verdict")
            kept.adopt(self._model, workplace, found, self._wanted)
        finally:
            shutil.rmtree(workplace, ignore_errors=True)

    def _check_room(self, place: Path) -> None:
        weights = directory.weights_file(self._model.directory, self._model.family)
        if shutil.disk_usage(place).free < _ROOM * weights.stat().st_size:
            raise self._failed("there is too little room on the disk")

    def _measure(self, workplace: Path, control: Control) -> Iterator[Progress]:
        reason = "its process broke down"
        with self._process(workplace) as process, _ending(process, control):
            assert process.stdout is not None
            for line in process.stdout:
                told = json.loads(line)
                if isinstance(told, str):
                    reason = told
                else:
                    done, total = told
                    yield Progress("tuning", done, total or None)
            status = process.wait()
        if control.cancelled.is_set():
            raise CancelledError("Stopped; models run as before.")
        if status != 0:
            errors = (workplace / _ERRORS).read_text(encoding="utf-8", errors="replace")
            _log.warning(
                "Measuring %s ended with %d:\n%s", self._model.name, status, errors[-4000:]
            )
            raise self._failed(reason)

    @contextlib.contextmanager
    def _process(self, workplace: Path) -> Iterator[subprocess.Popen[str]]:
        with (workplace / _ERRORS).open("w") as errors:
            process = subprocess.Popen(
                # -P and the path: nothing in the current directory may pass for a module.
                [
                    *(sys.executable, "-P", "-m", __package__),
                    *(str(self._model.directory.absolute()), str(workplace), *self._words),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                encoding="utf-8",
                env={
                    **os.environ,
                    "PYTHONPATH": str(_PACKAGE_ROOT),
                    "INPHOTOS_MODELS": str(workplace),
                    # Threads of torch that wait for each other do it asleep, or on a busy machine
                    # their waiting would count as work.
                    "OMP_WAIT_POLICY": "PASSIVE",
                },
                # Ctrl-C reaches every process of a terminal's session; stopping is our decision.
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        try:
            yield process
        finally:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()

    def _failed(self, reason: str) -> TuningError:
        """Remember that it did not work, so that it is not tried at every start."""
        _log.warning("The runtimes of %s were not measured: %s.", self._model.name, reason)
        former = verdict.load(self._model) or Verdict(directory=str(self._model.directory))
        failed = replace(former, machine=this_machine(), failure=reason)
        with contextlib.suppress(OSError):  # then it is tried again
            failed.save(converted.directory(self._model) / verdict.CHOICE)
        return TuningError(self._model.name, reason)


@contextlib.contextmanager
def _ending(process: subprocess.Popen[str], control: Control) -> Iterator[None]:
    """End a process as soon as the work is cancelled."""

    def watch() -> None:
        while process.poll() is None:
            if control.cancelled.wait(_POLL_SECONDS):
                process.kill()
                return

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield
    finally:
        process.kill()
        watching.join()
