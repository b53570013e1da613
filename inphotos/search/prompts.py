"""The texts that stand for a query.

Image-text models were trained on captions, and one or two bare words are none. Radford et al.
(2021, "Learning Transferable Visual Models From Natural Language Supervision", 3.1.4) put them into
templates and average the embeddings. Which templates help depends on the model, so they are a
property of the model (``inphotos.json``) and only there where ``inphotos eval`` says that they
help: see "prompts" in :class:`inphotos.encoders.base.Model`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from inphotos.encoders.base import Embeddings, Encoder, normalize

#: Longer queries are captions by themselves.
MOST_WORDS = 4


def encode_texts(encoder: Encoder, texts: Sequence[str]) -> Embeddings:
    """Return the embeddings of n texts, each of length 1, shape (n, dimension).

    A short text is averaged over the model's templates.
    """
    if not texts:
        return encoder.encode_texts([])
    written = [_written(text, encoder.model.prompts) for text in texts]
    vectors = iter(normalize(encoder.encode_texts([line for lines in written for line in lines])))
    means = [np.mean([next(vectors) for _ in lines], axis=0) for lines in written]
    return normalize(np.array(means, np.float32))


def _written(text: str, prompts: Sequence[str]) -> list[str]:
    if len(text.split()) > MOST_WORDS:
        return [text]
    return [prompt.replace("{}", text) for prompt in prompts]
