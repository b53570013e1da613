"""The other runtimes against torch, on small models with random weights."""

from __future__ import annotations

import json
import mmap
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np
import psutil
import pytest

from inphotos.encoders import converted, registry, runtimes
from inphotos.encoders.base import Embeddings, Model, normalize
from inphotos.encoders.encoder import TowerEncoder
from inphotos.encoders.runtimes import REFERENCE, Runtime, Tokens, mapped
from inphotos.encoders.tokenizing import TextReader
from inphotos.errors import RuntimeUnavailableError
from inphotos.pixels import Pixels

ENGINES = ["openvino", "onnx"]
FAMILIES = ["tiny_clip", "tiny_siglip", "tiny_mobilenet"]
READERS = ["tiny_clip", "tiny_siglip"]
PROJECT = Path(__file__).parents[2]


class Made(NamedTuple):
    """What converting the small models gave."""

    models: Path
    output: str


@pytest.fixture(scope="session")
def made(
    tiny_clip: Path,
    tiny_siglip: Path,
    tiny_mobilenet: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Made:
    """All small models converted for all runtimes, by a process that watches its connections."""
    for package in ("openvino", "nncf", "onnx", "onnxruntime"):
        pytest.importorskip(package)
    models = tmp_path_factory.mktemp("models")
    finished = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("convert_all.py"))]
        + [str(directory) for directory in (tiny_clip, tiny_siglip, tiny_mobilenet)],
        env={**os.environ, "INPHOTOS_MODELS": str(models), "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
    )
    assert finished.returncode == 0, finished.stderr
    return Made(models, finished.stdout)


@pytest.fixture
def prepared(made: Made, monkeypatch: pytest.MonkeyPatch) -> Made:
    """The same, where the encoders look for it."""
    monkeypatch.setenv("INPHOTOS_MODELS", str(made.models))
    return made


@pytest.fixture
def own(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the converted files, to be broken."""
    copied = shutil.copytree(made.models, tmp_path / "own-models")
    monkeypatch.setenv("INPHOTOS_MODELS", str(copied))
    return Path(copied)


def model_of(directory: Path) -> Model:
    return registry.resolve(str(directory), directory.parent)


def runtime(name: str) -> Runtime:
    found = runtimes.named(name)
    assert found is not None
    return found


def pictures(count: int) -> list[Pixels]:
    chance = np.random.default_rng(count)
    return list(chance.integers(0, 256, (count, 32, 32, 3), dtype=np.uint8))


def choose(model: Model, **towers: str) -> None:
    file = converted.directory(model) / "choice.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(towers))


def closeness(one: Embeddings, other: Embeddings) -> float:
    return float((normalize(one) * normalize(other)).sum(axis=1).min())


@pytest.mark.usefixtures("prepared")
@pytest.mark.parametrize("engine", ENGINES)
class TestFullPrecision:
    @pytest.mark.parametrize("family", FAMILIES)
    def test_pictures_come_out_as_by_torch(
        self, engine: str, family: str, request: pytest.FixtureRequest
    ) -> None:
        model = model_of(request.getfixturevalue(family))
        expected = runtimes.image_tower(model, REFERENCE)
        actual = runtimes.image_tower(model, runtime(f"{engine}-fp32"))

        for count in (1, 3, 16):
            batch = pictures(count)
            np.testing.assert_allclose(actual(batch), expected(batch), atol=1e-4)

    @pytest.mark.parametrize("family", READERS)
    def test_texts_of_all_lengths_come_out_as_by_torch(
        self, engine: str, family: str, request: pytest.FixtureRequest
    ) -> None:
        model = model_of(request.getfixturevalue(family))
        read = TextReader(model)
        texts = ["", *("cat " * count for count in range(1, 70, 3)), "猫の写真"]
        alone: list[Tokens] = [read([text]) for text in texts]
        expected = runtimes.text_tower(model, REFERENCE)
        actual = runtimes.text_tower(model, runtime(f"{engine}-fp32"))

        for tokens in [*alone, read(texts)]:
            np.testing.assert_allclose(actual(tokens), expected(tokens), atol=1e-4)

    def test_every_length_up_to_the_context_is_read(self, engine: str, tiny_clip: Path) -> None:
        model = model_of(tiny_clip)
        expected = runtimes.text_tower(model, REFERENCE)
        actual = runtimes.text_tower(model, runtime(f"{engine}-fp32"))
        lengths = set()
        for count in range(24):
            tokens = TextReader(model)(["x" * count])
            lengths.add(tokens.ids.shape[1])
            np.testing.assert_allclose(actual(tokens), expected(tokens), atol=1e-4)

        assert lengths == set(range(2, 25))

    def test_threads_do_not_disturb_each_other(self, engine: str, tiny_clip: Path) -> None:
        model = model_of(tiny_clip)
        tower = runtimes.image_tower(model, runtime(f"{engine}-fp32"))
        batches = [pictures(count) for count in (1, 2, 3, 4)] * 10
        expected = [tower(batch) for batch in batches]

        with ThreadPoolExecutor(4) as pool:
            for actual, alone in zip(pool.map(tower, batches), expected, strict=True):
                np.testing.assert_allclose(actual, alone, atol=1e-6)


@pytest.mark.usefixtures("prepared")
class TestReducedPrecision:
    @pytest.mark.parametrize(
        ("name", "family"),
        [
            ("openvino-int8", "tiny_clip"),
            ("onnx-int8", "tiny_clip"),
            ("torch-int8", "tiny_clip"),
            ("torch-int8", "tiny_siglip"),
            ("torch-bf16", "tiny_clip"),
            ("torch-bf16", "tiny_siglip"),
        ],
    )
    def test_it_stays_close_to_the_full_precision(
        self, name: str, family: str, request: pytest.FixtureRequest
    ) -> None:
        model = model_of(request.getfixturevalue(family))
        batch, tokens = pictures(16), TextReader(model)(["a cat", "the dog on a photo", "red"])
        images = runtimes.image_tower(model, REFERENCE)(batch)
        texts = runtimes.text_tower(model, REFERENCE)(tokens)

        rounded = runtimes.image_tower(model, runtime(name))(batch)
        assert closeness(rounded, images) > 0.98
        assert not np.allclose(rounded, images, atol=1e-6)
        assert closeness(runtimes.text_tower(model, runtime(name))(tokens), texts) > 0.98

    def test_files_of_reduced_precision_are_smaller(self, tiny_clip: Path) -> None:
        model = model_of(tiny_clip)
        for engine, suffix in (("openvino", ".bin"), ("onnx", ".onnx")):
            for tower in ("image", "text"):
                sizes = [
                    converted.path(model, tower, runtime(f"{engine}-{kind}"))
                    .with_suffix(suffix)
                    .stat()
                    .st_size
                    for kind in ("int8", "fp32")
                ]
                assert sizes[0] < sizes[1]


def test_converting_prints_nothing_and_opens_no_connection(made: Made) -> None:
    assert made.output == ""


@pytest.mark.parametrize("engine", ENGINES)
def test_running_opens_no_connection_and_needs_no_torch(
    engine: str, prepared: Made, tiny_clip: Path
) -> None:
    choose(model_of(tiny_clip), image=f"{engine}-int8", text=f"{engine}-int8")
    program = f"""
import sys
from pathlib import Path
def report(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        print(event, arguments, flush=True)
sys.addaudithook(report)
import numpy as np
from inphotos.encoders import registry
encoder = registry.load(registry.resolve({str(tiny_clip)!r}, Path("none")))
encoder.encode_texts(["a cat"])
encoder.encode_images([np.zeros((32, 32, 3), np.uint8)])
for name in ("torch", "transformers", "nncf", "openvino_telemetry"):
    if sys.modules.get(name) is not None:
        print(name)
"""
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True
    )

    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def halved(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def zeroed(file: Path) -> None:
    file.write_bytes(bytes(file.stat().st_size))


def deleted(file: Path) -> None:
    file.unlink()


def test_new_files_replace_old_ones_and_what_was_worked_out_from_them(
    tiny_clip: Path, tmp_path: Path
) -> None:
    model, wanted = model_of(tiny_clip), runtime("openvino-int8")
    target = converted.path(model, "image", wanted)
    compiled = converted.compiled_directory(model)
    compiled.mkdir(parents=True)
    for place, contents in ((target.parent, "old"), (tmp_path, "new")):
        for suffix in (".xml", ".bin"):
            (place / target.name).with_suffix(suffix).write_text(contents)
    (compiled / "1.blob").write_text("old")

    converted.put(tmp_path / target.name, target)

    assert target.read_text() == target.with_suffix(".bin").read_text() == "new"
    assert sorted(target.parent.iterdir()) == [target.with_suffix(".bin"), target]


def test_a_replacement_that_fails_leaves_no_mixture(tiny_clip: Path, tmp_path: Path) -> None:
    model, wanted = model_of(tiny_clip), runtime("openvino-int8")
    target = converted.path(model, "image", wanted)
    target.parent.mkdir(parents=True)
    target.write_text("old")
    target.with_suffix(".bin").mkdir()  # what cannot be replaced by a file
    for suffix in (".xml", ".bin"):
        (tmp_path / target.name).with_suffix(suffix).write_text("new")

    with pytest.raises(OSError, match=target.stem):
        converted.put(tmp_path / target.name, target)
    assert not converted.is_there(model, "image", wanted)


class TestDamage:
    @pytest.mark.parametrize("damage", [emptied, halved, zeroed, deleted])
    @pytest.mark.parametrize(
        "name", ["image-int8.xml", "image-int8.bin", "image-int8.onnx", "image-fp32.onnx"]
    )
    def test_a_damaged_file_is_not_run(
        self, name: str, damage: Callable[[Path], None], own: Path, tiny_clip: Path
    ) -> None:
        model = model_of(tiny_clip)
        file = converted.directory(model) / name
        if damage is zeroed and file.suffix == ".bin":
            pytest.skip("numbers that are zero are numbers")
        damage(file)
        wanted = next(
            runtime
            for runtime in runtimes.KNOWN
            if runtime.engine != "torch"
            and converted.path(model, "image", runtime).stem == file.stem
            and (file.suffix == ".onnx") == (runtime.engine == "onnx")
        )

        with pytest.raises(RuntimeUnavailableError, match=wanted.name):
            runtimes.image_tower(model, wanted)

    @pytest.mark.parametrize("engine", ENGINES)
    def test_a_file_of_another_model_is_not_run(
        self, engine: str, own: Path, tiny_clip: Path, tiny_siglip: Path
    ) -> None:
        model, wanted = model_of(tiny_clip), runtime(f"{engine}-fp32")
        there = converted.path(model, "image", wanted)
        other = converted.path(model_of(tiny_siglip), "image", wanted)
        for file in other.parent.glob(f"{other.stem}.*"):
            shutil.copyfile(file, there.parent / file.name)

        with pytest.raises(RuntimeUnavailableError):
            runtimes.image_tower(model, wanted)

    @pytest.mark.parametrize("engine", ENGINES)
    def test_the_encoder_goes_on_with_torch(
        self, engine: str, own: Path, tiny_clip: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        model, batch = model_of(tiny_clip), pictures(2)
        expected = runtimes.image_tower(model, REFERENCE)(batch)
        choose(model, image=f"{engine}-int8", text=f"{engine}-int8")
        halved(converted.path(model, "image", runtime(f"{engine}-int8")))
        encoder = TowerEncoder(model)

        np.testing.assert_allclose(encoder.encode_images(batch), expected, atol=1e-5)
        assert f"by {engine}-int8 on this machine" in caplog.text
        assert encoder.encode_texts(["a cat"]).shape == (1, model.dimension)

    def test_what_fails_while_it_runs_is_given_up(
        self, own: Path, tiny_clip: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        model, batch = model_of(tiny_clip), pictures(2)
        expected = runtimes.image_tower(model, REFERENCE)(batch)
        choose(model, image="onnx-fp32")
        # It loads, and then its input is one that it does not take.
        there = converted.path(model, "image", runtime("onnx-fp32"))
        shutil.copyfile(converted.path(model, "text", runtime("onnx-fp32")), there)
        encoder = TowerEncoder(model)

        np.testing.assert_allclose(encoder.encode_images(batch), expected, atol=1e-5)
        assert "Going on with torch" in caplog.text
        np.testing.assert_allclose(encoder.encode_images(batch), expected, atol=1e-5)

    def test_a_damaged_cache_of_compiled_networks_does_no_harm(
        self, own: Path, tiny_clip: Path
    ) -> None:
        model, batch = model_of(tiny_clip), pictures(2)
        expected = runtimes.image_tower(model, runtime("openvino-int8"))(batch)
        kept = list(converted.compiled_directory(model).glob("*.blob"))
        assert kept
        for file in kept:
            file.chmod(0o600)
            halved(file)

        again = runtimes.image_tower(model, runtime("openvino-int8"))

        np.testing.assert_array_equal(again(batch), expected)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what is mapped")
def test_a_mapped_file_can_be_let_go_and_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "weights.bin"
    contents = os.urandom(2**22)
    file.write_bytes(contents)

    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, prot=mmap.PROT_READ) as mapping:
        assert mapping[:] == contents
        assert resident(file) == len(contents)
        mapped.let_go(file)
        assert resident(file) == 0
        assert mapping[:] == contents


def resident(file: Path) -> int:
    """Return how many bytes of a mapped file are in this process's memory."""
    regions = psutil.Process().memory_maps()
    return sum(region.rss for region in regions if region.path == str(file.resolve()))


@pytest.mark.parametrize("name", ["cuda-fp16", "cuda-bf16", "mps-fp16"])
def test_a_device_that_is_not_here_is_refused(name: str, tiny_clip: Path) -> None:
    if runtimes.suits(runtime(name)):
        pytest.skip("the device is here")

    with pytest.raises(RuntimeUnavailableError, match=name):
        runtimes.image_tower(model_of(tiny_clip), runtime(name))


def test_full_precision_suits_every_processor() -> None:
    installed = [known for known in runtimes.KNOWN if runtimes.is_installed(known)]

    for known in installed:
        if known.device == "cpu" and known.precision in ("fp32", "int8"):
            assert runtimes.suits(known)
