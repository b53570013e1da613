"""Which model is used: the Model menu, the card for a model that is not here, downloads."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QActionGroup
from PyQt6.QtWidgets import QFileDialog, QMenu, QWidget

from inphotos.encoders import specs
from inphotos.encoders.specs import COMPACT, ModelSpec
from inphotos.errors import InPhotosError, ModelNotInstalledError
from inphotos.events import Progress
from inphotos.gui import wording
from inphotos.gui.model_wording import about
from inphotos.gui.notice import NoticeBar
from inphotos.gui.pages.model import ModelCard
from inphotos.gui.sentences import said
from inphotos.gui.session import Session
from inphotos.gui.tasks import Tasks
from inphotos.gui.tool_tips import as_lines
from inphotos.gui.workers.search import Snapshot
from inphotos.settings import DEFAULT_MODEL, models_directory

if TYPE_CHECKING:
    from inphotos.encoders.base import Model


class ModelChoice(QObject):
    """Lets the user get a model and switch between those on this machine.

    Attributes:
        card: shown above the photos while the chosen model is not on this machine.
        menu: the Model menu.
        installed: the models on this machine, as they were found last.
        in_use: name of the model that the library uses.
        following: name of the one that takes its place when all photos are encoded for it, or "".
        wanted: name of the model in whose place the built-in one is used; empty for the default.
        put_off: the user does not want to choose a model now.

    Signals:
        chosen(): another model is going to be used.
        changed(): ``installed``, ``in_use`` or ``downloading`` are others.
        card_toggled(bool): the card is shown from now on, or is not.
    """

    chosen = pyqtSignal()
    changed = pyqtSignal()
    card_toggled = pyqtSignal(bool)

    def __init__(self, session: Session, tasks: Tasks, notice: NoticeBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._notice = notice
        self._window = parent
        self.in_use = self.following = ""
        self.installed: tuple[Model, ...] = ()
        self._usable = False
        self._downloading: ModelSpec | None = None
        self._has_folders = False
        self.wanted = ""
        self.put_off = False
        self.card = ModelCard()
        self.card.download_wanted.connect(self.download)
        self.card.stop_wanted.connect(session.downloads.stop)
        self.card.built_in_wanted.connect(self._on_built_in_wanted)
        self.card.folder_wanted.connect(self.add_from_folder)
        self.card.put_off.connect(partial(self.show_card, False))
        self.menu = QMenu(self.tr("&Model"), parent)
        self._fill_menu([])
        session.snapshot_read.connect(self._on_snapshot_read)
        session.model_prepared.connect(self._on_prepared)
        session.downloads.progressed.connect(self._on_download_progressed)
        session.downloads.finished.connect(self._on_download_finished)
        session.downloads.stopped.connect(self._on_download_stopped)
        session.downloads.failed.connect(self._on_download_failed)

    @property
    def downloading(self) -> str:
        """Name of the model that is being fetched, "" for none."""
        return self._downloading.name if self._downloading is not None else ""

    def show_card(self, shown: bool = True) -> None:
        """Let the user choose a model, where there is none, or put that off."""
        self.put_off = not shown
        self._update_card()
        if shown:
            self.card.download_button.setFocus()

    def use(self, name: str) -> None:
        """Use a model that is on this machine, once all photos are encoded for it."""
        self._session.use_model(name)
        self.chosen.emit()

    def download(self, spec: ModelSpec) -> None:
        """Fetch a model."""
        if self._downloading is not None:
            return
        self._downloading = spec
        self._session.downloads.start(spec)
        self.card.show_download(spec)
        self.changed.emit()

    def stop_download(self) -> None:
        """Stop fetching; what is there is kept for the next time."""
        self._session.downloads.stop()

    def add_from_folder(self) -> None:
        """Let the user choose a folder with a model, copy it in and use it."""
        chosen = QFileDialog.getExistingDirectory(
            self._window, self.tr("Choose a folder with a model")
        )
        if chosen:
            self._tasks.run(
                partial(_add, Path(chosen)),
                lambda model: self.use(model.name),
            )

    def _fill_menu(self, installed: Sequence[Model]) -> None:
        self.installed = tuple(installed)
        self.menu.clear()
        group = QActionGroup(self.menu)
        for model in installed:
            is_next = model.name == self.following
            text = self.tr("{name} (being prepared)") if is_next else "{name}"
            action = self.menu.addAction(text.format(name=model.name))
            assert action is not None
            action.setCheckable(True)
            action.setChecked(model.name == self.in_use)
            action.setToolTip(as_lines(about(model.name, model.about)))
            action.triggered.connect(partial(self.use, model.name))
            group.addAction(action)
        self.menu.setToolTipsVisible(True)
        self.menu.addSeparator()
        self._add_downloads({model.name for model in installed})
        add = self.menu.addAction(self.tr("Add from Folder…"))
        assert add is not None
        add.triggered.connect(self.add_from_folder)
        self.changed.emit()

    def _add_downloads(self, installed: set[str]) -> None:
        submenu = self.menu.addMenu(self.tr("Download"))
        assert submenu is not None
        submenu.setToolTipsVisible(True)
        for spec in specs.KNOWN:
            if spec.name in installed:
                continue
            label = f"{spec.name} ({wording.size(spec.bytes)})" if spec.bytes else spec.name
            action = submenu.addAction(label)
            assert action is not None
            action.setToolTip(as_lines(about(spec.name, spec.about)))
            action.triggered.connect(partial(self.download, spec))
        submenu.setEnabled(not submenu.isEmpty())

    def _on_snapshot_read(self, snapshot: Snapshot) -> None:
        now = snapshot.model_name, snapshot.following, snapshot.model is not None
        known = (self.in_use, self.following, self._usable) == now
        if snapshot.following not in ("", self.following):
            self._tell_of_preparation(snapshot)
        self.in_use, self.following, self._usable = now
        if not known:
            self._tasks.run(_installed, self._on_installed)
        self._has_folders = bool(snapshot.folders)
        if self._usable and not self._on_trial:
            self.wanted = ""
        if not known:
            self._offer(snapshot)
        self._update_card()

    def _on_installed(self, installed: Sequence[Model]) -> None:
        self._fill_menu(installed)
        self._update_card()

    def _tell_of_preparation(self, snapshot: Snapshot) -> None:
        former = Path(snapshot.model_name).name
        self._notice.tell(
            self.tr(
                "All photos are being prepared for {name}. Until that is done, searching goes on "
                "with {former}."
            ).format(name=Path(snapshot.following).name, former=former),
            self.tr("Stay with {name}").format(name=former),
            partial(self.use, snapshot.model_name),
            sign="info",
        )

    def _on_prepared(self, name: str) -> None:
        self._notice.tell(
            self.tr("From now on you search with {name}.").format(name=Path(name).name), sign="info"
        )

    def _offer(self, snapshot: Snapshot) -> None:
        """Let the card offer the model that is wanted, unless it is on its way already."""
        self.card.set_on_trial(self._on_trial)
        if self._downloading is not None:
            return
        missing = self._on_trial or isinstance(snapshot.model_error, ModelNotInstalledError)
        spec = specs.find(self._lacked) if missing else None
        self.card.offer(spec, str(snapshot.model_error or ""), on_trial=self._on_trial)

    @property
    def _on_trial(self) -> bool:
        """Whether the built-in model is used, which a better one can take the place of."""
        return self._usable and self.in_use == COMPACT

    @property
    def _lacked(self) -> str:
        """Name of the model that is in use, or would be if it were here."""
        return (self.wanted or DEFAULT_MODEL) if self._on_trial else self.in_use

    @property
    def _is_lacking(self) -> bool:
        """Whether the model that the user wants is neither in use nor going to be."""
        if not self._on_trial:
            return not self._usable
        # What is here is not known before the first look at it.
        here = {model.name for model in self.installed}
        return bool(here) and self._lacked not in here and not self.following

    def _update_card(self) -> None:
        shown = self._is_lacking and self._has_folders and not self.put_off
        if shown != self.card.isVisibleTo(self.card.parentWidget()):
            self.card.setVisible(shown)
        self.card_toggled.emit(shown)

    def _on_built_in_wanted(self) -> None:
        spec = self._downloading or specs.find(self.in_use)
        self.wanted = spec.name if spec is not None else ""
        self.use(COMPACT)

    def _on_download_progressed(self, progress: Progress) -> None:
        self.card.show_progress(progress)
        if not self.card.isVisible() and self._downloading is not None:
            self._notice.tell(
                self.tr("Fetching {name}: {progress}").format(
                    name=self._downloading.name, progress=wording.progress(progress)
                ),
                self.tr("Stop"),
                self._session.downloads.stop,
                sign="download",
            )

    def _on_download_finished(self, spec: ModelSpec) -> None:
        self._downloading = None
        self.changed.emit()
        if self._is_lacking and (not self._usable or spec.name == self._lacked):
            self.use(spec.name)
            return
        # The photos have to be indexed again for another model: only when the user says so.
        self._notice.tell(
            self.tr("The model {name} is ready.").format(name=spec.name),
            self.tr("Use It Now"),
            partial(self.use, spec.name),
            sign="info",
        )
        self._tasks.run(_installed, self._on_installed)

    def _on_download_stopped(self, spec: ModelSpec) -> None:
        self._downloading = None
        self.changed.emit()
        self.card.show_stopped(spec)
        self._notice.dismiss()

    def _on_download_failed(self, spec: ModelSpec, error: InPhotosError) -> None:
        self._downloading = None
        self.changed.emit()
        self.card.show_failure(spec, error)
        if not self.card.isVisible():
            self._notice.tell(said(error), self.tr("Try Again"), partial(self.download, spec))


def _installed() -> Sequence[Model]:
    from inphotos.encoders import registry  # loaded where it is used: off the GUI thread

    return registry.installed(models_directory())


def _add(directory: Path) -> Model:
    from inphotos.encoders import registry

    return registry.add(directory, models_directory())
