"""Train the bundled `demo` model: a small CLIP that knows the scenes which this project draws.

    python scripts/train_demo_model.py --minutes 28.5
    python scripts/derive_demo_thresholds.py --write

That is how the bundled model came about: 3,530 steps on two cores.

Pictures are drawn afresh (never the bundled ones, see drawing.TRAINING_SEEDS) by worker processes
and kept in memory; captions are made anew for every batch. The result is a directory that
transformers' CLIPModel, CLIPTokenizer and CLIPImageProcessor load offline. The length is set by
the clock, so two runs agree in everything but the number of steps.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import string
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random

import numpy as np
import torch
from drawing import SCENE_NAMES, TRAINING_SEEDS
from drawing.captions import COUNTS, Caption, caption
from drawing.dataset import Sample, draw_sample
from drawing.palette import NAMED
from drawing.registry import SCENES, Facts
from torch import Tensor, nn
from torch.nn import functional as nnf
from transformers import CLIPConfig, CLIPImageProcessor, CLIPModel, CLIPTokenizer
from vocabulary import train_tokenizer

OUT = Path(__file__).resolve().parent.parent / "inphotos" / "data" / "demo" / "model"
IMAGE_SIZE = 72
DIMENSIONS = 128
CONTEXT = 32
WORDS_IN_VOCABULARY = 1_000
# What CLIP's own image processor subtracts and divides by.
CLIP_MEAN = (0.48145466, 0.4578275, 0.40821073)
CLIP_STD = (0.26862954, 0.26130258, 0.27577711)
CLASSES = {
    "scene": SCENE_NAMES,
    "colour": (*NAMED, "colourful"),
    "count": tuple(str(n) for n in COUNTS),
    "light": ("day", "sunset", "night"),
}
# Counting is what such a small network learns last, so it gets the most attention.
WEIGHTS = {"scene": 0.25, "colour": 0.25, "count": 1.0, "light": 0.25}
# Everyday words that no drawing shows. They take part as captions that fit no picture, so that a
# query the model knows nothing about scores low instead of landing somewhere by accident.
UNRELATED = (Path(__file__).parent / "unrelated_words.txt").read_text().splitlines()


def unrelated_text(rng: Random) -> str:
    """Words or plain gibberish that fit no drawing."""
    if rng.random() < 0.35:
        return "".join(rng.choices(string.ascii_lowercase, k=rng.randint(3, 9)))
    word = rng.choice(UNRELATED)
    return (
        f"{rng.choice(('a', 'a photo of a', 'the', 'my', 'two'))} {word}"
        if rng.random() < 0.5
        else word
    )


def build_model(tokenizer: CLIPTokenizer) -> CLIPModel:
    """An untrained CLIP of about three million parameters."""
    ends = {
        "bos_token_id": tokenizer.bos_token_id,
        "eos_token_id": tokenizer.eos_token_id,
        "pad_token_id": tokenizer.pad_token_id,
    }
    text = {
        "vocab_size": len(tokenizer),
        "hidden_size": 128,
        "intermediate_size": 384,
        "num_hidden_layers": 3,
        "num_attention_heads": 4,
        "max_position_embeddings": CONTEXT,
        "projection_dim": DIMENSIONS,
        **ends,
    }
    vision = {
        "hidden_size": 192,
        "intermediate_size": 576,
        "num_hidden_layers": 6,
        "num_attention_heads": 6,
        "image_size": IMAGE_SIZE,
        "patch_size": 12,
        "projection_dim": DIMENSIONS,
    }
    config = CLIPConfig(text_config=text, vision_config=vision, projection_dim=DIMENSIONS, **ends)
    return CLIPModel(config)


class Judge(nn.Module):
    """Heads that only training uses: they name scene, colour, count and light from an embedding,
    and give the pairwise loss its scale and offset."""

    def __init__(self) -> None:
        super().__init__()
        self.heads = nn.ModuleDict({k: nn.Linear(DIMENSIONS, len(v)) for k, v in CLASSES.items()})
        self.scale = nn.Parameter(torch.tensor(2.5))
        self.offset = nn.Parameter(torch.tensor(-6.0))

    def forward(self, embeddings: Tensor, answers: dict[str, Tensor]) -> Tensor:
        """Weighted cross entropy of the questions; -1 marks a question that has no answer."""
        losses = [
            WEIGHTS[name] * nnf.cross_entropy(head(embeddings), answers[name], ignore_index=-1)
            for name, head in self.heads.items()
        ]
        return torch.stack(losses).sum()


def answer_indices(scene: str, facts: Facts) -> tuple[int, ...]:
    """For each of CLASSES the index of what is true, or -1."""
    truth = {"scene": scene, "colour": facts.colour, "light": facts.light}
    truth["count"] = str(facts.count) if facts.count else None
    return tuple(
        options.index(truth[name]) if truth[name] else -1 for name, options in CLASSES.items()
    )


def matches(captions: list[Caption], samples: list[Sample]) -> Tensor:
    """(captions, pictures) float32: 1 where the caption is right about the picture."""
    names = sorted({claim for c in captions for claim in c.claims})
    column = {name: i for i, name in enumerate(names)}
    said = torch.zeros(len(captions), len(names))
    true = torch.zeros(len(samples), len(names))
    for i, c in enumerate(captions):
        said[i, [column[claim] for claim in c.claims]] = 1
    for i, sample in enumerate(samples):
        true[i, [column[claim] for claim in sample.claims if claim in column]] = 1
    return (said @ true.T == said.sum(1, keepdim=True)).float()


def spread_loss(logits: Tensor, target: Tensor) -> Tensor:
    """Cross entropy of each row with the uniform distribution over that row's matches."""
    share = target / target.sum(1, keepdim=True)
    return -(share * nnf.log_softmax(logits, 1)).sum(1).mean()


def augment(pixels: np.ndarray, rng: np.random.Generator) -> Tensor:
    """(n, size, size, 3) uint8 to (n, 3, size, size) normalised float32, mirrored, moved by a few
    pixels and changed in brightness and contrast at random."""
    batch = torch.from_numpy(pixels).permute(0, 3, 1, 2).float() / 255
    flip = torch.from_numpy(rng.random(len(batch)) < 0.5)
    batch[flip] = batch[flip].flip(3)
    padded = nnf.pad(batch, (3, 3, 3, 3), mode="replicate")
    for i, (dy, dx) in enumerate(rng.integers(0, 7, (len(batch), 2))):
        batch[i] = padded[i, :, dy : dy + IMAGE_SIZE, dx : dx + IMAGE_SIZE]
    contrast = torch.from_numpy(rng.uniform(0.88, 1.12, (len(batch), 1, 1, 1)).astype(np.float32))
    bright = torch.from_numpy(rng.uniform(-0.05, 0.05, (len(batch), 1, 1, 1)).astype(np.float32))
    batch = ((batch - 0.5) * contrast + 0.5 + bright).clamp_(0, 1)
    mean, std = torch.tensor(CLIP_MEAN), torch.tensor(CLIP_STD)
    return (batch - mean[:, None, None]) / std[:, None, None]


def draw_all(number: int, first: int, workers: int) -> list[Sample]:
    """That many training pictures from the seed `first` on, those that count something twice as
    often as the others."""
    countable = [n for n in SCENE_NAMES if SCENES[n].words.plurals or SCENES[n].words.counted]
    scenes = [*SCENE_NAMES, *countable]
    jobs = [(scenes[i % len(scenes)], TRAINING_SEEDS[first + i], IMAGE_SIZE) for i in range(number)]
    samples: list[Sample] = []
    started = time.monotonic()
    with ProcessPoolExecutor(workers) as pool:
        for sample in pool.map(draw_sample, jobs, chunksize=64):
            samples.append(sample)
            if len(samples) % 4_000 == 0:
                seconds = time.monotonic() - started
                left = seconds / len(samples) * (number - len(samples))
                print(f"drew {len(samples)} of {number}, {left:.0f} s left", flush=True)
    return samples


def save(model: CLIPModel, tokenizer: CLIPTokenizer, out: Path) -> None:
    """Write the model, turned to half precision; config.json asks for single when it is loaded."""
    out.mkdir(parents=True, exist_ok=True)
    model.half().save_pretrained(out)
    settings = json.loads((out / "config.json").read_text())
    settings["dtype"] = "float32"
    (out / "config.json").write_text(json.dumps(settings, indent=2) + "\n")
    (out / "model.safetensors").chmod(0o644)
    tokenizer.save_pretrained(out)
    processor = CLIPImageProcessor(
        size={"shortest_edge": IMAGE_SIZE}, crop_size={"height": IMAGE_SIZE, "width": IMAGE_SIZE}
    )
    processor.save_pretrained(out)


def shuffled(number: int, batch: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Batches of indices below `number`, without end; every index comes once per round, except
    the few that are left over at a round's end."""
    while True:
        order = rng.permutation(number)
        for first in range(0, number - batch + 1, batch):
            yield order[first : first + batch]


class Trainer:
    """Takes the steps.

    Attributes:
        model: what is trained.
        losses: the last step's losses by name, for the log.
        hits: share of the last step's captions whose best picture was a right one.
    """

    def __init__(
        self, model: CLIPModel, samples: list[Sample], tokenizer: CLIPTokenizer, seed: int
    ) -> None:
        self.model = model.train()
        self.losses: dict[str, float] = {}
        self.hits = 0.0
        self._samples = samples
        self._pixels = np.stack([s.pixels for s in samples])
        self._answers = torch.tensor([answer_indices(s.scene, s.facts) for s in samples])
        self._tokenizer = tokenizer
        self._rng, self._noise = Random(seed), np.random.default_rng(seed)
        self._judge = Judge()
        self._parameters = [*self.model.parameters(), *self._judge.parameters()]
        self._optimiser = torch.optim.AdamW(
            self._parameters, lr=0.0, weight_decay=0.05, betas=(0.9, 0.98)
        )

    def step(self, chosen: np.ndarray, rate: float) -> None:
        """One step on the pictures with these indices."""
        batch = [self._samples[i] for i in chosen]
        said = [caption(s.scene, s.facts, self._rng) for s in batch for _ in range(2)]
        texts = [c.text for c in said]
        texts += [unrelated_text(self._rng) for _ in range(len(said) // 8)]
        words = self._tokenizer(texts, padding=True, truncation=True, return_tensors="pt")
        output = self.model(pixel_values=augment(self._pixels[chosen], self._noise), **words)
        cosine = output.text_embeds @ output.image_embeds.T
        fits = torch.zeros_like(cosine)
        fits[: len(said)] = matches(said, batch)
        losses = self._losses(cosine, fits, len(said))
        answers = self._answers[torch.from_numpy(chosen)]
        # Embeddings have length 1, on which a linear layer would take long to become decisive.
        losses["named"] = self._judge(
            output.image_embeds * 8, {name: answers[:, i] for i, name in enumerate(CLASSES)}
        )
        for group in self._optimiser.param_groups:
            group["lr"] = rate
        self._optimiser.zero_grad()
        torch.stack(list(losses.values())).sum().backward()
        nn.utils.clip_grad_norm_(self._parameters, 1.0)
        self._optimiser.step()
        with torch.no_grad():
            self.model.logit_scale.clamp_(max=math.log(100))
            best = cosine[: len(said)].argmax(1, keepdim=True)
            self.hits = fits[: len(said)].gather(1, best).mean().item()
        self.losses = {name: loss.item() for name, loss in losses.items()}

    def _losses(self, cosine: Tensor, fits: Tensor, related: int) -> dict[str, Tensor]:
        """CLIP's two losses with several right answers, and one on each pair by itself.

        Only the latter gives the cosines a meaning of their own, which the thresholds need.
        `cosine` and `fits` are (texts, pictures); the first `related` texts fit some picture.
        """
        logits = cosine * self.model.logit_scale.exp()
        pairs = nnf.binary_cross_entropy_with_logits(
            cosine * self._judge.scale.exp() + self._judge.offset, fits, reduction="sum"
        )
        return {
            "text": spread_loss(logits[:related], fits[:related]),
            "picture": spread_loss(logits.T, fits.T),
            "pairs": 0.1 * pairs / cosine.shape[1],
        }


def train(arguments: argparse.Namespace) -> None:
    started = time.monotonic()
    deadline = started + arguments.minutes * 60
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(arguments.threads)
    rng = Random(arguments.seed)
    samples = draw_all(arguments.pictures, arguments.first_picture, arguments.threads)
    if arguments.resume:
        tokenizer = CLIPTokenizer.from_pretrained(arguments.resume)
        model = CLIPModel.from_pretrained(arguments.resume, dtype=torch.float32)
    else:
        corpus = [caption(s.scene, s.facts, rng).text for s in samples for _ in range(2)]
        size = 512 + WORDS_IN_VOCABULARY
        tokenizer = train_tokenizer([*corpus, *UNRELATED], size, CONTEXT)
        model = build_model(tokenizer)
    trainer = Trainer(model, samples, tokenizer, arguments.seed)
    size = sum(p.numel() for p in trainer.model.parameters())
    print(f"{size / 1e6:.2f} million parameters, {len(tokenizer)} tokens", flush=True)
    began, steps = time.monotonic(), 0
    order = np.random.default_rng(arguments.seed)
    for chosen in shuffled(len(samples), arguments.batch, order):
        now = time.monotonic()
        if now > deadline:
            break
        share = (now - began) / (deadline - began)
        falling = 0.02 + 0.49 * (1 + math.cos(math.pi * share))
        trainer.step(chosen, arguments.rate * falling * min(1.0, (steps + 1) / 60))
        steps += 1
        if steps % 25 == 0:
            losses = ", ".join(f"{name} {loss:.3f}" for name, loss in trainer.losses.items())
            left = (deadline - time.monotonic()) / 60
            print(
                f"step {steps}: {losses}, best match right {trainer.hits:.2f}, {left:.1f} min left",
                flush=True,
            )
    save(trainer.model.eval(), tokenizer, arguments.out)
    written = sum(f.stat().st_size for f in arguments.out.iterdir())
    minutes = (time.monotonic() - started) / 60
    print(f"{steps} steps, {minutes:.1f} min in all, {written / 1e6:.1f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=22.0, help="in all, drawing included")
    parser.add_argument("--pictures", type=int, default=20_000, help="drawn before training")
    parser.add_argument("--first-picture", type=int, default=0, help="to draw others than before")
    parser.add_argument("--resume", type=Path, help="a model to continue from")
    parser.add_argument("--batch", type=int, default=64, help="pictures per step")
    parser.add_argument("--rate", type=float, default=9e-4, help="highest learning rate")
    parser.add_argument("--threads", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, default=OUT)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
