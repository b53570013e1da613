#!/usr/bin/env python3
"""Write a library of this version for the tests: python scripts/make_library_fixture.py.

Every schema version that was ever released has one below tests/data/libraries, and each later
version opens it (tests/store/test_versions.py). So a change of the schema needs a new one: raise
SCHEMA, write the step of the migration, run this once and commit the file that it writes. It never
replaces one that is there, because only the program of that version writes what that one wrote. To
write one for an earlier version, run this file with PYTHONPATH at a checkout of it.

All of them hold the same photos and have the same small model, from world.tar.xz beside them
(drawn pictures of 48 pixels, and a CLIP with random weights). --world makes that file, once.
"""

import argparse
import io
import json
import os
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

PLACE = Path(__file__).parents[1] / "tests" / "data" / "libraries"

#: Made when a library is opened, or made again from its photos.
LEFT_OUT = {"library.lock", "library.pid", "library.readers", "lock.mdb", "thumbnails", ".nomedia"}

#: Times of the photos, seconds since 1970; those of a tar archive are no finer.
FIRST_TIME = 1_600_000_000


def main() -> int:
    """Write the archive that is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--world", action="store_true", help="make the photos and the model")
    chosen = parser.parse_args()
    os.environ["CUDA_VISIBLE_DEVICES"] = ""
    with tempfile.TemporaryDirectory() as place:
        if chosen.world:
            return _make_world(Path(place))
        with tarfile.open(PLACE / "world.tar.xz") as archive:
            archive.extractall(place, filter="data")
        return _make_library(Path(place))


def _make_library(place: Path) -> int:
    os.environ["INPHOTOS_MODELS"] = str(place / "models")
    from inphotos.library import Library

    with Library.open(place / "library", model=str(place / "model")) as library:
        library.add_folder(place / "photos")
        list(library.index())
        _leave_marks(library, place / "photos")
    version = json.loads((place / "library" / "library.json").read_text())["schema"]
    target = PLACE / f"schema-{version}.tar.xz"
    if target.exists():
        print(f"{target} is there already and stays as it is", file=sys.stderr)
        return 1
    return _pack(place, ["library"], target)


def _leave_marks(library: Any, photos: Path) -> None:
    """Leave what the user of a version could: early ones had none of it."""
    if hasattr(library, "searches"):
        from inphotos.library import SavedSearch

        library.searches.save(SavedSearch("red ones", "red"))
        library.searches.write()
        library.history.add("a red square")
        library.history.write()
    if hasattr(library, "marks"):
        [first, second] = library.photo_ids([photos / "1.jpg", photos / "trip" / "3.jpg"])
        library.marks.set_favorite([first], True)
        library.marks.set_rating([second], 4)
        library.marks.add_tags([second], ["sea"])


def _make_world(place: Path) -> int:
    target = PLACE / "world.tar.xz"
    if target.exists():
        print(f"{target} is there already; other photos need other libraries", file=sys.stderr)
        return 1
    _draw_photos(place / "photos")
    _make_model(place / "model")
    return _pack(place, ["photos", "model"], target)


def _draw_photos(folder: Path) -> None:
    from PIL import Image, ImageDraw

    (folder / "trip").mkdir(parents=True)
    for number in range(6):
        path = folder / ("trip" if number > 2 else "") / f"{number}.jpg"
        image = Image.new("RGB", (48, 32), (40 * number, 255 - 40 * number, 90))
        ImageDraw.Draw(image).rectangle((4 * number, 4, 4 * number + 12, 24), fill=(200, 30, 30))
        image.save(path)
    (folder / "broken.jpg").write_bytes(b"\xff\xd8 cut off")
    for number, path in enumerate(sorted(folder.rglob("*.jpg"))):
        os.utime(path, (FIRST_TIME + number, FIRST_TIME + number))


def _make_model(directory: Path) -> None:
    """Write a CLIP of about 20,000 parameters; its weights are round, and pack well."""
    sys.path.insert(0, str(PLACE.parents[1]))
    import torch
    from tiny_models import PREPROCESSOR, write_byte_tokenizer
    from transformers import CLIPConfig, CLIPModel

    directory.mkdir()
    vocabulary = write_byte_tokenizer(directory)
    sizes = {
        "hidden_size": 16,
        "intermediate_size": 32,
        "num_attention_heads": 2,
        "num_hidden_layers": 1,
    }
    words = {"max_position_embeddings": 24, "vocab_size": vocabulary}
    ends = {"bos_token_id": vocabulary - 2, "eos_token_id": vocabulary - 1}
    pictures = {"image_size": 32, "patch_size": 16}
    config = CLIPConfig(
        projection_dim=8,
        text_config={**sizes, **words, **ends, "pad_token_id": vocabulary - 1},
        vision_config={**sizes, **pictures},
    )
    torch.manual_seed(0)
    model = CLIPModel(config).eval()
    with torch.no_grad():
        for weights in model.parameters():
            # Of the size at which random weights tell pictures apart.
            weights.copy_((weights * 256).round() / 64)
    model.save_pretrained(directory)
    (directory / "preprocessor_config.json").write_text(json.dumps(PREPROCESSOR))


def _pack(place: Path, names: list[str], target: Path) -> int:
    """Write directories into an archive, without holes and without who owns them."""

    def tidied(info: tarfile.TarInfo) -> tarfile.TarInfo | None:
        if info.name.rpartition("/")[2] in LEFT_OUT:
            return None
        info.uid = info.gid = 0
        info.uname = info.gname = ""
        return info

    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:xz", preset=9) as archive:
        for name in names:
            archive.add(place / name, name, filter=tidied)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(buffer.getvalue())
    print(f"{target.name}: {len(buffer.getvalue()):,} bytes", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
