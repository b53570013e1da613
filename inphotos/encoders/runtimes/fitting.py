"""Keeps a network within the memory of its device."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

import numpy as np

from inphotos.encoders.base import Embeddings

_log = logging.getLogger(__name__)

Run = Callable[..., Embeddings]
"""Takes arrays whose first axis is the batch; returns raw outputs, shape (n, dimension)."""


class Fitting:
    """Runs a network in batches that fit the memory of its device.

    Where one does not fit, its half is tried, and so on; later batches begin with what fitted. A
    device that cannot take a single item is given up, for good. Safe to call from several threads:
    it runs one batch at a time.
    """

    def __init__(
        self,
        run: Run,
        *,
        is_full: Callable[[Exception], bool],
        free: Callable[[], None],
        elsewhere: Callable[[], Run],
    ) -> None:
        """Take what to run.

        Args:
            run: the network on its device.
            is_full: tells whether an error that it raised is about memory.
            free: gives back what the device keeps for later use.
            elsewhere: loads the network where there is memory; called once, when the device is
                given up.
        """
        self._run = run
        self._is_full = is_full
        self._free = free
        self._elsewhere = elsewhere
        self._largest: int | None = None
        self._given_up = False
        self._running = threading.Lock()

    @property
    def largest(self) -> int | None:
        """How many items at once the device takes; None as long as all batches have fitted."""
        return self._largest

    @property
    def given_up(self) -> bool:
        """Whether the network runs elsewhere by now."""
        return self._given_up

    def __call__(self, *inputs: np.ndarray[Any, Any]) -> Embeddings:
        """Run a batch of n >= 1; what the network raises apart from lack of memory is passed on."""
        with self._running:
            parts: list[Embeddings] = []
            start, total = 0, len(inputs[0])
            while start < total:
                size = min(total - start, self._largest or total)
                part = self._try([array[start : start + size] for array in inputs])
                if part is None:
                    self._shrink(size)
                else:
                    parts.append(part)
                    start += size
            return np.concatenate(parts)

    def _try(self, inputs: list[np.ndarray[Any, Any]]) -> Embeddings | None:
        """Return the outputs, or None if the device has no room for them.

        The error and what it holds of the device's memory are gone on return.
        """
        try:
            return self._run(*inputs)
        except Exception as error:
            if self._given_up or not self._is_full(error):
                raise
        return None

    def _shrink(self, size: int) -> None:
        if size > 1:
            self._largest = size // 2
            _log.info("The device has no memory for %d at once; going on with fewer.", size)
        else:
            self._largest = None
            self._given_up = True
            self._run = self._elsewhere()  # the network on the device is gone with it
            _log.warning("The device has no memory for the model; the processor runs it now.")
        self._free()
