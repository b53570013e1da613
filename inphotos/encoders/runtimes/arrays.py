"""Towers of networks that take arrays, in the order of their inputs, and give one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from inphotos.encoders.base import Embeddings
from inphotos.encoders.runtimes.base import Tokens
from inphotos.pixels import Pixels

Network = Callable[..., Embeddings]
"""Reads what its inputs are for; a text tower that reads no mask leaves that aside."""


class ArrayImageTower:
    """The image tower of such a network; see :class:`inphotos.encoders.runtimes.ImageTower`."""

    def __init__(self, network: Network) -> None:
        """Take the network, whose input is uint8 of shape (n, height, width, 3)."""
        self._network = network

    def __call__(self, batch: Sequence[Pixels]) -> Embeddings:
        """Encode pictures."""
        return self._network(np.stack(batch))


class ArrayTextTower:
    """The text tower of such a network; see :class:`inphotos.encoders.runtimes.TextTower`."""

    def __init__(self, network: Network) -> None:
        """Take the network, whose inputs are ids and mask, int64 of shape (n, length)."""
        self._network = network

    def __call__(self, tokens: Tokens) -> Embeddings:
        """Encode texts."""
        return self._network(tokens.ids, tokens.mask)
