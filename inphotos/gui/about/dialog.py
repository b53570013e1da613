"""What this program is, in which versions, and under which licences."""

from __future__ import annotations

import platform
from functools import partial

from PyQt6.QtCore import PYQT_VERSION_STR, QSize, Qt, qVersion
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from inphotos import __version__
from inphotos.encoders import registry
from inphotos.gui.about.packages import Package, licence_text, packages, versions
from inphotos.gui.icons import application_icon
from inphotos.gui.tasks import Tasks

_PARTS = ("torch", "transformers", "objectbox", "pillow", "numpy")


class AboutDialog(QDialog):
    """Name, versions and licences; the versions are ready to be copied into a report.

    Attributes:
        tabs: versions, and licences.
        facts: the versions, a line for each.
        list: the packages, then the models, each with its licence.
        text: of the licence that is selected.
        copy_button: copies the versions.
    """

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.setWindowTitle(self.tr("About InPhotos"))
        self.resize(720, 560)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        bar = self.tabs.tabBar()
        assert bar is not None
        bar.setDrawBase(False)
        self.tabs.addTab(self._versions_page(), self.tr("Versions"))
        self.tabs.addTab(self._licences_page(), self.tr("Licences"))
        self.copy_button = QPushButton(self.tr("Copy"))
        self.copy_button.setToolTip(self.tr("Copy the versions, for a report of a mistake"))
        self.copy_button.clicked.connect(self._on_copy_clicked)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addWidget(self.copy_button)
        row.addStretch(1)
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 20, 22, 16)
        layout.setSpacing(14)
        layout.addLayout(self._header())
        layout.addWidget(self.tabs, 1)
        layout.addLayout(row)
        close.setDefault(True)
        close.setFocus()
        tasks.run(partial(versions, _PARTS), self._show_versions)
        tasks.run(packages, self._show_packages)

    def _header(self) -> QHBoxLayout:
        picture = QLabel()
        picture.setPixmap(application_icon().pixmap(QSize(64, 64), self.devicePixelRatioF()))
        name = QLabel(f"InPhotos {__version__}")
        name.setProperty("kind", "headline")
        about = QLabel(
            self.tr(
                "Finds your own photos by what you remember of them.\n"
                "On your own computer, with nothing uploaded."
            )
        )
        about.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(name)
        words.addWidget(about)
        header = QHBoxLayout()
        header.setSpacing(18)
        header.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        header.addLayout(words, 1)
        return header

    def _versions_page(self) -> QWidget:
        page = QWidget()
        self.facts = QLabel(_own_versions())
        flags = Qt.TextInteractionFlag
        self.facts.setTextInteractionFlags(
            flags.TextSelectableByMouse | flags.TextSelectableByKeyboard
        )
        self.facts.setAccessibleName(self.tr("Versions"))
        free = QLabel(
            self.tr(
                "InPhotos is free software under the GNU General Public License, version 3 or "
                "later (GPL-3.0-or-later). It comes without any warranty."
            )
        )
        free.setWordWrap(True)
        free.setProperty("kind", "muted")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(4, 16, 4, 4)
        layout.setSpacing(16)
        layout.addWidget(self.facts)
        layout.addStretch(1)
        layout.addWidget(free)
        return page

    def _licences_page(self) -> QWidget:
        self.list = QTreeWidget()
        self.list.setAccessibleName(self.tr("Packages and models"))
        self.list.setHeaderLabels([self.tr("Part"), self.tr("Licence")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        header = self.list.header()
        assert header is not None
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.list.currentItemChanged.connect(self._on_current_changed)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Text of the licence"))
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(10)
        splitter.addWidget(self.list)
        splitter.addWidget(self.text)
        splitter.setSizes([180, 160])
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.addWidget(splitter)
        return page

    def _show_versions(self, found: list[tuple[str, str]]) -> None:
        lines = [f"{name} {version}" for name, version in found]
        self.facts.setText("\n".join([_own_versions(), *lines]))

    def _show_packages(self, found: list[Package]) -> None:
        for package in found:
            said = package.licence or self.tr("see the text")
            item = QTreeWidgetItem([f"{package.name} {package.version}", said])
            item.setData(0, Qt.ItemDataRole.UserRole, package.name)
            self.list.addTopLevelItem(item)
        for spec in registry.known():
            said = spec.licence or self.tr("not stated by its publisher")
            title = self.tr("Model {name}").format(name=spec.name)
            self.list.addTopLevelItem(QTreeWidgetItem([title, f"{said} ({spec.repo})"]))
        self.list.setCurrentItem(self.list.topLevelItem(0))

    def _show_text(self, name: str, text: str) -> None:
        current = self.list.currentItem()
        if current is not None and current.data(0, Qt.ItemDataRole.UserRole) == name:
            self.text.setPlainText(text or self.tr("This package brings no text of its licence."))

    def _on_current_changed(self, current: QTreeWidgetItem | None) -> None:
        name = current.data(0, Qt.ItemDataRole.UserRole) if current is not None else None
        self.text.setPlainText("" if name else self.tr("A model is fetched with its licence."))
        if name:
            self._tasks.run(partial(licence_text, name), partial(self._show_text, name))

    def _on_copy_clicked(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(self.facts.text())


def _own_versions() -> str:
    return "\n".join(
        [
            f"InPhotos {__version__}",
            f"Python {platform.python_version()}",
            f"Qt {qVersion()}, PyQt {PYQT_VERSION_STR}",
            f"{platform.system()} {platform.release()}, {platform.machine()}",
        ]
    )
