"""The second part of the training: the text tower learns to write as its teacher does."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import nn
from torch.nn import functional as nnf
from transformers import CLIPModel, CLIPTokenizer

from compact.course import Batches, Losses

_TEMPERATURE = 0.05


class TextLesson:
    """Gives the losses of one batch after the other."""

    def __init__(
        self,
        model: CLIPModel,
        tokenizer: CLIPTokenizer,
        texts: Sequence[str],
        places: torch.Tensor,
        batch: int,
        seed: int,
    ) -> None:
        """Prepare.

        Args:
            model: whose text tower learns.
            tokenizer: of the model.
            texts: n of them.
            places: of the texts, length 1, shape (n, dimension).
            batch: how many at once.
            seed: of their order.
        """
        self.modules = nn.ModuleDict(
            {"tower": model.text_model, "projection": model.text_projection}
        ).to(places.device)
        self._places = places
        self._tokens = tokenizer(list(texts), truncation=True)["input_ids"]
        # Of about one length, or most of what is multiplied would be padding.
        self._batches = Batches(len(texts), batch, seed, [len(tokens) for tokens in self._tokens])
        self._end = tokenizer.eos_token_id

    def __call__(self, step: int) -> Losses:
        """Return the losses of a step's batch."""
        rows = self._batches[step]
        places = self._places[torch.from_numpy(rows).to(self._places.device)]
        said = self.say([self._tokens[row] for row in rows])
        wanted = nnf.log_softmax(places @ places.T / _TEMPERATURE, 1)
        alike = nnf.log_softmax(said @ places.T / _TEMPERATURE, 1)
        return {
            "place": 2 * (1 - (said * places).sum(1)).mean(),
            "alike": nnf.kl_div(alike, wanted, reduction="batchmean", log_target=True),
        }

    def say(self, tokens: Sequence[Sequence[int]]) -> torch.Tensor:
        """Return the places that the tower gives to texts, length 1."""
        longest = max(map(len, tokens))
        ids = torch.full((len(tokens), longest), self._end)
        mask = torch.zeros_like(ids)
        for row, several in enumerate(tokens):
            ids[row, : len(several)] = torch.tensor(several)
            mask[row, : len(several)] = 1
        device = self._places.device
        pooled = self.modules["tower"](
            input_ids=ids.to(device), attention_mask=mask.to(device)
        ).pooler_output
        return nnf.normalize(self.modules["projection"](pooled).float(), dim=1)
