"""Keeping a store of models: adding, listing, verifying, removing."""

from __future__ import annotations

from pathlib import Path

import pytest

from inphotos.encoders import registry
from inphotos.errors import ModelError

WEIGHTS = "model.safetensors"


def test_an_added_model_has_only_what_it_needs(own_clip: Path, models_directory: Path) -> None:
    (own_clip / "tf_model.h5").write_bytes(b"x")
    (own_clip / "LICENSE").write_text("free")

    model = registry.add(own_clip, models_directory, "mine")

    names = {path.name for path in (models_directory / "mine").iterdir()}
    assert model.name == "mine"
    assert model.fingerprint == registry.resolve(str(own_clip), models_directory).fingerprint
    assert {"LICENSE", "manifest.json", WEIGHTS} <= names
    assert "tf_model.h5" not in names
    assert registry.verify("mine", models_directory) == []
    assert registry.installed(models_directory)[-1] == model


def test_the_directorys_name_is_the_default(own_clip: Path, models_directory: Path) -> None:
    assert registry.add(own_clip, models_directory).name == "own-clip"


def test_a_repository_that_was_fetched_elsewhere_gets_its_known_name(
    own_clip: Path, models_directory: Path
) -> None:
    fetched = own_clip.rename(own_clip.with_name("clip-vit-base-patch32"))

    with pytest.raises(ModelError, match="does not hold the model clip-vit-b-32-openai"):
        registry.add(fetched, models_directory)


@pytest.mark.parametrize("name", ["demo", "a/b", "..", ".hidden", "x" * 65, "a b", "-x"])
def test_names_that_cannot_be(own_clip: Path, models_directory: Path, name: str) -> None:
    with pytest.raises(ModelError, match="cannot be a model's name"):
        registry.add(own_clip, models_directory, name)


def test_a_name_that_is_taken(own_clip: Path, models_directory: Path) -> None:
    registry.add(own_clip, models_directory, "mine")

    with pytest.raises(ModelError, match="already a model mine"):
        registry.add(own_clip, models_directory, "mine")


def test_a_bad_directory_leaves_no_trace(own_clip: Path, models_directory: Path) -> None:
    (own_clip / WEIGHTS).unlink()

    with pytest.raises(ModelError):
        registry.add(own_clip, models_directory, "mine")

    assert not models_directory.exists()


def test_removing(own_clip: Path, models_directory: Path) -> None:
    registry.add(own_clip, models_directory, "mine")
    registry.remove("mine", models_directory)

    assert list(models_directory.iterdir()) == []
    with pytest.raises(ModelError, match="There is no model mine"):
        registry.remove("mine", models_directory)


def test_removing_what_a_broken_download_left(models_directory: Path) -> None:
    (models_directory / ".partial-clip-vit-b-32").mkdir(parents=True)

    registry.remove("clip-vit-b-32", models_directory)

    assert list(models_directory.iterdir()) == []


@pytest.mark.parametrize("name", ["demo", "..", "../models", ""])
def test_nothing_else_can_be_removed(models_directory: Path, name: str) -> None:
    models_directory.mkdir()

    with pytest.raises(ModelError):
        registry.remove(name, models_directory)

    assert models_directory.is_dir()


def test_verifying_finds_what_has_changed(own_clip: Path, models_directory: Path) -> None:
    registry.add(own_clip, models_directory, "mine")
    stored = models_directory / "mine"
    weights = bytearray((stored / WEIGHTS).read_bytes())
    weights[len(weights) // 2] ^= 1
    (stored / WEIGHTS).write_bytes(weights)
    (stored / "vocab.json").unlink()
    (stored / "merges.txt").write_text("")

    assert registry.verify("mine", models_directory) == [
        "merges.txt has another size",
        "model.safetensors has changed",
        "vocab.json is missing",
    ]


def test_verifying_without_a_manifest(own_clip: Path, models_directory: Path) -> None:
    registry.add(own_clip, models_directory, "mine")
    (models_directory / "mine" / "manifest.json").unlink()

    with pytest.raises(ModelError, match=r"manifest\.json is missing"):
        registry.verify("mine", models_directory)


def test_a_damaged_model_is_not_listed(
    own_clip: Path, models_directory: Path, caplog: pytest.LogCaptureFixture
) -> None:
    registry.add(own_clip, models_directory, "mine")
    (models_directory / "mine" / "config.json").unlink()

    assert "mine" not in [model.name for model in registry.installed(models_directory)]
    assert "mine is left out" in caplog.text


def test_a_stored_model_wins_over_a_directory_of_that_name(
    own_clip: Path, models_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(own_clip.parent)
    registry.add(own_clip, models_directory)

    assert registry.resolve("own-clip", models_directory).name == "own-clip"
    assert registry.resolve("./own-clip", models_directory).name == str(own_clip)
