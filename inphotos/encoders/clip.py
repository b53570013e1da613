"""Encoders with an image tower and a text tower in a common space: CLIP and SigLIP."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import torch
import transformers

from inphotos.encoders import preprocessing, runtime
from inphotos.encoders.base import Embeddings, Model
from inphotos.errors import ModelError
from inphotos.pixels import Pixels

#: Longer texts are cut to this many characters before the tokenizer sees them. CLIP reads 77
#: tokens and its longest token has about 50 characters, so nothing that it could read is lost.
_LONGEST_TEXT = 4096


class ClipEncoder:
    """Runs a model of the CLIP or the SigLIP family.

    Safe to use from several threads at once: the network is only read, and the tokenizer, which
    keeps its padding in itself, is locked.
    """

    def __init__(self, model: Model) -> None:
        """Load the weights and the tokenizer.

        Raises:
            ModelError: they are damaged or do not fit the configuration.
        """
        siglip = model.family == "siglip"
        self._model = model
        self._network = runtime.load_network(
            transformers.SiglipModel if siglip else transformers.CLIPModel, model
        )
        self._pixels = runtime.PixelInput(
            preprocessing.read(model.directory, model.family), self._network.device
        )
        self._context: int = self._network.config.text_config.max_position_embeddings
        self._tokenizer = _load_tokenizer(model)
        self._tokenizing = threading.Lock()

    @property
    def model(self) -> Model:
        """The model that this encoder runs."""
        return self._model

    @torch.inference_mode()
    def encode_images(self, batch: Sequence[Pixels]) -> Embeddings:
        """Encode pictures; see :class:`inphotos.encoders.base.Encoder`."""
        if not batch:
            return runtime.no_embeddings(self._model)
        outputs = self._network.get_image_features(pixel_values=self._pixels(batch))
        return runtime.to_embeddings(_features(outputs))

    @torch.inference_mode()
    def encode_texts(self, texts: Sequence[str]) -> Embeddings:
        """Encode texts; see :class:`inphotos.encoders.base.Encoder`."""
        if not texts:
            return runtime.no_embeddings(self._model)
        outputs = self._network.get_text_features(**self._tokenize(texts))
        return runtime.to_embeddings(_features(outputs))

    def _tokenize(self, texts: Sequence[str]) -> dict[str, torch.Tensor]:
        siglip = self._model.family == "siglip"
        cleaned = [_clean(text) for text in texts]
        with self._tokenizing:
            tokens = self._tokenizer(
                [text.lower() for text in cleaned] if siglip else cleaned,
                padding="max_length" if siglip else True,
                truncation=True,
                max_length=self._context,
                return_tensors="pt",
            )
        # SigLIP was trained on padded texts without a mask: the padding is part of its input.
        wanted = ["input_ids"] if siglip else ["input_ids", "attention_mask"]
        return {name: tokens[name].to(self._network.device) for name in wanted}


def _load_tokenizer(model: Model) -> Any:
    # SiglipTokenizer would need sentencepiece; the generic class reads the same tokenizer.json.
    kind = (
        transformers.PreTrainedTokenizerFast
        if model.family == "siglip"
        else transformers.CLIPTokenizer
    )
    try:
        return kind.from_pretrained(
            str(model.directory),
            local_files_only=True,
            trust_remote_code=False,
            padding_side="right",
        )
    # The files are of unknown origin and the Rust library raises bare exceptions.
    except Exception as error:
        raise ModelError(f"The tokenizer of the model {model.name} cannot be read.") from error


def _clean(text: str) -> str:
    """Make any string fit for a tokenizer: one line, not endless, no lone surrogates."""
    one_line = " ".join(text[: 8 * _LONGEST_TEXT].split())[:_LONGEST_TEXT]
    return one_line.encode("utf-8", "replace").decode("utf-8")


def _features(outputs: Any) -> torch.Tensor:
    """Return the projected features; transformers 5 wraps them in an output object."""
    features: torch.Tensor = getattr(outputs, "pooler_output", outputs)
    return features
