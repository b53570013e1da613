"""Finding models, and telling bad directories from good ones."""

from __future__ import annotations

import json
import pickle
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from inphotos.encoders import registry
from inphotos.encoders.base import Thresholds
from inphotos.errors import ModelError, ModelNotInstalledError
from inphotos.settings import DEFAULT_MODEL

PROJECT = Path(__file__).parents[2]
WEIGHTS = "model.safetensors"


def change(path: Path, **values: Any) -> None:
    """Set values of a JSON file; None removes one."""
    stored = {**json.loads(path.read_text()), **values}
    path.write_text(json.dumps({k: v for k, v in stored.items() if v is not None}))


def resolve_stored(directory: Path) -> Any:
    return registry.resolve(directory.name, directory.parent)


def resolve(directory: Path) -> Any:
    return registry.resolve(str(directory), directory.parent / "models")


class TestKnownModels:
    def test_the_default_is_the_first(self) -> None:
        assert registry.known()[0].name == DEFAULT_MODEL

    def test_all_but_one_are_pinned_to_a_commit(self) -> None:
        loose = [spec.name for spec in registry.known() if len(spec.revision) != 40]
        assert loose == ["mobilenet-v2"]

    def test_one_that_is_not_here_says_how_to_get_it(self, models_directory: Path) -> None:
        with pytest.raises(ModelNotInstalledError, match=f"models download {DEFAULT_MODEL}"):
            registry.resolve(DEFAULT_MODEL, models_directory)

    def test_a_slip_of_the_pen_is_met_with_a_suggestion(self, models_directory: Path) -> None:
        with pytest.raises(ModelError, match=r"did you mean clip-vit-b-32"):
            registry.resolve("clip-vit-b32", models_directory)

    def test_an_unknown_name_lists_the_known(self, models_directory: Path) -> None:
        with pytest.raises(
            ModelError, match=r"There is no model zzz; known are compact, demo, clip-"
        ):
            registry.resolve("zzz", models_directory)


class TestDirectories:
    def test_a_clip_is_described(self, tiny_clip: Path) -> None:
        model = resolve(tiny_clip)

        assert (model.family, model.dimension, model.has_text) == ("clip", 16, True)
        assert model.pixels.shape == (32, 32, 3)
        assert model.directory == tiny_clip

    def test_a_siglip_is_described(self, tiny_siglip: Path) -> None:
        model = resolve(tiny_siglip)

        assert (model.family, model.dimension, model.has_text) == ("siglip", 32, True)
        assert model.pixels.resize == (32, 32)

    def test_a_mobilenet_is_described(self, tiny_mobilenet: Path) -> None:
        model = resolve(tiny_mobilenet)

        assert (model.family, model.dimension, model.has_text) == ("mobilenet", 1280, False)

    @pytest.mark.parametrize(
        ("multiplier", "finegrained", "channels"),
        [(1.0, True, 1280), (0.5, True, 1280), (0.5, False, 640), (1.4, True, 1792)],
    )
    def test_a_mobilenets_width_decides_its_dimension(
        self,
        tiny_mobilenet: Path,
        tmp_path: Path,
        multiplier: float,
        finegrained: bool,
        channels: int,
    ) -> None:
        copy = Path(shutil.copytree(tiny_mobilenet, tmp_path / "copy"))
        change(copy / "config.json", depth_multiplier=multiplier, finegrained_output=finegrained)

        assert resolve(copy).dimension == channels

    def test_its_name_finds_it_again(
        self, own_clip: Path, models_directory: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(own_clip.parent)
        model = registry.resolve(own_clip.name, models_directory)

        assert Path(model.name).is_absolute()
        assert registry.resolve(model.name, models_directory) == model

    def test_neither_torch_nor_transformers_is_imported(self, tiny_clip: Path) -> None:
        program = (
            "import sys; from pathlib import Path; from inphotos.encoders import registry;"
            f"registry.resolve({str(tiny_clip)!r}, Path('none'));"
            "print({'torch', 'transformers', 'huggingface_hub'} & set(sys.modules))"
        )
        result = subprocess.run(
            [sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True
        )

        assert (result.stdout, result.stderr) == ("set()\n", "")

    def test_the_user_can_set_thresholds(self, own_clip: Path) -> None:
        (own_clip / "inphotos.json").write_text(
            '{"about": "Mine.", "thresholds": {"strong": 0.5, "maybe": 0.4}}'
        )
        before = resolve(own_clip)

        assert before.about == "Mine."
        assert before.thresholds == Thresholds(0.5, 0.4, before.thresholds.same_kind)

    def test_thresholds_do_not_change_the_fingerprint(self, own_clip: Path) -> None:
        before = resolve(own_clip).fingerprint
        (own_clip / "inphotos.json").write_text('{"thresholds": {"strong": 0.5}}')

        assert resolve(own_clip).fingerprint == before


class TestFingerprints:
    def test_a_copy_has_the_same(self, tiny_clip: Path, own_clip: Path) -> None:
        assert resolve(tiny_clip).fingerprint == resolve(own_clip).fingerprint
        assert len(resolve(own_clip).fingerprint) == 16

    def test_other_weights_have_another(self, own_clip: Path) -> None:
        before = resolve(own_clip).fingerprint
        weights = bytearray((own_clip / WEIGHTS).read_bytes())
        weights[-1] ^= 1
        (own_clip / WEIGHTS).write_bytes(weights)

        assert resolve(own_clip).fingerprint != before

    def test_other_preparation_has_another(self, own_clip: Path) -> None:
        before = resolve(own_clip).fingerprint
        change(own_clip / "preprocessor_config.json", resample=2)

        assert resolve(own_clip).fingerprint != before


class TestBadDirectories:
    @pytest.mark.parametrize(
        "name", ["config.json", "preprocessor_config.json", WEIGHTS, "vocab.json", "merges.txt"]
    )
    def test_a_missing_file_is_named(self, own_clip: Path, name: str) -> None:
        (own_clip / name).unlink()

        with pytest.raises(ModelError, match=rf"{name}\b.* (is )?missing"):
            resolve(own_clip)

    def test_a_path_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(ModelError, match="is not a directory with a model"):
            resolve(tmp_path / "nowhere")

    def test_another_architecture_is_named(self, own_clip: Path) -> None:
        change(own_clip / "config.json", model_type="bert")

        with pytest.raises(ModelError, match=r"'bert'.*clip, siglip, mobilenet_v2"):
            resolve(own_clip)

    @pytest.mark.parametrize("content", ["", "{", "[]", "[" * 100_000, '{"model_type": ["clip"]}'])
    def test_a_configuration_of_nonsense(self, own_clip: Path, content: str) -> None:
        (own_clip / "config.json").write_text(content)

        with pytest.raises(ModelError):
            resolve(own_clip)

    def test_a_configuration_that_is_not_text(self, own_clip: Path) -> None:
        (own_clip / "config.json").write_bytes(b"\xff\xfe\x00")

        with pytest.raises(ModelError, match="cannot be read as a configuration"):
            resolve(own_clip)

    @pytest.mark.parametrize("dimension", [0, -1, "many", 1e9, [1]])
    def test_a_dimension_of_nonsense(self, own_clip: Path, dimension: object) -> None:
        change(own_clip / "config.json", projection_dim=dimension)

        with pytest.raises(ModelError, match="how long the embeddings are"):
            resolve(own_clip)

    @pytest.mark.parametrize("keep", [0, 4, 100, -1])
    def test_weights_that_are_cut_off(self, own_clip: Path, keep: int) -> None:
        content = (own_clip / WEIGHTS).read_bytes()
        (own_clip / WEIGHTS).write_bytes(content[:keep])

        with pytest.raises(ModelError, match="damaged or cut off"):
            resolve(own_clip)

    def test_weights_that_are_something_else(self, own_clip: Path) -> None:
        (own_clip / WEIGHTS).write_text("version https://git-lfs.github.com/spec/v1\n" * 3)

        with pytest.raises(ModelError, match="damaged or cut off"):
            resolve(own_clip)

    def test_a_header_of_nonsense(self, own_clip: Path) -> None:
        for header in (b"{}", b"[]", b'{"a": 1}', b'{"a": {"data_offsets": "x"}}', b"\xff{"):
            (own_clip / WEIGHTS).write_bytes(len(header).to_bytes(8, "little") + header)

            with pytest.raises(ModelError, match="damaged or cut off"):
                resolve(own_clip)

    def test_a_pickle_is_not_accepted_in_place_of_safetensors(
        self, tiny_mobilenet: Path, tmp_path: Path
    ) -> None:
        copy = Path(shutil.copytree(tiny_mobilenet, tmp_path / "copy"))
        (copy / WEIGHTS).rename(copy / "pytorch_model.bin")

        with pytest.raises(
            ModelError, match=r"could run code.*takes weights as model\.safetensors"
        ):
            resolve(copy)

    def test_other_pickles_are_not_even_looked_at(self, own_clip: Path) -> None:
        (own_clip / WEIGHTS).rename(own_clip / "weights.pt")

        with pytest.raises(ModelError, match=r"weights\.pt is not read: it could run code"):
            resolve(own_clip)

    def test_a_pickle_that_is_cut_off(self, pickled_clip: Path) -> None:
        weights = pickled_clip / "pytorch_model.bin"
        weights.write_bytes(weights.read_bytes()[:-30])

        with pytest.raises(ModelError, match="damaged or cut off"):
            resolve_stored(pickled_clip)

    def test_weights_in_several_files(self, own_clip: Path) -> None:
        (own_clip / WEIGHTS).unlink()
        (own_clip / f"{WEIGHTS}.index.json").write_text("{}")

        with pytest.raises(ModelError, match="split over several files"):
            resolve(own_clip)

    def test_contradicting_sizes(self, own_clip: Path) -> None:
        change(own_clip / "preprocessor_config.json", crop_size=48)

        with pytest.raises(ModelError, match="48x48, the model wants 32x32"):
            resolve(own_clip)

    def test_thresholds_of_nonsense(self, own_clip: Path) -> None:
        (own_clip / "inphotos.json").write_text('{"thresholds": {"strong": "high"}}')

        with pytest.raises(ModelError, match="not numbers"):
            resolve(own_clip)


class TestLoadingBadWeights:
    def test_weights_of_another_shape(self, own_clip: Path) -> None:
        config = json.loads((own_clip / "config.json").read_text())
        config["text_config"]["hidden_size"] = 64
        (own_clip / "config.json").write_text(json.dumps(config))

        with pytest.raises(ModelError, match="do not fit its configuration"):
            registry.load(resolve(own_clip)).load_texts()

    def test_weights_with_parts_missing(self, own_clip: Path) -> None:
        from safetensors.torch import load_file, save_file

        tensors = load_file(own_clip / WEIGHTS)
        del tensors["visual_projection.weight"]
        save_file(tensors, own_clip / WEIGHTS, metadata={"format": "pt"})

        with pytest.raises(ModelError, match="incomplete: 1 part"):
            registry.load(resolve(own_clip)).load_images()

    def test_a_pickle_that_would_run_code(self, pickled_clip: Path, tmp_path: Path) -> None:
        trace = tmp_path / "trace"
        bomb = pickle.dumps(_Bomb(trace), protocol=2)
        (pickled_clip / "pytorch_model.bin").write_bytes(bomb + bytes(1 << 20))

        with pytest.raises(ModelError, match="cannot be loaded"):
            registry.load(resolve_stored(pickled_clip)).load_images()

        assert not trace.exists()

    def test_a_broken_tokenizer(self, own_clip: Path) -> None:
        (own_clip / "vocab.json").write_text("nonsense")

        with pytest.raises(ModelError, match="tokenizer"):
            registry.load(resolve(own_clip)).load_texts()


class _Bomb:
    """Pickles as a call that leaves a trace on the disk."""

    def __init__(self, trace: Path) -> None:
        self._trace = trace

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (self._trace,))


def test_a_directory_that_may_not_be_read_is_refused_with_a_sentence(
    ordinary_user: Path,
) -> None:
    (ordinary_user / "closed").mkdir(mode=0)
    with pytest.raises(ModelError, match=r"cannot be read \(Permission denied\)|may not be read"):
        registry.resolve(str(ordinary_user / "closed" / "model"), ordinary_user / "models")
