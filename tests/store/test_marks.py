"""The file that the user's marks are kept in."""

from __future__ import annotations

import errno
import io
import json
from pathlib import Path
from typing import Any

import pytest

from inphotos.errors import LibraryError, LibraryNewerError
from inphotos.store.marks import Mark, MarkBook

SOME = {"aa": Mark(True, 4, ("Sea", "Ångström")), "bb": Mark(rating=0), "cc": Mark(tags=("x",))}


def lines(book: MarkBook) -> list[object]:
    return [json.loads(line) for line in book.path.read_text("utf-8").splitlines()]


def test_marks_are_there_again_and_the_file_can_be_read_by_people(tmp_path: Path) -> None:
    book = MarkBook(tmp_path)
    assert (book.of("aa"), book.all()) == (Mark(), {})
    book.change(SOME)
    book.change({"cc": Mark(), "bb": Mark(rating=3)})
    again = MarkBook(tmp_path)
    assert again.all() == book.all() == {"aa": SOME["aa"], "bb": Mark(rating=3)}
    assert again.tags() == {"Sea": 1, "Ångström": 1}
    assert lines(book)[:2] == [
        {"version": 1},
        {"content": "aa", "favorite": True, "rating": 4, "tags": ["Sea", "Ångström"]},
    ]
    assert "Ångström" in book.path.read_text("utf-8")
    assert book.path.stat().st_mode & 0o077 == 0


def test_a_change_only_adds_to_the_file(tmp_path: Path) -> None:
    book = MarkBook(tmp_path)
    book.change({f"{n:064x}": Mark(True) for n in range(5_000)})
    before = book.path.read_bytes()
    inode = book.path.stat().st_ino
    book.change({f"{7:064x}": Mark(False)})
    after = book.path.read_bytes()
    assert after.startswith(before)
    assert len(after) - len(before) < 100
    assert book.path.stat().st_ino == inode
    version = book.version
    book.change({f"{7:064x}": Mark(False)})
    assert (book.path.read_bytes(), book.version) == (after, version)


def test_a_line_that_a_crash_has_torn_costs_that_line_only(tmp_path: Path) -> None:
    book = MarkBook(tmp_path)
    book.change(SOME)
    with book.path.open("ab") as file:
        file.write(b'{"content": "aa", "rat')
    book = MarkBook(tmp_path)
    assert book.all() == SOME
    book.change({"dd": Mark(True)})
    assert MarkBook(tmp_path).all() == {**SOME, "dd": Mark(True)}
    assert not book.aside.exists()


def test_lines_that_make_no_sense_are_passed_over_and_kept_aside(tmp_path: Path) -> None:
    book = MarkBook(tmp_path)
    book.change(SOME)
    odd = b'[]\n{"content": "dd", "rating": 9, "tags": [" a ", "A", 3]}\n\xff\n{"rating": 1}\n7\n'
    damaged = book.path.read_bytes() + odd
    book.path.write_bytes(damaged)
    assert MarkBook(tmp_path).all() == {**SOME, "dd": Mark(tags=("a",))}
    assert book.aside.read_bytes() == damaged
    assert len(lines(book)) == 5


def test_lines_that_make_no_sense_stay_where_they_cannot_be_kept_aside(tmp_path: Path) -> None:
    book = MarkBook(tmp_path)
    book.change(SOME)
    damaged = book.path.read_bytes() + b"odd\n"
    book.path.write_bytes(damaged)
    book.aside.mkdir()
    again = MarkBook(tmp_path)
    assert again.path.read_bytes() == damaged
    again.change({"dd": Mark(True)})
    assert MarkBook(tmp_path).all() == {**SOME, "dd": Mark(True)}


def test_a_torn_line_is_no_damage_whatever_its_tags_are(tmp_path: Path) -> None:
    book = MarkBook(tmp_path)
    book.change(SOME)
    book.change({"dd": Mark(tags=("\U0001f468\u200d\U0001f469\u200d\U0001f467 family",))})
    book.path.write_bytes(book.path.read_bytes()[:-5])
    assert MarkBook(tmp_path).all() == SOME
    assert not book.aside.exists()


def test_half_a_change_that_cannot_be_taken_back_spoils_no_later_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = MarkBook(tmp_path)
    book.change(SOME)

    class Failing(io.FileIO):
        """A file of which the disk takes some bytes, and then nothing any more."""

        def write(self, data: Any) -> int:
            if len(data) < 20:
                raise OSError(errno.EIO, "Input/output error")
            return super().write(data[:20])

        def truncate(self, size: int | None = None) -> int:
            raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", lambda path, mode, **_: Failing(path, mode.replace("b", "")))
        with pytest.raises(LibraryError, match="Input/output error"):
            book.change({"dd": Mark(True)})
    book.change({"ee": Mark(True)})
    assert MarkBook(tmp_path).all() == {**SOME, "ee": Mark(True)}


def test_what_no_longer_counts_is_left_out_when_the_file_is_read(tmp_path: Path) -> None:
    book = MarkBook(tmp_path)
    for n in range(1_100):
        book.change({"aa": Mark(rating=n % 5)})
    assert len(lines(book)) == 1_101
    assert MarkBook(tmp_path).all() == {"aa": Mark(rating=1_099 % 5)}
    assert len(lines(book)) == 2


def test_the_file_of_a_newer_version_is_left_as_it_is(tmp_path: Path) -> None:
    content = b'{"version": 2}\n{"content": "aa", "favorite": true, "stars": 3}\n{"how": "odd"}\n'
    (tmp_path / "marks.jsonl").write_bytes(content)
    book = MarkBook(tmp_path)
    assert book.of("aa").favorite
    with pytest.raises(LibraryNewerError, match="newer InPhotos"):
        book.change({"bb": Mark(True)})
    assert book.all() == {"aa": Mark(True)}
    assert (book.path.read_bytes(), book.aside.exists()) == (content, False)


def test_what_cannot_be_written_has_not_changed(ordinary_user: Path) -> None:
    book = MarkBook(ordinary_user)
    book.change(SOME)
    book.path.chmod(0o400)
    with pytest.raises(LibraryError, match="cannot be written"):
        book.change({"dd": Mark(True)})
    assert book.all() == SOME


def test_an_edited_photo_keeps_its_marks_unless_the_new_one_has_some(tmp_path: Path) -> None:
    book = MarkBook(tmp_path)
    book.change(SOME)
    book.carry_over({"aa": "aa2", "bb": "cc", "zz": "yy", "cc": ""})
    assert book.all() == {**SOME, "aa2": SOME["aa"]}


def test_marks_that_could_not_be_read_are_not_replaced(ordinary_user: Path) -> None:
    MarkBook(ordinary_user).change({"a": Mark(favorite=True)})
    (ordinary_user / "marks.jsonl").chmod(0o200)
    book = MarkBook(ordinary_user)
    with pytest.raises(LibraryError, match=r"cannot be read \(Permission denied\)"):
        book.change({"a": Mark(rating=4)})
    with pytest.raises(LibraryError, match=r"cannot be read \(Permission denied\)"):
        book.carry_over({"a": "b"})
    (ordinary_user / "marks.jsonl").chmod(0o600)
    assert MarkBook(ordinary_user).all() == {"a": Mark(favorite=True)}
