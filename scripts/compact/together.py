"""The last part of the training: both towers learn from photos that have words of their own."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np
import torch
from torch import nn
from torch.nn import functional as nnf
from transformers import CLIPTokenizer

from compact.course import Batches, Losses
from compact.photos import Row
from compact.pictures import PictureLesson
from compact.texts import TextLesson
from compact.words import TEMPLATES

_START = 20.0  # of the scale of cosines, which is learnt


class PairLesson:
    """Gives the losses of the two lessons before, and one of pictures beside their own words.

    A text fits each picture that has this label, or one that a more general label names as well.
    """

    def __init__(
        self,
        tokenizer: CLIPTokenizer,
        pictures: PictureLesson,
        texts: TextLesson,
        rows: Sequence[Row],
        batch: int,
        seed: int,
    ) -> None:
        """Prepare.

        Args:
            tokenizer: of the model that learns.
            pictures, texts: the lessons before, whose modules these are.
            rows: of the photos that ``pictures`` trains on.
            batch: how many pictures at once.
            seed: of their order.
        """
        device = pictures.device
        self._scale = nn.Parameter(torch.tensor(_START, device=device).log())
        self.modules = nn.ModuleDict(
            {
                "pictures": pictures.modules,
                "texts": texts.modules,
                "scale": nn.ParameterList([self._scale]),
            }
        )
        self._pictures = pictures
        self._texts = texts
        self._rows = rows
        self._tokenizer = tokenizer
        worded = [n for n, row in enumerate(rows) if row.labels or row.captions]
        self._worded = np.array(worded)
        self._batches = Batches(len(worded), batch, seed)
        self._chance = Random(seed)

    def __call__(self, step: int) -> Losses:
        """Return the losses of a step's batch."""
        rows = self._worded[self._batches[step]]
        said, losses = self._pictures.learn(rows)
        words, fits = self._words([self._rows[row] for row in rows])
        tokens = self._tokenizer(words, truncation=True)["input_ids"]
        written = self._texts.say(tokens)
        logits = written @ said.T * self._scale.exp().clamp(max=100)
        fits = fits.to(logits.device)
        pairs = _spread(logits, fits) + _spread(logits.T, fits.T)
        losses = {f"picture {name}": loss for name, loss in losses.items()}
        losses |= {f"text {name}": loss for name, loss in self._texts(step).items()}
        return {**losses, "pairs": 0.3 * pairs}

    def _words(self, rows: Sequence[Row]) -> tuple[list[str], torch.Tensor]:
        """Return a text for each photo, and which photos each fits, float, shape (n, n)."""
        words, fits = [], torch.eye(len(rows))
        for at, row in enumerate(rows):
            if row.captions and (not row.labels or self._chance.random() < 0.7):
                words.append(self._chance.choice(row.captions))
                continue
            label = self._chance.choice(row.labels)
            words.append(self._chance.choice(TEMPLATES).format(label))
            for other, another in enumerate(rows):
                if label in another.labels:
                    fits[at, other] = 1
        return words, fits


def _spread(logits: torch.Tensor, fits: torch.Tensor) -> torch.Tensor:
    shares = fits / fits.sum(1, keepdim=True)
    return -(shares * nnf.log_softmax(logits, 1)).sum(1).mean()
