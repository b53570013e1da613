"""What went wrong, and how the window says so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from inphotos.events import Progress
from inphotos.gui.workers.reporting import as_error
from inphotos.library import Library
from inphotos.store import trouble
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


@shows("disk-full", "library-away", "permission-lost", "thumbnails-not-kept")
def faults(studio: Studio) -> None:
    """What is said where the machine fails while the window works."""
    place = Path("/run/media/anna/Pictures 2009-2026/InPhotos library")
    with studio.window(indexed=[studio.plan.pictures]) as window:
        studio.wait_for_answer(window)
        for picture, error in (
            ("disk-full", trouble.disk_full(place)),
            ("library-away", trouble.away(place)),
            (
                "permission-lost",
                trouble.unreadable(place, PermissionError(13, "Permission denied")),
            ),
        ):
            window.tell(error)
            studio.save(window, picture)
        window.notice.dismiss()
        ended = []
        window.session.indexed.connect(lambda *run: ended.append(run))
        window.session.index()
        studio.wait(lambda: ended)
        job, summary = ended[0]
        summary = replace(summary, unkept=12, unkept_reason="No space left on device")
        window.session.indexed.emit(job, summary)
        studio.save(window, "thumbnails-not-kept")


@shows("library-newer", "library-unusable")
def unusable(studio: Studio) -> None:
    """Libraries that cannot be opened and are no matter for a repair."""
    long = Path("/run/media/anna") / ("Pictures_2009-2026_" * 12) / "library"
    with studio.window(open_library=False) as window:
        window.pages.show_error(trouble.newer(Path("/home/anna/.local/share/inphotos")))
        studio.save(window, "library-newer")
        window.pages.show_error(trouble.unreadable(long, OSError(5, "Input/output error")))
        studio.save(window, "library-unusable")


@shows("library-damaged", "library-repairing", "repair-stopping", "repair-failed", "repaired")
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
        page.show_stopping()
        studio.save(window, "repair-stopping")
        page.offer(trouble.disk_full(studio.library))
        studio.save(window, "repair-failed")
        page.buttons[0].click()
        studio.wait(lambda: "repaired" in window.notice.text)
        studio.wait(window.start_page.isVisible)
        studio.save(window, "repaired")
