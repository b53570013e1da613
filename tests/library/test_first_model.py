"""The model that a library begins with."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_models import make_tiny_clip

from inphotos.encoders import registry
from inphotos.errors import ModelNotInstalledError
from inphotos.library import Library
from inphotos.library.choices import model_of
from inphotos.settings import DEFAULT_MODEL, models_directory


@pytest.fixture
def get_default(tmp_path: Path) -> Callable[[], None]:
    """Put a small model where the default one would be after its download."""

    def get() -> None:
        dimension = registry.known()[0].dimension
        made = make_tiny_clip(tmp_path / "published", dimension=dimension)
        registry.add(made, models_directory(), DEFAULT_MODEL)

    return get


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Where the library is to be."""
    return tmp_path / "library"


def test_a_new_library_can_be_searched_at_once(directory: Path, photos: Path) -> None:
    with Library.open(directory) as library:
        assert library.model_name == "compact"
        library.add_folder(photos)
        list(library.index())
        assert library.search("a dog").results[0].score is not None


def test_it_begins_with_the_default_model_where_that_is_here(
    directory: Path, get_default: Callable[[], None]
) -> None:
    get_default()
    with Library.open(directory) as library:
        assert library.model_name == DEFAULT_MODEL


def test_what_photos_were_encoded_for_stays_when_a_better_one_comes(
    directory: Path, photos: Path, get_default: Callable[[], None]
) -> None:
    with Library.open(directory) as library:
        library.add_folder(photos)
        list(library.index())
    get_default()
    with Library.open(directory) as library:
        assert library.model_name == model_of(directory) == "compact"


def test_without_photos_a_better_one_is_taken(
    directory: Path, get_default: Callable[[], None]
) -> None:
    Library.open(directory).close()
    get_default()
    with Library.open(directory) as library:
        assert library.model_name == DEFAULT_MODEL


def test_a_library_whose_model_is_gone_keeps_its_choice(
    directory: Path, photos: Path, get_default: Callable[[], None]
) -> None:
    get_default()
    with Library.open(directory) as library:
        library.add_folder(photos)
        list(library.index())
    shutil.rmtree(models_directory() / DEFAULT_MODEL)
    with Library.open(directory) as library:
        assert isinstance(library.model_error, ModelNotInstalledError)
    assert model_of(directory) == DEFAULT_MODEL


def test_a_choice_that_was_made_before_there_are_photos_holds(directory: Path) -> None:
    with Library.open(directory) as library:
        library.choices.use_model("siglip2-b-16")
    assert model_of(directory) == "siglip2-b-16"
    with Library.open(directory) as library:
        assert library.model_name == "siglip2-b-16"


def test_a_library_that_is_not_there_would_begin_with_one_that_is(directory: Path) -> None:
    assert model_of(directory) == "compact"
    assert not directory.exists()
