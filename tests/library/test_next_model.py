"""Going over to another model while the one in use goes on answering."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tiny_models import make_tiny_clip

from inphotos.errors import CancelledError, ModelError
from inphotos.events import Control, IndexSummary, ModelReady, PhotosIndexed, Progress
from inphotos.indexing.order import Order
from inphotos.library import Library


@pytest.fixture(scope="session")
def other_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_clip(tmp_path_factory.mktemp("models") / "other-clip", seed=5, dimension=24)


@pytest.fixture
def library(tmp_path: Path, photos: Path, tiny_clip: Path) -> Iterator[Library]:
    """Five photos, encoded with the small CLIP."""
    with Library.open(tmp_path / "library") as library:
        library.use_model(str(tiny_clip))
        library.add_folder(photos)
        list(library.index())
        yield library


def test_the_former_model_answers_until_the_next_one_is_ready(
    library: Library, tiny_clip: Path, other_clip: Path
) -> None:
    former = [result.photo_id for result in library.search("a boat").results]
    assert library.prepare_model(str(other_clip))
    assert library.following == str(other_clip)
    seen = []
    for event in library.index():
        seen.append(event)
        answer = library.search("a boat")
        if isinstance(event, ModelReady):
            assert answer.model == str(tiny_clip)
            library.use_model(event.name)
            answer = library.search("a boat")
            assert answer.model == str(other_clip)
            assert len(answer.results) == 5
        elif not any(isinstance(each, ModelReady) for each in seen):
            assert [result.photo_id for result in answer.results] == former
    assert [each.name for each in seen if isinstance(each, ModelReady)] == [str(other_clip)]
    assert {e.phase for e in seen if isinstance(e, Progress)} >= {"preparing"}
    [summary] = [each for each in seen if isinstance(each, IndexSummary)]
    assert (summary.found, summary.indexed, summary.unchanged) == (5, 5, 5)
    assert (library.model_name, library.following) == (str(other_clip), "")
    assert library.status().indexed == 5


def test_what_was_prepared_goes_on_after_a_new_start(
    library: Library, tmp_path: Path, tiny_clip: Path, other_clip: Path
) -> None:
    library.prepare_model(str(other_clip))
    control = Control()
    with pytest.raises(CancelledError):
        for event in library.index(control):
            if isinstance(event, Progress) and event.phase == "loading":
                control.cancel()  # the model in use has nothing to load a tower for
    library.close()
    with Library.open(tmp_path / "library") as again:
        assert (again.model_name, again.following) == (str(tiny_clip), str(other_clip))
        names = [event.name for event in again.index() if isinstance(event, ModelReady)]
        assert names == [str(other_clip)]


def test_only_a_run_over_all_folders_prepares(library: Library, other_clip: Path) -> None:
    library.prepare_model(str(other_clip))
    [folder] = [status.path for status in library.folders()]
    for events in (library.index(None, [folder]), library.index(order=Order(scope={folder: None}))):
        assert not [event for event in events if isinstance(event, ModelReady | PhotosIndexed)]


def test_staying_with_the_model_revokes_it(
    library: Library, tiny_clip: Path, other_clip: Path
) -> None:
    library.prepare_model(str(other_clip))
    assert not library.prepare_model(str(tiny_clip))
    assert library.following == ""
    assert not [event for event in library.index() if isinstance(event, ModelReady)]


def test_a_model_for_which_all_is_encoded_is_used_at_once(
    library: Library, tiny_clip: Path, other_clip: Path
) -> None:
    library.use_model(str(other_clip))
    list(library.index())
    assert not library.prepare_model(str(tiny_clip))
    assert library.model_name == str(tiny_clip)
    assert len(library.search("a boat").results) == 5


def test_without_photos_to_search_it_is_used_at_once(
    tmp_path: Path, tiny_clip: Path, other_clip: Path
) -> None:
    with Library.open(tmp_path / "library") as library:
        assert not library.prepare_model(str(tiny_clip))
        assert not library.prepare_model(str(other_clip))
        assert library.model_name == str(other_clip)


def test_a_next_model_that_is_gone_is_forgotten(
    library: Library, tmp_path: Path, tiny_clip: Path, other_clip: Path
) -> None:
    gone = tmp_path / "models" / "gone"
    shutil.copytree(other_clip, gone)
    library.prepare_model(str(gone))
    library.close()
    shutil.rmtree(gone)
    with Library.open(tmp_path / "library") as again:
        assert (again.model_name, again.following) == (str(tiny_clip), "")
        assert len(again.search("a boat").results) == 5


def test_one_that_cannot_be_used_leaves_everything_as_it_is(
    library: Library, tiny_clip: Path, other_clip: Path
) -> None:
    library.prepare_model(str(other_clip))
    with pytest.raises(ModelError):
        library.prepare_model("no-such-model")
    assert (library.model_name, library.following) == (str(tiny_clip), str(other_clip))
