"""The first part of the training: the image tower learns to say what the teacher sees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional as nnf
from transformers import CLIPModel

from compact.course import Batches, Losses
from compact.crops import Shower
from compact.student import Size, look

#: How sharply a picture tells classes, labels and other pictures apart; measured on the targets.
_TEMPERATURE = 0.05

#: The losses' weights; places among the words are what is wanted, the others help.
_WEIGHTS = {"place": 2.0, "alike": 1.0, "classes": 0.5, "labels": 0.5, "features": 0.5}

#: The share of its patches that a picture shows.
_SHOWN = 0.5


@dataclass(frozen=True)
class Targets:
    """What is learnt, row by row of the photos that are trained on.

    Attributes:
        places: of pictures among the words, length 1, shape (n, dimension).
        features: of the teacher, white and short, shape (n, m).
        classes: its probabilities, shape (n, 1000).
        names: places of the classes' names, shape (1000, dimension).
        labels: numbers of the labels of each, padded with -1, shape (n, most).
        label_names: places of all labels, shape (number of labels, dimension).
    """

    places: torch.Tensor
    features: torch.Tensor
    classes: torch.Tensor
    names: torch.Tensor
    labels: torch.Tensor
    label_names: torch.Tensor


class PictureLesson:
    """Gives the losses of one batch after the other."""

    def __init__(
        self,
        model: CLIPModel,
        shower: Shower,
        photos: npt.NDArray[np.int64],
        targets: Targets,
        size: Size,
        seed: int,
    ) -> None:
        """Prepare.

        Args:
            model: whose image tower learns.
            shower: shows photos.
            photos: which of them are trained on.
            targets: of these.
            size: of the model; says how many at once, and how they are varied.
            seed: of their order.
        """
        width = model.config.vision_config.hidden_size
        self.modules = nn.ModuleDict(
            {
                "tower": model.vision_model,  # what :func:`compact.student.look` goes through
                "projection": model.visual_projection,
                "features": nn.Linear(width, targets.features.shape[1]),
            }
        ).to(targets.places.device)
        self._model = model
        self._shower = shower
        self._photos = photos
        self._targets = targets
        self._batches = Batches(len(photos), size.batch, seed)
        self._size = size
        self._chance = np.random.default_rng(seed)

    @property
    def device(self) -> torch.device:
        """Where it learns."""
        return self._targets.places.device

    def __call__(self, step: int) -> Losses:
        """Return the losses of a step's batch."""
        mixed = self._chance.random() < self._size.mixed
        return self.learn(self._batches[step], shown=_SHOWN, mixed=mixed)[1]

    def learn(
        self, rows: npt.NDArray[np.int64], *, shown: float = 1.0, mixed: bool = False
    ) -> tuple[torch.Tensor, Losses]:
        """Return the places that the tower gives to photos, and how wrong it is.

        Args:
            rows: of the photos, n of them.
            shown: the share of each picture's patches that the tower sees.
            mixed: each is a mixture of two.

        Returns:
            The places, length 1, shape (n, dimension), and the losses.
        """
        pictures = self._shower.varied(self._photos[rows], least=self._size.least)
        targets, at = (
            self._targets,
            torch.from_numpy(rows).to(self._targets.places.device),
        )
        places, features, classes = (
            targets.places[at],
            targets.features[at],
            targets.classes[at],
        )
        labels = _shares(targets.labels[at], len(targets.label_names))
        if mixed:
            share = float(self._chance.beta(0.4, 0.4))
            other = torch.roll(torch.arange(len(rows), device=at.device), 1)
            pictures = share * pictures + (1 - share) * pictures[other]
            places = nnf.normalize(share * places + (1 - share) * places[other], dim=1)
            features = share * features + (1 - share) * features[other]
            classes = share * classes + (1 - share) * classes[other]
            labels = share * labels + (1 - share) * labels[other]
        pooled = look(self._model, pictures, shown)
        said = nnf.normalize(self.modules["projection"](pooled).float(), dim=1)
        losses = {
            "place": (1 - (said * places).sum(1)).mean(),
            "alike": _divergence(said @ places.T, places @ places.T),
            "classes": _entropy(said @ targets.names.T, classes),
            "labels": _entropy(said @ targets.label_names.T, labels),
            "features": nnf.mse_loss(self.modules["features"](pooled).float(), features),
        }
        return said, {name: _WEIGHTS[name] * loss for name, loss in losses.items()}


def _shares(numbers: torch.Tensor, count: int) -> torch.Tensor:
    """Return the labels of pictures as shares that add up to 1, or are all 0 without any."""
    there = numbers >= 0
    shares = torch.zeros((len(numbers), count + 1), device=numbers.device)
    shares.scatter_(1, torch.where(there, numbers, count), 1.0)
    shares = shares[:, :count]
    return shares / shares.sum(1, keepdim=True).clamp(min=1)


def _entropy(cosines: torch.Tensor, shares: torch.Tensor) -> torch.Tensor:
    return -(shares * nnf.log_softmax(cosines / _TEMPERATURE, 1)).sum(1).mean()


def _divergence(cosines: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    said = nnf.log_softmax(cosines / _TEMPERATURE, 1)
    return nnf.kl_div(
        said,
        nnf.log_softmax(wanted / _TEMPERATURE, 1),
        reduction="batchmean",
        log_target=True,
    )
