"""XMP files beside photos."""

from __future__ import annotations

from pathlib import Path

from inphotos.photos.metadata import find_sidecar, read_sidecar


def test_a_sidecar_with_the_whole_name_comes_first(tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    assert find_sidecar(photo) is None
    (tmp_path / "photo.xmp").touch()
    assert find_sidecar(photo) == tmp_path / "photo.xmp"
    assert find_sidecar(tmp_path / "photo.cr2") == tmp_path / "photo.xmp"
    (tmp_path / "photo.jpg.xmp").touch()
    assert find_sidecar(photo) == tmp_path / "photo.jpg.xmp"
    assert find_sidecar(tmp_path / "photo.cr2") == tmp_path / "photo.xmp"
    assert find_sidecar(tmp_path / "other.jpg") is None


def test_a_sidecar_is_found_among_names_without_asking_the_disk() -> None:
    folder = Path("nowhere")
    names = {"photo.jpg", "photo.JPG.XMP", "photo.XMP", "Other.Xmp"}
    assert find_sidecar(folder / "photo.JPG", names) == folder / "photo.JPG.XMP"
    assert find_sidecar(folder / "photo.jpg", names) == folder / "photo.XMP"
    assert find_sidecar(folder / "Other.heic", names) == folder / "Other.Xmp"
    assert find_sidecar(folder / "third.jpg", names) is None


def test_a_folder_named_like_a_sidecar_is_none(tmp_path: Path) -> None:
    (tmp_path / "photo.xmp").mkdir()
    assert find_sidecar(tmp_path / "photo.jpg") is None
    assert read_sidecar(tmp_path / "photo.xmp") is None


def test_a_sidecar_is_read_unless_it_is_gone_or_huge(tmp_path: Path) -> None:
    path = tmp_path / "photo.xmp"
    assert read_sidecar(path) is None
    path.write_bytes(b"<x/>")
    assert read_sidecar(path) == b"<x/>"
    path.write_bytes(bytes((4 << 20) + 1))
    assert read_sidecar(path) is None
