"""The first minutes: no folder, no model, and the first run of the indexer."""

from __future__ import annotations

import shutil
from pathlib import Path

from inphotos.encoders.registry import known
from inphotos.errors import DownloadError
from inphotos.events import Progress
from screenshots.photos import some_of
from screenshots.states import shows
from screenshots.studio import Studio


@shows("start-bare", "start")
def start(studio: Studio) -> None:
    """A new library, without and with a Pictures folder to offer."""
    with studio.window() as window:
        studio.wait(window.start_page.isVisible)
        studio.save(window, "start-bare")
    pictures = Path.home() / "Pictures"
    shutil.copytree(studio.plan.pictures, pictures)
    with studio.window() as window:
        studio.wait(window.start_page.pictures_button.isVisible)
        studio.save(window, "start")
    shutil.rmtree(pictures)


@shows(
    "no-model",
    "download",
    "download-failed",
    "download-stopped",
    "no-search",
    "trial",
    "first-queries",
)
def no_model(studio: Studio) -> None:
    """Photos, but nothing yet to search them with; then the built-in model."""
    spec = known()[0]
    with studio.window(folders=[studio.plan.pictures], model=spec.name) as window:
        card = window.models.card
        studio.wait(lambda: card.isVisible() and card.download_button.isVisible())
        studio.wait(lambda: window.grid.model().rowCount() > 0)
        studio.wait_for_answer(window)
        studio.save(window, "no-model")
        # There is no hub here: how far it is and what went wrong are made up for the picture.
        card.show_download(spec)
        card.show_progress(Progress("downloading", 231_000_000, 608_782_299, 5.2e6, 73))
        studio.save(window, "download")
        trouble = (
            "huggingface.co cannot be reached: check the connection to the internet, "
            "or add the model from a folder."
        )
        card.show_failure(spec, DownloadError(trouble))
        studio.save(window, "download-failed")
        card.show_stopped(spec)
        studio.save(window, "download-stopped")
        card.close_button.click()
        studio.save(window, "no-search")
        window.models.show_card()
        card.built_in_button.click()
        studio.wait(lambda: window.session.snapshot.model is not None)
        studio.wait(lambda: window.session.runs.state == "idle")
        studio.wait_for_answer(window)
        studio.save(window, "trial")
        card.close_button.click()
        studio.save(window, "first-queries")


@shows("empty", "start-with-photo")
def empty(studio: Studio) -> None:
    """A folder without photos, and a photo to search with before there is a folder."""
    nothing = studio.place / "Nothing"
    nothing.mkdir()
    with studio.window(folders=[nothing], model=studio.plan.model) as window:
        studio.wait(window.photos_page.empty.isVisible)
        studio.wait(lambda: window.session.runs.state == "idle")
        studio.save(window, "empty")
    photo = some_of(studio.plan.pictures, 1)[0]
    with studio.window(photos=[photo], model=studio.plan.model) as window:
        studio.wait(lambda: window.notice.text)
        studio.save(window, "start-with-photo")


@shows("paused", "indexing")
def indexing(studio: Studio) -> None:
    """A run of the indexer."""
    plan = studio.plan
    with studio.window(folders=[plan.pictures], model=plan.model) as window:
        told: list[Progress] = []
        window.session.runs.progressed.connect(told.append)
        window.session.runs.photos_indexed.connect(window.search.refresh)

        def is_under_way() -> bool:
            # The speed is that of the last minute, so the first batches say little about it.
            enough = min(96, told[-1].total or 96) if told else 0
            return bool(told) and told[-1].phase == "indexing" and told[-1].done >= enough

        studio.wait(is_under_way)
        window.session.runs.pause()
        window.search.refresh()
        studio.wait_for_thumbnails(window)
        # The run may be over before it is paused; the words are those that it said last.
        for picture, state in (("paused", "paused"), ("indexing", "running")):
            window.footer.set_indexing(state)
            window.footer.show_progress(told[-1])
            studio.save(window, picture)
