"""The description of a model that can become an encoder: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from inphotos.pixels import PixelSpec

Family = Literal["clip", "siglip", "mobilenet"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Cosine similarities that divide a model's scores.

    Attributes:
        strong: at or above it, a photo shows what the words say.
        maybe: at or above it, a photo may show what the words say.
        same_kind: at or above it, two photos count as the same kind of picture.
        measured: ``same_kind`` was measured with these weights; otherwise it is a rule of thumb,
            until it is derived (:mod:`inphotos.search.calibration`).
    """

    strong: float
    maybe: float
    same_kind: float
    measured: bool = False


@dataclass(frozen=True, slots=True)
class Model:
    """A model whose files are on this machine, read from its configuration without torch.

    Attributes:
        name: what the user calls it.
        directory: its files, in transformers' format.
        family: which encoder runs it.
        dimension: length of its embeddings.
        pixels: how it wants its pictures.
        has_text: whether it understands words.
        fingerprint: 16 hexadecimal digits that name these weights; embeddings of different
            fingerprints are never compared.
        thresholds: how its scores are read.
        about: one sentence for the user, may be empty.
        prompts: templates for short queries, ``{}`` for the query, whose embeddings are averaged.
    """

    name: str
    directory: Path
    family: Family
    dimension: int
    pixels: PixelSpec
    has_text: bool
    fingerprint: str
    thresholds: Thresholds
    about: str = ""
    prompts: tuple[str, ...] = ("{}",)
