"""A directory that is said to hold a model and means harm ends in a sentence, and soon."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from pathlib import Path
from typing import Any

import psutil
import pytest

from inphotos.encoders import directory, registry
from inphotos.errors import ModelError

WEIGHTS = "model.safetensors"


def resolve(place: Path) -> Any:
    return registry.resolve(str(place), place.parent / "models")


def set_field(place: Path, section: str, name: str, value: object) -> None:
    path = place / "config.json"
    stored = json.loads(path.read_text())
    (stored[section] if section else stored)[name] = value
    path.write_text(json.dumps(stored))


def write_weights(place: Path, header: object, body: int) -> None:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    with (place / WEIGHTS).open("wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        file.truncate(8 + len(text) + body)


def tensor(first: int, last: int, *shape: object, dtype: str = "F32") -> dict[str, object]:
    return {"dtype": dtype, "shape": list(shape), "data_offsets": [first, last]}


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ({"a": tensor(0, 40, 10), "b": tensor(20, 60, 10)}, 60),
        ({"a": tensor(0, 40, 10), "b": tensor(0, 40, 10)}, 40),
        ({"a": tensor(0, 40, 10), "b": tensor(80, 120, 10)}, 120),
        ({"a": tensor(4, 44, 10)}, 44),
        ({"a": tensor(0, 40, 1 << 40)}, 40),
        ({"a": tensor(0, 40, -10)}, 40),
        ({"a": tensor(-40, 0, 10)}, 0),
        ({"a": tensor(0, 40, 10.0)}, 40),
        ({"a": tensor(0, 40, True, 10)}, 40),
        ({"a": tensor(0, 40, 10, dtype="PICKLE")}, 40),
        ({"a": tensor(0, 40, *[1] * 9, 10)}, 41),
        ({"a": {"shape": [10], "data_offsets": [0, 40]}}, 40),
        ({"a": tensor(40, 0, 10)}, 40),
        (b"[" * 100_000, 40),
        (b'{"a":' + b" " * 5_000_000 + b"1}", 40),
        ({}, 0),
    ],
)
def test_a_header_that_does_not_fit_the_file_is_refused(
    own_clip: Path, header: object, body: int
) -> None:
    write_weights(own_clip, header, body)

    with pytest.raises(ModelError, match=r"model\.safetensors is damaged or cut off"):
        resolve(own_clip)


def test_weights_larger_than_the_memory_are_refused(own_clip: Path) -> None:
    size = psutil.virtual_memory().total // 4 * 4 + 4
    write_weights(own_clip, {"a": tensor(0, size, size // 4)}, size)  # a hole takes no room

    with pytest.raises(ModelError, match="larger than this computer's memory"):
        resolve(own_clip)


@pytest.mark.parametrize("section", ["text_config", "vision_config"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("hidden_size", 1 << 60),
        ("hidden_size", -1),
        ("hidden_size", 1e9),
        ("num_hidden_layers", 1_000_000),
        ("num_hidden_layers", "12"),
        ("intermediate_size", [1]),
        ("vocab_size", 1 << 40),
        ("max_position_embeddings", True),
        ("patch_size", 0),
    ],
)
def test_a_size_that_no_model_has_is_refused(
    own_clip: Path, section: str, name: str, value: object
) -> None:
    set_field(own_clip, section, name, value)

    with pytest.raises(ModelError, match=rf"a value for {name} that no such model has"):
        resolve(own_clip)


@pytest.mark.parametrize(
    ("section", "name", "value"),
    [
        ("text_config", "hidden_size", 8192),
        ("vision_config", "intermediate_size", 100_000),
        ("text_config", "vocab_size", 4_000_000),
        ("vision_config", "num_hidden_layers", 256),
    ],
)
def test_a_configuration_of_more_than_the_weights_is_refused(
    own_clip: Path, section: str, name: str, value: int
) -> None:
    set_field(own_clip, section, name, value)

    with pytest.raises(ModelError, match="describes a larger model than"):
        resolve(own_clip)


@pytest.mark.parametrize("multiplier", [0, -1, 1e300, "1", None, [1]])
def test_a_mobilenet_of_nonsense_is_refused(
    tiny_mobilenet: Path, tmp_path: Path, multiplier: object
) -> None:
    own = Path(shutil.copytree(tiny_mobilenet, tmp_path / "own"))
    set_field(own, "", "depth_multiplier", multiplier)

    with pytest.raises(ModelError, match="a value for depth_multiplier"):
        resolve(own)


@pytest.mark.parametrize("section", ["", "text_config", "vision_config"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("auto_map", {"AutoModel": "evil.Evil"}),
        ("attn_implementation", "somebody/kernel"),
        ("_attn_implementation", "somebody/kernel"),
        ("quantization_config", {"quant_method": "awq"}),
    ],
)
def test_a_configuration_that_names_other_code_is_refused(
    own_clip: Path, section: str, name: str, value: object
) -> None:
    set_field(own_clip, section, name, value)

    with pytest.raises(ModelError, match=rf"field {name}, which can make other code run"):
        resolve(own_clip)


def test_weights_that_are_to_be_added_are_refused(own_clip: Path) -> None:
    (own_clip / "adapter_config.json").write_text('{"base_model_name_or_path": "somebody/model"}')

    with pytest.raises(ModelError, match=r"asks for other weights"):
        resolve(own_clip)


@pytest.mark.parametrize("file", [*directory.SMALL_FILES, directory.OVERRIDES])
def test_a_small_file_that_is_huge_is_not_read(own_clip: Path, file: str) -> None:
    with (own_clip / file).open("ab") as content:
        content.truncate(1 << 40)

    with pytest.raises(ModelError, match=r"too large|cannot be read as a configuration"):
        resolve(own_clip)


def test_a_directory_of_the_user_may_hold_no_pickle(
    pickled_clip: Path, models_directory: Path
) -> None:
    for take in (resolve, lambda place: registry.add(place, models_directory, "mine")):
        with pytest.raises(ModelError, match=r"pytorch_model\.bin could run code"):
            take(pickled_clip)
    assert registry.resolve(pickled_clip.name, pickled_clip.parent).dimension == 16


def test_a_model_that_is_published_as_safetensors_may_be_no_pickle(pickled_clip: Path) -> None:
    place = pickled_clip.rename(pickled_clip.with_name("clip-vit-b-32"))
    with pytest.raises(ModelError, match=r"pytorch_model\.bin could run code"):
        registry.resolve(place.name, place.parent)


def test_a_pickle_in_which_anything_is_packed_is_refused(pickled_clip: Path) -> None:
    weights = pickled_clip / "pytorch_model.bin"
    with zipfile.ZipFile(weights) as plain:
        content = {each.filename: plain.read(each) for each in plain.infolist()}
    with zipfile.ZipFile(weights, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in content.items():
            packed.writestr(name, data)
    with pytest.raises(ModelError, match="damaged or cut off"):
        registry.resolve(pickled_clip.name, pickled_clip.parent)


@pytest.mark.parametrize("number", ["1e999", "1" + "0" * 400])
def test_numbers_that_are_too_large_are_refused(
    own_clip: Path, tiny_mobilenet: Path, tmp_path: Path, number: str
) -> None:
    own = Path(shutil.copytree(tiny_mobilenet, tmp_path / "own"))
    set_field(own, "", "finegrained_output", False)
    set_field(own, "", "depth_divisible_by", json.loads(number))
    with pytest.raises(ModelError, match="does not say how long"):
        resolve(own)
    prepared = own_clip / "preprocessor_config.json"
    whole = prepared.read_text()
    prepared.write_text(json.dumps({**json.loads(whole), "image_mean": [json.loads(number)] * 3}))
    with pytest.raises(ModelError, match="picture preparation that InPhotos does not know"):
        resolve(own_clip)
    prepared.write_text(whole)
    (own_clip / "inphotos.json").write_text(f'{{"thresholds": {{"strong": 1{"0" * 400}}}}}')
    with pytest.raises(ModelError, match="thresholds that are not numbers"):
        resolve(own_clip)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are of Unix")
def test_a_pipe_in_place_of_a_file_is_not_waited_for(own_clip: Path) -> None:
    (own_clip / WEIGHTS).unlink()
    os.mkfifo(own_clip / WEIGHTS)

    with pytest.raises(ModelError, match=r"model\.safetensors is missing"):
        resolve(own_clip)


def test_nothing_is_looked_up_by_its_name_once_models_run() -> None:
    import huggingface_hub

    from inphotos.encoders.runtimes import torch_runtime  # noqa: F401

    with pytest.raises(huggingface_hub.errors.OfflineModeIsEnabled):
        huggingface_hub.HfApi().model_info("somebody/model")
