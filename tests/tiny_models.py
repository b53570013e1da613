"""Real models in transformers' format, tiny and with random weights, made by the tests."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from transformers import (
    CLIPConfig,
    CLIPModel,
    MobileNetV2Config,
    MobileNetV2ForImageClassification,
    MobileNetV2Model,
)
from transformers.utils import logging

PREPROCESSOR = {
    "image_processor_type": "CLIPImageProcessor",
    "crop_size": {"height": 32, "width": 32},
    "do_center_crop": True,
    "do_convert_rgb": True,
    "do_normalize": True,
    "do_rescale": True,
    "do_resize": True,
    "image_mean": [0.48145466, 0.4578275, 0.40821073],
    "image_std": [0.26862954, 0.26130258, 0.27577711],
    "resample": 3,
    "rescale_factor": 1 / 255,
    "size": {"shortest_edge": 32},
}


def make_tiny_clip(directory: Path, *, seed: int = 0, dimension: int = 16) -> Path:
    """Write a CLIP of about 0.1 million parameters whose vocabulary is single bytes."""
    directory.mkdir(parents=True, exist_ok=True)
    vocabulary = write_byte_tokenizer(directory)
    config = CLIPConfig(
        projection_dim=dimension,
        text_config={
            "hidden_size": 32,
            "intermediate_size": 64,
            "num_attention_heads": 2,
            "num_hidden_layers": 2,
            "max_position_embeddings": 24,
            "vocab_size": vocabulary,
            "bos_token_id": vocabulary - 2,
            "eos_token_id": vocabulary - 1,
            "pad_token_id": vocabulary - 1,
        },
        vision_config={
            "hidden_size": 32,
            "intermediate_size": 64,
            "num_attention_heads": 2,
            "num_hidden_layers": 2,
            "image_size": 32,
            "patch_size": 8,
        },
    )
    _save(CLIPModel, config, seed, directory)
    (directory / "preprocessor_config.json").write_text(json.dumps(PREPROCESSOR))
    return directory


def make_tiny_mobilenet(directory: Path, *, seed: int = 0) -> Path:
    """Write a narrow MobileNetV2 for pictures of 32 pixels."""
    return _make_mobilenet(MobileNetV2Model, directory, seed)


def make_tiny_classifier(directory: Path, *, seed: int = 0) -> Path:
    """Write the same with a classifier of five classes."""
    return _make_mobilenet(MobileNetV2ForImageClassification, directory, seed, num_labels=5)


def _make_mobilenet(kind: type, directory: Path, seed: int, **more: int) -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    config = MobileNetV2Config(
        depth_multiplier=0.35, image_size=32, architectures=[kind.__name__], **more
    )
    _save(kind, config, seed, directory)
    preprocessor = {
        **PREPROCESSOR,
        "image_processor_type": "MobileNetV2ImageProcessor",
        "image_mean": [0.5, 0.5, 0.5],
        "image_std": [0.5, 0.5, 0.5],
        "resample": 2,
    }
    (directory / "preprocessor_config.json").write_text(json.dumps(preprocessor))
    return directory


def _save(kind: type, config: object, seed: int, directory: Path) -> None:
    logging.disable_progress_bar()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        kind(config).eval().save_pretrained(directory)


def write_byte_tokenizer(directory: Path) -> int:
    """Write CLIP's vocabulary without any merges; return its size."""
    letters = _byte_letters()
    tokens = [*letters, *(f"{letter}</w>" for letter in letters)]
    tokens += ["<|startoftext|>", "<|endoftext|>"]
    vocabulary = {token: number for number, token in enumerate(tokens)}
    (directory / "vocab.json").write_text(json.dumps(vocabulary))
    (directory / "merges.txt").write_text("#version: 0.2\n")
    return len(vocabulary)


def _byte_letters() -> list[str]:
    # Byte-level BPE writes each byte as a visible character; those without one move up by 256.
    visible = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in visible]
    return [chr(byte) for byte in visible] + [chr(256 + n) for n in range(len(hidden))]
