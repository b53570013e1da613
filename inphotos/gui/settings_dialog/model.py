"""Which model understands the pictures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from inphotos.encoders import registry
from inphotos.encoders.specs import ModelSpec, find
from inphotos.events import Progress
from inphotos.gui import wording
from inphotos.gui.downloads import Downloads
from inphotos.gui.model_choice import ModelChoice
from inphotos.gui.model_wording import about, licence
from inphotos.gui.settings_dialog.page import SettingsPage, hint

if TYPE_CHECKING:
    from inphotos.encoders.base import Model


class ModelPage(SettingsPage):
    """The models on this machine and those that can be fetched, with what each is good for.

    Attributes:
        buttons: what uses or fetches a model, by its name; none for the one in use.
        folder_button: takes in a model from a folder.
    """

    def __init__(self, models: ModelChoice, downloads: Downloads) -> None:
        super().__init__(self.tr("Model"), "model")
        self._models = models
        self.buttons: dict[str, QPushButton] = {}
        self._facts_label: dict[str, QLabel] = {}
        self.box.addWidget(
            hint(
                self.tr(
                    "The model is what understands words and pictures. It works on this computer, "
                    "without a connection. Another model looks at every photo anew, which takes "
                    "time; until that is done, searching goes on with the former one, and what was "
                    "indexed with that is kept."
                )
            )
        )
        self.box.addSpacing(10)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.box.addLayout(self._rows)
        self.box.addSpacing(14)
        self.folder_button = QPushButton(self.tr("Choose…"))
        self.folder_button.setAccessibleName(self.tr("Add a model from a folder"))
        self.folder_button.clicked.connect(models.add_from_folder)
        self.add_row(
            self.tr("A model of your own"),
            self.tr(
                "A folder with a CLIP, SigLIP or MobileNetV2 model in the transformers format."
            ),
            self.folder_button,
        )
        self.add_end()
        models.changed.connect(self.refresh)
        downloads.progressed.connect(self._on_progressed)

    def refresh(self) -> None:
        """Show which models there are and which is in use."""
        had_focus = [name for name, button in self.buttons.items() if button.hasFocus()]
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons.clear()
        self._facts_label.clear()
        installed = self._models.installed
        for model in installed:
            self._add(model.name, about(model.name, model.about), self._facts(model), here=True)
        for spec in self._to_fetch(installed):
            self._add(spec.name, about(spec.name, spec.about), self._facts_of(spec), here=False)
        for name in had_focus:
            if name in self.buttons:
                self.buttons[name].setFocus()

    def _on_progressed(self, progress: Progress) -> None:
        label = self._facts_label.get(self._models.downloading)
        if label is not None:
            label.setText(wording.progress(progress))

    def _to_fetch(self, installed: Sequence[Model]) -> list[ModelSpec]:
        names = {model.name for model in installed}
        return [spec for spec in registry.known() if spec.name not in names]

    def _add(self, name: str, good_for: str, facts: str, *, here: bool) -> None:
        card = QFrame()
        card.setObjectName("panel")
        words = QVBoxLayout()
        words.setSpacing(2)
        title = QLabel(name)
        title.setProperty("kind", "title")
        self._facts_label[name] = hint(facts)
        for label in (title, hint(good_for), self._facts_label[name]):
            label.setWordWrap(True)
            words.addWidget(label)
        layout = QHBoxLayout(card)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(14)
        layout.addLayout(words, 1)
        layout.addWidget(self._control(name, here=here), 0, Qt.AlignmentFlag.AlignVCenter)
        self._rows.addWidget(card)

    def _control(self, name: str, *, here: bool) -> QWidget:
        if here and name == self._models.in_use:
            label = QLabel(self.tr("In use"))
            label.setProperty("kind", "muted")
            return label
        spec = find(name)
        if here and name == self._models.following:
            button = QPushButton(self.tr("Cancel"))
            button.setAccessibleName(self.tr("Do not go over to {name}").format(name=name))
            button.clicked.connect(partial(self._models.use, self._models.in_use))
        elif here:
            button = QPushButton(self.tr("Use"))
            button.setAccessibleName(self.tr("Use the model {name}").format(name=name))
            button.clicked.connect(partial(self._models.use, name))
        elif self._models.downloading == name:
            button = QPushButton(self.tr("Stop"))
            button.setAccessibleName(self.tr("Stop fetching {name}").format(name=name))
            button.clicked.connect(self._models.stop_download)
        else:
            button = QPushButton(self.tr("Download"))
            button.setAccessibleName(self.tr("Download the model {name}").format(name=name))
            button.setEnabled(not self._models.downloading)
            if spec is not None:
                button.clicked.connect(partial(self._models.download, spec))
        button.setAutoDefault(False)
        self.buttons[name] = button
        return button

    def _facts(self, model: Model) -> str:
        spec = find(model.name)
        said = licence(spec.licence if spec is not None else "")
        parts = [self.tr("On this computer"), said]
        if model.name == self._models.following:
            parts.append(self.tr("is being prepared"))
        return " · ".join(filter(None, parts))

    def _facts_of(self, spec: ModelSpec) -> str:
        said = licence(spec.licence)
        where = (
            self.tr("{size}, fetched once from huggingface.co").format(
                size=wording.size(spec.bytes)
            )
            if spec.bytes
            else self.tr("Fetched once from huggingface.co")
        )
        return " · ".join([where, *([said] if said else [])])
