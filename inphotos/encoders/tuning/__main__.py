"""The process that measures; see :mod:`inphotos.encoders.tuning`.

    python -m inphotos.encoders.tuning MODEL WORKPLACE [own] [background]

MODEL is the directory of a model, and WORKPLACE one with ``pictures.npy``; ``own`` says that they
are the user's, ``background`` that nobody waits. Progress goes to the standard output, a JSON array
of (steps done, steps in all) in each line, or a string that says why it failed. Converted files
come to lie in the models' directory, which whoever starts this process has set to WORKPLACE
(INPHOTOS_MODELS), and the verdict comes last, as ``verdict.json``. The process ends when its
standard input does, so that it does not outlive whoever wants to know.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np

from inphotos import manners
from inphotos.encoders import directory
from inphotos.encoders.tuning.tuner import BACKGROUND, OWN, PICTURES, VERDICT
from inphotos.errors import InPhotosError

_ORPHANED = 4


def main(model_directory: str, workplace: str, *words: str) -> None:
    """Measure, and write the verdict."""
    # What libraries print is not to come between the lines of progress.
    told = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    threading.Thread(target=_watch, daemon=True).start()
    if BACKGROUND in words:  # before anything starts threads, which inherit it
        manners.lower_priority()
    logging.basicConfig(level=logging.INFO)

    def report(done: int, total: int) -> None:
        print(json.dumps([done, total]), file=told, flush=True)

    try:
        _measure(Path(model_directory), Path(workplace), OWN in words, report)
    except (InPhotosError, MemoryError, OSError) as error:
        print(json.dumps(_reason(error)), file=told, flush=True)
        raise


def _measure(
    model_directory: Path, workplace: Path, own: bool, report: Callable[[int, int], None]
) -> None:
    report(0, 0)
    # Imported when it is known to be wanted, since that takes seconds.
    from inphotos.encoders.tuning import measuring

    # Whoever starts this process has found the model and knows where it comes from.
    model = directory.read(model_directory, str(model_directory), pickled=True)
    pictures = list(np.load(workplace / PICTURES, allow_pickle=False))
    verdict = measuring.measure(model, pictures, own=own, report=report)
    verdict.save(workplace / VERDICT)


def _reason(error: InPhotosError | MemoryError | OSError) -> str:
    if isinstance(error, MemoryError):
        return "there is too little memory"
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return str(error).removesuffix(".")


def _watch() -> None:
    # Not by way of sys.stdin, which a thread that waits in it would keep from being closed.
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(_ORPHANED)


if __name__ == "__main__":
    main(*sys.argv[1:])
