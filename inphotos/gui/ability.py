"""What can be searched with, given the model that there is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication

from inphotos.encoders.specs import BUNDLED, COMPACT
from inphotos.gui.queries import Everything, Query, Words
from inphotos.gui.search_bar import Ability

if TYPE_CHECKING:
    from inphotos.encoders.base import Model


def ability_of(model: Model | None) -> Ability:
    """Return what a model, or none, can search with."""
    if model is None:
        return "nothing"
    return "words" if model.has_text else "photos"


def can_answer(query: Query, model: Model | None) -> bool:
    """Tell whether a query can be answered: filters alone need no model, photos need any."""
    if isinstance(query, Everything):
        return True
    if isinstance(query, Words) and query.text.strip():
        from inphotos.search.query import parse  # not before there is something to parse

        concepts = parse(query.text).concepts
        if all(concept.photo is not None for concept in concepts):
            return model is not None or not concepts
        return model is not None and model.has_text
    return model is not None


def note_on(model: Model | None) -> str:
    """Return what the footer says of a model, if it needs saying."""
    if model is None or (model.has_text and model.name not in BUNDLED):
        return ""
    if model.name == COMPACT:
        return QCoreApplication.translate("ability", "Built-in model: knows everyday things")
    if model.has_text:
        return QCoreApplication.translate("ability", "Demo model: knows drawn scenes only")
    told = QCoreApplication.translate("ability", "{name} compares photos only")
    return told.format(name=Path(model.name).name)
