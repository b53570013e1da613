"""Why a photo matches, in the words of the window."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication

from inphotos.errors import display_path
from inphotos.gui import wording
from inphotos.gui.part_labels import label
from inphotos.gui.photo_facts import day
from inphotos.search.query import Comparison, Concept, Filter

if TYPE_CHECKING:
    from inphotos.search.ranking import Match
    from inphotos.search.why import ConceptReason, FilterReason, Why


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("reason_words", text)


def subject(concept: Concept) -> str:
    """Return what a concept stands for, such as ``“sunset”`` or ``Like dog.jpg``."""
    if concept.photo is None:
        words = tr("Not “{words}”") if concept.weight < 0 else tr("“{words}”")
        return words.format(words=display_path(concept.text))
    if concept.weight < 0:
        like = tr("Less like {name}") if concept.marked else tr("Not like {name}")
    else:
        like = tr("More like {name}") if concept.marked else tr("Like {name}")
    name = display_path(concept.photo.name or concept.photo)
    if concept.region is not None:
        name = tr("a part of {name}").format(name=name)
    return like.format(name=name)


def verdict(reason: ConceptReason) -> str:
    """Return how well a photo fits a concept, in a few words."""
    concept, match = reason.concept, reason.match
    if reason.is_itself:
        return tr("This is the photo itself")
    if concept.weight < 0:
        return _unwanted(match, of_photo=concept.photo is not None)
    words = likeness(match) if concept.photo is not None else strength(match)
    if reason.effect is None and not concept.marked:
        return tr("{verdict}; the other one fits better").format(verdict=words)
    return words


def strength(match: Match) -> str:
    """Return how strongly a photo matches words."""
    return {
        "strong": tr("Strong match"),
        "maybe": tr("Possible match"),
        "none": tr("Weak match"),
    }[match]


def likeness(match: Match) -> str:
    """Return how much a photo is like another one."""
    return {
        "strong": tr("The same kind of picture"),
        "maybe": tr("A similar kind of picture"),
        "none": tr("Another kind of picture"),
    }[match]


def overall(why: Why) -> str:
    """Return how well a photo matches all that was asked for together; empty where rows say it."""
    asked = [reason for reason in why.concepts if reason.concept.weight > 0]
    if why.match is None or len(why.concepts) < 2 or not asked:
        return ""
    photos = all(reason.concept.photo is not None for reason in why.concepts)
    words = likeness(why.match) if photos else strength(why.match)
    return tr("All together: {verdict}").format(verdict=words[:1].lower() + words[1:])


def numbers(reason: ConceptReason) -> str:
    """Return the numbers behind a verdict, for those who want them."""
    lines = reason.lines
    text = tr("Similarity {value}; strong from {strong}, possible from {maybe} on")
    if lines.strong == lines.maybe:
        text = tr("Similarity {value}; the same kind of picture from {strong} on")
    value, strong, maybe = (
        wording.number(number, 3) for number in (reason.similarity, lines.strong, lines.maybe)
    )
    return text.format(value=value, strong=strong, maybe=maybe)


def demand(filter_: Filter) -> str:
    """Return what a filter asks for, as its chip says it."""
    return display_path(label(filter_))


def finding(reason: FilterReason) -> str:
    """Return what a filter has found of the photo; empty where it says no more than the filter."""
    value, name = reason.value, reason.filter.name
    if name == "rating" and isinstance(value, float):
        stars = tr("{count} stars").format(count=wording.plain(value))
        return tr("1 star") if value == 1 else stars
    if isinstance(value, datetime):
        return tr("Taken {day}").format(day=day(value))
    if isinstance(value, str):
        return display_path(value)
    if value is None:
        return "" if name in ("is", "ext", "tag") else tr("Not known")
    if name == "size":
        return _size(reason, value)
    if name == "near":
        return tr("{value} km away").format(value=wording.number(value, 1))
    if name == "score":
        return tr("Score {value}").format(value=wording.number(value, 3))
    return wording.plain(value)


def _size(reason: FilterReason, value: float) -> str:
    condition = reason.filter.condition
    if isinstance(condition, Comparison) and condition.field == "bytes":
        return wording.size(int(value))
    return tr("{count} megapixels").format(count=wording.number(value, 1))


def _unwanted(match: Match, *, of_photo: bool) -> str:
    if match == "none":
        return tr("Another kind of picture, as you want") if of_photo else tr("Not seen here")
    if of_photo:
        return tr("The same kind of picture: counts against it")
    if match == "maybe":
        return tr("Perhaps seen here")
    return tr("Seen here: counts against it")
