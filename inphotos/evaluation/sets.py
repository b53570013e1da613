"""Evaluation files: queries with the photos that are right for them, in the forms there are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from inphotos.errors import EvaluationError, display_path
from inphotos.photos.scan import check_folder

#: What our own form looks like, for help texts.
FORM = """\
{"photos": "DIR",                  relative to the file; by default the file's own directory
 "queries": [
   {"query": "red car", "photos": ["a.jpg", "trip/b.jpg"], "kind": "colour"},
   {"query": "zebra", "photos": []}                          no photo shows it
 ],
 "labels": {"a.jpg": ["car"], "trip/b.jpg": ["car", "dog"]}}"""


@dataclass(frozen=True, slots=True)
class Question:
    """A query and its answer.

    Attributes:
        query: in the language of :mod:`inphotos.search.query`.
        photos: names of the right photos; empty if no photo shows it.
        kind: for tables by kind, may be empty.
    """

    query: str
    photos: tuple[str, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class EvaluationSet:
    """What an evaluation file says. Names of photos are relative to ``photos``, with slashes.

    Attributes:
        file: where it was read from.
        form: ``"own"``, ``"captions"``, ``"coco"`` or ``"karpathy"``.
        photos: the directory of the photos, absolute. All that are in it are searched.
        questions: in the file's order.
        labels: of a photo, what it shows. Photos with a label in common are alike.
    """

    file: Path
    form: str
    photos: Path
    questions: tuple[Question, ...]
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def names(self) -> tuple[str, ...]:
        """Return the photos that the file names, each once."""
        named = [name for question in self.questions for name in question.photos]
        return tuple(dict.fromkeys((*named, *self.labels)))


def read(file: Path, photos: Path | None = None) -> EvaluationSet:
    """Read an evaluation file.

    Besides our own form (``FORM``) these are understood:

    - a list of ``{"file": …, "captions": [… ]}``: each caption asks for its own photo only;
    - COCO's captions (``images`` and ``annotations``), and
    - Karpathy's splits of COCO and Flickr (``images`` with ``sentences``), of which the images of
      the split "test" are taken where there are any.

    Captions are words, not queries: they are put into quotation marks.

    Args:
        file: the evaluation file.
        photos: the directory of the photos, if it is not where the file says.

    Raises:
        EvaluationError: it cannot be read, or is none of these.
        FolderError: the photos' directory cannot be read.
    """
    document = _load(file)
    reader = _Reader(file)
    if isinstance(document, list):
        form, questions, labels = "captions", list(reader.captions(document)), {}
    elif isinstance(document, dict) and ("queries" in document or "labels" in document):
        form, questions = "own", list(reader.queries(document.get("queries", [])))
        labels = reader.labels(document.get("labels", {}))
        photos = photos or file.parent / reader.text(document.get("photos", "."), '"photos"')
    elif isinstance(document, dict) and "images" in document:
        form = "coco" if "annotations" in document else "karpathy"
        read_images = reader.coco if form == "coco" else reader.karpathy
        questions, labels = list(read_images(document)), {}
    else:
        raise reader.error("it has neither queries, nor labels, nor captions")
    if not questions and not labels:
        raise reader.error("there is not a single query in it")
    directory = check_folder(photos or file.parent)
    return EvaluationSet(file, form, directory, tuple(questions), labels)


def _load(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise EvaluationError(
            f"There is no file {display_path(file)}; check the spelling."
        ) from error
    except OSError as error:
        raise EvaluationError(
            f"The evaluation file {display_path(file)} cannot be read ({error.strerror})."
        ) from error
    except (ValueError, RecursionError) as error:  # not JSON, or not UTF-8
        raise EvaluationError(
            f"{display_path(file)} is no evaluation file: it is not JSON ({error})."
        ) from error


class _Reader:
    """Reads the parts of one file, and says in one sentence what is wrong with them."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def error(self, what: str) -> EvaluationError:
        return EvaluationError(
            f"{display_path(self._file)} is no evaluation file: {display_path(what)}; "
            f"'inphotos eval --help' shows what one looks like."
        )

    def text(self, value: Any, what: str) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self.error(f"{what} is not a text")
        return value

    def captions(self, rows: list[Any]) -> Iterator[Question]:
        for number, row in self._objects(rows, "photo"):
            name = self._name(row.get("file"), f'"file" of photo {number}')
            yield from self._asked(row.get("captions"), name, f'"captions" of photo {number}')

    def queries(self, rows: Any) -> Iterator[Question]:
        for number, row in self._objects(self._list(rows, '"queries"'), "query"):
            where = f"of query {number}"
            query = self.text(row.get("query"), f'"query" {where}')
            names = self._list(row.get("photos"), f'"photos" {where}')
            photos = tuple(self._name(name, f'a name in "photos" {where}') for name in names)
            kind = row.get("kind", "")
            if not isinstance(kind, str):
                raise self.error(f'"kind" {where} is not a text')
            yield Question(query, tuple(dict.fromkeys(photos)), kind)

    def labels(self, labels: Any) -> dict[str, tuple[str, ...]]:
        if not isinstance(labels, dict):
            raise self.error('"labels" is not an object of photos and their labels')
        found = {}
        for name, values in labels.items():
            where = f"the labels of {name}"
            words = tuple(self.text(v, f"one of {where}") for v in self._list(values, where))
            found[self._name(name, '"labels" has a name that')] = tuple(dict.fromkeys(words))
        return found

    def coco(self, document: Mapping[str, Any]) -> Iterator[Question]:
        names: dict[Any, str] = {}
        for number, image in self._objects(self._list(document["images"], '"images"'), "image"):
            where = f"of image {number}"
            names[self._id(image.get("id"), f'"id" {where}')] = self._name(
                image.get("file_name"), f'"file_name" {where}'
            )
        notes = self._list(document["annotations"], '"annotations"')
        for number, note in self._objects(notes, "annotation"):
            where = f"of annotation {number}"
            image_id = self._id(note.get("image_id"), f'"image_id" {where}')
            if image_id not in names:
                raise self.error(f'"image_id" {where} is not among the images')
            yield Question(
                _as_phrase(self.text(note.get("caption"), f'"caption" {where}')),
                (names[image_id],),
            )

    def karpathy(self, document: Mapping[str, Any]) -> Iterator[Question]:
        images = list(self._objects(self._list(document["images"], '"images"'), "image"))
        test = [(number, image) for number, image in images if image.get("split") == "test"]
        for number, image in test or images:
            where = f"of image {number}"
            name = self._name(image.get("filename"), f'"filename" {where}')
            inside = image.get("filepath", "")
            if inside and (self._file.parent / str(inside) / name).exists():
                name = self._name(f"{inside}/{name}", f'"filepath" {where}')
            sentences = self._list(image.get("sentences"), f'"sentences" {where}')
            raw = [row.get("raw") for _, row in self._objects(sentences, "sentence")]
            yield from self._asked(raw, name, f'"sentences" {where}')

    def _asked(self, captions: Any, name: str, what: str) -> Iterator[Question]:
        for caption in self._list(captions, what):
            yield Question(_as_phrase(self.text(caption, f"one of {what}")), (name,))

    def _objects(self, rows: list[Any], what: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
        for number, row in enumerate(rows, start=1):
            if not isinstance(row, dict):
                raise self.error(f"{what} {number} is not an object")
            yield number, row

    def _list(self, value: Any, what: str) -> list[Any]:
        if not isinstance(value, list):
            raise self.error(f"{what} is not a list")
        return value

    def _id(self, value: Any, what: str) -> int | str:
        if not isinstance(value, int | str):
            raise self.error(f"{what} is not a number or a text")
        return value

    def _name(self, value: Any, what: str) -> str:
        path = PurePosixPath(self.text(value, what))
        if path.is_absolute() or ".." in path.parts:
            raise self.error(f"{what} leads out of the directory of the photos: {value}")
        return path.as_posix()


def _as_phrase(caption: str) -> str:
    """Return a caption as a query for just these words."""
    return f'"{caption.translate(_QUOTES)}"'


_QUOTES = str.maketrans(dict.fromkeys('"“”', "'"))
