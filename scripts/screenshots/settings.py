"""The settings, the cheat sheet, and what the program tells of itself."""

from __future__ import annotations

import shutil

from inphotos.encoders import registry
from inphotos.events import Progress
from inphotos.settings import models_directory
from screenshots.states import shows
from screenshots.studio import Studio

#: The pages of the dialog; the one about folders is shown where folders change.
PAGES = ("model", "speed", "thumbnails", "viewing", "appearance", "privacy", "keyboard")


@shows(*(f"settings-{page}" for page in PAGES), "cheat-sheet", "about", "about-licences")
def settings(studio: Studio) -> None:
    """The pages of the settings, the keys, and what InPhotos is made of."""
    with studio.window(indexed=[studio.plan.pictures]) as window:
        for page in PAGES:
            window.settings.show(page)
            studio.save(window.settings.dialog, f"settings-{page}")
        window.settings.dialog.close()
        window.keyboard.show_sheet(lambda: None)
        studio.save(window.keyboard.sheet, "cheat-sheet")
        window.keyboard.sheet.close()
        window.dialogs.show_about()
        about = studio.dialog()
        studio.save(about, "about")
        about.tabs.setCurrentIndex(1)
        studio.save(about, "about-licences")
        about.close()


@shows("next-model", "next-model-settings", "next-model-ready")
def next_model(studio: Studio) -> None:
    """Going over to another model, which is made ready while the former one answers."""
    with studio.window(indexed=[studio.plan.pictures]) as window:
        told: list[Progress] = []

        def pause(progress: Progress) -> None:
            if progress.phase == "preparing" and not told:
                told.append(progress)
                window.session.runs.pause()

        window.session.runs.progressed.connect(pause)
        window.models.use(_other_model(studio))
        studio.wait(lambda: told and window.models.following)
        window.search_for(studio.plan.query)
        studio.wait_for_answer(window, studio.plan.query)
        window.footer.set_indexing("running")
        window.footer.show_progress(told[0])
        studio.save(window, "next-model")
        window.settings.show("model")
        studio.save(window.settings.dialog, "next-model-settings")
        window.settings.dialog.close()
        window.session.runs.resume()
        studio.wait(lambda: not window.models.following and window.session.runs.state == "idle")
        studio.wait_for_answer(window, studio.plan.query)
        studio.save(window, "next-model-ready")


def _other_model(studio: Studio) -> str:
    """Add a model that differs from the bundled one in a single weight."""
    changed = studio.place / "my-model"
    shutil.copytree(registry.resolve("demo", models_directory()).directory, changed)
    weights = bytearray((changed / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (changed / "model.safetensors").write_bytes(weights)
    return registry.add(changed, models_directory()).name
