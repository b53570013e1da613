"""The options of the commands that ask a library something."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from inphotos.cli import values
from inphotos.search.arrangements import GROUPS, SORTS


def _search(parser: argparse.ArgumentParser) -> None:
    """find photos by words"""
    from inphotos.cli import search
    from inphotos.search.query import FILTERS

    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "query",
        nargs="?",
        metavar="QUERY",
        help="what is in the picture, with filters as shown below",
    )
    what.add_argument("--saved", metavar="NAME", help="search again for what was saved as NAME")
    _add_answer_options(parser)
    parser.add_argument(
        "--min-score", type=float, metavar="S", help="leave out photos of a lower score"
    )
    parser.add_argument(
        "--explain",
        action="store_true",
        help="show how the query was read, and the similarity of each photo to each of its parts",
    )
    parser.add_argument(
        "--fold",
        action="store_true",
        help="of photos that are alike, show only the best one, and how many there are",
    )
    parser.epilog = (
        "a query may have:\n"
        "  dog on a beach          one thing to see, in words\n"
        '  "red car" +snow         several things\n'
        "  beach -people           something not to see\n"
        "  dog^2 OR cat            weights; the best of several things\n"
        "  last summer, July 2023  dates in words\n"
        "  like:photo.jpg          a photo as an example, and a part of one (in percent):\n"
        "  like:photo.jpg#xywh=percent:25,10,50,50\n"
        f"  {'  '.join(list(FILTERS.values())[:3])}  filters, also negated: -is:raw\n"
        f"  {'  '.join(list(FILTERS.values())[3:8])}\n"
        f"  {'  '.join(list(FILTERS.values())[8:])}\n\n"
        "Put '--' before a query that begins with a minus: inphotos search -- '-people beach'."
    )
    parser.set_defaults(run=search.search)


def _searches(parser: argparse.ArgumentParser) -> None:
    """list, save and remove searches with a name"""
    from inphotos.cli import searches

    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    parser.set_defaults(run=searches.list_searches, count=False)
    listing = actions.add_parser("list", help="what is saved (the default)")
    listing.add_argument("--count", action="store_true", help="count the photos that match each")
    save = actions.add_parser("save", help="save a query, in the place of the one of that name")
    save.add_argument("name", metavar="NAME")
    save.add_argument("query", metavar="QUERY")
    save.set_defaults(run=searches.save)
    remove = actions.add_parser("remove", help="remove a saved query")
    remove.add_argument("name", metavar="NAME")
    remove.set_defaults(run=searches.remove)


def _similar(parser: argparse.ArgumentParser) -> None:
    """find photos like another one"""
    from inphotos.cli import search

    parser.add_argument("photo", type=Path, metavar="PHOTO", help="any photo on this machine")
    _add_answer_options(parser)
    parser.add_argument(
        "--region",
        type=values.region,
        metavar="L,T,W,H",
        help="the part of PHOTO that counts: left, top, width and height in percent",
    )
    parser.set_defaults(run=search.similar)


def _export(parser: argparse.ArgumentParser) -> None:
    """copy the photos that match a query into a directory"""
    from inphotos.cli import exporting

    parser.description = (
        "Copy the photos that match a query, strong matches and others, into a directory; with\n"
        "filters alone, all that pass them. Names and times are kept, and XMP sidecars go along.\n"
        "Nothing is overwritten: where another file has the name, a number is added, and a photo\n"
        "that is there already is not copied again."
    )
    parser.add_argument("directory", type=Path, metavar="DIR", help="made if it is not there")
    parser.add_argument("query", metavar="QUERY", help="as 'inphotos search --help' explains it")
    parser.add_argument(
        "--top",
        type=values.positive,
        metavar="N",
        help="copy the N best photos instead, whether they match or not",
    )
    parser.add_argument(
        "--min-score",
        type=float,
        metavar="S",
        help="copy the photos of this score or a higher one instead, whether they match or not",
    )
    _add_strictness(parser)
    parser.set_defaults(run=exporting.export)


def _duplicates(parser: argparse.ArgumentParser) -> None:
    """list photos that are alike: copies, near-duplicates and bursts"""
    from inphotos.cli import duplicates

    parser.add_argument("--kind", choices=list(duplicates.CHOICES), help="only groups of this kind")
    parser.set_defaults(run=duplicates.duplicates)


def _distance(parser: argparse.ArgumentParser) -> None:
    """compare two photos"""
    from inphotos.cli import commands

    parser.add_argument("photos", nargs=2, type=Path, metavar="PHOTO")
    _add_strictness(parser)
    parser.add_argument(
        "--explain",
        action="store_true",
        help="with --json, also give the similarity from which photos are of the same kind",
    )
    parser.set_defaults(run=commands.distance)


def _info(parser: argparse.ArgumentParser) -> None:
    """tell what is known of a photo: when, where and with what it was taken"""
    from inphotos.cli import photo_info

    parser.add_argument("photo", type=Path, metavar="PHOTO")
    parser.add_argument(
        "--query",
        metavar="QUERY",
        help="also tell why the photo matches a query, or does not",
    )
    parser.set_defaults(run=photo_info.info)


def _eval(parser: argparse.ArgumentParser) -> None:
    """measure how good the search is"""
    from inphotos.cli import evaluation
    from inphotos.evaluation import sets

    parser.description = (
        "Ask the queries of an evaluation file and tell how well they were answered: recall, rank\n"
        "and precision where there are photos, and how often 'nothing matches' was said, rightly\n"
        "where there is no photo and wrongly where there is one. The photos are indexed into a\n"
        "library that goes away afterwards; --library DIR keeps it for the next time."
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the evaluation file")
    parser.add_argument(
        "--photos", type=Path, metavar="DIR", help="where the photos are, if not where FILE says"
    )
    parser.add_argument(
        "--top",
        type=values.positive,
        metavar="N",
        help="look no further than N photos into an answer (by default to its end)",
    )
    parser.add_argument("--kinds", action="store_true", help="a row for each kind of query, too")
    parser.add_argument("--each", action="store_true", help="also how each query was answered")
    parser.epilog = (
        'FILE is a list of {"file": ..., "captions": [...]}, COCO\'s captions, Karpathy\'s\n'
        f"splits of COCO or Flickr, or InPhotos' own form:\n\n{sets.FORM}\n\n"
        "A photo with labels is a query too: the photos that share a label with it are right.\n"
        "Numbers in brackets are 95 % intervals. All photos in the directory are searched."
    )
    parser.set_defaults(run=evaluation.evaluate)


def _add_answer_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--top", type=values.positive, default=20, metavar="N", help="how many photos (default 20)"
    )
    _add_strictness(parser)
    parser.add_argument(
        "--offset", type=values.not_negative, default=0, metavar="N", help="leave out the first N"
    )
    parser.add_argument(
        "--sort",
        choices=SORTS,
        default="relevance",
        help="the order of the photos; any but relevance is of those that match (of the N best "
        "ones where none does)",
    )
    parser.add_argument(
        "--group",
        choices=GROUPS,
        default="none",
        help="put the photos that match under headings, the days from the newest on",
    )
    parser.add_argument(
        "-0",
        dest="null",
        action="store_true",
        help="print the paths only, byte for byte, each ended by a null byte (for xargs -0)",
    )


def _add_strictness(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--strictness",
        type=values.strictness,
        metavar="S",
        help="how sure a match has to be, from -1 (lenient) by 0 (as calibrated) to 1 (strict); "
        "by default as set in the window (write --strictness=-0.5)",
    )


#: The commands, each with what describes its options; its docstring is the help in a line.
ASKING: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "search": _search,
    "searches": _searches,
    "similar": _similar,
    "duplicates": _duplicates,
    "export": _export,
    "distance": _distance,
    "info": _info,
    "eval": _eval,
}
