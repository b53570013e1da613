"""The script that labels photos with a classifier's classes."""

from __future__ import annotations

import json
from pathlib import Path

import label_with_mobilenet as script
import pytest
from conftest import MakePhoto
from tiny_models import make_tiny_classifier

from inphotos.evaluation import sets


@pytest.fixture(scope="module")
def classifier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_classifier(tmp_path_factory.mktemp("models") / "classifier")


@pytest.fixture
def folder(tmp_path: Path, make_photo: MakePhoto) -> Path:
    """Two copies of one photo, another photo, and what is none."""
    folder = tmp_path / "photos"
    for name in ("a.png", "trip/b.png"):
        make_photo(folder / name, seed=1)
    make_photo(folder / "c.png", seed=2)
    (folder / "broken.jpg").write_text("no photo")
    (folder / "notes.txt").write_text("no photo")
    return folder


def test_copies_get_the_same_label(
    folder: Path, classifier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "labels.json"
    script.main([str(folder), str(classifier), str(out), "--sure", "0", "--least", "1"])
    found = sets.read(out)
    assert found.photos == folder
    assert set(found.labels) == {"a.png", "trip/b.png", "c.png"}
    assert found.labels["a.png"] == found.labels["trip/b.png"]
    assert found.labels["a.png"][0].startswith("LABEL_")
    assert "broken.jpg cannot be read" in capsys.readouterr().out


def test_only_what_is_sure_and_not_alone_is_kept() -> None:
    folder = Path("photos")
    found = {
        folder / "a.jpg": ("cat", 0.9),
        folder / "in" / "b.jpg": ("cat", 0.5),
        folder / "c.jpg": ("dog", 0.9),
        folder / "d.jpg": ("dog", 0.49),
        folder / "e.jpg": ("background", 0.99),
        folder / "f.jpg": ("background", 0.99),
    }
    both = {"a.jpg": ["cat"], "in/b.jpg": ["cat"]}
    assert script.make_labels(found, folder, 0.5, 2) == both
    assert script.make_labels(found, folder, 0.5, 1) == {**both, "c.jpg": ["dog"]}


def test_a_model_without_a_classifier_is_told_of(
    folder: Path, tiny_clip: Path, tiny_mobilenet: Path, tmp_path: Path
) -> None:
    for model, said in ((tiny_clip, "is no MobileNetV2"), (tiny_mobilenet, "incomplete")):
        with pytest.raises(SystemExit, match=said):
            script.main([str(folder), str(model), str(tmp_path / "labels.json")])


def test_the_real_classifier_knows_what_it_sees(
    shared_data: Path, real_mobilenet: Path, tmp_path: Path
) -> None:
    coco, some, out = shared_data / "photos" / "coco", tmp_path / "some", tmp_path / "labels.json"
    rows = json.loads((coco / "captions.json").read_text("utf-8"))
    some.mkdir()
    for row in rows[::2]:
        (some / row["file"]).symlink_to(coco / row["file"])
    script.main([str(some), str(real_mobilenet), str(out)])
    labels = json.loads(out.read_text(encoding="utf-8"))["labels"]
    assert len(labels) >= 10
    # That people mention a zebra too is not the classifier's doing.
    said = {row["file"]: " ".join(row["captions"]).lower() for row in rows}
    zebras = [name for name, [label] in labels.items() if label == "zebra"]
    assert zebras
    assert all("zebra" in said[name] for name in zebras)
