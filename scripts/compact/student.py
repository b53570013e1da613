"""The model that is trained: a small CLIP in transformers' format."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional as nnf
from transformers import CLIPConfig, CLIPImageProcessorPil, CLIPModel, CLIPTokenizer

from compact.crops import Shower

Vectors = npt.NDArray[np.float32]

#: Of the space that pictures and texts share, which is the second teacher's.
DIMENSIONS = 384
CONTEXT = 32

#: How strong patches and places are at the beginning.
_STRENGTH = 0.5

#: Trains 1.4 times as fast on a processor as CLIP's own quick_gelu, which is made of three steps.
ACTIVATION = "gelu"

# What CLIP's own image processor subtracts and divides by.
MEAN = (0.48145466, 0.4578275, 0.40821073)
STD = (0.26862954, 0.26130258, 0.27577711)


@dataclass(frozen=True, slots=True)
class Size:
    """How large a student is.

    Attributes:
        edge, patch: of its pictures, and of the squares they are cut into, pixels.
        width, layers, heads: of its vision transformer.
        text_width, text_layers, text_heads: of its text transformer.
        tokens: of its vocabulary, about.
        batch: pictures at once while it learns.
        least: the share of a photo that it is shown at least.
        mixed: the share of batches that are mixtures of two photos.
    """

    edge: int
    patch: int
    width: int
    layers: int
    heads: int
    text_width: int = 256
    text_layers: int = 4
    text_heads: int = 4
    tokens: int = 8_000
    batch: int = 64
    least: float = 0.5
    mixed: float = 0.0


#: What two cores train in two hours, and what a GPU does in half an hour. Where each photo is shown
#: ten times at most, it need not be made to look different so much.
SIZES = {
    "processor": Size(edge=96, patch=12, width=192, layers=8, heads=3),
    "gpu": Size(
        edge=112,
        patch=8,
        width=320,
        layers=12,
        heads=5,
        text_width=320,
        batch=256,
        least=0.35,
        mixed=0.3,
    ),
}


def build(size: Size, tokenizer: CLIPTokenizer) -> CLIPModel:
    """Return an untrained student."""
    ends = {
        "bos_token_id": tokenizer.bos_token_id,
        "eos_token_id": tokenizer.eos_token_id,
        "pad_token_id": tokenizer.pad_token_id,
    }
    text = {
        "vocab_size": len(tokenizer),
        "hidden_size": size.text_width,
        "intermediate_size": 3 * size.text_width,
        "num_hidden_layers": size.text_layers,
        "num_attention_heads": size.text_heads,
        "max_position_embeddings": CONTEXT,
        "projection_dim": DIMENSIONS,
        "hidden_act": ACTIVATION,
        **ends,
    }
    vision = {
        "hidden_size": size.width,
        "intermediate_size": 4 * size.width,
        "num_hidden_layers": size.layers,
        "num_attention_heads": size.heads,
        "image_size": size.edge,
        "patch_size": size.patch,
        "projection_dim": DIMENSIONS,
        "hidden_act": ACTIVATION,
    }
    config = CLIPConfig(text_config=text, vision_config=vision, projection_dim=DIMENSIONS, **ends)
    return CLIPModel(config)


@torch.no_grad()
def prepare(model: CLIPModel, pixels: torch.Tensor) -> None:
    """Let the image tower begin with patches that are told apart, and places that are near or far.

    Args:
        model: an untrained one.
        pixels: some pictures, float, 0 to 1, shape (n, 3, edge, edge).
    """
    embeddings = model.vision_model.embeddings
    patches, places = embeddings.patch_embedding, embeddings.position_embedding
    edge, width = patches.kernel_size[0], patches.out_channels
    seen = nnf.unfold(normalise(pixels), edge, stride=edge).transpose(1, 2).flatten(0, 1)
    # Whitened: the main directions in which patches differ, equally strong, and mixed.
    spread, directions = torch.linalg.eigh(seen.T @ seen / len(seen))
    main = directions[:, -width:] / (spread[-width:] + 0.01 * spread.mean()).sqrt()
    mixed, _ = torch.linalg.qr(torch.randn(width, main.shape[1], device=main.device))
    patches.weight.copy_(_STRENGTH * (mixed @ main.T).view_as(patches.weight))
    side = round((places.num_embeddings - 1) ** 0.5)
    rows, columns = torch.meshgrid(*2 * [torch.arange(side, dtype=torch.float32)], indexing="ij")
    speeds = 10_000 ** -(torch.arange(width // 4) / (width // 4))
    turns = [axis.reshape(-1, 1) * speeds for axis in (columns, rows)]
    waves = torch.cat([wave(turn) for turn in turns for wave in (torch.sin, torch.cos)], 1)
    places.weight[1:] = _STRENGTH * waves.to(places.weight.device)


def look(model: CLIPModel, pixels: torch.Tensor, share: float = 1.0) -> torch.Tensor:
    """Return what the image tower makes of pictures, before the projection; shape (n, width).

    Args:
        model: whose tower.
        pixels: float, 0 to 1, shape (n, 3, edge, edge).
        share: of the patches that it is shown, drawn anew for each picture. With half of them it
            takes twice as many steps in the same time, which is worth more (Li et al. 2023, FLIP).
    """
    tower = model.vision_model
    states = tower.embeddings(normalise(pixels))
    if share < 1:
        count = states.shape[1] - 1
        drawn = torch.rand((len(states), count), device=states.device).argsort(1) + 1
        shown = nnf.pad(drawn[:, : round(share * count)], (1, 0))  # and the class token
        states = states.gather(1, shown[:, :, None].expand(-1, -1, states.shape[2]))
    states = tower.encoder(inputs_embeds=tower.pre_layrnorm(states)).last_hidden_state
    return tower.post_layernorm(states[:, 0])


@torch.inference_mode()
def encode_pictures(model: CLIPModel, shower: Shower, photos: npt.NDArray[np.int64]) -> Vectors:
    """Return the embeddings of n photos, length 1, shape (n, dimension)."""
    model.eval()
    parts = np.array_split(photos, max(1, len(photos) // 256))
    made = [model.visual_projection(look(model, shower.plain(part))).float() for part in parts]
    model.train()
    vectors: Vectors = nnf.normalize(torch.cat(made), dim=1).cpu().numpy()
    return vectors


@torch.inference_mode()
def encode_texts(model: CLIPModel, tokenizer: CLIPTokenizer, texts: Sequence[str]) -> Vectors:
    """Return the embeddings of n texts, length 1, shape (n, dimension)."""
    model.eval()
    tokens = tokenizer(list(texts), padding=True, truncation=True, return_tensors="pt")
    made = model.get_text_features(**tokens.to(model.device)).pooler_output.float()
    model.train()
    vectors: Vectors = nnf.normalize(made, dim=1).cpu().numpy()
    return vectors


def normalise(pixels: torch.Tensor) -> torch.Tensor:
    """Turn pictures into the student's input.

    Args:
        pixels: float, 0 to 1, shape (n, 3, edge, edge).
    """
    mean, std = (torch.tensor(three, device=pixels.device) for three in (MEAN, STD))
    return (pixels - mean[:, None, None]) / std[:, None, None]


def save(model: CLIPModel, tokenizer: CLIPTokenizer, out: Path) -> None:
    """Write a model in half precision; its configuration asks for single when it is loaded."""
    out.mkdir(parents=True, exist_ok=True)
    edge = model.config.vision_config.image_size
    halved = CLIPModel(model.config)
    halved.load_state_dict(model.state_dict())
    halved.half().save_pretrained(out)
    settings = json.loads((out / "config.json").read_text())
    settings["dtype"] = "float32"
    (out / "config.json").write_text(json.dumps(settings, indent=2) + "\n")
    (out / "model.safetensors").chmod(0o644)
    tokenizer.save_pretrained(out)
    # The whole photo, squeezed: what is at its sides is asked for as well.
    processor = CLIPImageProcessorPil(size={"height": edge, "width": edge}, do_center_crop=False)
    processor.save_pretrained(out)
