"""The viewer: one photo as large as the window, the way to the others, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, QPoint, Qt, pyqtSignal
from PyQt6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PyQt6.QtWidgets import QWidget

from inphotos.errors import display_path
from inphotos.gui import wording
from inphotos.gui.keyboard.table import KeyHint
from inphotos.gui.timers import single_shot
from inphotos.gui.viewer.canvas import PAN, Canvas
from inphotos.gui.viewer.compare import FEWEST, MOST
from inphotos.gui.viewer.dark import be_dark
from inphotos.gui.viewer.keys import ARROWS, Deed, deed_of
from inphotos.gui.viewer.parts import ViewerParts
from inphotos.gui.viewer.pictures import Pictures, Wish
from inphotos.gui.viewer.slideshow import Slideshow
from inphotos.gui.viewer.walk import Walk

if TYPE_CHECKING:
    from inphotos.search.ranking import Result

#: While the window is being resized, no size is worth a decode.
RESIZED_MS = 150

#: Neighbours that are read ahead, in steps of the direction of travel.
_AROUND = (1, 2, -1)


class Viewer(ViewerParts):
    """Shows photos in the place of everything below the menu bar, dark whatever the theme.

    Attributes:
        walk: the way through the photos.
        slideshow: goes on by itself.
        marks_of: gives (favourite, rating 0 to 5) of a photo id.

    Signals:
        shown(): it is about to show something.
        photo_shown(Result): another photo is shown.
        left(Result | None): the user goes back to the grid, having seen this photo last.
        command_wanted(str): a command, by its key, is to be given for what is shown.
        menu_wanted(QPoint): the user asks what can be done with the photo (global place).
        full_screen_wanted(bool): have the whole screen, or a window again.
    """

    shown = pyqtSignal()
    photo_shown = pyqtSignal(object)
    left = pyqtSignal(object)
    command_wanted = pyqtSignal(str)
    menu_wanted = pyqtSignal(QPoint)
    full_screen_wanted = pyqtSignal(bool)

    def __init__(self, pictures: Pictures, walk: Walk, parent: QWidget | None = None) -> None:
        super().__init__(pictures, walk, parent)
        self.walk = walk
        self._pictures = pictures
        self._turns: dict[int, int] = {}
        self._direction = 1
        self._compared_from_grid = False
        self.marks_of: Callable[[int], tuple[bool, int]] = lambda _: (False, 0)
        self.slideshow = Slideshow(self._is_next_ready, self._go_on, self)
        self.slideshow.changed.connect(self._on_slideshow_changed)
        self._want = single_shot(self, 0, self._on_want_due)
        self._connect()

    # What is shown

    def open(self, photos: Sequence[Result], row: int) -> None:
        """Show photos of one's own, from one of them."""
        self._open_with(lambda: self.walk.take(photos, row))

    def follow(self, photo: Result) -> None:
        """Show a photo of the grid; the way leads through what the grid shows."""
        self._open_with(lambda: self.walk.follow(photo))

    def leave_out(self, photo_ids: Sequence[int]) -> None:
        """Go on to the next photo where these are shown, which are gone."""
        for photo in [each for each in self.compare.photos if each.photo_id in photo_ids]:
            self._on_removed(photo)
        self.walk.leave_out(photo_ids)

    def take_in(self, photo_ids: Sequence[int]) -> None:
        """Show the first of these photos again, which are back."""
        if self.isVisible() and not self.is_comparing:
            self.walk.take_in(photo_ids)

    def compare_photos(self, photos: Sequence[Result]) -> None:
        """Show two to four photos beside each other."""
        self._compared_from_grid = not self.isVisible()
        self.slideshow.stop()
        self.compare.show_photos(photos[:MOST])
        self._show_stage(self.compare)

    def play(self) -> None:
        """Begin a slideshow with the photo that is shown."""
        self.slideshow.start()

    def leave(self) -> None:
        """Go back to the grid."""
        if self.isHidden():
            return
        self.slideshow.stop()
        photo = self.compare.chosen if self.is_comparing else self.walk.current
        self.compare.show_photos(())
        self._stage.setCurrentWidget(self.canvas)
        self.left.emit(photo)
        self.walk.take((), 0)
        self.canvas.show_photo(None)
        self._pictures.want(())

    def chosen(self) -> tuple[Result, ...]:
        """Return the photo that a command is meant for."""
        photo = self.compare.chosen if self.is_comparing else self.walk.current
        return () if photo is None else (photo,)

    def show_marks(self) -> None:
        """Show whether the photo is a favourite, and its stars, which may have changed."""
        marks = [self.marks_of(photo.photo_id) for photo in self.chosen()]
        loved, stars = marks[0] if marks else (False, 0)
        self.bar.show_rating(stars)
        text = self.tr("Remove from Favourites") if loved else self.tr("Favourite")
        self.bar.set_sign("favorite", "heart-full" if loved else "heart", text, "F")

    # Inside

    def _connect(self) -> None:
        self.walk.changed.connect(self._on_walked)
        self._pictures.loaded.connect(self._on_loaded)
        self.canvas.wish_changed.connect(self._want.start)
        self.compare.wish_changed.connect(self._want.start)
        self.canvas.sight_changed.connect(self._show_zoom)
        self.compare.sight_changed.connect(self._show_zoom)
        self.compare.removed.connect(self._on_removed)
        self.compare.touched.connect(self._on_touched)
        self.hiding.back_arrow.clicked.connect(lambda: self._step(-1))
        self.hiding.forward_arrow.clicked.connect(lambda: self._step(1))
        self.bar.deed_wanted.connect(self._do)
        self.bar.command_wanted.connect(self.command_wanted)
        self.bar.full_screen_wanted.connect(
            lambda: self.full_screen_wanted.emit(not self.hiding.immersed)
        )
        self._on_slideshow_changed()
        self.set_immersed(False)

    def _open_with(self, go: Callable[[], object]) -> None:
        self.slideshow.stop()
        self._show_stage(self.canvas)
        self.canvas.show_photo(None)
        go()

    def _show_stage(self, widget: QWidget) -> None:
        be_dark(self)
        self._stage.setCurrentWidget(widget)
        self.shown.emit()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hiding.walk_is_shown = widget is self.canvas
        for name in ("left", "right", "compare", "slideshow"):
            self.bar.buttons[name].setVisible(widget is self.canvas)
        self._show_title()
        self.hiding.wake()

    def _on_walked(self) -> None:
        photo, before = self.walk.current, self.canvas.photo
        if self.isHidden() or self.is_comparing:
            return
        if photo is None:
            self.leave()
            return
        if before is None or Wish.of(photo, 0) != Wish.of(before, 0):
            self._pictures.try_again(photo)
            turns = self._turns.get(photo.photo_id, 0)
            self.canvas.show_photo(photo, turns, fade=self.slideshow.running)
            self.slideshow.stay()
            self.photo_shown.emit(photo)
        self._show_title()
        self.hiding.show_arrows()
        self._want.start()
        self.slideshow.look()

    def _show_title(self) -> None:
        self.show_marks()
        self._show_zoom()
        if self.is_comparing:
            count = len(self.compare.panes)
            self.bar.show_title(self.tr("Compare"), wording.photos(count))
            return
        photo = self.walk.current
        if photo is None:
            return
        name = display_path(photo.path.name)
        position = self.tr("{row} of {total}").format(
            row=wording.number(self.walk.row + 1), total=wording.number(self.walk.total)
        )
        self.bar.show_title(name, position)
        self.canvas.setAccessibleDescription(f"{name}, {position}")

    def _show_zoom(self) -> None:
        canvas = self._looked_at
        percent = self.tr("{percent} %").format(percent=round(100 * canvas.zoom))
        self.bar.show_zoom(self.tr("Fit") if canvas.is_fit else percent)

    @property
    def _looked_at(self) -> Canvas:
        return self.compare.canvas if self.is_comparing and self.compare.panes else self.canvas

    def _on_want_due(self) -> None:
        self._want.setInterval(0)
        if self.isVisible():
            self._pictures.want(self._wishes())

    def _wishes(self) -> list[Wish]:
        if self.is_comparing:
            return self.compare.wishes()
        wish = self.canvas.wish()
        wishes = [] if wish is None else [wish]
        for steps in _AROUND:
            photo = self.walk.at(steps * self._direction, loop=self.slideshow.running)
            if photo is not None:
                turns = self._turns.get(photo.photo_id, 0)
                wishes.append(self.canvas.wish_for(photo, turns))
        return wishes

    def _on_loaded(self) -> None:
        self._show_zoom()
        self.slideshow.look()

    # What the user does

    def _step(self, by: int) -> None:
        self._direction = by
        self.walk.step(by)

    def _turn(self, by: int) -> None:
        photo = self.canvas.photo
        if photo is not None and not self.is_comparing:
            self._turns[photo.photo_id] = self.canvas.turn(by)

    def _set_size(self, size: float) -> None:
        if size == 0:
            self._looked_at.fit()
        else:
            self._looked_at.zoom_to(size)

    def _compare(self) -> None:
        here = self.walk.current
        beside = self.walk.at(1) or self.walk.at(-1)
        if here is not None and beside is not None and not self.is_comparing:
            self.compare_photos((here, beside))

    def _on_removed(self, photo: Result) -> None:
        left = [other for other in self.compare.photos if other != photo]
        if len(left) >= FEWEST:
            self.compare.show_photos(left)
            self._show_title()
        elif self._compared_from_grid:
            self.follow(left[0])
        else:
            self._end_comparing()

    def _on_touched(self, photo: Result) -> None:
        self.show_marks()
        self.photo_shown.emit(photo)

    def _end_comparing(self) -> None:
        self.compare.show_photos(())
        self._show_stage(self.canvas)
        self._on_walked()

    def _on_slideshow_changed(self) -> None:
        running, paused = self.slideshow.running, self.slideshow.paused
        text = self.tr("End the Slideshow") if running else self.tr("Slideshow")
        self.bar.set_sign("slideshow", "stop" if running else "slideshow", text, "F5")
        self.canvas.setAccessibleName(self.tr("Paused slideshow") if paused else self.tr("Photo"))
        self._want.start()
        self.hiding.wake()

    def _is_next_ready(self) -> bool:
        photo = self.walk.at(1, loop=True)
        if photo is None:
            return False
        wish = self.canvas.wish_for(photo, self._turns.get(photo.photo_id, 0))
        return self._pictures.is_settled(wish)

    def _go_on(self) -> None:
        self._direction = 1
        self.walk.step(1, loop=True)
        self.slideshow.stay()

    def _escape(self) -> None:
        """Go one step back: from the slideshow, from the full screen, from comparing, or out."""
        if self.slideshow.running:
            self.slideshow.stop()
        elif self.hiding.immersed:
            self.full_screen_wanted.emit(False)
        elif self.is_comparing and not self._compared_from_grid:
            self._end_comparing()
        else:
            self.leave()

    def _do(self, deed: Deed) -> None:
        looked_at = self._looked_at
        if isinstance(deed, str) and deed in ARROWS:
            x, y = ARROWS[deed]
            if looked_at.can_pan():
                looked_at.pan(-x * PAN, -y * PAN)
            elif not self.is_comparing:
                self._step(x + y)
            return
        {
            "out": self._escape,
            "leave": self.leave,
            "next": lambda: self._step(1),
            "previous": lambda: self._step(-1),
            "first": lambda: self.walk.to_end(last=False),
            "last": lambda: self.walk.to_end(last=True),
            "closer": lambda: looked_at.zoom_by(1),
            "farther": lambda: looked_at.zoom_by(-1),
            "fit": lambda: self._set_size(0),
            "100": lambda: self._set_size(1),
            "200": lambda: self._set_size(2),
            "turn": lambda: self._turn(1),
            "turn back": lambda: self._turn(-1),
            "compare": self._compare,
            "favorite": lambda: self.command_wanted.emit("favorite"),
            "info": lambda: self.command_wanted.emit("info"),
            "pause": self._on_pause,
        }[deed]()

    def _on_pause(self) -> None:
        if self.slideshow.running:
            self.slideshow.toggle_pause()
        else:
            self._step(1)

    def key_hints(self) -> tuple[str, tuple[KeyHint, ...]]:
        """Return what the keys do that are handled here."""
        tr = self.tr
        return tr("Viewer"), (
            KeyHint(tr("Go to the next photo"), ("Right", "PgDown", "Space")),
            KeyHint(tr("Go to the photo before"), ("Left", "PgUp")),
            KeyHint(tr("Go to the first or last photo"), ("Home", "End")),
            KeyHint(tr("Zoom in or out"), ("+", "-")),
            KeyHint(tr("Show all of the photo, 100 %, 200 %"), ("0", "1", "2")),
            KeyHint(tr("Rotate the view to the right or left"), ("R", "Shift+R")),
            KeyHint(tr("Favourite"), ("F",)),
            KeyHint(tr("Compare with the next photo"), ("C",)),
            KeyHint(tr("Show or hide the information"), ("I",)),
            KeyHint(tr("Back to the photos"), ("Esc", "Backspace")),
        )

    # Qt overrides

    def event(self, event: QEvent | None) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and deed_of(event) is not None
        ):
            event.accept()  # in the window these keys mean something else
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        deed = deed_of(event)
        if deed is not None:
            self._do(deed)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        if event.button() == Qt.MouseButton.BackButton:
            self.leave()

    def contextMenuEvent(self, event: QContextMenuEvent | None) -> None:
        assert event is not None
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        middle = self.mapToGlobal(self.rect().center())
        self.menu_wanted.emit(event.globalPos() if by_mouse else middle)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if self.canvas.picture is not None:
            self._want.setInterval(RESIZED_MS)
