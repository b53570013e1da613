"""What went wrong, and how the window says so."""

from __future__ import annotations

from inphotos.events import Progress
from inphotos.gui.workers.reporting import as_error
from inphotos.library import Library
from screenshots.photos import some_of
from screenshots.states import shows
from screenshots.studio import Studio


@shows("library-error")
def library_error(studio: Studio) -> None:
    """A library that another program has open."""
    with (
        studio.window(open_library=False) as window,
        Library.open(studio.library, model=studio.plan.model),
    ):
        window.open_library()
        studio.wait(window.error_page.isVisible)
        studio.save(window, "library-error")


@shows("library-indexed-elsewhere")
def library_indexed_elsewhere(studio: Studio) -> None:
    """A library that another InPhotos is indexing."""
    with (
        studio.window(open_library=False) as window,
        Library.open(studio.library, model=studio.plan.model, work="index"),
    ):
        window.open_library()
        studio.wait(window.error_page.isVisible)
        studio.save(window, "library-indexed-elsewhere")


@shows("failed-photos", "failures")
def failures(studio: Studio) -> None:
    """Photos that cannot be read."""
    broken = studio.place / "more"
    broken.mkdir()
    (broken / "IMG_2041.jpg").write_bytes(b"")
    (broken / "IMG_2077.jpg").write_bytes(b"\xff\xd8 cut off")
    for picture in some_of(studio.plan.pictures, 4):
        (broken / picture.name).write_bytes(picture.read_bytes())
    with studio.window(indexed=[broken]) as window:
        studio.wait_for_answer(window)
        studio.save(window, "failed-photos")
        window.dialogs.show_failures()
        studio.save(window.dialogs.failures, "failures")
        window.dialogs.failures.close()


@shows("crash-notice", "crash-report")
def crash(studio: Studio) -> None:
    """An error that nobody foresaw."""
    with studio.window(indexed=[studio.plan.pictures]) as window:
        studio.wait_for_answer(window)
        window.tell(as_error(ValueError("no such thing")))
        studio.wait(window.notice.button.isVisible)
        studio.save(window, "crash-notice")
        window.notice.button.click()
        report = studio.dialog()
        studio.save(report, "crash-report")
        report.close()


@shows("library-damaged", "library-repairing")
def library_damaged(studio: Studio) -> None:
    """A library that cannot be read, and its repair."""
    with studio.window(open_library=False) as window:
        with Library.open(studio.library, model=studio.plan.model):
            pass
        (studio.library / "store" / "data.mdb").write_bytes(b"no store")
        window.open_library()
        page = window.repairing.page
        studio.wait(page.isVisible)
        studio.save(window, "library-damaged")
        page.show_work()
        page.show_progress(Progress("repairing", 61_000, 100_000))
        studio.save(window, "library-repairing")
