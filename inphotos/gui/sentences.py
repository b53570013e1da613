"""Sentences of the library, such as those of its errors, in the language of the window.

The library knows no Qt: its sentences are English, with names and numbers put in. Here they are
recognised by what stands around those, and said in the other language with the same names and
numbers. What is not recognised stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from re import Pattern
from string import Formatter

from PyQt6.QtCore import QCoreApplication

#: The name under which translation files have these sentences.
CONTEXT = "library"


class Sentences:
    """The sentences of one language."""

    def __init__(self, translations: Mapping[str, str]) -> None:
        """Take sentences: English to the other language, with ``{0}``, ``{1}``… in both."""
        # The most particular first: what is said of a folder may fit a general sentence too.
        ordered = sorted(translations, key=lambda text: -len("".join(literals_of(text))))
        self._sentences = [(literals_of(text), text, translations[text]) for text in ordered]
        #: Thousands of photos may have failed for the same few reasons.
        self.say = lru_cache(maxsize=1000)(self._say)

    def _say(self, sentence: str) -> str:
        """Return a sentence in this language; as it is where it is not known."""
        for literals, text, translated in self._sentences:
            # Most are ruled out by this alone, without a pattern made for them.
            if not all(literal in sentence for literal in literals):
                continue
            found = pattern_of(text).fullmatch(sentence)
            if found is not None:
                # What was put in may be a sentence itself, such as the reason of an error.
                values = [self.say(value) for value in found.groups()]
                return translated.format(*values)
        return sentence


def said(sentence: object) -> str:
    """Return a sentence of the library, or its error, in the language of the window."""
    text = str(sentence)
    application = QCoreApplication.instance()
    speaking = application.property(CONTEXT) if application is not None else None
    return speaking.say(text) if isinstance(speaking, Sentences) else text


def speak(application: QCoreApplication, translations: Mapping[str, str]) -> None:
    """Let :func:`said` speak a language.

    Args:
        application: the one application.
        translations: English sentences to what they are in the language; empty for English.
    """
    application.setProperty(CONTEXT, Sentences(translations) if translations else None)


def literals_of(text: str) -> list[str]:
    """Return what stands in a text beside its fields."""
    return [literal for literal, *_ in Formatter().parse(text) if literal]


@cache
def pattern_of(text: str) -> Pattern[str]:
    """Return what a text is recognised by, with a group for each of its fields."""
    parts = []
    for literal, field, _, _ in Formatter().parse(text):
        parts.append(re.escape(literal))
        if field is not None:
            parts.append("(.*?)")
    return re.compile("".join(parts), re.DOTALL)
