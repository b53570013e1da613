"""What a library is divided by, against what each part's query finds."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from catalog_rows import write_random
from hypothesis import given
from hypothesis import strategies as st

from inphotos.metadata import Metadata, Place
from inphotos.search.facets import MOST_LEVELS, UNDATED, Facet, Facets
from inphotos.search.language.written import exact_filter
from inphotos.search.listing import Listing
from inphotos.search.query import TextMatch, parse
from inphotos.store.catalog import Catalog, Photo
from inphotos.store.database import Database
from inphotos.store.details import DetailsTable, to_ms
from inphotos.store.folders import Directory, Folder

ROOTS = ("/home/ann/Pictures", "/media/Stick", "/backup/Stick", "/back")
#: Names that look like others, and names that mean something to the language.
DIRECTORIES = (
    "",
    "2023",
    "2023-old",
    "2023/trip",
    "old/2023",
    "Trip",
    "trip",
    'a "b" c',
    "-minus",
    "star*",
    "star fish",
    "Ångström/^2",
    "back\\slash",
    "a OR b",
    "line\nbreak",
    '“all” "kinds" «of» „marks“',
    "/".join("deep" for _ in range(MOST_LEVELS + 3)),
)
PLACES = (
    None,
    Place("Niamey", "Niamey", "Niger", "NE"),
    Place("Lagos", "Lagos", "Nigeria", "NG"),
    Place("Minna", "Niger", "Nigeria", "NG"),
    Place("York", "England", "United Kingdom", "GB"),
    Place("New York", "New York", "United States", "US"),
    Place("York", "Pennsylvania", "United States", "US"),
    Place("", "Georgia", "United States", "US"),
    Place("Tbilisi", "", "Georgia", "GE"),
    Place("Nowhere", "", "", ""),
)
CAMERAS = ("", "Canon EOS R5", "Canon EOS R50", "CANON EOS R5", "X100")
TAKEN = (
    datetime(2023, 5, 31, 23),
    datetime(2023, 6, 1),
    datetime(1950, 2, 3),
    datetime(2099, 1, 1),
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "library")
    yield opened
    opened.close()


def write(database: Database, count: int, seed: int = 1) -> None:
    chance = random.Random(seed)
    catalog, details = Catalog(database), DetailsTable(database)
    with database.transaction():
        places = []
        for root in ROOTS:
            folder = catalog.folders.add(Folder(0, Path(root)))
            ids = catalog.folders.put_directories(
                [Directory(0, folder.id, path) for path in DIRECTORIES]
            )
            places += [(folder.id, id_) for id_ in ids]
        photos = []
        for number in range(count):
            folder_id, directory_id = chance.choice(places)
            taken = to_ms(chance.choice((*TAKEN, datetime(1970, 1, 1))))
            photos.append(
                Photo(
                    0,
                    folder_id,
                    directory_id,
                    Path("/x") / f"{number}.jpg",
                    size=1,
                    mtime_ns=1,
                    taken_ms=taken,
                    state=chance.choice(("here", "here", "here", "missing", "gone")),
                    reason=chance.choice(("", "", "", "it is empty")),
                )
            )
        rows = []
        for id_ in catalog.put(photos)[::2]:
            source = chance.choice(("exif", ""))
            metadata = Metadata(taken_source=source, camera=chance.choice(CAMERAS))
            if source:
                metadata = replace(metadata, taken=chance.choice(TAKEN))
            rows.append((id_, metadata, chance.choice(PLACES)))
        details.put(rows)


def opened(database: Database) -> Listing:
    return Listing(database, Catalog(database), tuple)


def everything(facets: Iterable[Facet]) -> Iterator[Facet]:
    for facet in facets:
        yield facet
        yield from everything(facet.inside)


def all_of(facets: Facets) -> list[Facet]:
    trees: Sequence[Iterable[Facet]] = (
        facets.folders.values(),
        facets.dates,
        facets.places,
        facets.cameras,
    )
    return [facet for tree in trees for facet in everything(tree)]


def test_every_number_is_that_of_the_photos_its_query_finds(database: Database) -> None:
    write(database, 900)
    listing = opened(database)
    facets = listing.facets()
    known = [facet for facet in all_of(facets) if facet.photos]
    for facet in known:
        if facet.query:
            found = listing.count(parse(facet.query))
            assert found == facet.photos, facet.query
    assert listing.count(parse(UNDATED)) == facets.undated > 0
    # Only of line breaks and of all quotation marks at once there is no query.
    assert {facet.name for facet in known if not facet.query} == {DIRECTORIES[14], DIRECTORIES[15]}


def test_the_parts_are_those_of_the_photos(database: Database) -> None:
    write(database, 900)
    facets = opened(database).facets()
    pictures = facets.folders[Path("/home/ann/Pictures")]
    assert pictures.query == "folder:=Pictures/"
    assert facets.folders[Path("/media/Stick")].query == "folder:=/media/Stick/"
    inside = {facet.name: facet for facet in pictures.inside}
    assert [facet.name for facet in inside["2023"].inside] == ["trip"]
    assert inside['a "b" c'].query == 'folder:=«Pictures/a "b" c/»'
    assert len({"Trip", "trip"} & set(inside)) == 1
    # The last and the second of them only where more than the file says so.
    assert [facet.name for facet in facets.dates] == ["2099", "2023", "1970", "1950"]
    assert [facet.name for facet in facets.dates[1].inside] == ["2023-05", "2023-06"]
    assert [facet.name for facet in facets.places] == [
        "Georgia",
        "Niger",
        "Nigeria",
        "United Kingdom",
        "United States",
    ]
    assert [facet.name for facet in facets.places[-1].inside] == ["New York", "York"]
    assert facets.places[-1].photos > sum(facet.photos for facet in facets.places[-1].inside)
    assert len(facets.cameras) == 3


def test_a_deep_directory_is_counted_with_one_above_it(database: Database) -> None:
    write(database, 900)
    pictures = opened(database).facets().folders[Path("/home/ann/Pictures")]
    levels = [facet for facet in everything([pictures]) if facet.name == "deep"]
    assert len(levels) == MOST_LEVELS
    assert {facet.photos for facet in levels} == {levels[0].photos} != {0}


def test_photos_that_come_and_go_are_counted_anew(database: Database) -> None:
    rows = write_random(database, 60, seed=2)
    listing = opened(database)
    before = listing.facets()
    assert sum(facet.photos for facet in before.folders.values()) == len(rows.shown)
    with database.transaction():
        Catalog(database).put([replace(photo, state="gone") for photo in rows.shown[:5]])
    after = listing.facets()
    assert sum(facet.photos for facet in after.folders.values()) == len(rows.shown) - 5


def test_an_empty_library_has_its_folders_only(database: Database) -> None:
    with database.transaction():
        Catalog(database).folders.add(Folder(0, Path("/photos")))
    facets = opened(database).facets()
    assert facets == Facets(folders={Path("/photos"): Facet("photos", (("folder", "photos/"),), 0)})


@given(st.text(max_size=20))
def test_an_exact_filter_means_its_text(value: str) -> None:
    text = exact_filter("camera", value)
    if text:
        [filter_] = parse(f"dog {text}").filters
        assert filter_.condition == TextMatch("camera", f"={value}")
        assert not filter_.negated
    else:
        assert value == "" or not value.isprintable() or value != value.strip() or '"' in value
