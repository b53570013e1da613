"""Numbers and outcomes in the words of the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication

from inphotos.errors import display_path
from inphotos.events import IndexSummary, Progress
from inphotos.gui.numbers import number as number
from inphotos.gui.numbers import plain as plain
from inphotos.gui.numbers import size as size
from inphotos.gui.part_labels import label
from inphotos.gui.queries import FOUND_PHOTOS, Alike, Arrangement, Duplicates, Query, Words

if TYPE_CHECKING:
    from inphotos.library import Compacted
    from inphotos.search.arrangements import Count, Group, Sort
    from inphotos.search.query import Concept, Example, Filter
    from inphotos.search.query import Query as Parsed
    from inphotos.search.ranking import Presence, Result


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("wording", text)


def photos(count: int) -> str:
    """Return such as ``1 photo`` or ``1,234 photos``."""
    return tr("1 photo") if count == 1 else tr("{count} photos").format(count=number(count))


def count(of: Count) -> str:
    """Return such as ``1,234``, or ``1,000+`` where there may be more."""
    text = number(of.photos)
    return tr("{count}+").format(count=text) if of.at_least else text


def alike(count: int) -> str:
    """Return such as ``5 photos that are alike``."""
    return tr("{photos} that are alike").format(photos=photos(count))


def groups(count: int, members: int) -> str:
    """Return such as ``3 groups, 12 photos``."""
    if count == 0:
        return tr("No photos are alike")
    text = tr("1 group") if count == 1 else tr("{count} groups").format(count=number(count))
    return f"{text}, {photos(members)}"


def unreadable(count: int) -> str:
    """Return such as ``3 photos could not be read``."""
    return tr("{photos} could not be read").format(photos=photos(count))


def outcome(summary: IndexSummary, new: int, failed: int) -> str:
    """Return what a run came to, such as ``120 new, 3 moved``; empty when nothing happened.

    Args:
        summary: of the run.
        new: photos that came in.
        failed: photos that could not be read this time.
    """
    # Those that came in and could not be read are told of as such; without a model none is indexed.
    new = min(new, summary.indexed) if summary.indexed else max(0, new - failed)
    parts = (
        (new, tr("{count} new")),
        (summary.indexed - new, tr("{count} updated")),
        (summary.moved, tr("{count} moved")),
        (summary.removed, tr("{count} removed")),
        (failed, tr("{count} could not be read")),
    )
    return ", ".join(text.format(count=number(count)) for count, text in parts if count > 0)


def vanished(count: int, folders: Sequence[Path]) -> str:
    """Return that photos have vanished from folders, and that it is for the user to decide."""
    names = listed([display_path(folder.name or folder) for folder in folders])
    if count == 1:
        return tr("1 photo has vanished from {names}. It is kept until you decide.").format(
            names=names
        )
    return tr("{photos} have vanished from {names}. They are kept until you decide.").format(
        photos=photos(count), names=names
    )


def cloud_only(count: int) -> str:
    """Return that photos are in the cloud only, empty for none."""
    if count == 0:
        return ""
    if count == 1:
        return tr("1 photo is in the cloud only and was not opened.")
    return tr("{photos} are in the cloud only and were not opened.").format(photos=photos(count))


def compacted(result: Compacted) -> str:
    """Return what compaction removed and freed."""
    count = result.photos or result.embeddings
    if not count and not result.bytes:
        return tr("There was nothing to remove: the library is as small as it can be.")
    freed = tr("; {size} freed").format(size=size(result.bytes)) if result.bytes else ""
    if not count:
        return tr("Removed thumbnails that no photo needs{freed}.").format(freed=freed)
    removed = (
        tr("Removed what 1 deleted photo left behind")
        if count == 1
        else tr("Removed what {count} deleted photos left behind").format(count=number(count))
    )
    return f"{removed}{freed}."


def presence(kind: Presence, folder: Path) -> str:
    """Return why a photo cannot be opened now, in a few words; empty when it can."""
    if kind == "offline":
        return tr("Offline: its drive or network is not connected")
    if kind == "missing":
        return tr("Missing: its file has vanished from {folder}").format(
            folder=display_path(folder.name or folder)
        )
    return ""


def cannot_open(photo: Path, kind: Presence) -> str:
    """Return why a photo that is not there cannot be opened, and what helps."""
    name, folder = display_path(photo.name), display_path(photo.parent)
    if kind == "offline":
        text = tr(
            "{name} is offline: connect the drive or network with {folder}, and it can be opened."
        )
    elif kind == "missing":
        text = tr(
            "{name} has vanished from {folder}: put it back there, or remove it from the library."
        )
    else:
        text = tr("{name} is not there any more, or its drive is away; it was in {folder}.")
    return text.format(name=name, folder=folder)


def cannot_see(photo: Path, reason: str) -> str:
    """Return why a photo that is there cannot be seen as it is."""
    return tr("{name} cannot be shown: {reason}.").format(
        name=display_path(photo.name), reason=reason
    )


def listed(names: Sequence[str], most: int = 3) -> str:
    """Return names as in a sentence: ``A``, ``A and B``, ``A, B and 4 others``."""
    if len(names) > most:
        shown = ", ".join(names[: most - 1])
        others = number(len(names) - most + 1)
        return tr("{names} and {count} others").format(names=shown, count=others)
    if len(names) < 2:
        return "".join(names)
    return tr("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])


def shortened(text: str) -> str:
    """Return a text that may be long as far as it fits into a line."""
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"


def time_left(seconds: float) -> str:
    """Return such as ``about 2 minutes left``, as coarse as the estimate is."""
    minutes, hours = round(seconds / 60), round(seconds / 3600)
    if seconds < 50:
        return tr("less than a minute left")
    if minutes <= 1:
        return tr("about a minute left")
    if minutes < 60:
        return tr("about {count} minutes left").format(count=number(minutes))
    if hours <= 1:
        return tr("about an hour left")
    return tr("about {count} hours left").format(count=number(hours))


def progress(event: Progress) -> str:
    """Return what is going on and how far it is, in one line."""
    if event.phase == "loading":
        return tr("Loading the model…")
    if event.phase in ("compacting", "calibrating", "tuning"):
        share = f"{100 * event.done // event.total} %" if event.total else ""
        work = {
            "compacting": tr("Compacting the library…"),
            "calibrating": tr("Learning to tell matches…"),
            "tuning": tr("Measuring…"),
        }[event.phase]
        return " · ".join([work, *([share] if share else [])])
    if event.phase == "scanning":
        found = tr("{photos} found").format(photos=photos(event.done))
        return " · ".join([tr("Looking for photos…"), *([found] if event.done else [])])
    downloading = event.phase in ("downloading", "exporting")
    amount = size if downloading else number
    parts = [amount(event.done)]
    if event.total is not None:
        of = {
            "indexing": tr("Reading photos: {done} of {total}"),
            "preparing": tr("Preparing the next model: {done} of {total}"),
        }.get(event.phase, tr("{done} of {total}"))
        parts = [of.format(done=amount(event.done), total=amount(event.total))]
    if event.rate > 0:
        parts.append(
            tr("{size}/s").format(size=size(round(event.rate)))
            if downloading
            else tr("{rate} photos/s").format(rate=_rate(event.rate))
        )
    if event.seconds_left is not None:
        parts.append(time_left(event.seconds_left))
    return " · ".join(parts)


def heading(
    query: Query,
    results: Sequence[Result],
    total: int,
    *,
    complete: bool,
    parsed: Parsed | None = None,
    arrangement: Arrangement = FOUND_PHOTOS,
    length: int = 0,
) -> str:
    """Return the line above the grid: what is shown, how well it matches, and in which order.

    Args:
        query: what was asked for.
        results: the rows shown.
        total: photos that were searched, or pass the filters.
        complete: there is nothing beyond the rows.
        parsed: the words as they were understood.
        arrangement: order and groups of the rows.
        length: photos of the whole answer.
    """
    if isinstance(query, Alike | Duplicates):
        return alike(total)
    if not isinstance(query, Words):
        first = {
            "relevance": tr("newest first"),
            "date": tr("newest first"),
            "size": tr("largest first"),
        }
        order = first.get(arrangement.sort) or _order(arrangement.sort)
        return tr("{photos}, {order}").format(photos=photos(total), order=order)
    # Where some match, an arranged answer holds no others.
    only_matches = None if arrangement == FOUND_PHOTOS else length
    if not query.text:
        text = _similar_to(query.examples)
    elif parsed is not None and (parsed.filters or parsed.problems):
        text = _heading_of_parts(
            parsed, query.examples, results, total, complete=complete, length=only_matches
        )
    else:
        subject = _with_photos(shortened(query.text), query.examples)
        text = _words_heading(subject, results, complete=complete, length=only_matches)
    if arrangement.sort == "relevance" or all(row.match == "none" for row in results):
        return text
    return tr("{heading}, {order}").format(heading=text, order=_order(arrangement.sort))


def example(given: Example) -> str:
    """Return how a photo counts in the query."""
    name = example_name(given)
    if given.weight < 0:
        return tr("Less like {name}").format(name=name)
    return (tr("More like {name}") if given.marked else tr("Like {name}")).format(name=name)


def example_name(given: Example) -> str:
    """Return what a photo of the query is called."""
    from inphotos.library import is_pasted  # not before there is such a photo

    name = tr("pasted photo") if is_pasted(given.photo) else display_path(given.photo.name)
    return name if given.region is None else tr("a part of {name}").format(name=name)


def _with_photos(words: str, examples: Sequence[Example]) -> str:
    """Return words, and how many photos there are beside them."""
    return " + ".join(part for part in (words, photos(len(examples)) if examples else "") if part)


def _similar_to(examples: Sequence[Example]) -> str:
    wanted = [example_name(given) for given in examples if given.weight > 0]
    if not wanted:
        names = listed([example_name(given) for given in examples])
        return tr("Photos that are not like “{names}”").format(names=shortened(names))
    names = shortened(wanted[0]) if len(wanted) == 1 else photos(len(wanted))
    if len(wanted) > 1:
        return tr("Photos similar to {photos}").format(photos=names)
    return tr("Photos similar to “{name}”").format(name=names)


def sort(key: Sort) -> str:
    """Return what photos are in the order of."""
    return {
        "relevance": tr("Relevance"),
        "date": tr("Date"),
        "name": tr("Name"),
        "folder": tr("Folder"),
        "size": tr("Size"),
    }[key]


def group(key: Group) -> str:
    """Return what photos are grouped by."""
    return {
        "none": tr("None"),
        "day": tr("Day"),
        "folder": tr("Folder"),
        "place": tr("Place"),
    }[key]


def _order(key: Sort) -> str:
    return {
        "relevance": tr("by relevance"),
        "date": tr("by date"),
        "name": tr("by name"),
        "folder": tr("by folder"),
        "size": tr("by size"),
    }[key]


def _words_heading(
    text: str, results: Sequence[Result], *, complete: bool, length: int | None = None
) -> str:
    if not results:
        return tr("Nothing found for “{text}”").format(text=text)
    matches = sum(result.match in ("strong", "maybe") for result in results)
    if length is not None and matches == len(results):
        matches, complete = length, True
    if matches == 0:
        return tr("Nothing matches “{text}”").format(text=text)
    if matches == 1:
        return tr("1 match for “{text}”").format(text=text)
    if not complete and (matches == len(results) or length is not None):
        return tr("More than {count} matches for “{text}”").format(count=number(matches), text=text)
    return tr("{count} matches for “{text}”").format(count=number(matches), text=text)


def _heading_of_parts(
    parsed: Parsed,
    examples: Sequence[Example],
    results: Sequence[Result],
    total: int,
    *,
    complete: bool,
    length: int | None,
) -> str:
    typed = [term for term in parsed.terms if term[0].spans]
    subject = _with_photos(shortened(_in_words(typed)), examples)
    words = _words_heading(subject, results, complete=complete, length=length)
    if not parsed.filters:
        return words
    filters = shortened(_in_words(parsed.conditions))
    if total == 0:
        return tr("No photo matches {filters}").format(filters=filters)
    if total == 1:
        found = tr("1 photo matches {filters}").format(filters=filters)
    else:
        found = tr("{photos} match {filters}").format(photos=photos(total), filters=filters)
    return f"{found} · {words}" if parsed.concepts else found


def _in_words(groups: Sequence[Sequence[Concept | Filter]]) -> str:
    """Return the labels of parts of a query; those of one group are alternatives."""
    return ", ".join(tr(" or ").join(label(part) for part in group) for group in groups)


def _rate(rate: float) -> str:
    return number(rate) if rate >= 10 else number(rate, 1)
