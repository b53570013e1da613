"""A library as its users see it."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import MakePhoto

from inphotos.errors import CancelledError, FolderError, ModelError, ModelNotInstalledError
from inphotos.library import FolderStatus, Library
from inphotos.settings import Settings


def fill(library: Library, *folders: Path) -> None:
    for folder in folders:
        library.add_folder(folder)
    list(library.index())


def test_opening_makes_a_library_and_reopening_finds_it(
    tmp_path: Path, photos: Path, tiny_clip: Path
) -> None:
    with Library.open(tmp_path / "new" / "library", model=str(tiny_clip)) as library:
        fill(library, photos)
    with Library.open(tmp_path / "new" / "library", model=str(tiny_clip)) as library:
        assert library.folders() == (FolderStatus(photos, 5, 0, True, ()),)
        assert library.search("boat").total == 5


def test_the_same_folder_is_added_once(library: Library, photos: Path) -> None:
    first = library.add_folder(photos)
    assert library.add_folder(photos / "trip" / "..") == first
    assert library.add_folder(photos / "trip") == first
    assert len(library.folders()) == 1


def test_a_folder_around_others_takes_their_photos_over(
    library: Library, photos: Path, tmp_path: Path
) -> None:
    fill(library, photos / "trip")
    ids = {r.photo_id for r in library.browse(top=9).results}
    library.add_folder(photos)
    assert [f.path for f in library.folders()] == [photos]
    *_, summary = library.index()
    assert (summary.indexed, summary.unchanged) == (3, 2)
    assert ids < {r.photo_id for r in library.browse(top=9).results}


def test_a_folder_that_is_taken_over_keeps_all_that_is_known_of_it(
    library: Library, photos: Path, tmp_path: Path, make_photo: MakePhoto
) -> None:
    inside = photos / "trip"
    excluded = make_photo(inside / "day 1" / "x.png")
    kept_out = make_photo(inside / "old" / "y.jpg")
    fill(library, inside)
    library.exclude(inside, ["*.png", "old"])
    (inside / "d.jpg").rename(tmp_path / "aside.jpg")
    list(library.index())
    assert library.status().missing == 1
    before = {r.path: r.photo_id for r in library.browse(top=9).results}
    assert set(before) == {inside / "d.jpg", inside / "e.jpg"}
    library.add_folder(photos)
    [folder] = library.folders()
    assert (folder.path, folder.photos, folder.missing) == (photos, 2, 1)
    make_photo(photos / "old" / "z.jpg")
    *_, summary = library.index()
    assert (summary.unchanged, summary.missing) == (1, 1)
    after = {r.path: r.photo_id for r in library.browse(top=20).results}
    assert before.items() <= after.items()
    assert photos / "b.png" in after
    assert photos / "old" / "z.jpg" in after
    assert not {excluded, kept_out} & set(after)


def test_the_librarys_own_directory_is_not_a_folder_of_photos(library: Library) -> None:
    with pytest.raises(FolderError, match="its own data"):
        library.add_folder(library.directory)


def test_forgetting_takes_everything_out_but_the_photos(
    library: Library, photos: Path, tmp_path: Path, make_photo: MakePhoto
) -> None:
    shared_picture = make_photo(tmp_path / "other" / "x.jpg", seed=3)
    make_photo(photos / "same.jpg", seed=3)
    fill(library, photos, tmp_path / "other")
    kept = library.similar(shared_picture, top=1).results[0].content
    contents = {result.content for result in library.browse(top=9).results}
    assert len(contents) == 6
    assert library.forget_folder(photos) == 6
    assert {r.path for r in library.search("boat", top=9).results} == {shared_picture}
    assert {content for content in contents if library.thumbnails.find(content, 256)} == {kept}
    assert len(list(photos.rglob("*.*"))) == 6
    assert library.forget_folder(tmp_path / "other") == 1
    assert library.status().indexed == 0
    assert library.search("boat -snow").total == 0
    with pytest.raises(FolderError, match="not in the library"):
        library.forget_folder(photos)
    fill(library, photos)
    assert library.search("boat").total == 6


def test_a_query_that_hangs_ends_when_the_library_is_to_be_closed(
    library: Library, hanging_photo: Path
) -> None:
    with ThreadPoolExecutor(1) as threads:
        asking = threads.submit(library.similar, hanging_photo)
        while not library._decoders.processes:
            time.sleep(0.01)
        library.stop_decoding()
        assert isinstance(asking.exception(), CancelledError)


def test_thumbnails_keep_to_the_limit_in_the_settings(
    tmp_path: Path, tiny_clip: Path, make_photo: MakePhoto
) -> None:
    for number in range(20):
        make_photo(tmp_path / "photos" / f"{number}.jpg", size=(600, 400))
    Library.open(tmp_path / "library").close()
    Settings(thumbnail_cache_bytes=50_000).save(tmp_path / "library" / "settings.json")
    with Library.open(tmp_path / "library", model=str(tiny_clip)) as library:
        fill(library, tmp_path / "photos")
        kept = list((tmp_path / "library" / "thumbnails").rglob("*.jpg"))
        assert 0 < sum(path.stat().st_size for path in kept) <= 50_000
        assert len(kept) < 40
        # What had to go is made again for whoever looks at it.
        for result in library.browse(top=20).results:
            assert library.thumbnails.get(result.path, result.content, 256) is not None


def test_status_counts(library: Library, photos: Path, tiny_clip: Path) -> None:
    (photos / "broken.jpg").write_text("")
    fill(library, photos)
    (photos / "a.jpg").unlink()
    list(library.index())
    status = library.status()
    assert (status.photos, status.failed, status.missing, status.indexed) == (4, 1, 0, 4)
    assert (status.model, status.dimensions) == (str(tiny_clip), 16)
    assert status.folders == (FolderStatus(photos, 4, 0, True, ()),)
    assert status.bytes > 10_000
    assert status.library == library.directory


def test_the_chosen_model_is_remembered(tmp_path: Path, tiny_mobilenet: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        library.use_model(str(tiny_mobilenet))
        assert library.model is not None
    with Library.open(tmp_path / "library") as library:
        assert library.model is not None
        assert library.model_name == str(tiny_mobilenet)
        assert library.model_error is None


def test_a_relative_path_to_a_model_is_remembered_in_full(
    tmp_path: Path, tiny_clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tiny_clip.parent)
    with Library.open(tmp_path / "library") as library:
        library.use_model(f"./{tiny_clip.name}")
    monkeypatch.chdir(tmp_path)
    with Library.open(tmp_path / "library") as library:
        assert library.model is not None


def test_a_model_that_cannot_be_used_leaves_the_old_one(library: Library, tiny_clip: Path) -> None:
    with pytest.raises(ModelError):
        library.use_model("no-such-model")
    assert library.model_name == str(tiny_clip)


def test_a_model_that_is_not_here_is_told_of(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", model="clip-vit-b-32") as library:
        assert library.model is None
        assert isinstance(library.model_error, ModelNotInstalledError)


def test_a_model_given_for_this_time_is_not_remembered(tmp_path: Path, tiny_clip: Path) -> None:
    Library.open(tmp_path / "library", model=str(tiny_clip)).close()
    with Library.open(tmp_path / "library") as library:
        assert library.model_name == "compact"


@pytest.mark.parametrize("content", ["{not json", "[" * 90_000])
def test_damaged_settings_give_the_defaults_and_are_kept_aside(
    tmp_path: Path, content: str
) -> None:
    Library.open(tmp_path / "library").close()
    (tmp_path / "library" / "settings.json").write_text(content)
    with Library.open(tmp_path / "library") as library:
        assert library.model_name == "clip-vit-b-32"
        library.choices.fold_alike(False)
    assert (tmp_path / "library" / "settings.damaged.json").read_text() == content


def test_opening_and_browsing_import_neither_torch_nor_qt(tmp_path: Path, tiny_clip: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from inphotos.library import Library\n"
        "library = Library.open(Path(sys.argv[1]), model=sys.argv[2])\n"
        "library.browse(top=10); library.status(); library.close()\n"
        "heavy = {'torch', 'transformers', 'PyQt6', 'huggingface_hub'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "library"), str(tiny_clip)], check=True
    )
