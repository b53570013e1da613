"""Show the real window in each of its states and save pictures of it.

    python scripts/take_screenshots.py [DIRECTORY] [--scale 2] [--only results]

Works on the bundled pictures with the bundled model, in libraries that are thrown away.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "inphotos" / "data" / "demo" / "pictures"
SIZE = (1080, 720)
PATIENCE_S = 180
#: The platform without a desktop has no interface font of its own.
FONT = "Inter"

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


def main() -> int:
    options = _parse_arguments()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = str(options.scale)
    with tempfile.TemporaryDirectory(prefix="inphotos-") as place:
        # No library, model or setting of the user's appears in a picture.
        os.environ["HOME"] = os.environ["XDG_DATA_HOME"] = place
        os.environ["INPHOTOS_MODELS"] = f"{place}/models"
        Studio(options, Path(place)).take_all()
    return 0


class Studio:
    """Takes the pictures."""

    def __init__(self, options: argparse.Namespace, place: Path) -> None:
        from PyQt6.QtGui import QFont, QFontDatabase

        from inphotos.gui.app import create_application

        self._options = options
        self._place = place
        self._libraries = 0
        self.application, self.appearance = create_application()
        if FONT in QFontDatabase.families():
            self.application.setFont(QFont(FONT, 10))

    def take_all(self) -> None:
        """Take every picture, in light and in dark."""
        states: dict[str, Callable[[str], None]] = {
            "start": self._start,
            "no-model": self._no_model,
            "empty": self._empty,
            "indexing": self._indexing,
            "results": self._results,
            "finding": self._finding,
            "no-search": self._no_search,
            "changes": self._changes,
            "library-error": self._library_error,
        }
        for name, take in states.items():
            if self._options.only in ("", name):
                take(name)

    def _start(self, name: str) -> None:
        with self._window() as window:
            self._wait(lambda: window.start_page.isVisible())
            self._settle()
            self._save(window, f"{name}-bare")
        pictures = self._place / "Pictures"
        shutil.copytree(self._options.pictures, pictures)
        with self._window() as window:
            self._wait(lambda: window.start_page.pictures_button.isVisible())
            self._save(window, name)
        shutil.rmtree(pictures)

    def _no_model(self, name: str) -> None:
        from inphotos.encoders.registry import known
        from inphotos.errors import DownloadError
        from inphotos.events import Progress

        spec = known()[0]
        with self._window(folders=[self._options.pictures]) as window:
            card = window.models.card
            self._wait(lambda: card.isVisible() and card.download_button.isVisible())
            self._wait(lambda: len(window.grid.model().results) > 20)
            self._wait_for_thumbnails(window)
            self._save(window, name)
            # There is no hub here: how far it is and what went wrong are made up for the picture.
            card.show_download(spec)
            card.show_progress(Progress("downloading", 231_000_000, 608_782_299, 5.2e6, 73))
            self._save(window, "download")
            card.show_failure(
                spec,
                DownloadError(
                    "huggingface.co cannot be reached: check the connection to the internet, "
                    "or add the model from a folder."
                ),
            )
            self._save(window, "download-failed")
            card.show_stopped(spec)
            self._save(window, "download-stopped")
            card.demo_button.click()
            self._wait(lambda: window.session.snapshot.model is not None)
            self._wait(lambda: window.session.runs.state == "idle")
            self._wait_for_thumbnails(window)
            self._save(window, "trial")
            card.close_button.click()
            self._save(window, "first-queries")

    def _empty(self, name: str) -> None:
        (self._place / "Nothing").mkdir()
        with self._window(folders=[self._place / "Nothing"], model=self._options.model) as window:
            self._wait(lambda: window.photos_page.empty.isVisible())
            self._wait(lambda: window.session.runs.state == "idle")
            self._settle()
            self._save(window, name)
        photo = self._options.pictures / "cat-01.jpg"
        with self._window(photos=[photo], model=self._options.model) as window:
            self._wait(lambda: window.notice.text)
            self._save(window, "start-with-photo")

    def _indexing(self, name: str) -> None:
        with self._window(folders=[self._options.pictures], model=self._options.model) as window:
            told = []
            window.session.runs.progressed.connect(told.append)
            window.session.runs.photos_indexed.connect(window.search.refresh)
            # The speed is that of the last minute, so the first batches say little about it.
            self._wait(lambda: told and told[-1].phase == "indexing" and told[-1].done >= 96)
            window.session.runs.pause()
            window.search.refresh()
            self._settle()
            self._save(window, "paused")
            # The run stands still for the picture; the words are those that it said last.
            window.footer.set_indexing("running")
            window.footer.show_progress(told[-1])
            self._save(window, name)

    def _results(self, name: str) -> None:
        broken = self._place / "more"
        broken.mkdir(exist_ok=True)
        (broken / "IMG_2041.jpg").write_bytes(b"")
        (broken / "IMG_2077.jpg").write_bytes(b"\xff\xd8 cut off")
        folders = [self._options.pictures, broken]
        with self._window(folders=folders, model=self._options.model, demo=True) as window:
            ended: list[object] = []
            window.session.runs.finished.connect(ended.append)
            self._wait(lambda: ended)
            self._wait(lambda: len(window.grid.model().results) > 20)
            # What the run came to is shown for some seconds only.
            self._wait(lambda: " · " not in window.footer.text)
            self._save(window, "browse")
            for shot, words in ((name, self._options.query), ("no-match", "a page of sheet music")):
                window.search_bar.set_text(words)
                window.search_bar.searched.emit(words)
                self._wait(lambda words=words: words in window.photos_page.heading.text())
                window.grid.setCurrentIndex(window.grid.model().index(0, 0))
                self._save(window, shot)
            window.examples.find_similar(window.grid.current_result().path)
            self._wait(lambda: "similar" in window.photos_page.heading.text())
            self._save(window, "similar")
            window.notice.tell("Indexing is stopped.", "Go On", window.session.index, sign="info")
            self._save(window, "notice")
            window.notice.dismiss()
            window.dialogs.show_failures()
            self._save(window.dialogs.failures, "failures")
            window.dialogs.failures.close()

    def _finding(self, name: str) -> None:
        from inphotos.gui.queries import Arrangement
        from inphotos.library import SavedSearch

        with self._window(folders=[self._options.pictures], model=self._options.model) as window:
            ended: list[object] = []
            window.session.runs.finished.connect(ended.append)
            self._wait(lambda: ended)
            for words in (self._options.query, "a dog", "landscape -sea date:2020.."):
                window.session.library.searches.save(SavedSearch(words.capitalize(), words))
            window.memory.saved.changed.emit()
            window.search_for(self._options.query)
            self._wait(lambda: self._options.query in window.photos_page.heading.text())
            first = window.grid.model().results[0].path
            window.examples.mark(first, 1)
            window.examples.mark(window.grid.model().results[5].path, -1)
            self._wait(lambda: window.search.is_answered)
            self._wait_for_thumbnails(window)
            self._save(window, name)
            window.notice.dismiss()
            window.photos_page.match_line.click()
            self._save(window.photos_page.match_line.panel, "match-line")
            window.photos_page.match_line.panel.hide()
            window.show_everything()
            self._wait(lambda: window.search.is_answered)
            window.search.arrange(Arrangement("date", "day"))
            self._wait(lambda: window.grid.model().sections)
            self._wait_for_thumbnails(window)
            self._save(window, "by-day")
            window.search.arrange(Arrangement("date"))
            self._wait(lambda: not window.grid.model().sections)
            folded = [r for r in window.grid.model().results if r.alike > 1]
            if folded:
                window.grid.alike_wanted.emit(folded[0])
                self._wait(lambda: "alike" in window.photos_page.heading.text())
                self._wait_for_thumbnails(window)
                self._save(window, "alike")
            window.examples.choose_part(first)
            self._settle()
            dialog = self.application.activeModalWidget()
            self._settle()
            self._save(dialog, "part")
            dialog.reject()

    def _no_search(self, name: str) -> None:
        with self._window(folders=[self._options.pictures]) as window:
            card = window.models.card
            self._wait(lambda: card.isVisible() and card.download_button.isVisible())
            card.close_button.click()
            self._wait(lambda: len(window.grid.model().results) > 20)
            window.session.runs.stop()
            self._wait(lambda: window.notice.text)
            window.notice.dismiss()
            self._wait_for_thumbnails(window)
            self._save(window, name)

    def _changes(self, name: str) -> None:
        """Show what becomes of photos whose files or drives go away."""
        from inphotos.gui.dialogs.exclusions import ExclusionsDialog

        kept, away = self._place / "Pictures", self._place / "Stick"
        names = sorted(path.name for path in self._options.pictures.glob("*-01.jpg"))
        for folder, some in ((kept, names[:12]), (away, names[12:20])):
            folder.mkdir()
            for each in some:
                shutil.copyfile(self._options.pictures / each, folder / each)
                write_details(folder / each)
        with self._window(folders=[kept, away], model=self._options.model) as window:
            ended: list[object] = []
            window.session.indexed.connect(lambda *told: ended.append(told))
            self._wait(lambda: ended)
            self._wait(lambda: len(window.grid.model().results) == 20)
            window.grid.enter()
            window.commands.run("info", window.commands.chosen())
            self._wait(lambda: window.dialogs.details.rows)
            self._save(window.dialogs.details, "details")
            window.dialogs.details.close()
            for each in names[:4]:
                (kept / each).unlink()
            away.rename(self._place / "elsewhere")
            window.session.index()
            self._wait(lambda: "vanished" in window.notice.text)
            self._wait_for_thumbnails(window)
            self._save(window, name)
            window.dialogs.show_folders()
            window.folders.dialog.list.topLevelItem(0).setSelected(True)
            self._save(window.folders.dialog, "folders")
            window.folders.dialog.exclude_button.click()
            exclusions = window.folders.dialog.findChild(ExclusionsDialog)
            exclusions.field.setPlainText("drafts/\n*.png\n/home/me/old")
            self._save(exclusions, "leave-out")
            exclusions.close()
            # This machine need not have a battery: the state is made up for the picture.
            window.footer.set_indexing("waiting")
            self._save(window.footer, "waiting")

    def _wait_for_thumbnails(self, window) -> None:
        loaded = [0.0]
        window.grid.thumbnails.loaded.connect(lambda _: loaded.__setitem__(0, time.monotonic()))
        start = time.monotonic()
        self._wait(lambda: time.monotonic() - max(start, loaded[0]) > 2)

    def _library_error(self, name: str) -> None:
        from inphotos.library import Library

        with (
            self._window(open_library=False) as window,
            Library.open(self._directory, model="demo"),
        ):
            window.open_library()
            self._wait(lambda: window.error_page.isVisible())
            self._save(window, name)

    @contextmanager
    def _window(self, *, open_library: bool = True, **arguments) -> Iterator:
        from inphotos.gui.main_window import MainWindow

        self._libraries += 1
        self._directory = self._place / f"library-{self._libraries}"
        window = MainWindow(self._directory, self.appearance, **arguments)
        window.resize(*SIZE)
        window.show()
        if open_library:
            window.open_library()
        try:
            yield window
        finally:
            window.close()

    def _save(self, widget, name: str) -> None:
        for choice in ("light", "dark"):
            self.appearance.choose(choice)
            self._settle()
            suffix = "" if self._options.scale == 1 else f"@{self._options.scale:g}x"
            path = self._options.directory / f"{name}-{choice}{suffix}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            widget.grab().save(str(path))
            print(path)

    def _settle(self) -> None:
        """Let layouts, thumbnails and timers come to rest."""
        end = time.monotonic() + 0.6
        self._wait(lambda: time.monotonic() > end)

    def _wait(self, reached: Callable[[], object]) -> None:
        end = time.monotonic() + PATIENCE_S
        while not reached():
            if time.monotonic() > end:
                sys.exit("The window did not get where it should.")
            self.application.processEvents()
            time.sleep(0.005)


def write_details(photo: Path) -> None:
    """Let a picture say of itself what a camera and its owner write into one."""
    from PIL import Image

    with Image.open(photo) as image:
        exif = image.getexif()
        exif.update({271: "Fujifilm", 272: "X-T5"})
        exif.get_ifd(0x8769).update(
            {36867: "2023:07:14 18:42:09", 36881: "+02:00", 33434: 1 / 250, 33437: 5.6}
            | {34855: 320, 37386: 35.0, 42036: "XF 35mm F1.4 R"}
        )
        exif.get_ifd(0x8825).update({1: "N", 2: (41.0, 9.0, 27.0), 3: "W", 4: (8.0, 37.0, 48.0)})
        image.save(photo, exif=exif, xmp=XMP.encode())


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", nargs="?", type=Path, default=ROOT / "assets" / "screenshots")
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--only", default="", help="one state")
    parser.add_argument("--pictures", type=Path, default=PICTURES)
    parser.add_argument("--model", default="demo")
    parser.add_argument("--query", default="sunset over the sea")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
