"""One photo in the viewer: how large, which part, how sharp."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import draw_photo
from gui.helpers import until
from PIL import Image
from PyQt6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PyQt6.QtGui import QColor, QImage, QWheelEvent
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inphotos.gui.viewer import pictures as pictures_module
from inphotos.gui.viewer.canvas import Canvas
from inphotos.gui.viewer.pictures import Pictures, Wish
from inphotos.gui.viewer.place import Place
from inphotos.photos.thumbnail_maker import ThumbnailMaker
from inphotos.photos.thumbnails import ThumbnailCache
from inphotos.photos.view import View
from inphotos.photos.view_reader import ViewReader
from inphotos.search.ranking import Result

LEFT = Qt.MouseButton.LeftButton
SIZE = (1200, 900)


@pytest.fixture(scope="module")
def views() -> Iterator[ViewReader]:
    reader = ViewReader()
    yield reader
    reader.close()


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo of which every pixel tells its place: red is x / 5, green is y / 4."""
    path = tmp_path_factory.mktemp("photos") / "photo.png"
    image = Image.new("RGB", SIZE)
    image.putdata([(x // 5, y // 4, 90) for y in range(SIZE[1]) for x in range(SIZE[0])])
    image.save(path)
    return path


@pytest.fixture
def thumbnails(tmp_path: Path) -> Iterator[ThumbnailMaker]:
    maker = ThumbnailMaker(ThumbnailCache(tmp_path / "library"))
    yield maker
    maker.close()


@pytest.fixture
def pictures(
    qapp: QApplication, views: ViewReader, thumbnails: ThumbnailMaker
) -> Iterator[Pictures]:
    opened = Pictures()
    opened.set_source(views, thumbnails)
    yield opened
    opened.close()


@pytest.fixture
def canvas(qtbot: QtBot, pictures: Pictures) -> Canvas:
    """A canvas of 600 x 600 that reads what it needs."""
    widget = Canvas(pictures)
    qtbot.addWidget(widget)
    widget.wish_changed.connect(lambda: pictures.want([w] if (w := widget.wish()) else []))
    widget.resize(600, 600)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def result(path: Path, number: int = 1, content: str = "") -> Result:
    return Result(number, number, path, content, *SIZE, None, None)


def show(qtbot: QtBot, canvas: Canvas, path: Path) -> None:
    canvas.show_photo(result(path))
    until(qtbot, lambda: canvas.is_sharp)


def wheel(canvas: Canvas, place: QPointF, steps: int) -> None:
    event = QWheelEvent(
        place,
        canvas.mapToGlobal(place),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def drawn(canvas: Canvas) -> QImage:
    return canvas.grab().toImage()


def test_a_photo_is_shown_whole_and_read_no_larger_than_that(
    qtbot: QtBot, canvas: Canvas, photo: Path
) -> None:
    show(qtbot, canvas, photo)
    assert canvas.frame() == QRect(0, 75, 600, 450)
    assert canvas.picture is not None
    assert canvas.picture.image.size() == QSize(600, 450)
    colour = drawn(canvas).pixelColor(300, 300)
    assert (colour.red(), colour.green()) == pytest.approx((120, 112), abs=2)


def test_at_100_percent_a_pixel_of_the_photo_is_one_of_the_screen(
    qtbot: QtBot, canvas: Canvas, photo: Path
) -> None:
    show(qtbot, canvas, photo)
    canvas.zoom_to(1.0)
    until(qtbot, lambda: canvas.is_sharp)
    assert canvas.frame() == QRect(-300, -150, *SIZE)
    screen = drawn(canvas)
    for x, y in ((0, 0), (299, 301), (599, 599)):
        assert screen.pixelColor(x, y) == QColor((x + 300) // 5, (y + 150) // 4, 90)


def test_the_wheel_goes_closer_to_what_is_below_the_pointer(
    qtbot: QtBot, canvas: Canvas, photo: Path
) -> None:
    show(qtbot, canvas, photo)
    pointer = QPointF(420, 340)
    wheel(canvas, pointer, 6)
    before = canvas.point_at(pointer)
    assert canvas.can_pan()
    for steps in (2, 1, -1):
        wheel(canvas, pointer, steps)
        after = canvas.point_at(pointer)
        assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()), abs=0.002)
    wheel(canvas, pointer, -30)
    assert canvas.is_fit
    wheel(canvas, pointer, 90)
    wheel(canvas, pointer, 90)  # from 100 %, where it stops on the way
    assert canvas.zoom == 8


def test_steps_stop_at_100_percent(qtbot: QtBot, canvas: Canvas, photo: Path) -> None:
    show(qtbot, canvas, photo)
    zooms = []
    for _ in range(5):
        canvas.zoom_by(1)
        zooms.append(round(canvas.zoom, 3))
    assert zooms == [0.625, 0.781, 0.977, 1.0, 1.25]


def test_dragging_moves_the_photo_up_to_its_edges(
    qtbot: QtBot, canvas: Canvas, photo: Path
) -> None:
    show(qtbot, canvas, photo)
    canvas.zoom_to(1.0)
    qtbot.mousePress(canvas, LEFT, pos=QPoint(300, 300))
    qtbot.mouseMove(canvas, QPoint(350, 280))
    assert canvas.frame().topLeft() == QPoint(-250, -170)
    qtbot.mouseMove(canvas, QPoint(990, 990))
    assert canvas.frame().topLeft() == QPoint(0, 0)
    qtbot.mouseRelease(canvas, LEFT, pos=QPoint(990, 990))
    qtbot.mouseMove(canvas, QPoint(10, 10))
    assert canvas.frame().topLeft() == QPoint(0, 0)


def test_a_double_click_goes_to_100_percent_there_and_back(
    qtbot: QtBot, canvas: Canvas, photo: Path
) -> None:
    show(qtbot, canvas, photo)
    place = QPoint(400, 400)
    before = canvas.point_at(QPointF(place))
    qtbot.mouseDClick(canvas, LEFT, pos=place)
    after = canvas.point_at(QPointF(place))
    assert canvas.zoom == 1.0
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()), abs=0.002)
    qtbot.mouseDClick(canvas, LEFT, pos=place)
    assert canvas.is_fit


def test_a_turned_photo_is_drawn_turned(qtbot: QtBot, canvas: Canvas, photo: Path) -> None:
    show(qtbot, canvas, photo)
    assert canvas.turn(1) == 1
    until(qtbot, lambda: canvas.is_sharp)
    assert canvas.frame() == QRect(75, 0, 450, 600)
    # What was at the lower left is at the upper left now.
    colour = drawn(canvas).pixelColor(85, 10)
    assert (colour.red(), colour.green()) == pytest.approx((4, 219), abs=4)
    canvas.turn(2)
    colour = drawn(canvas).pixelColor(85, 10)
    assert (colour.red(), colour.green()) == pytest.approx((235, 5), abs=4)


def test_the_thumbnail_stands_in_and_nothing_moves(
    qtbot: QtBot, canvas: Canvas, pictures: Pictures, thumbnails: ThumbnailMaker, photo: Path
) -> None:
    digest = thumbnails.get(photo, "", 512)
    assert digest is not None
    content = digest.parent.name + digest.stem
    frames, kinds = set(), []

    def note() -> None:
        if canvas.picture is not None:
            frames.add((canvas.frame().topLeft().y(), canvas.frame().height()))
            kinds.append(canvas.picture.is_thumbnail)

    pictures.loaded.connect(note)
    canvas.show_photo(result(photo, content=content))
    until(qtbot, lambda: canvas.is_sharp)
    assert kinds == [True, False]
    assert frames == {(75, 450)}


def test_a_photo_of_unknown_size_takes_its_shape_from_its_thumbnail(
    qtbot: QtBot, canvas: Canvas, thumbnails: ThumbnailMaker, photo: Path
) -> None:
    kept = thumbnails.get(photo, "", 512)
    assert kept is not None
    gone = photo.with_name("gone.png")
    unknown = Result(1, 1, gone, kept.parent.name + kept.stem, 0, 0, None, None, "missing")
    canvas.show_photo(unknown)
    until(qtbot, lambda: canvas.picture is not None and canvas.note)
    assert canvas.frame() == QRect(0, 75, 600, 450)
    assert canvas.note.startswith("gone.png has vanished from")


class Gate:
    """Reads photos when it is told to, and remembers which."""

    def __init__(self, views: ViewReader) -> None:
        self._views = views
        self.open = threading.Event()
        self.read_names: list[str] = []

    def read(self, path: Path, edge: int) -> View:
        self.read_names.append(path.name)
        self.open.wait(60)
        return self._views.read(path, edge)


def test_what_is_not_wanted_any_more_is_not_read(
    qtbot: QtBot, pictures: Pictures, views: ViewReader, thumbnails: ThumbnailMaker, tmp_path: Path
) -> None:
    gate = Gate(views)
    pictures.set_source(gate, thumbnails)
    photos = [result(draw_photo(tmp_path / f"{n}.jpg", size=(90, 60)), n) for n in range(1, 7)]
    pictures.want([Wish.of(photo, 60) for photo in photos[:5]])
    until(qtbot, lambda: len(gate.read_names) == pictures_module.SCREEN_READERS)
    pictures.want([Wish.of(photos[5], 60), Wish.of(photos[4], 60)])
    gate.open.set()
    until(qtbot, lambda: pictures.best(photos[4], 60))
    assert sorted(gate.read_names) == ["1.jpg", "2.jpg", "5.jpg", "6.jpg"]
    assert pictures.best(photos[5], 60)
    assert pictures.best(photos[2], 60) is None


def test_pictures_are_kept_up_to_a_number_of_bytes(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, pictures: Pictures, tmp_path: Path
) -> None:
    monkeypatch.setattr(pictures_module, "CACHE_BYTES", 3 * 90 * 60 * 4)
    photos = [result(draw_photo(tmp_path / f"{n}.jpg", size=(90, 60)), n) for n in range(1, 6)]
    for photo in photos:
        pictures.want([Wish.of(photo, 90), Wish.of(photos[0], 90)])
        until(qtbot, lambda photo=photo: pictures.best(photo, 90))
    kept = [photo.photo_id for photo in photos if pictures.best(photo, 90)]
    assert kept == [1, 4, 5]


def test_a_photo_that_was_away_is_tried_again(
    qtbot: QtBot, pictures: Pictures, tmp_path: Path
) -> None:
    photo = result(tmp_path / "late.jpg")
    pictures.want([Wish.of(photo, 60)])
    until(qtbot, lambda: pictures.trouble(photo))
    draw_photo(photo.path, size=(90, 60))
    pictures.try_again(photo)
    pictures.want([Wish.of(photo, 60)])
    until(qtbot, lambda: pictures.best(photo, 60))
    assert pictures.trouble(photo) is None


@pytest.mark.parametrize(
    ("full", "ratio", "drawn_size"),
    [
        ((6000, 4000), 1.0, (900, 600)),
        ((6000, 4000), 1.5, (900, 600)),
        ((3001, 4001), 2.0, (675, 900)),
        ((300, 200), 1.0, (300, 200)),  # small ones are not enlarged …
        ((300, 200), 1.5, (450, 300)),  # … beyond what they are on any screen
        ((20_000, 10), 1.0, (900, 1)),
    ],
)
def test_a_photo_fits_into_whole_pixels(
    full: tuple[int, int], ratio: float, drawn_size: tuple[int, int]
) -> None:
    place = Place()
    place.set_frame(QSize(*full), QSize(900, 900), ratio)
    assert place.drawn == QSize(*drawn_size)
    assert place.frame().size() == QSize(*drawn_size)
    assert not place.is_larger_than_room
    place.zoom_to(1.0)
    assert place.drawn == QSize(*full)
