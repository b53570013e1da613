"""The geometry of an encoder's input."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from inphotos.pixels import PixelSpec, fit


@pytest.mark.parametrize("size", [(640, 480), (480, 640), (333, 500), (224, 224), (10, 700)])
def test_short_edge_then_crop_gives_the_shape_that_was_asked_for(size: tuple[int, int]) -> None:
    spec = PixelSpec(224, (224, 224))
    assert fit(Image.new("RGB", size), spec).shape == spec.shape == (224, 224, 3)


def test_both_edges_may_be_given() -> None:
    spec = PixelSpec((20, 30), None)
    assert fit(Image.new("RGB", (640, 480)), spec).shape == spec.shape == (20, 30, 3)


def test_the_crop_is_taken_from_the_middle() -> None:
    image = Image.new("RGB", (300, 100), "red")
    image.paste("blue", (100, 0, 200, 100))
    assert (fit(image, PixelSpec(100, (100, 100))) == (0, 0, 255)).all()


def test_a_crop_beyond_the_picture_is_padded_with_black() -> None:
    pixels = fit(Image.new("RGB", (50, 50), "white"), PixelSpec(20, (30, 30)))
    assert pixels.shape == (30, 30, 3)
    assert pixels[0, 0].tolist() == [0, 0, 0]
    assert pixels[15, 15].tolist() == [255, 255, 255]


def test_equals_the_image_processor_of_transformers() -> None:
    from transformers import CLIPImageProcessor

    chance = np.random.default_rng(0)
    processor = CLIPImageProcessor(
        size={"shortest_edge": 56}, crop_size={"height": 48, "width": 48}, do_normalize=False
    )
    for height, width in ((101, 77), (77, 101), (300, 59), (64, 64)):
        image = Image.fromarray(chance.integers(0, 256, (height, width, 3), dtype=np.uint8))
        expected = processor(image, return_tensors="np")["pixel_values"][0].transpose(1, 2, 0)
        ours = fit(image, PixelSpec(56, (48, 48)))
        assert np.array_equal(ours, np.round(expected * 255).astype(np.uint8))
