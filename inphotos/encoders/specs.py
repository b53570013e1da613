"""The models that InPhotos knows by name, and how the scores of each family are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inphotos.encoders.model import Family, Thresholds

#: The models that come with InPhotos: one for photos, and one for the drawn pictures of the demo.
COMPACT, DEMO = "compact", "demo"
BUNDLED = (COMPACT, DEMO)

# Thresholds of the text models are RULES OF THUMB, pending calibration on the real weights:
# none of them was measured by this project.
# CLIP was trained with a softmax over cosine * 100, which fixes no absolute scale: with OpenAI's
# weights unrelated text and photo land near 0.15-0.22, a caption and its photo near 0.25-0.35,
# and two unrelated photos already near 0.5. LAION's weights spread wider: unrelated pairs near
# 0.0-0.15, matching ones again near 0.25-0.35.
# SigLIP was trained with sigmoid(cosine * ~112 - ~13..17), so its pairs turn from "no" to "yes"
# at cosines near 0.11-0.15 and an unrelated pair is near 0 or below.
_OPENAI = Thresholds(strong=0.28, maybe=0.24, same_kind=0.80)
_LAION = Thresholds(strong=0.26, maybe=0.20, same_kind=0.70)
_SIGLIP = Thresholds(strong=0.11, maybe=0.07, same_kind=0.75)

# MobileNetV2 reads no words, so strong and maybe are never asked for. same_kind was measured with
# the ImageNet weights on the 28,441 pairs of 239 COCO photos, where two photos count as the same
# kind if at least three of five people used a common noun for each: 0.52 maximises F0.5 (a wrong
# "same kind" is worse than a missed one). There 1.7 % of the pairs of different kinds pass, and
# 19 % of the pairs of one kind, which are mostly cluttered scenes that share one thing. By eye
# most pairs above 0.54 are of one kind, about half at 0.50, few at 0.42. See test_thresholds.py.
_MOBILENET = Thresholds(strong=0.52, maybe=0.52, same_kind=0.52, measured=True)

FAMILY_THRESHOLDS: Mapping[Family, Thresholds] = {
    "clip": _OPENAI,
    "siglip": _SIGLIP,
    "mobilenet": _MOBILENET,
}
"""How to read the scores of a model that says nothing itself (``inphotos.json``)."""


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A model that can be downloaded by name.

    Attributes:
        name: what the user calls it.
        repo: where it is published, ``owner/name`` on the Hugging Face hub.
        revision: the commit that is fetched, so that nothing that changes there later is; or a
            branch, where no commit was to be had, of which the latest one is.
        family: which encoder runs it.
        dimension: length of its embeddings.
        about: one sentence for the user.
        licence: of the weights, as its publisher states it; empty where none is stated.
        bytes: size of the download where it is known beforehand.
        has_text: whether it understands words.
        thresholds: how its scores are read.
        is_pickled: its publisher has the weights as a pickle only, of which only numbers are read;
            of any other model a pickle is refused.
    """

    name: str
    repo: str
    revision: str
    family: Family
    dimension: int
    about: str
    licence: str
    bytes: int | None
    has_text: bool
    thresholds: Thresholds
    is_pickled: bool = False


KNOWN: tuple[ModelSpec, ...] = (
    ModelSpec(
        name="clip-vit-b-32",
        repo="laion/CLIP-ViT-B-32-laion2B-s34B-b79K",
        revision="1a25a446712ba5ee05982a381eed697ef9b435cf",
        family="clip",
        dimension=512,
        about="Understands English descriptions; the best balance of speed and quality.",
        licence="MIT",
        bytes=608_782_299,
        has_text=True,
        thresholds=_LAION,
    ),
    ModelSpec(
        name="clip-vit-b-32-openai",
        repo="openai/clip-vit-base-patch32",
        revision="3d74acf9a28c67741b2f4f2ea7635f0aaf6f0268",
        family="clip",
        dimension=512,
        about="The original CLIP; understands English descriptions.",
        licence="",
        bytes=None,
        has_text=True,
        thresholds=_OPENAI,
        is_pickled=True,
    ),
    ModelSpec(
        name="clip-vit-b-16-openai",
        repo="openai/clip-vit-base-patch16",
        revision="57c216476eefef5ab752ec549e440a49ae4ae5f3",
        family="clip",
        dimension=512,
        about="The original CLIP with finer patches: sees smaller things, about four times slower.",
        licence="",
        bytes=None,
        has_text=True,
        thresholds=_OPENAI,
        is_pickled=True,
    ),
    ModelSpec(
        name="siglip2-b-16",
        repo="google/siglip2-base-patch16-224",
        revision="75de2d55ec2d0b4efc50b3e9ad70dba96a7b2fa2",
        family="siglip",
        dimension=768,
        about="Understands descriptions in many languages; about four times slower.",
        licence="Apache-2.0",
        bytes=None,
        has_text=True,
        thresholds=_SIGLIP,
    ),
    ModelSpec(
        name="mobilenet-v2",
        repo="google/mobilenet_v2_1.0_224",
        revision="main",
        family="mobilenet",
        dimension=1280,
        about="Small and quick; finds similar photos but does not understand words.",
        licence="",
        bytes=None,
        has_text=False,
        thresholds=_MOBILENET,
    ),
)


def find(name: str) -> ModelSpec | None:
    """Return the known model of that name, or None."""
    return next((spec for spec in KNOWN if spec.name == name), None)
