"""The words of the information panel, and its parts by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from inphotos.gui import reason_words
from inphotos.gui.breaks import whole
from inphotos.gui.footer import Footer
from inphotos.gui.info.parts import LinkButton
from inphotos.gui.info.why import MOST_ROWS, WhyView
from inphotos.gui.photo_facts import facts
from inphotos.gui.value import Value
from inphotos.library import PhotoDetails
from inphotos.metadata import Metadata
from inphotos.search.query import Concept, Example, Query, parse, with_examples
from inphotos.search.ranking import Lines, Match, match_of
from inphotos.search.why import ConceptReason, FilterReason, Why

WORDS, PHOTOS = Lines(0.3, 0.2), Lines(0.6, 0.6)


def concept(text: str, example: Example | None = None) -> Concept:
    query = parse(text) if text else Query("")
    return with_examples(query, [example] if example else []).concepts[0]


def reason(of: Concept, similarity: float, **more: object) -> ConceptReason:
    lines = PHOTOS if of.photo is not None else WORDS
    match: Match = match_of(similarity, lines)
    return replace(ConceptReason(of, similarity, lines, match, 0.0), **more)  # type: ignore[arg-type]


DOG = Path("/photos/dog.jpg")


@pytest.mark.parametrize(
    ("of", "similarity", "subject", "verdict"),
    [
        (concept("sunset"), 0.4, "“sunset”", "Strong match"),
        (concept("sunset"), 0.25, "“sunset”", "Possible match"),
        (concept("sunset"), 0.1, "“sunset”", "Weak match"),
        (concept("-people"), 0.1, "Not “people”", "Not seen here"),
        (concept("-people"), 0.25, "Not “people”", "Perhaps seen here"),
        (concept("-people"), 0.4, "Not “people”", "Seen here: counts against it"),
        (concept("", Example(DOG)), 0.7, "Like dog.jpg", "The same kind of picture"),
        (concept("", Example(DOG)), 0.5, "Like dog.jpg", "Another kind of picture"),
        (
            concept("", Example(DOG, weight=-1, marked=True)),
            0.7,
            "Less like dog.jpg",
            "The same kind of picture: counts against it",
        ),
        (
            concept("", Example(DOG, marked=True)),
            0.7,
            "More like dog.jpg",
            "The same kind of picture",
        ),
    ],
)
def test_how_well_a_photo_fits_is_said_in_plain_words(
    of: Concept, similarity: float, subject: str, verdict: str
) -> None:
    assert reason_words.subject(of) == subject
    assert reason_words.verdict(reason(of, similarity)) == verdict


def test_an_alternative_that_does_not_count_and_the_photo_itself_say_so() -> None:
    other = reason(concept("dog OR cat"), 0.4, effect=None)
    assert reason_words.verdict(other) == "Strong match; the other one fits better"
    own = reason(concept("", Example(DOG)), 1.0, is_itself=True)
    assert reason_words.verdict(own) == "This is the photo itself"


@pytest.mark.parametrize(
    ("text", "value", "found"),
    [
        ("after:2020", datetime(2024, 5, 12, 9), "Taken Sunday, 12 May 2024"),
        ("after:2020", None, "Not known"),
        ("camera:canon", "Canon EOS 5D", "Canon EOS 5D"),
        ("rating:>=3", 4.0, "4 stars"),
        ("near:1,2,30", 12.34, "12.3 km away"),
        ("size:>1mp", 12.2, "12.2 megapixels"),
        ("size:>1kb", 71_000.0, "71 kB"),
        ("score:>0.2", 0.25, "Score 0.250"),
        ("is:portrait", None, ""),
        ("ext:jpg", None, ""),
    ],
)
def test_what_a_filter_looks_at_is_told(text: str, value: object, found: str) -> None:
    from PyQt6.QtCore import QLocale

    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    try:
        told = FilterReason(parse(text).filters[0], True, value)  # type: ignore[arg-type]
        assert reason_words.finding(told) == found
    finally:
        QLocale.setDefault(before)


def test_reasons_are_rows_and_alternatives_that_do_not_hold_are_left_out(qtbot: QtBot) -> None:
    view = WhyView()
    qtbot.addWidget(view)
    query = parse("dog camera:canon OR camera:nikon")
    filters = tuple(FilterReason(f, "canon" in f.label, "Canon") for f in query.filters)
    dog = reason(query.concepts[0], 0.4)
    view.show_why(Why(query, (dog,), filters, 0.0, 0.4, "strong", WORDS))
    assert view.header.text() == "Why it matched"
    assert view.rows == [("“dog”", "Strong match"), ("camera: canon", "Canon")]
    none = tuple(replace(f, holds=False) for f in filters)
    view.show_why(Why(query, (dog,), none, 0.0, 0.4, "strong", WORDS))
    assert view.header.text() == "How it fits"
    assert len(view.rows) == 3
    view.show_why(Why(query, filters=filters))
    assert view.rows[0] == ("InPhotos has not looked at this photo yet.", "")
    many = parse(" ".join(f'"word{n}"' for n in range(40)))
    parts = tuple(reason(each, 0.4) for each in many.concepts)
    view.show_why(Why(many, parts, (), 0.0, 0.4, "strong", WORDS))
    assert len(view.findChildren(Value)) < 3 * MOST_ROWS + 5
    view.show_why(None)
    assert not view.isVisibleTo(None)


DETAILS = PhotoDetails(
    1, Path("/p/a.heic"), 3_400_000, 4032, 3024, "", "here", True, Metadata(), None, ()
)


def test_a_photo_that_cannot_be_read_says_why() -> None:
    broken = replace(DETAILS, width=0, height=0, reason="it is cut off", metadata=None)
    assert facts(broken).state == "It could not be read: it is cut off."
    assert facts(broken).pixels == ""
    assert facts(replace(broken, online=False)).state.startswith("Offline")
    assert facts(replace(DETAILS, state="missing")).state.startswith("Missing")
    known = facts(DETAILS)
    assert (known.pixels, known.file) == (
        "4032 × 3024 pixels · 12.2 megapixels",
        "HEIC · 3.4 MB",
    )
    same = Metadata(title="Sea", description="Sea")
    assert facts(replace(DETAILS, metadata=same)).description == ""


def test_a_long_name_breaks_on_the_screen_and_is_copied_whole(qtbot: QtBot) -> None:
    name = "a_very_long_name-of-a-photo." + "x" * 60 + ".jpg"
    value = Value("title", "Name")
    qtbot.addWidget(value)
    value.resize(200, 200)
    value.show_value(name)
    assert value.heightForWidth(200) > 2 * value.fontMetrics().height()
    assert value.value == name
    value.setFocus()
    value.setSelection(0, len(value.text()))
    qtbot.keyClick(value, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    assert clipboard.text() == name


def test_a_link_is_cut_in_the_middle_and_its_tip_is_whole(qtbot: QtBot) -> None:
    link = LinkButton()
    qtbot.addWidget(link)
    link.set_words("/a/rather/long/path/of/a & b/folder")
    link.resize(120, 24)
    link.show()
    assert link.text().startswith("/a/")
    assert "…" in link.text()
    assert link.text().endswith("folder")
    assert "/a/rather/long/path/of/a &amp; b/folder" in whole(link.toolTip())
    link.resize(link.sizeHint())
    assert "…" not in link.text()


def test_the_footer_keeps_what_matters_in_a_narrow_window(qtbot: QtBot) -> None:
    footer = Footer()
    qtbot.addWidget(footer)
    footer.set_note("Demo model: knows drawn scenes only")
    footer.set_library(12_345, 3, offline=1)
    footer.resize(900, 40)
    footer.show()
    summary = footer.findChild(type(footer._summary))
    assert footer.text == "12,345 photos in 3 folders, 1 of them offline"
    assert footer._note.isVisible()
    assert summary.toolTip() == ""
    footer.resize(300, 40)
    assert not footer._note.isVisible()
    assert footer.minimumSizeHint().width() < 300
    footer.resize(160, 40)
    assert summary.toolTip() == footer.text
    footer.set_library(12_345, 1, offline=1)
    assert footer.text == "12,345 photos in 1 folder, offline"
