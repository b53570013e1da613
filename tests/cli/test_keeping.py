"""The commands that keep a library true: removals, exclusions, details, compaction."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import piexif
import pytest
from conftest import MakePhoto

Run = Callable[..., int]
Answer = Callable[..., Any]


def found(answer: Answer) -> set[str]:
    results = answer("search", "anything", "--top", 100)["results"]
    return {Path(result["path"]).name for result in results}


def test_many_vanished_photos_are_kept_until_their_removal_is_accepted(
    run: Run, answer: Answer, photos: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    answer("index", photos)
    shutil.rmtree(photos / "trip")  # 2 of 5
    assert answer("index")["removed"] == 0
    assert answer("status")["missing"] == 2
    assert len(found(answer)) == 5
    assert run("index") == 0
    told = capfd.readouterr().err
    assert "2 photos have vanished" in told
    assert "--accept-removals" in told
    assert answer("index", "--accept-removals")["removed"] == 2
    assert answer("status")["missing"] == 0
    assert len(found(answer)) == 3


def test_few_vanished_photos_go_without_being_asked(
    answer: Answer, photos: Path, make_photo: MakePhoto
) -> None:
    for number in range(5):
        make_photo(photos / f"more{number}.jpg", seed=50 + number)
    answer("index", photos)
    (photos / "a.jpg").unlink()
    assert answer("index")["removed"] == 1
    assert answer("status")["missing"] == 0
    assert "a.jpg" not in found(answer)


def test_exclusions_are_kept_with_the_folder_and_can_be_taken_back(
    run: Run, answer: Answer, photos: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    answer("index", photos)
    document = answer("index", photos, "--exclude", "trip/")
    assert (document["found"], document["removed"]) == (3, 2)
    assert answer("index")["found"] == 3
    assert run("status") == 0
    assert "without trip/" in capfd.readouterr().out
    document = answer("index", photos, "--exclude", "")
    assert (document["found"], document["indexed"]) == (5, 0)
    assert len(found(answer)) == 5


def test_a_pattern_that_makes_no_sense_is_refused_with_one_sentence(
    run: Run, photos: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run("index", photos, "--exclude", "../other") == 2
    [line] = capfd.readouterr().err.splitlines()
    assert "leads out of the folder" in line


def test_retry_reads_a_failed_photo_again(
    run: Run, answer: Answer, photos: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (photos / "broken.jpg").write_text("no photo")
    answer("index", photos)
    assert run("-v", "index") == 0
    assert "broken.jpg" not in capfd.readouterr().err
    assert run("-v", "index", "--retry") == 0
    assert "broken.jpg: it is not a picture" in capfd.readouterr().err


def test_info_tells_what_a_photo_says_of_itself(
    run: Run, answer: Answer, photos: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    exif = {
        "0th": {piexif.ImageIFD.Make: b"Canon", piexif.ImageIFD.Model: b"Canon EOS 5D"},
        "Exif": {
            piexif.ExifIFD.DateTimeOriginal: b"2019:05:04 10:20:30",
            piexif.ExifIFD.OffsetTimeOriginal: b"+02:00",
            piexif.ExifIFD.ExposureTime: (1, 250),
            piexif.ExifIFD.FNumber: (28, 10),
        },
        "GPS": {
            piexif.GPSIFD.GPSLatitudeRef: b"N",
            piexif.GPSIFD.GPSLatitude: ((52, 1), (31, 1), (12, 1)),
            piexif.GPSIFD.GPSLongitudeRef: b"E",
            piexif.GPSIFD.GPSLongitude: ((13, 1), (24, 1), (18, 1)),
        },
    }
    photo = photos / "a.jpg"
    piexif.insert(piexif.dump(exif), str(photo))
    shutil.copy(photo, photos / "copy.jpg")
    answer("index", photos)
    document = answer("info", photo)
    assert document["taken"] == "2019-05-04T10:20:30+02:00"
    assert document["taken_source"] == "exif"
    assert document["camera"] == "Canon EOS 5D"
    assert document["place"]["city"] == "Berlin"
    assert document["copies"] == [str(photos / "copy.jpg")]
    assert (document["width"], document["height"]) == (96, 64)
    assert document["rating"] is None
    capfd.readouterr()
    assert run("info", photo) == 0
    text = capfd.readouterr().out
    assert re.search(r"^taken +2019-05-04 10:20:30\+02:00 \(from the photo itself\)$", text, re.M)
    assert re.search(r"^exposure +1/250 s, f/2.8$", text, re.M)
    assert re.search(r"^place +Berlin, ", text, re.M)


def test_info_of_a_photo_that_is_not_in_the_library_is_one_sentence(
    run: Run, photos: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run("info", photos / "a.jpg") == 2
    [line] = capfd.readouterr().err.splitlines()
    assert "it is not in the library" in line


def test_compact_removes_what_deleted_photos_left_and_says_what_it_freed(
    run: Run, answer: Answer, photos: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    answer("index", photos)
    assert answer("compact") == {"photos": 0, "embeddings": 0, "thumbnails": 0, "bytes": 0}
    (photos / "a.jpg").unlink()
    answer("index", "--accept-removals")
    capfd.readouterr()
    assert run("compact") == 0
    assert "Removed 1 photos" in capfd.readouterr().out
    assert answer("compact")["photos"] == 0
    assert len(found(answer)) == 4
