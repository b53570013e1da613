"""How an exception in a worker's slot becomes an error that the window can show."""

from __future__ import annotations

import logging

from PyQt6.QtCore import QCoreApplication

from inphotos.errors import InPhotosError, foreseen

log = logging.getLogger(__name__)


class UnexpectedError(InPhotosError):
    """Something that nobody foresaw: a mistake in InPhotos.

    Attributes:
        cause: the exception.
    """

    def __init__(self, sentence: str, cause: Exception) -> None:
        super().__init__(sentence)
        self.cause = cause


def as_error(error: Exception) -> InPhotosError:
    """Return an error with a sentence for the user; what nobody foresaw is logged in full.

    PyQt aborts the process on an exception that leaves a slot, so every slot of a worker ends
    in this function.
    """
    told = foreseen(error)
    if told is not None:
        log.info("%s", told)
        return told
    log.error("Unexpected error in a worker", exc_info=error)
    sentence = QCoreApplication.translate(
        "reporting", "Something went wrong inside InPhotos ({kind}). Your photos were not touched."
    ).format(kind=type(error).__name__)
    return UnexpectedError(sentence, error)
