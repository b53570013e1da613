"""Photos that say something of themselves, written for the pictures from the bundled ones."""

from __future__ import annotations

import shutil
from pathlib import Path

from PIL import Image

#: What the owner of a photo wrote about it.
XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmp:Rating="4">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Over the river</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">The evening before the flight home, from the
upper deck of the bridge.</rdf:li></rdf:Alt></dc:description>
<dc:subject><rdf:Bag><rdf:li>holiday</rdf:li><rdf:li>evening</rdf:li></rdf:Bag></dc:subject>
</rdf:Description></rdf:RDF></x:xmpmeta>"""
PLACES = ((41.157, -8.630), (38.717, -9.139), (48.857, 2.352), (47.376, 8.541), (52.52, 13.405))


def some_of(pictures: Path, count: int) -> list[Path]:
    """Return so many JPEG files of a folder, of different kinds as far as their names tell."""
    files = sorted(path for path in pictures.iterdir() if path.suffix == ".jpg")
    firsts = [path for path in files if path.stem.endswith("-01")]
    return sorted((firsts + [path for path in files if path not in firsts])[:count])


def copy_of(pictures: Path, folder: Path, count: int) -> Path:
    """Copy some pictures into a new folder, with details; return the folder."""
    folder.mkdir()
    for picture in some_of(pictures, count):
        write_details(shutil.copyfile(picture, folder / picture.name))
    return folder


def write_travels(place: Path, pictures: Path) -> tuple[Path, Path]:
    """Write two folders with photos of several years and countries; return them."""
    camera, stick = place / "Photos", place / "Stick"
    for number, picture in enumerate(some_of(pictures, 160)):
        year, month = 2012 + number % 12, 1 + number * 5 % 12
        root = stick if number % 9 == 0 else camera / str(year)
        folder = root / ("Porto and the Douro valley" if number % 4 == 0 else f"{month:02}")
        folder.mkdir(parents=True, exist_ok=True)
        photo = shutil.copyfile(picture, folder / picture.name)
        when = f"{year}:{7 if year == 2023 else month:02}:14 18:42:09"
        write_details(photo, when, PLACES[number % 5] if number % 3 else None)
    shutil.copyfile(photo, camera / "copy.jpg")
    (stick / "IMG_2041.jpg").write_bytes(b"")
    return camera, stick


def write_details(
    photo: Path,
    when: str = "2023:07:14 18:42:09",
    position: tuple[float, float] | None = (41.157, -8.630),
    xmp: str = XMP,
) -> None:
    """Let a picture say of itself what a camera and its owner write into one.

    Args:
        photo: the file, which is written anew.
        when: the date in EXIF's way.
        position: degrees north and east.
        xmp: what its owner wrote about it.
    """
    with Image.open(photo) as image:
        exif = image.getexif()
        exif.update({271: "Fujifilm", 272: "X-T5"})
        exif.get_ifd(0x8769).update(
            {36867: when, 36881: "+02:00", 33434: 1 / 250, 33437: 5.6}
            | {34855: 320, 37386: 35.0, 42036: "XF 35mm F1.4 R"}
        )
        if position is not None:
            north, east = position
            side = "E" if east > 0 else "W"
            exif.get_ifd(0x8825).update(
                {1: "N", 2: (north, 0.0, 0.0), 3: side, 4: (abs(east), 0.0, 0.0)}
            )
        image.save(photo, exif=exif, xmp=xmp.encode())
