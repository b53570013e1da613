"""How paths are shown."""

from __future__ import annotations

import os

import pytest

from inphotos.errors import display_path


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
