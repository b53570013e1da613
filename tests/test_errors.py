"""How paths and errors are shown."""

from __future__ import annotations

import os

import pytest

from inphotos.errors import display_path, foreseen


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("/a/été 😀.jpg", "/a/été 😀.jpg"),
        ("a\nb\x1b[31m.jpg", "a\\nb\\x1b[31m.jpg"),
        ("\u202egpj.exe", "\\u202egpj.exe"),
        (os.fsdecode(b"caf\xe9.jpg"), "caf\\udce9.jpg"),
    ],
)
def test_a_path_is_one_printable_line(name: str, shown: str) -> None:
    assert display_path(name) == shown
    display_path(name).encode("utf-8")


def test_an_error_on_a_file_of_which_only_the_number_is_known_is_none_of_the_foreseen() -> None:
    closed = os.open(os.devnull, os.O_RDONLY)
    os.close(closed)
    with pytest.raises(OSError, match="Bad file descriptor") as raised:
        os.chdir(closed)
    assert raised.value.filename == closed
    assert foreseen(raised.value) is None
