"""The photos that the user searches with: dropped, pasted, chosen among the results, undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QPoint
from PyQt6.QtGui import QGuiApplication, QImage, QPalette, QPixmap
from PyQt6.QtWidgets import QMenu

from inphotos.errors import display_path
from inphotos.gui import wording
from inphotos.gui.drop_hint import DropHint
from inphotos.gui.example_chips import ExampleChip, ExamplePictures
from inphotos.gui.icons import icon
from inphotos.gui.incoming import Incoming, as_png, image_in, is_picture, local_paths, sort_paths
from inphotos.gui.notice import NoticeBar
from inphotos.gui.photo_actions import PhotoActions
from inphotos.gui.photo_search import PhotoSearch
from inphotos.gui.queries import Everything, Query, asked, examples_of
from inphotos.gui.search_bar import SearchBar
from inphotos.gui.tasks import Tasks
from inphotos.gui.undo import UndoHistory
from inphotos.search.query import Example, Region

if TYPE_CHECKING:
    from inphotos.library import Library


class Examples(QObject):
    """Puts photos into the query and takes them out, and shows them as chips.

    The query itself holds them (:attr:`PhotoSearch.query`).
    """

    def __init__(
        self,
        search: PhotoSearch,
        bar: SearchBar,
        notice: NoticeBar,
        tasks: Tasks,
        undo: UndoHistory,
        can_compare: Callable[[], bool],
        parent: QObject,
    ) -> None:
        """Wire the parts; ``can_compare`` tells, also the user, whether there is a model for it."""
        super().__init__(parent)
        self._search = search
        self._bar = bar
        self._notice = notice
        self._tasks = tasks
        self._undo = undo
        self._can_compare = can_compare
        self._pictures = ExamplePictures(tasks, self)
        self._told = ""
        search.query_changed.connect(self._on_query_changed)
        bar.parts.example_removed.connect(self._remove)
        bar.parts.example_clicked.connect(self._on_chip_clicked)
        bar.searched.connect(self.type_text)
        bar.photos_pasted.connect(self.paste)

    @property
    def examples(self) -> tuple[Example, ...]:
        """The photos of the query."""
        return examples_of(self._search.query)

    def serve(self, actions: PhotoActions, drops: DropHint) -> None:
        """Carry out what is wanted with the photos of the grid, and with dropped ones."""
        actions.similar_wanted.connect(self.find_similar)
        actions.marked.connect(self.mark)
        actions.part_wanted.connect(self.choose_part)
        drops.photos_dropped.connect(self.add)
        drops.image_dropped.connect(self.add_image)
        drops.others_dropped.connect(self.tell_of_others)

    def set_library(self, library: Library) -> None:
        """Say where the pictures of the chips come from, and pasted photos go to."""
        self._pictures.library = library

    # What the user can do

    def show_text(self, text: str) -> None:
        """Search with other words and the same photos."""
        self._search.show(asked(text, self.examples))

    def type_text(self, text: str) -> None:
        """Search with words that the user is typing, and may go on with."""
        self._search.show(asked(text, self.examples), typed=True)

    def show_query(self, query: Query) -> None:
        """Put a whole query into the search field and the chips, and show its answer."""
        self._change(examples_of(query), text=getattr(query, "text", ""))

    def find_similar(self, photo: Path, region: Region | None = None) -> None:
        """Search with one photo and nothing else."""
        self._change((Example(photo, region),), text="")

    def add(self, photos: Sequence[Path]) -> None:
        """Search with further photos, beside what there is."""
        new = dict.fromkeys(Example(photo) for photo in photos)
        self._change((*self.examples, *(given for given in new if given not in self.examples)))

    def mark(self, photo: Path, weight: float) -> None:
        """Ask for more photos like a result (``weight`` 1), or for less like it (-1)."""
        if weight < 0 and isinstance(self._search.query, Everything):
            self._notice.tell(
                self.tr("“Less Like This” refines a search: search for something first."),
                sign="info",
            )
            return
        others = [e for e in self.examples if not (e.marked and e.photo == photo)]
        undo = self._change((*others, Example(photo, weight=weight, marked=True)))
        name = display_path(photo.name)
        told = self.tr("Looking for more photos like {name}.")
        if weight < 0:
            told = self.tr("Looking for photos that are less like {name}.")
        self._told = told.format(name=name)
        self._notice.tell(self._told, self.tr("Undo"), undo, sign="similar")

    def clear(self) -> None:
        """Leave the search, words and photos."""
        self._change((), text="")

    def choose_part(self, photo: Path, example: Example | None = None) -> None:
        """Let the user draw a rectangle on a photo and search with what is in it.

        Args:
            photo: the photo.
            example: the photo of the query in whose place the part comes; None to search with
                nothing else.
        """
        library = self._pictures.library
        if library is None or not self._can_compare():
            return
        from inphotos.gui.dialogs.part import PartDialog  # takes its time, and is seldom used

        region = example.region if example is not None else None
        dialog = PartDialog(library, photo, self._tasks, self._bar.window(), region)

        def take(chosen: Region) -> None:
            if example is None:
                self.find_similar(photo, chosen)
            else:
                self._replace(example, replace(example, region=chosen))

        dialog.chosen.connect(take)
        dialog.open()

    # Pasted and dropped

    def paste(self) -> None:
        """Search with the photos on the clipboard; text goes into the search field."""
        clipboard = QGuiApplication.clipboard()
        data = clipboard.mimeData() if clipboard is not None else None
        if data is None or not (is_picture(data) or data.hasText()):
            self._notice.tell(self.tr("There is no photo on the clipboard."), sign="info")
        elif not is_picture(data):
            self._bar.type(data.text())
        elif paths := local_paths(data):
            self._tasks.run(partial(sort_paths, paths), self._on_pasted)
        else:
            image = image_in(data)
            if image is None:
                told = self.tr("The picture on the clipboard cannot be read.")
                self._notice.tell(told)
            else:
                self.add_image(image)

    def add_image(self, image: QImage) -> None:
        """Search with pixels, which become a photo in the library's directory first."""
        library = self._pictures.library
        if library is not None:
            self._tasks.run(
                lambda: library.pasted.keep(as_png(image)), lambda path: self.add([path])
            )

    def tell_of_others(self, others: Sequence[Path]) -> None:
        """Say that files are no photos."""
        if others:
            names = wording.listed([display_path(path.name or path) for path in others])
            told = self.tr("This is not a photo that InPhotos can read: {names}.")
            if len(others) > 1:
                told = self.tr("These are not photos that InPhotos can read: {names}.")
            self._notice.tell(told.format(names=names))

    def _on_pasted(self, incoming: Incoming) -> None:
        self.tell_of_others([*incoming.folders, *incoming.others])
        if incoming.photos:
            self.add(incoming.photos)

    # The query

    def _change(
        self, examples: tuple[Example, ...], *, text: str | None = None
    ) -> Callable[[], None] | None:
        """Search with these photos; return what takes that back, None where it cannot be done."""
        if examples and not self._can_compare():
            return None
        before, former = self.examples, self._bar.text()
        if text is not None:
            self._bar.set_text(text)
        self._search.show(asked(self._bar.text(), examples))
        # The words stay as they are by then, where the step left them alone.
        return self._undo.push(
            self.tr("Change of the Search"),
            partial(self._go_to, before, former if text is not None else None),
            partial(self._go_to, examples, text),
        )

    def _go_to(self, examples: tuple[Example, ...], text: str | None) -> bool:
        text = self._bar.text() if text is None else text
        if (text, examples) == (self._bar.text(), self.examples):
            return False
        self._bar.set_text(text)
        self._search.show(asked(text, examples))
        return True

    def _remove(self, example: Example) -> None:
        self._change(tuple(other for other in self.examples if other != example))

    def _replace(self, example: Example, other: Example) -> None:
        self._change(tuple(other if known == example else known for known in self.examples))

    def _on_query_changed(self, query: Query) -> None:
        self._notice.withdraw(self._told)
        self._told = ""
        parts = self._bar.parts
        parts.show_examples(examples_of(query))
        ratio = self._bar.devicePixelRatioF()
        for chip in parts.example_chips:
            if not chip.has_picture:
                self._pictures.bring(chip.example, ratio, partial(self._show_picture, chip))

    def _show_picture(self, chip: ExampleChip, pixmap: QPixmap) -> None:
        if chip in self._bar.parts.example_chips:  # it may have gone meanwhile
            chip.show_picture(pixmap)

    # The menu of a chip

    def _on_chip_clicked(self, chip: ExampleChip) -> None:
        menu = self.chip_menu(chip.example)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height())))

    def chip_menu(self, example: Example) -> QMenu:
        """Return what can be done with a photo of the query."""
        menu = QMenu(self._bar)
        part = partial(self.choose_part, example.photo, example)
        self._add(menu, "part", self.tr("Search for a Part…"), part)
        if example.region is not None:
            whole = partial(self._replace, example, replace(example, region=None))
            self._add(menu, "photo", self.tr("Search for the Whole Photo"), whole)
        other = replace(example, weight=-example.weight)
        turned = self.tr("More Like This") if example.weight < 0 else self.tr("Less Like This")
        sign = "more" if example.weight < 0 else "less"
        self._add(menu, sign, turned, partial(self._replace, example, other))
        menu.addSeparator()
        self._add(menu, "close", self.tr("Remove"), partial(self._remove, example))
        return menu

    def _add(self, menu: QMenu, sign: str, text: str, action: partial[None]) -> None:
        added = menu.addAction(icon(sign, QPalette.ColorRole.Text), text)
        assert added is not None
        # Not the function itself: the signal brings whether the action is checked.
        added.triggered.connect(lambda: action())
