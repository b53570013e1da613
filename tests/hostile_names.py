"""Photos whose names, and what their files say of them, are made to break whoever shows them."""

from __future__ import annotations

import io
import os
from pathlib import Path
from xml.sax.saxutils import escape

from metadata_files import array, exif, jpeg_of, xmp
from PIL import Image

#: What would be seen as a picture, and let another program open a file, if it were taken for HTML.
HTML = "<img src='file:x.png'>Q&A"

#: File names, as bytes: not all are UTF-8.
NAMES: tuple[bytes, ...] = tuple(
    os.fsencode(name)
    for name in (
        f"{HTML}.jpg",
        "-rf.jpg",
        "--help.jpg",
        "two\nlines.jpg",
        "\x1b[31mred\x1b]0;title\x07.jpg",
        "\x9b31m and \x7f.jpg",
        "\u202egpj.exe.jpg",
        "\u2066\u200b\u2028\ufeff.jpg",
        "%s%n{0}{name}$HOME`id`.jpg",
        "'; rm -rf ~ #.jpg",
        '"quoted\\".jpg',
        "back\\slash.jpg",
        "caf\udce9\udcff.jpg",
        "=cmd|' -C calc'!A0.jpg",
        "CON.jpg",
        "a:b*c?d|e.jpg",
        " spaces .jpg",
        "…..jpg",
        "\N{GRINNING FACE}\u200d\N{WOMAN}.jpg",
        "Z" + "\u0301" * 110 + ".jpg",
        "x" * 251 + ".jpg",
    )
)

FOLDER = f"{HTML} \u202e\n"

#: What files say of themselves.
TEXTS = (
    HTML,
    "\u202egpj.exe",
    "\x1b[31mred\x07",
    "%s {0} {name} $HOME",
    "one\ntwo\rthree",
    "'single' \"double\" \\ -- ; | & ) (",
    "tag:x OR -camera:y",
    "\N{GRINNING FACE}" * 50,
    "e" + "\u0301" * 500,
    "word " * 800,
    "w" * 4000,
)


def make_album(folder: Path) -> list[Path]:
    """Write the photos, in a folder of a hostile name; return their paths."""
    place = folder / FOLDER
    place.mkdir(parents=True)
    paths = [place / os.fsdecode(name) for name in NAMES]
    for number, path in enumerate(paths):
        path.write_bytes(_picture(number))
    for number, text in enumerate(TEXTS):
        path = place / f"text{number:02}.jpg"
        path.write_bytes(_jpeg_that_says(text, number))
        packet = xmp(array("dc:subject", escape(_fit_for_xml(text)), "plain"))
        path.with_name(f"{path.name}.xmp").write_bytes(packet)
        paths.append(path)
    return paths


def _picture(number: int) -> bytes:
    buffer = io.BytesIO()
    colour = tuple((number * 37 + 80 * channel) % 256 for channel in range(3))
    Image.new("RGB", (40 + number, 30), colour).save(buffer, "JPEG")
    return buffer.getvalue()


def _jpeg_that_says(text: str, number: int) -> bytes:
    said, wide = text.encode(), text.encode("utf-16-le")
    main: dict[int, object] = {
        0x010E: said,
        0x0110: said,
        0x9C9B: wide,
        0x0132: b"2023:07:%02d 10:15:00" % (number + 1),
    }
    data = jpeg_of(exif(main, {0xA434: said}))
    return data + bytes(number)  # no two are equal


def _fit_for_xml(text: str) -> str:
    return "".join(char for char in text if char.isprintable() or char in "\n\u202e")
