"""The language of the window: which there are, and how its texts get there.

Texts are translated by files of Qt Linguist (``translations/inphotos_<code>.ts``), which are read
as they are: no second, compiled file could disagree with them. Sentences of the library, which
knows no Qt, are in them too (:mod:`inphotos.gui.sentences`). ``scripts/update_translations.py``
brings them up to date with the source.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from inphotos.gui import sentences

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

#: Code of each language that the window speaks, and what it is called in itself.
LANGUAGES: Mapping[str, str] = {"en": "English", "de": "Deutsch"}
#: The language in the source.
SOURCE_LANGUAGE = "en"

#: Looks up a context and a text.
Key = tuple[str, str]


def language_for(choice: str) -> str:
    """Return the code of the language to speak.

    Args:
        choice: a code, or ``system`` for the first language of the system's that there is here.
    """
    if choice in LANGUAGES:
        return choice
    wanted = (name.partition("-")[0] for name in QLocale.system().uiLanguages())
    return next((code for code in wanted if code in LANGUAGES), SOURCE_LANGUAGE)


def speak(application: QCoreApplication, choice: str) -> str:
    """Let the window, which is not made yet, speak a language.

    Dates and numbers follow, unless the system has that language already: its own country's are
    right then.

    Args:
        application: the one application.
        choice: as for :func:`language_for`.

    Returns:
        The code of the language.
    """
    code = language_for(choice)
    if QLocale.system().name().partition("_")[0] != code:
        QLocale.setDefault(QLocale(code))
    if code != SOURCE_LANGUAGE:
        own = QTranslator(application)
        # Buttons and dialogs of Qt's own.
        places = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if own.load(f"qtbase_{code}", places):
            application.installTranslator(own)
        catalogue = Catalogue(code, application)
        application.installTranslator(catalogue)
        sentences.speak(application, catalogue.of(sentences.CONTEXT))
    return code


class Catalogue(QTranslator):
    """The texts of one language.

    ``self.tr`` asks in PyQt under the name of the object's class, also for the texts of the
    classes that it inherits from. Those are found by the text alone.
    """

    def __init__(self, code: str, parent: QCoreApplication | None = None) -> None:
        """Read the texts of a language, by its code."""
        super().__init__(parent)
        self._texts = read(source(code))
        self._anywhere = {text: translated for (_, text), translated in self._texts.items()}

    def of(self, context: str) -> dict[str, str]:
        """Return the texts of one context, each with its translation."""
        return {text: other for (name, text), other in self._texts.items() if name == context}

    # Qt overrides

    def isEmpty(self) -> bool:
        return not self._texts

    def translate(  # type: ignore[override]  # PyQt takes None for no text
        self,
        context: str | None,
        sourceText: str | None,  # noqa: N803 - Qt's name
        disambiguation: str | None = None,  # noqa: ARG002
        n: int = -1,  # noqa: ARG002
    ) -> str | None:
        text = sourceText or ""
        # None, not an empty text: with it Qt asks the next translator, and has it as it is at last.
        return self._texts.get((context or "", text)) or self._anywhere.get(text)


def source(code: str) -> str:
    """Return the file with the texts of a language."""
    return (files("inphotos.gui") / "translations" / f"inphotos_{code}.ts").read_text("utf-8")


def read(content: str) -> dict[Key, str]:
    """Return what texts are translated to; those without a translation are left out.

    Args:
        content: a file of Qt Linguist.
    """
    # English needs none of it, and the window is to be there at once.
    import defusedxml.ElementTree as ElementTree

    texts = {}
    for context in ElementTree.fromstring(content).iter("context"):
        name = _text(context, "name")
        for message in context.iter("message"):
            translated = _text(message, "translation")
            if translated:
                texts[name, _text(message, "source")] = translated
    return texts


def _text(element: Element, name: str) -> str:
    return element.findtext(name) or ""
