"""What the fast decode costs in accuracy, on real photos through networks of full size."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from inphotos.encoders import registry
from inphotos.encoders.base import Embeddings, Encoder, normalize
from inphotos.photos.decode import decode
from inphotos.pixels import Pixels

BATCH = 32


def load(directory: Path) -> Encoder:
    return registry.load(registry.resolve(str(directory), directory.parent))


def encoded(encoder: Encoder, pictures: list[Pixels]) -> Embeddings:
    batches = [pictures[start : start + BATCH] for start in range(0, len(pictures), BATCH)]
    return normalize(np.concatenate([encoder.encode_images(batch) for batch in batches]))


def decoded_in_full(path: Path) -> tuple[Image.Image, bool]:
    """Return what Pillow makes of a photo, and whether its colours had to be brought to sRGB."""
    with Image.open(path) as image:
        pixels = image.convert("RGB")
        profile = image.info.get("icc_profile")
    if profile is None:
        return pixels, False
    srgb = ImageCms.createProfile("sRGB")
    managed = ImageCms.profileToProfile(pixels, io.BytesIO(profile), srgb)
    if int(np.abs(np.asarray(managed, int) - np.asarray(pixels, int)).max()) <= 2:
        return pixels, False
    return managed, True


@pytest.mark.parametrize("model", ["reference_clip", "real_mobilenet"])
def test_a_scaled_decode_is_encoded_nearly_like_a_full_one(
    model: str, request: pytest.FixtureRequest, shared_data: Path
) -> None:
    encoder = load(request.getfixturevalue(model))
    spec = encoder.model.pixels
    paths = sorted((shared_data / "photos" / "album").rglob("*.jp*g"))[::2]
    pairs = [(decode(p, spec).pixels, decode(p, spec, scaled=False).pixels) for p in paths]
    # Small photos are decoded in full either way; only the others say anything.
    pairs = [pair for pair in pairs if not np.array_equal(*pair)]
    assert len(pairs) >= 8
    fast, full = (encoded(encoder, list(half)) for half in zip(*pairs, strict=True))
    assert (fast * full).sum(axis=1).min() >= 0.99


def test_every_photo_is_encoded_as_the_plain_pipeline_does(
    reference_clip: Path, shared_data: Path
) -> None:
    """Our way from file to embedding against Pillow, the model's processor and CLIPModel.

    Of photos with a profile of their own, colour management by different routes (ours on the
    reduced picture) leaves differences of a rounding here and there.
    """
    import torch
    from transformers import AutoImageProcessor, CLIPModel

    encoder = load(reference_clip)
    # A part of them: through two networks of full size each takes a third of a second.
    paths = sorted((shared_data / "photos" / "coco").glob("*.jpg"))[::8]
    ours = encoded(encoder, [decode(path, encoder.model.pixels).pixels for path in paths])
    processor = AutoImageProcessor.from_pretrained(reference_clip, backend="pil")
    network = CLIPModel.from_pretrained(reference_clip).eval()
    plain, managed = [], []
    for start in range(0, len(paths), BATCH):
        images, has_profile = zip(*map(decoded_in_full, paths[start : start + BATCH]), strict=True)
        with torch.inference_mode():
            inputs = processor(list(images), return_tensors="pt")
            outputs = network.get_image_features(**inputs).pooler_output
        plain.append(normalize(outputs.numpy()))
        managed += has_profile
    similar = (ours * np.concatenate(plain)).sum(axis=1)
    assert 0 < sum(managed) < len(paths) / 4
    assert similar[~np.array(managed)].min() >= 0.9999
    assert similar.min() >= 0.99
