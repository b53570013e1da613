"""How close embeddings of reduced precision are to those of full precision."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from inphotos.encoders.base import Embeddings

#: What reduced precision has to keep to be taken.
LEAST_COSINE: Final = 0.99
LEAST_SAME: Final = 0.95

#: How many of the nearest are compared.
NEAREST: Final = 10

#: Pictures whose similarities differ by less are equally near: copies, for example.
_EQUAL: Final = 1e-6


def mean_cosine(expected: Embeddings, actual: Embeddings) -> float:
    """Return the mean cosine similarity of raw outputs, row by row; both of shape (n, dimension).

    Outputs that are not finite are as far off as can be: 0.
    """
    if not np.isfinite(actual).all():
        return 0.0
    return float((_unit(expected) * _unit(actual)).sum(axis=1).mean())


def same_neighbours(expected: Embeddings, actual: Embeddings) -> float:
    """Return which share of each picture's nearest others stays, on average.

    Args:
        expected, actual: raw outputs for the same n >= 2 pictures, shape (n, dimension).
    """
    truth, claim = _unit(expected), _unit(actual)
    similar, claimed = truth @ truth.T, claim @ claim.T
    for square in (similar, claimed):
        np.fill_diagonal(square, -np.inf)
    return _overlap(similar, claimed, min(NEAREST, len(truth) - 1))


def same_ranking(expected: Embeddings, actual: Embeddings, pictures: Embeddings) -> float:
    """Return which share of the pictures nearest to each text stays, on average.

    Args:
        expected, actual: raw outputs for the same texts, shape (n, dimension).
        pictures: raw outputs for m >= 1 pictures, shape (m, dimension).
    """
    shown = _unit(pictures).T
    similar, claimed = _unit(expected) @ shown, _unit(actual) @ shown
    return _overlap(similar, claimed, min(NEAREST, len(pictures)))


def _unit(raw: Embeddings) -> npt.NDArray[np.float64]:
    """Scale each row to length 1, more precisely than embeddings are stored."""
    precise = raw.astype(np.float64)
    lengths = np.linalg.norm(precise, axis=1, keepdims=True)
    return np.asarray(precise / np.maximum(lengths, np.finfo(np.float64).tiny))


def _overlap(
    similar: npt.NDArray[np.float64], claimed: npt.NDArray[np.float64], count: int
) -> float:
    """Return the share of the ``count`` largest of each row of ``claimed`` that are so in truth."""
    if not np.isfinite(claimed).any(axis=1).all():
        return 0.0
    least = np.sort(similar, axis=1)[:, -count] - _EQUAL
    taken = np.argsort(-claimed, axis=1, kind="stable")[:, :count]
    return float((np.take_along_axis(similar, taken, axis=1) >= least[:, None]).mean())
