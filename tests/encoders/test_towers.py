"""The encoders against transformers itself, on small models with random weights."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch
import transformers

from inphotos.encoders import registry
from inphotos.encoders.base import Encoder
from inphotos.errors import TextNotSupportedError
from inphotos.pixels import Pixels

TEXTS = ["a photo of a cat", "dog", "the RED cat on a photo", "猫の写真", "кот", "🐈", ""]


def load(directory: Path) -> Encoder:
    known = directory.parent.name == "models"
    return registry.load(
        registry.resolve(directory.name if known else str(directory), directory.parent)
    )


def pictures(count: int) -> list[Pixels]:
    chance = np.random.default_rng(count)
    return list(chance.integers(0, 256, (count, 32, 32, 3), dtype=np.uint8))


def as_input(batch: list[Pixels], directory: Path) -> torch.Tensor:
    processor = transformers.AutoImageProcessor.from_pretrained(directory, use_fast=False)
    prepared = processor(batch, do_resize=False, do_center_crop=False, return_tensors="pt")
    return prepared["pixel_values"]


@pytest.fixture(scope="module")
def clip(tiny_clip: Path) -> Encoder:
    return load(tiny_clip)


@pytest.fixture(scope="module")
def siglip(tiny_siglip: Path) -> Encoder:
    return load(tiny_siglip)


@pytest.fixture(scope="module")
def mobilenet(tiny_mobilenet: Path) -> Encoder:
    return load(tiny_mobilenet)


class TestClip:
    def test_pictures_are_encoded_as_by_transformers(self, clip: Encoder, tiny_clip: Path) -> None:
        batch = pictures(5)
        network = transformers.CLIPModel.from_pretrained(tiny_clip).eval()
        with torch.inference_mode():
            expected = network.get_image_features(as_input(batch, tiny_clip)).pooler_output

        actual = clip.encode_images(batch)

        assert (actual.shape, actual.dtype) == ((5, 16), np.float32)
        np.testing.assert_allclose(actual, expected.numpy(), atol=1e-5)

    def test_texts_are_encoded_as_by_transformers(self, clip: Encoder, tiny_clip: Path) -> None:
        network = transformers.CLIPModel.from_pretrained(tiny_clip).eval()
        tokenizer = transformers.CLIPTokenizer.from_pretrained(tiny_clip)
        tokens = tokenizer(TEXTS, padding=True, truncation=True, max_length=24, return_tensors="pt")
        with torch.inference_mode():
            expected = network.get_text_features(**tokens).pooler_output

        actual = clip.encode_texts(TEXTS)

        assert (actual.shape, actual.dtype) == ((len(TEXTS), 16), np.float32)
        np.testing.assert_allclose(actual, expected.numpy(), atol=1e-5)

    def test_weights_in_a_pickle_give_the_same(self, clip: Encoder, pickled_clip: Path) -> None:
        batch = pictures(2)

        np.testing.assert_array_equal(
            load(pickled_clip).encode_images(batch), clip.encode_images(batch)
        )


class TestSiglip:
    def test_pictures_are_encoded_as_by_transformers(
        self, siglip: Encoder, tiny_siglip: Path
    ) -> None:
        batch = pictures(5)
        halves = torch.tensor(np.stack(batch)).permute(0, 3, 1, 2) / 127.5 - 1
        network = transformers.SiglipModel.from_pretrained(tiny_siglip).eval()
        with torch.inference_mode():
            expected = network.get_image_features(halves).pooler_output

        np.testing.assert_allclose(siglip.encode_images(batch), expected.numpy(), atol=1e-5)

    def test_texts_are_lowercased_and_padded_to_the_end(
        self, siglip: Encoder, tiny_siglip: Path
    ) -> None:
        ids = [[3, 7, 1] + [0] * 61]  # "a cat <eos>" and padding, of the fixture's words
        network = transformers.SiglipModel.from_pretrained(tiny_siglip).eval()
        with torch.inference_mode():
            expected = network.get_text_features(torch.tensor(ids)).pooler_output

        np.testing.assert_allclose(siglip.encode_texts(["A  Cat"]), expected.numpy(), atol=1e-5)


class TestMobileNet:
    def test_the_output_is_what_the_classifier_would_read(
        self, mobilenet: Encoder, tiny_mobilenet: Path
    ) -> None:
        batch = pictures(5)
        network = transformers.MobileNetV2Model.from_pretrained(tiny_mobilenet).eval()
        with torch.inference_mode():
            expected = network(as_input(batch, tiny_mobilenet)).pooler_output

        actual = mobilenet.encode_images(batch)

        assert (actual.shape, actual.dtype) == ((5, 1280), np.float32)
        np.testing.assert_allclose(actual, expected.numpy(), atol=1e-5)

    def test_words_are_refused(self, mobilenet: Encoder) -> None:
        with pytest.raises(TextNotSupportedError, match="does not understand words"):
            mobilenet.encode_texts(["cat"])


@pytest.mark.parametrize("family", ["clip", "siglip"])
class TestTexts:
    def test_any_string_is_read(self, family: str, request: pytest.FixtureRequest) -> None:
        encoder = request.getfixturevalue(family)
        strings = ["\udc80\ud800", "\x00", "\n\t ", "a\u202eb", "e\u0301" * 50, "<|endoftext|>"]

        assert np.isfinite(encoder.encode_texts(strings)).all()

    @pytest.mark.parametrize("text", ["x" * 10_000, "cat " * 2_500, "猫" * 10_000, " " * 10_000])
    def test_long_texts_are_cut_quickly(
        self, family: str, text: str, request: pytest.FixtureRequest
    ) -> None:
        encoder = request.getfixturevalue(family)
        encoder.encode_texts(["warm"])
        start = time.process_time()  # the machine may be busy with other things

        encoded = encoder.encode_texts([text])

        assert time.process_time() - start < 0.5
        assert encoded.shape == (1, encoder.model.dimension)

    def test_what_is_beyond_the_context_has_no_effect(
        self, family: str, request: pytest.FixtureRequest
    ) -> None:
        encoder = request.getfixturevalue(family)
        start = "cat " * 100

        np.testing.assert_array_equal(
            encoder.encode_texts([start]), encoder.encode_texts([start + "dog"])
        )

    def test_no_texts_give_no_embeddings(self, family: str, request: pytest.FixtureRequest) -> None:
        encoder = request.getfixturevalue(family)

        assert encoder.encode_texts([]).shape == (0, encoder.model.dimension)


@pytest.mark.parametrize("family", ["clip", "siglip", "mobilenet"])
class TestAll:
    def test_no_pictures_give_no_embeddings(
        self, family: str, request: pytest.FixtureRequest
    ) -> None:
        encoder = request.getfixturevalue(family)

        assert encoder.encode_images([]).shape == (0, encoder.model.dimension)

    def test_the_same_twice(self, family: str, request: pytest.FixtureRequest) -> None:
        encoder = request.getfixturevalue(family)
        again = load(encoder.model.directory)

        np.testing.assert_array_equal(
            encoder.encode_images(pictures(3)), again.encode_images(pictures(3))
        )

    def test_loading_leaves_the_random_numbers_alone(
        self, family: str, request: pytest.FixtureRequest
    ) -> None:
        directory = request.getfixturevalue(family).model.directory
        torch.manual_seed(1)
        expected = torch.rand(3)
        torch.manual_seed(1)

        encoder = load(directory)
        encoder.load_images()
        if encoder.model.has_text:
            encoder.load_texts()

        assert torch.equal(torch.rand(3), expected)

    def test_threads_do_not_disturb_each_other(
        self, family: str, request: pytest.FixtureRequest
    ) -> None:
        encoder = request.getfixturevalue(family)
        texts = [[text] for text in TEXTS] * 10 if encoder.model.has_text else []
        batches = [pictures(count) for count in (1, 2, 3, 4)] * 10
        expected_texts = [encoder.encode_texts(text) for text in texts]
        expected_images = [encoder.encode_images(batch) for batch in batches]

        with ThreadPoolExecutor(4) as pool:
            images = pool.map(encoder.encode_images, batches)
            words = pool.map(encoder.encode_texts, texts)
            for actual, expected in zip(images, expected_images, strict=True):
                np.testing.assert_allclose(actual, expected, atol=1e-6)
            for actual, expected in zip(words, expected_texts, strict=True):
                np.testing.assert_allclose(actual, expected, atol=1e-6)

    def test_two_models_can_load_at_once(self, family: str, request: pytest.FixtureRequest) -> None:
        encoder = request.getfixturevalue(family)
        with ThreadPoolExecutor(4) as pool:
            loaded = list(pool.map(load, [encoder.model.directory] * 4))

        for again in loaded:
            np.testing.assert_array_equal(
                again.encode_images(pictures(2)), encoder.encode_images(pictures(2))
            )


def test_loading_is_quiet_and_opens_no_connection(
    tiny_clip: Path, pickled_clip: Path, tiny_siglip: Path, tiny_mobilenet: Path
) -> None:
    directories = [str(made) for made in (tiny_clip, tiny_siglip, tiny_mobilenet)]
    # Pickles are taken of the models that InPhotos knows by name, and of no others.
    names = [
        *((name, "none") for name in directories),
        (pickled_clip.name, str(pickled_clip.parent)),
    ]
    program = f"""
import sys
from pathlib import Path
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        print(event, arguments, flush=True)
sys.addaudithook(refuse)
from inphotos.encoders import registry
for name, models in {names!r}:
    encoder = registry.load(registry.resolve(name, Path(models)))
    encoder.load_images()
    if encoder.model.has_text:
        encoder.encode_texts(["a cat"])
    print(name)
"""
    project = Path(__file__).parents[2]
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=project, capture_output=True, text=True
    )

    told = "".join(f"{name}\n" for name, _ in names)
    assert (result.returncode, result.stdout, result.stderr) == (0, told, "")
