"""The whole way from a file to an embedding against transformers' own, at full size.

CLIP has random weights (the real ones are not beside the project): that shows that the arithmetic
and the preparation agree, and nothing about what the model finds. MobileNetV2 has its real ones.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import transformers
from PIL import Image

from inphotos.encoders import preprocessing, registry
from inphotos.encoders.base import Embeddings, Encoder, normalize
from inphotos.encoders.runtimes import torch_runtime
from inphotos.encoders.tokenizing import TextReader
from inphotos.pixels import Pixels, fit

PHOTOS = 12


@pytest.fixture(scope="module")
def photos(coco: list[Any]) -> list[Image.Image]:
    """Every twentieth photo, decoded in full."""
    paths = [photo.path for photo in coco[:: len(coco) // PHOTOS]][:PHOTOS]
    return [Image.open(path).convert("RGB") for path in paths]


@pytest.fixture(scope="module")
def clip(reference_clip: Path) -> Encoder:
    return load(reference_clip)


@pytest.fixture(scope="module")
def clip_network(reference_clip: Path) -> Any:
    return transformers.CLIPModel.from_pretrained(reference_clip).eval()


def load(directory: Path) -> Encoder:
    return registry.load(registry.resolve(str(directory), directory.parent))


def prepared(encoder: Encoder, photos: list[Image.Image]) -> list[Pixels]:
    return [fit(photo, encoder.model.pixels) for photo in photos]


def processed(directory: Path, photos: list[Image.Image]) -> torch.Tensor:
    processor = transformers.AutoImageProcessor.from_pretrained(directory, backend="pil")
    return processor(photos, return_tensors="pt")["pixel_values"]


def cosines(actual: Embeddings, expected: torch.Tensor) -> np.ndarray:
    return (normalize(actual) * normalize(expected.numpy())).sum(axis=1)


def test_clip_pixels_are_the_same(
    clip: Encoder, reference_clip: Path, photos: list[Image.Image]
) -> None:
    expected = processed(reference_clip, photos)
    normalise = torch_runtime.Normalise(preprocessing.read(reference_clip, "clip"))
    actual = normalise(torch.from_numpy(np.stack(prepared(clip, photos))))

    assert float((actual - expected).abs().max()) < 1e-5


def test_clip_photos_are_encoded_the_same(
    clip: Encoder, clip_network: Any, reference_clip: Path, photos: list[Image.Image]
) -> None:
    with torch.inference_mode():
        outputs = clip_network.get_image_features(processed(reference_clip, photos))
    similar = cosines(clip.encode_images(prepared(clip, photos)), outputs.pooler_output)

    assert similar.shape == (PHOTOS,)
    assert similar.min() >= 0.9999


def test_clip_captions_are_encoded_the_same(
    clip: Encoder, clip_network: Any, reference_clip: Path, coco: list[Any]
) -> None:
    texts = [caption for photo in coco[:PHOTOS] for caption in photo.captions]
    tokenizer = transformers.AutoTokenizer.from_pretrained(reference_clip)
    tokens = tokenizer(texts, padding=True, truncation=True, return_tensors="pt")
    with torch.inference_mode():
        outputs = clip_network.get_text_features(**tokens)
    similar = cosines(clip.encode_texts(texts), outputs.pooler_output)

    assert similar.min() >= 0.9999


def test_clips_tokens_are_the_published_ones(clip: Encoder) -> None:
    tokens = TextReader(clip.model)(["A photo\nof a CAT"])

    assert tokens.ids.tolist() == [[49406, 320, 1125, 539, 320, 2368, 49407]]


def test_mobilenet_photos_are_encoded_the_same(
    real_mobilenet: Path, photos: list[Image.Image]
) -> None:
    encoder = load(real_mobilenet)
    network = transformers.MobileNetV2Model.from_pretrained(real_mobilenet).eval()
    with torch.inference_mode():
        expected = network(processed(real_mobilenet, photos)).pooler_output

    actual = encoder.encode_images(prepared(encoder, photos))

    np.testing.assert_allclose(actual, expected.numpy(), atol=1e-3)
    assert cosines(actual, expected).min() >= 0.9999
