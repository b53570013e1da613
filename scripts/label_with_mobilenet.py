"""Label photos with the classes that a MobileNetV2 classifier sees in them.

    python scripts/label_with_mobilenet.py PHOTOS MODEL OUT.json [--sure P] [--least N]
    inphotos eval OUT.json --model MODEL

MODEL is a directory in transformers' format that still has its classifier, such as that of
google/mobilenet_v2_1.0_224. Only photos whose first class has a probability of at least P get a
label, and only classes of at least N photos are written (1 also keeps those that no other photo is
like; they make finding the others harder). The evaluation ranks photos with labels only.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from pathlib import Path

import numpy as np
import torch
import transformers

from inphotos.encoders import preprocessing, registry
from inphotos.encoders.base import Model
from inphotos.encoders.runtimes import torch_runtime
from inphotos.errors import InPhotosError, ModelError, PhotoError
from inphotos.photos.decoder_service import DecoderService
from inphotos.photos.formats import is_photo
from inphotos.pixels import Pixels
from inphotos.settings import models_directory

BATCH = 32
#: What classifiers trained by TensorFlow call what is none of ImageNet's classes.
BACKGROUND = "background"


class Classifier:
    """MobileNetV2 with its classifier, on the pixels that InPhotos would encode."""

    def __init__(self, model: Model) -> None:
        if model.family != "mobilenet":
            raise ModelError(f"{model.name} is no MobileNetV2; name one that has a classifier.")
        self._network = torch_runtime.load_network(
            transformers.MobileNetV2ForImageClassification, model
        )
        self._normalise = torch_runtime.Normalise(preprocessing.read(model.directory, model.family))
        self.classes: dict[int, str] = self._network.config.id2label

    @torch.inference_mode()
    def best(self, batch: list[Pixels]) -> list[tuple[str, float]]:
        """Return for each picture its most probable class, and how probable it is."""
        chances = self._network(
            pixel_values=self._normalise(torch.from_numpy(np.stack(batch)))
        ).logits.softmax(dim=-1)
        values, at = chances.max(dim=-1)
        names = [self.classes[int(i)] for i in at]
        return list(zip(names, np.asarray(values.cpu()).tolist(), strict=True))


def find_photos(directory: Path) -> list[Path]:
    """All photos in a directory and those inside it, in a fixed order."""
    return sorted(
        Path(folder, name)
        for folder, _, names in os.walk(directory)
        for name in names
        if is_photo(name)
    )


def classify(photos: list[Path], model: Model) -> dict[Path, tuple[str, float]]:
    """The best class of every photo that can be read."""
    classifier = Classifier(model)
    decoders = DecoderService(workers=1)
    found: dict[Path, tuple[str, float]] = {}
    try:
        for start in range(0, len(photos), BATCH):
            batch: dict[Path, Pixels] = {}
            for photo in photos[start : start + BATCH]:
                outcome = decoders.decode(photo, model.pixels)
                if isinstance(outcome, PhotoError):
                    print(outcome)
                elif outcome.pixels is not None:
                    batch[photo] = outcome.pixels
            if batch:
                found.update(zip(batch, classifier.best(list(batch.values())), strict=True))
    finally:
        decoders.close()
    return found


def make_labels(
    found: dict[Path, tuple[str, float]], directory: Path, sure: float, least: int
) -> dict[str, list[str]]:
    """Labels by the photos' names, as an evaluation file has them."""
    certain = {
        photo: name
        for photo, (name, chance) in found.items()
        if chance >= sure and name != BACKGROUND
    }
    sizes = Counter(certain.values())
    return {
        photo.relative_to(directory).as_posix(): [name]
        for photo, name in certain.items()
        if sizes[name] >= least
    }


def main(words: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("photos", type=Path, metavar="PHOTOS", help="a directory")
    parser.add_argument("model", metavar="MODEL", help="a model's directory")
    parser.add_argument("out", type=Path, metavar="OUT.json")
    parser.add_argument("--sure", type=float, default=0.5, metavar="P")
    parser.add_argument("--least", type=int, default=2, metavar="N")
    arguments = parser.parse_args(words)
    directory = arguments.photos.absolute()
    try:
        model = registry.resolve(arguments.model, models_directory())
        found = classify(find_photos(directory), model)
    except InPhotosError as error:
        raise SystemExit(str(error)) from error
    labels = make_labels(found, directory, arguments.sure, arguments.least)
    document = {"photos": str(directory), "labels": labels}
    arguments.out.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    classes = len({name for [name] in labels.values()})
    print(f"{len(labels)} of {len(found)} photos in {classes} classes: {arguments.out}")


if __name__ == "__main__":
    main()
