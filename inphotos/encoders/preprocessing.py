"""What a model's own files say about the pictures it wants: size, crop, filter, normalisation."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from inphotos.encoders.base import Family
from inphotos.errors import ModelError, display_path
from inphotos.pixels import PixelSpec

CONFIG = "config.json"
PREPROCESSOR = "preprocessor_config.json"
PROCESSOR = "processor_config.json"

#: Larger inputs than this are a damaged configuration, not a model (they would exhaust memory).
_LARGEST_EDGE = 2048

#: Configurations are kilobytes; reading an arbitrary huge file as JSON would exhaust memory.
_LARGEST_JSON = 16 * 2**20


@dataclass(frozen=True, slots=True)
class Preprocessing:
    """Everything between a decoded picture and the network's input.

    The network's input is ``(pixels * scale - mean) / std`` per channel (RGB).

    Attributes:
        pixels: geometry, done by the decoders.
        scale: factor applied to the uint8 values, usually 1/255.
        mean: per channel, after scaling.
        std: per channel, after scaling.
    """

    pixels: PixelSpec
    scale: float
    mean: tuple[float, float, float]
    std: tuple[float, float, float]


# The defaults of transformers' image processors, for configurations that leave a field out.
_HALVES = [0.5, 0.5, 0.5]
_DEFAULTS: Mapping[Family, Mapping[str, Any]] = {
    "clip": {
        "size": {"shortest_edge": 224},
        "crop_size": {"height": 224, "width": 224},
        "do_center_crop": True,
        "resample": 3,
        "image_mean": [0.48145466, 0.4578275, 0.40821073],
        "image_std": [0.26862954, 0.26130258, 0.27577711],
    },
    "siglip": {
        "size": {"height": 224, "width": 224},
        "do_center_crop": False,
        "resample": 3,
        "image_mean": _HALVES,
        "image_std": _HALVES,
    },
    "mobilenet": {
        "size": {"shortest_edge": 256},
        "crop_size": {"height": 224, "width": 224},
        "do_center_crop": True,
        "resample": 2,
        "image_mean": _HALVES,
        "image_std": _HALVES,
    },
}


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON object from a file of unknown origin.

    Raises:
        ModelError: the file is missing, too large, or not a JSON object.
    """
    try:
        if path.stat().st_size > _LARGEST_JSON:
            raise ValueError("too large for a configuration")
        value = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(value, dict):
            raise ValueError("not a JSON object")
    except FileNotFoundError as error:
        raise ModelError(f"{display_path(path)} is missing.") from error
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"{display_path(path)} cannot be read as a configuration.") from error
    return value


def read(directory: Path, family: Family) -> Preprocessing:
    """Read how a model wants its pictures from ``directory``, in any of transformers' forms.

    Understood are ``processor_config.json`` with an ``image_processor`` section (transformers 5,
    first choice as there) and ``preprocessor_config.json`` with sizes as numbers (transformers
    before 4.26) or as objects.

    Raises:
        ModelError: no such file, or a field with a value that InPhotos does not know.
    """
    source, stored = _stored(directory)
    fields = {**_DEFAULTS[family], **{k: v for k, v in stored.items() if v is not None}}
    normalised = fields.get("do_normalize", True)
    try:
        return Preprocessing(
            pixels=_pixel_spec(fields),
            scale=_scale(fields),
            mean=_channels(fields["image_mean"]) if normalised else (0.0, 0.0, 0.0),
            std=_spread(fields["image_std"]) if normalised else (1.0, 1.0, 1.0),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise ModelError(
            f"{display_path(source)} asks for picture preparation that InPhotos does not know "
            f"({error})."
        ) from error


def _stored(directory: Path) -> tuple[Path, dict[str, Any]]:
    combined = directory / PROCESSOR
    if combined.is_file():
        section = read_json(combined).get("image_processor")
        if isinstance(section, dict):
            return combined, section
    return directory / PREPROCESSOR, read_json(directory / PREPROCESSOR)


def _pixel_spec(fields: Mapping[str, Any]) -> PixelSpec:
    if not fields.get("do_resize", True):
        raise ValueError("do_resize is false")
    resize = _resize(fields["size"])
    crop = _pair(fields["crop_size"]) if fields["do_center_crop"] else None
    if crop is None and isinstance(resize, int):
        raise ValueError("pictures of different shapes: shortest_edge without a centre crop")
    return PixelSpec(resize=resize, crop=crop, resample=Image.Resampling(fields["resample"]))


def _resize(value: Any) -> int | tuple[int, int]:
    if isinstance(value, dict) and "shortest_edge" in value:
        if value.get("longest_edge") is not None:
            raise ValueError("size with a longest_edge")
        return _edge(value["shortest_edge"])
    if isinstance(value, dict):
        return _pair(value)
    return _edge(value)


def _pair(value: Any) -> tuple[int, int]:
    if isinstance(value, dict):
        return _edge(value["height"]), _edge(value["width"])
    return _edge(value), _edge(value)


def _edge(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= _LARGEST_EDGE:
        raise ValueError(f"size {value!r}")
    return value


def _scale(fields: Mapping[str, Any]) -> float:
    if not fields.get("do_rescale", True):
        return 1.0
    return float(fields.get("rescale_factor", 1 / 255))


def _channels(value: Any) -> tuple[float, float, float]:
    red, green, blue = (float(channel) for channel in value)
    if not all(map(math.isfinite, (red, green, blue))):
        raise ValueError("a mean or deviation that is not a number")
    return red, green, blue


def _spread(value: Any) -> tuple[float, float, float]:
    spread = _channels(value)
    if min(spread) <= 0:
        raise ValueError(f"image_std {value!r}")
    return spread
