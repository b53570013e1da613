"""What the teachers say: MobileNetV2 of pictures, a sentence encoder of words.

A picture's place among the words is the mean of the names of what the first teacher sees in it,
weighted by how sure it is, as the second teacher writes them down (like ConSE, Norouzi et al.
2014). Nothing is trained for it.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image
from torch.nn import functional as nnf
from transformers import AutoModel, AutoTokenizer, MobileNetV2ForImageClassification

from compact.photos import Photos

Vectors = npt.NDArray[np.float32]

#: So many classes make a picture's place among the words, their probabilities softened by this.
CLASSES, SOFTNESS = 100, 2.0

_EDGE, _SHORT_EDGE = 224, 256
_BATCH = 32


@dataclass(frozen=True)
class Seen:
    """What the first teacher says of pictures.

    Attributes:
        features: of its second-to-last layer, mean of both views, float16, shape (n, 1280).
        logits: of its 1,000 classes, mean of both views, float16, shape (n, 1000).
    """

    features: npt.NDArray[np.float16]
    logits: npt.NDArray[np.float16]


def look(photos: Photos, teacher: Path, cache: Path) -> Seen:
    """Show all photos to the first teacher, the middle and the whole of each; once.

    Args:
        photos: n of them.
        teacher: the directory of MobileNetV2 with its classifier.
        cache: a directory of one's own; what is done is taken up again.
    """
    count = len(photos.rows)
    features = _open(cache / "features.npy", (count, 1280))
    logits = _open(cache / "logits.npy", (count, 1000))
    done = cache / "looked.json"
    start = json.loads(done.read_text()) if done.exists() else 0
    if start < count:
        eyes, began = Eyes(teacher), time.monotonic()
        first = start
        for at in range(start, count, _BATCH):
            part = range(at, min(at + _BATCH, count))
            seen = eyes([photos.whole(index) for index in part])
            features[at : part.stop], logits[at : part.stop] = seen
            if at // _BATCH % 20 == 0:
                features.flush()
                logits.flush()
                done.write_text(json.dumps(part.stop))
                left = (time.monotonic() - began) / (part.stop - first) * (count - part.stop)
                print(
                    f"looked at {part.stop} of {count}, {left / 60:.0f} min left",
                    flush=True,
                )
        features.flush()
        logits.flush()
        done.write_text(json.dumps(count))
    return Seen(features, logits)


def class_names(teacher: Path) -> list[str]:
    """Return the names of the 1,000 classes, each with its synonyms."""
    labels = json.loads((teacher / "config.json").read_text())["id2label"]
    return [labels[str(number)] for number in range(1, 1001)]


class Eyes:
    """The first teacher: pictures to features and logits."""

    def __init__(self, directory: Path) -> None:
        """Load MobileNetV2 with its classifier."""
        self._run = _classifier(directory)

    def __call__(self, images: Sequence[Image.Image]) -> tuple[Vectors, Vectors]:
        """Return the means of two views, the middle and the whole, of n pictures.

        Returns:
            Features, shape (n, 1280), and logits of the classes without background, (n, 1000).
        """
        views = [self._run(_pixels(images, view)) for view in (_middle, _squeezed)]
        (features, logits), (others, more) = views
        return (features + others) / 2, ((logits + more) / 2)[:, 1:]


class Words:
    """The second teacher: texts to vectors of length 1."""

    def __init__(self, directory: Path, device: str) -> None:
        """Load a sentence encoder of transformers' format that takes the mean of its tokens."""
        self._tokenizer = AutoTokenizer.from_pretrained(directory)
        self._network = AutoModel.from_pretrained(directory).eval().to(device)
        self._device = device

    @torch.inference_mode()
    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Return float32 of shape (n, 384)."""
        made = np.zeros((len(texts), self._network.config.hidden_size), np.float32)
        order = np.argsort([len(text) for text in texts], kind="stable")
        for at in range(0, len(texts), 256):
            part = order[at : at + 256]
            tokens = self._tokenizer(
                [texts[index] for index in part],
                padding=True,
                truncation=True,
                return_tensors="pt",
            ).to(self._device)
            states = self._network(**tokens).last_hidden_state
            mask = tokens["attention_mask"].unsqueeze(-1)
            mean = (states * mask).sum(1) / mask.sum(1)
            made[part] = nnf.normalize(mean, dim=1).cpu().numpy()
        return made


def places_of_pictures(logits: npt.NDArray[np.floating], names: Vectors, mean: Vectors) -> Vectors:
    """Return the places of pictures among the words, length 1, float32 of shape (n, dimension).

    Args:
        logits: shape (n, 1000).
        names: vectors of the classes' names.
        mean: of the vectors of names, which is taken away.
    """
    made = []
    for part in np.array_split(logits.astype(np.float32), max(1, len(logits) // 4096)):
        soft = np.exp((part - part.max(1, keepdims=True)) / SOFTNESS)
        soft /= soft.sum(1, keepdims=True)
        least = np.partition(soft, -CLASSES, axis=1)[:, -CLASSES]
        soft[soft < least[:, None]] = 0
        made.append((soft / soft.sum(1, keepdims=True)) @ (names - mean))
    places = np.concatenate(made)
    return places / np.maximum(np.linalg.norm(places, axis=1, keepdims=True), 1e-6)


def _open(path: Path, shape: tuple[int, int]) -> npt.NDArray[np.float16]:
    if path.exists():
        return np.load(path, mmap_mode="r+")
    return np.lib.format.open_memmap(path, "w+", np.float16, shape)


def _pixels(images: Sequence[Image.Image], view: Callable[[Image.Image], Image.Image]) -> Vectors:
    pixels = np.stack([np.asarray(view(image)) for image in images])
    return pixels.astype(np.float32).transpose(0, 3, 1, 2) / 127.5 - 1


def _middle(image: Image.Image) -> Image.Image:
    scale = _SHORT_EDGE / min(image.size)
    width, height = (round(edge * scale) for edge in image.size)
    left, top = (width - _EDGE) // 2, (height - _EDGE) // 2
    return image.resize((width, height), Image.Resampling.BILINEAR).crop(
        (left, top, left + _EDGE, top + _EDGE)
    )


def _squeezed(image: Image.Image) -> Image.Image:
    return image.resize((_EDGE, _EDGE), Image.Resampling.BILINEAR)


def _classifier(
    teacher: Path,
) -> Callable[[npt.NDArray[np.float32]], tuple[Vectors, Vectors]]:
    """Load the first teacher: on CUDA by torch, on the processor by OpenVINO, nine times as fast.

    Returns:
        Takes float32 of shape (n, 3, 224, 224), gives features and logits.
    """
    network = MobileNetV2ForImageClassification.from_pretrained(teacher).eval()
    network.requires_grad_(False)

    class Both(torch.nn.Module):
        def forward(self, pixels: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            pooled = network.mobilenet_v2(pixel_values=pixels).pooler_output
            return pooled, network.classifier(pooled)

    if torch.cuda.is_available():
        on_device = Both().eval().cuda()
        network.cuda()

        @torch.inference_mode()
        def by_torch(pixels: npt.NDArray[np.float32]) -> tuple[Vectors, Vectors]:
            pooled, logits = on_device(torch.from_numpy(pixels).cuda())
            return pooled.cpu().numpy(), logits.cpu().numpy()

        return by_torch
    sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]  # nothing is reported
    import openvino

    made = openvino.convert_model(Both().eval(), example_input=torch.zeros((2, 3, _EDGE, _EDGE)))
    made.reshape([-1, 3, _EDGE, _EDGE])
    compiled = openvino.compile_model(made, "CPU")

    def by_openvino(pixels: npt.NDArray[np.float32]) -> tuple[Vectors, Vectors]:
        outputs = compiled(pixels)
        return np.array(outputs[0]), np.array(outputs[1])

    return by_openvino
