"""More small models with real files, a hub to fetch them from, and the data beside the project."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hub_server import HubServer

from inphotos.encoders import registry


class CocoPhoto(NamedTuple):
    """A photo and its five captions."""

    path: Path
    captions: tuple[str, ...]


@pytest.fixture(scope="session")
def tiny_siglip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of a small SigLIP with random weights and a tokenizer of a few words."""
    return _make_siglip(tmp_path_factory.mktemp("models") / "tiny-siglip")


@pytest.fixture
def own_clip(tiny_clip: Path, tmp_path: Path) -> Path:
    """A small CLIP of the test's own, to be broken."""
    return Path(shutil.copytree(tiny_clip, tmp_path / "own-clip"))


@pytest.fixture
def pickled_clip(own_clip: Path, tmp_path: Path) -> Path:
    """A small CLIP with its weights as OpenAI published them, stored under that model's name."""
    import torch
    from safetensors.torch import load_file

    torch.save(load_file(own_clip / "model.safetensors"), own_clip / "pytorch_model.bin")
    (own_clip / "model.safetensors").unlink()
    (tmp_path / "models").mkdir()
    return own_clip.rename(tmp_path / "models" / "clip-vit-b-32-openai")


@pytest.fixture
def models_directory(tmp_path: Path) -> Path:
    """Where the test's models are stored; not there yet."""
    return tmp_path / "models"


@pytest.fixture
def hub(tiny_clip: Path) -> Iterator[HubServer]:
    """A hub that serves the small CLIP under a known model's repository."""
    from huggingface_hub import close_session

    (spec,) = [spec for spec in registry.known() if spec.name == "clip-vit-b-32-openai"]
    with HubServer(spec.repo, spec.revision, tiny_clip) as server:
        yield server
    close_session()


@pytest.fixture(scope="session")
def coco(shared_data: Path) -> list[CocoPhoto]:
    """Real photos with what five people said about each."""
    folder = shared_data / "photos" / "coco"
    entries = json.loads((folder / "captions.json").read_text(encoding="utf-8"))
    return [CocoPhoto(folder / entry["file"], tuple(entry["captions"])) for entry in entries]


def _make_siglip(directory: Path) -> Path:
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import SiglipConfig, SiglipModel, logging

    logging.disable_progress_bar()
    directory.mkdir(parents=True)
    words = ["<pad>", "<eos>", "<unk>", "a", "photo", "of", "the", "cat", "dog", "on", "red"]
    tokenizer = Tokenizer(
        models.WordLevel({word: index for index, word in enumerate(words)}, unk_token="<unk>")
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing("$A <eos>", None, [("<eos>", 1)])
    tokenizer.save(str(directory / "tokenizer.json"))
    (directory / "tokenizer_config.json").write_text(
        json.dumps(  # the fields that SigLIP 2 was converted with
            {
                "tokenizer_class": "GemmaTokenizer",
                "add_bos_token": False,
                "add_eos_token": True,
                "do_lower_case": True,
                "model_input_names": ["input_ids"],
                "pad_token": "<pad>",
                "eos_token": "<eos>",
                "unk_token": "<unk>",
            }
        )
    )
    tower = {
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_attention_heads": 2,
        "num_hidden_layers": 2,
    }
    tokens = {"bos_token_id": 1, "eos_token_id": 1, "pad_token_id": 0}
    config = SiglipConfig(
        text_config={**tower, **tokens, "vocab_size": len(words), "max_position_embeddings": 64},
        vision_config={**tower, "image_size": 32, "patch_size": 8},
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        SiglipModel(config).eval().save_pretrained(directory)
    halves = [0.5, 0.5, 0.5]
    (directory / "preprocessor_config.json").write_text(
        json.dumps({"size": {"height": 32, "width": 32}, "image_mean": halves, "image_std": halves})
    )
    return directory
