"""A library's model is measured while photos are indexed, and then run as that says."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from conftest import MakePhoto, MeasuredRun
from library_runs import run

from inphotos.encoders import converted, registry, verdict
from inphotos.encoders.base import normalize
from inphotos.encoders.runtimes import REFERENCE
from inphotos.errors import ModelError, RuntimeUnavailableError
from inphotos.events import Control
from inphotos.library import Library, runtimes
from inphotos.library.runtimes import ModelRuntimes


@pytest.fixture
def found(measured_run: MeasuredRun, measured: Path, tmp_path: Path, tiny_clip: Path) -> Library:
    """A library that was indexed while its model was measured."""
    shutil.copytree(measured_run.library, tmp_path / "library")
    with Library.open(tmp_path / "library", model=str(tiny_clip)) as library:
        yield library


def own(library: Library) -> ModelRuntimes:
    assert library.runtimes is not None
    return library.runtimes


def test_indexing_goes_on_with_what_was_found_to_be_quickest(
    found: Library, measured_run: MeasuredRun
) -> None:
    assert 0 < measured_run.at < measured_run.photos
    assert found.status().indexed == measured_run.photos
    state = own(found).state()
    assert state.verdict is not None
    assert (state.verdict.own, state.verdict.pictures) == (True, 64)
    assert state.chosen.image is not None
    assert state.chosen.image.name == state.verdict.image
    # Those of both precisions stand side by side, and are what full precision gives.
    model, (folder,) = found.model, found.folders()
    assert model is not None
    paths = sorted(folder.path.iterdir())
    pixels = [found._decoders.decode(path, model.pixels).pixels for path in paths]
    reference = normalize(registry.load(model).encode_images(pixels))
    stored = [found._used.index.vector(id_) for id_ in found.photo_ids(paths)]
    assert (reference * np.stack(stored)).sum(axis=1).min() > 0.98


def test_few_photos_are_not_worth_measuring(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtimes, "LEAST_SECONDS", 0.0)
    library.add_folder(photos)
    run(library)
    state = own(library).state()
    assert (state.verdict, state.measuring, state.chosen.image) == (None, False, None)


def test_closing_ends_what_measures(
    library: Library, tmp_path: Path, make_photo: MakePhoto, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtimes, "LEAST_SECONDS", 0.0)
    monkeypatch.setattr(runtimes, "LEAST_PHOTOS", 5)
    monkeypatch.setattr(runtimes, "_WANTED", 10)
    for number in range(12):
        make_photo(tmp_path / "photos" / f"{number}.png")
    library.add_folder(tmp_path / "photos")
    assert run(library).indexed == 12
    assert own(library).state().measuring

    library.close()

    assert library.model is not None
    assert verdict.load(library.model) is None
    assert list(converted.root().iterdir()) == []


def test_a_runtime_that_is_wanted_runs_the_model_at_once_and_can_be_given_up(
    found: Library,
) -> None:
    before = own(found).state()
    own(found).encoder.load_images()
    assert list(own(found).prefer(REFERENCE.name, Control())) == []
    state = own(found).state()
    assert state.chosen.image == state.chosen.text == REFERENCE
    assert state.verdict == before.verdict
    list(own(found).prefer("", Control()))
    assert own(found).state() == before


def test_a_runtime_that_cannot_run_here_is_refused(found: Library) -> None:
    before = own(found).state()
    with pytest.raises(ModelError, match="There is no runtime abacus;"):
        list(own(found).prefer("abacus", Control()))
    assert before.verdict is not None
    missing = [row.runtime for row in before.verdict.images if not row.speed]
    with pytest.raises(RuntimeUnavailableError):
        own(found)._prefer(missing[0])
    assert own(found).state() == before


def test_bundled_pictures_serve_where_photos_are_few(library: Library, photos: Path) -> None:
    library.add_folder(photos)
    run(library)
    pictures, are_own = own(library)._pictures(Control())
    assert not are_own
    assert len(pictures) == runtimes._WANTED


def test_own_photos_serve_where_there_are_enough(found: Library) -> None:
    pictures, are_own = own(found)._pictures(Control())
    assert are_own
    assert len({picture.tobytes() for picture in pictures}) == runtimes._WANTED


def test_compaction_removes_what_was_made_of_models_that_are_gone(found: Library) -> None:
    gone = converted.root() / "0123456789abcdef"
    gone.mkdir()
    (gone / verdict.CHOICE).write_text(json.dumps({"directory": "/nowhere at all"}))
    list(found.upkeep.compact())
    assert not gone.exists()
    assert own(found).state().verdict is not None
