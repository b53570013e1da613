"""Every form in which transformers has written how a picture is prepared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from inphotos.encoders import preprocessing
from inphotos.encoders.base import Family
from inphotos.encoders.preprocessing import Preprocessing
from inphotos.errors import ModelError


def read(directory: Path, family: Family = "clip", **fields: Any) -> Preprocessing:
    (directory / "preprocessor_config.json").write_text(json.dumps(fields))
    return preprocessing.read(directory, family)


@pytest.mark.parametrize(
    "fields",
    [
        {"size": 64, "crop_size": 48},
        {"size": {"shortest_edge": 64}, "crop_size": {"height": 48, "width": 48}},
        {"size": {"shortest_edge": 64, "longest_edge": None}, "crop_size": 48, "do_resize": True},
    ],
)
def test_a_short_edge_and_a_crop(tmp_path: Path, fields: dict[str, Any]) -> None:
    pixels = read(tmp_path, **fields).pixels

    assert (pixels.resize, pixels.crop) == (64, (48, 48))
    assert pixels.resample == Image.Resampling.BICUBIC


def test_a_fixed_size_without_a_crop(tmp_path: Path) -> None:
    fields = {"size": {"height": 48, "width": 64}, "do_center_crop": False, "resample": 2}
    pixels = read(tmp_path, **fields).pixels

    assert (pixels.resize, pixels.crop) == ((48, 64), None)
    assert pixels.resample == Image.Resampling.BILINEAR


@pytest.mark.parametrize(
    ("family", "shape", "mean"),
    [
        ("clip", (224, 224, 3), 0.48145466),
        ("siglip", (224, 224, 3), 0.5),
        ("mobilenet", (224, 224, 3), 0.5),
    ],
)
def test_what_is_left_out_is_as_in_transformers(
    tmp_path: Path, family: Family, shape: tuple[int, int, int], mean: float
) -> None:
    prepared = read(tmp_path, family)

    assert prepared.pixels.shape == shape
    assert prepared.mean[0] == mean
    assert prepared.scale == pytest.approx(1 / 255)


def test_the_form_of_transformers_5(tmp_path: Path) -> None:
    section = {"size": {"shortest_edge": 64}, "crop_size": {"height": 64, "width": 64}}
    (tmp_path / "processor_config.json").write_text(json.dumps({"image_processor": section}))

    assert preprocessing.read(tmp_path, "clip").pixels.resize == 64


def test_a_processor_without_pictures_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "processor_config.json").write_text('{"processor_class": "CLIPProcessor"}')

    assert read(tmp_path, size=64, crop_size=64).pixels.resize == 64


def test_switched_off_steps(tmp_path: Path) -> None:
    prepared = read(tmp_path, do_rescale=False, do_normalize=False)

    assert (prepared.scale, prepared.mean, prepared.std) == (1.0, (0, 0, 0), (1, 1, 1))


@pytest.mark.parametrize(
    "fields",
    [
        {"do_resize": False},
        {"size": {"shortest_edge": 224, "longest_edge": 448}},
        {"do_center_crop": False},
        {"size": {"height": 224}, "do_center_crop": False},
        {"size": "large"},
        {"size": 0},
        {"size": True},
        {"size": 10**9},
        {"crop_size": {"height": -1, "width": 224}},
        {"resample": 99},
        {"image_mean": [0.5, 0.5]},
        {"image_std": "wide"},
        {"image_std": [0.5, 0.5, 0]},
        {"image_mean": [0.5, 0.5, float("nan")]},
        {"rescale_factor": "small"},
    ],
)
def test_what_is_not_understood_is_refused(tmp_path: Path, fields: dict[str, Any]) -> None:
    with pytest.raises(ModelError, match="picture preparation that InPhotos does not know"):
        read(tmp_path, **fields)
