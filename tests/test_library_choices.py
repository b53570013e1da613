"""What a library remembers for its user, and what it knows of its own leavings."""

from __future__ import annotations

from pathlib import Path

from inphotos.library import Library


def test_indexing_on_mains_only_is_remembered(tmp_path: Path, tiny_clip: Path) -> None:
    with Library.open(tmp_path / "library", model=str(tiny_clip)) as library:
        assert not library.choices.only_on_mains
        library.use_model(str(tiny_clip))
        library.choices.index_only_on_mains(True)
        assert library.choices.only_on_mains
    with Library.open(tmp_path / "library") as library:
        assert library.choices.only_on_mains
        assert library.model_name == str(tiny_clip)


def test_leavings_are_counted_until_they_are_removed(library: Library, photos: Path) -> None:
    library.add_folder(photos)
    list(library.index())
    assert library.upkeep.leavings() == 0
    (photos / "a.jpg").unlink()
    list(library.index())
    assert library.upkeep.leavings() == 1
    assert library.upkeep.leavings(spare_seconds=3600) == 0
    list(library.upkeep.compact())
    assert library.upkeep.leavings() == 0


def test_what_a_forgotten_folder_leaves_in_the_index_counts(
    library: Library, photos: Path, tmp_path: Path
) -> None:
    trip = (photos / "trip").rename(tmp_path / "trip")
    for folder in (photos, trip):
        library.add_folder(folder)
    list(library.index())
    library.forget_folder(trip)
    assert library.upkeep.leavings(spare_seconds=3600) == 2
