"""Reads a directory in transformers' format as a :class:`Model`, without torch or transformers.

The files may come from anywhere, so each is checked before a larger library sees it.
"""

from __future__ import annotations

import hashlib
import math
import os
import zipfile
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, Final

from inphotos.encoders import preprocessing, soundness
from inphotos.encoders.base import Family, Model, Thresholds
from inphotos.encoders.preprocessing import CONFIG, read_json
from inphotos.encoders.specs import FAMILY_THRESHOLDS, ModelSpec
from inphotos.errors import ModelError, display_path

SAFETENSORS: Final = "model.safetensors"
PICKLE: Final = "pytorch_model.bin"

#: InPhotos' own, optional: ``{"about": str, "thresholds": {"strong", "maybe", "same_kind"},
#: "prompts": [str]}``.
OVERRIDES: Final = "inphotos.json"

_FAMILIES: Mapping[str, Family] = {
    "clip": "clip",
    "siglip": "siglip",
    "mobilenet_v2": "mobilenet",
}

#: What a directory may hold for InPhotos besides the weights: copied, downloaded and hashed.
SMALL_FILES: Final = (
    CONFIG,
    preprocessing.PREPROCESSOR,
    preprocessing.PROCESSOR,
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "vocab.json",
    "merges.txt",
)

#: Kept beside the weights where the publisher has them: the licence goes where the weights go.
DOCUMENTS: Final = ("LICENSE", "LICENSE.txt", "LICENSE.md", "README.md")

#: The largest of them, a vocabulary of many languages, has 34 MB.
_LARGEST_SMALL_FILE = 256 * 2**20
_SAMPLES, _SAMPLE_BYTES = 64, 65_536


def read(
    directory: Path, name: str, spec: ModelSpec | None = None, *, pickled: bool | None = None
) -> Model:
    """Check a model directory and describe it.

    Args:
        directory: the files in transformers' format.
        name: what the user calls the model.
        spec: the known model of that name, if it is one: its thresholds and its one sentence.
        pickled: whether the weights may be in a pickle, of which only numbers are read; by default
            those of a known model may that is published like that.

    Raises:
        ModelError: with one sentence that names the file and what is wrong with it.
    """
    if not directory.is_dir():
        raise ModelError(f"{display_path(directory)} is not a directory.")
    try:
        if pickled is None:
            pickled = spec is not None and spec.is_pickled
        return _read(directory, name, spec, pickled)
    except OSError as error:
        raise ModelError(f"{display_path(directory)} cannot be read: {error.strerror}.") from error


def _read(directory: Path, name: str, spec: ModelSpec | None, pickled: bool) -> Model:
    config = read_json(directory / CONFIG)
    soundness.check_configuration(directory / CONFIG, config)
    family = _family(directory, config)
    weights = weights_file(directory, family)
    if weights.name == PICKLE and not pickled:
        raise _could_run_code(weights)
    soundness.check_weights(weights, directory / CONFIG, config)
    _check_small_files(directory)
    _check_tokenizer(directory, family)
    prepared = preprocessing.read(directory, family)
    _check_input_size(directory, family, config, prepared.pixels.shape[:2])
    own = _own(
        directory,
        spec.about if spec else "",
        spec.thresholds if spec else FAMILY_THRESHOLDS[family],
    )
    return Model(
        name=name,
        directory=directory,
        family=family,
        dimension=_dimension(directory, family, config),
        pixels=prepared.pixels,
        has_text=family != "mobilenet",
        fingerprint=_fingerprint(directory, weights),
        thresholds=own.thresholds,
        about=own.about,
        prompts=own.prompts,
    )


def weights_file(directory: Path, family: Family) -> Path:
    """Return the file of the weights.

    Raises:
        ModelError: none there, a pickle that is cut off, or of a kind that could run code when
            read.
    """
    safe = directory / SAFETENSORS
    if safe.is_file():
        return safe
    pickled = directory / PICKLE
    if pickled.is_file():
        _check_pickle(pickled, family)
        return pickled
    if (directory / f"{SAFETENSORS}.index.json").is_file():
        raise ModelError(
            f"The weights in {display_path(directory)} are split over several files, which "
            f"InPhotos does not read; save them as one {SAFETENSORS}."
        )
    others = [p.name for p in sorted(directory.glob("*.bin")) + sorted(directory.glob("*.pt*"))]
    detail = f" ({', '.join(others)} is not read: it could run code)" if others else ""
    raise ModelError(f"{display_path(safe)} is missing{detail}.")


def _family(directory: Path, config: Mapping[str, Any]) -> Family:
    kind = config.get("model_type")
    family = _FAMILIES.get(kind) if isinstance(kind, str) else None
    if family is None:
        raise ModelError(
            f"{display_path(directory)} holds a model of the kind {kind!r}; "
            f"InPhotos runs the kinds {', '.join(_FAMILIES)}."
        )
    return family


def _dimension(directory: Path, family: Family, config: Mapping[str, Any]) -> int:
    try:
        if family == "clip":
            dimension = config.get("projection_dim", 512)
        elif family == "siglip":
            dimension = config["vision_config"].get("hidden_size", 768)
        else:
            dimension = _mobilenet_channels(config)
        if not isinstance(dimension, int) or not 1 <= dimension <= 65_536:
            raise ValueError(f"dimension {dimension!r}")
    except (AttributeError, KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise ModelError(
            f"{display_path(directory / CONFIG)} does not say how long the embeddings are."
        ) from error
    return dimension


def _mobilenet_channels(config: Mapping[str, Any]) -> int:
    """Channels of MobileNetV2's last convolution, by the rule of the paper and transformers."""
    multiplier = float(config.get("depth_multiplier", 1.0))
    if config.get("finegrained_output", True) and multiplier < 1.0:
        return 1280
    channels = 1280 * multiplier
    divisor = int(config.get("depth_divisible_by", 8))
    smallest = int(config.get("min_depth", 8))
    rounded = max(smallest, int(channels + divisor / 2) // divisor * divisor)
    return rounded + divisor if rounded < 0.9 * channels else rounded


def _check_input_size(
    directory: Path, family: Family, config: Mapping[str, Any], shape: tuple[int, ...]
) -> None:
    if family == "mobilenet":  # fully convolutional: any size will do
        return
    vision = config.get("vision_config")
    size = vision.get("image_size", 224) if isinstance(vision, dict) else 224
    if shape != (size, size):
        raise ModelError(
            f"The configurations in {display_path(directory)} contradict each other: pictures "
            f"are prepared as {shape[1]}x{shape[0]}, the model wants {size}x{size}."
        )


def _check_tokenizer(directory: Path, family: Family) -> None:
    if family == "mobilenet" or (directory / "tokenizer.json").is_file():
        return
    # SigLIP's other form, spiece.model, would need a further library to read.
    pair = ("vocab.json", "merges.txt") if family == "clip" else ("tokenizer.json",)
    missing = [file for file in pair if not (directory / file).is_file()]
    if missing:
        raise ModelError(
            f"{' and '.join(missing)} missing in {display_path(directory)}: without a tokenizer "
            f"the model cannot read words."
        )


def _check_small_files(directory: Path) -> None:
    """Refuse files that are read as a whole and would fill the memory."""
    for name in (*SMALL_FILES, OVERRIDES):
        path = directory / name
        if path.is_file() and path.stat().st_size > _LARGEST_SMALL_FILE:
            raise ModelError(f"{display_path(path)} is too large for what it should be.")


def _check_pickle(path: Path, family: Family) -> None:
    if family != "clip":
        raise _could_run_code(path)
    # torch.save writes a zip archive, whose directory is at its end: cut off, it is not one.
    # Before torch 1.6 it wrote a bare stream, which shows only when it is loaded.
    with path.open("rb") as file:
        old_stream = file.read(2) == b"\x80\x02"
    if not old_stream and not _is_plain_archive(path):
        raise soundness.damaged(path)


def _is_plain_archive(path: Path) -> bool:
    """Tell whether a file is a zip archive in which nothing is packed, as torch writes them.

    What is packed could take any memory when it is read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return all(each.compress_type == zipfile.ZIP_STORED for each in archive.infolist())
    # zipfile raises much on damaged files.
    except Exception:
        return False


def _could_run_code(path: Path) -> ModelError:
    return ModelError(
        f"{display_path(path)} could run code when it is read; InPhotos takes weights as "
        f"{SAFETENSORS} only."
    )


@dataclass(frozen=True, slots=True)
class _Own:
    """What a model says of itself."""

    about: str
    thresholds: Thresholds
    prompts: tuple[str, ...] = ("{}",)


def _own(directory: Path, about: str, thresholds: Thresholds) -> _Own:
    path = directory / OVERRIDES
    if not path.is_file():
        return _Own(about, thresholds)
    stored = read_json(path)
    try:
        values = stored.get("thresholds", {})
        chosen = Thresholds(
            strong=float(values.get("strong", thresholds.strong)),
            maybe=float(values.get("maybe", thresholds.maybe)),
            same_kind=float(values.get("same_kind", thresholds.same_kind)),
            measured=thresholds.measured or "same_kind" in values,
        )
        if any(math.isnan(value) for value in astuple(chosen)):
            raise ValueError("not a number")
    except (AttributeError, TypeError, ValueError, OverflowError) as error:
        raise ModelError(f"{display_path(path)} has thresholds that are not numbers.") from error
    prompts = stored.get("prompts", ["{}"])
    texts = isinstance(prompts, list) and all(isinstance(text, str) for text in prompts)
    if not texts or not prompts or not all("{}" in text for text in prompts):
        raise ModelError(
            f"{display_path(path)} has prompts that are not a list of texts with {{}} in each."
        )
    return _Own(str(stored.get("about", about)), chosen, tuple(prompts))


def _fingerprint(directory: Path, weights: Path) -> str:
    """Name the weights and all that shapes their embeddings by 16 hexadecimal digits.

    The weights enter with their size and 64 blocks spread over the file: 4 MB read instead of
    600, and any two trainings differ in every block.
    """
    digest = hashlib.blake2b(digest_size=8)
    for name in SMALL_FILES:
        path = directory / name
        if path.is_file():
            content = path.read_bytes()
            digest.update(f"{name}\0{len(content)}\0".encode())
            digest.update(content)
    size = weights.stat().st_size
    digest.update(f"{weights.name}\0{size}\0".encode())
    last = max(0, size - _SAMPLE_BYTES)
    with weights.open("rb") as file:
        for index in range(_SAMPLES):
            file.seek(last * index // (_SAMPLES - 1), os.SEEK_SET)
            digest.update(file.read(_SAMPLE_BYTES))
    return digest.hexdigest()
