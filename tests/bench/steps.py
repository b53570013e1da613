"""Running what is measured to its end."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from inphotos.bench.results import Doing


def finish(work: Generator[Doing, None, Any]) -> Any:
    """Return what comes out."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value
