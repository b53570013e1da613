"""The window in another language."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from string import Formatter

import pytest
from gui.helpers import OpenWindow, until, until_heading, until_idle
from gui.spoken import texts_of, texts_of_menu, unspoken
from PyQt6.QtCore import QCoreApplication, QLocale, QObject, Qt, QTranslator
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from update_translations import GUI, library_texts, texts, written

from inphotos.errors import PhotoError
from inphotos.gui import sentences, wording
from inphotos.gui.main_window import MainWindow
from inphotos.gui.part_labels import label
from inphotos.gui.preferences import PreferenceBook
from inphotos.gui.sentences import Sentences, said
from inphotos.gui.translation import LANGUAGES, Catalogue, language_for, read, source, speak
from inphotos.search.query import parse

OTHERS = sorted(set(LANGUAGES) - {"en"})

#: Starts the window, tells what its menus are called in place of waiting for events, and ends.
START = """
import sys
from pathlib import Path
from PyQt6.QtWidgets import QApplication, QMainWindow
from inphotos.gui import app

def tell(_):
    (window,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMainWindow)]
    print(ascii([action.text() for action in window.menuBar().actions()]))
    return 0

QApplication.exec = tell
sys.exit(app.run(Path(sys.argv[1]), model=None, folders=()))
"""

FILE = """<?xml version="1.0" encoding="utf-8"?>
<TS version="2.1"><context><name>Parent</name><message><source>Quit &amp; go</source>
<translation>Beenden &amp; weg</translation></message><message><source>Stay</source>
<translation type="unfinished"></translation></message></context></TS>"""


def fields(text: str) -> set[str]:
    """Return the names of what is put into a text."""
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in Formatter().parse(text) if name}


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    """The language of the window, numbers and dates is German, whatever the system's is."""
    before = QLocale()
    assert speak(qapp, "de") == "de"
    QLocale.setDefault(QLocale("de_DE"))
    yield
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.setParent(None)
    sentences.speak(qapp, {})
    QLocale.setDefault(before)


@pytest.fixture
def window(
    qtbot: QtBot, german: None, open_window: OpenWindow, pictures: Path, tiny_clip: Path
) -> MainWindow:
    """A German window on photos of which one cannot be read."""
    (pictures / "broken.jpg").write_bytes(b"")
    opened = open_window(model=str(tiny_clip), folders=[pictures])
    until_idle(qtbot, opened, photos=20)
    return opened


def assert_german(texts: Iterable[str]) -> None:
    """Fail if one of the texts is as in the source, though there is a German one."""
    translated = {text: other for (_, text), other in read(source("de")).items()}
    assert unspoken(iter(texts), translated) == set()


def test_a_file_of_qt_linguist_is_read_without_what_is_unfinished() -> None:
    assert read(FILE) == {("Parent", "Quit & go"): "Beenden & weg"}


def test_an_update_keeps_translations_and_drops_what_has_gone(tmp_path: Path) -> None:
    (tmp_path / "menus.py").write_text(
        'def add(window):\n    window.tr("Stay")\n'
        "class Parent:\n    def go(self):\n"
        '        self.tr("Quit & go").format()\n        QCoreApplication.translate("x", "New")\n'
    )
    keys = texts(tmp_path)
    assert keys == [("Parent", "Quit & go"), ("menus", "Stay"), ("x", "New")]
    known = {("Parent", "Quit & go"): "Beenden & weg", ("Gone", "Gone"): "Fort"}
    content = written("de", keys, known)
    assert read(content) == {("Parent", "Quit & go"): "Beenden & weg"}
    assert content.count('type="unfinished"') == 2


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_is_translated_and_takes_the_same_values(code: str) -> None:
    translated = read(source(code))
    keys = texts(GUI) + library_texts(GUI.parent)
    assert len(keys) > 400
    missing = [key for key in keys if key not in translated]
    assert missing == [], "scripts/update_translations.py lists them"
    assert sorted(translated.keys() - set(keys)) == [], "it takes these out"
    for (_, text), other in translated.items():
        assert fields(text) == fields(other), text
        # A menu without a mnemonic is out of reach of the keyboard; an ellipsis asks for more.
        assert ("&" in text) == ("&" in other), text
        assert text.endswith("…") == other.endswith("…"), text


def test_texts_of_an_inherited_class_are_found(german: None) -> None:
    class Derived(QObject):
        pass

    assert Derived().tr("Add Folder…") == "Ordner hinzufügen…"
    assert QCoreApplication.translate("nowhere", "no such text") == "no such text"


def test_a_sentence_of_the_library_is_said_with_its_names(german: None) -> None:
    error = PhotoError(Path("/photos/a is missing.jpg"), "the file is cut off")
    assert said(error) == (
        "/photos/a is missing.jpg ist nicht lesbar: die Datei ist abgeschnitten."
    )
    assert said("something nobody has a translation for") == (
        "something nobody has a translation for"
    )


def test_the_most_particular_sentence_is_recognised() -> None:
    known = Sentences({"{0} is {1}.": "{1}: {0}", "{0} is away; look at {1}.": "{1}! {0}"})
    assert known.say("it is away; look at the clock.") == "the clock! it"
    assert known.say("it is here.") == "here: it"
    assert known.say("nothing") == "nothing"


def test_english_is_told_from_german_by_what_stands_around_the_names() -> None:
    known = {
        "{count} selected": "{count} ausgewählt",
        "Name": "Name",
        "Find {text}": "Suche {text}",
    }
    assert unspoken(iter(["3 ausgewählt", "Name", "<qt>Suche a dog</qt>", "dog"]), known) == set()
    assert unspoken(iter(["3 selected"]), known) == {"3 selected ({count} selected)"}
    assert unspoken(iter(["Find a &dog"]), known) == {"Find a dog (Find {text})"}


def test_the_first_page_and_the_menus_are_german(
    qtbot: QtBot, german: None, open_window: OpenWindow
) -> None:
    window = open_window()
    bar = window.menuBar()
    assert bar is not None
    titles = [action.text().replace("&", "") for action in bar.actions()]
    assert titles == ["Bibliothek", "Gehe zu", "Ansicht", "Foto", "Modell", "Hilfe"]
    assert "Ordner" in window.start_page.folder_button.text()
    assert_german(texts_of(window))


def test_finding_and_looking_are_german(qtbot: QtBot, window: MainWindow) -> None:
    assert "20 Fotos" in window.photos_page.heading.text()
    assert "1 Foto nicht lesbar" in window.footer.failures_button.text()
    qtbot.keyClicks(window.search_bar.field, "a dog is:landscape before:2024")
    qtbot.keyClick(window.search_bar.field, Qt.Key.Key_Return)
    until_heading(qtbot, window, "Querformat, vor 2024")
    assert [chip.text() for chip in window.search_bar.parts.chips] == [
        "a dog",
        "Querformat",
        "vor 2024",
    ]
    window.grid.enter()
    qtbot.keyClick(window.grid, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    until(qtbot, lambda: window.info.panel.why.rows and window.info.panel.facts.rows)
    assert ("Querformat", "") in window.info.panel.why.rows
    assert "Pixel" in window.info.panel.facts.rows["pixels"]
    assert "November 2023" in window.info.panel.day.value
    assert_german(texts_of(window))
    qtbot.keyClick(window.grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    until(qtbot, lambda: window.selection_bar.text == "20 ausgewählt")
    until(qtbot, lambda: window.selection_bar.buttons)
    assert_german(texts_of(window))
    window.grid.clear_selection()
    qtbot.keyClick(window.grid, Qt.Key.Key_Return)
    until(qtbot, lambda: window.viewer.isVisible() and window.viewer.canvas.is_sharp)
    assert_german(texts_of(window))


def test_what_cannot_be_found_is_said_in_german(qtbot: QtBot, window: MainWindow) -> None:
    window.search_for("album:holiday")
    until(qtbot, lambda: window.photos_page.empty.isVisible())
    assert window.photos_page.empty.headline.text() == "Noch nichts zu suchen"
    assert "Es gibt keinen Filter „album:“" in window.photos_page.empty.body.text()
    assert_german(texts_of(window))
    window.search_for("before:1900")
    until_heading(qtbot, window, "Kein Foto passt zu vor 1900")
    window.tell(PhotoError(Path("/photos/a.jpg"), "the file is empty"))
    assert window.notice.text == "/photos/a.jpg ist nicht lesbar: die Datei ist leer."
    assert_german(texts_of(window))


def test_dialogs_and_menus_are_german(qtbot: QtBot, window: MainWindow) -> None:
    bar = window.menuBar()
    assert bar is not None
    for menu in filter(None, (action.menu() for action in bar.actions())):
        assert_german(texts_of_menu(menu))
    assert_german(texts_of_menu(window.commands.menu(window.grid.model().results[:1])))
    pages = window.settings.dialog.pages
    for name in pages:
        window.settings.show(name)
        assert_german(texts_of(window.settings.dialog))
    language = pages["appearance"].language
    assert [language.itemText(row) for row in range(language.count())] == [
        "Wie das System",
        *LANGUAGES.values(),
    ]
    window.settings.dialog.close()
    window.keyboard.show_sheet(lambda: None)
    assert window.keyboard.sheet is not None
    assert_german(texts_of(window.keyboard.sheet))
    window.keyboard.sheet.close()
    window.dialogs.show_failures()
    failures = window.dialogs.failures
    assert failures is not None
    assert "leer" in failures.list.topLevelItem(0).text(1)
    assert_german(texts_of(failures))
    failures.close()
    window.dialogs.show_about()
    about = QApplication.activeModalWidget()
    assert about is not None
    assert about.windowTitle() == "Über InPhotos"
    assert_german(texts_of(about))
    about.close()


def test_numbers_are_written_in_the_language(german: None) -> None:
    assert wording.photos(1234) == "1.234 Fotos"
    assert (wording.number(2.5, 1), wording.plain(2.8), wording.plain(1200)) == (
        "2,5",
        "2,8",
        "1200",
    )
    assert (wording.size(3_400_000), wording.size(1_200_000_000)) == ("3,4 MB", "1,2 GB")


def test_numbers_are_english_where_the_system_has_no_language() -> None:
    before = QLocale()
    QLocale.setDefault(QLocale.c())
    assert (wording.number(1234), wording.number(2.5, 1)) == ("1,234", "2.5")
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("text", "german_label"),
    [
        ("date:2023", "2023"),
        ("date:2018..2020", "2018 – 2020"),
        ("date:2023-07", "Juli 2023"),
        ("summer 2023", "Juni 2023 – August 2023"),
        ("date:2023-07-14", "14. Juli 2023"),
        ("after:2021", "seit 2021"),
        ("-before:2023-07", "nicht vor Juli 2023"),
        ("rating:>=4.5", "Bewertung ≥ 4,5"),
        ("size:>10mp", "Größe > 10 MP"),
        ("size:<500kb", "Größe < 0,5 MB"),
        ("folder:=Pictures/2023/", "Ordner: Pictures/2023"),
        ("is:raw", "RAW"),
        ("near:48.86,2.35,5", "höchstens 5 km von 48,86; 2,35"),
        ("-people", "nicht people"),
        ("dog^2.5", "dog ×2,5"),
        ("like:photo.jpg", "wie photo.jpg"),
    ],
)
def test_parts_of_a_query_are_called_by_what_they_mean(
    german: None, text: str, german_label: str
) -> None:
    (part,) = parse(text).parts
    assert label(part) == german_label
    QLocale.setDefault(QLocale("en_GB"))
    assert label(part) == part.label


def test_the_window_starts_in_the_chosen_language(tmp_path: Path) -> None:
    PreferenceBook(tmp_path).change(language="de")
    started = subprocess.run(
        [sys.executable, "-c", START, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert "&Bibliothek" in ast.literal_eval(started.stdout)


def test_the_systems_language_is_spoken_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert language_for("de") == "de"
    for names, code in ((["fr-FR", "de-AT"], "de"), (["en-GB", "de-DE"], "en"), (["fr-FR"], "en")):
        monkeypatch.setattr("PyQt6.QtCore.QLocale.uiLanguages", lambda _, names=names: names)
        assert language_for("system") == code


def test_a_catalogue_is_a_translator_of_qts() -> None:
    assert isinstance(Catalogue("de"), QTranslator)
    assert not Catalogue("de").isEmpty()
