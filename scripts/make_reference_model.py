"""Makes a full-size CLIP ViT-B/32 with random weights, for work on speed and parity.

It has the architecture, the size and the files of OpenAI's model, so whatever is measured of time
and numerical agreement holds for the real weights; what it finds is noise.

    python scripts/make_reference_model.py DIR --tokenizer TOKENIZER_DIR
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

SEED = 20240229

TOKENIZER_FILES = ("vocab.json", "merges.txt", "tokenizer_config.json")

#: OpenAI's preprocessing for ViT-B/32, in the form of its preprocessor_config.json.
PREPROCESSOR = {
    "crop_size": 224,
    "do_center_crop": True,
    "do_normalize": True,
    "do_resize": True,
    "feature_extractor_type": "CLIPFeatureExtractor",
    "image_mean": [0.48145466, 0.4578275, 0.40821073],
    "image_std": [0.26862954, 0.26130258, 0.27577711],
    "resample": 3,
    "size": 224,
}


def make(directory: Path, tokenizer: Path) -> None:
    """Write the model into ``directory`` (made if needed; about 605 MB).

    Args:
        directory: where the files go.
        tokenizer: a directory with CLIP's ``vocab.json`` and ``merges.txt``.
    """
    import torch
    from transformers import CLIPConfig, CLIPModel, logging

    logging.disable_progress_bar()

    directory.mkdir(parents=True, exist_ok=True)
    for name in TOKENIZER_FILES:
        if (tokenizer / name).is_file() or name != "tokenizer_config.json":
            shutil.copyfile(tokenizer / name, directory / name)
    config = CLIPConfig(
        projection_dim=512,
        text_config={
            "hidden_size": 512,
            "intermediate_size": 2048,
            "num_attention_heads": 8,
            "num_hidden_layers": 12,
            "max_position_embeddings": 77,
            "vocab_size": 49408,
            "hidden_act": "quick_gelu",
            "bos_token_id": 49406,
            "eos_token_id": 49407,
            "pad_token_id": 49407,
        },
        vision_config={
            "hidden_size": 768,
            "intermediate_size": 3072,
            "num_attention_heads": 12,
            "num_hidden_layers": 12,
            "image_size": 224,
            "patch_size": 32,
            "hidden_act": "quick_gelu",
        },
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(SEED)
        network = CLIPModel(config).eval()
    network.save_pretrained(directory)
    (directory / "preprocessor_config.json").write_text(
        json.dumps(PREPROCESSOR, indent=2) + "\n", encoding="utf-8"
    )


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("directory", type=Path, help="where the model goes")
    parser.add_argument(
        "--tokenizer", type=Path, required=True, help="a directory with vocab.json and merges.txt"
    )
    options = parser.parse_args()
    make(options.directory, options.tokenizer)
    print(options.directory)


if __name__ == "__main__":
    main()
