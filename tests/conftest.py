"""What all tests share: a world of their own, small models, and photos."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import no_network
import pytest
import warm_decoders
from filelock import FileLock
from PIL import Image, ImageDraw

from inphotos.photos import decoder_process

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
no_network.install()

if TYPE_CHECKING:
    from inphotos.photos.worker import Answer, Request

MakePhoto = Callable[..., Path]


#: What takes longest comes first, so that no process is left alone with it in the end.
_LONG = ("end2end", "encoders", "gui", "bench", "cli", "library", "indexing", "photos")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def rank(item: pytest.Item) -> int:
        folder = item.path.parent.name
        return _LONG.index(folder) if folder in _LONG else len(_LONG)

    items.sort(key=rank)


@pytest.fixture(autouse=True)
def _own_world(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the user's own library, models or settings, or uses the network's proxy."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("INPHOTOS_MODELS", str(home / "models"))
    monkeypatch.delenv("INPHOTOS_LIBRARY", raising=False)
    monkeypatch.delenv("INPHOTOS_RUNTIME", raising=False)


@pytest.fixture(autouse=True)
def _no_network(_own_world: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A test fails that, or a program of which, wants to reach another machine."""
    attempts = tmp_path_factory.mktemp("network") / "attempts"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(no_network.ATTEMPTS, str(attempts))
        yield
    assert not attempts.exists(), attempts.read_text()


@pytest.fixture(scope="session", autouse=True)
def _quick_decoders() -> Iterator[None]:
    """Decoder processes start in a moment; tests/photos starts them as the product does."""
    if not warm_decoders.IS_POSSIBLE:
        yield
        return
    decoders = warm_decoders.WarmDecoders()
    started = SimpleNamespace(
        Popen=decoders.start, PIPE=subprocess.PIPE, DEVNULL=subprocess.DEVNULL
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decoder_process, "subprocess", started)
        yield
    decoders.close()


@pytest.fixture(scope="session")
def tiny_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of a small CLIP with random weights."""
    from tiny_models import make_tiny_clip

    return made_once(tmp_path_factory, "tiny-clip", make_tiny_clip)


@pytest.fixture(scope="session")
def tiny_mobilenet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of a small MobileNetV2 with random weights."""
    from tiny_models import make_tiny_mobilenet

    return made_once(tmp_path_factory, "tiny-mobilenet", make_tiny_mobilenet)


def made_once(
    tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]
) -> Path:
    """Return a directory that the first of the test processes fills, for all of them.

    Args:
        name: of the directory.
        make: fills it; what it writes is not to depend on which process calls it.
    """
    own = tmp_path_factory.getbasetemp()
    # Those of pytest-xdist have directories side by side.
    place = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    finished = place.with_suffix(".finished")
    with FileLock(place.with_suffix(".lock")):
        if not finished.exists():
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            make(place)
            finished.touch()
    return place


@pytest.fixture
def make_photo() -> MakePhoto:
    """Write a photo that differs from all others; ``make_photo(path, size=…, seed=…, **save)``."""
    return draw_photo


def draw_photo(
    path: Path, *, size: tuple[int, int] = (96, 64), seed: int | None = None, **save: object
) -> Path:
    chance = random.Random(os.fsencode(path) if seed is None else seed)
    image = Image.new("RGB", size, tuple(chance.randrange(256) for _ in range(3)))
    drawing = ImageDraw.Draw(image)
    for _ in range(6):
        box = sorted(chance.randrange(size[0]) for _ in range(2))
        rows = sorted(chance.randrange(size[1]) for _ in range(2))
        colour = tuple(chance.randrange(256) for _ in range(3))
        drawing.rectangle((box[0], rows[0], box[1], rows[1]), fill=colour)
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, **save)
    return path


@pytest.fixture
def hanging_photo(photos: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A photo on which every decoder process stops for ever, as on a disk that does not answer."""
    from inphotos.photos.decoder_process import DecoderProcess

    decode = DecoderProcess.decode

    def stop_and_decode(process: DecoderProcess, request: Request, *seconds: float) -> Answer:
        if request.path == photo:
            process._wait_until_ready()
            with contextlib.suppress(ProcessLookupError):  # ended already
                os.kill(process._process.pid, signal.SIGSTOP)
        return decode(process, request, *seconds)

    photo = photos / "a.jpg"
    monkeypatch.setattr(DecoderProcess, "decode", stop_and_decode)
    return photo


@pytest.fixture
def photos(tmp_path: Path, make_photo: MakePhoto) -> Path:
    """A folder with five photos, two of them in a folder inside it."""
    folder = tmp_path / "photos"
    for name in ("a.jpg", "b.png", "c.webp", "trip/d.jpg", "trip/e.jpg"):
        make_photo(folder / name)
    return folder


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real photos and weights that lies beside a developer's checkout."""
    chosen = os.environ.get("INPHOTOS_TEST_DATA")
    folder = Path(chosen) if chosen else Path(__file__).parents[2] / "shared"
    if not (folder / "models").is_dir():
        pytest.skip(f"the test data {folder} is not here (set INPHOTOS_TEST_DATA)")
    return folder


@pytest.fixture(scope="session")
def real_mobilenet(shared_data: Path) -> Path:
    """The directory of MobileNetV2 with weights trained on ImageNet."""
    return shared_data / "models" / "mobilenet_v2_1.0_224"


@pytest.fixture(scope="session")
def coco_library(
    shared_data: Path, real_mobilenet: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The directory of a library of 239 real photos, seen by MobileNetV2; to be copied."""
    from inphotos.library import Library, runtimes

    def index(place: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(runtimes, "LEAST_PHOTOS", 1_000)  # nothing is measured meanwhile
            with Library.open(place / "library", model=str(real_mobilenet)) as library:
                library.add_folder(shared_data / "photos" / "coco")
                list(library.index())

    return made_once(tmp_path_factory, "coco", index) / "library"


@pytest.fixture(scope="session")
def reference_clip(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A CLIP ViT-B/32 of full size with random weights."""
    from make_reference_model import make

    tokenizer = shared_data / "models" / "clip_tokenizer"
    return made_once(tmp_path_factory, "reference-clip", lambda place: make(place, tokenizer))


@contextlib.contextmanager
def as_ordinary_user(folder: Path) -> Iterator[None]:
    """Run a block as a user who owns ``folder``, also when root started the tests.

    Root may read and write everything, whatever a test forbids.
    """
    if os.geteuid() != 0:
        yield
        return
    nobody = 65534
    for path in (folder, *folder.rglob("*")):
        os.chown(path, nobody, nobody)
    os.seteuid(nobody)  # of the whole process
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """An empty folder that every user can reach (``tmp_path`` is closed to others)."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture
def ordinary_user(open_folder: Path) -> Iterator[Path]:
    """The folder of an ordinary user, as whom the test runs."""
    with as_ordinary_user(open_folder):
        yield open_folder


@dataclass(frozen=True)
class MeasuredRun:
    """A run of the indexer during which it was measured what runs the small CLIP.

    Attributes:
        models, library: the directories as it left them.
        photos: how many were indexed.
        at: how many of them had been when there was a verdict.
    """

    models: Path
    library: Path
    photos: int
    at: int


@pytest.fixture(scope="session")
def measured_run(tmp_path_factory: pytest.TempPathFactory, tiny_clip: Path) -> MeasuredRun:
    """Measuring takes half a minute, so it is done once for all tests."""
    home = made_once(tmp_path_factory, "measured", lambda home: _measure(home, tiny_clip))
    return MeasuredRun(home / "models", home / "library", 130, int((home / "at").read_text()))


def _measure(home: Path, tiny_clip: Path) -> None:
    from inphotos.library import Library, runtimes

    for number in range(130):
        draw_photo(home / "photos" / f"{number:03}.jpg", seed=number)
    at = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INPHOTOS_MODELS", str(home / "models"))
        patch.delenv("INPHOTOS_RUNTIME", raising=False)
        patch.setattr(runtimes, "LEAST_PHOTOS", 100)
        patch.setattr(runtimes, "LEAST_SECONDS", 0.0)
        with Library.open(home / "library", model=str(tiny_clip)) as library:
            library.add_folder(home / "photos")
            for _ in library.index():
                own = library.runtimes
                assert own is not None
                if own.state().measuring:
                    at = library.status().indexed
                    own.wait()
    (home / "at").write_text(f"{at}")


@pytest.fixture
def measured(measured_run: MeasuredRun) -> Path:
    """The models directory of this test, with what measuring the small CLIP leaves."""
    directory = Path(os.environ["INPHOTOS_MODELS"])
    shutil.copytree(measured_run.models, directory)
    return directory


@pytest.fixture
def library(tmp_path: Path, tiny_clip: Path) -> Iterator[object]:
    """An empty library that uses the small CLIP."""
    from inphotos.library import Library

    with Library.open(tmp_path / "library", model=str(tiny_clip)) as opened:
        yield opened
