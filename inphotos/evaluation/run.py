"""Asks a library all queries of an evaluation file, as a user would ask them."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from inphotos.encoders.base import Model
from inphotos.errors import EvaluationError, PhotoError, QueryError, display_path
from inphotos.evaluation.measures import ranks_of
from inphotos.evaluation.sets import EvaluationSet
from inphotos.evaluation.tables import Answer
from inphotos.events import Control, IndexEvent, IndexSummary, Meter
from inphotos.library import Library
from inphotos.search.ranking import Match, Result, Results

_PAGE = 50
_RATE_SECONDS = 10.0

Search = Callable[[int, int], Results]
"""Answers with so many photos (first) from so many on (second)."""


@dataclass(frozen=True, slots=True)
class Report:
    """What came out of an evaluation.

    Attributes:
        set: the file.
        model: the model that answered.
        top: how far into each answer was looked; None for all of it.
        photos: how many were searched.
        unnamed: how many of them the file does not name.
        missing: photos that the file names and that are not there.
        unreadable: (name, reason) of the photos in the directory that cannot be read.
        troubles: (query, sentence) of queries that were left out, or not understood in full.
        answers: to the file's queries.
        similar: to each photo with a label that another one has too: which are like it? Only
            photos with labels count here, because of the others it is not known.
        seconds: wall-clock time of asking.
    """

    set: EvaluationSet
    model: Model
    top: int | None
    photos: int
    unnamed: int
    missing: tuple[str, ...]
    unreadable: tuple[tuple[str, str], ...]
    troubles: tuple[tuple[str, str], ...]
    answers: tuple[Answer, ...]
    similar: tuple[Answer, ...]
    seconds: float


Event: TypeAlias = IndexEvent | Report


@dataclass(frozen=True, slots=True)
class _Question:
    """A query of either sort, ready to be asked.

    Attributes:
        search: asks it.
        right: names of the photos that are right.
        judged: names of the photos that count; None for all.
    """

    query: str
    kind: str
    search: Search
    right: frozenset[str]
    judged: frozenset[str] | None = None


class Evaluation:
    """One evaluation file and the library that it is put to."""

    def __init__(self, evaluation_set: EvaluationSet, library: Library, top: int | None) -> None:
        """Take the parts.

        Args:
            evaluation_set: the queries.
            library: of the evaluation's own, empty or left by an earlier evaluation with the same
                photos.
            top: look no further than so many photos into an answer; None for no limit.
        """
        self._set = evaluation_set
        self._library = library
        self._top = top
        self._troubles: list[tuple[str, str]] = []

    def run(self, control: Control) -> Iterator[Event]:
        """Index the photos, ask everything, and yield what happens; the last event is the report.

        Raises:
            EvaluationError: the library has other photos, or lacks some that it had, or nothing can
                be asked.
            FolderError: the photos' directory cannot be read.
            CancelledError, LibraryError, ModelError: as indexing and searching say.
        """
        library = self._library
        if library.model is None:
            assert library.model_error is not None
            raise library.model_error
        yield from self._index(control)
        here = self._names()
        named = self._set.names()
        unreadable = {self._name(f.path): f.reason for f in library.failures()}
        questions = [*self._words(library.model, here), *self._photos(here)]
        if not questions:
            why = self._troubles[0][1] if self._troubles else "No two photos share a label."
            raise EvaluationError(f"There is nothing to ask: {why}")
        started = time.monotonic()
        meter = Meter("evaluating", len(questions), _RATE_SECONDS)
        library.load_encoder()
        answers: list[Answer] = []
        similar: list[Answer] = []
        for done, question in enumerate(questions):
            yield meter.progress(done)
            control.checkpoint()
            try:
                answer = self._ask(question)
            except (QueryError, PhotoError) as error:
                self._troubles.append((question.query, str(error)))
            else:
                (answers if question.judged is None else similar).append(answer)
        yield meter.progress(len(questions))
        yield Report(
            set=self._set,
            model=library.model,
            top=self._top,
            photos=len(here),
            unnamed=len(here.difference(named)),
            missing=tuple(name for name in named if name not in here and name not in unreadable),
            unreadable=tuple(sorted(unreadable.items())),
            troubles=tuple(self._troubles),
            answers=tuple(answers),
            similar=tuple(similar),
            seconds=time.monotonic() - started,
        )

    def _index(self, control: Control) -> Iterator[IndexEvent]:
        library, directory = self._library, self._set.photos
        others = [status.path for status in library.folders() if status.path != directory]
        if others:
            raise EvaluationError(
                f"The library {display_path(library.directory)} has other photos, of "
                f"{display_path(others[0])}; choose a directory of its own with --library."
            )
        folder = library.add_folder(directory)
        for event in library.index(control, [folder.path]):
            yield event
            if isinstance(event, IndexSummary) and event.missing:
                raise EvaluationError(
                    f"{event.missing:,} photos have vanished that the library "
                    f"{display_path(library.directory)} has; delete it, or choose another one."
                )

    def _name(self, path: Path) -> str:
        return path.relative_to(self._set.photos).as_posix()

    def _names(self) -> frozenset[str]:
        """Return the names of the photos that are there and can be searched."""
        library = self._library
        listed = library.browse(top=max(1, library.status().photos)).results
        return frozenset(self._name(photo.path) for photo in listed)

    def _words(self, model: Model, here: frozenset[str]) -> Iterator[_Question]:
        for question in self._set.questions:
            right = here.intersection(question.photos)
            if question.photos and not right:
                self._troubles.append((question.query, "None of its photos is there."))
            elif not model.has_text:
                self._troubles.append(
                    (question.query, f"The model {model.name} does not understand words.")
                )
            else:
                yield _Question(
                    question.query, question.kind, self._search_of(question.query), right
                )

    def _search_of(self, query: str) -> Search:
        def search(top: int, offset: int) -> Results:
            return self._library.search(query, top=top, offset=offset)

        return search

    def _photos(self, here: frozenset[str]) -> Iterator[_Question]:
        labelled = here.intersection(self._set.labels)
        by_label: dict[str, set[str]] = defaultdict(set)
        for name in labelled:
            for label in self._set.labels[name]:
                by_label[label].add(name)
        for name in sorted(labelled):
            alike = set[str]().union(*(by_label[label] for label in self._set.labels[name]))
            right = frozenset(alike - {name})
            if right:
                yield _Question(name, "", self._similar_to(name), right, labelled)

    def _similar_to(self, name: str) -> Search:
        def search(top: int, offset: int) -> Results:
            return self._library.similar(self._set.photos / name, top=top, offset=offset)

        return search

    def _ask(self, question: _Question) -> Answer:
        verdict, results = self._read(question)
        rows = []
        counts: dict[tuple[str | None, bool], int] = defaultdict(int)
        for result in results:
            name = self._name(result.path)
            if question.judged is not None and name not in question.judged:
                continue
            rows.append((result.score, name in question.right))
            counts[result.match, name in question.right] += 1
        return Answer(
            query=question.query,
            kind=question.kind,
            right=len(question.right),
            ranks=ranks_of(rows),
            shown=len(results),
            verdict=verdict,
            best=results[0].score if results else None,
            strong=counts["strong", True] + counts["strong", False],
            maybe=counts["maybe", True] + counts["maybe", False],
            strong_right=counts["strong", True],
            maybe_right=counts["maybe", True],
        )

    def _read(self, question: _Question) -> tuple[Match | None, list[Result]]:
        """Read an answer page by page, until what follows changes no figure.

        Returns:
            What the app says of it, and the photos.
        """
        first = question.search(min(_PAGE, self._top or _PAGE), 0)
        self._troubles += [(question.query, problem.message) for problem in first.problems]
        read = list(first.results)
        while self._goes_on(question, read):
            page = _PAGE if self._top is None else min(_PAGE, self._top - len(read))
            results = question.search(page, len(read)).results
            if not results:
                break
            read += results
        return first.verdict, read

    def _goes_on(self, question: _Question, read: list[Result]) -> bool:
        if not read or len(read) == self._top:
            return False
        if read[-1].match in ("strong", "maybe"):
            return True
        found = {self._name(result.path): result.score for result in read}
        if not question.right.issubset(found):
            return True
        # Of equal scores the right ones count last, so all photos of their scores are needed.
        scores = [found[name] for name in question.right]
        return any(score is not None and score == read[-1].score for score in scores)
