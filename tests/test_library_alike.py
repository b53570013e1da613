"""Photos that are alike in a library, with the choices that it remembers."""

from __future__ import annotations

from pathlib import Path

import pytest
from library_runs import run
from photos_alike import write_album

from inphotos.library import Library
from inphotos.settings import NEAR_DUPLICATE_BITS


@pytest.fixture
def album(tmp_path: Path, library: Library) -> Library:
    """A library with copies, near-duplicates, a burst, and photos that are alone."""
    write_album(tmp_path / "photos")
    library.add_folder(tmp_path / "photos")
    run(library)
    return library


def test_browsing_shows_one_photo_of_each_group(album: Library) -> None:
    whole = album.browse(top=99)
    folded = album.browse(top=99, fold=True)
    assert (whole.total, folded.total) == (12, 5)
    assert sorted(result.alike for result in folded.results) == [1, 1, 3, 3, 4]
    pages = [album.browse(top=2, offset=n, fold=True) for n in (0, 2, 4)]
    assert tuple(result for page in pages for result in page.results) == folded.results
    for result in folded.results:
        opened = album.alike(result.photo_id, top=9)
        assert opened.total == result.alike
        assert result.photo_id in {one.photo_id for one in opened.results}


def test_photos_are_alike_without_a_model_too(album: Library, tmp_path: Path) -> None:
    album.close()
    with Library.open(tmp_path / "library", model="nowhere") as browsed:
        assert browsed.model is None
        assert sorted(r.alike for r in browsed.browse(top=99, fold=True).results) == [1, 1, 3, 3, 4]
        assert browsed.search("is:duplicate", fold=True).total == 2
        assert [group.kind for group in browsed.duplicates()] == ["copies", "near", "burst"]


def test_the_choices_are_remembered(album: Library, tmp_path: Path) -> None:
    assert (album.choices.fold, album.choices.near_duplicate_bits) == (True, NEAR_DUPLICATE_BITS)
    assert album.count_alike() == (3, 10)
    album.choices.fold_alike(False)
    album.choices.allow_near_duplicate_bits(0)
    assert album.count_alike() == (3, 9)  # without the one that was cut
    assert album.search("is:duplicate").total == 6
    album.close()
    with Library.open(tmp_path / "library") as again:
        assert (again.choices.fold, again.choices.near_duplicate_bits) == (False, 0)
        again.choices.allow_near_duplicate_bits(999)
        assert again.choices.near_duplicate_bits == 15


def test_all_photos_that_are_alike_are_listed_group_by_group(album: Library) -> None:
    groups = album.duplicates()
    listed = album.all_alike(top=99)
    assert listed.total == listed.length == 10
    expected = [(photo.id, group) for group in groups for photo in group.photos]
    assert [result.photo_id for result in listed.results] == [id_ for id_, _ in expected]
    assert [result.group for result in listed.results] == [
        f"{group.kind} {len(group.photos)} {group.photos[0].id}" for _, group in expected
    ]
    pages = [album.all_alike(top=4, offset=n) for n in (0, 4, 8)]
    assert tuple(result for page in pages for result in page.results) == listed.results


def test_there_may_be_no_photos_that_are_alike(library: Library) -> None:
    assert library.all_alike(top=9).results == ()
