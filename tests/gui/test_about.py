"""About tells versions and licences from what is installed."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version

from gui.helpers import PATIENCE_MS, until
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from inphotos import __version__
from inphotos.gui.about.dialog import AboutDialog
from inphotos.gui.about.packages import licence_text, packages, versions
from inphotos.gui.tasks import Tasks


def test_the_packages_and_what_they_need_have_versions_and_licences() -> None:
    found = {package.name.lower(): package for package in packages()}
    assert next(iter(found)) == "inphotos"
    for name in ("pyqt6", "torch", "transformers", "objectbox", "pillow", "pyqt6-qt6"):
        assert found[name].version == version(name)
        assert found[name].licence
    assert "pytest" not in found  # only what the program needs
    assert all(len(package.licence) <= 80 for package in found.values())


def test_the_text_of_a_licence_comes_from_the_package() -> None:
    assert "Permission is hereby granted" in licence_text("filelock")
    assert licence_text("no-such-package") == ""
    assert versions(("no-such-package",)) == []


def test_versions_are_copied_and_licences_are_read(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    tasks = Tasks(parent)
    dialog = AboutDialog(tasks, parent)
    dialog.show()
    until(qtbot, lambda: "transformers" in dialog.facts.text() and dialog.list.topLevelItemCount())
    dialog.copy_button.click()
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    lines = clipboard.text().splitlines()
    assert f"InPhotos {__version__}" in lines
    assert f"pillow {version('pillow')}" in lines
    assert any(line.startswith("Qt 6") for line in lines)
    dialog.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: len(dialog.text.toPlainText()) > 1000, timeout=PATIENCE_MS)
    assert "GNU GENERAL PUBLIC LICENSE" in dialog.text.toPlainText()
    last = dialog.list.topLevelItem(dialog.list.topLevelItemCount() - 1)
    assert last is not None
    assert last.text(0) == "Model mobilenet-v2"
    dialog.list.setCurrentItem(last)
    assert dialog.text.toPlainText() == "A model is fetched with its licence."
    tasks.close()


def test_no_model_code_is_loaded_for_it() -> None:
    program = (
        "import sys\n"
        "from inphotos.gui.about.packages import packages, versions\n"
        "packages(), versions(('torch',))\n"
        "assert 'torch' not in sys.modules and 'transformers' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
