"""Photos that the user puts away and takes back, as the library sees it."""

from __future__ import annotations

from pathlib import Path

from library_runs import found, ids, missing, run, shown

from inphotos.library import Library


def test_photos_that_were_put_away_are_not_missing_and_come_back_as_they_were(
    library: Library, photos: Path, tmp_path: Path
) -> None:
    library.add_folder(photos)
    run(library)
    before, all_found = ids(library), found(library)
    away = [photos / name for name in ("a.jpg", "b.png", "c.webp", "trip/d.jpg")]
    for path in away:
        path.rename(tmp_path / path.name)
    put_away = [before[path] for path in away]
    assert library.upkeep.take_out([*put_away, before[photos / "trip/e.jpg"], 999]) == 4
    assert shown(library) == {photos / "trip/e.jpg"}
    assert (run(library).missing, missing(library)) == (0, set())
    # One of them has been changed meanwhile: that is for a scan to find out.
    for path in away:
        (tmp_path / path.name).rename(path)
    away[0].write_bytes(away[1].read_bytes())
    assert library.upkeep.take_back(put_away) == 3
    assert library.upkeep.take_back(put_away) == 0
    assert {path: before[path] for path in away[1:]}.items() <= ids(library).items()
    assert run(library).indexed == 1
    assert found(library) == all_found


def test_a_scan_finds_what_is_back_in_a_folder_that_looks_as_before(
    library: Library, photos: Path, tmp_path: Path
) -> None:
    library.add_folder(photos)
    run(library)
    before = ids(library)
    photo = photos / "a.jpg"
    photo.rename(tmp_path / "a.jpg")
    library.upkeep.take_out([before[photo]])
    # Under the same name again before anybody has looked: nothing has changed on the disk.
    (tmp_path / "a.jpg").rename(photo)
    assert run(library).indexed == 0
    assert ids(library) == before
